"""Axes of charts: scales with round steps, the dates below them, and numbers as text.

A number shows enough decimals to differ from the others, and no more.
"""

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import chain, combinations, pairwise

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
_MAX_STEP_DECIMALS = 12
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows of equal worth, counted from the lowest one; every so many units is labelled."""

    unit: Fraction
    """What one row is worth."""
    first: int
    """The value of the lowest row, in units."""
    rows: int
    """How many rows there are."""
    every: int
    """A row is labelled if its value in units is divisible by this."""

    def place(self, value: float) -> float:
        """Return where a value lies: 0 is the middle of the lowest row, rows - 1 that of the highest."""
        return float(Fraction(value) / self.unit - self.first)

    def row(self, value: float) -> int:
        """Return the row in whose band a value lies, clamped to the scale."""
        parts, whole = value.as_integer_ratio()
        nearest = _nearest(parts * self.unit.denominator, whole * self.unit.numerator)
        return min(max(nearest - self.first, 0), self.rows - 1)

    def ticks(self) -> Iterator[tuple[int, str]]:
        """Yield rows and the figures beside them, from the lowest."""
        decimals = _decimals(self.unit * self.every)
        for row in range(-self.first % self.every, self.rows, self.every):
            value = (self.first + row) * self.unit
            yield row, format_number(float(min(max(value, -_LARGEST), _LARGEST)), decimals)


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
    extended = (each if dense else _extend_to_rows(each, rows, least, most) for each in fitting)
    finest = next(extended)
    return next((each for each in chain((finest,), extended) if not _has_few_labels(each)), finest)


def _has_few_labels(scale: Scale) -> bool:
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


def _extend_to_rows(scale: Scale, rows: int, least: float | None, most: float | None) -> Scale:
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
    while decimals < _MAX_STEP_DECIMALS and (step * 10**decimals).denominator > 1:
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
    a character. The year is shown with the first date and wherever it changes.
    """
    for count in range(min(len(days), max(int(width / (6 * cell)), 1)), 0, -1):
        found = _place_labels(days, _evenly_spaced(len(days), count), centre, width, cell)
        edges = [(left, left + len(text) * cell) for _, left, text in found]
        has_gaps = all(after[0] - before[1] >= gap for before, after in pairwise(edges))
        if has_gaps and all(right - left <= width for left, right in edges):
            return found
    return ()


def _evenly_spaced(length: int, count: int) -> list[int]:
    if count == 1:
        return [length - 1]
    return [round(step * (length - 1) / (count - 1)) for step in range(count)]


def _place_labels(
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


def spread_apart(wanted: Sequence[float], gap: float, most: float) -> tuple[float, ...]:
    """Return places at least a gap apart and at most `most`, as near as can be to those wanted.

    The places are given and returned in rising order.
    """
    found = list(wanted)
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + gap)
    edge = most + gap
    for index in reversed(range(len(found))):
        found[index] = edge = min(found[index], edge - gap)
    return tuple(found)


_MAX_DECIMALS = 6
_TOO_LONG = 1e12
_TOO_SMALL = 1e-6


def format_number(value: float, decimals: int) -> str:
    """Return a number with so many decimals and commas between thousands; very long ones in powers of ten."""
    if _is_extreme(value):
        return f"{value:.4g}"
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def format_set_value(value: float) -> str:
    """Return a chosen number, such as a target, without zeros at its end."""
    text = format_number(value, _MAX_DECIMALS)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


_THREE_DIGITS = 100
"""From here on a number shows three digits without decimals."""


def decimals_for(measured: Iterable[float], set_by_people: Iterable[float] = ()) -> int:
    """Return the decimals at which different numbers look different, at least three digits for numbers below 100.

    What is not quite 0 or 100 does not look like it either: 99.96 % is not 100.0 %.
    """
    values = tuple(measured)
    targets = (*set_by_people, 0.0, 100.0)
    largest = max(map(abs, values), default=0)
    decimals = 0 if largest >= _THREE_DIGITS else 1 if largest >= 1 else 2
    while decimals < _MAX_DECIMALS and _look_alike(values, targets, decimals):
        decimals += 1
    return decimals


def _look_alike(values: tuple[float, ...], targets: tuple[float, ...], decimals: int) -> bool:
    pairs = [*combinations(values, 2), *((value, target) for value in values for target in targets)]
    return any(a != b and not _is_extreme(a) and round(a, decimals) == round(b, decimals) for a, b in pairs)


def _is_extreme(value: float) -> bool:
    return abs(value) >= _TOO_LONG or 0 < abs(value) < _TOO_SMALL


def format_range(values: tuple[float, ...]) -> str:
    """Return one number, or a range of two, as text."""
    return " to ".join(format_set_value(value) for value in values)


def require_finite(**named: Iterable[float | None]) -> None:
    """Raise ValueError that names the field if a value is not finite."""
    for name, values in named.items():
        if any(value is not None and not abs(value) < float("inf") for value in values):
            raise ValueError(f"{name} must be finite numbers")
