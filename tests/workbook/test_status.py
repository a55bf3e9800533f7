"""The status is derived from what is there: the first that holds, from the latest iteration."""

import pytest

from cimodel_tui.model.action import Progress
from cimodel_tui.model.completeness import missing_in_entry
from cimodel_tui.model.improvement import ON_HOLD, WITHDRAWN
from cimodel_tui.views.due import due_of
from cimodel_tui.views.history import history_of
from cimodel_tui.views.status import state_of, status_of
from tests.samples.pen import Pen
from tests.workbook.stories import acted, agreed, back_to, embedding, verified


def state(pen: Pen) -> str:
    return state_of(pen.book, pen.improvement)


def test_new_entry_is_an_idea(pen: Pen) -> None:
    pen.add("Restore stores faster")
    assert state(pen) == "idea"


@pytest.mark.parametrize(
    ("step", "name"), [("vision", "why_now"), ("baseline", "benchmark"), ("target", "sentence"), ("plan", "why")]
)
def test_anything_typed_in_steps_1_to_4_makes_it_assessing(pen: Pen, step: str, name: str) -> None:
    pen.add("Restore stores faster")
    pen.write(step, **{name: "x"})
    assert state(pen) == "assessing"


def test_go_ahead_makes_it_approved(pen: Pen) -> None:
    agreed(pen)
    pen.write("plan", go_ahead_by="Grace")
    assert state(pen) == "assessing"
    pen.write("plan", go_ahead_on="2026-03-30")
    assert state(pen) == "approved"


@pytest.mark.parametrize("status", ["doing", "blocked"])
def test_first_action_that_is_begun_makes_it_in_progress(pen: Pen, status: str) -> None:
    acted(pen)
    pen.on("2026-04-01")
    pen.rows("action", "progress", Progress, rota={"status": status})
    assert state(pen) == "in progress"


def test_it_is_verifying_once_every_action_is_done_or_dropped(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-04-10")
    assert state(pen) == "in progress"
    pen.rows("action", "progress", Progress, pages={"status": "dropped", "dropped_because": "not needed"})
    assert state(pen) == "verifying"


def test_it_is_verifying_once_the_first_day_of_the_result_is_reached(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-04-26")
    assert state(pen) == "in progress"
    pen.on("2026-04-27")
    assert state(pen) == "verifying"


def test_verified_and_going_on_it_is_embedding(pen: Pen) -> None:
    verified(pen)
    assert state(pen) == "embedding"


def test_stopped_it_is_closed_once_a_lesson_is_noted(pen: Pen) -> None:
    agreed(pen)
    pen.write("check", decision="stop")
    assert state(pen) == "assessing"
    pen.write("check", differently="ask first")
    assert status_of(pen.book, pen.improvement) == "closed, not verified"


@pytest.mark.parametrize("standing", [ON_HOLD, WITHDRAWN])
def test_set_aside_it_says_so_and_asks_why_and_until_when(pen: Pen, standing: str) -> None:
    acted(pen)
    pen.entry(standing=standing)
    assert state(pen) == standing
    missing_fields = {each.place.field for each in missing_in_entry(pen.improvement)}
    assert {"standing_reason", "look_again_on"} <= missing_fields
    pen.entry(standing="")
    assert state(pen) in ("in progress", "verifying")


def test_on_hold_only_the_day_to_look_again_is_due(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-05-04")
    pen.entry(standing=ON_HOLD, standing_reason="freeze", look_again_on="2026-05-11")
    assert [(each.kind, each.days) for each in due_of(pen.book, pen.improvement)] == [("review", 7)]


def test_withdrawn_nothing_is_due(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-05-04")
    pen.entry(standing=WITHDRAWN, standing_reason="no need", look_again_on="2026-05-11")
    assert due_of(pen.book, pen.improvement) == ()


def test_entry_grows_stale_past_its_review_and_only_before_anything_was_begun(pen: Pen) -> None:
    acted(pen)
    pen.entry(review_on="2026-03-31")
    pen.on("2026-04-10")
    assert status_of(pen.book, pen.improvement) == "in progress"
    pen.add("Alarms that mean something")
    assert pen.improvement.review_on == "2026-05-10"
    pen.on("2026-05-10")
    assert status_of(pen.book, pen.improvement) == "idea"
    pen.on("2026-05-11")
    assert status_of(pen.book, pen.improvement) == "idea, stale"


@pytest.mark.parametrize("step", ["baseline", "target", "plan"])
def test_what_an_earlier_iteration_did_does_not_count_for_the_next(pen: Pen, step: str) -> None:
    back_to(pen, step)
    assert state(pen) == "assessing"


def test_closing_stands_in_the_history_with_its_day(pen: Pen) -> None:
    embedding(pen)
    pen.on("2026-07-22")
    pen.read("hours", "2026-06-22", "4.6 4.7")
    pen.record_sustain_check()
    events = [(each.on, each.kind, each.words) for each in history_of(pen.book, pen.improvement)]
    assert events[-1] == ("2026-07-22", "closed", "achieved")
    kinds = [kind for _, kind, _ in events]
    assert kinds.count("agreed") == 2
    assert {"raised", "done", "verified", "decided", "sustain check"} <= set(kinds)


def test_history_tells_what_was_agreed_as_it_was_agreed(pen: Pen) -> None:
    acted(pen)
    pen.cells("target", "targets", "hours", because="negotiated", value="5.5")
    agreed = [each for each in history_of(pen.book, pen.improvement) if each.kind == "agreed"]
    (by,) = {row.by for row in pen.iteration.target.targets}
    assert [each.words for each in agreed] == [
        "the baseline of hours (12 readings)",
        f"the target, hours to 5.0 h by {by}",
    ]
    assert [each.step for each in agreed] == ["baseline", "target"]


def test_history_tells_amendments_with_from_to_and_why(pen: Pen) -> None:
    acted(pen)
    pen.cells("target", "targets", "hours", because="negotiated", value="5.5")
    (event,) = [each for each in history_of(pen.book, pen.improvement) if each.kind == "amended"]
    assert event.words == "target, value: from 5.0 to 5.5. negotiated"
    assert event.by == "Ada"
