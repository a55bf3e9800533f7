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

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import day_and_month, full_day
from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.cells import cleaned
from cimodel_tui.charts.dumbbell import side
from cimodel_tui.charts.number_format import decimals_for, finite, shown, stated

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


BETWEEN = " · "
"""Stands between parts of one line."""


def title(chart: RunChart) -> str:
    """Return metric, unit and better side."""
    named = f"{chart.name}, {chart.unit}" if chart.unit else chart.name
    return BETWEEN.join(part for part in (named, side(chart.better)) if part)


def latest(chart: RunChart) -> str:
    """Return the latest counted reading and its day, or that there is none."""
    point = _last_counted(chart)
    return f"latest {stated(point.value)} on {full_day(point.day)}" if point else "none counted"


def brief(chart: RunChart) -> str:
    """Return what is worth saying where there is no room for a picture."""
    point = _last_counted(chart)
    figure = " ".join(part for part in (stated(point.value), chart.unit) if part) if point else "–"
    return f"{figure} latest of {_counted(len(chart.points), 'reading')}"


def _last_counted(chart: RunChart) -> Point | None:
    return next((point for point in reversed(chart.points) if not point.set_aside), None)


def lines_of(chart: RunChart, phase: Phase) -> Iterator[tuple[float, str, Role]]:
    """Yield value, words and role of every line of a phase, the most important first."""
    figures = [each for each in (phase.mean, phase.lower, phase.upper) if each is not None]
    decimals = decimals_for(figures)
    for value in phase.target:
        yield value, f"{chart.goal} {stated(value)}", Role.TARGET
    if phase.mean is not None:
        yield phase.mean, f"mean {shown(phase.mean, decimals)}", Role.MEAN
    for limit in (phase.upper, phase.lower):
        if limit is not None:
            held = chart.held(limit)
            yield held, f"limit {shown(held, decimals)}", Role.LIMIT


def labelled(chart: RunChart) -> list[tuple[float, str, Role]]:
    """Return the lines that are named at the right: those of the last phase that has readings and lines."""
    phases = [phase for phase in chart.phases if phase.lines and chart.stretch(phase)]
    return list(lines_of(chart, phases[-1])) if phases else []


def legend(chart: RunChart, *, thinned_out: bool = False) -> list[tuple[str, str, Role]]:
    """Return shape, words and role of everything that is on the chart, and how many readings stand behind it."""
    reading = f"extremes of {len(chart.points):,} readings" if thinned_out else "reading"
    lines = {role for phase in chart.phases if chart.stretch(phase) for _, _, role in lines_of(chart, phase)}
    known = [
        (any(not each.set_aside and not each.flagged for each in chart.points), glyphs.POINT, reading, Role.POINT),
        (any(each.flagged for each in chart.points), glyphs.FLAG, "signal", Role.FLAG),
        (any(_hollow(each) for each in chart.points), glyphs.HOLLOW, "set aside", Role.HOLLOW),
        (Role.MEAN in lines, glyphs.MEAN * 2, "mean", Role.MEAN),
        (Role.LIMIT in lines, glyphs.LIMIT * 2, "limits", Role.LIMIT),
        (Role.TARGET in lines, glyphs.TARGET * 2, chart.goal, Role.TARGET),
        (bool(chart.changes), glyphs.CHANGE, "action finished", Role.CHANGE),
    ]
    return [(shape, words, role) for there, shape, words, role in known if there]


def point_role(point: Point) -> Role:
    """Return what a reading is drawn as: set aside comes before flagged, for what is not counted signals nothing."""
    return Role.HOLLOW if point.set_aside else Role.FLAG if point.flagged else Role.POINT


def _hollow(point: Point) -> bool:
    return point_role(point) is Role.HOLLOW


def changes(chart: RunChart) -> str:
    """Return what was finished and when."""
    return BETWEEN.join(f"{day_and_month(change.day)} {change.name}" for change in chart.changes)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def in_words(chart: RunChart) -> str:
    """Return the picture in two sentences, for those who do not see it."""
    if not chart.points:
        return cleaned(f"{title(chart)}: {chart.nothing_yet}".replace(BETWEEN, ", "))
    values = [point.value for point in chart.points]
    first, last = chart.points[0].day.isoformat(), chart.points[-1].day.isoformat()
    reach = f"from {first} to {last}, between {stated(min(values))} and {stated(max(values))}"
    flagged = sum(point_role(point) is Role.FLAG for point in chart.points)
    hollow = sum(map(_hollow, chart.points))
    told = [
        *_lines_in_words(chart),
        f"{_counted(flagged, 'reading')} flagged as signals" if flagged else "",
        f"{_counted(hollow, 'reading')} set aside" if hollow else "",
        f"actions finished: {changes(chart)}" if chart.changes else "",
    ]
    start = f"Run chart of {title(chart)}: {_counted(len(values), 'reading')} {reach}, {latest(chart)}."
    return cleaned(f"{start}{_sentence(told)}".replace(BETWEEN, ", "))


def _lines_in_words(chart: RunChart) -> Iterator[str]:
    """Yield the lines of the last phase, a range by both of its ends."""
    found: dict[Role, list[str]] = {}
    for _, words, role in sorted(labelled(chart)):
        found.setdefault(role, []).append(words.rpartition(" ")[2])
    for role, figures in sorted(found.items()):
        plural = "s" if role is Role.LIMIT and len(figures) > 1 else ""
        yield f"{role.value}{plural} {' to '.join(figures)}"


def _sentence(parts: list[str]) -> str:
    text = ", ".join(part for part in parts if part)
    return f" {text[:1].upper()}{text[1:]}." if text else ""
