"""The seam of a package: its modules are imported when they are first asked for, by `__getattr__` (PEP 562).

A start loads what its first picture needs. Callers write `from cimodel_tui import screens` at the top and
`screens.entry.EntryScreen(...)` where they need it; nobody imports inside a function for the sake of a start. What the
package offers stands in its `__init__` a second time, under `TYPE_CHECKING`, so that type checkers, editors and the
import contracts see the real modules.
"""

from collections.abc import Callable, Collection, Mapping
from importlib import import_module


def lazy_attributes(
    package: str, modules: Collection[str] = (), names: Mapping[str, str] | None = None
) -> Callable[[str], object]:
    """Return the `__getattr__` of a package that imports its modules when they are first asked for.

    `modules` become attributes of the package; so do `names`, each of them with the module that defines it. Asking for
    anything else raises AttributeError, as the language wants it.
    """
    defined_in = names or {}

    def attribute(name: str) -> object:
        if name in defined_in:
            return getattr(import_module(f"{package}.{defined_in[name]}"), name)
        if name in modules:
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return attribute
