"""Figures and days in sentences: enough decimals to tell achieved from target, and no more."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from cimodel_tui.measurement.readings import Point
from cimodel_tui.measurement.signals import side_of
from cimodel_tui.measurement.verdict import Judgement
from cimodel_tui.measurement.xmr import DOWN, UP
from cimodel_tui.model.baseline import EVENTS, WITH_TOTALS
from cimodel_tui.model.day import MONTHS
from cimodel_tui.model.number import MOST_DECIMALS, count, decimals_of, decimals_to_tell, show_number

DAYS_BETWEEN = "days between"
"""The unit of rare events."""

_MOST_DECIMALS = 6
_PER_CENT = "%"
_DIGITS_OF_A_RATE = 3
_WEEK, _TWO_WEEKS = 7, 14
_TIMES = (
    *("ms", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes"),
    *("h", "hr", "hrs", "hour", "hours", "d", "day", "days", "week", "weeks", "month", "months"),
)
_LONG_NUMBERS = {100: "a hundred", 1000: "a thousand", 10_000: "ten thousand", 100_000: "a hundred thousand"}
_MILLION = 1_000_000


def decimals(case: Judgement) -> int:
    """Return the decimals of the readings, more where baseline, achieved and target would look alike.

    The mean of whole numbers has one decimal where it is none itself.
    """
    aim = case.question.aim
    ends = (aim.low, aim.high) if aim else ()
    told_apart = [each for each in (case.limits.mean, case.achieved, *ends) if each is not None]
    means = (case.limits.mean, case.achieved)
    broken = any(mean is not None and mean.denominator > 1 for mean in means)
    return decimals_to_tell(told_apart, min(max(_typed(case), int(broken)), _MOST_DECIMALS))


def _typed(case: Judgement) -> int:
    """Return the decimals of the readings; one for shares and days between, three digits for rates, without an end."""
    kind, points = case.question.kind, (*case.question.baseline, *case.question.after)
    if kind == EVENTS:
        return 0
    found = max((decimals_of(Fraction(1, each)) for each in {point.value.denominator for point in points}), default=0)
    if kind not in WITH_TOTALS or (found < MOST_DECIMALS and not case.limits.weighted):
        return found
    return decimals_to_show(case.limits.mean or Fraction(1), kind)


def decimals_to_show(value: Fraction, kind: str) -> int:
    """Return the decimals of a figure with a total: one of a share or a mean, three digits of a rate."""
    return _for_digits(value) if kind == "rate" else 1


def _for_digits(value: Fraction) -> int:
    """Return the decimals at which a value shows three digits, at least one."""
    places = 1
    while places < _MOST_DECIMALS and 0 < abs(value) * 10**places < 10 ** (_DIGITS_OF_A_RATE - 1):
        places += 1
    return places


def figure(case: Judgement, value: Fraction | None) -> str:
    """Return a value of the metric without its unit."""
    return "none" if value is None else show_number(value, decimals(case))


def achieved_figure(case: Judgement) -> str:
    """Return the achieved value without its unit; without any event it is more than the days so far."""
    more = "more than " if case.counts is not None and not case.counts.after else ""
    return f"{more}{figure(case, case.achieved)}"


def unit_of(case: Judgement) -> str:
    """Return the unit of the metric's figures."""
    return DAYS_BETWEEN if case.question.kind == EVENTS else case.question.unit


def with_unit(text: str, unit: str) -> str:
    """Return a figure and its unit."""
    return f"{text} {unit.strip()}".rstrip()


def change_words(case: Judgement) -> str:
    """Return the change with its sign; a metric in per cent changes by percentage points first."""
    if case.change is None:
        return ""
    unit = _unit_of_a_difference(case)
    plus = "+" if case.change > 0 else ""
    words = with_unit(f"{plus}{figure(case, case.change)}", unit)
    if case.percent_change is None:
        return words
    return f"{words} ({plus}{show_number(case.percent_change, 0)} %)"


def _unit_of_a_difference(case: Judgement) -> str:
    unit = unit_of(case).strip()
    return "percentage points" if unit == _PER_CENT else unit


def difference_words(case: Judgement) -> str:
    """Return what the usual variation leaves open of the difference; empty below six readings on either side."""
    if case.difference is None:
        return ""
    low, high = case.difference
    unit = _unit_of_a_difference(case)
    sides = {UP: "longer", DOWN: "shorter"} if unit.lower() in _TIMES else {UP: "higher", DOWN: "lower"}
    least, most = (figure(case, abs(end)) for end in (low, high))
    if low >= 0 or high <= 0:
        smaller, larger = (least, most) if low >= 0 else (most, least)
        return f"between {smaller} and {with_unit(larger, unit)} {sides[UP if low >= 0 else DOWN]}"
    side = _lasting_side(case)
    if side:
        return f"{sides[side]}, by up to {with_unit(most if side == UP else least, unit)}"
    return f"between {least} {sides[DOWN]} and {with_unit(most, unit)} {sides[UP]}"


def _lasting_side(case: Judgement) -> int:
    """Return the side to which the readings moved for good, 0 for none."""
    kind, _, side = case.level.partition("-")
    if kind != "sustained":
        return 0
    better = UP if case.question.side == "higher" else DOWN
    return {"better": better, "worse": -better}.get(side) or side_of(case.level)


def late_words(days: int) -> str:
    """Return how late something is: in days below two weeks, then in whole weeks, rounded down."""
    return f"{count(days, 'day') if days < _TWO_WEEKS else count(days // _WEEK, 'week')} late"


def day_words(day: date, year: int | None = None) -> str:
    """Return a day as in `21 Jun`, with its year where it is another than the one given."""
    short = f"{day.day} {MONTHS[day.month - 1]}"
    return short if day.year == year else f"{short} {day.year}"


def stretch_words(points: Sequence[Point]) -> str:
    """Return how many readings there are, and from when to when."""
    if not points:
        return count(0)
    first, last = points[0].day, points[-1].day
    if first == last:
        return f"{count(len(points))}, {day_words(last)}"
    return f"{count(len(points))}, {day_words(first, last.year)} to {day_words(last)}"


def chance_words(case: Judgement) -> str:
    """Return counts and days of rare events, and how often chance gives that much: *about one in a hundred*."""
    if case.counts is None:
        return ""
    counts = case.counts
    after = str(counts.after) if counts.after else "none"
    counts_text = f"{counts.before} in {count(counts.days_before, 'day')}, then {after} in {counts.days_after}"
    if not counts.can_tell or counts.between_before is None or counts.between_after is None:
        return counts_text
    side = UP if not counts.after or counts.between_after >= counts.between_before else DOWN
    return f"{counts_text}: {_odds(counts.tail(side)[1])}"


def _odds(chance: Fraction) -> str:
    """Return how often something happens by chance alone, to two digits."""
    if chance * _MILLION < 1:
        return "less than one in a million"
    rounded = int(float(f"{float(1 / chance):.2g}"))
    return f"about one in {_LONG_NUMBERS.get(rounded, rounded)}" if rounded > 1 else "no more than chance gives"
