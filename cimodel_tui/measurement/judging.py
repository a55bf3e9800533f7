"""Judges one metric: puts the readings in order, computes everything exactly, and says it in one sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from cimodel_tui.measurement.aim import Aim
from cimodel_tui.measurement.caveats import caveats
from cimodel_tui.measurement.gap import gap_closed, percent_change
from cimodel_tui.measurement.grid import on_grid
from cimodel_tui.measurement.judgement import Judgement, Question
from cimodel_tui.measurement.level import FEWEST, level, named, side_of
from cimodel_tui.measurement.outlook import outlook
from cimodel_tui.measurement.point import Point, split
from cimodel_tui.measurement.rule import weeks_late
from cimodel_tui.measurement.signals import Signal, signals, trends
from cimodel_tui.measurement.verdict import verdict_of
from cimodel_tui.measurement.words import sentence_of
from cimodel_tui.measurement.xmr import Limits, limits
from cimodel_tui.measurement.zones import zones


def judge(question: Question) -> Judgement:
    """Return everything that can be said of one metric; raises ReadingsError where dates clash."""
    before, later = split(question.baseline, question.after)
    found = _readings(replace(question, baseline=before, after=later))
    if question.aim is not None:
        found = _aimed(found, question.aim)
    found = replace(found, level=named(found.level, question.better))
    found = replace(found, verdict=verdict_of(found))
    return replace(found, sentence=sentence_of(found))


def _readings(asked: Question) -> Judgement:
    """Return what the readings show, target aside; the level in neutral words."""
    before, later = limits(_values(asked.baseline)), limits(_values(asked.after))
    grid = on_grid(_values((*asked.baseline, *asked.after))).values
    baseline, after = grid[: before.n], grid[before.n :]
    lines = zones(baseline) if before.n >= FEWEST and before.has_spread else None
    fired = signals(after, lines) if lines else []
    achieved = asked.rule.achieved(_values(asked.after))
    return Judgement(
        question=asked,
        limits=before,
        after_limits=later,
        level=level(lines, after, fired),
        signals=_shifted(fired, before.n),
        caveats=caveats(baseline, asked.better),
        trends=_shifted(trends(after), before.n),
        achieved=achieved,
        change=_change(before, achieved),
        percent_change=_percent_change(before, achieved),
        too_early=later.n < asked.rule.needs,
    )


def _values(points: Sequence[Point]) -> list[Fraction]:
    return [point.value for point in points]


def _shifted(found: Iterable[Signal], by: int) -> tuple[Signal, ...]:
    moved = ((each, range(each.readings.start + by, each.readings.stop + by)) for each in found)
    return tuple(replace(each, readings=readings) for each, readings in moved)


def _change(before: Limits, achieved: Fraction | None) -> Fraction | None:
    return None if achieved is None or before.mean is None else achieved - before.mean


def _percent_change(before: Limits, achieved: Fraction | None) -> Fraction | None:
    return None if achieved is None or before.mean is None else percent_change(before.mean, achieved)


def _aimed(found: Judgement, aim: Aim) -> Judgement:
    """Return the same with what it means for the target, as far as the metric has a better side."""
    start, achieved, asked = found.limits.mean, found.achieved, found.question
    side = side_of(found.level)
    if side and start is not None and achieved is not None:
        found = replace(found, heading=aim.heading(side, start, achieved))
    if asked.better == "none":
        return found
    found = replace(
        found,
        met=asked.rule.met(aim, _values(asked.after)),
        baseline_meets=start is not None and aim.holds(start),
        outlook=outlook(aim, found.limits, found.after_limits, found.level),
    )
    if start is not None and achieved is not None:
        found = replace(found, gap_closed=gap_closed(start, achieved, aim, asked.better))
    if found.met and asked.by:
        found = replace(found, weeks_late=weeks_late(asked.rule, aim, asked.after, asked.by))
    return found
