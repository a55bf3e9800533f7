"""The keys and the theme that the user has set, checked before any screen opens."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character
from textual.screen import Screen

from cimodel_tui.app import CimodelApp
from cimodel_tui.cli.config import Config
from cimodel_tui.forms.fields import Field
from cimodel_tui.model.number import quoted
from cimodel_tui.textual_compat import key_name

_PACKAGES = ("cimodel_tui.screens", "cimodel_tui.forms", "cimodel_tui.widgets")

_SHADOWED = {
    "FilterLine": {"register.back", "portfolio.back"},
    "RunChartView": {"dashboard.step", "dashboard.back"},
}
"""Keys of a screen that deliberately mean something else while this widget has the focus."""

_WHILE_OPEN = {"choice.close"}
"""Keys of a widget that are the screen's again once a list is closed."""

_BASES = {each.value.rpartition("+")[2] for each in Keys if each.value} | set(KEY_NAME_REPLACEMENTS.values())
_MODIFIED = re.compile(r"(?:(?:ctrl|alt|shift|super|hyper|meta)\+)*")


def check(config: Config) -> None:
    """Raise StoreError, which names the line, where a key cannot be used."""
    known = {each.id: each for kind in kinds() for each in bindings_of(kind)}
    for name, keys in config.keys.items():
        if name not in known:
            words = f"there is no key called {quoted(name)}; help (F1) tells what the keys of each page are called"
            config.wrong("keys", name, because=words)
        for key in keys.split(","):
            problem = _problem(key.strip(), known[name])
            if problem:
                config.wrong("keys", name, because=problem)
    _check_clashes(config)


def _problem(key: str, binding: Binding) -> str:
    """Return why a key cannot be used, empty if it can."""
    plain = _plain(key)
    modified = key != plain
    if not (plain in _BASES or (len(plain) == 1 and plain.isprintable()) or key_to_character(plain)):
        return f"{quoted(key)} is not a key; write for example ctrl+r, f7, space or x"
    if modified and len(plain) == 1 and ("shift+" in key or plain != plain.lower()):
        return f"no terminal sends {quoted(key)}: a capital letter is A, and ctrl takes lower-case letters"
    if binding.priority and not modified and key_to_character(normal(key)):
        return f"{quoted(key)} is needed for typing, and {binding.id} works inside the fields as well"
    return ""


def _plain(key: str) -> str:
    modifiers = _MODIFIED.match(key)
    return key[modifiers.end() :] if modifiers and len(key) > 1 else key


def normal(key: str) -> str:
    """Return a key as Textual names it: `?` is `question_mark`."""
    plain = _plain(key)
    return key[: len(key) - len(plain)] + (key_name(plain) if len(plain) == 1 else plain)


def _check_clashes(config: Config) -> None:
    for place in places():
        owners: dict[str, str] = {}
        for binding in place:
            name = str(binding.id)
            for key in _keys(binding, config.keys):
                other = owners.setdefault(key, name)
                if other != name and {other, name} & config.keys.keys():
                    mine, theirs = (name, other) if name in config.keys else (other, name)
                    config.wrong("keys", mine, because=f"{quoted(key)} is the key of {theirs} in the same place")


def _keys(binding: Binding, keys: Mapping[str, str]) -> Iterator[str]:
    own_keys = keys.get(str(binding.id), "")
    yield from (normal(key.strip()) for key in own_keys.split(",")) if own_keys else (normal(binding.key),)


@cache
def kinds() -> tuple[type[DOMNode], ...]:
    """Return every class of this package that has keys: the app, its screens, windows and widgets."""
    for package in map(import_module, _PACKAGES):
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
    below, found = [DOMNode], set[type[DOMNode]]()
    while below:
        for each in below.pop().__subclasses__():
            below.append(each)
            if each.__module__.startswith("cimodel_tui.") and bindings_of(each):
                found.add(each)
    return tuple(sorted(found, key=lambda each: each.__qualname__))


def bindings_of(kind: type[DOMNode]) -> tuple[Binding, ...]:
    """Return the bindings of a class, one for each key, those inherited from classes of this package included."""
    ours = (base for base in kind.__mro__ if base.__module__.startswith("cimodel_tui."))
    return tuple(each for base in ours for each in Binding.make_bindings(vars(base).get("BINDINGS", ())))


def places() -> Iterator[tuple[Binding, ...]]:
    """Yield the bindings that work at the same time: those of the app, of one screen, and of one widget on it."""
    widgets = [kind for kind in kinds() if not issubclass(kind, (Screen, CimodelApp))]
    for screen in (kind for kind in kinds() if issubclass(kind, Screen)):
        here = (*bindings_of(CimodelApp), *bindings_of(screen))
        yield here
        constructed = classes_used_by(screen)
        for widget in (each for each in widgets if each.__name__ in constructed):
            shadowed = _SHADOWED.get(widget.__name__, ())
            own = (each for each in bindings_of(widget) if each.id not in _WHILE_OPEN)
            yield (*(each for each in here if each.id not in shadowed), *own)


def classes_used_by(screen: type[DOMNode]) -> frozenset[str]:
    """Return the classes that a screen constructs, itself or by a module that it imports, other screens excluded.

    A form takes fields of every kind, whichever module declares them.
    """
    others = {kind.__module__ for kind in kinds() if issubclass(kind, Screen)}
    waiting = {base.__module__ for base in screen.__mro__ if base.__module__.startswith(_PACKAGES)}
    visited, found = set[str](), set[str]()
    while waiting:
        module = waiting.pop()
        visited.add(module)
        imported, constructed = _imports_and_calls(module)
        found |= constructed
        fields = {kind.__module__ for kind in Field.__subclasses__()} if Field.__module__ in imported else set()
        waiting |= (imported | fields) - visited - others
    return frozenset(found)


@cache
def _imports_and_calls(module: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the modules that a module imports, or reaches by their package, and what it calls by name."""
    nodes = list(ast.walk(ast.parse(inspect.getsource(import_module(module)))))
    imported = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    reached = {
        f"cimodel_tui.{node.value.id}.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    called = {_last_name(node.func) for node in nodes if isinstance(node, ast.Call)}
    found = {each for each in imported | (reached & sys.modules.keys()) if each.startswith(_PACKAGES)}
    return frozenset(found), frozenset(called)


def _last_name(called: ast.expr) -> str:
    """Return the last name of what is called: `ActBar` of `ActBar(...)` and of `screens.act_bar.ActBar(...)`."""
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
