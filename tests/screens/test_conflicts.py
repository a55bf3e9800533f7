"""The same field changed here and in the file: both sides are shown beside each other, and one key settles it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cimodel_tui.model.saving import Conflict
from cimodel_tui.model.step import Place
from cimodel_tui.screens.conflicts import ConflictsScreen
from cimodel_tui.storage.saver import Worker
from tests.look.conftest import place_of
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import there, until

BASE, OURS, THEIRS = "Desk at base", "Desk as we see it", "Desk as they see it"


def holds(path: Path, text: str) -> bool:
    return json.dumps(text) in path.read_text(encoding="utf-8")


def somebody_writes(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert json.dumps(old) in text
    path.write_text(text.replace(json.dumps(old), json.dumps(new)), encoding="utf-8")


@pytest.fixture(autouse=True)
def _saved_by_key_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is typed in memory until ctrl+s, however slow the machine is."""
    monkeypatch.setattr(Worker, "wake", lambda _worker: None)


async def in_conflict(hands: Hands, path: Path) -> None:
    await hands.press("a")
    await hands.type("First")
    await hands.press("enter", "escape", "enter")
    await hands.to("objective")
    await hands.paste(BASE)
    await hands.press("ctrl+s")
    await there(hands, lambda: "Saved." in hands.told())
    assert holds(path, BASE)
    await hands.press("home", "shift+end")
    await hands.paste(OURS)
    somebody_writes(path, BASE, THEIRS)
    await hands.press("ctrl+s")
    await until(hands, "Changed on both sides")


@pytest.mark.parametrize(("key", "wanted"), [("o", OURS), ("t", THEIRS)])
async def test_both_sides_are_shown_and_one_key_settles_it(
    room: Room, monkeypatch: pytest.MonkeyPatch, key: str, wanted: str
) -> None:
    monkeypatch.setattr("cimodel_tui.screens.conflicts.HUSH", 0)
    path = room.new()
    async with room.at(path, (100, 40)) as hands:
        await in_conflict(hands, path)
        for words in (OURS, THEIRS, BASE, "keep ours", "take theirs", "both were merged"):
            hands.see(words)
        assert not hands.shows("theirs  n next"), "there is no other one"
        await hands.press(key)
        assert not hands.screen.is_modal
        assert hands.value("objective") == wanted
        assert not hands.book.store.conflicts()
    _, iteration = room.only_improvement(path)
    assert iteration.vision.objective == wanted


async def test_letter_that_was_typed_when_the_window_came_settles_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cimodel_tui.screens.conflicts.HUSH", 3600)
    path = room.new()
    async with room.at(path, (100, 40)) as hands:
        await in_conflict(hands, path)
        await hands.type("to")
        assert len(hands.book.store.conflicts()) == 1


async def test_another_conflict_is_offered_where_there_is_one(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        place = Place(place_of(hands, "CI-0001").improvement, step="register", field="summary")
        one = Conflict(document=place.improvement, index=0, place=place, base="a", ours="b", theirs="c")
        monkeypatch.setattr(hands.book.store, "conflicts", lambda: (one, replace(one, index=1, ours="the second")))
        hands.app.push_screen(ConflictsScreen(hands.book))
        await hands.settle()
        hands.see("1 of 2: CI-0001")
        hands.see("theirs  n next")
        await hands.press("n")
        hands.see("2 of 2: CI-0001")
        hands.see("the second")
