"""The next iteration from step 7: what it copies, refers to and carries; and the one that a relapse asks for."""

import pytest

from cimodel_tui.model.completeness import asks_still_true, missing
from cimodel_tui.model.step import STEP_KEYS, Place
from cimodel_tui.views.dashboard import iteration_path
from cimodel_tui.views.due import due_of
from cimodel_tui.views.status import state_of, status_of
from cimodel_tui.workbook.actions import reopen, start_next
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.sustain import plan_sustain_checks, record_sustain_check, relapse_day_text
from cimodel_tui.workbook.workbook import RefusedError
from tests.samples.pen import Pen
from tests.workbook.stories import BETTER, acted, embedding, verified


def started(pen: Pen, decision: str = "carry") -> None:
    verified(pen)
    plan_sustain_checks(pen.book, pen.iteration)
    pen.carry("pages", decision, "next time")
    pen.on("2026-07-06")
    pen.next()


def test_vision_and_metrics_are_copied_and_the_rest_is_new(pen: Pen) -> None:
    started(pen)
    before, after = pen.book.iterations(pen.improvement_id)
    assert after.vision.vision == before.vision.vision
    assert after.baseline.metrics == before.baseline.metrics
    assert (after.number, after.parent, after.entered_at, after.reason) == (2, before.id, "vision", "")
    assert after.target.targets == ()
    assert (after.target.seal, after.baseline.seal) == (None, None)
    assert (after.action.progress, after.check.verdict) == ((), {})


def test_achieved_stretch_is_the_new_baseline_by_its_days_alone(pen: Pen) -> None:
    started(pen)
    assert (pen.iteration.baseline.first_on, pen.iteration.baseline.last_on) == ("2026-04-27", "2026-06-21")
    found = measure(pen.improvement, pen.iteration).metrics[0].case.question.baseline
    assert [float(point.value) for point in found] == [float(each) for each in BETTER.split()]


def test_carried_action_goes_along_without_what_it_spoke_of(pen: Pen) -> None:
    started(pen)
    (action,) = pen.iteration.plan.actions
    assert (action.id, action.what, action.cause, action.depends_on) == (pen.names["pages"], "Pages", "", ())


def test_dropped_action_stays_behind(pen: Pen) -> None:
    started(pen, "drop")
    assert pen.iteration.plan.actions == ()


def test_each_open_action_is_decided_on_before_the_next_iteration_starts(pen: Pen) -> None:
    verified(pen)
    with pytest.raises(RefusedError, match="Pages: carry it or drop it"):
        start_next(pen.book, pen.iteration)


def test_done_action_is_not_carried_whatever_was_said(pen: Pen) -> None:
    verified(pen)
    pen.carry("pages", "drop", "")
    pen.carry("rota", "carry", "")
    pen.next()
    assert pen.iteration.plan.actions == ()


def test_only_the_vision_asks_whether_it_is_still_true(pen: Pen) -> None:
    started(pen)
    assert [key for key in STEP_KEYS if asks_still_true(pen.iteration, key)] == ["vision"]
    assert "still_true" in [each.place.field for each in missing(pen.improvement, pen.iteration, "vision")]


def test_next_iteration_needs_a_verified_check_that_goes_on(pen: Pen) -> None:
    acted(pen)
    with pytest.raises(RefusedError, match="verify the check first"):
        start_next(pen.book, pen.iteration)


@pytest.mark.parametrize("decision", ["", "stop", "revisit"])
def test_another_decision_starts_no_next_iteration(pen: Pen, decision: str) -> None:
    verified(pen, decision=decision)
    pen.carry("pages", "drop", "")
    with pytest.raises(RefusedError, match="go on to 7"):
        start_next(pen.book, pen.iteration)


def test_open_sustain_checks_go_to_the_next_iteration_on_the_same_metric(pen: Pen) -> None:
    started(pen)
    before, after = pen.book.iterations(pen.improvement_id)
    assert {row.taken_over_by for row in before.momentum.sustain_checks} == {after.id}
    assert not any(row.open for row in before.momentum.sustain_checks)


