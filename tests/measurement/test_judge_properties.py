"""Whatever the readings: their order, their unit and their sign change nothing but what they must."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from cimodel_tui.measurement import Aim, JudgeInputError, Judgement, Point, Question, Rule, judge, judge_text, limits
from cimodel_tui.measurement.signals import signals
from cimodel_tui.measurement.xmr import DOWN, UP, Series, zones

QUIET = settings(deadline=None, database=None, max_examples=80)
FIRST = date(2026, 1, 5)
READINGS = st.lists(st.integers(-40, 40) | st.integers(-6, 6), max_size=30)
BETTER = st.sampled_from(["higher", "lower", "target", "none"])
RULES = st.sampled_from([Rule(), Rule("mean-of-last", 3), Rule("each-of-last", 3), Rule("latest")])
FACTORS = st.fractions(min_value=Fraction(1, 9), max_value=9, max_denominator=9)
MIRRORED = {"better": "worse", "worse": "better", "up": "down", "down": "up"}
OTHER_SIDE = {"higher": "lower", "lower": "higher"}


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Return readings on days in a row with a target among them."""
    before, after = draw(READINGS), draw(READINGS)
    better, target = draw(BETTER), draw(st.none() | st.integers(-40, 40))
    points = [Point(FIRST + timedelta(days=at), Fraction(value)) for at, value in enumerate((*before, *after))]
    aim = None if target is None else Aim.of(better, Fraction(target))
    promise = draw(st.sampled_from(["move", "hold"]))
    return Question(better, promise, aim, draw(RULES), tuple(points[: len(before)]), tuple(points[len(before) :]))


def mapped(question: Question, change: Callable[[Fraction], Fraction], better: str = "") -> Question:
    """Return the question with every value changed."""

    def moved(points: Sequence[Point]) -> tuple[Point, ...]:
        return tuple(replace(point, value=change(point.value)) for point in points)

    ends = (
        []
        if question.aim is None
        else [change(end) for end in (question.aim.low, question.aim.high) if end is not None]
    )
    aim = Aim.of(better or question.better, ends[0]) if ends else None
    return replace(
        question,
        better=better or question.better,
        aim=aim,
        baseline=moved(question.baseline),
        after=moved(question.after),
    )


def result_of(case: Judgement) -> tuple[object, ...]:
    """Return everything that has no unit."""
    return (
        case.level,
        case.signals,
        case.caveats,
        case.met,
        case.hold_result,
        case.gap_closed,
        case.outlook,
        case.verdict,
    )


@QUIET
@given(questions(), st.randoms())
def test_shuffling_readings_changes_nothing(question: Question, chance: Random) -> None:
    before, after = list(question.baseline), list(question.after)
    chance.shuffle(before)
    chance.shuffle(after)
    assert judge(replace(question, baseline=tuple(before), after=tuple(after))) == judge(question)


@QUIET
@given(questions(), FACTORS, st.fractions(min_value=-99, max_value=99, max_denominator=9))
def test_shifting_and_scaling_move_limits_alike_and_leave_the_rest(
    question: Question, factor: Fraction, shift: Fraction
) -> None:
    case, moved = judge(question), judge(mapped(question, lambda value: factor * value + shift))
    assert result_of(moved) == result_of(case)
    for was, now in ((case.limits, moved.limits), (case.after_limits, moved.after_limits)):
        ends = ((was.mean, now.mean), (was.lower, now.lower), (was.upper, now.upper))
        assert all(new == (None if old is None else factor * old + shift) for old, new in ends)
        assert now.mean_moving_range == (None if was.mean_moving_range is None else factor * was.mean_moving_range)


@QUIET
@given(questions())
def test_mirroring_the_values_swaps_up_and_down(question: Question) -> None:
    case, mirror = (
        judge(question),
        judge(mapped(question, lambda value: -value, OTHER_SIDE.get(question.better, question.better))),
    )
    assert (mirror.verdict, mirror.met, mirror.gap_closed) == (case.verdict, case.met, case.gap_closed)
    assert {(each.rule, -each.side, each.readings) for each in mirror.signals} == {
        (each.rule, each.side, each.readings) for each in case.signals
    }
    kind, _, side = case.level.partition("-")
    swapped = MIRRORED.get(side, side) if question.better not in OTHER_SIDE else side
    assert mirror.level.partition("-") == (kind, "-" if side else "", swapped)


@QUIET
@given(questions())
def test_mirroring_the_better_side_swaps_better_and_worse(question: Question) -> None:
    case = judge(replace(question, better="higher", aim=None))
    other = judge(replace(question, better="lower", aim=None))
    kind, _, side = case.level.partition("-")
    assert other.level == (f"{kind}-{MIRRORED[side]}" if side in MIRRORED else case.level)
    assert (other.signals, other.limits) == (case.signals, case.limits)


