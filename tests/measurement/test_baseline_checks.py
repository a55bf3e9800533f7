"""Caveats stand beside the level and never change it."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from math import comb, sqrt
from random import Random

import pytest

from cimodel_tui.measurement import Aim, Judgement, Point, Question, Rule, caveat_words, judge
from cimodel_tui.measurement.baseline_checks import critical_trend, rank_trend

SWINGING = "8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5"
RISING = "1 2 3 4 5 6 7 8 9 10 11 12"


def naive(values: list[int]) -> int:
    pairs = [(early, late) for at, early in enumerate(values) for late in values[at + 1 :]]
    return sum(late > early for early, late in pairs) - sum(late < early for early, late in pairs)


@pytest.mark.parametrize(
    ("n", "critical"),
    [
        (6, 11),
        (7, 13),
        (8, 16),
        (9, 18),
        (10, 21),
        (11, 23),
        (12, 26),
        (15, 35),
        (16, 38),
        (20, 52),
        (24, 68),
        (30, 95),
    ],
)
def test_critical_rank_trend_is_that_of_the_printed_table(n: int, critical: int) -> None:
    assert critical_trend(n) == critical


@pytest.mark.parametrize("n", [6, 7, 8])
def test_critical_rank_trend_is_reached_by_at_most_one_order_in_twenty(n: int) -> None:
    counted = [rank_trend(order) for order in permutations(range(n))]
    critical = critical_trend(n)
    assert 20 * sum(found >= critical for found in counted) <= len(counted)
    assert 20 * sum(found >= critical - 2 for found in counted) > len(counted)


@pytest.mark.parametrize("n", [121, 122, 150, 500, 4001])
def test_beyond_120_readings_it_is_the_smallest_of_its_parity_past_the_normal_value(n: int) -> None:
    bound = 1.645 * sqrt(n * (n - 1) * (2 * n + 5) / 18)
    critical = critical_trend(n)
    assert (critical - comb(n, 2)) % 2 == 0
    assert critical - 1 >= bound
    assert critical - 3 < bound


def test_exact_and_normal_values_meet_where_they_change_over() -> None:
    assert critical_trend(118) < critical_trend(120) < critical_trend(122)


def test_rank_trend_counts_every_pair_once_and_ties_not_at_all() -> None:
    chance = Random(7)
    for n in (0, 1, 2, 3, 10, 57):
        values = [chance.randrange(9) for _ in range(n)]
        assert rank_trend(values) == naive(values)


@pytest.mark.parametrize(("n", "provisional"), [(5, None), (6, True), (11, True), (12, False), (20, False)])
def test_six_to_eleven_readings_are_provisional(
    judged: Callable[..., Judgement], n: int, provisional: bool | None
) -> None:
    case = judged(" ".join(["8.5", "11.5"] * 10).rsplit(" ", 20 - n)[0], "10")
    assert case.limits.n == n
    assert case.caveats.provisional is provisional


def test_below_six_readings_nothing_is_said_of_the_baseline(judged: Callable[..., Judgement]) -> None:
    found = judged("1 2 3 4 5", "10").caveats
    assert (found.provisional, found.steady, found.already_moving, found.too_rare) == (None, None, None, None)


@pytest.mark.parametrize(
    ("baseline", "rule"),
    [
        (f"{SWINGING} 30 8.5 11.5 8.5", "outside"),
        ("8 12 " * 6 + "9 9 9 9 9 9 9 9 " + "12 14 " * 4, "run"),
        (f"{SWINGING} 8.5 11.5 8.5 11.5 16.9 16.9 12 8.5 11.5 8.5 11.5", "two-of-three"),
        ("7 13 7 13 7 8 9 10 11 12 13 7 13 7", "trend"),
    ],
)
def test_a_rule_that_fires_within_the_baseline_makes_it_unsteady(
    judged: Callable[..., Judgement], baseline: str, rule: str
) -> None:
    found = judged(baseline, "10").caveats
    assert rule in {each.rule for each in found.marks}
    assert found.steady is False


def test_a_steady_baseline_has_no_marks(judged: Callable[..., Judgement]) -> None:
    found = judged(SWINGING, "10").caveats
    assert (found.steady, found.marks) == (True, ())


@pytest.mark.parametrize(
    ("better", "baseline", "moving"),
    [
        ("higher", RISING, True),
        ("lower", RISING, False),
        ("lower", " ".join(reversed(RISING.split())), True),
        ("target", RISING, None),
        ("none", RISING, None),
        ("higher", "1 2 3 4 5 6", True),
        ("higher", "1 2 3 6 5 4", False),
        ("higher", "1 2 3 4 6 5", True),
        ("higher", "1 2 4 3 6 5", True),
    ],
)
def test_already_moving_goes_by_the_better_side(
    judged: Callable[..., Judgement], better: str, baseline: str, moving: bool | None
) -> None:
    assert judged(baseline, "10", better=better).caveats.already_moving is moving


def test_the_critical_value_itself_counts_as_moving() -> None:
    assert rank_trend([1, 2, 4, 3, 6, 5]) == critical_trend(6)
    assert rank_trend([1, 2, 3, 6, 5, 4]) == critical_trend(6) - 2


@pytest.mark.parametrize(("baseline", "rare"), [("0 0 0 1 2 3", True), ("0 0 1 1 2 3", False), ("5 5 5 5 5 5", True)])
def test_half_of_the_readings_alike_is_too_rare_to_count(
    judged: Callable[..., Judgement], baseline: str, rare: bool
) -> None:
    assert judged(baseline, "1").caveats.too_rare is rare


def test_caveats_never_change_the_level(judged: Callable[..., Judgement]) -> None:
    after = "20 20 20 20 20 20 20 20"
    rising, shuffled = judged(RISING, after), judged("7 1 9 3 12 5 2 11 4 8 6 10", after)
    assert (rising.caveats.steady, rising.caveats.already_moving) == (False, True)
    assert (shuffled.caveats.steady, shuffled.caveats.already_moving) == (True, False)
    assert rising.level == shuffled.level == "sustained-better"


def test_caveats_in_words(judged: Callable[..., Judgement]) -> None:
    assert caveat_words(judged("1 2 3 4 5 6", "9")) == (
        "provisional: 6 readings in the baseline",
        "the baseline was already moving this way",
    )
    assert "5 readings in the baseline: too few" in caveat_words(judged("1 2 3 4 5", "9"))[0]
    assert caveat_words(judged("7 1 9 3 12 5 2 11 4 8 6 10", "9")) == ()
    assert caveat_words(judged(RISING, "9", better="lower")) == ("the baseline was not steady",)


def test_only_the_latest_24_readings_make_a_baseline_unsteady(judged: Callable[..., Judgement]) -> None:
    wild = f"30 {SWINGING} {SWINGING}"
    found = judged(wild, "10").caveats
    assert [(each.rule, each.readings) for each in found.marks] == [("outside", range(1))]
    assert found.steady is True
    assert judged(f"{SWINGING} 30 {SWINGING}", "10").caveats.steady is False


@pytest.mark.parametrize(("better", "moving"), [("higher", True), ("lower", False), ("target", None), ("none", None)])
def test_both_stretches_that_move_within_themselves(
    judged: Callable[..., Judgement], better: str, moving: bool | None
) -> None:
    case = judged("1 3 2 5 4 3 6 5 7", "11 10 13 12 14 15 14 16 17", better=better)
    assert case.caveats.moving_within is moving


@pytest.mark.parametrize(
    ("baseline", "after"),
    [
        pytest.param("5 6 5 6 5 6 5 6 5", "11 12 13 14 15 16 17 18", id="only the result moves"),
        pytest.param("1 3 2 5 4 3 6 5 7", "9 8 9 8 9 8 9 8", id="only the baseline moves"),
        pytest.param("5 5 5 5 5 5 5 5", "11 12 13 14 15 16 17 18", id="all alike before"),
    ],
)
def test_one_stretch_alone_does_not_move_within_both(
    judged: Callable[..., Judgement], baseline: str, after: str
) -> None:
    assert judged(baseline, after).caveats.moving_within is False


def test_below_eight_readings_the_moving_caveats_are_not_known(judged: Callable[..., Judgement]) -> None:
    for baseline, after in (("1 2 3 4 5 6 7", RISING), (RISING, "1 2 3 4 5 6 7")):
        found = judged(baseline, after).caveats
        assert (found.moving_within, found.follow_one_another) == (None, None)


def test_moving_within_makes_a_met_target_unclear(judged: Callable[..., Judgement]) -> None:
    case = judged(
        "8.6 8.6 8.7 8.6 8.6 8.8 8.4 8.7 9.0 8.8 8.6 8.8", "11.0 11.3 11.3 11.5 11.6 11.3 11.7 11.6 11.7", "11"
    )
    assert (case.caveats.already_moving, case.caveats.moving_within) == (False, True)
    assert case.verdict == "met-unclear"
    assert "the readings also move within each stretch: part of the change may have come by itself" in case.sentence


def test_following_one_another_makes_a_met_target_unclear(judged: Callable[..., Judgement]) -> None:
    wave = [10, 11, 12, 12, 11, 10, 9, 8, 8, 9, 10, 11]
    after = " ".join(str(each + 9) for each in wave)
    case = judged(" ".join(map(str, wave)), after, "15")
    assert case.caveats.follow_one_another is True
    assert case.verdict == "met-unclear"
    assert "each reading resembles the one before: the limits may be too narrow" in case.sentence


def weeks(texts: str, first: date) -> tuple[Point, ...]:
    return tuple(Point(first + timedelta(days=7 * at), Fraction(text)) for at, text in enumerate(texts.split()))


@pytest.mark.parametrize(
    ("earlier", "better", "bad"),
    [
        pytest.param("14 15 14 15 14 15", "higher", True, id="it was better before"),
        pytest.param("14 15 14 15 14 15", "lower", False, id="it was worse before"),
        pytest.param("14 15 14 15 14", "higher", False, id="five earlier readings are too few"),
        pytest.param("10 11 10 11 10 11", "higher", False, id="by no more than the usual variation"),
        pytest.param("14 15 14 15 14 15", "none", False, id="no better side"),
    ],
)
def test_a_baseline_picked_at_a_bad_time(earlier: str, better: str, bad: bool) -> None:
    before, after = weeks(SWINGING, date(2026, 1, 5)), weeks("14 15 14 15 14 15 14 15", date(2026, 6, 1))
    aim = Aim.of(better, Fraction(14))
    question = Question(better, "move", aim, Rule(), before, after, earlier=weeks(earlier, date(2025, 6, 2)))
    case = judge(question)
    assert case.caveats.bad_time is bad
    if bad:
        assert case.verdict == "met-unclear"
        assert (
            "the baseline was measured in a bad spell: part of the improvement would have come by itself"
            in case.sentence
        )
