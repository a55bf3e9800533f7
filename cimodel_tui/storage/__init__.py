"""The workbook file: the only place that knows TinyDB, orjson, locks and folders.

`open` opens, loads and makes files; `store` is the open workbook that the facade talks to. Below them: `saver` (when
and how a save happens), `memory` (what is in memory and what of it is not on disk), `file` (the file itself), `atomic`
(one whole file replaced), `locks`, `draft`, `backups`, `merge`, `codec` (bytes), `schema` and `documents` (plain
documents into frozen objects of the model and back). What must stay true: the file is whole at every instant, nothing
that reached `put` is lost by a kill, and a field that this program does not know is carried through.

The names of `__all__` are what the shell needs. Each is imported when it is first asked for, so that listing recent
workbooks does not load TinyDB.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cimodel_tui.storage.context import StorageContext
    from cimodel_tui.storage.doctor import Finding, examine
    from cimodel_tui.storage.file_merge import MergeResult, merge_files
    from cimodel_tui.storage.open import (
        create,
        create_from,
        load,
        move_to_kept,
        newest_good_backup,
        open_store,
        restore,
    )
    from cimodel_tui.storage.paths import Places, user_places
    from cimodel_tui.storage.recent import Recent, forget, recent_of, remember, remembered, saved_workbooks
    from cimodel_tui.storage.store import WorkbookStore

_NAMES = {
    "doctor": ("Finding", "examine"),
    "file_merge": ("MergeResult", "merge_files"),
    "open": ("create", "create_from", "load", "move_to_kept", "newest_good_backup", "open_store", "restore"),
    "paths": ("Places", "user_places"),
    "recent": ("Recent", "forget", "recent_of", "remember", "remembered", "saved_workbooks"),
    "store": ("WorkbookStore",),
    "context": ("StorageContext",),
}
_MODULE = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "Finding",
    "MergeResult",
    "Places",
    "Recent",
    "StorageContext",
    "WorkbookStore",
    "create",
    "create_from",
    "examine",
    "forget",
    "load",
    "merge_files",
    "move_to_kept",
    "newest_good_backup",
    "open_store",
    "recent_of",
    "remember",
    "remembered",
    "restore",
    "saved_workbooks",
    "user_places",
]


def __getattr__(name: str) -> object:
    """Return one of the names of `__all__`, from the module that has it."""
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
