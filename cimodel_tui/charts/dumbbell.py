"""One metric on a scale of its own: where it was, where it got to, and where it was to go.

A dumbbell is described here and drawn as SVG; `dumbbell_cells` draws it in terminal cells. The scale reaches from the
smallest of its values to the largest.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import decimals_for, format_number, format_range, require_finite, spread_apart
from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.glyphs import clean, fit
from cimodel_tui.charts.svg_elements import CELL, element, line, page, path, text_width, words
from cimodel_tui.record import dataclass


class Move(StrEnum):
    """Which way a metric moved, judged by its own better side. These are differences, no signals."""

    NONE_YET = "no result yet"
    """There is no baseline or no result."""
    STILL = "no change"
    """Baseline and result are the same number."""
    BETTER = "better"
    """Towards the better side."""
    WORSE = "worse"
    """Towards the worse side."""
    OTHER = "moved"
    """It has no better side, or is neither nearer to its target nor farther from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dumbbell:
    """Baseline, achieved value and target of one metric."""

    name: str
    """The metric."""
    unit: str = ""
    """Its unit, for example h or %."""
    better: str = "none"
    """The better side: higher, lower, target or none."""
    baseline: float | None = None
    """The mean of its baseline."""
    achieved: float | None = None
    """The value that its success rule looks at."""
    target: tuple[float, ...] = ()
    """Nothing, a target, or the two ends of a target range, the lower one first."""
    limit: tuple[float, ...] = ()
    """The same for the limit of a balancing metric."""
    decimals: int | None = None
    """Decimals of baseline and achieved value; without it, enough to tell them and the target apart."""

    def __post_init__(self) -> None:
        require_finite(baseline=[self.baseline], achieved=[self.achieved], target=self.target, limit=self.limit)

    @property
    def measured_values(self) -> tuple[float, ...]:
        """Baseline and achieved value, as far as they are there."""
        return tuple(value for value in (self.baseline, self.achieved) if value is not None)

    @property
    def move(self) -> Move:
        """Which way it moved."""
        if self.baseline is None or self.achieved is None:
            return Move.NONE_YET
        if self.baseline == self.achieved:
            return Move.STILL
        gain = self._gain(self.baseline, self.achieved)
        return Move.OTHER if gain == 0 else Move.BETTER if gain > 0 else Move.WORSE

    def _gain(self, before: float, after: float) -> float:
        aim = self.target or self.limit
        if self.better == "target" and aim:
            return _distance(before, aim) - _distance(after, aim)
        sides = {"higher": 1, "lower": -1}
        return sides.get(self.better, 0) * (1 if after > before else -1)

    def figure(self, value: float | None) -> str:
        """Return a measured value as text, with the decimals that the chart needs."""
        if value is None:
            return "–"
        ideal = decimals_for(self.measured_values, (*self.target, *self.limit))
        return format_number(value, ideal if self.decimals is None else self.decimals)


def _distance(value: float, aim: tuple[float, ...]) -> float:
    low, high = min(aim), max(aim)
    return max(low - value, value - high, 0.0)


def goals(chart: Dumbbell) -> Iterator[str]:
    """Yield target and limit in words, as far as they are there."""
    if chart.target:
        yield f"target {format_range(chart.target)}"
    if chart.limit:
        yield f"limit {format_range(chart.limit)}"


def side(better: str) -> str:
    """Return the better side of a metric in words, nothing where it has none."""
    words = {"higher": "higher is better", "lower": "lower is better", "target": "nearer to the target is better"}
    return words.get(better, "")


def in_words(chart: Dumbbell) -> str:
    """Return the picture in one sentence, for those who do not see it."""
    unit = f" {chart.unit}" if chart.unit else ""
    start = f"baseline {chart.figure(chart.baseline)}{unit}" if chart.baseline is not None else "no baseline"
    end = f"achieved {chart.figure(chart.achieved)}{unit}" if chart.achieved is not None else "no result yet"
    move_words = f" ({chart.move.value})" if chart.move in {Move.STILL, Move.BETTER, Move.WORSE} else ""
    parts = [start, end + move_words, *(f"{each}{unit}" for each in goals(chart)), side(chart.better)]
    return clean(f"{chart.name}: {', '.join(part for part in parts if part)}.")


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
    marks = [*_measured_marks(chart), *_goal_marks(chart)]
    way = 1 if rising(chart) else -1
    return tuple(sorted(marks, key=lambda mark: (mark.value, way * mark.order)))


def rising(chart: Dumbbell) -> bool:
    """Tell whether the metric moved to the right, or did not move."""
    return chart.baseline is None or chart.achieved is None or chart.achieved >= chart.baseline


def _measured_marks(chart: Dumbbell) -> list[Mark]:
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


def _goal_marks(chart: Dumbbell) -> list[Mark]:
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
    ideal = [round(place * (cells - 1)) for place in places(marks)]
    return tuple(int(place) for place in spread_apart(ideal, 1, cells - 1))


