"""The facade of a workbook: open it, read it, change it, undo it.

`workbook` is what every change goes through. `actions` are changes of more than one value (agree, verify, revisit,
next), `changes` what a change entails and the steps of undo and redo, `session` the input that is not in a document
yet, `incoming` the import of readings, `sustain` and `rare_events` the actions of steps 7 and 2, `advice` the coach,
`question` and `measure` what the readings say. `store` and `desk` are the protocols that the shell implements.

A module is imported when it, or a name of it, is first used: home needs `desk` only.
"""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.workbook import (
        actions,
        advice,
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
    "measure",
    "rare_events",
    "session",
    "sustain",
]

__getattr__ = lazy_attributes(__name__, __all__, _NAMES)
