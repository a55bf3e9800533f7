"""A run chart in terminal cells: axes, names and legend, and between them the picture in dots or in plain cells.

In braille dots a row has four levels and a line joins the readings. Lines have patterns of their own: a mean is dotted
densely, limits sparsely, a target is a solid bar at one of four heights of its row. A counted reading is a thick dot on
the line, a flagged one keeps its shape, one that is set aside is hollow and the line passes it by.

In plain cells, for fonts without braille and for text files, one shape takes a cell. Where two lines fall into one row,
their shapes take turns, so that neither is hidden. A reading lies over a line, a flagged reading over one that is not.
With more readings than columns each column shows its extremes and all that is flagged (`downsampling`); a thin upright
between them stands for the others.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import Scale, date_labels, scale_for
from cimodel_tui.charts.canvas import ACROSS, DOWN, Canvas, Dots, Line, Role, braille
from cimodel_tui.charts.downsampling import column_extremes, column_of, downsample
from cimodel_tui.charts.glyphs import Cells, cell_width, clean, fit, pad, wrap
from cimodel_tui.charts.run_chart import (
    PLAIN_SHAPES,
    RunChart,
    brief,
    changes,
    end_labels,
    latest,
    legend,
    point_role,
    segments,
    title,
)
from cimodel_tui.record import dataclass

_MIN_NAME = 6
_AFTER_BREAK = 2


MIN_SIZE = (14, 5)
"""The width and height from which on there is a picture; below there are words."""


_TITLE_FROM = 9


_PHASES_FROM = 7


_LEGEND_FROM = 11


_CHANGES_FROM = 13


_WORDS_FROM = 40


_LABELS_FROM = 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where things are, in cells; rows count from the top."""

    left: int
    """The column of the value axis; the picture starts after it."""
    columns: int
    """The width of the picture."""
    title: bool
    """Whether the first row is a title."""
    names: bool
    """Whether there is a row with the names of the phases."""
    top: int
    """The first row of the picture."""
    scale: Scale
    """The values of its rows."""
    legend: int
    """The row of the legend; 0 where there is none."""
    changes: int
    """The row of the finished actions; 0 without one."""

    @property
    def axis(self) -> int:
        """The row of the date axis; the dates stand in the next."""
        return self.top + self.scale.rows

    @property
    def right(self) -> int:
        """The first column after the picture."""
        return self.left + 1 + self.columns

    def y(self, value: float) -> int:
        """Return the row of a value."""
        return self.axis - 1 - self.scale.row(value)

    def level(self, value: float) -> int:
        """Return the row of dots of a value, four to each row of cells; counted from the top of the picture."""
        levels = self.scale.rows * DOWN
        from_below = int((self.scale.place(value) + 0.5) * DOWN)
        return levels - 1 - min(max(from_below, 0), levels - 1)

    def edge(self, position: int, count: int) -> int:
        """Return the column where the room of one of so many readings begins."""
        return self.left + 1 + position * self.columns // count


