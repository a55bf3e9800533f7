"""The step rail: the seven steps in their order, which are done, which is current, and which are the anchors."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message

from cimodel_tui.model.step import STEPS, Step
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.text import Words

ANCHOR = "◆"
"""Marks the two measurement anchors."""

_ONE_LINE, _TWO_LINES = 180, 110
"""Cells from which all seven full names fit on one line, and on two."""

_FIRST_LINE = 4
"""Steps on the first of two lines."""


class StepRail(Words, can_focus=True):
    """The seven steps on one line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(step.number),
                f"step({step.number})",
                step.title,
                show=False,
                tooltip=step.title,
                id=f"rail.{step.key}",
            )
            for step in STEPS
        ),
        Binding("left,h,k,up", "turn(-1)", "previous", tooltip="The previous step", id="rail.before"),
        Binding("right,l,j,down", "turn(1)", "next", tooltip="The next step", id="rail.after"),
        Binding("enter", "enter", "edit", tooltip="Edit the form", id="rail.enter"),
    ]

    class Chosen(Message):
        """A step was chosen."""

        def __init__(self, step: Step) -> None:
            self.step = step
            super().__init__()

    class Entered(Message):
        """The form is wanted."""

    def __init__(self, current: str) -> None:
        super().__init__(classes="rail")
        self._current = current
        self._done: frozenset[str] = frozenset()
        self._ends: list[tuple[int, int, Step]] = []

    def show(self, done: frozenset[str]) -> None:
        """Show which steps are complete."""
        self._done = done
        self._draw()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._draw()

    def _draw(self) -> None:
        width = self.app.size.width
        first = _FIRST_LINE if _TWO_LINES <= width < _ONE_LINE else len(STEPS)
        self._ends, lines = [], []
        for line, steps in enumerate((STEPS[:first], STEPS[first:])):
            parts, cells = [], 0
            for step in steps:
                part = self._chip(step, whole=width >= _TWO_LINES or step.key == self._current)
                parts.append(part)
                cells += part.cell_length + 1
                self._ends.append((line, cells, step))
            lines.append(Content(" ").join(parts))
        self.say(Content("\n").join(line for line in lines if line.plain))

    def _chip(self, step: Step, *, whole: bool) -> Content:
        here = step.key == self._current
        sign = "●" if here else "✓" if step.key in self._done else "○"
        anchor = ANCHOR if step.anchor else ""
        words = f" {sign} {step.heading if whole else step.number}{anchor} "
        return Content.styled(words, self._style(here=here, done=step.key in self._done))

    def _style(self, *, here: bool, done: bool) -> str:
        if here:
            return (
                "$button-color-foreground on $primary bold"
                if self.has_focus
                else "$text-primary on $primary-muted bold"
            )
        return "$text-success" if done else "$muted"

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show where the focus is."""
        super().watch_has_focus(has_focus)
        self._draw()

    def action_step(self, number: int) -> None:
        """Go to a step by its number."""
        self.post_message(self.Chosen(STEPS[number - 1]))

    def action_turn(self, distance: int) -> None:
        """Go to the step before or after."""
        at = next(index for index, step in enumerate(STEPS) if step.key == self._current) + distance
        if 0 <= at < len(STEPS):
            self.post_message(self.Chosen(STEPS[at]))

    def action_enter(self) -> None:
        """Go into the form."""
        self.post_message(self.Entered())

    def on_click(self, event: Click) -> None:
        """Go to the step that was clicked."""
        for line, end, step in self._ends:
            if event.y == line and event.x < end:
                self.post_message(self.Chosen(step))
                return


def model_lines(*, with_questions: bool) -> list[ToneLine]:
    """Return the steps of the model, a line each, below each its question where there is room."""
    lines = []
    for step in STEPS:
        lines.append(ToneLine(f"{step.heading}{f' {ANCHOR}' if step.anchor else ''}"))
        lines += [ToneLine(f"  {step.question}", Tone.QUIET)] if with_questions else []
    return [*lines, ToneLine(f"{ANCHOR} measurement: the baseline, and the check against it", Tone.QUIET)]
