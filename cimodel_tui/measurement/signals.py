"""Rules over a series of readings: signals, the level that follows from them, and the relapse rule.

A signal is a pattern that the usual variation of the baseline does not explain.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from operator import attrgetter

from cimodel_tui.measurement.readings import Point, weight_of, weighted_mean
from cimodel_tui.measurement.xmr import DOWN, UP, Limits, Number, Series, Zones
from cimodel_tui.record import dataclass

RUN = 8
"""This many in a row on one side of mean and median are a run; this many latest ones are a lasting change."""

TREND = 7
"""This many in a row, each above or each below the one before, are a trend."""

FEWEST = 6
"""Below this many baseline readings nothing can be distinguished from the usual variation."""

FIRM = 12
"""From this many baseline readings on the limits are firm, before that provisional."""

LATEST = 12
"""Signals count for the level where they touch this many latest readings."""

TOO_FEW, MIXED, NO_SIGNAL = "too-few", "mixed", "no-signal"
"""Levels without a side."""
TEN_OF_ELEVEN = "ten-of-eleven"
"""The rule that forgives one relapse."""

_WINDOW, _ENOUGH = 3, 2
_ELEVEN, _TEN = 11, 10
_SIDE_NAMES = {UP: "up", DOWN: "down"}
_BETTER_NAMES = {"higher": {UP: "better", DOWN: "worse"}, "lower": {UP: "worse", DOWN: "better"}}


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that fired, and the readings by which it did."""

    rule: str
    """`outside`, `run`, `two-of-three` or `ten-of-eleven`; `trend` on charts and within a baseline only."""
    side: int
    """UP or DOWN."""
    readings: range
    """Positions of its readings in date order."""

    def shifted(self, by: int) -> "Signal":
        """Return it with positions that count from an earlier reading."""
        return Signal(self.rule, self.side, range(self.readings.start + by, self.readings.stop + by))


def signals(found: Series, zones: Zones) -> list[Signal]:
    """Return the signals that count, with positions among the given readings."""
    fired = [*outside(found, zones), *runs(found, zones), *two_of_three(found, zones)]
    return sorted(fired, key=lambda each: each.readings.start)


def outside(found: Series, zones: Zones) -> Iterator[Signal]:
    """Yield every reading outside the limits; one on a limit is inside."""
    for at, side in enumerate(zones.beyond_limits(found)):
        if side:
            yield Signal("outside", side, range(at, at + 1))


def runs(found: Series, zones: Zones) -> Iterator[Signal]:
    """Yield every longest stretch of at least RUN readings on one side of both mean and median."""
    for side, stretch in _stretches(zones.beyond_middle(found), RUN):
        yield Signal("run", side, stretch)


def two_of_three(found: Series, zones: Zones) -> Iterator[Signal]:
    """Yield every longest stretch of windows of three on one side, two of them between two and three sigma."""
    mean, warning, limit = zones.beyond_mean(found), zones.beyond_warning(found), zones.beyond_limits(found)
    for side in (UP, DOWN):
        near = [far == side and not out for far, out in zip(warning, limit, strict=True)]
        marks = [0] * len(found)
        for start in range(len(found) - _WINDOW + 1):
            window = slice(start, start + _WINDOW)
            if sum(near[window]) >= _ENOUGH and all(each == side for each in mean[window]):
                marks[window] = [side] * _WINDOW
        for _, stretch in _stretches(marks, _WINDOW):
            yield Signal("two-of-three", side, stretch)


def trends(values: Sequence[Number]) -> Iterator[Signal]:
    """Yield every longest stretch of at least TREND readings that steadily rise or fall; no verdict uses it."""
    steps = [UP if later > earlier else DOWN if later < earlier else 0 for earlier, later in pairwise(values)]
    for side, stretch in _stretches(steps, TREND - 1):
        yield Signal("trend", side, range(stretch.start, stretch.stop + 1))


def _stretches(sides: Sequence[int], at_least: int) -> Iterator[tuple[int, range]]:
    """Yield side and positions of every longest stretch on one side that is long enough."""
    start = 0
    for side, group in groupby(sides):
        stop = start + sum(1 for _ in group)
        if side and stop - start >= at_least:
            yield side, range(start, stop)
        start = stop


def ten_of_eleven(sides: Sequence[int], after: Sequence[Point], known: Limits) -> Signal | None:
    """Return the signal of ten of the latest eleven on one side whose mean lies farther off than luck leaves open."""
    latest, mean = sides[-_ELEVEN:], weighted_mean(after[-_ELEVEN:])
    if len(latest) < _ELEVEN or mean is None or known.mean is None:
        return None
    weight = weight_of(after[-_ELEVEN:]) if known.weighted else Fraction(_ELEVEN)
    distance = mean - known.mean
    far = known.is_beyond(distance, 1 / weight + 1 / known.weight)
    side = UP if distance > 0 else DOWN
    if not far or latest.count(side) < _TEN:
        return None
    return Signal(TEN_OF_ELEVEN, side, range(len(sides) - _ELEVEN, len(sides)))


def lasting_change(sides: Sequence[int], after: Sequence[Point], known: Limits) -> tuple[int, Signal | None]:
    """Return the side to which the latest readings have moved for good, 0 for none, and what forgave a relapse."""
    latest = set(sides[-RUN:])
    if len(sides) >= RUN and latest in ({UP}, {DOWN}):
        return latest.pop(), None
    found = ten_of_eleven(sides, after, known)
    return (found.side, found) if found else (0, None)


def level(side: int, found: Sequence[Signal], n: int) -> str:
    """Return the level of n later readings in the words up and down; `side` is that of a lasting change."""
    if side:
        return f"sustained-{_SIDE_NAMES[side]}"
    sides = {signal.side for signal in found if signal.readings.stop > n - LATEST}
    if len(sides) > 1:
        return MIXED
    return f"early-{_SIDE_NAMES[sides.pop()]}" if sides else NO_SIGNAL


def side_of(neutral: str) -> int:
    """Return UP or DOWN of a level in neutral words, 0 where it has no side."""
    return next((side for side, name in _SIDE_NAMES.items() if neutral.endswith(f"-{name}")), 0)


def side_name(side: int, better: str) -> str:
    """Return `better` or `worse` where the metric has a better side, else `up` or `down`."""
    return _BETTER_NAMES.get(better, _SIDE_NAMES)[side]


def level_name(neutral: str, better: str) -> str:
    """Return a level in the words of a metric: better and worse where it has a better side."""
    side = side_of(neutral)
    return f"{neutral.partition('-')[0]}-{side_name(side, better)}" if side else neutral


def first_relapse(points: Sequence[Point], side: str, limit: Fraction, in_a_row: int) -> date | None:
    """Return the first day of the first relapse, or None where there was none.

    `side` is `above` or `below`; a reading on the limit has not slipped. Days between events may have two points on one
    day. Raises ValueError for another side or count.
    """
    if side not in ("above", "below") or in_a_row < 1:
        raise ValueError("a relapse is above or below a limit, at least one reading long")
    stretch: list[date] = []
    for point in sorted(points, key=attrgetter("day")):
        beyond = point.value > limit if side == "above" else point.value < limit
        stretch = [*stretch, point.day] if beyond else []
        if len(stretch) == in_a_row:
            return stretch[0]
    return None
