"""The verdict of one metric: the whole table, target beside level, and what comes before the table.

Mean and median of the baseline are 10, its limits 2.02 and 17.98.
"""

from collections.abc import Callable
from datetime import date

import pytest

from cimodel_tui.measurement import Judgement, Rule

Judged = Callable[..., Judgement]

SWINGING = "8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5"
RISING = "7.4 6.8 8.4 8.8 7 8.1 8.7 11.6 11.4 9.3 12.2 9.9"
"""Moving upwards, S = 40, and steady all the same."""
UNSTEADY = "8.5 11.5 8.5 11.5 8.5 30 8.5 11.5 8.5 11.5 8.5 11.5"
UP = "12 13 12 13 12 13 12 13"
"""Eight on the better side, mean 12.5."""
DOWN_AT_LAST = "17 17 17 17 17 17 17 9 9 9 9 9 9 9 9"
"""The latest eight on the worse side, yet a mean of 12.7."""


@pytest.mark.parametrize(
    ("baseline", "after", "level", "target", "met", "word"),
    [
        (SWINGING, UP, "sustained-better", "12", True, "achieved"),
        (SWINGING, UP, "sustained-better", "14", False, "better-not-there"),
        (SWINGING, "18 9 10 10", "early-better", "11", True, "met-thin"),
        (SWINGING, "18 9 10 10", "early-better", "14", False, "better-not-there"),
        (SWINGING, "11 9 11 9 11 9 11 9.5", "no-signal", "10.05", True, "met-not-shown"),
        (SWINGING, "11 9 11 9 11 9 11 9.5", "no-signal", "12", False, "not-shown"),
        (SWINGING, "11 9 11 9 11 9 11", "no-signal", "10.1", True, "met-thin"),
        (SWINGING, "11 9 11 9 11 9 11", "no-signal", "12", False, "not-there"),
        ("8.5 11.5 8.5 11.5 10", UP, "too-few", "12", True, "met-thin"),
        ("8.5 11.5 8.5 11.5 10", UP, "too-few", "14", False, "not-there"),
        ("10 10 10 10 10 10", UP, "too-few", "12", True, "met-thin"),
        ("10 10 10 10 10 10", UP, "too-few", "14", False, "not-there"),
        (SWINGING, "18 2 13 13", "mixed", "11", True, "unsettled"),
        (SWINGING, "18 2 13 13", "mixed", "14", False, "unsettled"),
        (SWINGING, "2 13 13 13", "early-worse", "10.2", True, "unsettled"),
        (SWINGING, "2 13 13 13", "early-worse", "14", False, "unsettled"),
        (SWINGING, DOWN_AT_LAST, "sustained-worse", "12", True, "worse"),
        (SWINGING, DOWN_AT_LAST, "sustained-worse", "14", False, "worse"),
    ],
)
def test_promise_to_move(
    judged: Judged, baseline: str, after: str, level: str, target: str, met: bool, word: str
) -> None:
    case = judged(baseline, after, target)
    assert (case.level, case.met, case.verdict) == (level, met, word)


@pytest.mark.parametrize(
    ("after", "level", "target", "met", "word"),
    [
        (UP, "sustained-better", "9", True, "held"),
        (UP, "sustained-better", "14", False, "lost"),
        ("18 9 10 10", "early-better", "9", True, "held"),
        ("11 9 11 9 11 9 11 9.5", "no-signal", "9", True, "held"),
        ("11 9 11 9 11 9 11 9.5", "no-signal", "12", False, "lost"),
        ("11 9", "no-signal", "10", True, "held"),
        ("18 2 13 13", "mixed", "9", True, "held"),
        ("2 13 13 13", "early-worse", "9", True, "held"),
        ("2 13 13 13", "early-worse", "12", False, "lost"),
        ("9 9 9 9 9 9 9 9", "sustained-worse", "8", True, "held-slipping"),
        ("9 9 9 9 9 9 9 9", "sustained-worse", "9.5", False, "lost"),
    ],
)
def test_promise_to_hold(judged: Judged, after: str, level: str, target: str, met: bool, word: str) -> None:
    case = judged(SWINGING, after, target, promise="hold")
    assert (case.level, case.met, case.verdict) == (level, met, word)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("9 9 9 9 9 9 9 9", "worse than the baseline by more than the usual variation"),
        ("10 9", "by no more than the usual variation"),
    ],
)
def test_lost_says_by_how_much(judged: Judged, after: str, words: str) -> None:
    assert words in judged(SWINGING, after, "9.9", promise="hold").sentence


