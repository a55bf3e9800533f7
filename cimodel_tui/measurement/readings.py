"""Readings that count, with exact values and totals, and the days on which a reading is missing.

Values are fractions. For sums and comparisons over 100,000 of them they are brought to whole numbers of one common
unit, which is as exact and much quicker. A whole number lies above a fraction if and only if it lies above the
fraction's floor, and below it if and only if below its ceiling.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm
from sys import float_info

from cimodel_tui import record
from cimodel_tui.model.baseline import DAYS_BETWEEN, MONTHS_BETWEEN
from cimodel_tui.model.day import add_months

FIFTY_DIGITS = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""What square roots and readings with unequal totals are computed in."""


class ReadingsError(ValueError):
    """Readings that cannot be judged; the message is one line that names list and row, counted from 1."""


@dataclass(frozen=True, slots=True)
class Point:
    """One reading that counts."""

    day: date
    """Its date; of a period its first day."""
    value: Fraction
    """Its exact value: a share in per cent, a rate per so many, a mean, a number of events, or the value itself."""
    of: Fraction | None = None
    """The total behind it, for shares, rates and means; above 0."""


def in_order(points: Sequence[Point], name: str) -> tuple[Point, ...]:
    """Return readings by date; raises ReadingsError where a date is there twice, naming the later row."""
    seen: dict[date, int] = {}
    for row, point in enumerate(points, start=1):
        if point.day in seen:
            raise ReadingsError(f"{name} row {row}: {point.day} is there already, in row {seen[point.day]}")
        seen[point.day] = row
    return tuple(sorted(points, key=_day))


def split(baseline: Sequence[Point], after: Sequence[Point]) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Return both stretches by date; raises ReadingsError where a result reading is not later than the baseline."""
    before, later = in_order(baseline, "baseline"), in_order(after, "after")
    if before and later and later[0].day <= before[-1].day:
        row = next(row for row, point in enumerate(after, start=1) if point.day <= before[-1].day)
        day = after[row - 1].day
        raise ReadingsError(f"after row {row}: {day} is not later than the last baseline reading, {before[-1].day}")
    return before, later


def _day(point: Point) -> date:
    return point.day


def values_of(points: Sequence[Point]) -> list[Fraction]:
    """Return the values of readings."""
    return [point.value for point in points]


def unequal_totals(points: Sequence[Point]) -> bool:
    """Return whether readings have totals that differ, so that one weighs more than another."""
    return len({point.of for point in points}) > 1


def weighted_mean(points: Sequence[Point]) -> Fraction | None:
    """Return the exact mean, each reading weighed by its total where it has one; None for an empty series."""
    if not points or points[0].of is None:
        return mean_of(values_of(points))
    totals = on_grid([point.of or Fraction() for point in points])
    counts = on_grid([point.value * (point.of or Fraction()) for point in points])
    return counts.exact(sum(counts.values)) / totals.exact(sum(totals.values))


def weight_of(points: Sequence[Point]) -> Fraction:
    """Return the sum of the totals, the number of readings where they have none."""
    if not points or points[0].of is None:
        return Fraction(len(points))
    totals = on_grid([point.of or Fraction() for point in points])
    return totals.exact(sum(totals.values))


@record.dataclass(frozen=True, slots=True)
class IntegerGrid:
    """Values in units of 1/parts."""

    parts: int
    """How many units make one."""
    values: tuple[int, ...]
    """The values, in these units."""

    def exact(self, numerator: int, denominator: int = 1) -> Fraction:
        """Return a quotient of sums of values as an exact value."""
        return Fraction(numerator, denominator * self.parts)


def on_grid(values: Sequence[Fraction]) -> IntegerGrid:
    """Return values as whole numbers of the smallest unit in which all of them are whole."""
    parts = lcm(*{value.denominator for value in values})
    return IntegerGrid(parts, tuple(value.numerator * (parts // value.denominator) for value in values))


def mean_of(values: Sequence[Fraction]) -> Fraction | None:
    """Return the exact mean, or None for an empty series."""
    if not values:
        return None
    grid = on_grid(values)
    return grid.exact(sum(grid.values), len(values))


def as_decimal(value: Fraction) -> Decimal:
    """Return a value in FIFTY_DIGITS; equal fractions give equal decimals."""
    return FIFTY_DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))


def square_root(value: Fraction) -> Decimal:
    """Return the square root of a value in FIFTY_DIGITS."""
    return FIFTY_DIGITS.sqrt(as_decimal(value))


def as_float(value: Fraction | None) -> float | None:
    """Return the nearest number that JSON has; what is larger than all of them becomes the largest."""
    if value is None:
        return None
    try:
        return float(value)
    except OverflowError:
        return float_info.max if value > 0 else -float_info.max


_WEEK = 7
_MONTH_LONG = {range(28, 32): 1, range(89, 93): 3}
"""Distances in days that are whole months where the days of the month agree."""


@record.dataclass(frozen=True, slots=True)
class Gaps:
    """The days on which readings are missing."""

    baseline: tuple[date, ...] = ()
    """Within the baseline."""
    after: tuple[date, ...] = ()
    """Within the result."""


@record.dataclass(frozen=True, slots=True)
class _Period:
    """How far readings lie apart."""

    days: int
    """How long it is, about."""
    months: int = 0
    """How many months of the calendar it has; 0 where it goes by days."""

    def after(self, day: date, count: int) -> date:
        """Return the day on which a reading is due this many periods later."""
        return add_months(day, count * self.months) if self.months else day + timedelta(days=count * self.days)


def gaps(baseline: Sequence[Point], after: Sequence[Point], frequency: str = "") -> Gaps:
    """Return what is missing between readings farther apart than one and a half periods of the metric.

    Without a frequency the period is the most common distance, the smallest of equally common ones. A weekday on which
    there is never a reading is none on which one is missing, where readings are due more often than weekly.
    """
    days = [[point.day for point in stretch] for stretch in (baseline, after)]
    period = _period_of(frequency) or _most_common(days)
    if period is None:
        return Gaps()
    weekdays = {day.weekday() for stretch in days for day in stretch} if period.days < _WEEK else set(range(_WEEK))
    before, later = (tuple(day for day in _missing(stretch, period) if day.weekday() in weekdays) for stretch in days)
    return Gaps(before, later)


def _period_of(frequency: str) -> _Period | None:
    days = DAYS_BETWEEN.get(frequency)
    return _Period(days, MONTHS_BETWEEN.get(frequency, 0)) if days else None


def _most_common(stretches: Sequence[Sequence[date]]) -> _Period | None:
    counted = Counter((later - earlier).days for days in stretches for earlier, later in pairwise(days))
    if not counted:
        return None
    most = max(counted.values())
    usual = min(distance for distance, count in counted.items() if count == most)
    months = next((months for reach, months in _MONTH_LONG.items() if usual in reach), 0)
    return _Period(usual, months if months and _on_one_day([day for days in stretches for day in days]) else 0)


def _on_one_day(days: Sequence[date]) -> bool:
    """Return whether all days are the same one of their months, or all of them the last."""
    return len({day.day for day in days}) == 1 or all(day.day == monthrange(day.year, day.month)[1] for day in days)


def _missing(days: Sequence[date], period: _Period) -> Iterator[date]:
    for earlier, later in pairwise(days):
        due, count = earlier, 0
        while 2 * (later - due).days > 3 * period.days:
            count += 1
            due = period.after(earlier, count)
            if 2 * (later - due).days > period.days:
                yield due
