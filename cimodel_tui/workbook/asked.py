"""What is asked of the readings of one metric: its stretches, its target and its rule, as they were typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from cimodel_tui.measurement import Aim, AimError, Judgement, Point, Question, Rule, RuleError, judge
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.model.stretch import Stretch, baseline_stretch, readings_in, result_stretch
from cimodel_tui.model.target import Limit, Promise


def promised(metric: Metric, held: Promise | Limit | None) -> tuple[Aim | None, Rule, str]:
    """Return target and rule as typed, and what stands against judging by them."""
    if held is None:
        return None, Rule(), ""
    try:
        aim = Aim.from_texts(metric.side, held.value, held.low, held.high)
        return aim, _rule(held) if isinstance(held, Promise) else Rule(), ""
    except (AimError, RuleError, UnreadableNumberError, ValueError) as problem:
        return None, Rule(), f"Its target cannot be judged: {problem}."


def _rule(promise: Promise) -> Rule:
    kind = promise.rule or "mean"
    n = read_number(promise.rule_n) if promise.rule_n.strip() and kind.endswith("-of-last") else None
    if n is not None and n.denominator != 1:
        raise RuleError("a rule takes a whole number of readings")
    return Rule(kind, None if n is None else int(n))


def question_of(
    improvement: Improvement,
    iteration: Iteration,
    metric: Metric,
    aim: Aim | None,
    rule: Rule,
    held: Promise | Limit | None,
) -> Question:
    """Return what is asked of one metric of an iteration."""
    result = result_stretch(iteration)
    promise = held if isinstance(held, Promise) else None
    return Question(
        better=metric.side,
        promise="hold" if promise and promise.promise == "hold" else "move",
        aim=aim,
        rule=rule,
        baseline=tuple(points(improvement, metric.id, baseline_stretch(iteration))),
        after=tuple(points(improvement, metric.id, result)) if result else (),
        agreed=iteration.baseline.seal is not None,
        by=as_day(promise.by) if promise else None,
        name=metric.name,
        unit=metric.unit,
    )


def whole(improvement: Improvement, iteration: Iteration, metric: Metric, question: Question) -> Judgement | None:
    """Return the judgement with the readings that are set aside, none where none is."""
    result = result_stretch(iteration)
    before = tuple(points(improvement, metric.id, baseline_stretch(iteration), aside=True))
    after = tuple(points(improvement, metric.id, result, aside=True)) if result else ()
    if len(before) + len(after) == len(question.baseline) + len(question.after):
        return None
    return judge(replace(question, baseline=before, after=after))


def points(improvement: Improvement, metric: str, stretch: Stretch, *, aside: bool = False) -> Iterator[Point]:
    """Yield the readings that count, in date order; those that are set aside only where asked for."""
    for day, reading in readings_in(improvement, metric, stretch):
        value = _value(reading.value)
        if value is not None and (aside or reading.set_aside is None):
            yield Point(day, value)


def _value(text: str) -> Fraction | None:
    try:
        return read_number(text)
    except UnreadableNumberError:
        return None


def points_after(improvement: Improvement, metric: str, last: date | None) -> Iterator[Point]:
    """Yield the readings after a day that count."""
    yield from (point for point in points(improvement, metric, Stretch()) if last is None or point.day > last)
