"""Rules of step 3 about the target itself: how much by when, reachable, not there already, not all or nothing."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from cimodel_tui.coach.finding import Finding, Rule, Situation, as_number
from cimodel_tui.coach.promises import (
    EVENTS,
    Problem,
    aim_of,
    and_list,
    decimals,
    format_number,
    is_move,
    name_of,
    one_finding,
    promises,
    side_of,
    unit_of,
)
from cimodel_tui.coach.quantities import absolute_word, has_date, has_figure, without_bounds
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.sentence_shape import opens_with_action
from cimodel_tui.coach.words import entries_in, is_foreign, sentences, shorten, singular, word_list, words_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.target import Promise

_WHOLE = 100
_NEAR = 2
"""By this factor two figures may differ and still be the same one on two scales."""
_MOVING_VERBS = frozenset(["bring", "drive", "get", "push", "take"])
_WAYS = frozenset(["down", "up", "under", "below", "above", "over"])
_RANGE = re.compile(r"(?<![\w.])(-?\d+(?:\.\d+)?) ?(?:-|–|to) ?(\d+(?:\.\d+)?)(?![\w.]*%)", re.IGNORECASE)
_OUT_OF = re.compile(r"\b(?:out )?of (\d+)\b", re.IGNORECASE)
_SCALE = re.compile(r"\b(?:scale|score|rating|points?|stars?|from)\b", re.IGNORECASE)


def direction_without_value(situation: Situation) -> Iterator[Finding]:
    """T1: a direction without a value or a day cannot be checked."""
    text = _aims(situation)
    word = "" if is_foreign(text) or absolute_word(text) else _direction(without_bounds(text))
    valued, dated = has_figure(text), has_date(text)
    if not word or (valued and dated) or any(_is_whole(row) for row in situation.iteration.target.targets):
        return
    question = " and ".join(["by how much"] * (not valued) + ["by when"] * (not dated))
    yield Finding(
        "T1",
        situation.place("target", "sentence"),
        f'"{word}" says which way: {question}? Then anybody can tell whether you got there.',
        text,
        Remedy("Open the targets", RemedyKind.OPEN, situation.place("target", "targets")),
    )


def _aims(situation: Situation) -> str:
    """Return the sentence of the target without what reads like an action, which is V2's."""
    return " ".join(each for each in sentences(situation.iteration.target.sentence) if not opens_with_action(each))


def _direction(text: str) -> str:
    """Return the word that names a direction: `reduce`, `smoother`, `bring ... down`; empty where none does."""
    tokens = words_of(text)
    way = next((token for token in tokens[1:] if token in _WAYS), "")
    if way and tokens[0] in _MOVING_VERBS:
        return f"{tokens[0]} {way}"
    word = next(entries_in(text, word_list("direction_words")), "")
    return word or next((way for noun, way in pairwise(tokens) if way in ("up", "down") and _is_measured(noun)), "")


def _is_measured(noun: str) -> bool:
    return bool({noun, singular(noun)} & word_list("outcome_nouns"))


def _is_whole(row: Promise) -> bool:
    return bool((row.value.strip() or (row.low.strip() and row.high.strip())) and row.by.strip())


def target_moves_nothing(situation: Situation) -> Iterator[Finding]:
    """T2: a metric that is to be moved must not be there already, nor be moved the wrong way."""
    problems = []
    for metric, promise in promises(situation):
        start, aim = situation.baseline_means.get(metric.id), aim_of(metric, promise)
        words = moves_nothing(metric, promise, aim, start) if start is not None and aim is not None else ""
        if words and not why_impossible(situation, metric, promise):
            problems.append(
                Problem(metric, words, f"{metric.better} {start} {promise.value} {promise.low} {promise.high}")
            )
    first = problems[0].metric.id if problems else ""
    hold = situation.place("target", "targets", first, "promise")
    yield from one_finding(situation, "T2", problems, Remedy("Promise to hold it", RemedyKind.SET, hold, "hold"))


def moves_nothing(metric: Metric, promise: Promise, aim: tuple[Fraction, Fraction], start: Fraction) -> str:
    """Return why a promise to move a metric moves nothing; empty if it does, or if it is to be held."""
    low, high = aim
    if not is_move(promise):
        return ""
    if low <= start <= high:
        return "the baseline is there already. Hold it, or promise a further step?"
    side = side_of(metric)
    worse = (side == "higher" and high < start) or (side == "lower" and low > start)
    return (
        "this target is worse than today. Is it the number you meant, or do you promise to hold what there is?" * worse
    )


def absolute_target(situation: Situation) -> Iterator[Finding]:
    """T3: all or nothing invites gaming."""
    text = _aims(situation)
    if not is_foreign(text) and (word := absolute_word(text)):
        place = situation.place("target", "sentence")
        opening = Remedy("Open the sentence", RemedyKind.OPEN, place)
        yield Finding("T3", place, f'"{word}" leaves no room. {_ABSOLUTE}', text, opening)
    problems = []
    for metric, promise in promises(situation):
        value = as_number(promise.value)
        if (value == _WHOLE and unit_of(metric) == "%") or (value == 0 and is_move(promise)):
            figure = f"{promise.value.strip()} {shorten(unit_of(metric))}".strip()
            problems.append(Problem(metric, f'"{figure}" leaves no room.', figure, _ABSOLUTE))
    yield from one_finding(situation, "T3", problems)


