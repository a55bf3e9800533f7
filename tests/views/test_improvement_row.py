"""One improvement in one row: progress, from where to where, verdict, next, and what is late."""

import pytest

from cimodel_tui.views.improvement_row import CURRENT, DONE, OPEN, improvement_row
from cimodel_tui.views.measurements import from_to_words
from tests.samples.pen import Pen
from tests.workbook.stories import BETTER, acted, agreed, back_to, verified


def test_new_entry_has_neither_numbers_nor_a_verdict(pen: Pen) -> None:
    pen.add("Restore stores faster")
    row = improvement_row(pen.book, pen.improvement)
    assert (row.from_to, row.verdict, row.met, row.series.values) == ("", "", None, ())
    assert row.progress == (CURRENT, *[OPEN] * 6)


def test_agreed_target_shows_the_baseline_and_where_to(pen: Pen) -> None:
    agreed(pen)
    row = improvement_row(pen.book, pen.improvement)
    assert row.from_to == "6.9 h, target 5.0 h"
    assert row.progress[:3] == (DONE, DONE, DONE)
    assert (len(row.series.values), row.series.baseline) == (12, 12)


def test_before_the_check_the_latest_reading_stands_for_now(pen: Pen) -> None:
    agreed(pen)
    pen.read("hours", "2026-04-06", "6.0 5.8")
    assert improvement_row(pen.book, pen.improvement).from_to == "6.9 → 5.8 h, target 5.0 h"


def test_verified_row_shows_achieved_and_verdict(pen: Pen) -> None:
    verified(pen)
    row = improvement_row(pen.book, pen.improvement)
    assert row.from_to == "6.9 → 4.7 h, target 5.0 h"
    assert (row.met, row.verdict, row.verified, row.closes_as) == (True, "achieved", 1, "achieved")


def test_next_iteration_keeps_the_last_verdict_beside_it(pen: Pen) -> None:
    back_to(pen, "plan")
    row = improvement_row(pen.book, pen.improvement)
    assert (row.iteration, row.verified, row.verdict) == (2, 1, "better-not-there")


@pytest.mark.parametrize(("day", "late"), [("2026-04-20", 0), ("2026-05-01", 1)])
def test_what_is_overdue_is_counted_as_of_today(pen: Pen, day: str, late: int) -> None:
    acted(pen)
    pen.on(day)
    assert improvement_row(pen.book, pen.improvement).late == late


def test_from_to_and_target_are_told_in_words(pen: Pen) -> None:
    agreed(pen)
    assert improvement_row(pen.book, pen.improvement).change_words == "6.9 h, target at most 5.0 h"
    pen.write("plan", result_from="2026-04-27")
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)
    assert improvement_row(pen.book, pen.improvement).change_words == "from 6.9 to 4.7 h, target at most 5.0: met"


@pytest.mark.parametrize(
    ("goal", "better", "met", "words"),
    [
        ("5.0 h", "lower", True, "from 6.9 to 4.7 h, target at most 5.0: met"),
        ("68 h", "higher", False, "from 6.9 to 4.7 h, target at least 68: not met"),
        ("4 to 6 h", "target", True, "from 6.9 to 4.7 h, target 4 to 6: met"),
        ("5.0 h", "lower", None, "from 6.9 to 4.7 h, target at most 5.0"),
        ("", "lower", None, "from 6.9 to 4.7 h"),
    ],
)
def test_a_target_is_told_with_the_side_on_which_it_is_met(
    goal: str, better: str, met: bool | None, words: str
) -> None:
    assert from_to_words("6.9 h", "4.7 h", goal, better, met=met) == words
    assert from_to_words("6.9 h", "", goal, better, met=met) == ""
