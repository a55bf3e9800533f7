"""The picture of a run chart in braille dots: four levels to a row, and readings joined by a line.

Lines have patterns of their own: a mean is dotted densely, limits sparsely, a target is a solid bar at one of four
heights of its row. A counted reading is a thick dot on the line, a flagged one keeps its shape, one that is set aside
is hollow and the line passes it by.
"""

from collections.abc import Iterator
from itertools import pairwise

from cimodel_tui.charts.canvas import Canvas, Role
from cimodel_tui.charts.dots import ACROSS, DOWN, Dots, braille
from cimodel_tui.charts.run_chart import PLAIN_SHAPES, RunChart, point_role, segments
from cimodel_tui.charts.run_chart_frame import Frame
from cimodel_tui.charts.thinning import column_of, thinned

_TARGETS = "▔━━▁"
"""A target at each of the levels of a row, from the top."""

DOT_SHAPES = {
    **PLAIN_SHAPES,
    Role.POINT: braille((0, 1), (1, 1), (0, 2), (1, 2)),
    Role.MEAN: braille((0, 1), (1, 1)) * 2,
    Role.LIMIT: braille((0, 1)) * 2,
    Role.TARGET: _TARGETS[1] * 2,
}
"""How the pieces of a run chart look in dots, for the legend."""

_ROOMY = 2
"""Columns a reading from which on its dot is thicker than the line."""


def dot_lines(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw the lines of all phases; where two fall into one cell, the one that matters more is drawn."""
    count = len(chart.points)
    found = [(role, value, stretch) for phase in chart.phases for stretch, value, role in segments(chart, phase)]
    for wanted in (Role.LIMIT, Role.MEAN, Role.TARGET):
        for role, value, stretch in found:
            if role is wanted:
                row, level = divmod(frame.level(value), DOWN)
                shape = _line_shape(role, level)
                for x in range(frame.edge(stretch.start, count), frame.edge(stretch.stop, count)):
                    canvas.mark(x, frame.top + row, shape, role)


def _line_shape(role: Role, level: int) -> str:
    if role is Role.TARGET:
        return _TARGETS[level]
    return braille((0, level), (1, level)) if role is Role.MEAN else braille((0, level))


def dot_readings(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw the line through the readings, and over it the readings."""
    spots = dict(_spots(chart, frame))
    _thread(canvas, chart, frame, spots)
    roles = [(point_role(chart.points[at]), at) for at in spots]
    if frame.columns >= _ROOMY * len(chart.points) or len(spots) == 1:
        _thick(canvas, frame, [spots[at] for role, at in roles if role is Role.POINT])
    for role, at in sorted(roles):
        if role is not Role.POINT:
            x, y = spots[at]
            canvas.mark(frame.left + 1 + x // ACROSS, frame.top + y // DOWN, PLAIN_SHAPES[role], role)


def _spots(chart: RunChart, frame: Frame) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield position and dot of every reading that is drawn."""
    columns = frame.columns * ACROSS
    for at in thinned(chart.points, columns):
        if at < len(chart.drawn):
            yield at, (column_of(at, len(chart.points), columns), frame.level(chart.points[at].value))


def _thread(canvas: Canvas, chart: RunChart, frame: Frame, spots: dict[int, tuple[int, int]]) -> None:
    """Join counted readings; the line does not cross a break."""
    dots = Dots(frame.columns, frame.scale.rows)
    ends = [0, *chart.breaks(), len(chart.points)]
    counted = [at for at in spots if not chart.points[at].set_aside]
    for start, stop in pairwise(ends):
        along = [spots[at] for at in counted if start <= at < stop]
        for spot in along[:1]:
            dots.set(*spot)
        for one, other in pairwise(along):
            dots.line(one, other)
    for x, y, shape in dots.cells():
        canvas.mark(frame.left + 1 + x, frame.top + y, shape, Role.THREAD)


def _thick(canvas: Canvas, frame: Frame, spots: list[tuple[int, int]]) -> None:
    """Draw readings two dots wide and two high, within their cell and together with the line that passes there."""
    for x, y in spots:
        column, row = frame.left + 1 + x // ACROSS, frame.top + y // DOWN
        low = min(y % DOWN, DOWN - 2)
        fat = braille(*((dx, dy) for dx in range(ACROSS) for dy in (low, low + 1)))
        there = canvas.shape(column, row)
        canvas.mark(column, row, chr(ord(there) | ord(fat)), Role.POINT)
