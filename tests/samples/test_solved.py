"""CI-0002 Solved the first time, as the page on the samples tells it."""

from pytest import approx  # noqa: PT013 - it reads as a word

from cimodel_tui.model.check import closes_as
from cimodel_tui.model.number import read_number
from cimodel_tui.views.dashboard import iteration_path, steering_line
from cimodel_tui.views.due import due_of
from cimodel_tui.views.history import history_of
from cimodel_tui.views.status import state_of
from cimodel_tui.workbook.advice import acknowledged_findings
from cimodel_tui.workbook.measure import MeasuredMetric, measure
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.conftest import entry, passes


def measured(book: Workbook, number: int) -> list[MeasuredMetric]:
    return list(measure(entry(book, "CI-0002"), passes(book, "CI-0002")[number - 1]).metrics)


def test_first_iteration_got_42_per_cent_of_the_way(shipped: Workbook) -> None:
    solved, _ = measured(shipped, 1)
    assert solved.word == "better-not-there"
    assert solved.case.level == "sustained-better"
    assert solved.case.limits.mean == approx(59.08, abs=0.005)
    assert solved.record["achieved"] == approx(62.87, abs=0.005)
    assert "gap closed 42 %" in solved.stored_sentence("side_by_side")


def test_it_came_at_a_cost_that_nobody_accepted(shipped: Workbook) -> None:
    _, again = measured(shipped, 1)
    first = passes(shipped, "CI-0002")[0]
    assert again.word == "broken"
    assert again.record["achieved"] == approx(7.9)
    assert first.check.verdict["at_a_cost"] == ["reopened"]
    assert closes_as(first.check) == "partly"
    assert "at a cost: reopened 7.9 %, limit 7.0" in steering_line(shipped, entry(shipped, "CI-0002"), first)


def test_steering_line_takes_two_lines_of_a_small_terminal_and_keeps_what_counts(shipped: Workbook) -> None:
    first, second = passes(shipped, "CI-0002")
    improvement = entry(shipped, "CI-0002")
    line = steering_line(shipped, improvement, second, 148)
    assert len(line) <= 148
    for words in ("target 68", "iteration 2: 65.6 on 16 Nov", "due 28 Feb 2027", "decide: the", "(the CIO, by 27 Nov)"):
        assert words in line
    assert "decide" not in steering_line(shipped, improvement, first)
    assert len(steering_line(shipped, improvement, first, 148)) <= 148


def test_first_draft_of_the_target_became_an_action(shipped: Workbook) -> None:
    first = passes(shipped, "CI-0002")[0]
    assert first.target.sentence == ""
    assert first.plan.actions[0].what == "Publish 40 knowledge articles"


def test_one_option_was_acknowledged_with_the_words_of_the_page(shipped: Workbook) -> None:
    improvement, first = entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[0]
    ((finding, answer),) = acknowledged_findings(shipped, improvement, first)
    assert finding.rule == "P1"
    assert answer.reason == "we know it is knowledge"


def test_causes_were_not_ranked_at_first_and_are_now(shipped: Workbook) -> None:
    first, second = passes(shipped, "CI-0002")
    assert not [row for row in first.baseline.causes if row.share]
    shares = sorted((int(read_number(row.share)) for row in second.baseline.causes), reverse=True)
    assert shares == [46, 25, 19, 10]


def test_the_no_led_back_to_step_2(shipped: Workbook) -> None:
    first, second = passes(shipped, "CI-0002")
    assert (second.parent, second.entered_at, second.number) == (first.id, "baseline", 2)
    assert "never ranked" in second.reason
    assert iteration_path(shipped, entry(shipped, "CI-0002")) == "1 to 6 (better, target not met), back to 2, on to 5"


def test_new_baseline_is_the_stretch_of_the_result(shipped: Workbook) -> None:
    first, second = passes(shipped, "CI-0002")
    assert (second.baseline.first_on, second.baseline.last_on) == ("2026-05-25", first.check.counts_to)
    assert second.baseline.seal is not None
    assert [row.id for row in second.baseline.metrics] == [row.id for row in first.baseline.metrics]


def test_target_stays_68_and_its_day_was_amended_beside_the_inherited_one(shipped: Workbook) -> None:
    first, second = passes(shipped, "CI-0002")
    (promise,) = second.target.targets
    (amendment,) = second.target.amendments
    assert (promise.value, promise.by) == ("68", "2027-02-28")
    assert second.target.seal == first.target.seal
    assert (amendment.path[-1], amendment.before, amendment.after) == ("by", "2026-07-19", "2027-02-28")
    assert amendment.why
    assert not first.target.amendments


def test_second_iteration_is_under_way_with_two_of_five_actions_done(shipped: Workbook) -> None:
    improvement, second = entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[1]
    statuses = [second.progress(row.id).status for row in second.plan.actions]
    assert (len(statuses), statuses.count("done")) == (5, 2)
    assert state_of(shipped, improvement) == "in progress"


def test_latest_readings_are_64_9_and_65_6_and_6_8_reopened(shipped: Workbook) -> None:
    solved, again = (
        [reading.value for _, reading in sorted(entry(shipped, "CI-0002").readings[one.metric.id].items())]
        for one in measured(shipped, 2)
    )
    assert solved[-2:] == ["64.9", "65.6"]
    assert again[-1] == "6.8"


def test_decision_of_the_cio_is_due(shipped: Workbook) -> None:
    kinds = {each.kind: each for each in due_of(shipped, entry(shipped, "CI-0002"))}
    assert kinds["decision"].days == 4
    assert "(the CIO)" in kinds["decision"].what
    assert kinds["action"].days < 0


def test_history_tells_each_thing_once(shipped: Workbook) -> None:
    events = history_of(shipped, entry(shipped, "CI-0002"))
    kinds = [
        (each.iteration, each.kind) for each in events if each.kind in ("agreed", "amended", "verified", "revisited")
    ]
    assert sorted(kinds) == [
        (1, "agreed"),
        (1, "agreed"),
        (1, "verified"),
        (2, "agreed"),
        (2, "amended"),
        (2, "revisited"),
    ]
    assert [each.on for each in events] == sorted(each.on for each in events)
