"""Figures and days in sentences: enough decimals to tell achieved from target, and no more."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from cimodel_tui.measurement.judgement import Judgement
from cimodel_tui.measurement.point import Point
from cimodel_tui.model.number import decimals_of, decimals_to_tell, show_number

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_DECIMALS = 6
_PER_CENT = "%"


def decimals(case: Judgement) -> int:
    """Return the decimals of the readings, more where baseline, achieved and target would look alike.

    The mean of whole numbers has one decimal where it is none itself.
    """
    aim = case.question.aim
    ends = (aim.low, aim.high) if aim else ()
    told_apart = [each for each in (case.limits.mean, case.achieved, *ends) if each is not None]
    parts = {point.value.denominator for point in (*case.question.baseline, *case.question.after)}
    typed = max((decimals_of(Fraction(1, each)) for each in parts), default=0)
    means = (case.limits.mean, case.achieved)
    broken = any(mean is not None and mean.denominator > 1 for mean in means)
    return decimals_to_tell(told_apart, min(max(typed, int(broken)), _MOST_DECIMALS))


def figure(case: Judgement, value: Fraction | None) -> str:
    """Return a value of the metric without its unit."""
    return "none" if value is None else show_number(value, decimals(case))


def with_unit(text: str, unit: str) -> str:
    """Return a figure and its unit."""
    return f"{text} {unit.strip()}".rstrip()


def change_words(case: Judgement) -> str:
    """Return the change with its sign; a metric in per cent changes by percentage points first."""
    if case.change is None:
        return ""
    unit = case.question.unit.strip()
    unit = "percentage points" if unit == _PER_CENT else unit
    plus = "+" if case.change > 0 else ""
    words = with_unit(f"{plus}{figure(case, case.change)}", unit)
    if case.percent_change is None:
        return words
    return f"{words} ({plus}{show_number(case.percent_change, 0)} %)"


def count(number: int, noun: str = "reading") -> str:
    """Return a number and what is counted."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def day_words(day: date, year: int | None = None) -> str:
    """Return a day as in `21 Jun`, with its year where it is another than the one given."""
    short = f"{day.day} {_MONTHS[day.month - 1]}"
    return short if day.year == year else f"{short} {day.year}"


def stretch_words(points: Sequence[Point]) -> str:
    """Return how many readings there are, and from when to when."""
    if not points:
        return count(0)
    first, last = points[0].day, points[-1].day
    if first == last:
        return f"{count(len(points))}, {day_words(last)}"
    return f"{count(len(points))}, {day_words(first, last.year)} to {day_words(last)}"