@QUIET
@given(st.lists(st.integers(-40, 40), min_size=6, max_size=30).filter(lambda values: len(set(values)) > 1))
def test_a_reading_on_a_limit_is_inside_and_one_on_the_mean_on_neither_side(values: list[int]) -> None:
    found = limits([Fraction(value) for value in values])
    assert found.mean is not None
    assert found.lower is not None
    assert found.upper is not None
    step = Fraction(1, 10**9)
    ladder = (found.lower - step, found.lower, found.mean, found.upper, found.upper + step)
    grid = 50 * 10**9 * len(values) * (len(values) - 1)
    lines = zones(Series([value * grid for value in values]))
    whole = Series([int(value * grid) for value in ladder])
    assert [Fraction(value) / grid for value in whole.values] == list(ladder)
    assert lines.beyond_limits(whole) == [DOWN, 0, 0, 0, UP]
    assert lines.beyond_mean(whole) == [DOWN, DOWN, 0, UP, UP]
    assert lines.beyond_middle(whole)[2] == 0


def by_the_page(before: list[int], after: list[int]) -> set[tuple[str, int, int]]:
    """Return rule, side and position of every reading that takes part in a signal, straight from the method."""
    mean = Fraction(sum(before), len(before))
    middle = Fraction(median(map(Fraction, before)))
    sigma = Fraction("2.66") * Fraction(sum(abs(b - a) for a, b in pairwise(before)), len(before) - 1) / 3
    found = set()
    for side in (UP, DOWN):
        far = [side * (value - mean) for value in after]
        past = [each > 0 and side * (value - middle) > 0 for each, value in zip(far, after, strict=True)]
        near = [2 * sigma < each <= 3 * sigma for each in far]
        found |= {("outside", side, at) for at, each in enumerate(far) if each > 3 * sigma}
        for at in range(len(after) - 7):
            if all(past[at : at + 8]):
                found |= {("run", side, each) for each in range(at, at + 8)}
        for at in range(len(after) - 2):
            if all(each > 0 for each in far[at : at + 3]) and sum(near[at : at + 3]) > 1:
                found |= {("two-of-three", side, each) for each in range(at, at + 3)}
    return found


@settings(QUIET, max_examples=300)
@given(st.lists(st.integers(-6, 6), min_size=2, max_size=14), st.lists(st.integers(-16, 16), max_size=24))
def test_signals_are_those_of_the_method_reckoned_the_slow_way(before: list[int], after: list[int]) -> None:
    if len(set(before)) == 1:
        return
    found = signals(Series(after), zones(Series(before)))
    assert {(each.rule, each.side, at) for each in found for at in each.readings} == by_the_page(before, after)
    assert len({(each.rule, each.side, at) for each in found for at in each.readings}) == sum(
        len(each.readings) for each in found
    )


@QUIET
@given(questions())
def test_gap_closed_says_met_exactly_from_100_per_cent_on(question: Question) -> None:
    case = judge(question)
    if case.gap_closed is not None and case.met is not None and question.rule.kind != "each-of-last":
        assert case.met == (case.gap_closed >= 1)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["1e999", "7"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["low", "high", "n"]), inner),
    max_leaves=4,
)
DAYS = st.sampled_from(["2026-01-05", "2026-01-06", "2026-02-29", "2026-W01", 20260105, None])
ROWS = ANYTHING | st.lists(ANYTHING | st.fixed_dictionaries({"date": DAYS, "value": ANYTHING}), max_size=4)
KINDS = st.sampled_from(["mean", "mean-of-last", "latest", "most"])
ASKED = st.fixed_dictionaries(
    {"better": BETTER | ANYTHING},
    optional={
        "target": ANYTHING | st.fixed_dictionaries({"low": ANYTHING, "high": ANYTHING}),
        "rule": ANYTHING | st.fixed_dictionaries({"kind": KINDS | ANYTHING, "n": ANYTHING}),
        "promise": st.sampled_from(["move", "hold", "wish"]) | ANYTHING,
        "baseline": ROWS,
        "after": ROWS,
    },
)


@settings(QUIET, max_examples=300)
@given(st.text(max_size=60) | (ASKED | ANYTHING).map(json.dumps))
def test_no_input_brings_the_judge_down(text: str) -> None:
    try:
        result_of = list(json.loads(judge_text(text)))[-1]
    except JudgeInputError as problem:
        result_of = str(problem)
    assert result_of.isprintable()
    assert result_of
