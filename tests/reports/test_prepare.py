"""What a report says of the three stories, and of what was never promised."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.check import STOP, Check
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.reports.prepare import one_page, register, since_of
from cimodel_tui.workbook.actions import add_improvement
from tests.reports.conftest import change, entry, filled

if TYPE_CHECKING:
    from cimodel_tui.workbook import Workbook


def test_the_achieved_story_says_what_a_steering_group_asks(stories: Workbook) -> None:
    page = one_page(stories, entry(stories, "CI-0001"))
    time = page.metrics[0]
    assert (time.baseline_words, time.goal, time.achieved_words) == ("6.9 h", "5.0 h", "4.7 h")
    assert (time.baseline_readings, time.gap_words) == ("12 readings, 5 Jan to 23 Mar 2026", "116 %")
    assert page.verdict is not None
    assert (page.verdict.word, page.verdict.on_record, page.verdict.closes_as) == ("achieved", True, "achieved")
    assert page.steering.startswith("Achieved: 4.7 h, target 5.0")
    assert [each.status for each in page.actions].count("done") == 3
    assert any("15,792" in each.text for each in page.money)
    assert [each.what for each in page.lessons] == ["Keep", "Stop", "Do differently"]
    assert any("2026-12-21" in each.what for each in page.next)
    assert page.chart is not None
    assert len(page.chart.changes) == 3


def test_the_story_that_is_not_there_tells_both_passes(stories: Workbook) -> None:
    page = one_page(stories, entry(stories, "CI-0002"))
    assert [(each.number, each.result) for each in page.passes] == [(1, "better, target not met"), (2, "under way")]
    assert "reopened 7.9" in page.passes[0].sentence
    assert "never ranked" in page.passes[0].decision
    assert [each.what for each in page.decisions] == ["the CIO, by 2026-11-27"]
    assert "from 2026-07-19 to 2027-02-28" in page.amendments[0].text
    assert "we know it is knowledge" in page.answered[0].text
    assert page.answered[0].what.startswith("P1 ")
    assert any(each.late for each in page.actions)


def test_the_third_pass_stands_on_a_staircase(stories: Workbook) -> None:
    page = one_page(stories, entry(stories, "CI-0003"))
    assert page.staircase is not None
    assert [step.achieved is not None for step in page.staircase.steps] == [True, True, False]
    assert "already moving" in " ".join(page.metrics[0].caveats)


def test_the_register_has_a_steering_line_for_each(stories: Workbook) -> None:
    found = register(stories)
    assert [each.ref for each in found.rows] == [f"CI-000{number}" for number in range(1, 9)]
    assert all(each.steering for each in found.rows)
    assert found.rows[3].stale
    assert found.rows[6].steering.startswith("withdrawn on 2026-08-24: ")
    assert [each.what for each in found.decisions] == ["CI-0002: the CIO, by 2026-11-27"]
    assert found.rows[0].review_on == ""


def test_an_idea_is_promised_nothing_and_asked_for_nothing(small: Workbook) -> None:
    improvement = add_improvement(small, "Faster refunds")
    page = one_page(small, improvement)
    assert page.steering == "no target yet"
    assert (page.verdict, page.metrics, page.chart, page.actions, page.decisions) == (None, (), None, (), ())


def test_a_small_improvement_is_not_told_what_it_never_needed(small: Workbook) -> None:
    small_page = one_page(small, filled(small, "Certificates", 1, size="S"))
    large_page = one_page(small, filled(small, "Certificates", 1, size="M"))
    assert (small_page.metrics[0].caveats, small_page.chart) == ((), None)
    assert large_page.metrics[0].caveats == ("1 reading in the baseline: too few to tell luck from change",)
    assert "missing" not in " ".join(str(getattr(small_page, each.name)) for each in fields(small_page)).casefold()


def test_preparing_a_report_changes_nothing(stories: Workbook) -> None:
    before = {each.id: each for each in stories.improvements()}
    one_page(stories, entry(stories, "CI-0002"), date(2026, 1, 1))
    register(stories, date(2026, 1, 1))
    assert {each.id: each for each in stories.improvements()} == before


def test_readings_that_came_in_say_from_and_to(small: Workbook) -> None:
    improvement = filled(small, "days")
    found = since_of(small, improvement, date(2026, 1, 12))
    assert found.moved == ("2026-01-14 measured: days from 11 to 14 days (3 readings)",)
    assert since_of(small, improvement, date(2026, 1, 1)).moved == (
        "2026-01-14 measured: days to 14 days (14 readings)",
    )


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
    improvement = filled(small, "Refunds")
    first = small.latest(improvement.id)
    check = Check(decision=STOP, keep="asking first", verified_on="2026-02-20")
    change(small, replace(first, check=check))
    assert (
        since_of(small, small.improvement(improvement.id), date(2026, 2, 1)).closed[0].startswith("2026-02-20 closed: ")
    )
    assert since_of(small, small.improvement(improvement.id), date(2026, 2, 21)).closed == ()


def test_what_lies_before_the_day_or_after_today_is_left_out(small: Workbook) -> None:
    improvement = filled(small, "Refunds")
    first = small.latest(improvement.id)
    done = Progress(id="a", status="done", finished="2026-03-09")
    change(small, replace(first, action=Acting(progress=(done,))))
    small.commit(
        Place(improvement.id, step=REGISTER), [replace(small.improvement(improvement.id), raised_on="2026-01-01")]
    )
    found = since_of(small, small.improvement(improvement.id), date(2026, 1, 20))
    assert (found.new, found.moved, found.slipped, found.closed) == ((), (), (), ())
