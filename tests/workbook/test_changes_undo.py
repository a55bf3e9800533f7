"""Undo and redo: one visit, one row action, one paste, one agree, one next; nothing that was changed since."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from cimodel_tui.model.baseline import Cause
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.workbook.actions import add_improvement, agree, archive, set_readings
from cimodel_tui.workbook.changes import DEPTH
from cimodel_tui.workbook.sustain import plan_sustain_checks
from cimodel_tui.workbook.workbook import Change, RefusedError
from tests.samples.pen import Pen, WalkingClock
from tests.workbook.memory import MemoryStore
from tests.workbook.stories import agreed, back_to, measured, verified
from tests.workbook.views import assert_whole


class StoppedClock(WalkingClock):
    """Its time of day stands still until it is moved by seconds."""

    seconds = 0

    def now(self) -> datetime:
        return datetime.combine(self.day, time(8, 0), UTC) + timedelta(seconds=self.seconds)


def typed(pen: Pen, *texts: str, field: str = "vision") -> None:
    for text in texts:
        pen.book.change(Place(pen.improvement_id, pen.iteration.id, "vision", field), text)


@pytest.fixture
def still(pen: Pen) -> StoppedClock:
    clock = StoppedClock(pen.clock.day)
    pen.book.clock = clock
    pen.add("Restore stores faster", size="S")
    pen.book.history.undo_steps.clear()
    return clock


@pytest.mark.usefixtures("still")
def test_one_visit_to_one_field_is_one_step(pen: Pen) -> None:
    typed(pen, "A", "A s", "A store")
    assert len(pen.book.history.undo_steps) == 1
    pen.book.undo()
    assert pen.iteration.vision.vision == ""


def test_two_seconds_of_rest_begin_a_new_visit(pen: Pen, still: StoppedClock) -> None:
    typed(pen, "A")
    still.seconds = 3
    typed(pen, "A store")
    pen.book.undo()
    assert pen.iteration.vision.vision == "A"


@pytest.mark.usefixtures("still")
def test_leaving_the_field_ends_the_visit(pen: Pen) -> None:
    typed(pen, "A")
    pen.book.history.pause()
    typed(pen, "A store")
    pen.book.undo()
    assert pen.iteration.vision.vision == "A"


@pytest.mark.usefixtures("still")
def test_another_field_is_another_step(pen: Pen) -> None:
    typed(pen, "A")
    typed(pen, "Shoppers", field="value")
    typed(pen, "A store")
    assert [pen.book.undo() is not None for _ in range(4)] == [True, True, True, False]


@pytest.mark.usefixtures("still")
def test_typing_what_stood_there_before_leaves_no_step(pen: Pen) -> None:
    typed(pen, "A", "")
    assert pen.book.undo() is None


@pytest.mark.usefixtures("still")
def test_redo_brings_it_back_and_new_typing_forgets_what_was_undone(pen: Pen) -> None:
    typed(pen, "A store")
    pen.book.undo()
    pen.book.redo()
    assert pen.iteration.vision.vision == "A store"
    pen.book.undo()
    typed(pen, "B")
    assert pen.book.redo() is None


@pytest.mark.usefixtures("still")
def test_undo_says_where_and_what_and_tells_whoever_shows_it(pen: Pen) -> None:
    changes: list[Change] = []
    typed(pen, "A store")
    end = pen.book.subscribe(changes.append)
    step = pen.book.undo()
    end()
    pen.book.redo()
    assert step is not None
    assert step.place.field == "vision"
    assert [(each.place, each.words) for each in changes] == [(step.place, "typing")]


def test_removed_row_comes_back_with_what_spoke_about_it(pen: Pen) -> None:
    verified(pen)
    pen.carry("pages", "carry", "")
    before = pen.iteration
    place = Place(pen.improvement_id, pen.iteration.id, "plan", "actions")
    pen.book.change(place, pen.iteration.plan.actions[1:], why="of no use", words="row removed")
    assert pen.names["rota"] not in {row.id for row in pen.iteration.action.progress}
    assert pen.iteration.plan.actions[0].depends_on == ()
    assert_whole(pen.book)
    pen.book.undo()
    assert pen.iteration == before


def test_removed_metric_takes_readings_and_target_along_and_brings_them_back(pen: Pen) -> None:
    agreed(pen)
    improvement, iteration = pen.improvement, pen.iteration
    pen.book.change(Place(pen.improvement_id, iteration.id, "baseline", "metrics"), (), why="the wrong number")
    assert pen.improvement.readings == {}
    assert pen.iteration.target.targets == ()
    assert_whole(pen.book)
    pen.book.undo()
    assert (pen.improvement, pen.iteration) == (improvement, iteration)


def test_moved_rows_move_back(pen: Pen) -> None:
    measured(pen)
    pen.table("baseline", "causes", Cause, [{"cause": "no runbook"}])
    causes = pen.iteration.baseline.causes
    pen.write("baseline", causes=causes[::-1])
    pen.book.undo()
    assert pen.iteration.baseline.causes == causes


def test_a_paste_is_one_step(pen: Pen) -> None:
    measured(pen)
    before = pen.improvement.readings
    pen.read("hours", "2026-03-30", "6.4 6.0 5.8")
    pen.book.undo()
    assert pen.improvement.readings == before


def test_first_paste_undone_leaves_no_trace(pen: Pen) -> None:
    measured(pen)
    pen.book.undo()
    assert pen.improvement.readings == {}
    pen.book.redo()
    assert len(pen.improvement.readings[pen.names["hours"]]) == 12


def test_a_seal_of_this_session_is_taken_back_whole(pen: Pen) -> None:
    measured(pen)
    before = pen.iteration
    pen.on("2026-03-30")
    agree(pen.book, pen.iteration, "baseline")
    pen.book.undo()
    assert pen.iteration == before


def test_an_amendment_is_taken_back_with_the_change_that_it_explains(pen: Pen) -> None:
    agreed(pen)
    improvement, iteration = pen.improvement, pen.iteration
    place = Place(pen.improvement_id, iteration.id, "baseline", "metrics", pen.names["hours"])
    set_readings(pen.book, place, {"2026-01-05": Reading("9.9")}, why="found in the report")
    pen.book.undo()
    assert (pen.improvement, pen.iteration) == (improvement, iteration)


def test_verifying_is_one_step(pen: Pen) -> None:
    verified(pen)
    checked = pen.iteration
    pen.book.undo()
    assert not pen.iteration.check.verified
    assert pen.iteration.check.measured == {}
    pen.book.redo()
    assert pen.iteration == checked


def test_next_iteration_is_taken_back_with_everything_that_it_did(pen: Pen) -> None:
    verified(pen)
    plan_sustain_checks(pen.book, pen.iteration)
    pen.carry("pages", "carry", "")
    before = pen.iteration
    pen.next()
    child = pen.iteration
    pen.book.undo()
    assert pen.book.iterations(pen.improvement_id) == (before,)
    pen.book.redo()
    assert pen.iteration == child
    assert_whole(pen.book)


def test_revisit_is_taken_back_before_what_was_typed_in_it_never_after(pen: Pen) -> None:
    back_to(pen, "plan")
    pen.write("plan", why="another lever")
    pen.book.undo()
    assert len(pen.book.iterations(pen.improvement_id)) == 2
    pen.book.undo()
    assert len(pen.book.iterations(pen.improvement_id)) == 1


def test_an_improvement_is_added_and_archived_in_one_step_each(pen: Pen) -> None:
    added = add_improvement(pen.book, "Alarms that mean something")
    archive(pen.book, added)
    assert pen.book.improvements() == ()
    pen.book.undo()
    assert pen.book.improvements() == (added,)
    pen.book.undo()
    assert pen.book.improvements(archived=True) == ()
    assert pen.book.documents.iterations == {}
    pen.book.redo()
    assert pen.book.improvements() == (added,)


def test_what_somebody_else_changed_since_stays(pen: Pen, store: MemoryStore) -> None:
    pen.add("Restore stores faster")
    pen.write("vision", vision="Ours.")
    vision = replace(pen.iteration.vision, vision="Theirs.")
    store.put([replace(pen.iteration, vision=vision)])
    with pytest.raises(RefusedError, match="changed since"):
        pen.book.undo()
    assert pen.iteration.vision.vision == "Theirs."


def test_what_somebody_else_changed_elsewhere_does_not_stand_in_the_way(pen: Pen, store: MemoryStore) -> None:
    pen.add("Restore stores faster")
    pen.write("vision", vision="Ours.")
    store.put([replace(pen.iteration, vision=replace(pen.iteration.vision, value="Theirs."))])
    pen.book.undo()
    assert (pen.iteration.vision.vision, pen.iteration.vision.value) == ("", "Theirs.")


def test_undo_does_not_pass_over_a_seal_that_somebody_else_set(pen: Pen) -> None:
    measured(pen)
    pen.cells("baseline", "metrics", "hours", unit="min")
    mine = pen.book.history
    pen.book.history = type(mine)()
    agree(pen.book, pen.iteration, "baseline")
    pen.book.history = mine
    with pytest.raises(RefusedError, match="changed since"):
        pen.book.undo()
    assert pen.iteration.baseline.metrics[0].unit == "min"
    assert_whole(pen.book)


def test_undo_leaves_no_iteration_of_somebody_else_without_its_improvement(pen: Pen, store: MemoryStore) -> None:
    pen.add("Restore stores faster")
    other = replace(pen.iteration, id="other0000000", number=2, parent=pen.iteration.id)
    store.put([other])
    with pytest.raises(RefusedError, match="changed since"):
        pen.book.undo()
    assert_whole(pen.book)


def test_more_than_two_hundred_steps_go_back_and_forth(pen: Pen) -> None:
    pen.add("Restore stores faster")
    begin = pen.improvement
    for number in range(250):
        pen.entry(summary=f"draft {number}")
    assert DEPTH >= 250
    for _ in range(250):
        assert pen.book.undo() is not None
    assert pen.improvement == begin
    for _ in range(250):
        assert pen.book.redo() is not None
    assert pen.improvement.summary == "draft 249"


def test_undoing_everything_leaves_an_empty_workbook(pen: Pen) -> None:
    back_to(pen, "baseline")
    while pen.book.undo():
        assert_whole(pen.book)
    assert pen.book.improvements(archived=True) == ()
    while pen.book.redo():
        assert_whole(pen.book)
    assert len(pen.book.iterations(pen.improvement_id)) == 2


def test_read_only_workbook_takes_nothing_back(pen: Pen, store: MemoryStore) -> None:
    pen.add("Restore stores faster")
    store.read_only = "somebody else edits it"
    for act in (pen.book.undo, pen.book.redo, lambda: pen.entry(summary="x")):
        with pytest.raises(RefusedError, match="somebody else edits it"):
            act()


def test_change_that_changes_nothing_is_no_step(pen: Pen, store: MemoryStore) -> None:
    pen.add("Restore stores faster")
    steps, puts = len(pen.book.history.undo_steps), store.puts
    pen.book.change(Place(pen.improvement_id, step=REGISTER, field="title"), "Restore stores faster")
    assert (len(pen.book.history.undo_steps), store.puts) == (steps, puts)
