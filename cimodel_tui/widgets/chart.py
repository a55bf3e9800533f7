"""Charts painted: a prepared picture, drawn for the size there is, in the colours of the theme."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from cimodel_tui.charts import Chart
    from cimodel_tui.charts.canvas import Line

_STYLES: Mapping[str, str] = {
    "AXIS": "$muted",
    "LABEL": "$foreground",
    "POINT": "$text-primary",
    "FLAG": "bold $text-warning",
    "HOLLOW": "$muted",
    "MEAN": "$text-secondary",
    "LIMIT": "$muted",
    "TARGET": "$text-success",
    "CHANGE": "$text-accent",
    "BASELINE": "$text-secondary",
    "ACHIEVED": "bold $text-primary",
    "WORSE": "bold $text-error",
    "PHASE": "$muted",
    "PLAIN": "",
}


class ChartView(Widget):
    """One picture; it is drawn anew for every size."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=f"chart {classes}")
        self._chart: Chart | None = None

    def show(self, chart: "Chart | None") -> None:
        """Show another picture."""
        if chart != self._chart:
            self._chart = chart
            if self.mouse_hover:
                self.on_enter()
            self.refresh()

    def on_enter(self) -> None:
        """Say the picture in words to whoever points at it."""
        from cimodel_tui.charts import described  # noqa: PLC0415 - a form is painted without charts

        self.tooltip = Content(described(self._chart)) if self._chart else None

    def render(self) -> Content:
        """Draw the picture for the size there is."""
        width, height = self.content_size
        if self._chart is None or not width or not height:
            return Content("")
        from cimodel_tui.charts import draw  # noqa: PLC0415 - as above

        return Content("\n").join(_painted(line) for line in draw(self._chart, width, height))


def _painted(line: "Line") -> Content:
    return Content.assemble(*((span.text, _STYLES[span.role.name]) for span in line))
