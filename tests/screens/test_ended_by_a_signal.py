"""A signal asks for no reason: what stands on the screen and waits is in the draft, and waits at the next opening."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cimodel_tui.model.saving import Waiting
from cimodel_tui.model.step import Place
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to, writing
from tests.screens.test_finding_by_keys import careless, coached, far
from tests.workbook.stories import agreed

WAITS = "leaving this field asks for a reason"


async def end_by_signal(hands: Hands) -> None:
    worker = hands.app.end_at_once()
    assert worker is not None
    await asyncio.wait_for(worker.wait(), 10)


def waiting_in(hands: Hands) -> tuple[Waiting, ...]:
    assert hands.app.book is not None
    return hands.app.book.session.waiting


@asynccontextmanager
async def at_metrics(room: Room, path: Path) -> AsyncIterator[Hands]:
    """Open a workbook at the metrics of step 2."""
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        yield hands


async def change_an_agreed_name(hands: Hands) -> None:
    await turn_to(hands, "baseline", field="agreed_by")
    await hands.press("end")
    await hands.type(" Hopper")


async def give_reason(hands: Hands, reason: str) -> None:
    """Type the reason that is asked for, and close the editor of the row."""
    await hands.type(reason)
    await hands.press("enter", "escape")


async def left_waiting(room: Room) -> Path:
    """Type into an agreed field, and have the program ended before the reason is given."""
    path = told(room, agreed)
    async with room.at(path) as hands:
        await change_an_agreed_name(hands)
        hands.see(WAITS)
        await end_by_signal(hands)
    return path


async def test_change_that_waits_for_its_reason_waits_again_at_the_next_opening(room: Room) -> None:
    path = await left_waiting(room)
    async with room.at(path) as hands:
        assert hands.place == ("baseline", "agreed_by")
        assert hands.value("agreed_by") == "Grace Hopper"
        hands.see(WAITS)
        assert passes(hands)[0].baseline.agreed_by == "Grace"
        await hands.press("tab")
        hands.see('"Agreed by" has been agreed. Why change it?')
        await hands.type("her whole name")
        await hands.press("enter")
        assert passes(hands)[0].baseline.agreed_by == "Grace Hopper"
        assert passes(hands)[0].baseline.amendments[-1].why == "her whole name"


async def test_it_can_still_be_given_up_and_is_gone_then(room: Room) -> None:
    path = await left_waiting(room)
    async with room.at(path) as hands:
        await hands.press("tab", "escape")
        assert hands.value("agreed_by") == "Grace"
    async with room.at(path) as hands:
        assert hands.value("agreed_by") == "Grace"
        assert WAITS not in hands.read()


async def test_it_is_kept_no_longer_once_it_is_taken_and_again_where_it_still_waits(room: Room) -> None:
    path = await left_waiting(room)
    async with room.at(path) as hands:
        assert len(waiting_in(hands)) == 1
        await end_by_signal(hands)
    async with room.at(path) as hands:
        hands.see(WAITS)
        assert hands.value("agreed_by") == "Grace Hopper"


@pytest.mark.parametrize("asked", [False, True], ids=["in the field", "at the question"])
async def test_cell_of_an_agreed_row_waits_again_in_its_editor(room: Room, *, asked: bool) -> None:
    path = told(room, agreed)
    async with at_metrics(room, path) as hands:
        await hands.press("enter")
        await hands.write(unit="ours")
        await hands.press(*(["tab"] if asked else []))
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        assert hands.place == ("baseline", "unit")
        assert hands.value("unit") == "ours"
        hands.see(WAITS)
        await hands.press("escape")
        await give_reason(hands, "said so")
        assert passes(hands)[0].baseline.metrics[0].unit == "ours"


async def test_choice_waits_again(room: Room) -> None:
    path = told(room, agreed)
    async with at_metrics(room, path) as hands:
        await hands.press("enter")
        await hands.write(better="higher")
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        assert hands.place == ("baseline", "better")
        await hands.press("tab")
        await give_reason(hands, "more is more")
        assert passes(hands)[0].baseline.metrics[0].better == "higher"


async def test_new_row_of_an_agreed_table_waits_again(room: Room) -> None:
    path = told(room, agreed)
    async with at_metrics(room, path) as hands:
        await hands.press("a")
        await hands.write(name="calls")
        hands.see(WAITS)
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        assert hands.value("name") == "calls"
        await hands.press("tab")
        await give_reason(hands, "forgotten")
        assert [each.name for each in passes(hands)[0].baseline.metrics] == ["hours", "calls"]


async def test_field_that_was_changed_meanwhile_stays_as_it_is_and_what_was_typed_is_told(room: Room) -> None:
    path = await left_waiting(room)
    with writing(room, path) as pen:
        (waiting,) = pen.book.session.restore()
        assert pen.book.answer(waiting.place) == "Grace"
        pen.book.change(waiting.place, "Alan", why="another")
    async with room.at(path) as hands:
        assert passes(hands)[0].baseline.agreed_by == "Alan"
        assert hands.value("agreed_by") == "Alan"
        assert WAITS not in hands.read()
        assert "Typed but not saved when the program ended: Grace Hopper" in hands.told()


@pytest.mark.parametrize(
    "part",
    [{"field": "readings"}, {"field": "metrics", "row": "gone", "column": "unit"}, {"step": "register"}],
    ids=str,
)
async def test_field_that_is_no_longer_there_does_no_harm(room: Room, part: dict[str, str]) -> None:
    path = await left_waiting(room)
    with writing(room, path) as pen:
        (waiting,) = pen.book.session.restore()
        pen.book.session.wait(replace(waiting, place=replace(waiting.place, **part)))
        pen.book.session.end(waiting.kind, waiting.place)
    async with room.at(path) as hands:
        assert hands.place[0] == "baseline"
        assert hands.value("agreed_by") == "Grace"
        assert "Typed but not saved when the program ended: Grace Hopper" in hands.told()
        assert waiting_in(hands) == ()


async def test_who_only_looks_leaves_it_to_whoever_can_change_it(room: Room) -> None:
    path = await left_waiting(room)
    with writing(room, path):
        async with room.at(path) as hands:
            assert hands.value("agreed_by") == "Grace"
            await turn_to(hands, "dashboard")
    async with room.at(path) as hands:
        assert hands.value("agreed_by") == "Grace Hopper"
        hands.see(WAITS)


async def test_reason_half_typed_stands_where_it_stood(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path) as hands:
        await change_an_agreed_name(hands)
        hands.see("unfinished")
        await hands.press("tab")
        await hands.type("her who")
        await end_by_signal(hands)
    async with room.at(path) as hands:
        hands.see('"Agreed by" has been agreed. Why change it?')
        await hands.type("le name")
        await hands.press("enter")
        assert passes(hands)[0].baseline.amendments[-1].why == "her whole name"
        assert waiting_in(hands) == ()
        assert "unfinished" not in hands.read()


async def test_row_that_was_to_be_removed_asks_for_its_reason_again(room: Room) -> None:
    path = told(room, agreed)
    async with at_metrics(room, path) as hands:
        await hands.press("x")
        await hands.type("no lon")
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        hands.see('"Metrics" has been agreed. Why change it?')
        assert len(passes(hands)[0].baseline.metrics) == 1
        await hands.type("ger counted")
        await hands.press("enter")
        assert passes(hands)[0].baseline.metrics == ()
        assert passes(hands)[0].baseline.amendments[-1].why == "no longer counted"


async def test_title_half_typed_stands_where_it_stood(room: Room) -> None:
    path = room.new()
    async with room.at(path) as hands:
        await hands.press("a")
        await hands.type("Restore stores")
        await end_by_signal(hands)
    async with room.at(path) as hands:
        hands.see("What should get better?")
        await hands.type(" faster")
        await hands.press("enter")
        assert [each.title for each in hands.book.improvements()] == ["Restore stores faster"]
        assert waiting_in(hands) == ()


async def test_what_is_left_by_escape_waits_no_longer(room: Room) -> None:
    async with room.at(room.new()) as hands:
        await hands.press("a")
        await hands.type("Restore stores")
        assert len(waiting_in(hands)) == 1
        await hands.press("escape")
        assert waiting_in(hands) == ()
        hands.see("saved")


async def to_readings(hands: Hands) -> None:
    await turn_to(hands, "baseline", field="metrics")
    await hands.press("r")
    hands.see("Readings of hours")


async def test_line_of_the_readings_half_typed_stands_where_it_stood(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path) as hands:
        await to_readings(hands)
        await hands.type("2026-04-05 7")
        await end_by_signal(hands)
    async with room.at(path) as hands:
        hands.see("Readings of hours")
        hands.see("2026-04-05 7")
        await hands.type(".5")
        await hands.press("enter")
        assert waiting_in(hands) == ()
        (improvement,) = hands.book.improvements()
        (days,) = improvement.readings.values()
        assert days["2026-04-05"].value == "7.5"


async def test_reading_of_an_agreed_stretch_asks_for_its_reason_again(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path) as hands:
        await to_readings(hands)
        await hands.type("2026-01-06 9")
        await hands.press("enter")
        await hands.type("came ")
        await end_by_signal(hands)
    async with room.at(path) as hands:
        hands.see("This changes an agreed baseline. Why change it?")
        await hands.type("late")
        await hands.press("enter")
        assert passes(hands)[0].baseline.amendments[-1].why == "came late"
        assert waiting_in(hands) == ()


@pytest.mark.parametrize(("key", "question"), [("s", "not counted?"), ("x", "Why change it?")])
async def test_reading_to_be_set_aside_or_removed_asks_for_its_reason_again(
    room: Room, key: str, question: str
) -> None:
    path = told(room, agreed)
    async with room.at(path) as hands:
        await to_readings(hands)
        await hands.press("shift+tab", "home", key)
        await hands.type("counted ")
        await end_by_signal(hands)
    async with room.at(path) as hands:
        hands.see(question)
        await hands.type("twice")
        await hands.press("enter")
        assert passes(hands)[0].baseline.amendments[-1].why == "counted twice"
        assert waiting_in(hands) == ()


async def test_columns_that_were_pasted_and_not_imported_are_there_again(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path, (100, 40)) as hands:
        await to_readings(hands)
        await hands.paste("2026-04-06\t5.5\n2026-04-13\t5.4\n")
        hands.see("2 new")
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        hands.see("2 new")
        await hands.press("f9")
        assert waiting_in(hands) == ()
        (improvement,) = hands.book.improvements()
        (days,) = improvement.readings.values()
        assert {"2026-04-06", "2026-04-13"} <= days.keys()


async def test_answer_to_the_coach_half_typed_waits_again_in_its_window(room: Room) -> None:
    path = told(room, careless)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "vision", field="objective")
        await coached(hands, "V3")
        await hands.press("a")
        await hands.type("It is about")
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        hands.see("V3: why does it not apply here?")
        await hands.type(" the team")
        await hands.press("enter")
        hands.see("✓ V3 answered by Ada Byron on 2026-01-05: It is about the team")
        assert waiting_in(hands) == ()


async def test_reason_for_a_remedy_half_typed_waits_again_and_does_it(room: Room) -> None:
    path = told(room, far)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "target")
        await coached(hands, "T5")
        await hands.press("enter")
        await hands.type("a third is enough")
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        hands.see("This has been agreed. Why change it?")
        hands.see("a third is enough")
        await hands.press("enter")
        assert passes(hands)[0].target.targets[0].value == "5.3"
        assert passes(hands)[0].target.amendments[-1].why == "a third is enough"
        assert waiting_in(hands) == ()


async def test_answer_to_what_the_coach_no_longer_finds_is_shown_in_full(room: Room) -> None:
    path = told(room, careless)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "vision", field="objective")
        await coached(hands, "V3")
        await hands.press("a")
        await hands.type("It is about the team")
        (iteration,) = passes(hands)
        hands.book.change(Place(iteration.improvement, iteration.id, "vision", "value"), "Customers are served at once")
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        assert "Typed but not saved when the program ended: It is about the team" in hands.told()
        assert waiting_in(hands) == ()


async def test_note_to_a_reading_half_typed_stands_where_it_stood(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "baseline")
        await hands.press("f4", "left", "enter")
        hands.see("Note to 2026-03-23: 6.5 h")
        await hands.type("holiday")
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        hands.see("Note to 2026-03-23: 6.5 h")
        await hands.type(" week")
        await hands.press("enter")
        (series,) = hands.book.improvements()[0].readings.values()
        assert series["2026-03-23"].note == "holiday week"
        assert not waiting_in(hands)
    async with room.at(path, (100, 40)) as hands:
        assert not hands.screen.is_modal


async def test_new_title_of_the_workbook_half_typed_stands_where_it_stood(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path) as hands:
        await hands.press("ctrl+p")
        await hands.type("rename the workbook")
        await hands.press("enter")
        await hands.type(", night")
        await end_by_signal(hands)
    async with room.at(path) as hands:
        hands.see("Title of the workbook")
        await hands.type(" shift")
        await hands.press("enter")
        assert hands.book.title == "Service desk 2026, night shift"
        assert not waiting_in(hands)


async def test_note_to_a_reading_that_is_gone_is_told(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "baseline")
        await hands.press("f4", "left", "enter")
        await hands.type("holiday")
        (waiting,) = waiting_in(hands)
        hands.book.session.wait(replace(waiting, place=waiting.place, before="2026-03-24"))
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        assert "Typed but not saved when the program ended: holiday" in hands.told()
        assert not hands.screen.is_modal
