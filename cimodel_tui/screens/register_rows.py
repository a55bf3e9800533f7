"""How a row of the register is painted: two lines beside the preview, one line where the terminal is narrow."""

from collections.abc import Sequence

from rich.text import Text

from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.sparkline import sparkline
from cimodel_tui.views.improvement_row import CURRENT, DONE, ImprovementRow, Series, improvement_row
from cimodel_tui.widgets.columns import Cell, Column
from cimodel_tui.widgets.table import Table
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.measure import Recent

TWO_LINES = 2
"""Lines of a row beside the preview."""

NARROW = (
    Column("Ref", 7),
    Column("Title", 16, share=1),
    Column("Steps", 7),
    Column("Trend", 8, rank=3),
    Column("From→now", 13, rank=2),
    Column("Status", 11, rank=1),
)
"""The columns of one line a row."""

SORTS_AS = (0, 1, 4, None, None, 3)
"""Which column of the full table each of these sorts by; none where it cannot be sorted."""

_TREND = 16
"""Cells of the sparkline in two lines; in one line it gets half of them."""

_INDENT = 9
"""Where a title begins, below and beside the ref."""

_SIGNS = {DONE: ("✓", "good"), CURRENT: ("●", "accent")}

_STATES = {
    "idea": "quiet",
    "assessing": "start",
    "approved": "start",
    "in progress": "accent",
    "verifying": "accent",
    "embedding": "good",
    "on hold": "quiet",
    "withdrawn": "quiet",
}

_ENDS = {"achieved": "good", "partly": "warn", "not achieved": "bad"}

_RECENT: Recent[ImprovementRow] = Recent(160)
"""Rows of a few screens: the cursor and the filter work nothing out again."""

Spans = list[tuple[str, str]]
"""Pieces of text, each with its tone."""


def row_of(book: Workbook, improvement_id: str) -> ImprovementRow:
    """Return the row of an improvement; the same documents on the same day are looked at once."""
    improvement = book.improvement(improvement_id)
    documents = (improvement, *book.iterations(improvement_id))
    return _RECENT.of(documents, str(book.clock.today()), lambda: improvement_row(book, improvement))


def status_tone(row: ImprovementRow) -> str:
    """Return what the colour of the status means."""
    if "relapsed" in row.status:
        return "bad"
    if "stale" in row.status:
        return "warn"
    return _STATES.get(row.state) or _ENDS.get(row.closes_as, "quiet")


def progress_spans(row: ImprovementRow) -> Spans:
    """Return a sign for each of the seven steps."""
    return [_SIGNS.get(each, ("·", "quiet")) for each in row.progress]


def trend_spans(series: Series, cells: int) -> Spans:
    """Return the sparkline, the part of the baseline in the background."""
    line = sparkline(series.values, cells, baseline=series.baseline)
    return [(span.text, "quiet" if span.role is Role.BASELINE else "start") for span in line]


def two_lines(table: Table, row: ImprovementRow, archived: bool, width: int) -> Sequence[Text]:
    """Return ref, title and status; below them progress, trend, numbers, and what is late or next."""
    title = row.title + (" (archived)" if archived else "")
    first = _justified(table, [(f"{row.ref:<{_INDENT}}", "quiet"), (title, "strong")], [_status(row)], width)
    below: Spans = [(" " * _INDENT, ""), *progress_spans(row), (" ", "")]
    numbers = bool(row.from_to)
    if numbers:
        trend = trend_spans(row.series, _TREND)
        below += [*trend, (" " * (_TREND + 1 - sum(len(text) for text, _ in trend)), ""), *_from_to(row)]
    late = [(f"{row.late} late", "bad")] if row.late else []
    if not numbers:
        return first, _justified(table, [*below, (row.next, "quiet")], late, width)
    return first, _justified(table, below, late, width)


def one_line(table: Table, row: ImprovementRow, archived: bool) -> Sequence[Cell]:
    """Return the cells of the narrow table."""
    status = (f"{row.late} late", "bad") if row.late else _status(row)
    return (
        table.toned((row.ref, "quiet")),
        row.title + (" (archived)" if archived else ""),
        table.toned(*progress_spans(row)),
        table.toned(*trend_spans(row.series, _TREND // 2)),
        table.toned(*_moved(row)),
        table.toned(status),
    )


def _status(row: ImprovementRow) -> tuple[str, str]:
    return (row.status, status_tone(row))


def _moved(row: ImprovementRow) -> Spans:
    """Return from baseline to now, in colour where the target is met or not."""
    way = row.from_to.partition(", target")[0].replace(" → ", "→")
    met = {True: ("good", " ✓"), False: ("", ""), None: ("", "")}[row.met]
    return [(way + met[1], met[0])] if way else []


def _from_to(row: ImprovementRow) -> Spans:
    way, _, target = row.from_to.partition(", target")
    tone, sign = {True: ("good", " ✓"), False: ("", ""), None: ("", "")}[row.met]
    return [(way, tone), (f", target{target}" if target else "", "quiet"), (sign, "good")]


def _justified(table: Table, left: Spans, right: Spans, width: int) -> Text:
    """Return one line with something at its end; what stands before it makes room."""
    end, begin = table.toned(*right), table.toned(*left)
    room = max(width - end.cell_len - 2, 1)
    begin.truncate(room, overflow="ellipsis", pad=True)
    begin.append("  ")
    begin.append_text(end)
    return begin
