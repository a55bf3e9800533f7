"""What the pictures and the lines of the dashboard say about the shipped workbook."""

from datetime import date

from cimodel_tui.charts import Role, describe, draw, plain
from cimodel_tui.views.dashboard import history_line, iteration_path, result_lines, steering_line
from cimodel_tui.views.panels import revisit_words, suggested_revisit
from cimodel_tui.views.pictures import dumbbells, roadmap, run_chart, sparkline_of, staircase
from cimodel_tui.workbook.actions import available_actions, sealed_words
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.conftest import entry, passes


def _metric(book: Workbook, ref: str) -> str:
    return passes(book, ref)[-1].baseline.metrics[0].id


def test_staircase_goes_down_towards_the_aim_of_the_vision(shipped: Workbook) -> None:
    improvement = entry(shipped, "CI-0003")
    stairs = staircase(shipped, improvement, passes(shipped, "CI-0003")[-1])
    assert stairs is not None
    assert [round(each, 1) for each in stairs.measured_values] == [22.4, 15.5, 8.9]
    assert stairs.aim == 5
    assert stairs.steps[-1].achieved is None


def test_one_step_without_an_aim_is_no_staircase(shipped: Workbook) -> None:
    improvement = entry(shipped, "CI-0005")
    assert staircase(shipped, improvement, passes(shipped, "CI-0005")[-1]) is None


def test_lines_of_a_run_chart_end_where_the_next_baseline_begins(shipped: Workbook) -> None:
    improvement = entry(shipped, "CI-0003")
    chart = run_chart(shipped, improvement, passes(shipped, "CI-0003")[-1], _metric(shipped, "CI-0003"))
    begins = {phase.name: phase.first for phase in chart.phases if "baseline" in phase.name}
    assert set(begins) == {"1 baseline", "2 baseline", "3 baseline"}
    for number, after in ((1, "2 baseline"), (2, "3 baseline")):
        mean = next(phase.mean for phase in chart.phases if phase.name == f"{number} baseline")
        ends = [phase.last for phase in chart.phases if phase.mean == mean]
        assert all(end is not None and end < begins[after] for end in ends)


def test_run_chart_marks_the_days_on_which_actions_were_finished(shipped: Workbook) -> None:
    improvement = entry(shipped, "CI-0001")
    chart = run_chart(shipped, improvement, passes(shipped, "CI-0001")[-1], _metric(shipped, "CI-0001"))
    assert [change.day for change in chart.changes] == [date(2026, 4, 2), date(2026, 4, 20), date(2026, 4, 24)]


def test_every_metric_has_a_row_with_its_own_scale(shipped: Workbook) -> None:
    improvement, (latest,) = entry(shipped, "CI-0001"), passes(shipped, "CI-0001")
    rows = dumbbells(shipped, improvement, latest).rows
    assert rows[0].baseline == 6.9
    assert (rows[0].target, rows[0].limit) == ((5.0,), ())
    assert rows[2].limit == (6.0,)
    assert len(plain(draw(dumbbells(shipped, improvement, latest), 78, 4)).splitlines()) == 4
    assert len(draw(dumbbells(shipped, improvement, latest), 78, 12)) == 12


def test_a_sparkline_goes_down_from_a_dimmed_baseline(shipped: Workbook) -> None:
    improvement, (latest,) = entry(shipped, "CI-0001"), passes(shipped, "CI-0001")
    before, after = sparkline_of(improvement, latest, _metric(shipped, "CI-0001"), 14)
    assert (before.role, after.role) == (Role.BASELINE, Role.POINT)
    assert len(before.text + after.text) == 14
    assert min(before.text) > max(after.text)


def test_signals_of_a_time_that_came_down_are_better(shipped: Workbook) -> None:
    improvement = entry(shipped, "CI-0001")
    chart = run_chart(shipped, improvement, passes(shipped, "CI-0001")[-1], _metric(shipped, "CI-0001"))
    assert {point.side for point in chart.points if point.flagged} == {"better"}


def test_roadmap_shows_what_is_late_and_says_it_in_words(shipped: Workbook) -> None:
    latest = passes(shipped, "CI-0002")[-1]
    chart = roadmap(latest, shipped.clock.today())
    assert any(bar.late for bar in chart.bars)
    assert "late" in describe(chart)
    assert "today" in plain(draw(chart, 100, 8))


