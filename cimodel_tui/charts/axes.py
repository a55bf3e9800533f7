"""Keeping marks and words from covering each other."""

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import chain, pairwise

from cimodel_tui.charts.number_format import shown
from cimodel_tui.model.day import MONTHS
from cimodel_tui.record import dataclass

_STEPS = (1, 2, 5)
_ROWS_A_STEP = (2, 3, 4, 1, 5)
_UNITS = sorted(
    (Fraction(step, every) * (10 if step < every else 1), rank, every)
    for step in _STEPS
    for rank, every in enumerate(_ROWS_A_STEP)
)
"""What a row can be worth between 1 and 10, the better one of two that are worth the same first."""

_LARGEST = Fraction(sys.float_info.max)
_MOST_DECIMALS = 12
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows of equal worth, counted from the lowest one; every so many units a figure stands."""

    unit: Fraction
    """What one row is worth."""
    first: int
    """The value of the lowest row, in units."""
    rows: int
    """How many rows there are."""
    every: int
    """A figure stands where the units divide by this."""

    def place(self, value: float) -> float:
        """Return where a value lies: 0 is the middle of the lowest row, rows - 1 that of the highest."""
        return float(Fraction(value) / self.unit - self.first)

    def row(self, value: float) -> int:
        """Return the row in whose band a value lies, held within the scale."""
        parts, whole = value.as_integer_ratio()
        nearest = _nearest(parts * self.unit.denominator, whole * self.unit.numerator)
        return min(max(nearest - self.first, 0), self.rows - 1)

    def ticks(self) -> Iterator[tuple[int, str]]:
        """Yield rows and the figures beside them, from the lowest."""
        decimals = _decimals(self.unit * self.every)
        for row in range(-self.first % self.every, self.rows, self.every):
            value = (self.first + row) * self.unit
            yield row, shown(float(min(max(value, -_LARGEST), _LARGEST)), decimals)


def scale_for(
    values: Iterable[float],
    rows: int,
    *,
    least: float | None = None,
    most: float | None = None,
    dense: bool = False,
) -> Scale:
    """Return the finest scale of at most so many rows (2 at least) that holds all values.

    Rows left over go to both ends alike, but not to where no value can be: below `least` or above `most`. With `dense`
    every row has its figure, and there are no rows but those that are needed.
    """
    rows = max(rows, _FEWEST_ROWS)
    low, high = _span(values)
    fitting = _candidates(low, high, rows, dense=dense)
    filled = (each if dense else _filled(each, rows, least, most) for each in fitting)
    finest = next(filled)
    return next((each for each in chain((finest,), filled) if not _bare(each)), finest)


def _bare(scale: Scale) -> bool:
    return len(range(-scale.first % scale.every, scale.rows, scale.every)) < _FEWEST_ROWS


def _span(values: Iterable[float]) -> tuple[Fraction, Fraction]:
    known = tuple(values) or (0.0,)
    low, high = Fraction(min(known)), Fraction(max(known))
    if low < high:
        return low, high
    room = abs(low) / 10 or Fraction(1)
    return low - room, high + room


def _candidates(low: Fraction, high: Fraction, rows: int, *, dense: bool) -> Iterator[Scale]:
    """Yield the scales of at most so many rows that hold both ends, the finest first."""
    room = (high - low) / rows
    digits = len(str(room.numerator)) - len(str(room.denominator))
    for power in range(digits - 3, digits + 4):
        worth = Fraction(10) ** power
        for part, _, every in _UNITS:
            unit = part * worth
            if unit < room or (dense and every > 1):
                continue
            first, last = (_nearest(*(each / unit).as_integer_ratio()) for each in (low, high))
            if last - first < rows:
                yield Scale(unit, first, last - first + 1, every)


def _filled(scale: Scale, rows: int, least: float | None, most: float | None) -> Scale:
    floor = None if least is None else math.ceil(Fraction(least) / scale.unit)
    ceiling = None if most is None else math.floor(Fraction(most) / scale.unit)
    first, last = scale.first, scale.first + scale.rows - 1
    down = True
    while last - first + 1 < rows:
        lower, higher = floor is None or first > floor, ceiling is None or last < ceiling
        if not lower and not higher:
            break
        if (down and lower) or not higher:
            first -= 1
        else:
            last += 1
        down = not down
    return replace(scale, first=first, rows=last - first + 1)


def _nearest(parts: int, whole: int) -> int:
    """Return the whole number next to a quotient, the higher one of two as near."""
    return (2 * parts + whole) // (2 * whole)


def _decimals(step: Fraction) -> int:
    decimals = 0
    while decimals < _MOST_DECIMALS and (step * 10**decimals).denominator > 1:
        decimals += 1
    return decimals


def day_and_month(day: date) -> str:
    """Return a day as 5 Jan."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def full_day(day: date) -> str:
    """Return a day as 5 Jan 2026."""
    return f"{day_and_month(day)} {day.year}"


def date_labels(
    days: Sequence[date], centre: Callable[[int], float], width: float, *, cell: float = 1, gap: float = 2
) -> tuple[tuple[int, float, str], ...]:
    """Choose which positions get a date: as many as have room, first and last before the others.

    Return position, left edge and text, from left to right. `centre` gives the place of a position, `cell` the width of
    a character. The year stands with the first date and wherever it is another one than before.
    """
    for count in range(min(len(days), max(int(width / (6 * cell)), 1)), 0, -1):
        found = _placed(days, _spread(len(days), count), centre, width, cell)
        edges = [(left, left + len(text) * cell) for _, left, text in found]
        apart = all(after[0] - before[1] >= gap for before, after in pairwise(edges))
        if apart and all(right - left <= width for left, right in edges):
            return found
    return ()


def _spread(length: int, count: int) -> list[int]:
    if count == 1:
        return [length - 1]
    return [round(step * (length - 1) / (count - 1)) for step in range(count)]


def _placed(
    days: Sequence[date], chosen: Sequence[int], centre: Callable[[int], float], width: float, cell: float
) -> tuple[tuple[int, float, str], ...]:
    found = []
    year = 0
    for position in chosen:
        day = days[position]
        text = day_and_month(day) if day.year == year else full_day(day)
        year = day.year
        wide = len(text) * cell
        found.append((position, min(max(centre(position) - wide / 2, 0), width - wide), text))
    return tuple(found)


def apart(wanted: Sequence[float], gap: float, most: float) -> tuple[float, ...]:
    """Return places at least a gap apart and at most `most`, as near as can be to those wanted.

    The places are given and returned in rising order, so that the order of what they stand for stays right.
    """
    found = list(wanted)
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + gap)
    edge = most + gap
    for index in reversed(range(len(found))):
        found[index] = edge = min(found[index], edge - gap)
    return tuple(found)
