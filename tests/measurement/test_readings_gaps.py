"""Readings that are missing are named by the days on which they were due."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cimodel_tui.measurement import Point, Question, Rule, caveat_words, judge
from cimodel_tui.measurement.readings import Gaps, gaps

MONDAY = date(2026, 1, 5)


def weekly(*weeks: int) -> list[Point]:
    return [Point(MONDAY + timedelta(days=7 * week), Fraction(week)) for week in weeks]


def on(*days: str) -> list[Point]:
    return [Point(date.fromisoformat(day), Fraction(1)) for day in days]


def named(points: list[Point], frequency: str = "") -> list[str]:
    return [day.isoformat() for day in gaps(points, [], frequency).baseline]


@pytest.mark.parametrize(
    ("days", "frequency", "missing"),
    [
        (("2026-01-05", "2026-01-12", "2026-01-26"), "weekly", ["2026-01-19"]),
        (("2026-01-05", "2026-01-12", "2026-01-26"), "", ["2026-01-19"]),
        (("2026-01-05", "2026-01-15"), "weekly", []),
        (("2026-01-05", "2026-01-16"), "weekly", ["2026-01-12"]),
        (("2026-01-01", "2026-02-01", "2026-04-01"), "monthly", ["2026-03-01"]),
        (("2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01", "2026-03-01", "2026-04-01"), "", ["2026-02-01"]),
        (("2025-12-31", "2026-01-31", "2026-03-31"), "monthly", ["2026-02-28"]),
        (("2025-10-01", "2026-04-01"), "quarterly", ["2026-01-01"]),
        (("2026-01-05", "2026-01-12", "2026-02-16"), "fortnightly", ["2026-01-26"]),
        (("2026-01-05", "2026-03-02"), "once", []),
        (("2026-01-05",), "weekly", []),
    ],
)
def test_missing_readings_are_named(days: tuple[str, ...], frequency: str, missing: list[str]) -> None:
    assert named(on(*days), frequency) == missing


def test_a_weekday_without_any_reading_is_no_gap() -> None:
    working = [day for day in (MONDAY + timedelta(days=at) for at in range(28)) if day.weekday() < 5]
    daily = [Point(day, Fraction(1)) for day in working if day != date(2026, 1, 14)]
    assert named(daily, "daily") == ["2026-01-14"]
    assert named(daily) == ["2026-01-14"]


def test_the_smallest_of_equally_common_distances_counts() -> None:
    assert named(on("2026-01-01", "2026-01-08", "2026-01-10")) == ["2026-01-03"]


def test_nothing_is_missing_between_baseline_and_result() -> None:
    assert gaps(weekly(0, 1, 2), weekly(9, 10, 12), "weekly") == Gaps((), (MONDAY + timedelta(days=77),))


def test_gaps_are_said_and_count_for_nothing() -> None:
    before, after = weekly(0, 1, 2, 3, 5, 6, 7), weekly(12, 13, 14, 16, 18, 20, 22)
    case = judge(Question("higher", "move", None, Rule(), tuple(before), tuple(after), frequency="weekly"))
    whole = judge(Question("higher", "move", None, Rule(), tuple(before), tuple(after), frequency="once"))
    words = caveat_words(case)
    assert "no reading within the baseline for 2 Feb 2026" in words
    assert "no reading within the result for 20 Apr, 4 May, 18 May 2026 and 1 more" in words
    assert (case.level, case.signals, case.verdict) == (whole.level, whole.signals, whole.verdict)
