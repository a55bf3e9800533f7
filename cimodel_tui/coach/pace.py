"""Rules of step 3 about time and size: not by luck, the readings in time, and no further than one iteration goes."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.promises import (
    EVENTS,
    Problem,
    aim_of,
    and_list,
    as_count,
    count_fitting,
    day_of_reading,
    decimals,
    format_number,
    is_move,
    last_due,
    nearer_end,
    one_finding,
    promises,
    readings_needed,
    side_of,
    unit_of,
)
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.target import moves_nothing, why_impossible
from cimodel_tui.measurement import (
    Aim,
    AimError,
    Counts,
    Detectability,
    Pace,
    RuleError,
    detectability_of,
    detectability_of_events,
    most_events_beyond_luck,
)
from cimodel_tui.measurement import Rule as SuccessRule
from cimodel_tui.model.baseline import DAYS_BETWEEN, Metric, period_end
from cimodel_tui.model.day import add_months, as_day
from cimodel_tui.model.iteration import result_from
from cimodel_tui.model.number import UnreadableNumberError
from cimodel_tui.model.target import Promise
from cimodel_tui.record import dataclass

_DAY = timedelta(days=1)
_ALL = 100
"""A share of which there is no more, in per cent."""

LARGEST_STEP = Fraction(60, 100)
"""The share of the baseline mean by which one iteration should move a metric at most."""

LONGEST_MONTHS, LONGEST_PERIODS = 6, 10
"""How far on the first iteration should end at most; both have to be passed."""


def target_within_luck(situation: Situation) -> Iterator[Finding]:
    """T4: a target within the usual variation could be met with no change at all."""
    problems = []
    for metric, promise in promises(situation):
        start, aim = situation.baseline_means.get(metric.id), aim_of(metric, promise)
        if not is_move(promise) or start is None or aim is None or moves_nothing(metric, promise, aim, start):
            continue
        luck = None if why_impossible(situation, metric, promise) else _luck(situation, metric, promise)
        if luck and luck.inside:
            looked_at = f"{promise.value} {promise.low} {promise.high} {luck.readings} {luck.low} {luck.high}"
            advice = _RARE_LUCK if metric.kind == EVENTS else _LUCK
            problems.append(Problem(metric, _luck_words(situation, metric, promise, luck), looked_at, advice))
    rule = situation.place("target", "targets", problems[0].metric.id if problems else "", "rule")
    yield from one_finding(situation, "T4", problems, Remedy("Open the success rule", RemedyKind.OPEN, rule))


def _luck(situation: Situation, metric: Metric, promise: Promise) -> Detectability | None:
    """Return whether luck could do it; None where the target or its rule cannot be read yet."""
    try:
        aim = Aim.from_texts(side_of(metric), promise.value, promise.low, promise.high)
        rule = SuccessRule(promise.rule or "mean", as_count(promise.rule_n) or None)
    except (AimError, RuleError, UnreadableNumberError):
        return None
    judgement, first, by = situation.judgements.get(metric.id), result_from(situation.iteration), as_day(promise.by)
    if aim is None or judgement is None:
        return None
    if judgement.counts is None:
        return _cached_detectability(judgement.limits, aim, rule, metric.side, Pace(first, metric.frequency, by))
    days = _days_of_result(situation, promise)
    return detectability_of_events(judgement.counts, aim, days) if days else None


def _days_of_result(situation: Situation, promise: Promise) -> int:
    """Return the days from which the result counts to the target's day; 0 where one of them is open."""
    first, by = result_from(situation.iteration), as_day(promise.by)
    return (by - first).days + 1 if first and by and by > first else 0


_cached_detectability = lru_cache(maxsize=128)(detectability_of)
"""The same question about the same readings is answered once."""


_LUCK = "Or judge by more readings, or measure an earlier step."
_RARE_LUCK = "Or promise a later day."


def _luck_words(situation: Situation, metric: Metric, promise: Promise, luck: Detectability) -> str:
    if metric.kind == EVENTS:
        return f"{luck.sentence[:1].lower()}{luck.sentence[1:]} {_beyond_luck_in_events(situation, metric, promise)}"
    places = decimals(situation, metric, promise.value, promise.low, promise.high) + 1
    band = [_rounded_outwards(end, places, up=up) for end, up in ((luck.low, False), (luck.high, True))]
    between = " and ".join(format_number(end, places) for end in band)
    means = f"the mean of {luck.readings} readings" if luck.readings > 1 else "a single reading"
    unit = f" {unit_of(metric)}".rstrip()
    earliest = f" The readings that the rule needs can be in by {luck.earliest}." if luck.earliest else ""
    return (
        f"without any change {means} lies between {between}{unit}, so this target could be met by luck. "
        f"{_beyond_luck(metric, band, places)}{earliest}"
    )


