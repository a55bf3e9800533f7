"""Reports as Excel workbooks: a register, the readings, and a native line chart for each metric.

Numbers are numbers and dates are dates. What people typed is written as text, so that no cell of theirs is evaluated
or opens a page. The same input gives the same bytes: the moment of creation is the day of the report.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cimodel_tui.charts import RunChart
from cimodel_tui.escaping import lines_of
from cimodel_tui.model.day import as_day
from cimodel_tui.views.improvement_row import ImprovementRow
from cimodel_tui.views.measurements import MetricReadings
from cimodel_tui.views.overview import amount_of

Cell: TypeAlias = "str | float | int | date | None"
"""What a cell holds: text as typed, a number, a day, or nothing."""

MAX_CELL_LENGTH = 32_767
"""Characters that a cell of Excel holds; a longer text is cut with an ellipsis."""

_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}


class _Book:
    """A workbook that is being written, with its formats and the names of its sheets."""

    def __init__(self, target: io.BytesIO, title: str, day: date) -> None:
        self.file = xlsxwriter.Workbook(target, _OPTIONS)
        self.file.set_properties({"title": title, "created": datetime.combine(day, time(), UTC).replace(tzinfo=None)})
        self.head = self.file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = self.file.add_format({"text_wrap": True, "valign": "top"})
        self.day = self.file.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.plain = self.file.add_format({"valign": "top"})
        self._names: set[str] = set()

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet; its name is cut to what Excel takes and made its own."""
        base = " ".join("".join(lines_of(name)).translate(_FORBIDDEN).split())[:_SHEET_NAME] or "Sheet"
        found, number = base, 2
        while found.casefold() in self._names:
            ending = f" ({number})"
            found, number = base[: _SHEET_NAME - len(ending)] + ending, number + 1
        self._names.add(found.casefold())
        return self.file.add_worksheet(found)

    def table(self, sheet: Worksheet, head: Mapping[str, int], rows: Iterable[Sequence[Cell]]) -> int:
        """Write a table under names with their widths in characters; return how many rows it has below the head."""
        for at, (name, width) in enumerate(head.items()):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, name, self.head)
        count = 0
        for count, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                self.write(sheet, count, at, cell)
        sheet.freeze_panes(1, 0)
        if count:
            sheet.autofilter(0, 0, count, len(head) - 1)
        return count

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        """Write one cell by what it is."""
        if isinstance(cell, date):
            sheet.write_datetime(row, column, datetime.combine(cell, time()), self.day)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self.plain)
        elif cell:
            text = "\n".join(lines_of(cell))
            sheet.write_string(
                row, column, text if len(text) <= MAX_CELL_LENGTH else f"{text[: MAX_CELL_LENGTH - 1]}…", self.text
            )


@contextmanager
def _new_book(title: str, day: date) -> Iterator[tuple[_Book, io.BytesIO]]:
    target = io.BytesIO()
    book = _Book(target, title, day)
    yield book, target
    book.file.close()


def report_xlsx(title: str, day: date, rows: Sequence[ImprovementRow], readings: Sequence[MetricReadings]) -> bytes:
    """Return improvements in one sheet, all readings in another, and a sheet with a chart for each metric."""
    with _new_book(title, day) as (book, target):
        _register(book, rows)
        if readings:
            _readings(book, readings)
        for each in readings:
            _metric(book, each)
    return target.getvalue()


_REGISTER = {
    "Workbook": 24,
    "Ref": 10,
    "Improvement": 40,
    "Status": 18,
    "Step": 26,
    "Owner": 20,
    "Service": 20,
    "Metric": 26,
    "Baseline": 12,
    "Now": 12,
    "Target": 16,
    "Verdict": 18,
    "Outcome": 14,
    "Next": 40,
    "Next due": 12,
    "Overdue": 9,
    "Spent": 16,
    "Gained": 24,
}
"""The columns of the register with their widths."""

_READINGS = {"Ref": 10, "Metric": 30, "Unit": 12, "Date": 12, "Value": 12, "Total": 12, "Note": 40}
_LINES = {
    "Value": "#1F4E79",
    "Mean": "#7F7F7F",
    "Lower limit": "#C55A11",
    "Upper limit": "#C55A11",
    "Target": "#2E7D32",
}
"""The lines of a chart with their colours; the readings come first."""


def _register(book: _Book, rows: Sequence[ImprovementRow]) -> None:
    book.table(book.sheet("Register"), _REGISTER, map(_cells, rows))


def _cells(row: ImprovementRow) -> tuple[Cell, ...]:
    due = as_day(row.due[0].due) if row.due else None
    return (
        row.workbook,
        row.ref,
        row.title,
        row.status,
        row.step,
        row.owner,
        row.service,
        row.metric,
        row.baseline,
        row.now,
        row.target,
        row.verdict.replace("-", " "),
        row.closes_as,
        row.next,
        due,
        row.late,
        _number(row.spent),
        _number(row.gained),
    )


def _number(text: str) -> Cell:
    """Return what was typed as a number where it is one, else as text."""
    amount = amount_of(text)
    try:
        return text if amount is None else float(amount)
    except OverflowError:
        return text


def _readings(book: _Book, readings: Sequence[MetricReadings]) -> None:
    rows = (
        (each.ref, each.metric, each.unit, as_day(row.day), _number(row.value), _number(row.total), row.note)
        for each in readings
        for row in each.rows
    )
    book.table(book.sheet("Readings"), _READINGS, rows)


def _metric(book: _Book, each: MetricReadings) -> None:
    sheet = book.sheet(f"{each.ref} {each.metric}")
    rows = list(_points(each.chart))
    count = book.table(sheet, dict.fromkeys(("Date", *_LINES), 12), rows)
    if not count:
        return
    chart = book.file.add_chart({"type": "line"})
    for at, name in enumerate(_LINES, 1):
        if any(row[at] is not None for row in rows):
            chart.add_series(_line(sheet.get_name(), name, at, count))
    beside = len(_LINES) + 2
    book.write(sheet, 0, beside, each.metric)  # a chart takes its words from cells: as text it would look for ranges
    book.write(sheet, 0, beside + 1, each.unit)
    chart.set_title({"name": [sheet.get_name(), 0, beside], "overlay": False})
    chart.set_x_axis({"date_axis": True, "num_format": "yyyy-mm-dd"})
    chart.set_y_axis({"name": [sheet.get_name(), 0, beside + 1]} if each.unit else {})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 420})
    sheet.insert_chart(1, beside, chart)


def _line(sheet: str, name: str, column: int, count: int) -> dict[str, object]:
    """Return one series of a chart: the readings with markers, the lines beside them dashed."""
    readings = column == 1
    return {
        "name": [sheet, 0, column],
        "categories": [sheet, 1, 0, count, 0],
        "values": [sheet, 1, column, count, column],
        "line": {
            "color": _LINES[name],
            "width": 2.25 if readings else 1.0,
            "dash_type": "solid" if readings else "dash",
        },
        "marker": {"type": "circle", "size": 4} if readings else {"type": "none"},
    }


def _points(chart: RunChart) -> Iterator[tuple[Cell, ...]]:
    """Yield the readings that count, each with the lines that hold on its day."""
    for point in chart.points:
        if point.set_aside:
            continue
        phase = next((each for each in reversed(chart.phases) if _contains(each.first, each.last, point.day)), None)
        target = phase.target[0] if phase and len(phase.target) == 1 else None
        lines = (phase.mean, phase.lower, phase.upper) if phase else (None, None, None)
        yield (point.day, point.value, *(chart.clamp(each) if each is not None else None for each in lines), target)


def _contains(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)
