"""The workbook file: the only place that knows TinyDB, orjson, locks and folders.

`open` opens, creates, restores and merges workbook files; `store` is the open workbook that the facade talks to. Below
them: `saver` (when and how a save happens), `memory` (the documents, and which of them are not on disk yet),
`lazy_documents` (the same as objects of the model), `file` (the file itself), `atomic` (replacing a file in one step),
`locks`, `draft`, `backups`, `merge` with `merge_units` and `conflicts`, `codec` (bytes), `schema` (tables, format,
migrations, shapes of values) and `documents` (JSON objects to objects of the model and back), `paths`, `system` (the
operating system), `doctor` (checks a file) and `user_state` (recent workbooks, preferences, consents).

What must stay true: the file is complete at every instant, nothing that reached `put` is lost by a kill, and a field
that this program does not know is carried through.

The names of `__all__` are what the shell needs, and the modules among them what is rarely needed. Each is imported when
it is first asked for, so that listing recent workbooks does not load TinyDB.
"""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.storage import backups, conflicts, merge, system, user_state
    from cimodel_tui.storage.doctor import FileFinding, examine
    from cimodel_tui.storage.open import (
        MergeResult,
        create,
        create_from,
        load,
        merge_files,
        move_workbook_aside,
        newest_good_backup,
        open_store,
        restore,
    )
    from cimodel_tui.storage.paths import UserFolders, user_folders
    from cimodel_tui.storage.store import StorageContext, WorkbookStore
    from cimodel_tui.storage.user_state import Recent, forget, recent_of, recent_workbooks, remember, saved_workbooks

_NAMES = {
    "FileFinding": "doctor",
    "MergeResult": "open",
    "UserFolders": "paths",
    "Recent": "user_state",
    "StorageContext": "store",
    "WorkbookStore": "store",
    "create": "open",
    "create_from": "open",
    "examine": "doctor",
    "forget": "user_state",
    "load": "open",
    "merge_files": "open",
    "move_workbook_aside": "open",
    "newest_good_backup": "open",
    "open_store": "open",
    "recent_of": "user_state",
    "remember": "user_state",
    "recent_workbooks": "user_state",
    "restore": "open",
    "saved_workbooks": "user_state",
    "user_folders": "paths",
}

__all__ = [
    "FileFinding",
    "MergeResult",
    "Recent",
    "StorageContext",
    "UserFolders",
    "WorkbookStore",
    "backups",
    "conflicts",
    "create",
    "create_from",
    "examine",
    "forget",
    "load",
    "merge",
    "merge_files",
    "move_workbook_aside",
    "newest_good_backup",
    "open_store",
    "recent_of",
    "recent_workbooks",
    "remember",
    "restore",
    "saved_workbooks",
    "system",
    "user_folders",
    "user_state",
]

__getattr__ = lazy_attributes(__name__, __all__, _NAMES)
