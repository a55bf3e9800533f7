"""Could you even tell? Whether a target could be met by luck, and from when on that can be known."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import sqrt

import pytest

from cimodel_tui.measurement import (
    Aim,
    Counts,
    Pace,
    Point,
    Rule,
    detectability_of,
    ends_of,
    limits,
    most_events_beyond_luck,
    readings_needed_for_share,
)
from cimodel_tui.measurement.xmr import UP

Weekly = Callable[..., tuple[Point, ...]]

BEFORE = "8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5"
START = date(2026, 6, 1)


def up_to(value: str) -> Aim:
    return Aim(low=Fraction(value))


def test_band_is_what_the_mean_of_so_many_readings_shows_without_any_change(weekly: Weekly) -> None:
    found = detectability_of(weekly(BEFORE), up_to("12"), Rule("mean-of-last", 6), "higher")
    half = 2.66 * 3 * sqrt(1 / 6 + 1 / 12)
    assert found.low == pytest.approx(10 - half)
    assert found.high == pytest.approx(10 + half)
    assert found.readings == 6


@pytest.mark.parametrize(("target", "inside"), [("13.99", True), ("14", False), ("10.1", True), ("9", True)])
def test_a_target_inside_the_band_could_be_met_by_luck(weekly: Weekly, target: str, inside: bool) -> None:
    """Half of the band is 2.66 * 3 / 2 = 3.99 for six readings after twelve."""
    found = detectability_of(weekly(BEFORE), up_to(target), Rule("mean-of-last", 6), "higher")
    assert found.inside is inside
    assert ("by luck" in found.sentence) is (inside and target != "9")


def test_a_single_reading_is_the_widest_band(weekly: Weekly) -> None:
    single = detectability_of(weekly(BEFORE), up_to("14"), Rule("latest"), "higher")
    assert (single.inside, single.readings) == (True, 1)
    assert "a single reading lies between" in single.sentence


def test_points_and_their_limits_come_to_the_same(weekly: Weekly) -> None:
    known = limits([each.value for each in weekly(BEFORE)])
    assert detectability_of(known, up_to("12"), Rule(), "higher") == detectability_of(
        weekly(BEFORE), up_to("12"), Rule(), "higher"
    )


@pytest.mark.parametrize(
    ("frequency", "by", "readings"),
    [
        ("weekly", date(2026, 7, 5), 5),
        ("weekly", date(2026, 7, 4), 4),
        ("daily", date(2026, 6, 10), 10),
        ("weekly", date(2026, 5, 1), 1),
        ("weekly", None, 8),
        ("once", date(2026, 6, 29), 8),
    ],
)
def test_a_mean_of_all_takes_every_reading_that_fits(
    weekly: Weekly, frequency: str, by: date | None, readings: int
) -> None:
    pace = Pace(START, frequency, by)
    assert detectability_of(weekly(BEFORE), up_to("12"), Rule(), "higher", pace).readings == readings


@pytest.mark.parametrize(
    ("rule", "frequency", "earliest"),
    [
        (Rule("mean-of-last", 6), "weekly", date(2026, 7, 12)),
        (Rule("each-of-last", 3), "monthly", date(2026, 8, 31)),
        (Rule("mean-of-last", 3), "quarterly", date(2027, 2, 28)),
        (Rule("latest"), "once", START),
        (Rule(), "", START),
        (Rule("mean-of-last", 2), "other", None),
        (Rule("mean-of-last", 10**6), "monthly", None),
        (Rule("mean-of-last", 10**9), "daily", None),
    ],
)
def test_earliest_day_by_which_the_rule_can_be_followed(
    weekly: Weekly, rule: Rule, frequency: str, earliest: date | None
) -> None:
    found = detectability_of(weekly(BEFORE), up_to("12"), rule, "higher", Pace(START, frequency))
    assert found.earliest == earliest
    assert (str(earliest) in found.sentence) is (earliest is not None)


@pytest.mark.parametrize(
    ("baseline", "better", "words"),
    [
        ("8.5 11.5 8.5 11.5 8.5", "higher", "5 readings in the baseline are too few"),
        ("", "higher", "0 readings in the baseline are too few"),
        ("9 9 9 9 9 9", "higher", "all baseline readings are alike"),
        (BEFORE, "none", "without a better side"),
    ],
)
def test_where_nothing_is_known_nothing_is_said(weekly: Weekly, baseline: str, better: str, words: str) -> None:
    found = detectability_of(weekly(baseline), up_to("12"), Rule(), better)
    assert (found.inside, found.low, found.high) == (None, None, None)
    assert words in found.sentence.lower()


def test_what_floats_cannot_hold_is_said_all_the_same(weekly: Weekly) -> None:
    huge = weekly(" ".join(["-1.7e308", "1.7e308"] * 6))
    assert detectability_of(huge, up_to("1.7e308"), Rule(), "higher").inside


@pytest.mark.parametrize(
    ("before", "wanted", "needed"),
    [("0.5", "0.6", 721), ("0.6", "0.5", 721), ("0.97", "0.99", 1434), ("0", "1", 1), ("0.5", "0.5", None)],
)
def test_cases_needed_on_each_side_to_tell_shares_apart(before: str, wanted: str, needed: int | None) -> None:
    assert readings_needed_for_share(Fraction(before), Fraction(wanted)) == needed


def test_a_share_lies_between_nothing_and_all() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        readings_needed_for_share(Fraction(2), Fraction(1))


def test_words_stay_where_the_metric_can_be(weekly: Weekly) -> None:
    before = weekly("97 100 97 100 97 100 97 100")
    ends = ends_of([point.value for point in before], "%")
    free = detectability_of(before, up_to("99"), Rule("latest"), "higher")
    result = detectability_of(before, up_to("99"), Rule("latest"), "higher", ends=ends)
    assert "and 107.0:" in free.sentence
    assert "and 100.0:" in result.sentence
    assert (result.low, result.high) == (free.low, free.high)


@pytest.mark.parametrize(("before", "days_before", "days"), [(8, 160, 365), (12, 300, 90), (40, 365, 365), (5, 50, 30)])
def test_most_events_beyond_luck_is_the_last_count_that_chance_hardly_leaves(
    before: int, days_before: int, days: int
) -> None:
    counts = Counts(before, days_before, 0, days)
    rare = [
        each
        for each in range(before * days // days_before + 2)
        if Counts(before, days_before, each, days).at_most(UP, 100)
    ]
    assert most_events_beyond_luck(counts, days) == (max(rare) if rare else None)
