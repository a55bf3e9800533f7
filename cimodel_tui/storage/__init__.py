"""The workbook file: the only place that knows TinyDB, orjson, locks and folders.

`open` opens, loads and makes files; `store` is the open workbook that the facade talks to. Below them: `saver` (when
and how a save happens), `memory` (what is in memory and what of it is not on disk), `file` (the file itself), `atomic`
(one whole file replaced), `locks`, `draft`, `backups`, `merge`, `codec` (bytes), `shapes` and `documents` (plain
documents into frozen objects of the model and back). What must stay true: the file is whole at every instant, nothing
that reached `put` is lost by a kill, and a field that this program does not know is carried through.

The names of `__all__` are what the shell needs, and the modules among them what is rarely needed. Each is imported when
it is first asked for, so that listing recent workbooks does not load TinyDB.
"""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.storage import backups, conflicts, consent, errors, merge, system
    from cimodel_tui.storage.context import StorageContext
    from cimodel_tui.storage.doctor import Finding, examine
    from cimodel_tui.storage.file_merge import MergeResult, merge_files
    from cimodel_tui.storage.open import (
        create,
        create_from,
        load,
        move_workbook_aside,
        newest_good_backup,
        open_store,
        restore,
    )
    from cimodel_tui.storage.paths import Places, user_places
    from cimodel_tui.storage.recent import Recent, forget, recent_of, remember, remembered, saved_workbooks
    from cimodel_tui.storage.store import WorkbookStore

_NAMES = {
    "Finding": "doctor",
    "MergeResult": "file_merge",
    "Places": "paths",
    "Recent": "recent",
    "StorageContext": "context",
    "WorkbookStore": "store",
    "create": "open",
    "create_from": "open",
    "examine": "doctor",
    "forget": "recent",
    "load": "open",
    "merge_files": "file_merge",
    "move_workbook_aside": "open",
    "newest_good_backup": "open",
    "open_store": "open",
    "recent_of": "recent",
    "remember": "recent",
    "remembered": "recent",
    "restore": "open",
    "saved_workbooks": "recent",
    "user_places": "paths",
}

__all__ = [
    "Finding",
    "MergeResult",
    "Places",
    "Recent",
    "StorageContext",
    "WorkbookStore",
    "backups",
    "conflicts",
    "consent",
    "create",
    "create_from",
    "errors",
    "examine",
    "forget",
    "load",
    "merge",
    "merge_files",
    "move_workbook_aside",
    "newest_good_backup",
    "open_store",
    "recent_of",
    "remember",
    "remembered",
    "restore",
    "saved_workbooks",
    "system",
    "user_places",
]

__getattr__ = lazy_attributes(__name__, __all__, _NAMES)
