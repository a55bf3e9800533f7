"""The level, in its order: too few, sustained, mixed, early, none."""

from collections.abc import Callable

import pytest

from cimodel_tui.measurement import Judgement, level_words

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
