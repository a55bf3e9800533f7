"""A reading that counts: its day and its exact value; in date order, one a day, the result after the baseline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


class ReadingsError(ValueError):
    """Readings that cannot be judged; the message is one line that names list and row, counted from 1."""


@dataclass(frozen=True, slots=True)
class Point:
    """One reading that counts."""

    day: date
    """Its date."""
    value: Fraction
    """Its exact value, in the metric's unit."""


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