_LEAST_WIDTH = 320
_LEAST_HEIGHT = 84
_BAR = 7
_ABOVE = {Role.TARGET, Role.LIMIT}


def dumbbell_svg(chart: Dumbbell, width: int, height: int) -> str:
    """Return one metric as SVG; goals are named above the scale, measured values below."""
    inner = (float(max(width, _LEAST_WIDTH)), float(max(height, _LEAST_HEIGHT)))
    middle = (inner[1] + 22) / 2
    spots = _spots(chart, inner[0])
    body = [*_heading(chart, inner[0]), line(14, middle, inner[0] - 14, middle, "ci-axis")]
    body += _range(spots, middle) + _shaft(chart, spots, middle)
    body += [_mark_svg(chart, mark, x, middle) for mark, x in spots]
    body += _label_row(_goal_labels(chart, spots), middle - 14, inner[0])
    body += _label_row(_value_labels(chart, spots), middle + 24, inner[0])
    return page(width, height, inner, (chart.name, in_words(chart)), body)


def _heading(chart: Dumbbell, width: float) -> list[str]:
    title = f"{chart.name}, {chart.unit}" if chart.unit else chart.name
    labels = "no result yet" if chart.achieved is None else chart.move.value if chart.move is Move.STILL else ""
    right = " · ".join(part for part in (labels, side(chart.better)) if part)
    room = int((width - 40 - text_width(right)) / (CELL * 1.2))
    return [
        words(14, 20, fit(title, max(room, 1)), "ci-title"),
        words(width - 14, 20, right, "ci-soft", anchor="end"),
    ]


def _spots(chart: Dumbbell, width: float) -> list[tuple[Mark, float]]:
    marks = marks_of(chart)
    edge = 40.0
    return [(mark, edge + float(place) * (width - 2 * edge)) for mark, place in zip(marks, places(marks), strict=True)]


def _range(spots: list[tuple[Mark, float]], y: float) -> list[str]:
    ends = [x for mark, x in spots if mark.role is Role.TARGET]
    return [line(ends[0], y, ends[1], y, "ci-target ci-thick")] if len(ends) > 1 else []


def _shaft(chart: Dumbbell, spots: list[tuple[Mark, float]], y: float) -> list[str]:
    ends = {mark.role: x for mark, x in spots if mark.role not in _ABOVE}
    if len(ends) <= 1:
        return []
    kind = "ci-worse" if chart.move is Move.WORSE else "ci-achieved"
    return [line(min(ends.values()), y, max(ends.values()), y, f"{kind} ci-thick")]


def _mark_svg(chart: Dumbbell, mark: Mark, x: float, y: float) -> str:
    if mark.role in _ABOVE:
        return line(x, y - 12, x, y + 12, f"ci-{mark.role}")
    if mark.role is Role.BASELINE:
        return element("rect", kind="ci-baseline", x=x - 5, y=y - 5, width=10, height=10)
    back = -12 if rising(chart) else 12
    return path(f"ci-{mark.role} ci-tip", (x, y), (x + back, y - _BAR), (x + back, y + _BAR), closed=True)


def _goal_labels(chart: Dumbbell, spots: list[tuple[Mark, float]]) -> list[tuple[float, str]]:
    """Return the place and the words of each goal, a range by its middle."""
    found = []
    for role, values in ((Role.TARGET, chart.target), (Role.LIMIT, chart.limit)):
        at = [x for mark, x in spots if mark.role is role]
        if at:
            found.append((sum(at) / len(at), f"{role} {format_range(values)}"))
    return found


def _value_labels(chart: Dumbbell, spots: list[tuple[Mark, float]]) -> list[tuple[float, str]]:
    """Return the place and the words of baseline and achieved value."""
    labels = {Role.BASELINE: "baseline {}", Role.ACHIEVED: "achieved {}", Role.WORSE: "achieved {}, worse"}
    return [(x, labels[mark.role].format(chart.figure(mark.value))) for mark, x in spots if mark.role in labels]


def _label_row(labels: list[tuple[float, str]], y: float, width: float) -> list[str]:
    """Return words in one row, each under its mark or as near as the others allow."""
    labels = sorted(labels)
    starts = [min(max(x - text_width(text) / 2, 14), width - 14 - text_width(text)) for x, text in labels]
    for index in range(1, len(labels)):
        starts[index] = max(starts[index], starts[index - 1] + text_width(labels[index - 1][1]) + 10)
    edge = width - 4
    for index in reversed(range(len(labels))):
        starts[index] = min(starts[index], edge - text_width(labels[index][1]))
        edge = starts[index] - 10
    return [
        words(start + text_width(text) / 2, y, text, anchor="middle")
        for start, (_, text) in zip(starts, labels, strict=True)
    ]
