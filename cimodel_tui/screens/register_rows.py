"""How a row of the register is painted: two lines beside the preview, one line where the terminal is narrow.

`Figures` counts the whole register in a thread after a pause: the rows and the keyboard do not wait for it.
"""

from collections.abc import Sequence
from contextlib import suppress
from time import sleep

from rich.text import Text
from textual import work
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from cimodel_tui.charts import Cells, Role, sparkline
from cimodel_tui.model.step import Place
from cimodel_tui.textual_compat import call_from_worker
from cimodel_tui.views.due import Due, due_of
from cimodel_tui.views.improvement_row import CURRENT, DONE, ImprovementRow, Series, improvement_row
from cimodel_tui.views.register import portfolio
from cimodel_tui.views.tone import Tone, ToneLine, tone_of_status
from cimodel_tui.widgets.columns import Cell, Column
from cimodel_tui.widgets.table import Table, justified
from cimodel_tui.widgets.text import Words
from cimodel_tui.widgets.themes import PLAIN_CHARTS
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.measure import ResultCache

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

_ROOMY = 90
"""Cells from which the next thing stands behind the numbers."""

_INDENT = 9
"""Where a title begins, below and beside the ref."""

_SIGNS = {DONE: ToneLine("✓", Tone.GOOD), CURRENT: ToneLine("●", Tone.ACCENT)}

_MET = {True: ToneLine(" ✓", Tone.GOOD), False: ToneLine(""), None: ToneLine("")}

_RECENT: ResultCache[ImprovementRow] = ResultCache(160)
"""Rows of a few screens: the cursor and the filter work nothing out again."""

Spans = list[ToneLine]
"""Pieces of one line."""


def row_of(book: Workbook, improvement_id: str) -> ImprovementRow:
    """Return the row of an improvement; the same documents on the same day are looked at once."""
    improvement = book.improvement(improvement_id)
    documents = (improvement, *book.iterations(improvement_id))
    return _RECENT.of(documents, str(book.clock.today()), lambda: improvement_row(book, improvement))


def progress_spans(row: ImprovementRow) -> Spans:
    """Return a sign for each of the seven steps."""
    return [_SIGNS.get(each, ToneLine("·", Tone.QUIET)) for each in row.progress]


def trend_spans(series: Series, width: int, cells: Cells) -> Spans:
    """Return the sparkline, the part of the baseline in the background."""
    line = sparkline(series.values, width, baseline=series.baseline, cells=cells)
    return [ToneLine(span.text, Tone.QUIET if span.role is Role.BASELINE else Tone.ACCENT) for span in line]


