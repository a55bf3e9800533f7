"""Workbooks of Excel (`.xlsx`), read by python-calamine, which is loaded with the first one.

Cells that are days, times or numbers are written as text that needs no question.
"""

import datetime as dt
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
    return table_of_sheet(sheet)


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


def table_of_sheet(sheet: "CalamineSheet") -> Table:
    """Return the table of a sheet; its rows are counted as Excel shows them."""
    left, width = (sheet.start[1], sheet.end[1] + 1) if sheet.start and sheet.end else (0, 0)

    def walk() -> Iterator[tuple[int, Cells]]:
        for number, cells in zip(count(1), sheet.iter_rows(), strict=False):
            yield number, [*[""] * left, *map(_text, cells)]

    return table_of_rows(walk, width=width, is_sheet=True)


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