def test_steering_line_of_a_miss_names_gap_lateness_cost_and_money(shipped: Workbook) -> None:
    first = passes(shipped, "CI-0002")[0]
    line = steering_line(shipped, entry(shipped, "CI-0002"), first)
    for words in (
        "Better, target not met: 62.9 %, target 68 (42 % of the gap)",
        "due 19 Jul, 1 day late",
        "at a cost: reopened",
    ):
        assert words in line
    assert "spent " in line
    assert "decide: " not in line  # what has to be decided now is no matter of an iteration that is history


def test_lateness_of_a_verified_miss_does_not_grow_with_the_days(shipped: Workbook) -> None:
    first = passes(shipped, "CI-0002")[0]
    assert first.check.verified_on < shipped.clock.today().isoformat()
    assert "1 day late" in steering_line(shipped, entry(shipped, "CI-0002"), first)


def test_steering_line_under_way_says_where_it_stands_now(shipped: Workbook) -> None:
    line = steering_line(shipped, entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[-1])
    assert "iteration 2: latest 65.6 on 16 Nov, target 68 %" in line


def test_last_verified_result_stays_the_headline_of_the_next_iteration(shipped: Workbook) -> None:
    line = steering_line(shipped, entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[-1])
    assert line.startswith("Better, target not met: 62.9 %, target 68 · iteration 2: ")


def test_a_steering_line_drops_what_was_spent_then_the_gap_never_target_date_decision(shipped: Workbook) -> None:
    improvement, (first, latest) = entry(shipped, "CI-0002"), passes(shipped, "CI-0002")
    whole = steering_line(shipped, improvement, first)
    shorter = steering_line(shipped, improvement, first, most=len(whole) - 1)
    shortest = steering_line(shipped, improvement, first, most=40)
    assert "spent " not in shorter
    assert "of the gap" in shorter
    assert "of the gap" not in shortest
    assert all(words in shortest for words in ("target 68", "due 19 Jul"))
    now = steering_line(shipped, improvement, latest, most=40)
    assert "decide: the remaining access… (the CIO, by 27 Nov)" in now
    assert all(words in now for words in ("target 68", "due 28 Feb 2027"))


def test_the_way_leads_back_to_the_step_and_on(shipped: Workbook) -> None:
    assert iteration_path(shipped, entry(shipped, "CI-0002")).startswith(
        "1 to 6 (better, target not met), back to 2, on to "
    )


def test_first_iteration_that_is_not_verified_is_told_with_the_day_it_was_raised(shipped: Workbook) -> None:
    line = history_line(shipped, entry(shipped, "CI-0005"))
    assert line.text == "Iteration 1: step 1 so far · raised 31 Aug 2026 by HR partner"
    assert history_line(shipped, entry(shipped, "CI-0001")).text == "History: 1 to 6 (achieved)"


def test_a_miss_without_ranked_causes_points_back_to_step_2(shipped: Workbook) -> None:
    improvement, first = entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[0]
    assert suggested_revisit(improvement, first) == ("baseline", "the causes were never ranked")
    assert "2 Where are we now?" in revisit_words(improvement, first)


def test_what_was_achieved_points_nowhere(shipped: Workbook) -> None:
    improvement, (latest,) = entry(shipped, "CI-0001"), passes(shipped, "CI-0001")
    assert revisit_words(improvement, latest) == ""


def test_dashboard_shows_what_was_amended_with_its_reason(shipped: Workbook) -> None:
    lines = result_lines(shipped, entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[-1])
    told = [line.text for line in lines if line.text.startswith("±")]
    assert any("2026-07-19" in text and "2027-02-28" in text for text in told)


def test_dashboard_before_the_check_says_how_many_readings_are_missing(shipped: Workbook) -> None:
    lines = [line.text for line in result_lines(shipped, entry(shipped, "CI-0003"), passes(shipped, "CI-0003")[-1])]
    assert any("result readings are in" in text for text in lines)


def test_history_offers_no_act_and_the_latest_offers_what_can_be_done(shipped: Workbook) -> None:
    first, latest = passes(shipped, "CI-0002")[0], passes(shipped, "CI-0002")[-1]
    assert available_actions(shipped, first, "baseline") == {"turn"}
    assert available_actions(shipped, latest, "check") == {"turn"}, "it was opened to be looked at only"
    assert "agreed by" in sealed_words(first, "baseline")
    assert "verified by" in sealed_words(first, "check")


def test_verified_figures_stay_when_readings_come_in(shipped: Workbook) -> None:
    improvement, first = entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[0]
    one = measure(improvement, first).metrics[0]
    assert one.record == first.check.measured[one.metric.id]
    assert "62.9" in one.stored_sentence("side_by_side")
