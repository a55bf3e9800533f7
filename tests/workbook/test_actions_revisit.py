"""A no leads back to a named step: what is inherited, what is copied, what is new."""

import pytest

from cimodel_tui.model.check import REVISITABLE
from cimodel_tui.model.completeness import asks_still_true, missing
from cimodel_tui.model.step import STEP_KEYS, Place
from cimodel_tui.views.dashboard import iteration_path
from cimodel_tui.views.history import history_of
from cimodel_tui.views.status import state_of
from cimodel_tui.workbook.actions import go_back, start_next, verify
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.workbook import ReasonNeededError, RefusedError
from tests.samples.pen import Pen
from tests.workbook.stories import SHORT, back_to, verified


@pytest.mark.parametrize("step", REVISITABLE)
def test_child_knows_parent_step_and_reason(pen: Pen, step: str) -> None:
    back_to(pen, step)
    parent, child = pen.book.iterations(pen.improvement_id)
    assert (child.number, child.parent, child.entered_at) == (2, parent.id, step)
    assert (child.reason, child.opened_on, child.opened_by) == ("wrong lever", "2026-06-29", "Ada")
    assert parent.check.verified
    assert not child.check.verified


@pytest.mark.parametrize("step", REVISITABLE)
def test_parts_before_the_step_are_inherited_as_they_stand(pen: Pen, step: str) -> None:
    back_to(pen, step)
    parent, child = pen.book.iterations(pen.improvement_id)
    for key in STEP_KEYS[: STEP_KEYS.index(step)]:
        if key != "plan":
            assert child.part(key) == parent.part(key)


def test_seals_of_baseline_and_target_are_inherited_with_their_parts(pen: Pen) -> None:
    back_to(pen, "plan")
    parent, child = pen.book.iterations(pen.improvement_id)
    assert child.baseline.seal == parent.baseline.seal
    assert child.target.seal == parent.target.seal


def test_entered_at_step_5_the_plan_stays_whole_but_its_result_counts_anew(pen: Pen) -> None:
    back_to(pen, "action")
    parent, child = pen.book.iterations(pen.improvement_id)
    assert child.plan.actions == parent.plan.actions
    assert child.action.progress == parent.action.progress
    assert measure(pen.improvement, child).metrics[0].case.after_limits.n == 0
    assert state_of(pen.book, pen.improvement) == "assessing"


@pytest.mark.parametrize("step", ["vision", "baseline", "target", "plan"])
def test_entered_earlier_the_open_actions_are_copied_and_speak_of_nothing_that_is_gone(pen: Pen, step: str) -> None:
    back_to(pen, step)
    (action,) = pen.iteration.plan.actions
    assert (action.id, action.depends_on) == (pen.names["pages"], ())


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        ("vision", ["vision", "baseline", "target", "plan"]),
        ("baseline", ["vision", "baseline", "target", "plan"]),
        ("target", ["vision", "target", "plan"]),
        ("plan", ["vision", "plan"]),
        ("action", ["vision", "action"]),
    ],
)
def test_the_step_and_the_later_ones_ask_whether_they_are_still_true(pen: Pen, step: str, asked: list[str]) -> None:
    back_to(pen, step)
    child = pen.iteration
    assert [key for key in STEP_KEYS if asks_still_true(child, key)] == asked
    for key in asked:
        assert child.part(key).still_true == ""
        wanted = [each.place.field for each in missing(pen.improvement, child, key)]
        assert "still_true" in wanted


def test_entered_at_step_2_the_baseline_is_the_result_stretch_and_not_agreed(pen: Pen) -> None:
    back_to(pen, "baseline")
    part = pen.iteration.baseline
    assert (part.first_on, part.last_on) == ("2026-04-27", "2026-06-21")
    assert (part.seal, part.agreed_by, part.amendments) == (None, "", ())
    found = measure(pen.improvement, pen.iteration).metrics[0].case.question.baseline
    assert [float(point.value) for point in found] == [float(each) for each in SHORT.split()]


def test_where_the_number_was_not_trusted_there_is_no_baseline_yet(pen: Pen) -> None:
    verified(pen, decision="revisit")
    pen.write("check", revisit_step="baseline")
    pen.on("2026-06-29")
    child = go_back(pen.book, pen.iteration, trusted=False)
    assert measure(pen.improvement, child).metrics[0].case.limits.n == 0
    pen.read("hours", "2026-06-29", "6.6 6.4")
    assert measure(pen.improvement, child).metrics[0].case.limits.n == 2


def test_new_baseline_reaches_to_the_day_before_the_first_new_action(pen: Pen) -> None:
    back_to(pen, "baseline")
    pen.read("hours", "2026-06-22", "6.1 6.0")
    pen.write("baseline", last_on="")
    pen.cells("plan", "actions", "pages", start="2026-06-29")
    found = measure(pen.improvement, pen.iteration).metrics[0].case.question.baseline
    assert found[-1].day.isoformat() == "2026-06-22"


