"""What Textual keeps to itself is used in `textual_compat` alone, and no class of ours takes a name that it uses."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.message_pump import MessagePump

import cimodel_tui

HOUSE = Path(cimodel_tui.__file__).parent
MODULES = sorted(path for path in HOUSE.rglob("*.py") if path.parent.name != "textual_compat")


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in ("_replace", "_asdict")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_module_imports_a_private_name_of_textual(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("textual", "rich")):
            words = [*str(node.module).split("."), *(each.name for each in node.names)]
            assert not any(map(private, words)), ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_module_reaches_into_what_is_not_its_own(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ours = {each for node in ast.walk(tree) for each in _defined(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and private(node.attr) and not _is_self(node):
            assert node.attr in ours, ast.unparse(node)


def classes() -> Iterator[type[MessagePump]]:
    """Yield our classes that stand on one of Textual."""
    for module in walk_packages(cimodel_tui.__path__, "cimodel_tui."):
        if not (module.name.endswith("__main__") or "textual_compat" in module.name):
            for each in vars(import_module(module.name)).values():
                if inspect.isclass(each) and issubclass(each, MessagePump) and each.__module__ == module.name:
                    yield each


@cache
def names(kind: type) -> tuple[frozenset[str], frozenset[str]]:
    """Return the private names that a class defines, and those that it uses."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    (body,) = tree.body
    assert isinstance(body, ast.ClassDef)
    on_class = {each for part in body.body for node in _targets(part) for each in _defined(node)}
    on_self = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_stored_on_self(node)}
    defined = on_class | on_self
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_self(node)}
    return frozenset(filter(private, defined)), frozenset(filter(private, used))


def _defined(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
            yield name


def _targets(part: ast.stmt) -> list[ast.AST]:
    """Return what a statement in the body of a class gives a name to."""
    if isinstance(part, ast.Assign):
        return list(part.targets)
    return [part.target] if isinstance(part, ast.AnnAssign) else [part]


def _is_stored_on_self(node: ast.Attribute) -> bool:
    return _is_self(node) and isinstance(node.ctx, ast.Store)


def _is_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


@pytest.mark.parametrize("kind", sorted(set(classes()), key=str), ids=lambda kind: kind.__qualname__)
def test_no_class_takes_or_uses_a_private_name_of_textual(kind: type[MessagePump]) -> None:
    ours = [base for base in kind.__mro__ if base.__module__.startswith("cimodel_tui.")]
    textuals = [base for base in kind.__mro__ if base.__module__.startswith("textual.")]
    theirs = frozenset().union(*(names(base)[0] for base in textuals))
    defined, used = names(kind)
    known = frozenset().union(*(names(base)[0] for base in ours))
    assert not defined & theirs, "a name that Textual uses for something else"
    assert not (used - known) & theirs
