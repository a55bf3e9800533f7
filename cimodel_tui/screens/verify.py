"""The walk through a check: target, signal and outlook on the chart, one after the other; the last button verifies."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from cimodel_tui.views.moments import Stage
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.controls import PushButton
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Lines, Words
from cimodel_tui.widgets.tones import style_of
from cimodel_tui.widgets.window import Window

CONFIRM = "Verifying records the result and its verdict; later readings do not change them."
"""What is said before the last step."""


class VerifyScreen(Window[bool]):
    """Shows the three statements; returns whether the check is to be verified."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "cancel", tooltip="Close without verifying", id="verify.cancel"),
        Binding("left", "walk(-1)", "back", tooltip="The statement before", id="verify.back"),
        Binding("right", "walk(1)", "next", tooltip="The next statement", id="verify.next"),
    ]

    def __init__(self, title: str, stages: tuple[Stage, ...]) -> None:
        super().__init__(look="moment")
        self._title, self._stages, self._at = title, stages, 0

    def compose(self) -> ComposeResult:
        """Where one is, the chart, what it says, and the button."""
        with Vertical(classes="frame") as frame:
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
        chart = self.query_one(ChartView)
        chart.display = stage.chart is not None
        chart.show(stage.chart)
        lines = [ToneLine(stage.question, Tone.QUIET), stage.answer]
        self.query_one(Lines).show([*lines, ToneLine(CONFIRM, Tone.QUIET)] if self._is_last else lines)
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
