"""Balancing metrics: kept, slipping, broken or not measured, by the mean of their result readings."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from cimodel_tui.measurement import Aim, Point, Question, Rule, balance

Weekly = Callable[..., tuple[Point, ...]]

BEFORE = "8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5"


def build_question(better: str, limit: Aim | None, before: tuple[Point, ...], after: tuple[Point, ...]) -> Question:
    return Question(better, "move", limit, Rule("latest"), before, after, agreed=False, name="reopened", unit="%")


@pytest.mark.parametrize(
    ("better", "limit", "after", "word"),
    [
        pytest.param("lower", Aim(high=Fraction(12)), "9 12 11", "kept", id="inside"),
        pytest.param("lower", Aim(high=Fraction(12)), "12 12", "kept", id="on the limit"),
        pytest.param("lower", Aim(high=Fraction(12)), "1 30", "broken", id="by the mean, not by single readings"),
        pytest.param("lower", Aim(high=Fraction(12)), "30 1 1", "kept", id="one reading beyond it"),
        pytest.param("lower", Aim(high=Fraction(12)), "11 11 11 11 11 11 11 11", "slipping", id="worse for good"),
        pytest.param("lower", Aim(high=Fraction(12)), "17 16 17 16 17 16 17 16", "broken", id="broken comes first"),
        pytest.param("higher", Aim(low=Fraction(8)), "9 9 9 9 9 9 9 9", "slipping", id="higher is better"),
        pytest.param("higher", Aim(low=Fraction(8)), "7 7", "broken", id="below its limit"),
        pytest.param("none", Aim(Fraction(8), Fraction(12)), "8 12", "kept", id="a range"),
        pytest.param("none", Aim(Fraction(8), Fraction(12)), "13 12", "broken", id="above the range"),
        pytest.param("target", Aim(Fraction(8), Fraction(12)), "7 8", "broken", id="below the range"),
        pytest.param(
            "target", Aim(Fraction(8), Fraction(12)), "11 11 11 11 11 11 11 11", "slipping", id="off its middle"
        ),
        pytest.param("lower", Aim(high=Fraction(12)), "", "not-measured", id="no result"),
        pytest.param("lower", None, "9", "not-measured", id="no limit"),
    ],
)
def test_balance(weekly: Weekly, better: str, limit: Aim | None, after: str, word: str) -> None:
    found = balance(build_question(better, limit, weekly(BEFORE), weekly(after, "2026-06-01")))
    assert found.word == word
    assert found.sentence.startswith(word.replace("-", " ").capitalize())
    assert found.as_json()["word"] == word


def test_a_limit_can_be_kept_without_a_baseline(weekly: Weekly) -> None:
    assert balance(build_question("lower", Aim(high=Fraction(12)), (), weekly("9 10"))).word == "kept"


def test_sample_story_reopened_is_broken(weekly: Weekly) -> None:
    found = balance(build_question("lower", Aim.of("lower", Fraction(7), "7.0"), (), weekly("7.8 8.0")))
    assert (found.word, found.mean, found.n) == ("broken", Fraction("7.9"), 2)
    assert found.figures == "reopened 7.9 %, limit 7.0"