@pytest.mark.parametrize("after", [UP, "18 9 10 10", "11 9 11 9 11 9 11 9.5", "18 2 13 13", DOWN_AT_LAST])
def test_a_target_that_was_met_already_is_never_achieved(judged: Judged, after: str) -> None:
    assert judged(SWINGING, after, "9").verdict == "already-there"


def test_already_there_says_when_it_got_worse(judged: Judged) -> None:
    assert "now worse by more than the usual variation" in judged(SWINGING, DOWN_AT_LAST, "9").sentence
    assert "worse" not in judged(SWINGING, UP, "9").sentence


@pytest.mark.parametrize(
    ("after", "word"),
    [
        ("9 9 9 9 9 9 9 9", "worse"),
        ("9 9.5", "not-there"),
        ("2 13 9 9", "unsettled"),
        ("9 9 11 9 9 9 9 9", "not-shown"),
    ],
)
def test_a_target_that_was_met_and_is_lost_goes_by_the_level(judged: Judged, after: str, word: str) -> None:
    case = judged(SWINGING, after, "9.9")
    assert (case.hold_result, case.verdict) == ("lost", word)


@pytest.mark.parametrize(("baseline", "words"), [(RISING, "already moving"), (UNSTEADY, "not steady")])
def test_met_is_unclear_where_the_baseline_moved_or_was_not_steady(judged: Judged, baseline: str, words: str) -> None:
    case = judged(baseline, "16 17 16 17 16 17 16 17", "15")
    assert (case.level, case.verdict) == ("sustained-better", "met-unclear")
    assert (case.caveats.steady, case.caveats.already_moving) in {(True, True), (False, False)}
    assert words in case.sentence


def test_a_baseline_that_moved_the_other_way_clouds_nothing(judged: Judged) -> None:
    falling = " ".join(reversed(RISING.split()))
    assert judged(falling, "16 17 16 17 16 17 16 17", "15").verdict == "achieved"


@pytest.mark.parametrize(
    ("baseline", "after", "target", "promise", "word"),
    [
        (SWINGING, UP, "12", "move", "met-thin"),
        (RISING, "16 17 16 17 16 17 16 17", "15", "move", "met-thin"),
        (SWINGING, "11 11", "10", "hold", "met-thin"),
        (SWINGING, "18", "14", "move", "met-thin"),
        (SWINGING, UP, "14", "move", "better-not-there"),
        (SWINGING, "9 9 9 9 9 9 9 9", "8", "hold", "held-slipping"),
        (SWINGING, "9 11 9 11 9 11 9 11", "10.5", "move", "met-not-shown"),
        (SWINGING, UP, "9", "move", "already-there"),
    ],
)
def test_the_latest_reading_alone_gives_met_thin_at_the_most(
    judged: Judged, baseline: str, after: str, target: str, promise: str, word: str
) -> None:
    assert judged(baseline, after, target, promise=promise, rule=Rule("latest")).verdict == word


@pytest.mark.parametrize("target", ["12", ""])
@pytest.mark.parametrize("better", ["higher", "target", "none"])
def test_without_an_agreed_baseline_nobody_can_tell(judged: Judged, target: str, better: str) -> None:
    assert judged(SWINGING, UP, target, better=better, agreed=False).verdict == "cannot-tell"
    assert judged("", UP, target, better=better).verdict == "cannot-tell"


@pytest.mark.parametrize(
    ("better", "target", "after", "rule", "word"),
    [
        pytest.param("higher", "", "", Rule(), None, id="no target comes before too early"),
        pytest.param("higher", "12", "", Rule(), "too-early", id="no result reading"),
        pytest.param("higher", "12", UP, Rule("mean-of-last", 9), "too-early", id="too few for the rule"),
        pytest.param("none", "12", "", Rule(), "too-early", id="too early comes before no better side"),
        pytest.param("none", "12", UP, Rule(), None, id="no better side"),
    ],
)
def test_what_comes_before_the_table(
    judged: Judged, better: str, target: str, after: str, rule: Rule, word: str | None
) -> None:
    assert judged(SWINGING, after, target, better=better, rule=rule).verdict == word