_ABSOLUTE = (
    "Absolute targets invite gaming: after the first miss there is nothing left to reach. What would be good enough? "
    "Where law or audit requires it, answer this with that reason."
)


def unreachable_target(situation: Situation) -> Iterator[Finding]:
    """T6: a target that no reading can meet."""
    problems = []
    for metric, promise in promises(situation):
        if words := why_impossible(situation, metric, promise):
            typed = f"{promise.value} {promise.low} {promise.high}"
            problems.append(Problem(metric, words, f"{typed} {metric.unit} {metric.definition}"))
    yield from one_finding(situation, "T6", problems)


def why_impossible(situation: Situation, metric: Metric, promise: Promise) -> str:
    """Return why a target cannot be met as written; empty if it can, or if that is unknown."""
    values = [number for text in (promise.value, promise.low, promise.high) if (number := as_number(text)) is not None]
    if not values:
        return ""
    readings = [point.value for point in situation.baselines[metric.id]]
    typed = format_number(values[0], decimals(situation, metric, promise.value, promise.low, promise.high))
    typed = f"{typed} {unit_of(metric)}".rstrip()
    low, high = _ends(metric, readings)
    beyond = ""
    if low is not None and min(values) < low:
        beyond = f"below {format_number(low, 2)}"
    elif high is not None and max(values) > high:
        beyond = f"above {format_number(high, 2)}"
    if beyond:
        return f"{typed} is not reachable as written: nothing lies {beyond}. Which value did you mean?"
    mean = situation.baseline_means.get(metric.id)
    if mean is not None and _is_other_scale(metric, values[0], mean):
        return (
            f"{typed} is on another scale than the readings, whose mean is {format_number(mean, 2)}. Write both as per "
            "cent or both as a fraction."
        )
    return ""


def _ends(metric: Metric, readings: list[Fraction]) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the most that a reading can be, as far as unit, definition and readings say so."""
    stated = _stated_range(metric)
    if stated or metric.kind == EVENTS:
        return stated or (Fraction(0), None)
    unit = unit_of(metric).casefold()
    counted = unit in word_list("time_words", "unit_words") or metric.name.casefold().startswith("number of")
    low = Fraction(0) if (counted or unit == "%") and min(readings, default=Fraction(0)) >= 0 else None
    is_share = metric.kind == "share" or (
        unit == "%" and max(readings, default=Fraction(0)) <= _WHOLE and _is_part(metric)
    )
    return low, Fraction(_WHOLE) if is_share else None


def _is_part(metric: Metric) -> bool:
    """Tell whether a percentage is a share of a whole; growth, load and change may pass 100 %."""
    return not {"growth", "change", "load", "increase", "return", "utilisation", "utilization", "plan"} & set(
        words_of(metric.name)
    ) or "rate" in words_of(metric.name)


def _stated_range(metric: Metric) -> tuple[Fraction, Fraction] | None:
    for text in (metric.unit, metric.definition):
        if text is metric.definition and not _SCALE.search(text):
            continue
        if (found := _RANGE.search(text)) and Fraction(found[1]) < Fraction(found[2]):
            return Fraction(found[1]), Fraction(found[2])
        if text is metric.unit and (most := _OUT_OF.search(text)):
            return Fraction(0), Fraction(most[1])
    return None


def _is_other_scale(metric: Metric, value: Fraction, mean: Fraction) -> bool:
    """Tell whether one is a share in per cent and the other a fraction: 0.75 and 75."""
    if unit_of(metric).casefold() not in ("%", "", "share", "ratio", "fraction") or value <= 0 or mean <= 0:
        return False
    small, large = sorted((value, mean))
    return small < 1 < large and Fraction(1, _NEAR) <= small * _WHOLE / large <= _NEAR


def gameable_target(situation: Situation) -> Iterator[Finding]:
    """G1: without a balancing metric a number can be met and nobody be better off."""
    if any(metric.role == "balancing" for metric in situation.iteration.baseline.metrics):
        return
    with_target = [metric for metric, promise in promises(situation) if aim_of(metric, promise) is not None]
    if with_target:
        yield Finding(
            "G1",
            situation.place("target", "limits"),
            f"How could {and_list(map(name_of, with_target))} be met without anyone being better off? What you think "
            "of first is the balancing metric to add in step 2.",
            " ".join(metric.id for metric in with_target),
            Remedy("Open the metrics", RemedyKind.OPEN, situation.place("baseline", "metrics")),
        )


RULES: tuple[Rule, ...] = (
    unreachable_target,
    direction_without_value,
    target_moves_nothing,
    absolute_target,
    gameable_target,
)
"""The rules of step 3 about the target itself."""
