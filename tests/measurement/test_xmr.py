"""Mean, mean moving range and limits: exact, from the baseline alone, clipped for words and pictures only."""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import add

import pytest

from cimodel_tui.measurement import Judgement, clip_limits, limits

RESTORE = "7.1 6.2 7.9 6.6 5.9 7.4 6.9 8.1 6.3 6.7 7.2 6.5"
"""The baseline of the sample story about store systems."""


def values(text: str) -> list[Fraction]:
    return [Fraction(each) for each in text.split()]


def test_sample_baseline_has_the_mean_and_limits_of_its_story() -> None:
    found = limits(values(RESTORE))
    shown = [f"{float(each):.2f}" for each in (found.mean, found.lower, found.upper) if each is not None]
    assert shown == ["6.90", "4.19", "9.61"]


def test_limits_lie_2_66_mean_moving_ranges_from_the_mean() -> None:
    found = limits(values("8.5 11.5 8.5 11.5"))
    assert (found.mean, found.mean_moving_range) == (Fraction(10), Fraction(3))
    assert (found.lower, found.upper) == (Fraction("2.02"), Fraction("17.98"))


def test_ten_readings_of_a_tenth_have_a_mean_of_exactly_a_tenth() -> None:
    assert limits([Fraction("0.1")] * 10).mean == Fraction(1, 10)
    assert reduce(add, [0.1] * 10) / 10 < 0.1


def test_no_false_run_about_a_mean_that_floats_would_miss(judged: Callable[..., Judgement]) -> None:
    case = judged(" ".join(["0.1"] * 9 + ["0.3", "-0.1"]), " ".join(["0.1"] * 8))
    assert case.limits.mean == Fraction("0.1")
    assert (case.signals, case.level) == ((), "no-signal")


def test_large_moving_ranges_are_not_screened_out() -> None:
    assert limits(values("1 1 1 1 100")).mean_moving_range == Fraction(99, 4)


def test_one_reading_has_a_mean_and_no_limits() -> None:
    found = limits([Fraction(7)])
    assert (found.n, found.mean, found.mean_moving_range, found.lower, found.upper) == (
        1,
        Fraction(7),
        None,
        None,
        None,
    )


def test_no_reading_has_no_mean() -> None:
    found = limits([])
    assert (found.n, found.mean, found.lower, found.upper) == (0, None, None, None)


def test_readings_all_alike_have_no_spread() -> None:
    found = limits([Fraction(7)] * 8)
    assert (found.has_spread, found.lower, found.upper) == (False, Fraction(7), Fraction(7))


def test_arithmetic_clips_nothing() -> None:
    assert (limits(values("0 10 0 10")).lower or 0) < 0


@pytest.mark.parametrize(
    ("readings", "unit", "shown"),
    [
        ("0 10 0 10", "h", (0, Fraction("31.6"))),
        ("90 100 90 100", "%", (Fraction("68.4"), 100)),
        ("90 100 90 100", "h", (Fraction("68.4"), Fraction("121.6"))),
        ("-5 5 -5 5", "h", (Fraction("-26.6"), Fraction("26.6"))),
        ("90 110 90 110", " % ", (Fraction("46.8"), Fraction("153.2"))),
    ],
)
def test_limits_in_words_and_pictures_stay_where_values_can_be(
    readings: str, unit: str, shown: tuple[Fraction, Fraction]
) -> None:
    assert clip_limits(limits(values(readings)), values(readings), unit) == shown


def test_a_single_reading_has_no_limits_to_clip() -> None:
    assert clip_limits(limits([Fraction(3)]), [Fraction(3)], "%") == (None, None)


def test_later_readings_leave_the_limits_of_the_baseline_as_they_are(judged: Callable[..., Judgement]) -> None:
    alone, followed = judged(RESTORE, ""), judged(RESTORE, "1000 -1000 5 5")
    assert alone.limits == followed.limits == limits(values(RESTORE))


def test_later_readings_have_limits_of_their_own(judged: Callable[..., Judgement]) -> None:
    assert judged(RESTORE, "5.1 4.7 5.2").after_limits == limits(values("5.1 4.7 5.2"))
