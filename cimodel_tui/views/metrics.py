"""A metric before its result, in words: its baseline, its gap, its objective, its due day."""

from datetime import date

from cimodel_tui.measurement import (
    Aim,
    Pace,
    Rule,
    caveat_words,
    clip_limits,
    detectability_of,
    detectability_of_events,
    ends_of,
    figure,
    late_words,
    readings_needed_for_share,
)
from cimodel_tui.measurement.figures import day_words, decimals, stretch_words, with_unit
from cimodel_tui.model.day import as_day
from cimodel_tui.model.number import count, show_number
from cimodel_tui.workbook.measure import MeasuredIteration, MeasuredMetric, summary_line

RULE_WORDS = {
    "mean": "the mean of the result",
    "mean-of-last": "the mean of the last {}",
    "each-of-last": "each of the last {}",
    "latest": "the latest reading",
}


def baseline_words(one: MeasuredMetric) -> str:
    """Return number of readings, mean and limits of the baseline so far."""
    case = one.case
    if not case.limits.n:
        return "no baseline reading yet"
    mean = with_unit(figure(case, case.limits.mean), one.unit)
    if case.counts:
        return f"{count(case.counts.before, 'gap')} in {count(case.counts.days_before, 'day')} · mean {mean}"
    words = f"{stretch_words(case.question.baseline)} · mean {mean}"
    values = [point.value for point in case.question.baseline]
    lower, upper = clip_limits(case.limits, values, one.unit)
    if lower is None or upper is None:
        return words
    places = decimals(case) + 1
    return f"{words} · limits {show_number(lower, places)} to {show_number(upper, places)}"


def caveats(one: MeasuredMetric) -> tuple[str, ...]:
    """Return the result with the readings that are set aside, and the caveats of the baseline."""
    found = caveat_words(one.case) if one.case.limits.n else ()
    return (*_with_set_aside(one), *found)


def _with_set_aside(one: MeasuredMetric) -> tuple[str, ...]:
    if one.whole is None:
        return ()
    aside = one.whole.limits.n + one.whole.after_limits.n - one.case.limits.n - one.case.after_limits.n
    there = f"with the {aside} set aside: {summary_line(one.whole)}"
    return (f"{there} · {one.whole.verdict}" if one.whole.verdict else there,)


def gap_words(one: MeasuredMetric) -> str:
    """Return the gap from the baseline to the target, in words."""
    case, promise = one.case, one.promise
    if one.problem or promise is None:
        return one.problem or "no target yet"
    aim, start = case.question.aim, case.limits.mean
    if aim is None:
        return "no target yet"
    by = as_day(promise.by)
    due = f" by {day_words(by)}" if by else ", no date yet"
    judged = RULE_WORDS[case.question.rule.kind].format(case.question.rule.n)
    if start is None:
        return f"to {with_unit(aim.words(), one.unit)}{due}, judged by {judged}; no baseline to start from"
    unit = "percentage points" if one.unit.strip() == "%" else one.unit
    gap = with_unit(figure(case, max(aim.distance(start), type(start)())), unit)
    way = f"from {figure(case, start)} to {with_unit(aim.words(), one.unit)}{due}"
    return f"{way}: a gap of {gap}, judged by {judged}"


def detectability_words(one: MeasuredMetric, result_from: date | None) -> tuple[str, bool]:
    """Return whether the change can be detected, and whether the target could be met by luck; empty without one."""
    case = one.case
    aim: Aim | None = case.question.aim
    if aim is None or one.promise is None or not case.limits.n:
        return "", False
    rule: Rule = case.question.rule
    question = case.question
    if case.counts:
        days = (question.by - result_from).days + 1 if question.by and result_from else case.counts.days_before
        found = detectability_of_events(case.counts, aim, max(days, 1))
        return found.sentence, bool(found.inside)
    pace = Pace(result_from, one.metric.frequency, question.by)
    ends = ends_of([point.value for point in question.baseline], one.unit)
    found = detectability_of(case.limits, aim, rule, question.better, pace, ends)
    return " ".join(filter(None, (found.sentence, _share_words(one)))), bool(found.inside)


def _share_words(one: MeasuredMetric) -> str:
    """Return how many cases each side needs where the metric is a share that goes from one value to another."""
    start, aim = one.case.limits.mean, one.case.question.aim
    goal = (aim.low if aim.low is not None else aim.high) if aim else None
    if one.unit.strip() != "%" or start is None or goal is None:
        return ""
    before, after = start / 100, goal / 100
    needed = readings_needed_for_share(before, after) if 0 <= before <= 1 and 0 <= after <= 1 else None
    return f"As a share of single cases, about {needed} of them are needed on each side." if needed else ""


def objective(measured: MeasuredIteration) -> str:
    """Return the objective in one sentence, drafted from the targets; empty where there is none."""
    return " ".join(filter(None, map(_objective, measured.metrics)))


def _objective(one: MeasuredMetric) -> str:
    case, promise = one.case, one.promise
    aim, start = case.question.aim, case.limits.mean
    if promise is None or aim is None:
        return ""
    by = as_day(promise.by)
    due = f" by {day_words(by)}" if by else ""
    judged = RULE_WORDS[case.question.rule.kind].format(case.question.rule.n)
    to = with_unit(aim.words(), one.unit)
    if case.question.promise == "hold":
        return f"Hold {one.display_name} at {to}{due}, judged by {judged}."
    origin = f" from {figure(case, start)}" if start is not None else ""
    return f"Move {one.display_name}{origin} to {to}{due}, judged by {judged}."


def due_words(one: MeasuredMetric, today: date) -> str:
    """Return the target's day and how late it was on a day, for the steering line: today, or when it was verified."""
    by = as_day(one.promise.by) if one.promise else None
    if by is None:
        return ""
    met = one.record.get("target_met")
    days = one.case.days_late if met else max(0, (today - by).days)
    late = f", {late_words(days)}" if days else ""
    return f"due {day_words(by, today.year)}{late}"
