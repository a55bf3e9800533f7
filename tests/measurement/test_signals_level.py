"""The level, in its order: too few, sustained, mixed, early, none."""

from collections.abc import Callable

import pytest

from cimodel_tui.measurement import Judgement, caveat_words, level_words

SWINGING = "8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5"
EIGHT_UP = "11 11 11 11 11 11 11 11"


@pytest.mark.parametrize(
    ("baseline", "after", "level"),
    [
        pytest.param("8 11 8 11 8", EIGHT_UP, "too-few", id="five baseline readings"),
        pytest.param("", EIGHT_UP, "too-few", id="no baseline reading"),
        pytest.param(SWINGING, "", "too-few", id="no later reading"),
        pytest.param("9 9 9 9 9 9 9 9", EIGHT_UP, "too-few", id="no spread at all"),
        pytest.param("8 11 8 11 8 11", EIGHT_UP, "sustained-better", id="six baseline readings are enough"),
        pytest.param(SWINGING, EIGHT_UP, "sustained-better", id="the latest eight above"),
        pytest.param(SWINGING, "9 9 9 9 9 9 9 9", "sustained-worse", id="the latest eight below"),
        pytest.param(SWINGING, f"1 {EIGHT_UP}", "sustained-better", id="sustained comes before mixed"),
        pytest.param(SWINGING, f"{EIGHT_UP} 9", "early-better", id="a run that did not last"),
        pytest.param(SWINGING, f"{EIGHT_UP} 10", "early-better", id="the latest on the mean"),
        pytest.param(SWINGING, "18 1", "mixed", id="outside on both sides"),
        pytest.param(SWINGING, f"{EIGHT_UP} 1", "mixed", id="a run up, then outside below"),
        pytest.param(SWINGING, "18", "early-better", id="one reading outside"),
        pytest.param(SWINGING, "16 11 16 9", "early-better", id="two of three"),
        pytest.param(SWINGING, "1 9 9", "early-worse", id="one reading outside, below"),
        pytest.param(SWINGING, "11 11 11 11 11 11 11", "no-signal", id="seven are no run"),
    ],
)
def test_level(judged: Callable[..., Judgement], baseline: str, after: str, level: str) -> None:
    assert judged(baseline, after).level == level


def test_sustained_needs_the_median_too(judged: Callable[..., Judgement]) -> None:
    skewed = "1 1 1 1 1 1 1 1 1 1 1 13"
    assert judged(skewed, " ".join(["1.5"] * 8)).level == "no-signal"


@pytest.mark.parametrize(
    ("better", "after", "level"),
    [
        ("lower", EIGHT_UP, "sustained-worse"),
        ("lower", "1", "early-better"),
        ("target", EIGHT_UP, "sustained-up"),
        ("none", "1", "early-down"),
        ("none", "18 1", "mixed"),
        ("target", "10", "no-signal"),
    ],
)
def test_level_in_the_words_of_the_metric(
    judged: Callable[..., Judgement], better: str, after: str, level: str
) -> None:
    assert judged(SWINGING, after, better=better).level == level


@pytest.mark.parametrize(
    ("after", "target", "heading"),
    [
        pytest.param(EIGHT_UP, "14", "towards", id="up, the target above"),
        pytest.param(EIGHT_UP, "6", "away", id="up, the target below"),
        pytest.param("1 10 10 10", "6", "towards", id="down, the target below"),
        pytest.param(EIGHT_UP, "14 to 16", "towards", id="up, the range above"),
        pytest.param(EIGHT_UP, "9 to 11", "away", id="up from the middle of the range"),
        pytest.param(EIGHT_UP, "9 to 15", "towards", id="up towards the middle of the range"),
        pytest.param("19 19 19 19 19 19 19 19", "12", "away", id="far past the target"),
        pytest.param("1 1 1 1 1 1 1 1 1 1 11 11 11 11 11 11 11 11", "14", "towards", id="up again after a fall"),
        pytest.param("10 10 10", "14", "", id="no side, no heading"),
    ],
)
def test_a_level_with_a_side_says_whether_it_leads_to_the_target(
    judged: Callable[..., Judgement], after: str, target: str, heading: str
) -> None:
    case = judged(SWINGING, after, target, better="target")
    assert case.heading == heading
    words = level_words(case)
    assert ("towards the target" in words, "away from the target" in words) == (
        heading == "towards",
        heading == "away",
    )


