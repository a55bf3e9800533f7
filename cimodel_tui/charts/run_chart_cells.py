"""A run chart in terminal cells.

Where two lines fall into one row, their shapes take turns, so that neither is hidden. A reading lies over a line, a
flagged reading over one that is not. With more readings than columns each column shows its extremes and all that is
flagged (see `thinning`); a thin upright between them stands for the others.
"""

from collections.abc import Mapping

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import Scale, date_labels, scale_for
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
from cimodel_tui.charts.thinning import column_of, reaches, thinned
from cimodel_tui.record import dataclass

SMALLEST = (14, 5)
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
    """The row that says what was finished; 0 where there is none."""

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


def frame_for(chart: RunChart, width: int, height: int) -> Frame:
    """Share out a width and a height that are at least SMALLEST."""
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
    for value, text, _ in labelled(chart):
        rows.setdefault(scale.row(value), []).append(text)
    return max((cell_width(", ".join(texts)) for texts in rows.values()), default=-1) + 1


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
