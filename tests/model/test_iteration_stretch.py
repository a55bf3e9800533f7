"""Which days belong to the baseline, and which to the result."""

from dataclasses import replace
from datetime import date

import pytest

from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration, Stretch, baseline_stretch, readings_in, result_from, result_stretch
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.seal import Seal

FIRST = Action(id="a", what="Rota", start="2026-03-30", due="2026-04-02")
LAST = Action(id="b", what="Panel", start="2026-04-07", due="2026-04-24")
PASS = Iteration(id="i", improvement="x", plan=Plan(actions=(FIRST, LAST)))


def test_result_counts_from_the_day_after_the_last_action_is_due() -> None:
    assert result_from(PASS) == date(2026, 4, 25)


def test_day_that_was_given_goes_before() -> None:
    assert result_from(replace(PASS, plan=replace(PASS.plan, result_from="2026-04-27"))) == date(2026, 4, 27)


def test_dropped_action_does_not_put_it_off() -> None:
    dropped = Acting(progress=(Progress(id="b", status="dropped"),))
    assert result_from(replace(PASS, action=dropped)) == date(2026, 4, 3)


def test_without_a_due_day_it_is_not_known() -> None:
    assert result_from(Iteration(id="i", improvement="x")) is None
    assert result_stretch(Iteration(id="i", improvement="x")) is None


def test_days_of_actions_from_before_a_later_pass_was_opened_say_nothing() -> None:
    later = replace(PASS, number=2, opened_on="2026-06-01")
    assert result_from(later) is None
    assert result_from(replace(later, opened_on="2026-04-24")) == date(2026, 4, 25)


def test_baseline_ends_before_the_first_action_until_it_is_fixed() -> None:
    assert baseline_stretch(PASS) == Stretch(None, date(2026, 3, 29))
    started = Acting(progress=(Progress(id="a", started="2026-03-20"),))
    assert baseline_stretch(replace(PASS, action=started)) == Stretch(None, date(2026, 3, 19))


def test_what_an_earlier_pass_began_does_not_end_the_baseline_of_a_later_one() -> None:
    later = replace(PASS, number=2, opened_on="2026-04-01", baseline=Baseline(first_on="2026-04-01"))
    assert baseline_stretch(later) == Stretch(date(2026, 4, 1), date(2026, 4, 6))


@pytest.mark.parametrize("last", ["", "soon"])
def test_agreed_baseline_whose_last_day_cannot_be_read_ends_before_the_first_action(last: str) -> None:
    seal = Seal(by="Grace", on="2026-03-27", at="2026-03-27T09:00:00Z", sha256="", copy={})
    agreed = replace(PASS, baseline=Baseline(first_on="2026-01-05", last_on=last, seal=seal))
    assert baseline_stretch(agreed) == Stretch(date(2026, 1, 5), date(2026, 3, 29))


def test_result_never_reaches_into_the_baseline() -> None:
    fixed = replace(PASS, baseline=Baseline(first_on="2026-01-05", last_on="2026-05-01"))
    assert result_stretch(fixed) == Stretch(date(2026, 5, 2), None)


def test_result_ends_with_the_last_reading_counted_once_it_is_verified() -> None:
    assert result_stretch(replace(PASS, check=Check(counts_to="2026-06-15"))) == Stretch(
        date(2026, 4, 25), date(2026, 6, 15)
    )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_first_and_last_day_of_the_calendar_are_no_trouble(day: str) -> None:
    actions = (replace(FIRST, start=day, due=day),)
    found = replace(PASS, plan=Plan(actions=actions, result_from=day), baseline=Baseline(last_on=day))
    baseline_stretch(found)
    result_stretch(found)
    baseline_stretch(replace(found, baseline=Baseline()))
    assert result_from(replace(found, plan=Plan(actions=actions))) in (None, date(1, 1, 2))


def test_readings_come_in_date_order_with_those_that_are_set_aside() -> None:
    days = {"2026-01-12": Reading("2"), "2026-01-05": Reading("1", set_aside="broken"), "soon": Reading("3")}
    improvement = Improvement(id="x", ref="CI-0001", readings={"m": days})
    found = [reading.value for _, reading in readings_in(improvement, "m", Stretch())]
    assert found == ["1", "2"]
    assert list(readings_in(improvement, "other", Stretch())) == []
