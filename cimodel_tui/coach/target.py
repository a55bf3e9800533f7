"""Rules of step 3: how much, by when, not there already, not absolute, not by luck, and no further than one step."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from cimodel_tui.coach.finding import Finding, Situation, as_number
from cimodel_tui.coach.finding import Rule as CoachRule
from cimodel_tui.coach.promises import (
    a_third_on,
    aim_of,
    as_count,
    decimals,
    is_move,
    nearer_end,
    promises,
    shown,
)
from cimodel_tui.coach.quantities import absolute_word, has_date, has_figure
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import held, is_foreign, listed, short, singular, words_of
from cimodel_tui.measurement import Aim, AimError, Luck, Pace, Rule, RuleError, could_you_tell, limits
from cimodel_tui.model.baseline import DAYS_BETWEEN, Metric
from cimodel_tui.model.day import add_months, as_day
from cimodel_tui.model.number import UnreadableNumberError
from cimodel_tui.model.place import Place
from cimodel_tui.model.stretch import result_from
from cimodel_tui.model.target import Promise

LARGEST_STEP = Fraction(60, 100)
"""The share of the baseline mean by which one iteration should move a metric at most."""

LONGEST_MONTHS, LONGEST_PERIODS = 6, 10
"""How far on the first iteration should end at most; both have to be passed."""


def how_much_by_when(situation: Situation) -> Iterator[Finding]:
    """T1: a direction without a value or a day cannot be checked."""
    text = situation.iteration.target.sentence
    word = "" if is_foreign(text) else _direction(text)
    valued, dated = has_figure(text), has_date(text)
    if not word or (valued and dated) or any(_is_whole(row) for row in situation.iteration.target.targets):
        return
    asked = " and ".join(["by how much"] * (not valued) + ["by when"] * (not dated))
    yield Finding(
        "T1",
        situation.place("target", "sentence"),
        f'"{word}" names a direction: {asked}? Without it nobody else can tell whether you got there.',
        text,
        _first_promise(situation),
    )


def _direction(text: str) -> str:
    """Return the word that names a direction: `reduce`, `smoother`, `bring ... down`; empty where none does."""
    tokens = words_of(text)
    if tokens[:1] and tokens[0] in ("bring", "drive", "get", "push", "take") and {"down", "up"} & set(tokens[1:]):
        return f"{tokens[0]} {'down' if 'down' in tokens else 'up'}"
    word = next(held(text, listed("direction_words")), "")
    return word or next((way for noun, way in pairwise(tokens) if way in ("up", "down") and _is_measured(noun)), "")


def _is_measured(noun: str) -> bool:
    return bool({noun, singular(noun)} & listed("outcome_nouns"))


def _is_whole(row: Promise) -> bool:
    return bool((row.value.strip() or (row.low.strip() and row.high.strip())) and row.by.strip())


def _first_promise(situation: Situation) -> Remedy:
    return Remedy("Open the targets", RemedyKind.OPEN, situation.place("target", "targets"))


def not_there_already(situation: Situation) -> Iterator[Finding]:
    """T2: a metric that is to be moved must not be there already, nor be moved the wrong way."""
    for metric, promise in promises(situation):
        start, aim = situation.baseline_means.get(metric.id), aim_of(metric, promise)
        if is_move(promise) and start is not None and aim is not None and (problem := _no_move(metric, aim, start)):
            place = situation.place("target", "targets", metric.id, "promise")
            yield Finding(
                "T2",
                situation.place("target", "targets", metric.id, "value"),
                f"{metric.name.strip() or 'The metric'}: {problem}",
                f"{metric.id} {metric.better} {start} {aim[0]} {aim[1]}",
                Remedy("Promise to hold it", RemedyKind.SET, place, "hold"),
            )


def _no_move(metric: Metric, aim: tuple[Fraction, Fraction], start: Fraction) -> str:
    low, high = aim
    if low <= start <= high:
        return "the baseline is there already. Is the promise to hold it, or a further step?"
    worse = (metric.better == "higher" and high < start) or (metric.better == "lower" and low > start)
    return (
        "this target is worse than today. Is it the number you meant, or is the promise to hold what there is?" * worse
    )


def not_absolute(situation: Situation) -> Iterator[Finding]:
    """T3: all or nothing invites gaming."""
    text = situation.iteration.target.sentence
    if not is_foreign(text) and (word := absolute_word(text)):
        yield _absolute(situation.place("target", "sentence"), word, text)
    for metric, promise in promises(situation):
        value = as_number(promise.value)
        if (value == 100 and metric.unit.strip() == "%") or (value == 0 and is_move(promise)):  # noqa: PLR2004 - all of it
            said = f"{promise.value.strip()} {short(metric.unit)}".strip()
            yield _absolute(situation.place("target", "targets", metric.id, "value"), said, f"{metric.id} {said}")


def _absolute(place: Place, word: str, looked_at: str) -> Finding:
    return Finding(
        "T3",
        place,
        f'"{word}" leaves no room, and absolute targets invite gaming: one miss, and nobody tries any more. What would '
        "be good enough? If law or audit requires it, answer this with that reason.",
        looked_at,
    )


def not_by_luck(situation: Situation) -> Iterator[Finding]:
    """T4: a target within the usual variation could be met with no change at all."""
    for metric, promise in promises(situation):
        start, aim = situation.baseline_means.get(metric.id), aim_of(metric, promise)
        if not is_move(promise) or start is None or aim is None or _no_move(metric, aim, start):
            continue
        luck = _luck(situation, metric, promise)
        if luck and luck.inside:
            yield _lucky(situation, metric, promise, luck)


def _luck(situation: Situation, metric: Metric, promise: Promise) -> Luck | None:
    """Return whether luck could do it; none where the target or its rule cannot be read yet."""
    try:
        aim = Aim.from_texts(metric.side, promise.value, promise.low, promise.high)
        rule = Rule(promise.rule or "mean", as_count(promise.rule_n) or None)
    except (AimError, RuleError, UnreadableNumberError):
        return None
    found = limits([value for _, value in situation.baselines[metric.id]])
    pace = Pace(result_from(situation.iteration), metric.frequency, as_day(promise.by))
    return could_you_tell(found, aim, rule, metric.side, pace) if aim else None


def _lucky(situation: Situation, metric: Metric, promise: Promise, luck: Luck) -> Finding:
    return Finding(
        "T4",
        situation.place("target", "targets", metric.id, "value"),
        f"{metric.name.strip() or 'The metric'}: {luck.sentence[:1].lower()}{luck.sentence[1:]} Would a longer window, "
        "an earlier measure or a bigger step show more?",
        f"{metric.id} {promise.value} {promise.low} {promise.high} {luck.readings} {luck.low} {luck.high}",
        Remedy("Open the success rule", RemedyKind.OPEN, situation.place("target", "targets", metric.id, "rule")),
    )


def one_step(situation: Situation) -> Iterator[Finding]:
    """T5: a first iteration that goes too far or too long is better split."""
    if situation.iteration.number != 1:
        return
    large = situation.improvement.size in ("L", "XL") and not situation.iteration.target.rest_of_way.strip()
    rows = promises(situation) or []
    found = [each for each in (_too_far(situation, *row, large=large) for row in rows) if each]
    yield from found
    if large and not found:
        place = situation.place("target", "targets")
        message = f"Size {situation.improvement.size} is much for one pass. Split it: what is the first third?"
        yield Finding("T5", place, message, f"size {situation.improvement.size}", _first_promise(situation))


def _too_far(situation: Situation, metric: Metric, promise: Promise, *, large: bool) -> Finding | None:
    start, aim = situation.baseline_means.get(metric.id), aim_of(metric, promise)
    if not is_move(promise) or start is None or aim is None:
        return None
    end, begin, by = nearer_end(metric, aim, start), _begin(situation, metric), as_day(promise.by)
    reasons = []
    if start and abs(end - start) > LARGEST_STEP * abs(start):
        reasons.append("moves it by more than 60 % of where it stands")
    if by and _is_long(metric, begin, by):
        reasons.append("ends more than six months on")
    reasons += ["is of size " + situation.improvement.size] * large
    return _split(situation, metric, promise, (start, end), reasons) if reasons else None


def _begin(situation: Situation, metric: Metric) -> date:
    """Return the last day of the baseline readings, or the day on which the iteration was opened."""
    days = [day for day, _ in situation.baselines[metric.id]]
    return max(days) if days else as_day(situation.iteration.opened_on) or situation.today


def _is_long(metric: Metric, begin: date, by: date) -> bool:
    far = begin.year < date.max.year and by > add_months(begin, LONGEST_MONTHS)
    return far and (by - begin).days > LONGEST_PERIODS * DAYS_BETWEEN.get(metric.frequency, 0)


def _split(
    situation: Situation, metric: Metric, promise: Promise, way: tuple[Fraction, Fraction], reasons: list[str]
) -> Finding:
    start, end = way
    by, begin = as_day(promise.by), _begin(situation, metric)
    third = shown(start + (end - start) / 3, decimals(situation, metric.id, promise.value))
    soon = f" by {a_third_on(begin, by)}" if by and by > begin else ""
    place = situation.place("target", "targets", metric.id, "value")
    return Finding(
        "T5",
        place,
        f"This iteration {' and '.join(reasons)}. Small steps are learnt from sooner: split it, and promise the first "
        f"third now, {third} {metric.unit.strip()}?",
        f"{metric.id} {start} {end} {promise.by} {situation.improvement.size}",
        Remedy("Draft the first third", RemedyKind.FIRST_THIRD, place, third + soon),
    )


RULES: tuple[CoachRule, ...] = (how_much_by_when, not_there_already, not_absolute, not_by_luck, one_step)
"""The rules of step 3."""
