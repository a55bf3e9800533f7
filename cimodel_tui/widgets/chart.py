"""Charts painted: a prepared picture, drawn for the size there is, in the colours of the theme.

A run chart can be walked: a cursor goes from reading to reading, and a replay shows how it came about.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from cimodel_tui.widgets.containers import StableLayout
from cimodel_tui.widgets.themes import PLAIN_CHARTS, style_of_role

if TYPE_CHECKING:
    from cimodel_tui.charts import Chart, RunChart
    from cimodel_tui.charts.canvas import Line


class ChartView(StableLayout, Widget):
    """One picture; it is drawn anew for every size."""

    def __init__(self, *, classes: str = "", name: str = "") -> None:
        """Make a picture; its name tells whose it is, and may be any text."""
        super().__init__(classes=f"chart {classes}", name=name)
        self._chart: Chart | None = None

    @property
    def chart(self) -> "Chart | None":
        """The picture that is shown."""
        return self._chart

    def show(self, chart: "Chart | None") -> None:
        """Show another picture."""
        if chart != self._chart:
            self._chart = chart
            if self.mouse_hover:
                self.on_enter()
            self.refresh()

    def on_enter(self) -> None:
        """Say the picture in words to whoever points at it."""
        from cimodel_tui.charts import describe  # noqa: PLC0415 - a form is painted without charts

        self.tooltip = Content(describe(self._chart)) if self._chart else None

    def render(self) -> Content:
        """Draw the picture for the size there is."""
        width, height = self.content_size
        if self._chart is None or not width or not height:
            return Content("")
        from cimodel_tui.charts import Cells, draw  # noqa: PLC0415 - a form is painted without charts

        cells = Cells.PLAIN if self.app.has_class(PLAIN_CHARTS) else Cells.DENSE
        return Content("\n").join(painted(line) for line in draw(self._chart, width, height, cells))


def painted(line: "Line") -> Content:
    """Return a line of a chart, or a sparkline, in the colours of the theme."""
    return Content.assemble(*((span.text, style_of_role(span.role)) for span in line))


STEP = 0.6
"""Seconds between two readings while a replay plays."""


class RunChartView(ChartView, can_focus=True):
    """A run chart with a cursor; it tells where the cursor is, and asks for the pictures of a replay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "walk(-1)", "reading", key_display="←→", tooltip="The previous reading", id="chart.left"),
        Binding("right,l", "walk(1)", "reading", show=False, tooltip="The next reading", id="chart.right"),
        Binding("home,g", "edge(False)", "first", show=False, tooltip="The first reading", id="chart.first"),
        Binding("end,G", "edge(True)", "last", show=False, tooltip="The latest reading", id="chart.last"),
        Binding("up", "screen.metric(-1)", "before", show=False, tooltip="The previous metric", id="chart.up"),
        Binding("down", "screen.metric(1)", "next", show=False, tooltip="The next metric", id="chart.down"),
        Binding("R", "replay", "replay", tooltip="The chart as it was, reading by reading", id="chart.replay"),
        Binding("space", "play", "play or pause", tooltip="Play the replay, or pause it", id="chart.play"),
        Binding("enter", "annotate", "note", tooltip="Write a note to this reading", id="chart.note"),
        Binding("escape", "leave", "end", tooltip="End the replay; leave the reading", id="chart.leave"),
    ]

    class Walked(Message):
        """The cursor is on another reading, or on none; in a replay so many readings are shown."""

        def __init__(self, position: int | None, *, replaying: bool) -> None:
            self.position = position
            self.replaying = replaying
            super().__init__()

    class NoteWanted(Message):
        """A note to a reading is wanted."""

        def __init__(self, position: int) -> None:
            self.position = position
            super().__init__()

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._whole: RunChart | None = None
        self._timer: Timer | None = None
        self.position: int | None = None
        """The reading at the cursor, none where there is no cursor."""
        self.replaying = False
        """Whether the chart is shown as it was at the reading at the cursor."""
        self.frame: Callable[[int], RunChart] | None = None
        """Returns the chart as it was with so many readings."""

    def show_run_chart(self, chart: "RunChart | None") -> None:
        """Show a chart; the cursor stays while it is the same metric."""
        same = self._whole is not None and chart is not None and self._whole.name == chart.name
        if not same or (self.position is not None and chart and self.position >= len(chart.points)):
            self._stop()
            self.position, self.replaying = None, False
        self._whole = chart
        self._draw()

    def _draw(self) -> None:
        chart = self._whole
        if chart is not None and self.position is not None:
            replayed = self.replaying and self.frame is not None
            chart = self.frame(self.position + 1) if replayed and self.frame else replace(chart, cursor=self.position)
        self.show(chart)
        self.refresh_bindings()

    def _to(self, position: int | None, *, replaying: bool) -> None:
        self.position, self.replaying = position, replaying
        self._draw()
        self.post_message(self.Walked(position, replaying=replaying))

    @property
    def _count(self) -> int:
        return len(self._whole.points) if self._whole else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the chart can do now."""
        if action in {"walk", "edge", "replay"}:
            return self._count > 0 and not (action == "replay" and self.replaying)
        if action == "play":
            return self.replaying
        if action == "annotate":
            return self.position is not None and not self.replaying
        if action == "leave":
            return self.position is not None
        return super().check_action(action, parameters)

    def action_walk(self, distance: int) -> None:
        """Go to the reading before or after; the first time to the latest one."""
        self._stop()
        at = self._count - 1 if self.position is None else self.position + distance
        self._to(min(max(at, 0), self._count - 1), replaying=self.replaying)

    def action_edge(self, last: bool) -> None:
        """Go to the first or the latest reading."""
        self._stop()
        self._to(self._count - 1 if last else 0, replaying=self.replaying)

    def action_replay(self) -> None:
        """Begin a replay with the first reading, and play it."""
        self._to(0, replaying=True)
        self._timer = self.set_interval(STEP, self._next)

    def action_play(self) -> None:
        """Play on, from the first reading again where the last one is shown; or pause."""
        if self._timer:
            self._stop()
            return
        if self.position == self._count - 1:
            self._to(0, replaying=True)
        self._timer = self.set_interval(STEP, self._next)

    def _next(self) -> None:
        at = (self.position or 0) + 1
        if at >= self._count:
            self._stop()
        else:
            self._to(at, replaying=True)

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None

    def action_annotate(self) -> None:
        """Ask for a note to the reading at the cursor."""
        if self.position is not None:
            self.post_message(self.NoteWanted(self.position))

    def action_leave(self) -> None:
        """End the replay, or leave the reading."""
        self._stop()
        self._to(None, replaying=False)
