"""Arithmetic on targets: which end of a range counts, which readings fit in time, and figures in words."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from cimodel_tui.coach.finding import Finding, Situation, as_number
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.model.baseline import DAYS_BETWEEN, MONTHS_BETWEEN, Metric, period_end
from cimodel_tui.model.day import add_months, as_day
from cimodel_tui.model.number import decimals_in, show_number
from cimodel_tui.model.plan import Action
from cimodel_tui.model.target import Promise
from cimodel_tui.record import dataclass

EVENTS = "events"
"""The kind of metric of which days between events are shown."""

_OTHER_SIDE = {"higher": "lower", "lower": "higher"}


def as_count(text: str) -> int:
    """Return a count as typed, 0 if it is not a count."""
    number = as_number(text)
    return int(number) if number and number.denominator == 1 and number > 0 else 0


def promises(situation: Situation) -> list[tuple[Metric, Promise]]:
    """Return the outcome metrics that have a row of targets, with it."""
    rows = {row.id: row for row in situation.iteration.target.targets}
    return [
        (each, rows[each.id]) for each in situation.iteration.baseline.metrics if each.id in rows and each.is_outcome
    ]


def aim_of(metric: Metric, promise: Promise) -> tuple[Fraction, Fraction] | None:
    """Return the lower and the upper end of what is promised, the same twice for a single value."""
    value = as_number(promise.value)
    if value is not None:
        return value, value
    low, high = as_number(promise.low), as_number(promise.high)
    if low is not None and high is not None:
        return min(low, high), max(low, high)
    one = low if side_of(metric) == "higher" else high
    return None if one is None else (one, one)


def side_of(metric: Metric) -> str:
    """Return the better side of a metric's figures: longer days between where fewer events are better."""
    return _OTHER_SIDE.get(metric.side, metric.side) if metric.kind == EVENTS else metric.side


def nearer_end(metric: Metric, aim: tuple[Fraction, Fraction], start: Fraction) -> Fraction:
    """Return the end of a promise that is met first on the way from the baseline."""
    low, high = aim
    side = side_of(metric)
    if side in ("higher", "lower"):
        return low if side == "higher" else high
    return min(max(start, low), high)


def is_move(promise: Promise) -> bool:
    """Tell whether a metric is to be moved, not held."""
    return promise.promise in ("", "move")


def last_due(situation: Situation) -> tuple[date, Action] | None:
    """Return the action that is due last, dropped ones aside, with its day."""
    iteration = situation.iteration
    current = (row for row in iteration.plan.actions if situation.progress(row).status != "dropped")
    days = [(day, row) for row in current if (day := as_day(row.due))]
    return max(days, key=lambda pair: pair[0], default=None)


def count_fitting(metric: Metric, after: date, until: date) -> int:
    """Return how many readings have their periods after one day and up to another; one where the period is unknown."""
    days = (until - after).days
    months = MONTHS_BETWEEN.get(metric.frequency)
    count = max(0, days // DAYS_BETWEEN.get(metric.frequency, max(days, 1)))
    while months and count and (day_of_reading(metric, after, count) or date.max) > until:
        count -= 1
    return count


def day_of_reading(metric: Metric, after: date, count: int) -> date | None:
    """Return the last day of the period of the n-th reading after a day; None if that is unknown."""
    if count > 1 and metric.frequency not in DAYS_BETWEEN:
        return None
    try:
        first = after + timedelta(days=1)
        if months := MONTHS_BETWEEN.get(metric.frequency):
            return period_end(add_months(first, (count - 1) * months), metric.frequency)
        return after + timedelta(days=count * DAYS_BETWEEN.get(metric.frequency, 1))
    except (OverflowError, ValueError):
        return None


def readings_needed(promise: Promise) -> int:
    """Return how many result readings the success rule needs before it can be judged."""
    return max(1, as_count(promise.rule_n)) if promise.rule in ("mean-of-last", "each-of-last") else 1


def decimals(situation: Situation, metric: Metric, *more: str) -> int:
    """Return the most decimals in which a reading of this metric, or one of these numbers, was typed."""
    typed = (decimals_in(text) for text in more if as_number(text) is not None)
    return max(situation.decimals(metric), *typed, 0)


def format_number(number: Fraction, places: int) -> str:
    """Return a number in words, with this many decimals and without idle zeros."""
    text = show_number(number, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_of(metric: Metric) -> str:
    """Return the unit of a metric's figures; of events it is days between."""
    return "days between" if metric.kind == EVENTS else "%" if metric.kind == "share" else metric.unit.strip()


def name_of(metric: Metric) -> str:
    """Return a metric's name for a message."""
    return metric.name.strip() or "The metric"


def and_list(names: Iterable[str]) -> str:
    """Return names in words: `A`, `A and B`, `A, B and C`."""
    *most, last = (*names,) or ("",)
    return f"{', '.join(most)} and {last}" if most else last


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the target of one metric."""

    metric: Metric
    """The metric."""
    words: str
    """What is wrong, as it follows the metric's name."""
    looked_at: str
    """What was compared."""
    advice: str = ""
    """What to do about it; shown once if several metrics have the same problem."""


def one_finding(
    situation: Situation, rule: str, problems: Iterable[Problem], remedy: Remedy | None = None, column: str = "value"
) -> Iterator[Finding]:
    """Yield one finding for the same thing about several metrics; a remedy serves a single one."""
    found = list(problems)
    if not found:
        return
    same = all(each.words == found[0].words for each in found)
    apart = " ".join(f"{name_of(each.metric)}: {each.words}" for each in found)
    together = f"{and_list(name_of(each.metric) for each in found)}: {found[0].words}"
    message = " ".join((together if same else apart, *dict.fromkeys(each.advice for each in found if each.advice)))
    place = situation.place("target", "targets", found[0].metric.id, column)
    opening = Remedy("Open the target", RemedyKind.OPEN, place)
    looked_at = "\n".join(f"{each.metric.id} {each.looked_at}" for each in found)
    yield Finding(rule, place, message, looked_at, (len(found) == 1 and remedy) or opening)
