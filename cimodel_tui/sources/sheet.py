"""Workbooks of Excel (`.xlsx`), read by python-calamine, which is loaded with the first one.

Cells that are days, times or numbers are written as text that needs no question.
"""

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from cimodel_tui.model.number import quoted
from cimodel_tui.sources.numbers import NumberText
from cimodel_tui.sources.recipe import OpenQuestionError, Question, SourceError
from cimodel_tui.sources.table import Cells, Table, table_of_rows

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_DIGITS = 15
"""Excel shows and stores this many digits."""
_WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml", re.IGNORECASE)
"""The name of the part that says how days are counted."""
_MOST_OF_PART = 1 << 20
"""Bytes of it that are looked at; the setting stands at its beginning."""
_COUNTS_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")


def read_sheet(data: bytes, wanted: str) -> Table:
    """Return the table of the sheet that is wanted; asks which where several hold something."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - 2.4 MB, Excel alone

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheet = _choose_sheet(book, wanted)
    except PasswordError:
        raise SourceError("the workbook is locked with a password: save it without one") from None
    except CalamineError as problem:
        raise SourceError(f"the workbook of Excel cannot be read: {str(problem)[:200]}") from None
    return table_of_sheet(sheet, counts_from_1904=_counts_from_1904(data))


def _counts_from_1904(data: bytes) -> bool:
    """Return whether the serial numbers of days count from 1904, as Excel for the Macintosh did.

    python-calamine takes that into account for cells that are formatted as dates, and does not tell.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            name = next(filter(_WORKBOOK_PART.fullmatch, parts.namelist()), "")
            with parts.open(name) as part:
                return bool(_COUNTS_FROM_1904.search(part.read(_MOST_OF_PART)))
    except (KeyError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as problem:
        raise SourceError(f"the workbook of Excel cannot be read: {str(problem)[:200]}") from None


def _choose_sheet(book: "CalamineWorkbook", wanted: str) -> "CalamineSheet":
    if wanted:
        if wanted not in book.sheet_names:
            known = ", ".join(map(quoted, book.sheet_names))
            raise SourceError(f"--sheet {quoted(wanted)}: there is no such sheet; there are {known}")
        return book.get_sheet_by_name(wanted)
    sheets = [book.get_sheet_by_index(at) for at in range(len(book.sheet_names))]
    filled = [each for each in sheets if each.end]
    if not filled:
        raise SourceError("the workbook of Excel is empty")
    if len(filled) > 1:
        choices = tuple((each.name, f"{each.end[0] + 1} rows") for each in filled if each.end)
        raise OpenQuestionError(Question("sheet", "Which sheet is it?", choices))
    return filled[0]


def table_of_sheet(sheet: "CalamineSheet", *, counts_from_1904: bool = False) -> Table:
    """Return the table of a sheet; its rows are counted as Excel shows them."""
    left, width = (sheet.start[1], sheet.end[1] + 1) if sheet.start and sheet.end else (0, 0)

    def walk() -> Iterator[tuple[int, Cells]]:
        number = 0
        try:
            for number, cells in zip(count(1), sheet.iter_rows(), strict=False):
                yield number, [*[""] * left, *map(_text, cells)]
        except (OverflowError, ValueError):
            raise SourceError(f"row {number + 1}: a date or a time there is beyond what there is") from None

    return table_of_rows(walk, width=width, is_sheet=True, counts_from_1904=counts_from_1904)


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return NumberText(f"{cell:.{_DIGITS}g}")
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return _clock(cell) if isinstance(cell, dt.timedelta) else ""


def _clock(span: dt.timedelta) -> str:
    """Return a span of time as hours, minutes and seconds."""
    seconds = round(abs(span).total_seconds())
    sign = "-" if span < dt.timedelta() and seconds else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
