"""The facade of a workbook: open it, read it, change it, undo it.

`workbook` holds what every change goes through, `actions` what takes more than one value (agree, verify, revisit,
next), `measure` what the readings say, `undo` undo and redo, and `store` what is needed of whoever keeps the file. A
name is imported when it is first asked for: home needs `desk` alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cimodel_tui.workbook.store import Document, Notice, Store
    from cimodel_tui.workbook.workbook import Change, ReasonNeededError, RefusedError, Workbook

_OF_THE_STORE = ("Document", "Notice", "Store")

__all__ = ["Change", "Document", "Notice", "ReasonNeededError", "RefusedError", "Store", "Workbook"]


def __getattr__(name: str) -> object:
    """Return one of the names of `__all__`, from the module that has it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "store" if name in _OF_THE_STORE else "workbook"
    return getattr(import_module(f"{__name__}.{module}"), name)
