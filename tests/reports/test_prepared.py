"""What a report says of the three stories, and of what was never promised."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from cimodel_tui.reports.prepare import one_page, register
from cimodel_tui.workbook.actions import add_improvement
from tests.reports.conftest import entry, filled

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
    made = add_improvement(small, "Faster refunds")
    page = one_page(small, made)
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
