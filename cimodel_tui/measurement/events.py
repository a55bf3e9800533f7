"""Rare events: how often they happen by exact counts, and the days between them on a t chart.

The level compares counts: of n events in all, so few (or so many) later ones are held against the binomial
distribution with the share of days that lie in the result. Whole numbers throughout: bounds that enclose the tail, and
the exact sum where the bounds cannot decide.

The picture is the t chart of D. C. Montgomery, Introduction to Statistical Quality Control (table 7.6): the days
between events raised to 1/3.6, an XmR chart of those, its limits raised back to 3.6; a lower limit below 0 is 0.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import comb

from cimodel_tui.measurement.readings import FIFTY_DIGITS, Point, ReadingsError, as_decimal
from cimodel_tui.measurement.xmr import DOWN, FACTOR, UP, limits
from cimodel_tui.record import dataclass

FEWEST_GAPS = 5
"""Below this many gaps in the baseline nothing can be distinguished from chance."""
MOST_EVENTS = 100_000
"""What happens more often than this is not rare."""

_SUSTAINED, _EARLY = 100, 20
_BITS = 256
_POWER = Decimal("3.6")
_ROOT = FIFTY_DIGITS.divide(Decimal(1), _POWER)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events there were in how many days, before and after."""

    before: int
    """Gaps between the baseline's events."""
    days_before: int
    """Days from its first event to its last."""
    after: int
    """Events of the result, or gaps between them where it is not known from when to when it counts."""
    days_after: int
    """Days of the result, quiet ones at its end included."""

    @property
    def between_before(self) -> Fraction | None:
        """Days between events in the baseline; none without a gap."""
        return Fraction(self.days_before, self.before) if self.before else None

    @property
    def between_after(self) -> Fraction | None:
        """Days between events in the result; the days that it has had so far where there was none."""
        return Fraction(self.days_after, self.after or 1) if self.days_after else None

    @property
    def can_tell(self) -> bool:
        """Whether there are gaps enough, and days on both sides."""
        return self.before >= FEWEST_GAPS and self.days_before > 0 and self.days_after > 0

    def tail(self, side: int) -> tuple[Fraction, Fraction]:
        """Return bounds of how often chance gives so few later events (UP: longer between), or so many (DOWN)."""
        every = self.before + self.after
        if side == UP:
            return tail(every, self.after, self.days_after, self.days_before)
        return tail(every, self.before, self.days_before, self.days_after)

    def at_most(self, side: int, one_in: int) -> bool:
        """Return exactly whether chance gives this at most one time in `one_in`."""
        low, high = self.tail(side)
        if high * one_in <= 1 or low * one_in > 1:
            return high * one_in <= 1
        every = self.before + self.after
        few = (self.after, self.days_after, self.days_before)
        many = (self.before, self.days_before, self.days_after)
        return exact_tail(every, *(few if side == UP else many)) * one_in <= 1


def level_of(counts: Counts) -> tuple[str, int]:
    """Return the kind of level, `sustained`, `early` or `no-signal`, and the side: UP is longer between events."""
    for word, one_in in (("sustained", _SUSTAINED), ("early", _EARLY)):
        for side in (UP, DOWN):
            if counts.at_most(side, one_in):
                return word, side
    return "no-signal", 0


def exact_tail(n: int, k: int, inside: int, outside: int) -> Fraction:
    """Return the chance of at most k of n events in `inside` of all days."""
    found = sum(comb(n, each) * inside**each * outside ** (n - each) for each in range(k + 1))
    return Fraction(found, (inside + outside) ** n)