class RowPainter:
    """Paints rows into a table, with braille and blocks or with plain cells."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def _cells(self) -> Cells:
        return Cells.PLAIN if self._table.app.has_class(PLAIN_CHARTS) else Cells.DENSE

    def two_lines(self, row: ImprovementRow, *, archived: bool, width: int, beside: str = "") -> Sequence[Text]:
        """Return ref, title and status; below them progress, trend, numbers, and what is late or next."""
        title = row.title + (" (archived)" if archived else "")
        first = [ToneLine(f"{row.ref:<{_INDENT}}", Tone.QUIET), ToneLine(title, strong=True)]
        below = [ToneLine(" " * _INDENT), *progress_spans(row), ToneLine(" ")]
        if row.from_to:
            trend = trend_spans(row.series, _TREND, self._cells)
            below += [*trend, ToneLine(" " * (_TREND + 1 - sum(len(each.text) for each in trend))), *_from_to(row)]
            below += [ToneLine(f"  ▸ {row.next}", Tone.QUIET)] if width >= _ROOMY else []
        else:
            below.append(ToneLine(row.next, Tone.QUIET))
        late = [ToneLine(f"{row.late} late", Tone.BAD)] if row.late else []
        status = [ToneLine(f"{beside} · ", Tone.QUIET), _status(row)] if beside else [_status(row)]
        return justified(self._table, first, status, width), justified(self._table, below, late, width)

    def one_line(self, row: ImprovementRow, *, archived: bool) -> Sequence[Cell]:
        """Return the cells of the narrow table."""
        toned = self._table.toned
        return (
            toned(ToneLine(row.ref, Tone.QUIET)),
            row.title + (" (archived)" if archived else ""),
            toned(*progress_spans(row)),
            toned(*trend_spans(row.series, _TREND // 2, self._cells)),
            toned(ToneLine(_way(row).replace(" → ", "→")), _MET[row.met]),
            toned(ToneLine(f"{row.late} late", Tone.BAD) if row.late else _status(row)),
        )


def _status(row: ImprovementRow) -> ToneLine:
    return ToneLine(row.status, tone_of_status(row.status))


def _way(row: ImprovementRow) -> str:
    """Return from baseline to now, without the target."""
    return row.from_to.partition(", target")[0]


def _from_to(row: ImprovementRow) -> Spans:
    target = row.from_to.removeprefix(_way(row))
    return [ToneLine(_way(row), Tone.GOOD if row.met else Tone.PLAIN), ToneLine(target, Tone.QUIET), _MET[row.met]]


FIGURES_PAUSE = 0.25
"""Seconds after which the figures of the whole register are worked out; the rows do not wait for them."""

A_FEW, BREATH = 20, 0.002
"""So many improvements are read for the figures before so many seconds are left to the keyboard."""


_BETWEEN = " · "


class Figures(Words):
    """How many improvements there are and how they do; what is due in all of them is told to the page."""

    class DueFound(Message):
        """What is overdue and due soon was worked out."""

        def __init__(self, due: tuple[Due, ...]) -> None:
            self.due = due
            super().__init__()

    def __init__(self, book: Workbook) -> None:
        super().__init__(classes="figures")
        self._book = book
        self._parts: tuple[tuple[str, str], ...] = ()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._draw()

    def _draw(self) -> None:
        """Show as many of the figures as there is room for, each of them whole."""
        line = Content()
        for part in self._parts:
            longer = Content(_BETWEEN).join([*([line] if line.plain else []), Content.styled(*part)])
            if longer.cell_length > self.content_size.width:
                break
            line = longer
        self.say(line)

    def follow(self) -> None:
        """Show the workbook as it is now, after a pause."""
        self.set_timer(FIGURES_PAUSE, self._work_out)

    @work(thread=True, group="figures", exclusive=True)
    def _work_out(self) -> None:
        """Look at all of the register beside the typing; a workbook that was closed meanwhile has no figures."""
        worker = get_current_worker()
        due: list[Due] = []
        with suppress(KeyError, RuntimeError):
            for at, each in enumerate(self._book.register(archived=True)):
                if worker.is_cancelled:
                    return
                improvement, _ = self._book.of(Place(each))
                due += () if improvement.archived_on else due_of(self._book, improvement)
                if at % A_FEW == 0:
                    sleep(BREATH)
            figures = portfolio(self._book)
            call_from_worker(self, self._say, figures, tuple(sorted(due, key=lambda each: each.days)))

    def _say(self, figures: str, due: tuple[Due, ...]) -> None:
        late = sum(each.days < 0 for each in due)
        self._parts = ((f"{late} overdue", "$text-error"),) if late else ()
        self._parts += tuple((each, "") for each in figures.split(_BETWEEN))
        self._draw()
        self.post_message(self.DueFound(due))


COLUMNS = (
    Column("Ref", 7),
    Column("Title", 20, share=4),
    Column("Owner", 12, share=1, rank=3),
    Column("Status", 12, share=1, rank=1),
    Column("Step", 5, rank=2),
    Column("Score", 5, rank=5),
    Column("Review", 12, rank=4),
    Column("Next", 18, share=4, rank=2),
)
"""The columns of the full table; where the terminal is narrow the ones of the highest rank are left out."""


def shown_sorted(column: int) -> int | None:
    """Return which of the narrow columns shows the order; none where that column is not among them."""
    return SORTS_AS.index(column) if column in SORTS_AS else None
