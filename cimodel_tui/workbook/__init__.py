"""The facade of a workbook: open it, read it, change it, undo it.

`book` holds what every change goes through, `acts` what takes more than one value (agree, verify, revisit, next),
`measured` what the readings say, `edits` undo, and `store` what is needed of whoever keeps the file.
"""

from cimodel_tui.workbook.book import Change, ReasonNeededError, RefusedError, Workbook
from cimodel_tui.workbook.store import Document, Notice, Store

__all__ = ["Change", "Document", "Notice", "ReasonNeededError", "RefusedError", "Store", "Workbook"]
