"""The facade of a workbook: open it, read it, change it, undo it.

`workbook` holds what every change goes through, `actions` what takes more than one value (agree, verify, revisit,
next), `measure` what the readings say, `undo` undo and redo, and `store` what is needed of whoever keeps the file. A
module is imported when it, or a name of it, is first asked for: home needs `desk` alone.
"""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.workbook import (
        actions,
        advice,
        amendments,
        measure,
        rare_events,
        session,
        sustain,
    )
    from cimodel_tui.workbook.store import Document, Notice, Store
    from cimodel_tui.workbook.workbook import Change, ReasonNeededError, RefusedError, Workbook

_NAMES = {
    "Change": "workbook",
    "Document": "store",
    "Notice": "store",
    "ReasonNeededError": "workbook",
    "RefusedError": "workbook",
    "Store": "store",
    "Workbook": "workbook",
}

__all__ = [
    "Change",
    "Document",
    "Notice",
    "ReasonNeededError",
    "RefusedError",
    "Store",
    "Workbook",
    "actions",
    "advice",
    "amendments",
    "measure",
    "rare_events",
    "session",
    "sustain",
]

__getattr__ = lazy_attributes(__name__, __all__, _NAMES)
