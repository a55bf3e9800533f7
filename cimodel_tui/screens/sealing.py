"""The windows in which something is sealed: the agreement of a baseline or a target, and the walk through a check.

An agreement is shown as a card, by whom and when, and its button seals. A check is walked on the chart: target, signal
and outlook, one after the other; the last button verifies. The card of the result follows, to look at and to take
along: as text, as SVG, as a report.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from cimodel_tui import reports
from cimodel_tui.charts.card import Card, card_lines, card_svg, card_text
from cimodel_tui.forms.ask import Ask
from cimodel_tui.model.saving import StoreError
from cimodel_tui.model.step import Place
from cimodel_tui.views.sealing import Stage, agreement_chart, agreement_lines
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.chart import ChartView, painted
from cimodel_tui.widgets.containers import Scrolled, StableLayout, Stack, Window
from cimodel_tui.widgets.controls import PushButton
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Lines, Words
from cimodel_tui.widgets.themes import style_of
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.desk import Desk

if TYPE_CHECKING:
    from cimodel_tui.charts import Chart

SHARE, AROUND_CHART = 96, 10
"""Per cent of the height that the card takes at most, and its lines that are neither chart nor words."""

WIDEST, EDGES = 120, 6
"""Cells of the card at most, and those of its frame and padding."""

LEAST, HIGHEST = 5, 14
"""Lines of the chart; with fewer it is left out."""

TITLES = {"baseline": "Agree the baseline", "target": "Agree the target"}


class ChartWindow(Window[bool]):
    """A window with a chart, words below it, and a button that stays in view on a small terminal."""

    def __init__(self) -> None:
        super().__init__(look="moment")

    def show_chart(self, chart: "Chart | None", lines: Sequence[ToneLine]) -> None:
        """Show a chart, if there is one, and the words below it."""
        self.query_one(ChartView).show(chart)
        self.query_one(Lines).show(lines)
        self.fit_chart()

    def on_resize(self) -> None:
        """Use the room there is."""
        self.fit_chart()

    def fit_chart(self) -> None:
        """Give the chart what the words and the button leave over; without room for it there is none."""
        room = min(self.size.width * 92 // 100, WIDEST) - EDGES
        height = self.query_one(Lines).get_content_height(self.size, self.size, max(room, 1))
        left = self.size.height * SHARE // 100 - AROUND_CHART - height
        chart = self.query_one(ChartView)
        chart.styles.height = max(min(left, HIGHEST), LEAST)
        chart.display = chart.chart is not None and left >= LEAST


class AgreeScreen(ChartWindow):
    """Shows what is agreed; returns whether it is to be sealed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "cancel", tooltip="Close without agreeing", id="agree.cancel"),
    ]

    def __init__(self, book: Workbook, place: Place, by: str, on: str) -> None:
        super().__init__()
        self.book, self.place = book, place
        self._by, self._on = by, on

    def compose(self) -> ComposeResult:
        """What is agreed, its chart, and the button."""
        improvement, iteration = self.book.of(self.place)
        step = self.place.step
        with Stack(classes="frame") as frame:
            frame.border_title = TITLES[step]
            yield Words(f"{improvement.ref} {improvement.title}", classes="question")
            yield ChartView(classes="moment-chart")
            with Scrolled(classes="moment-lines", can_focus=False):
                yield Lines()
            yield PushButton("Agree and seal", variant="primary", classes="act")
            yield Keys()
        self._lines = agreement_lines(self.book, improvement, iteration, step, self._by, self._on)
        self._chart = agreement_chart(self.book, improvement, iteration, step)

    def on_mount(self) -> None:
        """Show it, and begin on the button."""
        self.show_chart(self._chart, self._lines)
        self.query_one(Button).focus()

    @on(Button.Pressed)
    def _seal(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(True)


CONFIRM = "Verifying records the result and its verdict; later readings do not change them."
"""The sentence above the button of the last stage."""


class VerifyScreen(ChartWindow):
    """Shows the three statements; returns whether the check is to be verified."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "cancel", tooltip="Close without verifying", id="verify.cancel"),
        Binding("left", "walk(-1)", "back", tooltip="The previous statement", id="verify.back"),
        Binding("right", "walk(1)", "next", tooltip="The next statement", id="verify.next"),
    ]

    def __init__(self, title: str, stages: tuple[Stage, ...]) -> None:
        super().__init__()
        self._title, self._stages, self._at = title, stages, 0

    def compose(self) -> ComposeResult:
        """The stages with the current one marked, the chart, its statement, and the button."""
        with Stack(classes="frame") as frame:
            frame.border_title = Content(f"Verify · {self._title}")
            yield Words(classes="stages")
            yield ChartView(classes="moment-chart")
            yield Lines(classes="moment-lines")
            yield PushButton("Next", variant="primary", classes="act")
            yield Keys()

    def on_mount(self) -> None:
        """Begin with the first statement."""
        self._show()
        button = self.query_one(Button)
        button.focus()

    @property
    def _is_last(self) -> bool:
        return self._at >= len(self._stages) - 1

    def _show(self) -> None:
        stage = self._stages[self._at]
        self.query_one(".stages", Words).say(self._rail())
        lines = [ToneLine(stage.question, Tone.QUIET), stage.answer]
        self.show_chart(stage.chart, [*lines, ToneLine(CONFIRM, Tone.QUIET)] if self._is_last else lines)
        self.query_one(Button).label = "Verify" if self._is_last else "Next"
        self.refresh_bindings()

    def _rail(self) -> Content:
        """Return the names of the statements, the one that is shown standing out."""
        parts = []
        for at, stage in enumerate(self._stages):
            sign = "✓" if at < self._at else "●" if at == self._at else "○"
            tone = Tone.ACCENT if at == self._at else Tone.QUIET
            parts.append(Content.styled(f"{sign} {at + 1} {stage.name}", style_of(tone, strong=at == self._at)))
        return Content("    ").join(parts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the statements that there are."""
        if action == "walk":
            return 0 <= self._at + int(str(parameters[0])) < len(self._stages)
        return super().check_action(action, parameters)

    def action_walk(self, distance: int) -> None:
        """Go to the statement before or after."""
        self._at += distance
        self._show()

    @on(Button.Pressed)
    def _on(self, event: Button.Pressed) -> None:
        event.stop()
        if self._is_last:
            self.dismiss(True)
        else:
            self.action_walk(1)


AROUND = 8
"""Lines of the window beside the card: borders, button, keys and the blank lines between them."""

LOW = 30
"""A terminal with fewer lines has no room for blank ones around the button."""


class CardView(StableLayout, Widget):
    """A card, drawn for the width there is."""

    def __init__(self, card: Card) -> None:
        super().__init__(classes="card")
        self._card = card

    def on_mount(self) -> None:
        """Take the height that the card needs."""
        self._fit()

    def on_resize(self) -> None:
        """Take another height where lines break elsewhere."""
        self._fit()

    def _fit(self) -> None:
        self.styles.height = len(card_lines(self._card, self.content_size.width))

    def render(self) -> Content:
        """Draw it."""
        lines = card_lines(self._card, self.content_size.width)
        return Content("\n").join(painted(each) for each in lines)


class CardScreen(Window[bool]):
    """Shows the card; returns whether one goes on to the next step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy", tooltip="Copy the card as text", id="card.copy"),
        Binding("s", "save", "save as SVG", tooltip="Save the card as a picture", id="card.save"),
        Binding("e", "report", "report", tooltip="Save the report of the improvement as HTML", id="card.report"),
        Binding("escape", "dismiss(False)", "close", tooltip="Back to the step", id="card.close"),
    ]

    def __init__(self, book: Workbook, place: Place, card: Card, desk: Desk, *, onward: str) -> None:
        super().__init__(look="moment")
        self.book, self.place = book, place
        self._card, self._desk, self._onward = card, desk, onward

    def compose(self) -> ComposeResult:
        """The card and the button that leads on."""
        with Stack(classes="frame") as frame:
            frame.border_title = "Did we get there?"
            with Scrolled(classes="card-room", can_focus=False):
                yield CardView(self._card)
            yield PushButton(self._onward or "Close", variant="primary", classes="act")
            yield Keys()

    def on_mount(self) -> None:
        """Begin on the button."""
        self.query_one(Button).focus()

    def on_resize(self) -> None:
        """Keep the button in view: a card that is higher than its room scrolls."""
        low = self.size.height < LOW
        self.set_class(low, "-low")
        around = AROUND - 2 * low  # without the blank lines around the button
        self.query_one(".card-room", Scrolled).styles.max_height = max(self.size.height - around, 1)

    @on(Button.Pressed)
    def _go_on(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(bool(self._onward))

    def action_copy(self) -> None:
        """Copy the card as text."""
        self.app.copy_to_clipboard(card_text(self._card))
        self.notify("Card copied as text.", markup=False)

    def action_save(self) -> None:
        """Ask for a path and save the card as SVG."""
        self._ask_path("svg", card_svg(self._card))

    def action_report(self) -> None:
        """Ask for a path and save the report as HTML."""
        improvement, _ = self.book.of(self.place)
        self._ask_path("html", reports.html.one_page(reports.prepare.one_page(self.book, improvement)))

    def _ask_path(self, ending: str, text: str) -> None:
        improvement, _ = self.book.of(self.place)

        def given(path: str | None) -> None:
            if path and path.strip():
                self._write(Path(path.strip()).expanduser(), text)

        self.app.push_screen(Ask("Save as", value=f"{improvement.ref.lower()}.{ending}"), given)

    def _write(self, path: Path, text: str) -> None:
        try:
            self._desk.write_text(path, text)
        except StoreError as problem:
            self.notify(str(problem), severity="error", markup=False)
        else:
            self.notify(f"Saved: {path}", markup=False)
