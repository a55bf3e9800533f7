"""The marks of a dumbbell, from its smallest value to its largest."""

from collections.abc import Sequence
from fractions import Fraction

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import apart
from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.dumbbell import Dumbbell, Move
from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One value on the scale of its metric."""

    value: float
    """Where it is."""
    order: int
    """Which comes first along the move, where two are at the same value."""
    shape: str
    """How it is drawn in a cell."""
    role: Role
    """What it is."""


def marks_of(chart: Dumbbell) -> tuple[Mark, ...]:
    """Return the marks of a chart from left to right; an achieved value equal to the baseline has none of its own."""
    marks = [*_measured(chart), *_goals(chart)]
    way = 1 if rising(chart) else -1
    return tuple(sorted(marks, key=lambda mark: (mark.value, way * mark.order)))


def rising(chart: Dumbbell) -> bool:
    """Tell whether the metric moved to the right, or did not move."""
    return chart.baseline is None or chart.achieved is None or chart.achieved >= chart.baseline


def _measured(chart: Dumbbell) -> list[Mark]:
    marks = []
    if chart.baseline is not None:
        marks.append(Mark(chart.baseline, 0, glyphs.BASELINE, Role.BASELINE))
    if chart.achieved is not None and chart.move is not Move.STILL:
        marks.append(Mark(chart.achieved, 1, *_tip(chart)))
    return marks


def _tip(chart: Dumbbell) -> tuple[str, Role]:
    if chart.move is Move.WORSE:
        return (glyphs.WORSE_RIGHT if rising(chart) else glyphs.WORSE_LEFT), Role.WORSE
    return (glyphs.ACHIEVED_RIGHT if rising(chart) else glyphs.ACHIEVED_LEFT), Role.ACHIEVED


def _goals(chart: Dumbbell) -> list[Mark]:
    ends = (glyphs.RANGE_LOW, glyphs.RANGE_HIGH) if len(chart.target) > 1 else (glyphs.TARGET_UPRIGHT,)
    targets = [Mark(value, 2, shape, Role.TARGET) for value, shape in zip(sorted(chart.target), ends, strict=False)]
    return targets + [Mark(value, 3, glyphs.LIMIT_UPRIGHT, Role.LIMIT) for value in chart.limit]


def places(marks: Sequence[Mark]) -> tuple[Fraction, ...]:
    """Return where the marks lie between the smallest, 0, and the largest, 1; in the middle where all are equal."""
    if not marks:
        return ()
    low, high = Fraction(marks[0].value), Fraction(marks[-1].value)
    if low == high:
        return (Fraction(1, 2),) * len(marks)
    return tuple((Fraction(mark.value) - low) / (high - low) for mark in marks)


def columns(marks: Sequence[Mark], cells: int) -> tuple[int, ...]:
    """Return the column of each mark, in the same order and each in a cell of its own."""
    wanted = [round(place * (cells - 1)) for place in places(marks)]
    return tuple(int(place) for place in apart(wanted, 1, cells - 1))