def frame_for(chart: RunChart, width: int, height: int) -> Frame:
    """Lay out a width and a height that are at least MIN_SIZE."""
    words = width >= _WORDS_FROM
    title = height >= _TITLE_FROM
    names = height >= _PHASES_FROM and any(phase.name and chart.stretch(phase) for phase in chart.phases)
    legend = words and height >= _LEGEND_FROM
    changes = words and height >= _CHANGES_FROM and bool(chart.changes)
    top = title + names
    scale = scale_for(chart.extent(), height - top - 2 - legend - changes, least=chart.least, most=chart.most)
    left = min(max((len(text) for _, text in scale.ticks()), default=0) + 1, width // 3)
    labels = _label_width(chart, scale) if width >= _LABELS_FROM else 0
    below = top + scale.rows + 2
    return Frame(
        left=left,
        columns=width - left - 1 - min(labels, width // 3),
        title=title,
        names=names,
        top=top,
        scale=scale,
        legend=below if legend else 0,
        changes=below + legend if changes else 0,
    )


def _label_width(chart: RunChart, scale: Scale) -> int:
    """Return the cells for the names of the lines at the right, those of one row side by side."""
    rows: dict[int, list[str]] = {}
    for value, text, _ in end_labels(chart):
        rows.setdefault(scale.row(value), []).append(text)
    return max((cell_width(", ".join(texts)) for texts in rows.values()), default=-1) + 1


def draw_run_chart(chart: RunChart, width: int, height: int, cells: Cells = Cells.PLAIN) -> tuple[Line, ...]:
    """Draw a run chart; below 14 by 5 cells, and without readings, a message takes its place."""
    canvas = Canvas(width, height)
    if not chart.points:
        _write_message(canvas, chart.nothing_yet)
    elif (width, height) != (max(width, MIN_SIZE[0]), max(height, MIN_SIZE[1])):
        _write_message(canvas, brief(chart))
    else:
        _draw(canvas, chart, frame_for(chart, width, height), cells)
    return canvas.lines()


def _write_message(canvas: Canvas, text: str) -> None:
    lines = wrap(text, canvas.width, canvas.height)
    top = (canvas.height - len(lines)) // 2
    for y, line in enumerate(lines, top):
        canvas.write((canvas.width - cell_width(line)) // 2, y, line, Role.LABEL)


def _draw(canvas: Canvas, chart: RunChart, frame: Frame, cells: Cells) -> None:
    _draw_value_axis(canvas, frame)
    _draw_date_axis(canvas, chart, frame)
    _draw_band(canvas, chart, frame)
    dense = cells is Cells.DENSE
    draw_lines, draw_readings = (dot_lines, dot_readings) if dense else (plain_lines, plain_readings)
    draw_lines(canvas, chart, frame)
    _draw_phase_breaks(canvas, chart, frame)
    for change in chart.changes:
        column = column_of(chart.position(change.day), len(chart.points), frame.columns)
        canvas.mark(frame.left + 1 + column, frame.axis, glyphs.CHANGE, Role.CHANGE)
    _draw_cursor(canvas, chart, frame)
    draw_readings(canvas, chart, frame)
    _mark_cursor(canvas, chart, frame)
    _draw_line_labels(canvas, chart, frame)
    _draw_title_and_legend(canvas, chart, frame, cells)


def _draw_band(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Fill what the usual variation alone could bring about."""
    low, high = sorted(map(chart.clamp, chart.band)) if chart.band else (1.0, 0.0)
    for y in range(frame.y(high), frame.y(low) + 1) if low <= high else ():
        for x in range(frame.left + 1, frame.right):
            canvas.mark(x, y, glyphs.BAND, Role.BAND)


def _draw_cursor(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw a vertical line at the selected reading, below everything else."""
    if chart.cursor is not None:
        x = frame.left + 1 + column_of(chart.cursor, len(chart.points), frame.columns)
        for y in range(frame.top, frame.axis + 1):
            canvas.mark(x, y, glyphs.CURSOR, Role.CURSOR)


def _mark_cursor(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Mark the selected reading."""
    if chart.cursor is not None and 0 <= chart.cursor < len(chart.drawn_points):
        x = frame.left + 1 + column_of(chart.cursor, len(chart.points), frame.columns)
        canvas.mark(x, frame.y(chart.points[chart.cursor].value), glyphs.CURSOR_POINT, Role.CURSOR)


def _draw_value_axis(canvas: Canvas, frame: Frame) -> None:
    for y in range(frame.top, frame.axis):
        canvas.mark(frame.left, y, glyphs.UPRIGHT, Role.AXIS)
    for row, text in frame.scale.ticks():
        y = frame.axis - 1 - row
        canvas.write(0, y, pad(text, frame.left - 1, right=True), Role.AXIS)
        canvas.mark(frame.left, y, glyphs.TICK, Role.AXIS)


def _draw_date_axis(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
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


def _draw_phase_breaks(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    breaks = set(chart.breaks())
    for position in breaks:
        for y in range(frame.top - frame.names, frame.axis):
            canvas.mark(frame.edge(position, len(chart.points)), y, glyphs.PHASE, Role.PHASE)
    for phase in chart.phases if frame.names else ():
        stretch = chart.stretch(phase)
        x = frame.edge(stretch.start, len(chart.points)) + _AFTER_BREAK * (stretch.start in breaks)
        room = frame.edge(stretch.stop, len(chart.points)) - x - 1
        if stretch and room >= min(_MIN_NAME, cell_width(clean(phase.name))) and canvas.is_free(x, frame.top - 1, room):
            canvas.write(x, frame.top - 1, fit(phase.name, room), Role.PHASE)


def _draw_line_labels(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Name the lines at the right, each in its own row; the most important of a row comes first."""
    ends: dict[int, int] = {}
    for value, text, role in end_labels(chart):
        y = frame.y(value)
        start = ends.get(y, frame.right)
        lead = ", " if y in ends else " "
        if start + len(lead) + cell_width(text) <= canvas.width:
            canvas.write(start, y, lead, Role.LABEL)
            canvas.write(start + len(lead), y, text, role)
            ends[y] = start + len(lead) + cell_width(text)


def _draw_title_and_legend(canvas: Canvas, chart: RunChart, frame: Frame, cells: Cells) -> None:
    if frame.title:
        canvas.write(0, 0, fit(title(chart), canvas.width), Role.LABEL)
        start = canvas.width - len(latest(chart))
        if canvas.is_free(start - 2, 0, canvas.width - start + 2):
            canvas.write(start, 0, latest(chart), Role.LABEL)
    if frame.legend:
        _draw_legend(canvas, chart, frame, cells)
    if frame.changes:
        canvas.mark(0, frame.changes, glyphs.CHANGE, Role.CHANGE)
        canvas.write(2, frame.changes, fit(changes(chart), canvas.width - 2), Role.LABEL)


def _draw_legend(canvas: Canvas, chart: RunChart, frame: Frame, cells: Cells) -> None:
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


_TARGET_SHAPES = "▔━━▁"
"""A target at each of the levels of a row, from the top."""

DOT_SHAPES = {
    **PLAIN_SHAPES,
    Role.POINT: braille((0, 1), (1, 1), (0, 2), (1, 2)),
    Role.MEAN: braille((0, 1), (1, 1)) * 2,
    Role.LIMIT: braille((0, 1)) * 2,
    Role.TARGET: _TARGET_SHAPES[1] * 2,
}
"""How the pieces of a run chart look in dots, for the legend."""

_MIN_COLUMNS_FOR_THICK = 2
"""Columns a reading from which on its dot is thicker than the line."""


def dot_lines(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw the lines of all phases; where two fall into one cell, the one that matters more is drawn."""
    count = len(chart.points)
    found = [(role, value, stretch) for phase in chart.phases for stretch, value, role in segments(chart, phase)]
    for role_drawn in (Role.LIMIT, Role.MEAN, Role.TARGET):
        for role, value, stretch in found:
            if role is role_drawn:
                row, level = divmod(frame.level(value), DOWN)
                shape = _line_shape(role, level)
                for x in range(frame.edge(stretch.start, count), frame.edge(stretch.stop, count)):
                    canvas.mark(x, frame.top + row, shape, role)


def _line_shape(role: Role, level: int) -> str:
    if role is Role.TARGET:
        return _TARGET_SHAPES[level]
    return braille((0, level), (1, level)) if role is Role.MEAN else braille((0, level))


def dot_readings(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw the line through the readings, and over it the readings."""
    spots = dict(_reading_dots(chart, frame))
    _draw_thread(canvas, chart, frame, spots)
    roles = [(point_role(chart.points[at]), at) for at in spots]
    if frame.columns >= _MIN_COLUMNS_FOR_THICK * len(chart.points) or len(spots) == 1:
        _draw_thick_dots(canvas, frame, [spots[at] for role, at in roles if role is Role.POINT])
    for role, at in sorted(roles):
        if role is not Role.POINT:
            x, y = spots[at]
            canvas.mark(frame.left + 1 + x // ACROSS, frame.top + y // DOWN, PLAIN_SHAPES[role], role)


def _reading_dots(chart: RunChart, frame: Frame) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield position and dot of every reading that is drawn."""
    columns = frame.columns * ACROSS
    for at in downsample(chart.points, columns):
        if at < len(chart.drawn_points):
            yield at, (column_of(at, len(chart.points), columns), frame.level(chart.points[at].value))


def _draw_thread(canvas: Canvas, chart: RunChart, frame: Frame, spots: dict[int, tuple[int, int]]) -> None:
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


def _draw_thick_dots(canvas: Canvas, frame: Frame, spots: list[tuple[int, int]]) -> None:
    """Draw readings two dots wide and two high, within their cell and together with the line that passes there."""
    for x, y in spots:
        column, row = frame.left + 1 + x // ACROSS, frame.top + y // DOWN
        low = min(y % DOWN, DOWN - 2)
        fat = braille(*((dx, dy) for dx in range(ACROSS) for dy in (low, low + 1)))
        there = canvas.shape(column, row)
        canvas.mark(column, row, chr(ord(there) | ord(fat)), Role.POINT)


_DRAWING_ORDER = (Role.HOLLOW, Role.POINT, Role.FLAG, Role.FLAG_WORSE, Role.FLAG_BETTER)
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
    return column_extremes(chart.points, frame.columns) if chart.shown is None else {}


def plain_readings(canvas: Canvas, chart: RunChart, frame: Frame) -> None:
    """Draw the readings."""
    drawn = chart.drawn_points
    drawn_roles = [(at, point_role(drawn[at])) for at in downsample(chart.points, frame.columns) if at < len(drawn)]
    for role_drawn in _DRAWING_ORDER:
        for at, role in drawn_roles:
            if role is role_drawn:
                x = frame.left + 1 + column_of(at, len(chart.points), frame.columns)
                canvas.mark(x, frame.y(drawn[at].value), PLAIN_SHAPES[role], role)
