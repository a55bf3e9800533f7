"""The card on which a baseline or a target is agreed: what is sealed, by whom and when; its button seals."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Button, Static

from cimodel_tui.model.place import Place
from cimodel_tui.views.sealing import agreement_chart, agreement_lines
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.containers import Scrolled, Window
from cimodel_tui.widgets.controls import PushButton
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Lines
from cimodel_tui.workbook import Workbook

SHARE, AROUND = 96, 10
"""Per cent of the height that the card takes at most, and its lines that are neither chart nor words."""

WIDEST, EDGES = 120, 6
"""Cells of the card at most, and those of its frame and padding."""

LEAST, HIGHEST = 5, 14
"""Lines of the chart; with fewer it is left out."""

TITLES = {"baseline": "Agree the baseline", "target": "Agree the target"}


class AgreeScreen(Window[bool]):
    """Shows what is agreed; returns whether it is to be sealed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "cancel", tooltip="Close without agreeing", id="agree.cancel"),
    ]

    def __init__(self, book: Workbook, place: Place, by: str, on: str) -> None:
        super().__init__(look="moment")
        self.book, self.place = book, place
        self._by, self._on = by, on

    def compose(self) -> ComposeResult:
        """What is agreed, its chart, and the button."""
        improvement, iteration = self.book.of(self.place)
        step = self.place.step
        with Vertical(classes="frame") as frame:
            frame.border_title = TITLES[step]
            yield Static(f"{improvement.ref} {improvement.title}", classes="question", markup=False)
            yield ChartView(classes="moment-chart")
            with Scrolled(classes="moment-lines", can_focus=False):
                yield Lines()
            yield PushButton("Agree and seal", variant="primary", classes="act")
            yield Keys()
        self._lines = agreement_lines(self.book, improvement, iteration, step, self._by, self._on)
        self._chart = agreement_chart(self.book, improvement, iteration, step)

    def on_mount(self) -> None:
        """Show it, and begin on the button."""
        chart = self.query_one(ChartView)
        chart.display = self._chart is not None
        chart.show(self._chart)
        self.query_one(Lines).show(self._lines)
        self.query_one(Button).focus()

    def on_resize(self) -> None:
        """Give the chart what the words and the button leave over: the button stays in view on a small terminal."""
        lines = self.query_one(Lines)
        room = min(self.size.width * 92 // 100, WIDEST) - EDGES
        height = lines.get_content_height(self.size, self.size, max(room, 1))
        left = self.size.height * SHARE // 100 - AROUND - height
        chart = self.query_one(ChartView)
        chart.styles.height = max(min(left, HIGHEST), LEAST)
        chart.display = self._chart is not None and left >= LEAST

    @on(Button.Pressed)
    def _seal(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(True)
