"""The outlook: will single readings, as the process runs now, keep meeting the target?"""

from collections.abc import Callable

import pytest

from cimodel_tui.measurement import Judgement

SWINGING = "8.5 11.5 8.5 11.5 8.5 11.5"
"""Limits 2.02 and 17.98."""


@pytest.mark.parametrize(
    ("better", "target", "outlook"),
    [
        ("higher", "2.02", "pass"),
        ("higher", "2.03", "hit-and-miss"),
        ("higher", "17.98", "hit-and-miss"),
        ("higher", "17.99", "fail"),
        ("lower", "17.98", "pass"),
        ("lower", "17.97", "hit-and-miss"),
        ("lower", "2.02", "hit-and-miss"),
        ("lower", "2.01", "fail"),
        ("target", "2.02 to 17.98", "pass"),
        ("target", "2.03 to 30", "hit-and-miss"),
        ("target", "9 to 11", "hit-and-miss"),
        ("target", "17.99 to 30", "fail"),
        ("target", "0 to 2.01", "fail"),
        ("target", "10", "hit-and-miss"),
        ("none", "10", None),
    ],
)
def test_outlook_from_limits(judged: Callable[..., Judgement], better: str, target: str, outlook: str | None) -> None:
    assert judged(SWINGING, "10 10 10", target, better=better).outlook == outlook
    assert judged("1 2 1 2 1 2 1 2", SWINGING, target, better=better).outlook == outlook


def test_six_later_readings_have_limits_of_their_own(judged: Callable[..., Judgement]) -> None:
    assert judged(SWINGING, "30 31 30 31 30", "25").outlook == "fail"
    assert judged(SWINGING, "30 31 30 31 30 31", "25").outlook == "pass"


def test_fewer_take_those_of_the_baseline_where_no_change_is_sustained(judged: Callable[..., Judgement]) -> None:
    assert judged(SWINGING, "10 10 10 10 10", "1").outlook == "pass"
    assert judged(SWINGING, "", "18").outlook == "fail"


def test_without_six_readings_anywhere_there_is_no_outlook(judged: Callable[..., Judgement]) -> None:
    assert judged("8 11 8 11 8", "10 10 10 10 10", "1").outlook is None


def test_without_a_target_there_is_no_outlook(judged: Callable[..., Judgement]) -> None:
    assert judged(SWINGING, "10 10 10").outlook is None
