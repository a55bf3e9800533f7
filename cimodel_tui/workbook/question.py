"""The question that the readings of one metric answer: stretches, target, rule, and the day of the check."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from cimodel_tui.measurement import Aim, AimError, Judgement, Point, Question, Rule, RuleError, judge
from cimodel_tui.measurement.stored_readings import figures_of, kind_of, points_of, side_of_metric, unit_of_metric
from cimodel_tui.model.agreement import counted_same_way
from cimodel_tui.model.answer import row_of
from cimodel_tui.model.baseline import EVENTS, Metric, period_end
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, Stretch, baseline_stretch, readings_in, result_stretch
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.model.target import Limit, Promise
from cimodel_tui.record import dataclass

_A_DAY = timedelta(days=1)


def aim_and_rule(metric: Metric, target_row: Promise | Limit | None) -> tuple[Aim | None, Rule, str]:
    """Return target and rule as typed, and the reason why they cannot be used."""
    if target_row is None:
        return None, Rule(), ""
    try:
        aim = Aim.from_texts(side_of_metric(metric), target_row.value, target_row.low, target_row.high)
        rule = _rule(target_row) if isinstance(target_row, Promise) else Rule()
    except (AimError, RuleError, UnreadableNumberError, ValueError) as problem:
        return None, Rule(), f"Its target cannot be judged: {problem}."
    return aim, Rule() if kind_of(metric) == EVENTS else rule, ""


def _rule(promise: Promise) -> Rule:
    kind = promise.rule or "mean"
    n = read_number(promise.rule_n) if promise.rule_n.strip() and kind.endswith("-of-last") else None
    if n is not None and n.denominator != 1:
        raise RuleError("a rule takes a whole number of readings")
    return Rule(kind, None if n is None else int(n))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDay:
    """The last day of the result of one metric."""

    last: date | None = None
    """The day; None where the result goes on."""
    agreed: date | None = None
    """The day that was agreed: that of the target, a later one named in advance, or the one that fills the rule."""
    on_agreed_day: bool = True
    """Whether the result ends on that day."""
    looks: int = 1
    """How many times the result is checked up to that day."""


def check_day(improvement: Improvement, iteration: Iteration, metric: Metric) -> CheckDay:
    """Return the last day of the result of a metric.

    It is the day of its target or, where the rule is not full by then, the one on which it fills; a later day to
    keep measuring until takes its place. Once the check is verified the day written down with it holds.
    """
    agreed, looks = agreed_day(improvement, iteration, metric)
    fixed = as_day(iteration.check.counts_to)
    if fixed is None:
        return CheckDay(last=agreed, agreed=agreed, looks=looks)
    last = fixed if agreed is None else min(fixed, agreed)
    return CheckDay(last=last, agreed=agreed, on_agreed_day=agreed is None or fixed >= agreed, looks=looks)


def agreed_day(improvement: Improvement, iteration: Iteration, metric: Metric) -> tuple[date | None, int]:
    """Return the day agreed for the check of a metric, or None where none was, and how many looks lead up to it."""
    promise = row_of(iteration.target.targets, metric.id) if metric.is_outcome else None
    by = as_day(promise.by) if isinstance(promise, Promise) else None
    if by is None or not isinstance(promise, Promise):
        return None, 1
    agreed = max(by, _day_rule_is_full(improvement, iteration, metric, promise) or by)
    until = as_day(iteration.check.measure_until)
    return (until, 2) if until and until > agreed else (agreed, 1)


def _day_rule_is_full(improvement: Improvement, iteration: Iteration, metric: Metric, promise: Promise) -> date | None:
    """Return the last day of the reading with which there are as many as the rule needs; date.max before."""
    if kind_of(metric) == EVENTS:
        return None
    try:
        needed = _rule(promise).needs
    except (RuleError, UnreadableNumberError, ValueError):
        return None
    first = _first_of_result(iteration)
    days = (point.day for point in points(improvement, metric, Stretch(first))) if first else iter(())
    ends = [period_end(day, metric.frequency) for day in days]
    return ends[needed - 1] if len(ends) >= needed else date.max


def _first_of_result(iteration: Iteration) -> date | None:
    stretch = result_stretch(iteration)
    return stretch.first if stretch else None


def build_question(
    improvement: Improvement,
    iteration: Iteration,
    metric: Metric,
    aim: Aim | None,
    rule: Rule,
    target_row: Promise | Limit | None,
    today: date | None = None,
) -> Question:
    """Return the question about one metric of an iteration; the quiet at the end of rare events counts up to today."""
    promise = target_row if isinstance(target_row, Promise) else None
    day = check_day(improvement, iteration, metric)
    before, after = stretches(improvement, iteration, metric)
    first, last = event_days(iteration, day, metric, today)
    return Question(
        better=metric.side,
        promise="hold" if promise and promise.promise == "hold" else "move",
        aim=aim,
        rule=rule,
        baseline=before,
        after=tuple(point for point in after if first is None or last is None or first <= point.day <= last),
        agreed=iteration.baseline.seal is not None,
        by=as_day(promise.by) if promise else None,
        name=metric.name,
        unit=unit_of_metric(metric),
        kind=kind_of(metric),
        frequency=metric.frequency,
        earlier=_earlier(improvement, iteration, metric),
        counts_from=first,
        counts_to=last,
        on_agreed_day=day.on_agreed_day,
        checked=day.looks,
        counted_same_way=counted_same_way(iteration, metric),
    )


def event_days(
    iteration: Iteration, day: CheckDay, metric: Metric, today: date | None
) -> tuple[date | None, date | None]:
    """Return first and last day of the result of rare events; none of another kind, and before there is a day of it."""
    first, fixed = _first_of_result(iteration), as_day(iteration.check.counts_to)
    now = fixed or today
    if kind_of(metric) != EVENTS or first is None or now is None:
        return None, None
    last = min(now, day.last or now)
    return (first, last) if last >= first else (None, None)


def stretches(
    improvement: Improvement, iteration: Iteration, metric: Metric, *, aside: bool = False
) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Return the readings of the baseline and of the result; those that are set aside only with `aside`.

    A reading belongs to a stretch with all of its period. A baseline that ends on the day of a reading means that one,
    and so did the check of an earlier version, which wrote down the day of the last reading.
    """
    stretch, day = baseline_stretch(iteration), check_day(improvement, iteration, metric)
    before = points(improvement, metric, stretch, aside=aside)
    baseline = tuple(
        point for point in before if point.day == stretch.last or stretch.covers(point.day, metric.frequency)
    )
    result = result_stretch(iteration)
    if result is None:
        return baseline, ()
    whole = Stretch(result.first, day.last or result.last)
    frequency = "" if iteration.check.verified and not day.on_agreed_day else metric.frequency
    after = points(improvement, metric, whole, aside=aside)
    return baseline, tuple(point for point in after if whole.covers(point.day, frequency))


