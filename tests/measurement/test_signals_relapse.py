"""The relapse rule: so many readings in a row beyond a limit."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from cimodel_tui.measurement import Point, first_relapse

Weekly = Callable[..., tuple[Point, ...]]
LIMIT = Fraction("5.5")


def test_relapse_begins_with_the_first_of_the_readings_in_a_row(weekly: Weekly) -> None:
    assert first_relapse(weekly("5 6 5 6 7 8 9"), "above", LIMIT, 3) == date(2026, 1, 26)


def test_a_reading_on_the_limit_has_not_slipped(weekly: Weekly) -> None:
    assert first_relapse(weekly("6 6 5.5 6 6"), "above", LIMIT, 3) is None
    assert first_relapse(weekly("5 5 5.5 5 5"), "below", LIMIT, 3) is None


def test_relapse_below_a_limit(weekly: Weekly) -> None:
    assert first_relapse(weekly("6 5 5"), "below", LIMIT, 2) == date(2026, 1, 12)


def test_readings_are_taken_by_their_dates(weekly: Weekly) -> None:
    assert first_relapse(tuple(reversed(weekly("6 6 5"))), "above", LIMIT, 2) == date(2026, 1, 5)


def test_two_events_on_one_day_are_two_gaps(weekly: Weekly) -> None:
    assert first_relapse(weekly("5") * 2, "below", LIMIT, 2) == date(2026, 1, 5)


@pytest.mark.parametrize(("side", "count"), [("beside", 2), ("above", 0)])
def test_rules_that_make_no_sense_are_refused(side: str, count: int) -> None:
    with pytest.raises(ValueError, match="relapse"):
        first_relapse((), side, LIMIT, count)
