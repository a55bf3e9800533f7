"""What is new, moved, slipped and closed since a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.check import STOP, Check
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.reports.prepare import register, since_of
from tests.reports.conftest import change, entry, filled

if TYPE_CHECKING:
    from cimodel_tui.workbook import Workbook


def test_readings_that_came_in_say_from_and_to(small: Workbook) -> None:
    made = filled(small, "days")
    found = since_of(small, made, date(2026, 1, 12))
    assert found.moved == ("2026-01-14 measured: days from 11 to 14 days (3 readings)",)
    assert since_of(small, made, date(2026, 1, 1)).moved == ("2026-01-14 measured: days to 14 days (14 readings)",)


def test_an_action_past_its_day_has_slipped(stories: Workbook) -> None:
    story = entry(stories, "CI-0002")
    assert any("hardware triage" in line for line in since_of(stories, story, date(2026, 11, 1)).slipped)
    assert not since_of(stories, story, date(2026, 11, 21)).slipped


def test_a_target_that_was_put_off_has_slipped(stories: Workbook) -> None:
    slipped = since_of(stories, entry(stories, "CI-0002"), date(2026, 8, 1)).slipped
    assert any("target put off from 2026-07-19 to 2027-02-28" in line for line in slipped)


def test_an_action_that_was_done_late_has_slipped_and_moved(stories: Workbook) -> None:
    found = since_of(stories, entry(stories, "CI-0001"), date(2026, 4, 1))
    assert any("done 3 days late" in line for line in found.slipped)
    assert any("runbooks" in line for line in found.moved)


def test_a_new_pass_and_a_new_idea_are_new(stories: Workbook) -> None:
    found = register(stories, date(2026, 11, 1)).since
    assert found is not None
    assert [line.split()[0] for line in found.new] == ["CI-0003", "CI-0008"]


def test_what_was_withdrawn_is_closed(stories: Workbook) -> None:
    story = next(each for each in stories.improvements() if each.standing)
    assert since_of(stories, story, date(2026, 8, 24)).closed[0].startswith("2026-08-24 withdrawn: ")
    assert since_of(stories, story, date(2026, 8, 25)).closed == ()


def test_what_was_stopped_is_closed(small: Workbook) -> None:
    made = filled(small, "Refunds")
    first = small.latest(made.id)
    check = Check(decision=STOP, keep="asking first", verified_on="2026-02-20")
    change(small, replace(first, check=check))
    assert since_of(small, small.improvement(made.id), date(2026, 2, 1)).closed[0].startswith("2026-02-20 closed: ")
    assert since_of(small, small.improvement(made.id), date(2026, 2, 21)).closed == ()


def test_what_lies_before_the_day_or_after_today_is_left_out(small: Workbook) -> None:
    made = filled(small, "Refunds")
    first = small.latest(made.id)
    done = Progress(id="a", status="done", finished="2026-03-09")
    change(small, replace(first, action=Acting(progress=(done,))))
    small.commit(Place(made.id, step=REGISTER), [replace(small.improvement(made.id), raised_on="2026-01-01")])
    found = since_of(small, small.improvement(made.id), date(2026, 1, 20))
    assert (found.new, found.moved, found.slipped, found.closed) == ((), (), (), ())
