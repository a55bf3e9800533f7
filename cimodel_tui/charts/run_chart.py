"""The readings of one metric over time: a run chart with the limits that its baseline gave.

The readings stand in the order of their dates, each with the same room, and the dates are written below. A scale of
days would crowd a daily stretch beside a monthly one and spend most of the width on what was not measured; the rules of
this chart count readings (eight in a row, two of three), so that equal room lets the eye count along. A day between
two readings, such as that of a finished action, lies between them by its share of the days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cimodel_tui.charts.number_format import finite

NOTHING_YET = "No readings yet. Add one by hand, or paste a column of dates and values."
"""What stands in place of a run chart without readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One reading."""

    day: date
    """Its date."""
    value: float
    """Its value."""
    flagged: bool = False
    """Whether it takes part in a signal."""
    set_aside: bool = False
    """Whether it is not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of readings and the lines that hold in it; lines never reach past its ends.

    The baseline's limits go on through "during" and "result": give them to each of the three. The next iteration has
    phases and limits of its own, and the earlier ones stay.
    """

    name: str = ""
    """What it is called, for example baseline."""
    first: date
    """Its first day."""
    last: date | None = None
    """Its last day; none where it goes on."""
    mean: float | None = None
    """The mean of the baseline that it is judged by."""
    lower: float | None = None
    """The lower natural process limit."""
    upper: float | None = None
    """The upper natural process limit."""
    target: tuple[float, ...] = ()
    """Nothing, the target, or the two ends of a target range."""

    @property
    def lines(self) -> tuple[float, ...]:
        """Every value at which a line is drawn."""
        return tuple(each for each in (self.mean, self.lower, self.upper, *self.target) if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that was finished, and may show in the readings after it."""

    day: date
    """When."""
    name: str
    """What."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChart:
    """Everything that a run chart shows."""

    name: str
    """The metric."""
    unit: str = ""
    """Its unit."""
    better: str = "none"
    """The better side: higher, lower, target or none."""
    goal: str = "target"
    """What the value is called that was agreed: a target, or the limit of a balancing metric."""
    points: tuple[Point, ...] = ()
    """The readings, in order of their dates."""
    phases: tuple[Phase, ...] = ()
    """The stretches, in order of their first days."""
    changes: tuple[Change, ...] = ()
    """What was finished, in order of the days."""
    least: float | None = None
    """A value that nothing can be below, such as 0 %; limits are drawn no farther."""
    most: float | None = None
    """A value that nothing can be above, such as 100 %."""
    nothing_yet: str = NOTHING_YET
    """What to say and to do where there are no readings."""

    def __post_init__(self) -> None:
        finite(points=[point.value for point in self.points], bounds=[self.least, self.most])
        for phase in self.phases:
            finite(lines=phase.lines)
        for rows in (self.points, self.phases, self.changes):
            days = [row.first if isinstance(row, Phase) else row.day for row in rows]
            if days != sorted(days):
                raise ValueError("points, phases and changes must be in the order of their dates")

    def held(self, value: float) -> float:
        """Return a line's value, held where values can be."""
        low = value if self.least is None else max(value, self.least)
        return low if self.most is None else min(low, self.most)

    def extent(self) -> tuple[float, ...]:
        """Return every value that must be on the scale."""
        lines = [self.held(line) for phase in self.phases if self.stretch(phase) for line in phase.lines]
        return (*(point.value for point in self.points), *lines)

    def stretch(self, phase: Phase) -> range:
        """Return the positions of the readings of a phase."""
        start = bisect_left(self.points, phase.first, key=_day)
        stop = len(self.points) if phase.last is None else bisect_right(self.points, phase.last, key=_day)
        return range(start, stop)

    def breaks(self) -> Iterator[int]:
        """Yield the positions of the readings before which one phase ends and the next begins."""
        starts = {self.stretch(phase).start for phase in self.phases if self.stretch(phase)}
        stops = {self.stretch(phase).stop for phase in self.phases if self.stretch(phase)}
        yield from sorted((starts | stops) - {0, len(self.points)})

    def position(self, day: date) -> float:
        """Return where a day lies among the readings: 0 at the first; half a step beyond the ends at most."""
        after = bisect_left(self.points, day, key=_day)
        if after == len(self.points):
            return after - 0.5
        if self.points[after].day == day or after == 0:
            return float(after) if self.points[after].day == day else -0.5
        before = self.points[after - 1].day
        return after - 1 + (day - before).days / (self.points[after].day - before).days


def _day(point: Point) -> date:
    return point.day
