"""Pictures of measurements: a dumbbell a metric, a run chart, and a staircase of iterations.

Each is a frozen description of plain values, prepared once, and then drawn in terminal cells, as plain text, as SVG, or
said in words. Nothing here judges: flags and limits come from whoever prepares the chart.
"""

from cimodel_tui.charts.canvas import Line, Role, Span, plain
from cimodel_tui.charts.cells import cell_width, clean, fit
from cimodel_tui.charts.drawing import WITH_CAPTIONS, Chart, Dumbbells, describe, draw, svg
from cimodel_tui.charts.dumbbell import Dumbbell, Move
from cimodel_tui.charts.dumbbell_cells import dumbbell_rows
from cimodel_tui.charts.glyphs import Cells
from cimodel_tui.charts.roadmap import Bar, Roadmap
from cimodel_tui.charts.run_chart import Change, Phase, Point, RunChart
from cimodel_tui.charts.sparkline import sparkline
from cimodel_tui.charts.staircase import Staircase, Step

__all__ = [
    "WITH_CAPTIONS",
    "Bar",
    "Cells",
    "Change",
    "Chart",
    "Dumbbell",
    "Dumbbells",
    "Line",
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