def tail(n: int, k: int, inside: int, outside: int) -> tuple[Fraction, Fraction]:
    """Return bounds of `exact_tail`, from the most likely number outwards in whole numbers of 256 bits."""
    peak = min(n, (n + 1) * inside // (inside + outside))
    low, high, all_low, all_high = 0, 0, 0, 0
    for at, least, most in _terms(n, peak, inside, outside):
        all_low, all_high = all_low + least, all_high + most
        if at <= k:
            low, high = low + least, high + most
    high, all_high = high + n, all_high + n
    return Fraction(low, low + all_high - high + n), Fraction(high, max(high, all_low - low + high))


def _terms(n: int, peak: int, inside: int, outside: int) -> Iterator[tuple[int, int, int]]:
    """Yield each number of events with bounds of its weight, the peak's being 2**256; what is left out weighs below 1.

    Up from the peak the weights fall by (n - i) inside / ((i + 1) outside), down by i outside / ((n - i + 1) inside).
    """
    yield peak, 1 << _BITS, 1 << _BITS
    least = most = 1 << _BITS
    for at in range(peak, n):
        least = least * (n - at) * inside // ((at + 1) * outside)
        most = -(-most * (n - at) * inside // ((at + 1) * outside))
        if most <= 1:
            break
        yield at + 1, least, most
    least = most = 1 << _BITS
    for at in range(peak, 0, -1):
        least = least * at * outside // ((n - at + 1) * inside)
        most = -(-most * at * outside // ((n - at + 1) * inside))
        if most <= 1:
            break
        yield at - 1, least, most


def count_events(baseline: Sequence[Point], after: Sequence[Point], first: date | None, last: date | None) -> Counts:
    """Return the counts of both stretches in date order; raises ReadingsError where days clash.

    With `first` and `last` the result has all days from one to the other, both included.
    """
    days_before = (baseline[-1].day - baseline[0].day).days if baseline else 0
    before = gaps_in(baseline)
    if first is None or last is None:
        days_after = (after[-1].day - after[0].day).days if after else 0
        return Counts(before, days_before, gaps_in(after), days_after)
    _check(baseline, after, first, last)
    return Counts(before, days_before, number_of(after), max(0, (last - first).days + 1))


def _check(baseline: Sequence[Point], after: Sequence[Point], first: date, last: date) -> None:
    if baseline and first <= baseline[-1].day:
        raise ReadingsError(f"from: {first} is not later than the last baseline event, {baseline[-1].day}")
    for point in after:
        if not first <= point.day <= last:
            raise ReadingsError(f"after: {point.day} does not lie from {first} to {last}")


def number_of(points: Sequence[Point]) -> int:
    """Return how many events there were; raises ReadingsError where that is no whole number, or where they are many."""
    found = sum(whole_events(point.value) for point in points)
    if found > MOST_EVENTS:
        raise ReadingsError(f"more than {MOST_EVENTS:,} events are not rare: count them by week or month instead")
    return found


def whole_events(value: Fraction) -> int:
    """Return how many events happened on a day; raises ReadingsError where that is no whole number above 0."""
    if value.denominator != 1 or value < 1:
        raise ReadingsError("events are counted in whole numbers, 1 or more a day")
    return int(value)


def gaps_in(points: Sequence[Point]) -> int:
    """Return how many gaps there are between events."""
    return max(0, number_of(points) - 1)


def days_between(points: Sequence[Point]) -> list[tuple[date, int]]:
    """Return the days since the event before, by the day of the later one; a second one on a day has 0.

    Raises ReadingsError where there are so many that they are not rare.
    """
    number_of(points)
    days = [point.day for point in points for _ in range(int(point.value))]
    return [(later, (later - earlier).days) for earlier, later in pairwise(days)]


@dataclass(frozen=True, slots=True)
class TChart:
    """The limits of days between events."""

    mean: Fraction
    """The mean of the days raised to 1/3.6."""
    mean_moving_range: Fraction
    """Their mean moving range."""
    centre: Fraction
    """The mean raised back, in days."""
    lower: Fraction
    """The lower limit in days, 0 where it would be below."""
    upper: Fraction
    """The upper limit in days."""


def t_chart(gaps: Sequence[int], factor: Fraction = FACTOR) -> TChart | None:
    """Return the t chart of days between events in date order; none below two."""
    known = {gap: Fraction(_raised(Decimal(gap), _ROOT)) for gap in set(gaps)}
    found = limits([known[gap] for gap in gaps], factor)
    if found.mean is None or found.mean_moving_range is None or found.lower is None or found.upper is None:
        return None
    centre, lower, upper = (_back(each) for each in (found.mean, found.lower, found.upper))
    return TChart(found.mean, found.mean_moving_range, centre, lower, upper)


def _back(value: Fraction) -> Fraction:
    return Fraction(_raised(as_decimal(value), _POWER))


def _raised(value: Decimal, power: Decimal) -> Decimal:
    return FIFTY_DIGITS.power(value, power) if value > 0 else Decimal()
