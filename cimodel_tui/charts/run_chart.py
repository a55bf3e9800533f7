"""The readings of one metric over time: a run chart with the limits that its baseline gave.

The readings stand in the order of their dates, each with the same room, and the dates are written below. A scale of
days would crowd a daily stretch beside a monthly one and spend most of the width on what was not measured; the rules of
this chart count readings (eight in a row, two of three), so that equal room lets the eye count along. A day between
two readings, such as that of a finished action, lies between them by its share of the days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from cimodel_tui import record
from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import (
    day_and_month,
    decimals_for,
    format_number,
    format_set_value,
    full_day,
    require_finite,
)
from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.dumbbell import side
from cimodel_tui.charts.glyphs import clean
from cimodel_tui.model.number import count

NOTHING_YET = "No readings yet. Add one by hand, or paste a column of dates and values."
"""The message in place of a run chart without readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One reading."""

    day: date
    """Its date."""
    value: float
    """Its value."""
    flagged: bool = False
    """Whether it takes part in a signal."""
    side: str = ""
    """The side of that signal: better, worse, or nothing where the metric has no better side."""
    set_aside: bool = False
    """Whether it is not counted."""
    limits: tuple[float, float] | None = None
    """Its own lower and upper limit, where totals differ; None where those of its phase hold."""
    total: str = ""
    """What it is a share of, as it is shown beside the value: `45 of 50`."""


@record.dataclass(frozen=True, slots=True, kw_only=True)
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
    """Its last day; None where it goes on."""
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


@record.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that was finished, and may show in the readings after it."""

    day: date
    """When."""
    name: str
    """What."""


@record.dataclass(frozen=True, slots=True, kw_only=True)
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
    """The message where there are no readings."""
    band: tuple[float, float] | None = None
    """From where to where the usual variation alone could bring a result: a target within it can be met by luck."""
    shown: int | None = None
    """How many readings are drawn, the first ones; the others only keep their room. None for all."""
    hollow: str = "set aside"
    """What a hollow reading is: one set aside, or a gap between events that is still open."""
    cursor: int | None = None
    """The position of the selected reading; None without one."""

    def __post_init__(self) -> None:
        own = [limit for point in self.points if point.limits for limit in point.limits]
        require_finite(points=[point.value for point in self.points], bounds=[self.least, self.most], limits=own)
        for phase in self.phases:
            require_finite(lines=phase.lines)
        for rows in (self.points, self.phases, self.changes):
            days = [row.first if isinstance(row, Phase) else row.day for row in rows]
            if days != sorted(days):
                raise ValueError("points, phases and changes must be in the order of their dates")

    def clamp(self, value: float) -> float:
        """Return a line's value, clamped to `least` and `most`."""
        low = value if self.least is None else max(value, self.least)
        return low if self.most is None else min(low, self.most)

    def extent(self) -> tuple[float, ...]:
        """Return every value that must be on the scale."""
        lines = [line for phase in self.phases if self.stretch(phase) for line in phase.lines]
        own = [limit for point in self.points if point.limits for limit in point.limits]
        return (*(point.value for point in self.points), *map(self.clamp, (*lines, *own, *(self.band or ()))))

    @property
    def drawn_points(self) -> tuple[Point, ...]:
        """The readings that are drawn."""
        return self.points if self.shown is None else self.points[: self.shown]

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
    metric = f"{chart.name}, {chart.unit}" if chart.unit else chart.name
    return BETWEEN.join(part for part in (metric, side(chart.better)) if part)


def latest(chart: RunChart) -> str:
    """Return the latest counted reading with its total and its day, or that there is none."""
    point = _last_counted(chart)
    if point is None:
        return "none counted"
    total = f" ({point.total})" if point.total else ""
    return f"latest {format_set_value(point.value)}{total} on {full_day(point.day)}"


def brief(chart: RunChart) -> str:
    """Return the latest figure, for where there is no room for a picture."""
    point = _last_counted(chart)
    figure = " ".join(part for part in (format_set_value(point.value), chart.unit) if part) if point else "–"
    return f"{figure} latest of {count(len(chart.points), 'reading', grouped=True)}"


def _last_counted(chart: RunChart) -> Point | None:
    return next((point for point in reversed(chart.drawn_points) if not point.set_aside), None)


def lines_of(chart: RunChart, phase: Phase) -> Iterator[tuple[float, str, Role]]:
    """Yield value, words and role of every line of a phase, the most important first."""
    figures = [each for each in (phase.mean, phase.lower, phase.upper) if each is not None]
    decimals = decimals_for(figures)
    for value in phase.target:
        yield value, f"{chart.goal} {format_set_value(value)}", Role.TARGET
    if phase.mean is not None:
        yield phase.mean, f"mean {format_number(phase.mean, decimals)}", Role.MEAN
    for limit in _limits(chart, phase):
        clamped = chart.clamp(limit)
        yield clamped, f"limit {format_number(clamped, decimals)}", Role.LIMIT


def _limits(chart: RunChart, phase: Phase) -> Iterator[float]:
    """Yield upper and lower limit of a phase: those of its last reading where each has its own."""
    own = [point.limits for at in chart.stretch(phase) if (point := chart.points[at]).limits]
    lower, upper = own[-1] if own and own[-1] else (phase.lower, phase.upper)
    yield from (limit for limit in (upper, lower) if limit is not None)


