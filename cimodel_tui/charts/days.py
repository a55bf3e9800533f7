"""Dates below a chart: short, in English month names, and never over each other."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_and_month(day: date) -> str:
    """Return a day as 5 Jan."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


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
