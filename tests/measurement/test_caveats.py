"""Caveats stand beside the level and never change it."""

from collections.abc import Callable
from itertools import permutations
from math import comb, sqrt
from random import Random

import pytest

from cimodel_tui.measurement import Judgement, caveat_words
from cimodel_tui.measurement.drift import critical_trend, rank_trend

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
