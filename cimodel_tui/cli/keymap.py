"""The keys and the theme that the user has set, checked before any screen opens."""

import re
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
from cimodel_tui.model.number import quoted
from cimodel_tui.textual_compat import key_name

_PACKAGES = ("cimodel_tui.screens", "cimodel_tui.forms", "cimodel_tui.widgets")

_WIDGETS = {
    "DropDown": ("StepScreen", "EntryScreen", "RowEditor"),
    "FilterLine": ("RegisterScreen",),
    "RowsTable": ("StepScreen",),
    "StepRail": ("StepScreen",),
    "More": ("StepScreen", "EntryScreen", "RowEditor"),
    "Table": (
        "BackupsScreen",
        "HistoryScreen",
        "HomeScreen",
        "ImportScreen",
        "ReadingsScreen",
        "RegisterScreen",
        "SearchScreen",
    ),
}
"""The screens on which a widget with keys of its own stands."""

_SHADOWED = {"FilterLine": {"register.back"}}
"""Keys of a screen that mean something else on purpose while one is in this widget."""

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
    _no_clash(config)


def _problem(key: str, binding: Binding) -> str:
    """Return what stands against a key in a sentence, empty where nothing does."""
    plain = _plain(key)
    modified = key != plain
    if not (plain in _BASES or (len(plain) == 1 and plain.isprintable()) or key_to_character(plain)):
        return f"{quoted(key)} is no key; write for example ctrl+r, f7, space or x"
    if modified and len(plain) == 1 and ("shift+" in key or plain != plain.lower()):
        return f"no terminal sends {quoted(key)}: a capital letter is A, and ctrl takes small ones"
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


def _no_clash(config: Config) -> None:
    for place in places():
        taken: dict[str, str] = {}
        for binding in place:
            name = str(binding.id)
            for key in _keys(binding, config.keys):
                other = taken.setdefault(key, name)
                if other != name and {other, name} & config.keys.keys():
                    mine, theirs = (name, other) if name in config.keys else (other, name)
                    config.wrong("keys", mine, because=f"{quoted(key)} is the key of {theirs} in the same place")


def _keys(binding: Binding, keys: Mapping[str, str]) -> Iterator[str]:
    given = keys.get(str(binding.id), "")
    yield from (normal(key.strip()) for key in given.split(",")) if given else (normal(binding.key),)


@cache
def kinds() -> tuple[type[DOMNode], ...]:
    """Return every class of ours that has keys: the app, its screens, windows and widgets."""
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
    """Return the bindings of a class, one for each key, those that it inherits from classes of ours among them."""
    ours = (base for base in kind.__mro__ if base.__module__.startswith("cimodel_tui."))
    return tuple(each for base in ours for each in Binding.make_bindings(vars(base).get("BINDINGS", ())))


def places() -> Iterator[tuple[Binding, ...]]:
    """Yield the bindings that work at the same time: those of the app, of one screen, and of one widget on it."""
    widgets = [kind for kind in kinds() if not issubclass(kind, (Screen, CimodelApp))]
    for screen in (kind for kind in kinds() if issubclass(kind, Screen)):
        names = {base.__name__ for base in screen.__mro__}
        here = (*bindings_of(CimodelApp), *bindings_of(screen))
        yield here
        for widget in widgets:
            if names & set(_WIDGETS[widget.__name__]):
                shadowed = _SHADOWED.get(widget.__name__, ())
                yield (*(each for each in here if each.id not in shadowed), *bindings_of(widget))
