"""Charts painted: a prepared picture, drawn for the size there is, in the colours of the theme."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual.content import Content
from textual.widget import Widget

from cimodel_tui.charts.picture import Line, Role

Drawing: TypeAlias = Callable[[int, int], Sequence[Line]]
"""Draws a picture for a width and a height in cells."""

_STYLES = {
    Role.AXIS: "$text-muted",
    Role.LABEL: "$foreground",
    Role.POINT: "$text-primary",
    Role.FLAG: "bold $text-warning",
    Role.HOLLOW: "$text-muted",
    Role.MEAN: "$text-secondary",
    Role.LIMIT: "$text-muted",
    Role.TARGET: "$text-success",
    Role.CHANGE: "$text-accent",
    Role.BASELINE: "$text-secondary",
    Role.ACHIEVED: "bold $text-primary",
    Role.WORSE: "bold $text-error",
    Role.PHASE: "$text-muted",
    Role.PLAIN: "",
}


class ChartView(Widget):
    """One picture; it is drawn anew for every size."""

    def __init__(self, drawing: Drawing | None = None, *, classes: str = "", described: str = "") -> None:
        super().__init__(classes=f"chart {classes}")
        self._drawing = drawing
        self.tooltip = described or None

    def show(self, drawing: Drawing | None) -> None:
        """Show another picture."""
        self._drawing = drawing
        self.refresh()

    def render(self) -> Content:
        """Draw the picture for the size there is."""
        width, height = self.content_size
        if self._drawing is None or not width or not height:
            return Content("")
        lines = self._drawing(width, height)
        return Content("\n").join(_painted(line) for line in lines)


def _painted(line: Line) -> Content:
    return Content.assemble(*((span.text, _STYLES[span.role]) for span in line))
