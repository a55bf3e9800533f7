"""A run chart in terminal cells: axes, names and legend, and between them the picture in dots or in plain cells."""

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import date_labels
from cimodel_tui.charts.canvas import Canvas, Line, Role
from cimodel_tui.charts.cells import cell_width, cleaned, fitted, padded, wrapped
from cimodel_tui.charts.glyphs import Cells
from cimodel_tui.charts.run_chart import RunChart, brief, changes, labelled, latest, legend, title
from cimodel_tui.charts.run_chart_dots import DOT_SHAPES, dot_lines, dot_readings
from cimodel_tui.charts.run_chart_frame import SMALLEST, Frame, frame_for
from cimodel_tui.charts.run_chart_plain import between, plain_lines, plain_readings
from cimodel_tui.charts.thinning import column_of

_SHORTEST_NAME = 6
_AFTER_BREAK = 2


def draw_run_chart(chart: RunChart, width: int, height: int, cells: Cells = Cells.PLAIN) -> tuple[Line, ...]:
    """Draw a run chart; below 14 by 5 cells, and without readings, there are words in its place."""
    canvas = Canvas(width, height)
    if not chart.points:
        _say(canvas, chart.nothing_yet)
    elif (width, height) != (max(width, SMALLEST[0]), max(height, SMALLEST[1])):
        _say(canvas, brief(chart))
    else:
        _draw(canvas, chart, frame_for(chart, width, height), cells)
    return canvas.lines()


def _say(canvas: Canvas, text: str) -> None:
    lines = wrapped(text, canvas.width, canvas.height)
    top = (canvas.height - len(lines)) // 2
    for y, line in enumerate(lines, top):
        canvas.write((canvas.width - cell_width(line)) // 2, y, line, Role.LABEL)


def _draw(canvas: Canvas, chart: RunChart, frame: Frame, cells: Cells) -> None:
    _values(canvas, frame)
    _dates(canvas, chart, frame)
    _band(canvas, chart, frame)
    dense = cells is Cells.DENSE
    draw_lines, draw_readings = (dot_lines, dot_readings) if dense else (plain_lines, plain_readings)
    draw_lines(canvas, chart, frame)
    _breaks(canvas, chart, frame)
    for change in chart.changes:
        column = column_of(chart.position(change.day), len(chart.points), frame.columns)
        canvas.mark(frame.left + 1 + column, frame.axis, glyphs.CHANGE, Role.CHANGE)
    _upright(canvas, chart, frame)
    draw_readings(canvas, chart, frame)
    _looked_at(canvas, chart, frame)
    _line_labels(canvas, chart, frame)
    _around(canvas, chart, frame, cells)


def _band(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Fill what the usual variation alone could bring about."""
    low, high = sorted(map(chart.held, chart.band)) if chart.band else (1.0, 0.0)
    for y in range(frame.y(high), frame.y(low) + 1) if low <= high else ():
        for x in range(frame.left + 1, frame.right):
            canvas.mark(x, y, glyphs.BAND, Role.BAND)


def _upright(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw an upright at the reading that is being looked at; what is there lies over it."""
    if chart.cursor is not None:
        x = frame.left + 1 + column_of(chart.cursor, len(chart.points), frame.columns)
        for y in range(frame.top, frame.axis + 1):
            canvas.mark(x, y, glyphs.CURSOR, Role.CURSOR)


def _looked_at(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Mark the reading that is being looked at."""
    if chart.cursor is not None and 0 <= chart.cursor < len(chart.drawn):
        x = frame.left + 1 + column_of(chart.cursor, len(chart.points), frame.columns)
        canvas.mark(x, frame.y(chart.points[chart.cursor].value), glyphs.CURSOR_POINT, Role.CURSOR)


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


def _breaks(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    breaks = set(chart.breaks())
    for position in breaks:
        for y in range(frame.top - frame.names, frame.axis):
            canvas.mark(frame.edge(position, len(chart.points)), y, glyphs.PHASE, Role.PHASE)
    for phase in chart.phases if frame.names else ():
        stretch = chart.stretch(phase)
        x = frame.edge(stretch.start, len(chart.points)) + _AFTER_BREAK * (stretch.start in breaks)
        room = frame.edge(stretch.stop, len(chart.points)) - x - 1
        if (
            stretch
            and room >= min(_SHORTEST_NAME, cell_width(cleaned(phase.name)))
            and canvas.is_free(x, frame.top - 1, room)
        ):
            canvas.write(x, frame.top - 1, fitted(phase.name, room), Role.PHASE)


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


def _around(canvas: Canvas, chart: RunChart, frame: Frame, cells: Cells) -> None:
    if frame.title:
        canvas.write(0, 0, fitted(title(chart), canvas.width), Role.LABEL)
        start = canvas.width - len(latest(chart))
        if canvas.is_free(start - 2, 0, canvas.width - start + 2):
            canvas.write(start, 0, latest(chart), Role.LABEL)
    if frame.legend:
        _legend(canvas, chart, frame, cells)
    if frame.changes:
        canvas.mark(0, frame.changes, glyphs.CHANGE, Role.CHANGE)
        canvas.write(2, frame.changes, fitted(changes(chart), canvas.width - 2), Role.LABEL)


def _legend(canvas: Canvas, chart: RunChart, frame: Frame, cells: Cells) -> None:
    x = 0
    if cells is Cells.DENSE:
        entries = legend(chart, shapes=DOT_SHAPES)
    else:
        entries = legend(chart, thinned_out=len(chart.points) > frame.columns)
        entries[1:1] = [(glyphs.BETWEEN, "others", Role.AXIS)] if between(chart, frame) else []
    for shape, words, role in entries:
        if canvas.is_free(x, frame.legend, len(shape) + 1 + len(words)):
            canvas.write(x, frame.legend, shape, role)
            canvas.write(x + len(shape) + 1, frame.legend, words, Role.LABEL)
        x += len(shape) + len(words) + 3