def _beyond_luck_in_events(situation: Situation, metric: Metric, promise: Promise) -> str:
    counts, days = situation.judgements[metric.id].counts, _days_of_result(situation, promise)
    most = _most_events(counts, days) if counts else None
    if most is None:
        return f"In {days} days even no event at all would not show that it was not luck."
    if most == 0:
        return f"No event at all in {days} days would not be luck."
    return f"With {format_number(Fraction(days, most), 1)} days between events, {most} in all, it would not be luck."


@lru_cache(maxsize=64)
def _most_events(counts: Counts, days: int) -> int | None:
    return most_events_beyond_luck(counts, days)


def _rounded_outwards(end: float | None, places: int, *, up: bool) -> Fraction:
    """Return an end of the band to so many decimals, never closer to the mean than it is."""
    scaled = Fraction(end or 0) * 10**places
    return Fraction(math.ceil(scaled) if up else math.floor(scaled), 10**places)


def _beyond_luck(metric: Metric, band: list[Fraction], places: int) -> str:
    low, high = (format_number(end, places) for end in band)
    unit = f" {unit_of(metric)}".rstrip()
    side = side_of(metric)
    if side == "lower":
        return (
            f"Below {low}{unit} it would not be luck." if band[0] > 0 else "No value would show that it was not luck."
        )
    if side == "higher":
        full = unit_of(metric) == "%" and band[1] >= _ALL
        return "No value would show that it was not luck." if full else f"Above {high}{unit} it would not be luck."
    return f"Below {low} or above {high}{unit} it would not be luck."


def target_too_soon(situation: Situation) -> Iterator[Finding]:
    """T7: the target's day is past, or comes before the readings that the success rule needs can exist."""
    problems, days = [], []
    for metric, promise in promises(situation) if not situation.iteration.check.verified else ():
        by = as_day(promise.by)
        room = _room(situation, metric, promise, by) if by else None
        if by and room and room.fit < room.need:
            problems.append(Problem(metric, _too_soon(situation, by, room), f"{by} {room.fit} {room.need}"))
            days.append(room.enough_on)
    place = situation.place("target", "targets", problems[0].metric.id if problems else "", "by")
    day = days[0] if days else None
    move = Remedy(f"Move the day to {day}", RemedyKind.SET, place, str(day)) if day else None
    yield from one_finding(situation, "T7", problems, move, "by")


@dataclass(frozen=True, slots=True)
class _Room:
    """How many of the readings that a success rule needs fit before the target's day."""

    fit: int
    """Readings that are in or can still come in."""
    need: int
    """Readings that the rule needs."""
    enough_on: date | None
    """The day on which the rule has its readings; None beyond the calendar."""


def _room(situation: Situation, metric: Metric, promise: Promise, by: date) -> _Room | None:
    """Return the room that is left, counted from today or from where the result counts; None if P3 reports it.

    A reading covers the period that ends with the next one, so the first is in one period after the result begins.
    """
    begins = as_day(situation.iteration.plan.result_from)
    due, need = last_due(situation), readings_needed(promise)
    if metric.kind == EVENTS:
        return _Room(0, 1, situation.today) if by < situation.today and not situation.results[metric.id] else None
    if begins is None and due and by >= situation.today and count_fitting(metric, due[0], by) < need:
        return None
    ends = [period_end(point.day, metric.frequency) for point in situation.results[metric.id]]
    have = sum(end <= by for end in ends)
    after = due[0] if begins is None and due else max(begins or date.min, date.min + _DAY) - _DAY
    start = max(situation.today - _DAY, after, max((end for end in ends if end <= by), default=date.min))
    fit = have + (count_fitting(metric, start, by) if by > start else 0)
    return _Room(fit, need, day_of_reading(metric, start, max(1, need - have)))


