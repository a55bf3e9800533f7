"""Pictures of measurements: a dumbbell a metric, a run chart, and a staircase of iterations.

Each is a frozen description of plain values, prepared once, and then drawn in terminal cells, as plain text, as SVG, or
described in words. Nothing here judges: flags and limits come from whoever prepares the chart.
"""

from typing import TypeAlias

from cimodel_tui.charts import dumbbell, roadmap, run_chart, staircase
from cimodel_tui.charts.canvas import Line, Role, Span, plain
from cimodel_tui.charts.dumbbell import Dumbbell, Move, dumbbell_svg
from cimodel_tui.charts.dumbbell_cells import draw_dumbbell, dumbbell_rows
from cimodel_tui.charts.glyphs import Cells, cell_width, clean, fit
from cimodel_tui.charts.roadmap import Bar, Roadmap, draw_roadmap
from cimodel_tui.charts.run_chart import Change, Phase, Point, RunChart
from cimodel_tui.charts.run_chart_cells import draw_run_chart
from cimodel_tui.charts.run_chart_svg import run_chart_svg
from cimodel_tui.charts.sparkline import sparkline
from cimodel_tui.charts.staircase import Staircase, Step, draw_staircase, staircase_svg
from cimodel_tui.record import dataclass

__all__ = [
    "WITH_CAPTIONS",
    "Bar",
    "Cells",
    "Change",
    "Chart",
    "Dumbbell",
    "Dumbbells",
    "Line",
    "Measured",
    "Move",
    "Phase",
    "Point",
    "Roadmap",
    "Role",
    "RunChart",
    "Span",
    "Staircase",
    "Step",
    "cell_width",
    "clean",
    "describe",
    "draw",
    "dumbbell_rows",
    "fit",
    "plain",
    "sparkline",
    "svg",
]

WITH_CAPTIONS = 3
"""Lines that a dumbbell takes with its name above and its captions below."""


@dataclass(frozen=True, slots=True)
class Dumbbells:
    """The metrics of one iteration below each other."""

    rows: tuple[Dumbbell, ...]
    """The metrics in their order."""


Measured: TypeAlias = Dumbbell | RunChart | Staircase
"""A picture of measurements, prepared once."""

Chart: TypeAlias = Measured | Roadmap | Dumbbells
"""A picture, prepared once."""


def draw(chart: Chart, width: int, height: int, cells: Cells = Cells.PLAIN) -> tuple[Line, ...]:
    """Draw a chart in terminal cells, at most so wide and so high; any size will do."""
    if isinstance(chart, Dumbbell):
        return draw_dumbbell(chart, width, height)
    if isinstance(chart, RunChart):
        return draw_run_chart(chart, width, height, cells)
    if isinstance(chart, Roadmap):
        return draw_roadmap(chart, width, height)
    if isinstance(chart, Dumbbells):
        return _draw_dumbbells(chart, width, height)
    return draw_staircase(chart, width, height)


def _draw_dumbbells(chart: Dumbbells, width: int, height: int) -> tuple[Line, ...]:
    """Draw each with its captions where there is room for all, else one line each in the same columns."""
    if height >= WITH_CAPTIONS * len(chart.rows):
        return tuple(line for row in chart.rows for line in _pad_lines(draw_dumbbell(row, width, WITH_CAPTIONS)))
    return dumbbell_rows(chart.rows, width)[:height]


def _pad_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return (*lines, *[()] * (WITH_CAPTIONS - len(lines)))


def svg(chart: Measured, width: int, height: int) -> str:
    """Return a chart as SVG of so many pixels; what is laid out for more is made smaller as a whole."""
    if isinstance(chart, Dumbbell):
        return dumbbell_svg(chart, width, height)
    if isinstance(chart, RunChart):
        return run_chart_svg(chart, width, height)
    return staircase_svg(chart, width, height)


def describe(chart: Chart) -> str:
    """Return a chart in one or two sentences, for screen readers."""
    if isinstance(chart, Dumbbell):
        return dumbbell.in_words(chart)
    if isinstance(chart, RunChart):
        return run_chart.in_words(chart)
    if isinstance(chart, Roadmap):
        return roadmap.in_words(chart)
    if isinstance(chart, Dumbbells):
        return " ".join(map(dumbbell.in_words, chart.rows))
    return staircase.in_words(chart)