@pytest.mark.parametrize(
    ("target", "after", "promise", "word"),
    [
        pytest.param("12 to 14", UP, "move", "achieved", id="towards, in the range"),
        pytest.param("13 to 14", UP, "move", "better-not-there", id="towards, not in it"),
        pytest.param("6 to 8", UP, "move", "worse", id="away"),
        pytest.param("6 to 8", "18 9 10 10", "move", "unsettled", id="first readings away"),
        pytest.param("11 to 12", UP, "move", "overshot", id="past the far side"),
        pytest.param("11 to 12", "13 12", "move", "overshot", id="past the far side without a signal"),
        pytest.param("12.5", UP, "move", "achieved", id="a single one is met when equal"),
        pytest.param("12", UP, "move", "better-not-there", id="a single one is not overshot"),
        pytest.param("9 to 11", "10 10.5", "hold", "held", id="held in the range"),
        pytest.param("8 to 12", "11 11 11 11 11 11 11 11", "hold", "held-slipping", id="off the middle of the range"),
        pytest.param("9 to 11", UP, "hold", "lost", id="out of the range"),
        pytest.param("9 to 11", "10 10.5", "move", "already-there", id="in the range already"),
    ],
)
def test_target_is_best(judged: Judged, target: str, after: str, promise: str, word: str) -> None:
    case = judged(SWINGING, after, target, better="target", promise=promise)
    assert case.verdict == word
    assert case.level.endswith(("-up", "-down", "no-signal", "mixed"))
    assert word != "overshot" or case.gap_closed is None


def test_lower_is_better_mirrors_the_table(judged: Judged) -> None:
    down = "8 7 8 7 8 7 8 7"
    assert judged(SWINGING, down, "8", better="lower").verdict == "achieved"
    assert judged(SWINGING, down, "7", better="lower").verdict == "better-not-there"
    assert judged(SWINGING, UP, "8", better="lower").verdict == "worse"


def test_the_sample_about_the_first_contact_is_better_and_not_there(judged: Judged) -> None:
    case = judged(
        "58.2 60.1 57.4 59.0 61.2 58.8 57.9 60.5 59.6 58.3 59.4 58.6",
        "62.1 62.7 62.2 63.4 62.9 63.0 62.6 63.1",
        "68",
        rule=Rule("mean-of-last", 6),
        unit="%",
        name="first-contact resolution",
        by=date(2026, 7, 19),
    )
    assert (case.level, case.verdict) == ("sustained-better", "better-not-there")
    assert "42 % of the gap" in case.sentence
    assert "to 62.9 %" in case.sentence
    assert case.benefit == "claimed"


def test_the_sample_about_releases_is_met_thin(judged: Judged) -> None:
    case = judged("23.7 22.9 24.4 19.4 22.5 21.6", "17.9 15.8 16.7 15.0 14.6 12.8", "18", better="lower", unit="%")
    assert (case.level, case.verdict, case.caveats.provisional) == ("early-better", "met-thin", True)


@pytest.mark.parametrize(
    ("baseline", "after", "better", "benefit", "yearly"),
    [
        (SWINGING, UP, "higher", "claimed", True),
        (SWINGING, "18 9 10 10", "higher", "possible, if it lasts", False),
        (SWINGING, "11 9", "higher", "", False),
        (SWINGING, "9 9 9 9 9 9 9 9", "higher", "", False),
        (RISING, "16 17 16 17 16 17 16 17", "higher", "", False),
        (SWINGING, UP, "none", "", False),
        (SWINGING, UP, "target", "claimed", True),
    ],
)
def test_what_may_be_said_of_a_benefit(
    judged: Judged, baseline: str, after: str, better: str, benefit: str, yearly: bool
) -> None:
    case = judged(baseline, after, "14", better=better)
    assert (case.benefit, case.yearly_figure_allowed) == (benefit, yearly)
