"""What is shown of shares and rare events: stepped limits, totals beside values, days between, and broken seals."""

from dataclasses import replace
from datetime import date
from typing import Any

from cimodel_tui.charts import describe
from cimodel_tui.cli import show_json
from cimodel_tui.cli.show import improvement_lines
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.plan import Action
from cimodel_tui.model.step import Place
from cimodel_tui.reports.prepare import one_page
from cimodel_tui.views.dashboard import steering_line
from cimodel_tui.views.improvement_row import improvement_row
from cimodel_tui.views.panels import baseline_lines, check_lines, headline, target_lines, verdict_lines
from cimodel_tui.views.pictures import dumbbell, run_chart, sparkline_of
from cimodel_tui.workbook.actions import set_readings
from tests.samples.pen import Pen
from tests.workbook.stories import agreed

DAYS = ("2026-01-07", "2026-01-19", "2026-01-28", "2026-02-09", "2026-02-17", "2026-03-02", "2026-03-02")


def begun(pen: Pen, **metric: object) -> str:
    """An improvement with one metric; its result counts from 2026-06-01."""
    pen.add("Answer at once", size="M")
    pen.rows("baseline", "metrics", Metric, one={"name": "first", "definition": "all", "frequency": "weekly", **metric})
    pen.rows("plan", "actions", Action, act={"what": "Act", "start": "2026-05-01", "due": "2026-05-31"})
    return pen.names["one"]


def shares(pen: Pen) -> str:
    metric = begun(pen, kind="share", unit="", better="higher")
    pen.read("one", "2026-01-05", "6/10 55/100 " * 6)
    pen.read("one", "2026-06-01", "45/50 82/100")
    return metric


def test_a_share_has_limits_of_its_own_at_every_reading_and_its_total_beside_it(pen: Pen) -> None:
    metric = shares(pen)
    chart = run_chart(pen.book, pen.improvement, pen.iteration, metric)
    assert (chart.unit, chart.most) == ("%", 100)
    assert [point.value for point in chart.points[:2]] == [60, 55]
    widths = [high - low for point in chart.points if point.limits for low, high in [point.limits]]
    assert len(widths) == len(chart.points)
    assert widths[0] > 3 * widths[1]
    assert chart.points[-2].total == "45 of 50"
    assert "latest 82 (82 of 100)" in describe(chart)


def test_equal_totals_have_the_limits_of_their_phase(pen: Pen) -> None:
    metric = begun(pen, kind="share", unit="", better="higher")
    pen.read("one", "2026-01-05", "6/10 5/10 " * 6)
    chart = run_chart(pen.book, pen.improvement, pen.iteration, metric)
    assert {point.limits for point in chart.points} == {None}
    assert chart.phases[0].lower is not None


def test_rare_events_are_drawn_as_days_between_with_the_open_gap_hollow(pen: Pen) -> None:
    metric = begun(pen, kind="events", unit="", better="lower")
    pen.happened("one", *DAYS[:-1])
    pen.on("2026-04-01")
    chart = run_chart(pen.book, pen.improvement, pen.iteration, metric)
    assert [(point.day.isoformat(), point.value) for point in chart.points] == [
        ("2026-01-19", 12),
        ("2026-01-28", 9),
        ("2026-02-09", 12),
        ("2026-02-17", 8),
        ("2026-03-02", 13),
        ("2026-04-01", 30),
    ]
    assert [point.set_aside for point in chart.points] == [False] * 5 + [True]
    assert (chart.unit, chart.better) == ("days between", "higher")
    assert "1 reading open for 30 days" in describe(chart)
    assert chart.phases[0].upper is not None


def test_two_events_of_one_day_are_a_gap_of_nothing(pen: Pen) -> None:
    metric = begun(pen, kind="events", unit="", better="lower")
    pen.happened("one", *DAYS[:2])
    place = Place(pen.improvement_id, pen.iteration.id, "baseline", "metrics", metric)
    set_readings(pen.book, place, {DAYS[1]: Reading("2")})
    chart = run_chart(pen.book, pen.improvement, pen.iteration, metric)
    assert [point.value for point in chart.points if not point.set_aside] == [12, 0]


def test_the_quiet_of_rare_events_goes_on_with_the_day(pen: Pen) -> None:
    metric = begun(pen, kind="events", unit="", better="lower")
    pen.happened("one", *DAYS[:-1])
    pen.agree("baseline", "Grace")
    pen.on("2026-06-30")
    assert "none in 30" in "\n".join(
        line.text for line in check_lines(pen.improvement, pen.iteration, date(2026, 6, 30))
    )
    found = dumbbell(pen.book, pen.improvement, pen.iteration, metric)
    assert found is not None
    assert found.unit == "d"
    pen.on("2026-07-30")
    later = dumbbell(pen.book, pen.improvement, pen.iteration, metric)
    assert (found.achieved, later and later.achieved) == (30, 60)


