"""A run chart in terminal cells.

Where two lines fall into one row, their shapes take turns, so that neither is hidden. A reading lies over a line, a
flagged reading over one that is not. With more readings than columns each column shows its extremes and all that is
flagged (see `thinning`); a thin upright between them stands for the others.
"""

from collections.abc import Mapping

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import date_labels
from cimodel_tui.charts.canvas import Canvas, Line, Role
from cimodel_tui.charts.cells import cell_width, cleaned, fitted, padded, wrapped
from cimodel_tui.charts.run_chart import (
    Phase,
    RunChart,
    brief,
    changes,
    labelled,
    latest,
    legend,
    lines_of,
    point_role,
    title,
)
from cimodel_tui.charts.run_chart_cells import SMALLEST, Frame, frame_for
from cimodel_tui.charts.thinning import column_of, reaches, thinned

_LINE_SHAPES = {Role.MEAN: glyphs.MEAN, Role.LIMIT: glyphs.LIMIT, Role.TARGET: glyphs.TARGET}
_POINT_SHAPES = {Role.HOLLOW: glyphs.HOLLOW, Role.POINT: glyphs.POINT, Role.FLAG: glyphs.FLAG}
_SHORTEST_NAME = 6
_AFTER_BREAK = 2


def draw_run_chart(chart: RunChart, width: int, height: int) -> tuple[Line, ...]:
    """Draw a run chart; below 14 by 5 cells, and without readings, there are words in its place."""
    canvas = Canvas(width, height)
    if not chart.points:
        _say(canvas, chart.nothing_yet)
    elif (width, height) != (max(width, SMALLEST[0]), max(height, SMALLEST[1])):
        _say(canvas, brief(chart))
    else:
        _draw(canvas, chart, frame_for(chart, width, height))
    return canvas.lines()


