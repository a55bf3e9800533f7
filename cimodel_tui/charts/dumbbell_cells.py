"""Dumbbells in terminal cells: one row a metric, every row as wide as the others and on a scale of its own.

From left to right: the figures, the picture, what it was to reach, and a word where it did not get better. The scale
of a picture reaches from its smallest value to its largest. Values that differ never share a cell; where they are
nearer than that, their order is right and their distance one cell.
"""

from collections.abc import Sequence
from dataclasses import replace

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import format_range
from cimodel_tui.charts.canvas import Canvas, Line, Role
from cimodel_tui.charts.dumbbell import Dumbbell, Mark, Move, columns, goals, marks_of, side
from cimodel_tui.charts.glyphs import cell_width, fit, pad
from cimodel_tui.record import dataclass

ARROW = " → "
"""Stands between baseline and achieved value."""

GAP = 2
"""Blank cells between columns."""

_MIN_PICTURE = 10
_MAX_FIGURE = 14
_MAX_UNIT = 8
_MAX_NAME = 28
_SHORT_NAME = 18
_MAX_GOAL = 32
_MOVES_WITH_WORD = {Move.STILL, Move.WORSE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The widths of the columns in cells; 0 where a column is left out."""

    name: int = 0
    """The name of the metric."""
    before: int
    """The baseline."""
    after: int
    """The achieved value."""
    unit: int
    """The unit."""
    picture: int = 0
    """The picture."""
    goal: int = 0
    """Target and limit."""
    brief: bool = False
    """Whether target and limit are shown by their shapes in place of their words."""
    word: int
    """The word about the move."""

    @property
    def figures(self) -> int:
        """Baseline, arrow, achieved value and unit together."""
        return self.before + len(ARROW) + self.after + (self.unit and self.unit + 1)


def columns_for(charts: Sequence[Dumbbell], width: int, *, names: bool) -> Columns:
    """Lay out the width: words give way first, then names are cut, then they go; figures are the last to stay."""
    figures = Columns(
        before=_widest([chart.figure(chart.baseline) for chart in charts], _MAX_FIGURE),
        after=_widest([chart.figure(chart.achieved) for chart in charts], _MAX_FIGURE),
        unit=_widest([chart.unit for chart in charts], _MAX_UNIT),
        word=_widest([word_of(chart) for chart in charts], len(Move.STILL)),
    )
    name = min(_widest([chart.name for chart in charts], _MAX_NAME), width // 3) if names else 0
    for name_width, brief in ((name, False), (name, True), (min(name, _SHORT_NAME), True), (0, False), (0, True)):
        candidate = replace(figures, name=name_width, goal=_goal_width(charts, brief=brief), brief=brief)
        picture = width - _used_width(candidate) - GAP
        if picture >= (2 * _MIN_PICTURE if name_width > _SHORT_NAME else _MIN_PICTURE):
            return replace(candidate, picture=picture)
    words = replace(figures, goal=_goal_width(charts, brief=True), brief=True)
    return words if _used_width(words) <= width else figures


def _goal_width(charts: Sequence[Dumbbell], *, brief: bool) -> int:
    return _widest([goal_of(chart, brief=brief) for chart in charts], _MAX_GOAL)


def _used_width(columns: Columns) -> int:
    optional = (columns.name, columns.goal, columns.word)
    return columns.figures + sum(each + GAP for each in optional if each)


def _widest(texts: Sequence[str], most: int) -> int:
    return max((cell_width(fit(text, most)) for text in texts), default=0)


def goal_of(chart: Dumbbell, *, brief: bool) -> str:
    """Return target and limit in words, or in brief by their shapes."""
    if not brief:
        return ", ".join(goals(chart)) or "no target"
    targets = f"{glyphs.TARGET_UPRIGHT} {format_range(chart.target)}" if chart.target else ""
    limits = f"{glyphs.LIMIT_UPRIGHT} {format_range(chart.limit)}" if chart.limit else ""
    return " ".join(each for each in (targets, limits) if each)


def word_of(chart: Dumbbell) -> str:
    """Return the word beside the picture: worse, or no change."""
    return chart.move.value if chart.move in _MOVES_WITH_WORD else ""


_SHAFT_ROLES = {Role.BASELINE, Role.ACHIEVED, Role.WORSE}
_MAX_LINES = 3


def dumbbell_rows(charts: Sequence[Dumbbell], width: int, *, names: bool = True) -> tuple[Line, ...]:
    """Draw one line a metric, all in the same columns; without `names` they are left out."""
    canvas = Canvas(width, len(charts))
    shared = columns_for(charts, width, names=names)
    for y, chart in enumerate(charts):
        _row(canvas, y, chart, shared)
    return canvas.lines()


def draw_dumbbell(chart: Dumbbell, width: int, height: int) -> tuple[Line, ...]:
    """Draw one metric: its row; with two lines its name above, with three what the marks are below."""
    canvas = Canvas(width, min(height, _MAX_LINES))
    shared = columns_for([chart], width, names=False)
    row = min(canvas.height - 1, 1)
    if row:
        _title(canvas, chart)
    _row(canvas, row, chart, shared)
    if shared.picture:
        _captions(canvas, row + 1, chart, shared)
    return canvas.lines()


def _title(canvas: Canvas, chart: Dumbbell) -> None:
    canvas.write(0, 0, fit(chart.name, canvas.width), Role.LABEL)
    words = side(chart.better)
    start = canvas.width - len(words)
    if words and canvas.is_free(start - GAP, 0, len(words) + GAP):
        canvas.write(start, 0, words, Role.AXIS)


def _row(canvas: Canvas, y: int, chart: Dumbbell, shared: Columns) -> None:
    x = 0
    if shared.name:
        canvas.write(0, y, fit(chart.name, shared.name), Role.LABEL)
        x = shared.name + GAP
    _figures(canvas, x, y, chart, shared)
    x += shared.figures + GAP
    if shared.picture:
        _picture(canvas, x, y, chart, shared.picture)
        x += shared.picture + GAP
    if shared.goal:
        _goal(canvas, x, y, chart, shared)
        x += shared.goal + GAP
    canvas.write(x, y, fit(word_of(chart), max(canvas.width - x, 0)), _role(chart, Role.LABEL))


def _goal(canvas: Canvas, x: int, y: int, chart: Dumbbell, shared: Columns) -> None:
    """Write target and limit, each in a role of its own."""
    whole = goal_of(chart, brief=shared.brief)
    text = fit(whole, shared.goal)
    role = Role.TARGET if chart.target else Role.LIMIT if chart.limit else Role.LABEL
    canvas.write(x, y, text, role)
    if chart.target and chart.limit:
        start = len(whole) - len(goal_of(replace(chart, target=()), brief=shared.brief))
        canvas.write(x + start, y, text[start:], Role.LIMIT)


def _role(chart: Dumbbell, otherwise: Role) -> Role:
    return Role.WORSE if chart.move is Move.WORSE else otherwise


def _figures(canvas: Canvas, x: int, y: int, chart: Dumbbell, shared: Columns) -> None:
    canvas.write(x, y, pad(chart.figure(chart.baseline), shared.before, right=True), Role.BASELINE)
    x += shared.before
    canvas.write(x, y, ARROW, Role.LABEL)
    x += len(ARROW)
    after = pad(chart.figure(chart.achieved), shared.after, right=True)
    canvas.write(x, y, after, _role(chart, Role.ACHIEVED))
    canvas.write(x + shared.after + 1, y, fit(chart.unit, shared.unit), Role.LABEL)


def _picture(canvas: Canvas, x: int, y: int, chart: Dumbbell, cells: int) -> None:
    marks = marks_of(chart)
    found = [(mark, x + column) for mark, column in zip(marks, columns(marks, cells), strict=True)]
    shaft = (glyphs.WORSE, Role.WORSE) if chart.move is Move.WORSE else (glyphs.ACHIEVED, Role.ACHIEVED)
    _fill(canvas, y, [x, x + cells], glyphs.TRACK, Role.AXIS)
    _fill(canvas, y, [at for mark, at in found if mark.role is Role.TARGET], glyphs.RANGE, Role.TARGET)
    _fill(canvas, y, [at for mark, at in found if mark.role in _SHAFT_ROLES], *shaft)
    for mark, at in found:
        canvas.mark(at, y, mark.shape, mark.role)


def _fill(canvas: Canvas, y: int, ends: Sequence[int], shape: str, role: Role) -> None:
    for column in range(min(ends, default=0), max(ends, default=0)):
        canvas.mark(column, y, shape, role)


def _captions(canvas: Canvas, y: int, chart: Dumbbell, shared: Columns) -> None:
    """Write below the marks what they are, the goals first; what has no room is left out."""
    picture = shared.figures + GAP
    for mark, column in _caption_marks(chart, shared.picture):
        word = mark.role.value
        at = _place(canvas, y, picture + column, len(word))
        if at is not None:
            canvas.write(at, y, word, mark.role)


def _place(canvas: Canvas, y: int, column: int, cells: int) -> int | None:
    """Return where a word below a column begins, as near to its middle as other words allow, a blank on both sides."""
    name_width = column - cells // 2
    for at in sorted(range(column - cells + 1, column + 1), key=lambda at: abs(at - name_width)):
        start, stop = max(at - 1, 0), min(at + cells + 1, canvas.width)
        if at >= 0 and at + cells <= canvas.width and canvas.is_free(start, y, stop - start):
            return at
    return None


def _caption_marks(chart: Dumbbell, cells: int) -> list[tuple[Mark, int]]:
    """Return one mark of each role and the column its word belongs under, the middle of a range."""
    marks = marks_of(chart)
    spots: dict[Role, list[int]] = {}
    for mark, column in zip(marks, columns(marks, cells), strict=True):
        spots.setdefault(mark.role, []).append(column)
    by_role = {mark.role: mark for mark in marks}
    found = [(by_role[role], sum(at) // len(at)) for role, at in spots.items()]
    return sorted(found, key=lambda each: -each[0].order)