def segments(chart: RunChart, phase: Phase) -> Iterator[tuple[range, float, Role]]:
    """Yield every line of a phase as the positions of readings along which it runs at one value.

    Limits take a step where the next reading has other ones. Lines end with the last reading that is drawn.
    """
    whole = chart.stretch(phase)
    stretch = range(whole.start, min(whole.stop, len(chart.drawn_points)))
    stepped = any(chart.points[at].limits for at in stretch)
    for value, _, role in lines_of(chart, phase) if stretch else ():
        if role is not Role.LIMIT or not stepped:
            yield stretch, value, role
    for end in (0, 1) if stepped else ():
        for limit, run in groupby(stretch, key=partial(_limit_at, chart, phase, end)):
            positions = tuple(run)
            if limit is not None:
                yield range(positions[0], positions[-1] + 1), chart.clamp(limit), Role.LIMIT


def _limit_at(chart: RunChart, phase: Phase, end: int, position: int) -> float | None:
    return (chart.points[position].limits or (phase.lower, phase.upper))[end]


def end_labels(chart: RunChart) -> list[tuple[float, str, Role]]:
    """Return the lines that are named at the right: those of the last phase that has readings and lines."""
    phases = [phase for phase in chart.phases if phase.lines and chart.stretch(phase)]
    return list(lines_of(chart, phases[-1])) if phases else []


PLAIN_SHAPES: Mapping[Role, str] = {
    Role.POINT: glyphs.POINT,
    Role.FLAG: glyphs.FLAG,
    Role.FLAG_BETTER: glyphs.FLAG_BETTER,
    Role.FLAG_WORSE: glyphs.FLAG_WORSE,
    Role.HOLLOW: glyphs.HOLLOW,
    Role.MEAN: glyphs.MEAN * 2,
    Role.LIMIT: glyphs.LIMIT * 2,
    Role.TARGET: glyphs.TARGET * 2,
    Role.BAND: glyphs.BAND * 2,
    Role.CHANGE: glyphs.CHANGE,
}
"""How the pieces of a run chart look in plain cells, in the order of the legend."""


def legend(
    chart: RunChart, *, thinned_out: bool = False, shapes: Mapping[Role, str] = PLAIN_SHAPES
) -> list[tuple[str, str, Role]]:
    """Return shape, words and role of everything that is on the chart, and how many readings it is drawn from."""
    words = {
        Role.POINT: f"extremes of {len(chart.points):,} readings" if thinned_out else "reading",
        Role.FLAG: "signal",
        Role.FLAG_BETTER: "better",
        Role.FLAG_WORSE: "worse",
        Role.HOLLOW: chart.hollow,
        Role.MEAN: "mean",
        Role.LIMIT: "limits",
        Role.TARGET: chart.goal,
        Role.BAND: "could be luck",
        Role.CHANGE: "action finished",
    }
    there = {point_role(point) for point in chart.drawn_points}
    there |= {role for phase in chart.phases for _, _, role in segments(chart, phase)}
    there |= {role for role, any_of_it in ((Role.BAND, chart.band), (Role.CHANGE, chart.changes)) if any_of_it}
    return [(shape, words[role], role) for role, shape in shapes.items() if role in there]


_FLAGS = {"better": Role.FLAG_BETTER, "worse": Role.FLAG_WORSE}

FLAGS = (Role.FLAG, Role.FLAG_BETTER, Role.FLAG_WORSE)
"""The roles of readings that take part in a signal."""


def point_role(point: Point) -> Role:
    """Return what a reading is drawn as: set aside comes before flagged, for what is not counted signals nothing."""
    if point.set_aside:
        return Role.HOLLOW
    return _FLAGS.get(point.side, Role.FLAG) if point.flagged else Role.POINT


def _hollow(point: Point) -> bool:
    return point_role(point) is Role.HOLLOW


def changes(chart: RunChart) -> str:
    """Return what was finished and when."""
    return BETWEEN.join(f"{day_and_month(change.day)} {change.name}" for change in chart.changes)


def in_words(chart: RunChart) -> str:
    """Return the picture in two sentences, for those who do not see it."""
    if not chart.points:
        return clean(f"{title(chart)}: {chart.nothing_yet}".replace(BETWEEN, ", "))
    values = [point.value for point in chart.points]
    first, last = chart.points[0].day.isoformat(), chart.points[-1].day.isoformat()
    reach = f"from {first} to {last}, between {format_set_value(min(values))} and {format_set_value(max(values))}"
    flagged = sum(point_role(point) in FLAGS for point in chart.points)
    hollow = sum(map(_hollow, chart.points))
    parts = [
        *_lines_in_words(chart),
        f"{count(flagged, 'reading', grouped=True)} flagged as signals" if flagged else "",
        f"{count(hollow, 'reading', grouped=True)} {chart.hollow}" if hollow else "",
        f"actions finished: {changes(chart)}" if chart.changes else "",
    ]
    start = f"Run chart of {title(chart)}: {count(len(values), 'reading', grouped=True)} {reach}, {latest(chart)}."
    return clean(f"{start}{_sentence(parts)}".replace(BETWEEN, ", "))


def _lines_in_words(chart: RunChart) -> Iterator[str]:
    """Yield the lines of the last phase, a range by both of its ends."""
    found: dict[Role, list[str]] = {}
    for _, words, role in sorted(end_labels(chart)):
        found.setdefault(role, []).append(words.rpartition(" ")[2])
    for role, figures in sorted(found.items()):
        plural = "s" if role is Role.LIMIT and len(figures) > 1 else ""
        yield f"{role.value}{plural} {' to '.join(figures)}"


def _sentence(parts: list[str]) -> str:
    text = ", ".join(part for part in parts if part)
    return f" {text[:1].upper()}{text[1:]}." if text else ""