def test_row_and_sparkline_of_a_share_go_by_per_cent(pen: Pen) -> None:
    metric = shares(pen)
    assert improvement_row(pen.book, pen.improvement).series.values[:2] == (60, 55)
    assert improvement_row(pen.book, pen.improvement).from_to == "55.5 → 84.7 %"
    assert sparkline_of(pen.improvement, pen.iteration, metric, 20)


def test_a_share_is_shown_with_its_count_and_total(pen: Pen) -> None:
    shares(pen)
    lines = improvement_lines(pen.book, pen.improvement)
    assert "  2026-06-01  90.0 % (45 of 50)" in lines
    assert "Readings of first (%)" in lines


def test_a_total_that_makes_no_sense_has_a_word_beside_its_row(pen: Pen) -> None:
    begun(pen, kind="share", unit="", better="higher")
    pen.read("one", "2026-01-05", "6/10 11/10 7 6/0")
    lines = "\n".join(improvement_lines(pen.book, pen.improvement))
    assert "2026-01-12  11 of 10  ! the count is above its total" in lines
    assert "2026-01-19  7  ! the total is missing" in lines
    assert "2026-01-26  6 of 0  ! 0 of 0 is not a reading: leave it out" in lines


def test_a_seal_that_does_not_hold_is_named_wherever_its_figures_stand(pen: Pen) -> None:
    agreed(pen, size="M")
    metric = pen.names["hours"]
    readings = {**pen.improvement.readings[metric], "2026-01-05": Reading("9.9")}
    forged = replace(pen.improvement, readings={metric: readings})
    pen.book.store.put([forged])
    words = "A seal does not hold: step baseline: readings / "
    assert words in steering_line(pen.book, pen.improvement, pen.iteration)
    for lines in (baseline_lines, target_lines, verdict_lines):
        assert words in lines(pen.improvement, pen.iteration)[0].text
    assert words in "\n".join(improvement_lines(pen.book, pen.improvement))
    page = one_page(pen.book, pen.improvement)
    assert page.verdict is not None
    assert words in page.verdict.notes[0]
    assert words in page.steering


def test_a_seal_that_holds_is_not_spoken_of(pen: Pen) -> None:
    agreed(pen, size="M")
    assert "seal" not in steering_line(pen.book, pen.improvement, pen.iteration)
    assert "seal does not" not in "\n".join(improvement_lines(pen.book, pen.improvement))


def test_the_headline_of_few_readings_says_partly_where_it_closes_so() -> None:
    assert headline("met-thin", thin_counts=False) == "Partly: target met, few readings"
    assert headline("met-thin") == "Achieved: target met, few readings"


def test_a_report_says_what_shares_are_counted_from(pen: Pen) -> None:
    shares(pen)
    pen.agree("baseline", "Grace")
    (metric,) = one_page(pen.book, pen.improvement).metrics
    assert metric.baseline_readings == "12 readings, 5 Jan to 23 Mar 2026, 366 of 660"
    assert metric.achieved_readings == "2 readings, 1 Jun to 8 Jun 2026, 127 of 150"


def test_the_shell_names_a_broken_seal_in_json_too(pen: Pen) -> None:
    agreed(pen, size="M")
    assert [each["unsound"] for each in document(pen)] == [[]]
    metric = pen.names["hours"]
    readings = {**pen.improvement.readings[metric], "2026-01-05": Reading("9.9")}
    pen.book.store.put([replace(pen.improvement, readings={metric: readings})])
    assert [len(each["unsound"]) for each in document(pen)] == [1]


def document(pen: Pen) -> list[dict[str, Any]]:
    found: Any = show_json.improvement(pen.book, pen.improvement)
    iterations: list[dict[str, Any]] = found["iterations"]
    return iterations


def test_the_result_of_a_run_chart_ends_on_the_agreed_day(pen: Pen) -> None:
    agreed(pen, size="M")
    pen.rows("plan", "actions", Action, act={"what": "Act", "start": "2026-03-30", "due": "2026-04-26"})
    pen.on("2026-08-03")
    pen.read("hours", "2026-04-27", "5.1 4.7 5.2 4.4 4.8 4.3 4.9 4.5 9.9 9.9")
    chart = run_chart(pen.book, pen.improvement, pen.iteration, pen.names["hours"])
    phases = {phase.name: phase for phase in chart.phases}
    assert (phases["result"].last, phases["after"].first) == (date(2026, 6, 21), date(2026, 6, 22))
    assert len(chart.stretch(phases["after"])) == 2


def test_readings_of_a_metric_without_a_unit_have_no_brackets(pen: Pen) -> None:
    begun(pen, kind="value", unit="", better="higher")
    assert "Readings of first" in improvement_lines(pen.book, pen.improvement)
