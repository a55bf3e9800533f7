"""Readings that the usual variation of the baseline does not explain, and the rules that find them."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from cimodel_tui.measurement.zones import DOWN, UP, Zones
from cimodel_tui.record import dataclass

RUN = 8
"""So many in a row on one side of mean and median are a run."""

TREND = 7
"""So many in a row, each above or each below the one before, are a trend."""

_WINDOW, _ENOUGH = 3, 2


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that fired, and the readings by which it did."""

    rule: str
    """`outside`, `run` or `two-of-three`; `trend` on charts and within a baseline only."""
    side: int
    """UP or DOWN."""
    readings: range
    """Positions of its readings in date order."""


def signals(values: Sequence[int], zones: Zones) -> list[Signal]:
    """Return the signals that count, with positions among the given readings."""
    found = [*outside(values, zones), *runs(values, zones), *two_of_three(values, zones)]
    return sorted(found, key=lambda each: each.readings.start)


def outside(values: Sequence[int], zones: Zones) -> Iterator[Signal]:
    """Yield every reading outside the limits; one on a limit is inside."""
    for at, side in enumerate(zones.beyond_limits(values)):
        if side:
            yield Signal("outside", side, range(at, at + 1))


def runs(values: Sequence[int], zones: Zones) -> Iterator[Signal]:
    """Yield every longest stretch of at least RUN readings on one side of both mean and median."""
    for side, stretch in _stretches(zones.beyond_middle(values), RUN):
        yield Signal("run", side, stretch)


def two_of_three(values: Sequence[int], zones: Zones) -> Iterator[Signal]:
    """Yield every longest stretch of windows of three on one side, two of them between two and three sigma."""
    mean, warning, limit = (
        zones.beyond_mean(values),
        zones.beyond_warning(values),
        zones.beyond_limits(values),
    )
    for side in (UP, DOWN):
        near = [far == side and not out for far, out in zip(warning, limit, strict=True)]
        marks = [0] * len(values)
        for start in range(len(values) - _WINDOW + 1):
            window = slice(start, start + _WINDOW)
            if sum(near[window]) >= _ENOUGH and all(each == side for each in mean[window]):
                marks[window] = [side] * _WINDOW
        for _, stretch in _stretches(marks, _WINDOW):
            yield Signal("two-of-three", side, stretch)


def trends(values: Sequence[int]) -> Iterator[Signal]:
    """Yield every longest stretch of at least TREND readings that steadily rise or fall; no verdict looks at it."""
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
