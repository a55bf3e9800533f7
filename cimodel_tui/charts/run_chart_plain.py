"""The picture of a run chart in plain cells: one shape to a cell, for fonts without braille and for text files.

Where two lines fall into one row, their shapes take turns, so that neither is hidden. A reading lies over a line, a
flagged reading over one that is not. With more readings than columns each column shows its extremes and all that is
flagged (see `thinning`); a thin upright between them stands for the others.
"""

from collections.abc import Mapping

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.canvas import Canvas, Role
from cimodel_tui.charts.run_chart import PLAIN_SHAPES, RunChart, point_role, segments
from cimodel_tui.charts.run_chart_frame import Frame
from cimodel_tui.charts.thinning import column_of, reaches, thinned

_OVER_EACH_OTHER = (Role.HOLLOW, Role.POINT, Role.FLAG, Role.FLAG_WORSE, Role.FLAG_BETTER)
"""Which readings are drawn over which, the lowest first."""


def plain_lines(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw the lines of all phases, and uprights where readings are left out."""
    for column, (low, high) in between(chart, frame).items():
        for y in range(frame.y(high), frame.y(low)):
            canvas.mark(frame.left + 1 + column, y, glyphs.BETWEEN, Role.AXIS)
    count = len(chart.points)
    roles: dict[tuple[int, int], list[Role]] = {}
    for phase in chart.phases:
        for stretch, value, role in segments(chart, phase):
            for x in range(frame.edge(stretch.start, count), frame.edge(stretch.stop, count)):
                cell = roles.setdefault((x, frame.y(value)), [])
                if role not in cell:
                    cell.append(role)
    for (x, y), there in roles.items():
        role = there[x % len(there)]
        canvas.mark(x, y, PLAIN_SHAPES[role][:1], role)


def between(chart: RunChart, frame: Frame) -> Mapping[int, tuple[float, float]]:
    """Return the columns in which readings are left out, with the extremes between which they lie."""
    return reaches(chart.points, frame.columns) if chart.shown is None else {}


def plain_readings(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw the readings."""
    drawn = chart.drawn
    kept = [(at, point_role(drawn[at])) for at in thinned(chart.points, frame.columns) if at < len(drawn)]
    for wanted in _OVER_EACH_OTHER:
        for at, role in kept:
            if role is wanted:
                x = frame.left + 1 + column_of(at, len(chart.points), frame.columns)
                canvas.mark(x, frame.y(drawn[at].value), PLAIN_SHAPES[role], role)