def test_started_iteration_makes_the_one_before_history(pen: Pen) -> None:
    started(pen)
    before = pen.book.iterations(pen.improvement_id)[0]
    for name in ("controls", "next", "carried", "sustain_checks", "daily_owner"):
        assert not pen.book.may_change(Place(pen.improvement_id, before.id, "momentum", name))


def test_sustain_checks_of_another_metric_are_recorded_until_the_last_is_in(pen: Pen) -> None:
    verified(pen)
    plan_sustain_checks(pen.book, pen.iteration)
    pen.carry("pages", "drop", "")
    (row,) = pen.iteration.momentum.sustain_checks
    pen.next()
    first = pen.book.iterations(pen.improvement_id)[0]
    assert row.id == first.momentum.sustain_checks[0].id
    place = Place(pen.improvement_id, first.id, "momentum", "sustain_checks")
    assert not pen.book.may_change(place)
    pen.book.undo()
    assert pen.book.may_change(place)


def test_begun_on_a_date_keeps_that_date_on_record(pen: Pen) -> None:
    verified(pen)
    pen.carry("pages", "drop", "")
    pen.write("momentum", next="on a date", next_on="2026-07-01", next_reason="after the fair")
    assert [each.kind for each in due_of(pen.book, pen.improvement)] == ["next iteration"]
    pen.on("2026-07-01", "Grace")
    pen.next()
    part = pen.book.iterations(pen.improvement_id)[0].momentum
    assert (part.next, part.next_on, part.decided_by, part.decided_on) == (
        "on a date",
        "2026-07-01",
        "Grace",
        "2026-07-01",
    )
    assert iteration_path(pen.book, pen.improvement) == "1 to 6 (achieved), again 1"


def slipped(pen: Pen) -> None:
    embedding(pen)
    pen.write(
        "momentum", relapse_metric=pen.names["hours"], relapse_side="above", relapse_limit="5.5", relapse_count="3"
    )
    pen.on("2026-07-27")
    pen.read("hours", "2026-06-29", "5.8 5.9 6.1 6.0")
    record_sustain_check(pen.book, pen.iteration, pen.iteration.momentum.sustain_checks[0].id)


def test_relapse_shows_beside_the_status_and_in_due(pen: Pen) -> None:
    slipped(pen)
    assert relapse_day_text(pen.book, pen.improvement) == "2026-06-29"
    assert status_of(pen.book, pen.improvement) == "closed, achieved, relapsed"
    assert "relapse" in [each.kind for each in due_of(pen.book, pen.improvement)]


def test_two_readings_beyond_the_limit_are_no_relapse_where_the_rule_says_three(pen: Pen) -> None:
    embedding(pen)
    pen.write(
        "momentum", relapse_metric=pen.names["hours"], relapse_side="above", relapse_limit="5.5", relapse_count="3"
    )
    pen.on("2026-07-20")
    pen.read("hours", "2026-06-22", "5.8 5.9 5.5 5.6 5.7")
    assert relapse_day_text(pen.book, pen.improvement) == ""


def test_relapse_reopens_at_step_2_with_everything_at_hand(pen: Pen) -> None:
    slipped(pen)
    child = reopen(pen.book, pen.improvement)
    assert (child.entered_at, child.number, child.reason) == ("baseline", 2, "relapsed since 2026-06-29")
    assert child.vision.vision == "A store is helped at once."
    assert child.baseline.causes
    assert child.baseline.seal is None
    found = measure(pen.improvement, child).metrics[0].case.question.baseline
    assert [float(point.value) for point in found] == [5.8, 5.9, 6.1, 6.0]
    assert relapse_day_text(pen.book, pen.improvement) == ""
    assert state_of(pen.book, pen.improvement) == "assessing"


def test_without_a_relapse_nothing_is_reopened(pen: Pen) -> None:
    embedding(pen)
    with pytest.raises(RefusedError, match="no gain has slipped"):
        reopen(pen.book, pen.improvement)