def test_changing_an_inherited_sealed_value_shows_the_parents_value_as_the_original(pen: Pen) -> None:
    back_to(pen, "plan")
    parent = pen.book.iterations(pen.improvement_id)[0]
    with pytest.raises(ReasonNeededError):
        pen.cells("target", "targets", "hours", by="2026-12-31")
    pen.cells("target", "targets", "hours", because="more time", by="2026-12-31")
    (amendment,) = pen.iteration.target.amendments
    assert (amendment.before, amendment.after) == ("2026-06-21", "2026-12-31")
    assert pen.iteration.target.seal == parent.target.seal
    assert pen.book.iteration(parent.id).target == parent.target


def test_a_copied_target_stays_sealed_too(pen: Pen) -> None:
    back_to(pen, "target")
    with pytest.raises(ReasonNeededError):
        pen.cells("target", "targets", "hours", value="5.5")


def test_go_ahead_of_the_old_plan_holds_once_it_was_looked_at_again(pen: Pen) -> None:
    verified(pen, values=SHORT, decision="revisit")
    pen.write("plan", go_ahead_by="Grace", go_ahead_on="2026-03-30")
    pen.write("check", revisit_step="plan")
    pen.on("2026-06-29")
    pen.revisit()
    assert state_of(pen.book, pen.improvement) == "assessing"
    pen.write("plan", still_true="yes")
    assert state_of(pen.book, pen.improvement) == "approved"


def test_revisit_needs_a_verified_check_a_step_and_a_reason(pen: Pen) -> None:
    verified(pen, decision="revisit")
    with pytest.raises(RefusedError, match="name the step"):
        go_back(pen.book, pen.iteration)
    pen.write("check", revisit_step="momentum")
    with pytest.raises(RefusedError, match="name the step"):
        go_back(pen.book, pen.iteration)
    pen.write("check", revisit_step="plan", decision_reason=" ")
    with pytest.raises(RefusedError, match="needs a reason"):
        go_back(pen.book, pen.iteration)
    pen.write("check", decision="stop", decision_reason="done")
    with pytest.raises(RefusedError, match="decide to revisit"):
        go_back(pen.book, pen.iteration)


def test_one_check_leads_back_once(pen: Pen) -> None:
    back_to(pen, "plan")
    parent = pen.book.iterations(pen.improvement_id)[0]
    for act in (go_back, start_next):
        with pytest.raises(RefusedError):
            act(pen.book, parent)


def test_earlier_iteration_is_history(pen: Pen) -> None:
    back_to(pen, "plan")
    parent = pen.book.iterations(pen.improvement_id)[0]
    for step, name in (("vision", "vision"), ("baseline", "current_state"), ("target", "sentence"), ("plan", "why")):
        place = Place(pen.improvement_id, parent.id, step, name)
        assert not pen.book.may_change(place)
        with pytest.raises(RefusedError, match="history"):
            pen.book.change(place, "rewritten", why="because")
    for name in ("keep", "override", "decision", "cost_accepted_by"):
        with pytest.raises(RefusedError):
            pen.book.change(Place(pen.improvement_id, parent.id, "check", name), "rewritten")


def test_step_7_of_a_revisited_iteration_stays_open_for_what_was_gained(pen: Pen) -> None:
    back_to(pen, "plan", values=SHORT)
    parent = pen.book.iterations(pen.improvement_id)[0]
    assert parent.check.verdict["word"] == "better-not-there"
    place = Place(pen.improvement_id, parent.id, "momentum", "daily_owner")
    pen.book.change(place, "Ada")
    assert pen.book.iteration(parent.id).momentum.daily_owner == "Ada"
    assert not [each.place.field for each in missing(pen.improvement, parent, "momentum") if each.place.field == "next"]


def test_step_7_of_a_revisited_iteration_that_gained_nothing_is_history(pen: Pen) -> None:
    back_to(pen, "plan", values="7.0 6.8 7.1 6.7")
    parent = pen.book.iterations(pen.improvement_id)[0]
    place = Place(pen.improvement_id, parent.id, "momentum", "daily_owner")
    with pytest.raises(RefusedError, match="history"):
        pen.book.change(place, "Ada")


def test_way_says_where_it_led_back_and_how_far_it_came_since(pen: Pen) -> None:
    back_to(pen, "target")
    assert iteration_path(pen.book, pen.improvement) == "1 to 6 (better, target not met), back to 3, on to 3"
    pen.write("plan", why="another lever")
    assert iteration_path(pen.book, pen.improvement).endswith("on to 4")


def test_history_tells_the_revisit_and_tells_what_was_inherited_once(pen: Pen) -> None:
    back_to(pen, "plan")
    kinds = [event.kind for event in history_of(pen.book, pen.improvement)]
    assert kinds.count("agreed") == 2
    assert kinds.count("revisited") == 1
    assert kinds.count("done") == 1


def test_check_of_the_child_is_its_own(pen: Pen) -> None:
    back_to(pen, "plan")
    parent = pen.book.iterations(pen.improvement_id)[0]
    pen.on("2026-10-01")
    pen.write("plan", result_from="2026-07-20")
    pen.cells("target", "targets", "hours", because="a new date", by="2026-09-30")
    pen.read("hours", "2026-07-20", "4.9 4.8 4.7 4.6 4.9 4.8 4.7 4.5")
    pen.write("check", other_causes="none found", decision="go on to 7")
    verify(pen.book, pen.iteration)
    assert pen.iteration.check.verdict["word"] == "achieved"
    assert pen.book.iteration(parent.id).check == parent.check