@pytest.mark.parametrize(
    ("baseline", "after", "words"),
    [
        (SWINGING, EIGHT_UP, "better by more than the usual variation, over 8 readings"),
        (SWINGING, "18", "first readings better by more than the usual variation, over 1 reading"),
        (SWINGING, "18 1", "readings stand out on both sides, over 2 readings"),
        (SWINGING, "10", "no more than the usual variation, over 1 reading"),
        ("9 9 9 9 9 9", "10", "are all alike"),
        ("9 8", "10", "too few readings"),
    ],
)
def test_level_in_words(judged: Callable[..., Judgement], baseline: str, after: str, words: str) -> None:
    assert words in level_words(judged(baseline, after))


TEN_UP = "12.9 12.9 12.9 12.9 12.9 9 12.9 12.9 12.9 12.9 12.9"
"""Ten of eleven above; their mean is 12.545, and luck leaves open up to 10 + 2.66 * 3 * sqrt(1/11 + 1/12) = 13.331."""
TEN_FAR_UP = "14 14 14 14 14 9 14 14 14 14 14"
"""The same with a mean of 13.545."""


@pytest.mark.parametrize(
    ("after", "level"),
    [
        pytest.param(TEN_FAR_UP, "sustained-better", id="one relapse in eleven is forgiven"),
        pytest.param(TEN_UP, "no-signal", id="not where luck leaves their mean open"),
        pytest.param("14 14 14 14 14 9 14 14 9 14 14", "no-signal", id="two relapses are not"),
        pytest.param("14 14 14 14 9 14 14 14 14 14", "no-signal", id="ten readings are too few"),
        pytest.param(f"1 9 9 {TEN_FAR_UP}", "sustained-better", id="older readings do not matter"),
        pytest.param("14 14 14 14 14 1 14 14 14 14 14", "early-worse", id="a relapse that pulls the mean back"),
        pytest.param("16 16 16 16 16 1 16 16 16 16 16", "sustained-better", id="outside on the other side it stands"),
    ],
)
def test_ten_of_eleven_are_sustained_too(judged: Callable[..., Judgement], after: str, level: str) -> None:
    assert judged(SWINGING, after).level == level


def test_ten_of_eleven_are_listed_where_eight_of_eight_do_not_say_it(judged: Callable[..., Judgement]) -> None:
    forgiven = judged(SWINGING, f"10 {TEN_FAR_UP}").signals
    assert [(each.rule, each.readings) for each in forgiven] == [("ten-of-eleven", range(13, 24))]
    assert "ten-of-eleven" not in {each.rule for each in judged(SWINGING, "14 " * 11).signals}


def test_an_outside_reading_on_the_other_side_stays_listed_and_is_said(judged: Callable[..., Judgement]) -> None:
    case = judged(SWINGING, "16 16 16 16 16 1 16 16 16 16 16")
    assert ("outside", -1) in {(each.rule, each.side) for each in case.signals}
    assert "was outside on the worse side on 4 May" in caveat_words(case)


@pytest.mark.parametrize(
    ("after", "level"),
    [
        pytest.param("18 " + "10 " * 12, "no-signal", id="twelve later readings without"),
        pytest.param("18 " + "10 " * 11, "early-better", id="among the latest twelve"),
        pytest.param("18 " + "10 " * 11 + "1", "early-worse", id="the older side no longer mixes"),
        pytest.param("16 11 16 " + "10 " * 11, "early-better", id="touching the latest twelve is enough"),
    ],
)
def test_older_signals_set_no_level(judged: Callable[..., Judgement], after: str, level: str) -> None:
    assert judged(SWINGING, after).level == level


def test_older_readings_outside_are_said(judged: Callable[..., Judgement]) -> None:
    case = judged(SWINGING, "18 " + "10 " * 12)
    assert "was outside on the better side on 30 Mar" in caveat_words(case)
    assert not [words for words in caveat_words(judged(SWINGING, "18 10")) if "outside" in words]
