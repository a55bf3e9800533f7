"""Signals count where the usual variation of the baseline does not explain the later readings.

The baseline swings between 8.5 and 11.5: mean and median 10, two sigma at 4.68 and 15.32, limits at 2.02 and 17.98.
"""

from collections.abc import Callable

import pytest

from cimodel_tui.measurement import Judgement, Signal
from cimodel_tui.measurement.signals import trends
from cimodel_tui.measurement.xmr import DOWN, UP

SWINGING = "8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5"
FIRST = 12
SKEWED = "1 1 1 1 1 1 1 1 1 1 1 13"
"""Mean 2, median 1."""

Found = list[tuple[str, int, list[int]]]


def fired(case: Judgement) -> Found:
    """Return rule, side and positions among the later readings."""
    first = case.limits.n
    return [(each.rule, each.side, [at - first for at in each.readings]) for each in case.signals]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        pytest.param("17.98", [], id="on the upper limit is inside"),
        pytest.param("2.02", [], id="on the lower limit is inside"),
        pytest.param("17.980001", [("outside", UP, [0])], id="above the upper limit"),
        pytest.param("2.019999", [("outside", DOWN, [0])], id="below the lower limit"),
        pytest.param("10 18 19 1", [("outside", UP, [1]), ("outside", UP, [2]), ("outside", DOWN, [3])], id="each one"),
    ],
)
def test_a_reading_outside_the_limits(judged: Callable[..., Judgement], after: str, found: Found) -> None:
    assert fired(judged(SWINGING, after)) == found


@pytest.mark.parametrize(
    ("after", "found"),
    [
        pytest.param("11 11 11 11 11 11 11", [], id="seven are too few"),
        pytest.param("11 11 11 11 11 11 11 11", [("run", UP, list(range(8)))], id="eight are a run"),
        pytest.param("9 9 9 9 9 9 9 9", [("run", DOWN, list(range(8)))], id="below as well"),
        pytest.param("11 11 11 11 10 11 11 11 11", [], id="one on the mean breaks it"),
        pytest.param("11 11 11 11 9.9 11 11 11 11", [], id="one on the other side breaks it"),
        pytest.param(
            "9 11 11 11 11 11 11 11 11 11 11 9", [("run", UP, list(range(1, 11)))], id="the longest stretch, once"
        ),
    ],
)
def test_eight_in_a_row_are_a_run(judged: Callable[..., Judgement], after: str, found: Found) -> None:
    assert fired(judged(SWINGING, after)) == found


def test_a_run_lies_beyond_the_mean_and_the_median(judged: Callable[..., Judgement]) -> None:
    between = judged(SKEWED, " ".join(["1.5"] * 8))
    assert between.limits.mean == 2
    assert fired(between) == []
    assert fired(judged(SKEWED, " ".join(["0.5"] * 8))) == [("run", DOWN, list(range(8)))]
    assert fired(judged(SKEWED, " ".join(["2.5"] * 8))) == [("run", UP, list(range(8)))]


def test_a_reading_on_the_median_is_on_neither_side(judged: Callable[..., Judgement]) -> None:
    assert fired(judged(SKEWED, "0.5 0.5 0.5 0.5 1 0.5 0.5 0.5 0.5")) == []


@pytest.mark.parametrize(
    ("after", "found"),
    [
        pytest.param("16 16 11", [("two-of-three", UP, [0, 1, 2])], id="two and one"),
        pytest.param("16 11 16", [("two-of-three", UP, [0, 1, 2])], id="one between them"),
        pytest.param("11 16 16", [("two-of-three", UP, [0, 1, 2])], id="one before them"),
        pytest.param("16 16 16", [("two-of-three", UP, [0, 1, 2])], id="all three"),
        pytest.param("4 9 4", [("two-of-three", DOWN, [0, 1, 2])], id="below as well"),
        pytest.param("16 16", [], id="two readings are no window"),
        pytest.param("16 9 16", [], id="the third on the other side"),
        pytest.param("16 10 16", [], id="the third on the mean"),
        pytest.param("15.32 15.32 15.32", [], id="on two sigma is not beyond it"),
        pytest.param("15.33 15.33 11", [("two-of-three", UP, [0, 1, 2])], id="just beyond two sigma"),
        pytest.param("17.98 17.98 11", [("two-of-three", UP, [0, 1, 2])], id="on the limit is inside"),
        pytest.param("18 18 11", [("outside", UP, [0]), ("outside", UP, [1])], id="two outside are not between"),
        pytest.param(
            "18 16 16", [("outside", UP, [0]), ("two-of-three", UP, [0, 1, 2])], id="the third may be outside"
        ),
        pytest.param("16 16 11 16 16", [("two-of-three", UP, [0, 1, 2, 3, 4])], id="the longest stretch, once"),
        pytest.param("16 11 11 16", [], id="too far apart"),
    ],
)
def test_two_of_three_between_two_and_three_sigma(judged: Callable[..., Judgement], after: str, found: Found) -> None:
    assert fired(judged(SWINGING, after)) == found


def test_windows_lie_wholly_in_the_later_readings(judged: Callable[..., Judgement]) -> None:
    ends_high = "5 15 5 15 5 15 5 15 11 11 11 11 11 11 11"
    assert fired(judged(ends_high, "11")) == []


def test_what_fires_within_the_baseline_is_not_listed(judged: Callable[..., Judgement]) -> None:
    case = judged(SWINGING + " 30 9 11 9 11", "10")
    assert case.caveats.steady is False
    assert case.signals == ()


def test_positions_count_from_the_first_baseline_reading(judged: Callable[..., Judgement]) -> None:
    assert [each.readings for each in judged(SWINGING, "10 18").signals] == [range(FIRST + 1, FIRST + 2)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 4, 5, 6, 7], [Signal("trend", UP, range(7))]),
        ([9, 8, 7, 6, 5, 4, 3, 2, 9], [Signal("trend", DOWN, range(8))]),
        ([1, 2, 3, 4, 4, 5, 6, 7], []),
    ],
)
def test_seven_steadily_up_or_down_are_a_trend(values: list[int], found: list[Signal]) -> None:
    assert list(trends(values)) == found


def test_a_trend_is_marked_on_the_chart_only(judged: Callable[..., Judgement]) -> None:
    case = judged(SWINGING, "7 8 9 10 11 12 13")
    assert [each.readings for each in case.trends] == [range(FIRST, FIRST + 7)]
    assert (case.signals, case.level) == ((), "no-signal")