def _too_soon(situation: Situation, by: date, room: _Room) -> str:
    past = "is past" if by < situation.today else "comes too soon"
    move = f"Move the day to {room.enough_on}" if room.enough_on else "Choose another day"
    if room.need == 1:
        return f"{by} {past}, and there is no result reading. {move}."
    return (
        f"{by} {past}: {room.fit} of the {room.need} readings that the success rule needs fit. {move}, or let the rule "
        "take fewer."
    )


def step_too_large(situation: Situation) -> Iterator[Finding]:
    """T5: a first iteration that goes too far or too long is better split."""
    if situation.iteration.number != 1:
        return
    large = situation.improvement.size in ("L", "XL") and not situation.iteration.target.rest_of_way.strip()
    rows = promises(situation)
    found = [each for each in (_too_far(situation, *row, large=large) for row in rows) if each]
    draft = _draft(situation, *next(row for row in rows if row[0] is found[0].metric)) if found else None
    yield from one_finding(situation, "T5", found, draft)
    if large and not found:
        place = situation.place("target", "targets")
        size = situation.improvement.size
        yield Finding(
            "T5",
            place,
            f"Size {size} is much for one iteration. Split it: what would a first third look like, and by when?",
            f"size {size}",
            Remedy("Open the targets", RemedyKind.OPEN, place),
        )


_SPLIT = "Small steps are learnt from sooner. Split it: what would a first third look like, and by when?"


def _too_far(situation: Situation, metric: Metric, promise: Promise, *, large: bool) -> Problem | None:
    start, aim = situation.baseline_means.get(metric.id), aim_of(metric, promise)
    if not is_move(promise) or start is None or aim is None:
        return None
    if moves_nothing(metric, promise, aim, start) or why_impossible(situation, metric, promise):
        return None
    end, begin, by = nearer_end(metric, aim, start), _start_day(situation, metric), as_day(promise.by)
    reasons = []
    if start and abs(end - start) > LARGEST_STEP * abs(start):
        reasons.append("moves it by more than 60 % of where it stands")
    if by and _is_long(metric, begin, by):
        reasons.append("ends more than six months on")
    reasons += ["is of size " + situation.improvement.size] * large
    looked_at = f"{start} {end} {promise.by} {situation.improvement.size}"
    return Problem(metric, f"this iteration {and_list(reasons)}.", looked_at, _SPLIT) if reasons else None


def _start_day(situation: Situation, metric: Metric) -> date:
    """Return the last day of the baseline readings, or the day on which the iteration was opened."""
    days = [point.day for point in situation.baselines[metric.id]]
    return max(days) if days else as_day(situation.iteration.opened_on) or situation.today


def _is_long(metric: Metric, begin: date, by: date) -> bool:
    far = begin.year < date.max.year and by > add_months(begin, LONGEST_MONTHS)
    return far and (by - begin).days > LONGEST_PERIODS * DAYS_BETWEEN.get(metric.frequency, 0)


def _draft(situation: Situation, metric: Metric, promise: Promise) -> Remedy | None:
    """Return what drafts the first third of the way; whether it would help is tried before it is offered."""
    start, aim = situation.baseline_means.get(metric.id), aim_of(metric, promise)
    if start is None or aim is None:
        return None
    end = nearer_end(metric, aim, start)
    third = format_number(start + (end - start) / 3, decimals(situation, metric, promise.value))
    day = _third_day(situation, metric, promise)
    label = f"Draft the first third: {third} {unit_of(metric)}".rstrip() + (f" by {day}" if day else "")
    place = situation.place("target", "targets", metric.id, "value")
    return Remedy(label, RemedyKind.FIRST_THIRD, place, f"{third} by {day}" if day else third)


def _third_day(situation: Situation, metric: Metric, promise: Promise) -> date | None:
    """Return the day after a third of the way in time, later where the readings need it, never after "by"."""
    by, begin = as_day(promise.by), _start_day(situation, metric)
    if not by or by <= begin:
        return None
    due = last_due(situation)
    start = max(situation.today, due[0] if due else date.min, as_day(situation.iteration.plan.result_from) or date.min)
    soonest = day_of_reading(metric, start, readings_needed(promise)) or by
    return min(by, max(begin + timedelta(days=math.ceil((by - begin).days / 3)), soonest))


RULES: tuple[Rule, ...] = (target_within_luck, target_too_soon, step_too_large)
"""The rules of step 3 about time and size."""
