"""Counts the size and shape of the package, so that a change of its structure can be seen in figures.

    python tests/architecture/count.py [FOLDER]

FOLDER is the package to count; by default the one of this checkout. Two checkouts counted one after the other show what
a change did.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles

PACKAGE = Path(__file__).parents[2] / "cimodel_tui"


def modules_below(package: Path) -> Mapping[str, str]:
    """Return the source of every module by its dotted name, `__init__` under the name of its package."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        dotted = ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")
        found[dotted] = path.read_text(encoding="utf-8")
    return found


STEPS = frozenset({"vision", "baseline", "target", "plan", "action", "check", "momentum", "register"})
"""A step, and the register, is one idea with one name in several packages: its module may serve one neighbour."""

RULE_FAMILIES = frozenset({"baseline_readings", "pace"})
"""So is a family of rules of the coach, where a step has many: `coach.rules` alone runs them."""


BY_NAME = "whoever is asked for it"
"""Stands for who loads a page or a command, which nobody imports."""


def imported_by(sources: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Return for each module the modules that import it, reach it by its package, or name it as one to be loaded.

    A package that imports lazily only says where its modules are; whoever asks it for one is who needs it.
    """
    importers: dict[str, set[str]] = defaultdict(set)
    trees = {name: ast.parse(source) for name, source in sources.items()}
    packages = {each.rpartition(".")[0] for each in sources}
    offered = {f"{name}.{offer}": found for name in packages for offer, found in _offered(name, trees.get(name))}
    for name, tree in trees.items():
        package = name if name in packages else name.rpartition(".")[0]
        if name not in packages:
            _note(importers, BY_NAME, (f"{package}.{each}" for each in _texts(tree)), sources)
        asked = [*_imported(tree, seams=name not in packages), *_reached(tree)]
        _note(importers, name, (offered.get(each, each) for each in asked), sources)
    return importers


def _note(importers: dict[str, set[str]], importer: str, asked: Iterable[str], sources: Mapping[str, str]) -> None:
    for each in asked:
        if each in sources and each != importer:
            importers[each].add(importer)


def _texts(tree: ast.Module) -> Iterator[str]:
    """Yield every text that stands in a module: pages and commands are loaded by name."""
    yield from (each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str))


def _imported(tree: ast.Module, *, seams: bool) -> Iterator[str]:
    """Yield what a module imports, by dotted name; without `seams` not what it imports for type checkers alone."""
    unseen = {id(inside) for each in tree.body if not seams and isinstance(each, ast.If) for inside in ast.walk(each)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in unseen:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _reached(tree: ast.Module) -> Iterator[str]:
    """Yield what a module reaches as an attribute of a package that it imports: `screens.entry`."""
    known = {
        each.asname or each.name: f"{node.module}.{each.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            yield f"{known[node.value.id]}.{node.attr}"


def _offered(package: str, tree: ast.Module | None) -> Iterator[tuple[str, str]]:
    """Yield each name that a package offers from one of its modules, and that module."""
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{package}."):
            yield from ((each.name, node.module) for each in node.names)


def only_for_a_neighbour(sources: Mapping[str, str]) -> list[str]:
    """Return the modules that one module of the same package alone imports; steps and rules are left out."""
    importers = imported_by(sources)
    packages = {each.rpartition(".")[0] for each in sources}
    return [
        name
        for name in sources
        if name not in packages
        and name.rpartition(".")[2] not in STEPS | RULE_FAMILIES
        and len(importers[name]) == 1
        and next(iter(importers[name])).rpartition(".")[0] == name.rpartition(".")[0]
    ]


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def function_imports(tree: ast.Module) -> int:
    """Return how many imports stand inside functions."""
    inside = {
        id(node) for each in functions(tree) for node in ast.walk(each) if isinstance(node, ast.Import | ast.ImportFrom)
    }
    return len(inside)


def figures(package: Path) -> dict[str, str]:
    """Return what is counted, in the order in which it is printed."""
    sources = modules_below(package)
    trees = {name: ast.parse(source) for name, source in sources.items()}
    lengths = {name: source.count("\n") for name, source in sources.items()}
    sizes = [(each.end_lineno or each.lineno) - each.lineno + 1 for tree in trees.values() for each in functions(tree)]
    longest = max(lengths, key=lambda name: lengths[name])
    whole = "\n".join(sources.values())
    return {
        "modules": str(len(sources)),
        "lines": str(sum(lengths.values())),
        "lines of a module, median": f"{median(lengths.values()):g}",
        "longest module": f"{lengths[longest]} ({longest})",
        "lines of a function, median": f"{median(sizes):g}",
        "lines of a function, nine in ten under": f"{quantiles(sizes, n=10)[-1]:g}",
        "modules that one neighbour alone imports": str(len(only_for_a_neighbour(sources))),
        "imports inside functions": str(sum(map(function_imports, trees.values()))),
        "noqa": str(len(re.findall(r"#\s*noqa", whole))),
        "type: ignore": str(len(re.findall(r"#\s*type:\s*ignore", whole))),
    }


def main(arguments: list[str]) -> None:
    """Print the figures of a package, a line each."""
    package = Path(arguments[0]) if arguments else PACKAGE
    for name, value in figures(package).items():
        sys.stdout.write(f"{name:<44}{value}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
