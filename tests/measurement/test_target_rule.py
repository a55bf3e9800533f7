"""The success rule: what it looks at, when it is too early, and how late a target was met."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from cimodel_tui.measurement import Aim, AimError, Judgement, Question, QuestionError, Rule, RuleError, late_words

BEFORE = "8.5 11.5 8.5 11.5 8.5 11.5"
"""Six weeks from 2026-01-05; the result begins on 2026-02-16."""


@pytest.mark.parametrize(
    ("rule", "after", "achieved", "met"),
    [
        pytest.param(Rule(), "14 16 18", 16, True, id="the mean of all"),
        pytest.param(Rule(), "14 16 14.9", Fraction("44.9") / 3, False, id="a mean just below"),
        pytest.param(Rule("mean-of-last", 2), "1 1 14 16", 15, True, id="the mean of the last two"),
        pytest.param(Rule("mean-of-last", 2), "30 30 14 15", Fraction("14.5"), False, id="earlier ones do not help"),
        pytest.param(Rule("each-of-last", 2), "1 15 16", Fraction("15.5"), True, id="each of the last two"),
        pytest.param(Rule("each-of-last", 2), "1 14 30", 22, False, id="one of them misses, their mean does not"),
        pytest.param(Rule("latest"), "1 1 15", 15, True, id="the latest"),
        pytest.param(Rule("latest"), "30 30 14.99", Fraction("14.99"), False, id="only the latest"),
        pytest.param(Rule("mean", 9), "15", 15, True, id="a mean of all takes no number"),
    ],
)
def test_what_a_rule_looks_at(
    judged: Callable[..., Judgement], rule: Rule, after: str, achieved: Fraction, met: bool
) -> None:
    case = judged(BEFORE, after, "15", rule=rule)
    assert (case.achieved, case.met) == (achieved, met)


@pytest.mark.parametrize("rule", [Rule("mean-of-last", 4), Rule("each-of-last", 4)])
def test_too_few_readings_for_the_rule_show_the_mean_of_what_is_there(
    judged: Callable[..., Judgement], rule: Rule
) -> None:
    case = judged(BEFORE, "20 22 24", "15", rule=rule)
    assert (case.achieved, case.met, case.verdict) == (Fraction(22), None, "too-early")
    assert "needs 4, 3 are in" in case.sentence


def test_one_reading_in_is_one_reading(judged: Callable[..., Judgement]) -> None:
    assert "needs 2, 1 is in" in judged(BEFORE, "20", "15", rule=Rule("mean-of-last", 2)).sentence


def test_without_a_result_nothing_is_achieved(judged: Callable[..., Judgement]) -> None:
    case = judged(BEFORE, "", "15")
    assert (case.achieved, case.change, case.met, case.hold_result, case.verdict) == (
        None,
        None,
        None,
        None,
        "too-early",
    )


@pytest.mark.parametrize(
    ("better", "target", "after", "met"),
    [
        ("higher", "15", "15", True),
        ("higher", "15", "14.999", False),
        ("lower", "5", "5", True),
        ("lower", "5", "5.001", False),
        ("target", "15", "15", True),
        ("target", "15", "15.001", False),
        ("target", "15 to 17", "15", True),
        ("target", "15 to 17", "17", True),
        ("target", "15 to 17", "17.001", False),
        ("none", "15", "15", None),
    ],
)
def test_a_target_is_met_when_it_is_equalled(
    judged: Callable[..., Judgement], better: str, target: str, after: str, met: bool | None
) -> None:
    assert judged(BEFORE, after, target, better=better).met is met


def test_target_is_met_exactly_where_floats_would_miss(judged: Callable[..., Judgement]) -> None:
    assert judged("1 2 1 2 1 2", " ".join(["0.1"] * 10), "0.1", better="lower").met
    assert judged("1 2 1 2 1 2", "0.1 0.2", "0.15", better="lower").met


@pytest.mark.parametrize(
    ("rule", "after", "by", "days"),
    [
        pytest.param(Rule(), "16 16", "2026-02-16", 0, id="met on its day"),
        pytest.param(Rule(), "14 20", "2026-02-16", 7, id="a week late"),
        pytest.param(Rule(), "14 20", "2026-02-22", 1, id="a day late"),
        pytest.param(Rule(), "14 14 20", "2026-02-15", 15, id="fifteen days late"),
        pytest.param(Rule(), "16 16", "2026-02-10", 6, id="the first reading came late"),
        pytest.param(Rule(), "16 16 16", None, 0, id="no date, never late"),
        pytest.param(Rule(), "14 14", "2026-02-16", 0, id="not met, nothing to say"),
        pytest.param(Rule("latest"), "16 1 16", "2026-02-16", 0, id="met in time, lost and met again"),
        pytest.param(Rule("each-of-last", 2), "1 15 15", "2026-02-23", 7, id="each of the last two, a week late"),
        pytest.param(Rule("mean-of-last", 2), "1 15 15", "2026-02-23", 7, id="their mean, a week late"),
    ],
)
def test_days_late(judged: Callable[..., Judgement], rule: Rule, after: str, by: str | None, days: int) -> None:
    case = judged(BEFORE, after, "15", rule=rule, by=date.fromisoformat(by) if by else None)
    assert case.days_late == days
    assert ("late" in case.sentence) == bool(days)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day late"), (8, "8 days late"), (13, "13 days late"), (14, "2 weeks late"), (27, "3 weeks late")],
)
def test_lateness_is_said_in_days_then_in_whole_weeks(days: int, words: str) -> None:
    assert late_words(days) == words


@pytest.mark.parametrize(
    ("frequency", "by", "days"),
    [
        pytest.param("weekly", "2026-03-01", 0, id="the second week ends on its day"),
        pytest.param("weekly", "2026-02-28", 1, id="the second week ends a day after"),
        pytest.param("daily", "2026-02-23", 0, id="a day covers itself"),
        pytest.param("", "2026-02-22", 1, id="without a frequency a reading covers its day"),
    ],
)
def test_a_reading_covers_its_period_up_to_the_day_of_the_target(
    judged: Callable[..., Judgement], frequency: str, by: str, days: int
) -> None:
    case = judged(BEFORE, "14 20", "15", by=date.fromisoformat(by), frequency=frequency)
    assert case.days_late == days


def test_late_or_not_the_word_stays(judged: Callable[..., Judgement]) -> None:
    after = "12 13 12 13 12 13 12 13"
    in_time = judged(f"{BEFORE} {BEFORE}", after, "12", by=date(2026, 12, 31))
    late = judged(f"{BEFORE} {BEFORE}", after, "12", by=date(2026, 3, 1))
    assert in_time.verdict == late.verdict == "achieved"
    assert "4 weeks late" in late.sentence


@pytest.mark.parametrize(("kind", "n"), [("median", None), ("mean-of-last", None), ("each-of-last", 0), ("", 3)])
def test_a_rule_that_cannot_be_followed_is_refused(kind: str, n: int | None) -> None:
    with pytest.raises(RuleError):
        Rule(kind, n)


def test_questions_that_make_no_sense_are_refused() -> None:
    with pytest.raises(QuestionError, match="better"):
        Question("up", "move", None, Rule(), (), ())
    with pytest.raises(QuestionError, match="promise"):
        Question("higher", "wish", None, Rule(), (), ())


def test_aims_that_no_value_can_meet_are_refused() -> None:
    with pytest.raises(AimError, match="above its high end"):
        Aim(Fraction(5), Fraction(4))
    with pytest.raises(AimError, match="needs a value"):
        Aim()


@pytest.mark.parametrize(
    ("better", "texts", "words"),
    [
        ("higher", {"value": " 5.00 "}, "5.00"),
        ("higher", {"low": "4", "high": "6"}, "4"),
        ("lower", {"low": "4", "high": "6"}, "6"),
        ("target", {"low": "4", "high": "6"}, "4 to 6"),
        ("target", {"low": "4"}, "4"),
        ("target", {"value": "5"}, "5"),
    ],
)
def test_an_aim_is_shown_as_it_was_typed(better: str, texts: dict[str, str], words: str) -> None:
    aim = Aim.from_texts(better, **texts)
    assert aim is not None
    assert aim.words() == words


def test_nothing_typed_is_no_aim() -> None:
    assert Aim.from_texts("target", value=" ", low="", high=" ") is None
