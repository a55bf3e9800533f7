"""Two kinds of CSV: the classic register of a spreadsheet, and the readings of an improvement.

The register has number, date raised, size, timescale, description, priority, KPI and so on. What this program has no
field for (timescale, priority and date required) is stored among the tags, as `timescale: short`. Readings have one row
each, in the order of metrics and days.
"""

import csv
import io
from collections.abc import Iterable

from cimodel_tui.escaping import escaped
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.views.measurements import MetricReadings
from cimodel_tui.workbook import Workbook

COLUMNS = (
    "Number",
    "Date raised",
    "Size",
    "Timescale",
    "Description",
    "Priority",
    "KPI",
    "Justification",
    "Raised by",
    "Owner",
    "Date required",
)
"""The headers, in their order."""

TIMESCALE, PRIORITY, REQUIRED, NUMBER = "timescale", "priority", "required", "number"
"""The tags that hold what has no field."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # full-width signs are evaluated as well


def register_csv(book: Workbook) -> str:
    """Return the register with the classic columns; cells that a spreadsheet would evaluate are escaped."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in book.improvements():
        writer.writerow([escape_formula(cell) for cell in _cells(book, entry)])
    return written.getvalue()


def _cells(book: Workbook, entry: Improvement) -> tuple[str, ...]:
    latest = book.latest(entry.id)
    required = max((row.by for row in latest.target.targets), default="")
    return (
        entry.ref,
        entry.raised_on,
        entry.size,
        tag_value(entry, TIMESCALE),
        f"{entry.title}\n{entry.summary}".rstrip(),
        tag_value(entry, PRIORITY) or ("" if entry.score is None else str(entry.score)),
        "; ".join(each.name for each in latest.baseline.metrics if each.is_outcome and each.name.strip()),
        latest.vision.value,
        entry.raised_by,
        entry.owner,
        required or tag_value(entry, REQUIRED),
    )


def tag(name: str, value: str) -> str:
    """Return a tag that holds a value."""
    return f"{name}: {as_tag(value)}"


def as_tag(value: str) -> str:
    """Return a value as a tag holds it: commas part tags, so there is none in it."""
    return " ".join(value.replace(",", " ").split())


def tag_value(entry: Improvement, name: str) -> str:
    """Return the value that a tag of an improvement holds, empty where there is no such tag."""
    found = (each.strip().partition(": ") for each in entry.tags.split(","))
    return next((value for known, _, value in found if known.casefold() == name), "")


def escape_formula(cell: str) -> str:
    """Return a cell that no spreadsheet evaluates as a formula; numbers stay numbers."""
    text = "\n".join(map(escaped, cell.splitlines()))
    if not cell.lstrip(" \n").startswith(_FORMULA_STARTS):
        return text
    try:
        read_number(cell)
    except UnreadableNumberError:
        return f"'{text}"
    return text


def unescape_formula(cell: str) -> str:
    """Return a cell as it was before `escape_formula`."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" \n").startswith(_FORMULA_STARTS) else cell


READING_COLUMNS = ("Ref", "Metric", "Unit", "Date", "Value", "Total", "Note", "Set aside")
"""The headers, in their order."""


def readings_csv(found: Iterable[MetricReadings]) -> str:
    """Return the readings; cells that a spreadsheet would evaluate are escaped, numbers stay numbers."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(READING_COLUMNS)
    for metric in found:
        for row in metric.rows:
            cells = (metric.ref, metric.metric, metric.unit, row.day, row.value, row.total, row.note, row.set_aside)
            writer.writerow([escape_formula(cell) for cell in cells])
    return written.getvalue()
