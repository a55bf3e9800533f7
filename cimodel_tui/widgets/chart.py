"""Charts painted: a prepared picture, drawn for the size there is, in the colours of the theme."""

from textual.content import Content
from textual.widget import Widget

from cimodel_tui.charts import Chart, described, draw
from cimodel_tui.charts.picture import Line, Role

_STYLES = {
    Role.AXIS: "$muted",
    Role.LABEL: "$foreground",
    Role.POINT: "$text-primary",
    Role.FLAG: "bold $text-warning",
    Role.HOLLOW: "$muted",
    Role.MEAN: "$text-secondary",
    Role.LIMIT: "$muted",
    Role.TARGET: "$text-success",
    Role.CHANGE: "$text-accent",
    Role.BASELINE: "$text-secondary",
    Role.ACHIEVED: "bold $text-primary",
    Role.WORSE: "bold $text-error",
    Role.PHASE: "$muted",
    Role.PLAIN: "",
}


class ChartView(Widget):
    """One picture; it is drawn anew for every size."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=f"chart {classes}")
        self._chart: Chart | None = None

    def show(self, chart: Chart | None) -> None:
        """Show another picture; pointing at it says it in words."""
        if chart != self._chart:
            self._chart = chart
            self.tooltip = Content(described(chart)) if chart else None
            self.refresh()

    def render(self) -> Content:
        """Draw the picture for the size there is."""
        width, height = self.content_size
        if self._chart is None or not width or not height:
            return Content("")
        return Content("\n").join(_painted(line) for line in draw(self._chart, width, height))


def _painted(line: Line) -> Content:
    return Content.assemble(*((span.text, _STYLES[span.role]) for span in line))