def _say(canvas: Canvas, text: str) -> None:
    lines = wrapped(text, canvas.width, canvas.height)
    top = (canvas.height - len(lines)) // 2
    for y, line in enumerate(lines, top):
        canvas.write((canvas.width - cell_width(line)) // 2, y, line, Role.LABEL)


def _draw(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    _values(canvas, frame)
    _dates(canvas, chart, frame)
    joined = reaches(chart.points, frame.columns)
    _between(canvas, frame, joined)
    for phase in chart.phases:
        _lines(canvas, chart, phase, frame)
    _breaks(canvas, chart, frame)
    for change in chart.changes:
        column = column_of(chart.position(change.day), len(chart.points), frame.columns)
        canvas.mark(frame.left + 1 + column, frame.axis, glyphs.CHANGE, Role.CHANGE)
    _points(canvas, chart, frame)
    _line_labels(canvas, chart, frame)
    _around(canvas, chart, frame, thinned_out=bool(joined))


def _values(canvas: Canvas, frame: Frame) -> None:
    for y in range(frame.top, frame.axis):
        canvas.mark(frame.left, y, glyphs.UPRIGHT, Role.AXIS)
    for row, text in frame.scale.ticks():
        y = frame.axis - 1 - row
        canvas.write(0, y, padded(text, frame.left - 1, right=True), Role.AXIS)
        canvas.mark(frame.left, y, glyphs.TICK, Role.AXIS)


def _dates(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    canvas.mark(frame.left, frame.axis, glyphs.CORNER, Role.AXIS)
    for column in range(frame.columns):
        canvas.mark(frame.left + 1 + column, frame.axis, glyphs.TRACK, Role.AXIS)
    days = [point.day for point in chart.points]
    for position, left, text in date_labels(
        days, lambda position: column_of(position, len(days), frame.columns) + 0.5, frame.columns
    ):
        column = column_of(position, len(days), frame.columns)
        canvas.mark(frame.left + 1 + column, frame.axis, glyphs.DATE_TICK, Role.AXIS)
        canvas.write(frame.left + 1 + int(left), frame.axis + 1, text, Role.AXIS)


def _between(canvas: Canvas, frame: Frame, joined: Mapping[int, tuple[float, float]]) -> None:
    """Join the extremes of a column where further readings lie between them."""
    for column, (low, high) in joined.items():
        for y in range(frame.y(high), frame.y(low)):
            canvas.mark(frame.left + 1 + column, y, glyphs.BETWEEN, Role.AXIS)


def _edge(chart: RunChart, frame: Frame, position: int) -> int:
    """Return the column where the room of a reading begins."""
    return frame.left + 1 + position * frame.columns // len(chart.points)


def _lines(canvas: Canvas, chart: RunChart, phase: Phase, frame: Frame) -> None:
    stretch = chart.stretch(phase)
    rows: dict[int, list[Role]] = {}
    for value, _, role in lines_of(chart, phase) if stretch else ():
        row = rows.setdefault(frame.y(value), [])
        if role not in row:
            row.append(role)
    for y, roles in rows.items():
        for x in range(_edge(chart, frame, stretch.start), _edge(chart, frame, stretch.stop)):
            role = roles[x % len(roles)]
            canvas.mark(x, y, _LINE_SHAPES[role], role)


def _breaks(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    breaks = set(chart.breaks())
    for position in breaks:
        for y in range(frame.top - frame.names, frame.axis):
            canvas.mark(_edge(chart, frame, position), y, glyphs.PHASE, Role.PHASE)
    for phase in chart.phases if frame.names else ():
        stretch = chart.stretch(phase)
        x = _edge(chart, frame, stretch.start) + _AFTER_BREAK * (stretch.start in breaks)
        room = _edge(chart, frame, stretch.stop) - x - 1
        if (
            stretch
            and room >= min(_SHORTEST_NAME, cell_width(cleaned(phase.name)))
            and canvas.is_free(x, frame.top - 1, room)
        ):
            canvas.write(x, frame.top - 1, fitted(phase.name, room), Role.PHASE)


def _points(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    kept = [(index, point_role(chart.points[index])) for index in thinned(chart.points, frame.columns)]
    for wanted, shape in _POINT_SHAPES.items():
        for index, role in kept:
            if role is wanted:
                x = frame.left + 1 + column_of(index, len(chart.points), frame.columns)
                canvas.mark(x, frame.y(chart.points[index].value), shape, role)


def _line_labels(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Name the lines at the right, each in its own row; the most important of a row comes first."""
    ends: dict[int, int] = {}
    for value, text, role in labelled(chart):
        y = frame.y(value)
        start = ends.get(y, frame.right)
        lead = ", " if y in ends else " "
        if start + len(lead) + cell_width(text) <= canvas.width:
            canvas.write(start, y, lead, Role.LABEL)
            canvas.write(start + len(lead), y, text, role)
            ends[y] = start + len(lead) + cell_width(text)


def _around(canvas: Canvas, chart: RunChart, frame: Frame, *, thinned_out: bool) -> None:
    if frame.title:
        canvas.write(0, 0, fitted(title(chart), canvas.width), Role.LABEL)
        start = canvas.width - len(latest(chart))
        if canvas.is_free(start - 2, 0, canvas.width - start + 2):
            canvas.write(start, 0, latest(chart), Role.LABEL)
    if frame.legend:
        _legend(canvas, chart, frame, thinned_out=thinned_out)
    if frame.changes:
        canvas.mark(0, frame.changes, glyphs.CHANGE, Role.CHANGE)
        canvas.write(2, frame.changes, fitted(changes(chart), canvas.width - 2), Role.LABEL)


def _legend(canvas: Canvas, chart: RunChart, frame: Frame, *, thinned_out: bool) -> None:
    x = 0
    entries = legend(chart, thinned_out=len(chart.points) > frame.columns)
    entries[1:1] = [(glyphs.BETWEEN, "others", Role.AXIS)] if thinned_out else []
    for shape, words, role in entries:
        if canvas.is_free(x, frame.legend, len(shape) + 1 + len(words)):
            canvas.write(x, frame.legend, shape, role)
            canvas.write(x + len(shape) + 1, frame.legend, words, Role.LABEL)
        x += len(shape) + len(words) + 3
