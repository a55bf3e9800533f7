"""Change and gap closed: never clamped, always rounded down, so that a miss never prints as 100 %."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from cimodel_tui.measurement import Judgement, Rule, change_words, percent_words

TEN = "9 11 9 11 9 11"
"""Mean 10."""


@pytest.mark.parametrize(
    ("better", "target", "after", "closed"),
    [
        pytest.param("higher", "20", "15", Fraction(1, 2), id="half of the way up"),
        pytest.param("lower", "5", "7.5", Fraction(1, 2), id="half of the way down, no sign flip"),
        pytest.param("higher", "20", "20", 1, id="all of it"),
        pytest.param("higher", "20", "30", 2, id="past it"),
        pytest.param("higher", "20", "5", Fraction(-1, 2), id="away"),
        pytest.param("lower", "5", "15", -1, id="away, lower is better"),
        pytest.param("higher", "20", "10", 0, id="stood still"),
        pytest.param("target", "20", "25", Fraction(1, 2), id="nearer from the other side"),
        pytest.param("target", "20", "20", 1, id="exactly on target"),
        pytest.param("target", "20", "31", Fraction(-1, 10), id="farther on the other side"),
        pytest.param("target", "20 to 24", "15", Fraction(1, 2), id="distance to the range"),
        pytest.param("target", "20 to 24", "22", 1, id="in the range"),
        pytest.param("target", "20 to 24", "25", None, id="beyond the far end of the range"),
        pytest.param("target", "4 to 6", "3", None, id="past the far side, downwards"),
        pytest.param("higher", "10", "15", None, id="the baseline meets it"),
        pytest.param("higher", "8", "5", None, id="the baseline meets it, lost"),
        pytest.param("target", "8 to 12", "20", None, id="the baseline lies in the range"),
        pytest.param("none", "20", "15", None, id="no better side"),
    ],
)
def test_gap_closed(
    judged: Callable[..., Judgement], better: str, target: str, after: str, closed: Fraction | None
) -> None:
    assert judged(TEN, after, target, better=better).gap_closed == closed


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0.999", "99 %"),
        ("0.99999999", "99 %"),
        ("1", "100 %"),
        ("1.167", "116 %"),
        ("-0.004", "-1 %"),
        ("-1", "-100 %"),
        ("-1.001", "-101 %"),
        ("0", "0 %"),
        ("0.0001", "<1 %"),
        ("0.0099", "<1 %"),
        ("0.01", "1 %"),
        ("3.5", "350 %"),
        ("1e40", "1e+42 %"),
    ],
)
def test_percent_is_rounded_down(share: str, words: str) -> None:
    assert percent_words(Fraction(share)) == words


@pytest.mark.parametrize(
    ("baseline", "after", "unit", "words"),
    [
        ("10", "15", "h", "+5 h (+50 %)"),
        ("10", "5", "h", "-5 h (-50 %)"),
        ("-10", "-5", "h", "+5 h (+50 %)"),
        ("0", "5", "h", "+5 h"),
        ("40", "60", "%", "+20 percentage points (+50 %)"),
        ("10", "10", "h", "0 h (0 %)"),
        ("10", "", "h", ""),
    ],
)
def test_change_in_words(judged: Callable[..., Judgement], baseline: str, after: str, unit: str, words: str) -> None:
    assert change_words(judged(baseline, after, unit=unit)) == words


@pytest.mark.parametrize(
    ("target", "after", "held"),
    [("10", "10", "held"), ("10", "9.9", "lost"), ("8", "20", "held"), ("12", "13", None), ("12", "3", None)],
)
def test_a_target_that_the_baseline_meets_is_held_or_lost(
    judged: Callable[..., Judgement], target: str, after: str, held: str | None
) -> None:
    assert judged(TEN, after, target).hold_result == held


def test_held_or_lost_is_not_said_too_early(judged: Callable[..., Judgement]) -> None:
    assert judged(TEN, "20", "8", rule=Rule("mean-of-last", 2)).hold_result is None


def test_a_gap_of_136_per_cent_can_still_be_noise(judged: Callable[..., Judgement]) -> None:
    case = judged("9 11 9 11 9 11 9 11 9 11 9 11", "11 9 11 9 11 9 11 9.088", "10.008")
    assert case.gap_closed == Fraction(11, 8)
    assert (case.level, case.verdict) == ("no-signal", "met-not-shown")


def test_the_sample_story_closes_116_per_cent_of_its_gap(judged: Callable[..., Judgement]) -> None:
    case = judged(
        "7.1 6.2 7.9 6.6 5.9 7.4 6.9 8.1 6.3 6.7 7.2 6.5",
        "5.1 4.7 5.2 4.4 4.8 4.3 4.9 4.5",
        "5.0",
        better="lower",
        rule=Rule("mean-of-last", 6),
    )
    assert case.gap_closed is not None
    assert (percent_words(case.gap_closed), case.level, case.verdict) == ("116 %", "sustained-better", "achieved")
    assert case.achieved is not None
    assert f"{float(case.achieved):.2f}" == "4.68"
