"""Charts painted: a prepared picture, drawn for the size there is, in the colours of the theme."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from cimodel_tui.widgets.tones import style_of_role

if TYPE_CHECKING:
    from cimodel_tui.charts import Chart
    from cimodel_tui.charts.canvas import Line


PLAIN_CHARTS = "-plain-charts"
"""The class that the app has where charts are drawn without braille."""


class ChartView(Widget):
    """One picture; it is drawn anew for every size."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=f"chart {classes}")
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
        from cimodel_tui.charts import described  # noqa: PLC0415 - a form is painted without charts

        self.tooltip = Content(described(self._chart)) if self._chart else None

    def render(self) -> Content:
        """Draw the picture for the size there is."""
        width, height = self.content_size
        if self._chart is None or not width or not height:
            return Content("")
        from cimodel_tui.charts import Cells, draw  # noqa: PLC0415 - as above

        cells = Cells.PLAIN if self.app.has_class(PLAIN_CHARTS) else Cells.DENSE
        return Content("\n").join(painted(line) for line in draw(self._chart, width, height, cells))


def painted(line: "Line") -> Content:
    """Return a line of a chart, or a sparkline, in the colours of the theme."""
    return Content.assemble(*((span.text, style_of_role(span.role)) for span in line))