def _earlier(improvement: Improvement, iteration: Iteration, metric: Metric) -> tuple[Point, ...]:
    """Return the readings before the baseline that do not belong to it."""
    first = baseline_stretch(iteration).first
    if first is None or first == date.min or kind_of(metric) == EVENTS:
        return ()
    return tuple(points(improvement, metric, Stretch(None, first - _A_DAY)))


def judge_with_set_aside(
    improvement: Improvement, iteration: Iteration, metric: Metric, question: Question
) -> Judgement | None:
    """Return the judgement with the readings that are set aside, or None where none is."""
    if all(each.set_aside is None for each in improvement.readings.get(metric.id, {}).values()):
        return None
    before, after = stretches(improvement, iteration, metric, aside=True)
    first, last = question.counts_from, question.counts_to
    after = tuple(point for point in after if first is None or last is None or first <= point.day <= last)
    if len(before) + len(after) == len(question.baseline) + len(question.after):
        return None
    return judge(replace(question, baseline=before, after=after))


def points(improvement: Improvement, metric: Metric, stretch: Stretch, *, aside: bool = False) -> Iterator[Point]:
    """Yield the readings that count, in date order; those that are set aside only with `aside`."""
    yield from points_of(metric, readings_in(improvement, metric.id, stretch), aside=aside)


def figures(improvement: Improvement, metric: Metric) -> list[tuple[date, Fraction]]:
    """Return day and figure of all readings that count, in date order; of rare events the days since the one before."""
    return list(figures_of(metric, points(improvement, metric, Stretch())))


def points_after(improvement: Improvement, metric: Metric, last: date | None) -> Iterator[Point]:
    """Yield the readings after a day that count."""
    yield from (point for point in points(improvement, metric, Stretch()) if last is None or point.day > last)
