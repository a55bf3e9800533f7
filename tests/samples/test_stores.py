"""CI-0001 Restore store systems faster, as the page on the samples tells it."""

from pytest import approx  # noqa: PT013 - it reads as a word

from cimodel_tui.views.dashboard import steering_line
from cimodel_tui.views.due import due_of
from cimodel_tui.views.register import line_of
from cimodel_tui.views.search import lessons, search
from cimodel_tui.views.status import state_of
from cimodel_tui.workbook.measure import MeasuredMetric, measure
from cimodel_tui.workbook.sustain import holds, relapse_day_text
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.conftest import entry, passes


def one(book: Workbook, name: str) -> MeasuredMetric:
    (iteration,) = passes(book, "CI-0001")
    return next(each for each in measure(entry(book, "CI-0001"), iteration).metrics if each.display_name == name)


def test_restoring_took_6_9_hours_within_4_19_to_9_61(shipped: Workbook) -> None:
    limits = one(shipped, "P2 time to restore").case.limits
    assert limits.n == 12
    assert limits.mean == approx(6.9)
    assert limits.lower == approx(4.19, abs=0.005)
    assert limits.upper == approx(9.61, abs=0.005)


def test_it_was_achieved_with_4_68_which_closes_116_per_cent(shipped: Workbook) -> None:
    found = one(shipped, "P2 time to restore")
    assert found.word == "achieved"
    assert found.case.level == "sustained-better"
    assert found.record["achieved"] == approx(4.68, abs=0.005)
    assert "gap closed 116 %" in found.stored_sentence("side_by_side")
    assert measure(entry(shipped, "CI-0001"), passes(shipped, "CI-0001")[0]).verdict["closes_as"] == "achieved"


def test_reopened_went_from_4_1_to_4_4_and_kept_its_limit(shipped: Workbook) -> None:
    found = one(shipped, "reopened P2")
    assert found.word == "kept"
    assert found.case.limits.mean == approx(4.1)
    assert found.record["achieved"] == approx(4.4)


def test_causes_are_ranked_46_24_19_11(shipped: Workbook) -> None:
    causes = passes(shipped, "CI-0001")[0].baseline.causes
    assert [(row.cause, row.share) for row in causes] == [
        ("waiting for the right resolver", "46"),
        ("no runbook", "24"),
        ("finding what changed", "19"),
        ("other", "11"),
    ]


def test_runbooks_came_three_days_late_and_the_paging_trial_was_dropped(shipped: Workbook) -> None:
    (iteration,) = passes(shipped, "CI-0001")
    rota, pages, panel, paging = iteration.plan.actions
    finished = [iteration.progress(row.id).finished for row in (rota, pages, panel)]
    assert finished == ["2026-04-02", "2026-04-20", "2026-04-24"]
    assert pages.due == "2026-04-17"
    assert iteration.progress(paging.id).status == "dropped"
    assert "no longer needed" in iteration.progress(paging.id).dropped_because


def test_options_hold_the_new_paging_tool_for_18_000(shipped: Workbook) -> None:
    options = passes(shipped, "CI-0001")[0].plan.options
    assert {row.name: row.cost for row in options}["new paging tool"] == "18,000"
    assert len(options) == 3


def test_cost_and_benefit_are_told_with_how_they_were_reckoned(shipped: Workbook) -> None:
    check = passes(shipped, "CI-0001")[0].check
    assert check.cost_so_far == "15,792"
    assert check.benefit_so_far == "25,834 a year in capacity, not cash"
    assert check.how_reckoned


def test_two_sustain_checks_held_and_the_last_one_is_due_on_21_december(shipped: Workbook) -> None:
    (iteration,) = passes(shipped, "CI-0001")
    rows = iteration.momentum.sustain_checks
    assert [(row.due, row.result) for row in rows] == [("2026-07-20", "4.6"), ("2026-09-21", "4.9"), ("2026-12-21", "")]
    assert [holds(iteration, row) for row in rows] == [True, True, None]


def test_it_is_embedding_and_has_not_relapsed(shipped: Workbook) -> None:
    improvement = entry(shipped, "CI-0001")
    assert state_of(shipped, improvement) == "embedding"
    assert relapse_day_text(shipped, improvement) == ""
    assert line_of(shipped, improvement)[-1] == "wait for the sustain check on 2026-12-21"
    assert due_of(shipped, improvement) == ()


def test_relapse_rule_is_three_weeks_above_5_5(shipped: Workbook) -> None:
    part = passes(shipped, "CI-0001")[0].momentum
    assert (part.relapse_side, part.relapse_limit, part.relapse_count) == ("above", "5.5", "3")
    assert part.next == "on a date"
    assert "Time to detect" in part.next_reason


def test_controls_are_written_built_in_and_trained(shipped: Workbook) -> None:
    kinds = [row.kind for row in passes(shipped, "CI-0001")[0].momentum.controls]
    assert kinds == ["written", "built in", "trained"]


def test_its_lessons_are_found_across_improvements(shipped: Workbook) -> None:
    found = [(each.ref, each.kind) for each in lessons(shipped, "runbooks during incidents")]
    assert found == [("CI-0001", "do differently")]
    assert {each.ref for each in lessons(shipped)} == {"CI-0001", "CI-0002", "CI-0003"}


def test_search_finds_the_place_of_a_voice(shipped: Workbook) -> None:
    (found,) = search(shipped, "queue goes home")
    assert found.place.field == "voices"
    assert "queue goes home" in str(shipped.answer(found.place))


def test_a_director_reads_it_in_one_line(shipped: Workbook) -> None:
    line = steering_line(shipped, entry(shipped, "CI-0001"), passes(shipped, "CI-0001")[0])
    assert line.startswith("Achieved: 4.7 h, target 5.0 (116 % of the gap) · due 21 Jun")


def test_whole_stores_are_down_less_often_but_not_clearly(shipped: Workbook) -> None:
    measured = measure(entry(shipped, "CI-0001"), passes(shipped, "CI-0001")[0], shipped.clock.today())
    events = measured.metrics[3]
    assert events.metric.kind == "events"
    assert events.sentence.endswith("from 10.7 to 28.0 days between; 7 in 75 days, then 2 in 56: about one in 5.")
    assert str(measured.verdict["word"]) == "achieved"
