"""Judge one metric: order the readings, compute everything exactly, and state the result in one sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from cimodel_tui.measurement.baseline_checks import Caveats, caveats, started_at_bad_time, uneven_totals
from cimodel_tui.measurement.events import TChart, count_events, days_between, level_of, t_chart
from cimodel_tui.measurement.readings import ReadingsError, gaps, in_order, split, unequal_totals, weight_of
from cimodel_tui.measurement.sentences import sentence_of
from cimodel_tui.measurement.signals import (
    FEWEST,
    TOO_FEW,
    Signal,
    lasting_change,
    level,
    level_name,
    side_of,
    signals,
    trends,
)
from cimodel_tui.measurement.target import Aim, days_late, gap_closed, outlook, percent_change
from cimodel_tui.measurement.verdict import Judgement, Question, verdict_of
from cimodel_tui.measurement.xmr import DOWN, UP, Limits, limits_of, series_of, zones
from cimodel_tui.model.baseline import EVENTS, WITH_TOTALS, period_end


def judge(question: Question) -> Judgement:
    """Return the judgement of one metric; raises ReadingsError where dates or totals contradict each other."""
    before, later = split(question.baseline, question.after)
    question = replace(question, baseline=before, after=later, earlier=in_order(question.earlier, "earlier"))
    _check_totals(question)
    found = _events(question) if question.kind == EVENTS else _readings(question)
    found = replace(found, change=_change(found), percent_change=_percent_change(found))
    if question.aim is not None:
        found = _with_target(found, question.aim)
    found = replace(found, level=level_name(found.level, question.side))
    found = replace(found, verdict=verdict_of(found))
    return replace(found, sentence=sentence_of(found))


def _check_totals(question: Question) -> None:
    wanted = question.kind in WITH_TOTALS
    for point in (*question.earlier, *question.baseline, *question.after):
        if (point.of is not None) != wanted:
            raise ReadingsError(f"{point.day}: {'a total is missing' if wanted else 'this kind has no total'}")


def _readings(question: Question) -> Judgement:
    """Return what the readings show, target aside; the level in neutral words."""
    every = (*question.baseline, *question.after)
    weighted = unequal_totals(every)
    before, later = (limits_of(part, weighted=weighted) for part in (question.baseline, question.after))
    whole = series_of(every, weighted=weighted)
    baseline, after = whole.part(0, before.n), whole.part(before.n)
    word, fired = TOO_FEW, list[Signal]()
    if before.n >= FEWEST and before.has_spread and later.n:
        lines = zones(baseline, before)
        fired = signals(after, lines)
        side, forgiving = lasting_change(lines.beyond_middle(after), question.after, before)
        word = level(side, fired, later.n)
        fired = [*fired, forgiving] if forgiving else fired
    return Judgement(
        question=question,
        limits=before,
        after_limits=later,
        level=word,
        signals=_shift_all(fired, before.n),
        caveats=replace(
            caveats(baseline, after, before, question.better),
            bad_time=started_at_bad_time(question.earlier, question.baseline, before, question.better),
            uneven_totals=uneven_totals(question.baseline, question.after),
        ),
        trends=_shift_all(trends(after.values), before.n),
        achieved=question.rule.achieved(question.after),
        change=None,
        percent_change=None,
        too_early=later.n < question.rule.needs,
        gaps=gaps(question.baseline, question.after, question.frequency),
        difference=_difference(question, before, later),
    )


def _difference(question: Question, before: Limits, later: Limits) -> tuple[Fraction, Fraction] | None:
    """Return the mean difference less and plus what the usual variation leaves open."""
    if min(before.n, later.n) < FEWEST or not before.has_spread or before.mean is None or later.mean is None:
        return None
    weights = (
        weight_of(part) if before.weighted else Fraction(len(part)) for part in (question.baseline, question.after)
    )
    reach, change = before.reach(sum((1 / weight for weight in weights), Fraction())), later.mean - before.mean
    return change - reach, change + reach


def _events(question: Question) -> Judgement:
    """Return what rare events show: their level by exact counts, what stands out by the t chart."""
    counts = count_events(question.baseline, question.after, question.counts_from, question.counts_to)
    kind, side = level_of(counts) if counts.can_tell else (TOO_FEW, 0)
    before, later = ([days for _, days in days_between(part)] for part in (question.baseline, question.after))
    chart = t_chart(before)
    return Judgement(
        question=question,
        limits=_event_limits(counts.before, counts.between_before, chart),
        after_limits=Limits(counts.after, counts.between_after if counts.after else None, None, None, None),
        level=f"{kind}-{'up' if side == UP else 'down'}" if side else kind,
        signals=tuple(_outside(before, later, chart)),
        caveats=Caveats(),
        trends=(),
        achieved=counts.between_after,
        change=None,
        percent_change=None,
        too_early=not counts.days_after,
        counts=counts,
    )


def _event_limits(n: int, mean: Fraction | None, chart: TChart | None) -> Limits:
    lower, upper = (chart.lower, chart.upper) if chart else (None, None)
    return Limits(n, mean, None, lower, upper, Fraction(n))


def _outside(before: Sequence[int], later: Sequence[int], chart: TChart | None) -> Iterable[Signal]:
    for at, days in enumerate(later, start=len(before)):
        side = 0 if chart is None else UP if days > chart.upper else DOWN if days < chart.lower else 0
        if side:
            yield Signal("outside", side, range(at, at + 1))


def _shift_all(found: Iterable[Signal], by: int) -> tuple[Signal, ...]:
    return tuple(each.shifted(by) for each in found)


def _change(found: Judgement) -> Fraction | None:
    start, achieved = found.limits.mean, found.achieved
    return None if achieved is None or start is None else achieved - start


def _percent_change(found: Judgement) -> Fraction | None:
    start, achieved = found.limits.mean, found.achieved
    return None if achieved is None or start is None else percent_change(start, achieved)


def _with_target(found: Judgement, aim: Aim) -> Judgement:
    """Return the same with what it means for the target, as far as the metric has a better side."""
    start, achieved, question = found.limits.mean, found.achieved, found.question
    side = side_of(found.level)
    if side and start is not None and achieved is not None:
        found = replace(found, heading=aim.heading(side, start, achieved))
    if question.better == "none":
        return found
    found = replace(found, met=_met(found, aim), baseline_meets=start is not None and aim.holds(start))
    if question.kind != EVENTS:
        found = replace(found, outlook=outlook(aim, found.limits, found.after_limits, found.level))
    if start is not None and achieved is not None:
        found = replace(found, gap_closed=gap_closed(start, achieved, aim, question.better))
    if found.met and question.by and question.kind != EVENTS:
        ends = [period_end(point.day, question.frequency) for point in question.after]
        found = replace(found, days_late=days_late(question.rule, aim, question.after, ends, question.by))
    return found


def _met(found: Judgement, aim: Aim) -> bool | None:
    if found.question.kind == EVENTS:
        return None if found.achieved is None else aim.holds(found.achieved)
    return found.question.rule.met(aim, found.question.after)
