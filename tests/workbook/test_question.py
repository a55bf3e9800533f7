"""The day of the check is agreed in advance: that of the target, or the one on which its rule is full."""

import pytest

from cimodel_tui.workbook.measure import MeasuredMetric, measure
from tests.samples.pen import Pen
from tests.workbook.stories import BETTER, acted

EIGHT = "2026-04-27"
"""The result begins here, a reading a week; the eighth is that of 15 June, whose week ends on the target's day."""


def one(pen: Pen) -> MeasuredMetric:
    found = measure(pen.improvement, pen.iteration, pen.clock.today()).of(pen.names["hours"])
    assert found is not None
    return found


def checked(pen: Pen, on: str, values: str = BETTER, **check: object) -> None:
    pen.on(on)
    pen.read("hours", EIGHT, values)
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7", **check)
    pen.verify("Grace")


def test_verified_later_the_result_ends_on_the_day_of_the_target(pen: Pen) -> None:
    acted(pen)
    checked(pen, "2026-08-03", f"{BETTER} 9.9 9.9 9.9 9.9")
    assert pen.iteration.check.counts_to == "2026-06-21"
    assert one(pen).case.after_limits.n == len(BETTER.split())
    assert pen.iteration.check.verdict["word"] == "achieved"


def test_verified_sooner_the_day_was_chosen_after_seeing_the_numbers(pen: Pen) -> None:
    acted(pen)
    checked(pen, "2026-06-17")
    assert pen.iteration.check.counts_to == "2026-06-15"
    assert pen.iteration.check.verdict["word"] == "met-unclear"
    assert "the day of the check was chosen after seeing the numbers" in str(pen.iteration.check.verdict["sentence"])
    assert pen.iteration.check.verdict["closes_as"] == "achieved"


def test_where_the_rule_is_not_full_by_then_it_is_the_day_on_which_it_fills(pen: Pen) -> None:
    acted(pen)
    pen.cells("target", "targets", "hours", because="steadier", by="2026-06-01", rule="mean-of-last", rule_n="8")
    checked(pen, "2026-08-03", f"{BETTER} 9.9 9.9")
    assert pen.iteration.check.counts_to == "2026-06-15"
    assert pen.iteration.check.verdict["word"] == "achieved"
    assert "2 weeks late" in one(pen).case.sentence


def test_a_later_day_named_in_advance_takes_its_place_and_is_said(pen: Pen) -> None:
    acted(pen)
    checked(pen, "2026-08-03", f"{BETTER} 4.4 4.8 4.6 9.9", measure_until="2026-07-12")
    assert pen.iteration.check.counts_to == "2026-07-12"
    assert one(pen).case.after_limits.n == len(BETTER.split()) + 3
    assert pen.iteration.check.verdict["word"] == "achieved"
    assert "checked 2 times, planned once" in str(pen.iteration.check.verdict["sentence"])


def test_before_the_check_readings_after_the_agreed_day_do_not_count(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-08-03")
    pen.read("hours", EIGHT, f"{BETTER} 9.9 9.9 9.9")
    assert one(pen).case.after_limits.n == len(BETTER.split())


@pytest.mark.parametrize(("by", "n"), [("2026-06-21", 8), ("2026-06-20", 7), ("2026-06-15", 7)])
def test_a_reading_counts_where_its_week_has_ended_by_the_day(pen: Pen, by: str, n: int) -> None:
    acted(pen)
    pen.cells("baseline", "metrics", "hours", because="it is weekly", frequency="weekly")
    pen.cells("target", "targets", "hours", because="another day", by=by)
    pen.on("2026-08-03")
    pen.read("hours", EIGHT, BETTER)
    assert one(pen).case.after_limits.n == n


def test_a_baseline_ends_before_the_first_action_with_all_of_its_period(pen: Pen) -> None:
    acted(pen)
    before = one(pen).case.limits.n
    pen.cells("baseline", "metrics", "hours", because="it is monthly", frequency="monthly")
    assert one(pen).case.limits.n == before - 3


def test_without_a_day_of_the_target_the_result_goes_on(pen: Pen) -> None:
    acted(pen)
    pen.cells("target", "targets", "hours", because="no date", by="")
    checked(pen, "2026-08-03", f"{BETTER} 4.5 4.4")
    assert pen.iteration.check.counts_to == "2026-06-29"
    assert pen.iteration.check.verdict["word"] == "achieved"
