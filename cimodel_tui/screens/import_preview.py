"""What the import window shows of readings before they are imported: a line each, the run chart, or the formats."""

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ProgressBar, Static

from cimodel_tui.charts.run_chart import RunChart
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.table import Table

_COLUMNS = (Column("Row", 4, rank=2), Column("Day", 10), Column("Value", 6), Column("Note", 8, share=1, rank=1))

_SERIES = ("date,value,note", "2026-01-05,7.1,", "2026-01-12,6.2,after the move")

_TICKETS = ("number,opened,resolved,priority", "INC-1041,2026-01-05 08:12,2026-01-05 14:03,2", "INC-1042,...")

_FORMATS: Sequence[tuple[str, str, Sequence[str]]] = (
    ("Readings", "one a row: a date, the value, a note if you like", _SERIES),
    ("Ticket export", "one a row: counted, or timed between two columns", _TICKETS),
)

_FILES = (
    "CSV with commas, semicolons or tabs, or .xlsx. A decimal comma or the order of day and month is asked for once "
    "and remembered. A preview comes first; nothing is imported before you confirm it."
)


class ImportPreview(Horizontal):
    """The lines that were read, beside the text or the run chart; before anything is read, what can be."""

    def __init__(self, *beside: Widget, with_chart: bool) -> None:
        super().__init__(classes="columns")
        self._beside, self._with_chart = beside, with_chart

    def compose(self) -> ComposeResult:
        """What stands beside the lines, the lines, and the chart; the formats while there are none of them."""
        yield from self._beside
        yield Table(_COLUMNS, classes="preview", opens=False)
        if self._with_chart:
            yield ChartView(classes="chart preview")
        yield Static(_formats(), classes="preview formats")

    def on_mount(self) -> None:
        """Begin with the formats."""
        self.show((), None)

    def show(self, lines: Iterable[Sequence[str]], chart: RunChart | None) -> None:
        """Show the lines that were read and the series as it would be, or the formats where nothing was read."""
        rows = [(str(at), cells) for at, cells in enumerate(lines)]
        self.query_one(Table).fill(rows)
        self.query(".preview").set(display=bool(rows))
        self.query_one(".formats").display = not rows
        if rows and self._with_chart:
            self.query_one(ChartView).show(chart)


class Outcome(Vertical):
    """How far reading is, and then what would be imported, in words."""

    def __init__(self) -> None:
        super().__init__(classes="outcome")

    def compose(self) -> ComposeResult:
        """The bar, hidden while nothing is read, and the words."""
        bar = ProgressBar(show_eta=False, classes="progress")
        bar.display = False
        yield bar
        yield Static("", classes="words", markup=False)

    def progress(self, row: int, total: int | None, words: str = "reading") -> None:
        """Show how far it is; with no total, that it goes on."""
        self.query_one(".words", Static).update(f"{words} ... (Esc cancels)")
        bar = self.query_one(ProgressBar)
        bar.display = True
        bar.update(total=total, progress=row)

    def show(self, words: str, *, warns: bool = False) -> None:
        """Show what was read; the bar goes."""
        self.query_one(ProgressBar).display = False
        line = self.query_one(".words", Static)
        line.set_class(warns, "warning")
        line.update(words)


def _formats() -> Content:
    """Return what can be imported, with an example each."""
    parts = []
    for name, words, example in _FORMATS:
        head = Content.assemble((name, "bold $text-primary"), (f"  {words}", "$muted"))
        parts.append(Content("\n").join((head, *(Content(f"  {line}") for line in example))))
    parts.append(Content.styled(_FILES, "$muted"))
    return Content("\n\n").join(parts)
