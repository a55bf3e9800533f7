"""A signal asks for no reason: what an agreed field waits for is kept, and waits again at the next opening."""

import asyncio
import json
from pathlib import Path

import pytest

from cimodel_tui.model.saving import Pending
from cimodel_tui.storage.recent import recent_of
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to, writing
from tests.workbook.stories import agreed

WAITS = "a reason is asked when you leave this field"


async def end_by_signal(hands: Hands) -> None:
    worker = hands.app.end_at_once()
    assert worker is not None
    await asyncio.wait_for(worker.wait(), 10)


async def left_waiting(room: Room) -> Path:
    """Type into an agreed field, and have the program ended before the reason is given."""
    path = told(room, agreed)
    async with room.at(path) as hands:
        await turn_to(hands, "baseline", field="agreed_by")
        await hands.press("end")
        await hands.type(" Hopper")
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
        hands.see("Agreed by was agreed. Why is it changed?")
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
        known = recent_of(room.places, path)
        assert known is not None
        assert known.pending is None
        await end_by_signal(hands)
    async with room.at(path) as hands:
        hands.see(WAITS)
        assert hands.value("agreed_by") == "Grace Hopper"


@pytest.mark.parametrize("asked", [False, True], ids=["in the field", "at the question"])
async def test_cell_of_an_agreed_row_waits_again_in_its_editor(room: Room, *, asked: bool) -> None:
    path = told(room, agreed)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        await hands.press("enter")
        await hands.write(unit="ours")
        await hands.press(*(["tab"] if asked else []))
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        assert hands.place == ("baseline", "unit")
        assert hands.value("unit") == "ours"
        hands.see(WAITS)
        await hands.press("escape")
        await hands.type("said so")
        await hands.press("enter", "escape")
        assert passes(hands)[0].baseline.metrics[0].unit == "ours"


async def test_choice_waits_again(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        await hands.press("enter")
        await hands.write(better="higher")
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        assert hands.place == ("baseline", "better")
        await hands.press("tab")
        await hands.type("more is more")
        await hands.press("enter", "escape")
        assert passes(hands)[0].baseline.metrics[0].better == "higher"


async def test_new_row_of_an_agreed_table_waits_again(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        await hands.press("a")
        await hands.write(name="calls")
        hands.see(WAITS)
        await end_by_signal(hands)
    async with room.at(path, (100, 40)) as hands:
        assert hands.value("name") == "calls"
        await hands.press("tab")
        await hands.type("forgotten")
        await hands.press("enter", "escape")
        assert [each.name for each in passes(hands)[0].baseline.metrics] == ["hours", "calls"]


async def test_field_that_was_changed_meanwhile_stays_as_it_is_and_what_was_typed_is_told(room: Room) -> None:
    path = await left_waiting(room)
    with writing(room, path) as pen:
        (entry,) = pen.book.improvements()
        place = pen.book.latest(entry.id)
        assert place.baseline.agreed_by == "Grace"
        known = recent_of(room.places, path)
        assert known is not None
        assert known.pending is not None
        pen.book.change(known.pending.place, "Alan", why="another")
    async with room.at(path) as hands:
        assert passes(hands)[0].baseline.agreed_by == "Alan"
        assert hands.value("agreed_by") == "Alan"
        assert WAITS not in hands.read()
        assert "cannot be changed as it was meant: Grace Hopper" in hands.told()


@pytest.mark.parametrize(
    "part",
    [{"field": "readings"}, {"field": "metrics", "row": "gone", "column": "unit"}, {"step": "register"}],
    ids=str,
)
async def test_field_that_is_no_longer_there_does_no_harm(room: Room, part: dict[str, str]) -> None:
    path = await left_waiting(room)
    entries = json.loads(room.places.recent.read_text())
    entries[0]["pending"]["place"].update(part)
    room.places.recent.write_text(json.dumps(entries))
    async with room.at(path) as hands:
        assert hands.place[0] == "baseline"
        assert hands.value("agreed_by") == "Grace"
        assert "cannot be changed as it was meant" in hands.told()


async def test_who_only_looks_leaves_it_to_whoever_can_change_it(room: Room) -> None:
    path = await left_waiting(room)
    before = recent_of(room.places, path)
    with writing(room, path):
        async with room.at(path) as hands:
            assert hands.value("agreed_by") == "Grace"
            await turn_to(hands, "dashboard")
    after = recent_of(room.places, path)
    assert before is not None
    assert after is not None
    assert isinstance(after.pending, Pending)
    assert after.pending == before.pending
