"""What somebody else does to the file is told once: one notification, one window."""

import asyncio
import json
from pathlib import Path

import pytest

from cimodel_tui.screens.conflicts import ConflictsScreen
from cimodel_tui.storage.saver import Worker
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import told, turn_to
from tests.workbook.stories import measured


@pytest.fixture(autouse=True)
def _saved_by_key_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is typed in memory until ctrl+s, however slow the machine is."""
    monkeypatch.setattr(Worker, "wake", lambda _worker: None)


def somebody_writes(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert json.dumps(old) in text
    beside = path.with_name("beside")
    beside.write_text(text.replace(json.dumps(old), json.dumps(new)), encoding="utf-8")
    beside.replace(path)


async def look(hands: Hands) -> None:
    """Have the app look outside as it does every two seconds, and let all of it be said."""
    hands.app.open_workbook.look_outside()
    await hands.rest()
    await asyncio.to_thread(hands.book.store.check_outside)
    await hands.rest()


async def test_change_that_a_look_finds_is_told_once(room: Room) -> None:
    path = told(room, measured)
    async with room.at(path, (100, 40)) as hands:
        somebody_writes(path, "Stores sell", "Stores sell more")
        before = list(hands.app.notified)
        await look(hands)
        assert len(hands.app.notified) - len(before) == 1
        await look(hands)
        assert len(hands.app.notified) - len(before) == 1


async def test_change_that_a_save_finds_is_told_once(room: Room) -> None:
    path = told(room, measured)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "vision", field="vision")
        await hands.type(" Now.")
        somebody_writes(path, "Stores sell", "Stores sell more")
        before = list(hands.app.notified)
        await hands.press("ctrl+s")
        await hands.until(lambda: "Saved." in hands.told())
        await look(hands)
        assert len(hands.app.notified) - len(before) == 2, "the change, and that it is saved"


async def into_a_conflict(hands: Hands, path: Path) -> None:
    """Change an answer that somebody else changes as well, and save: the window of the conflict opens."""
    await turn_to(hands, "vision", field="objective")
    await hands.type(" here")
    somebody_writes(path, "Stores sell", "Stores sell there")
    await hands.press("ctrl+s")
    await hands.until(lambda: isinstance(hands.screen, ConflictsScreen))


async def test_conflict_opens_one_window_however_often_it_is_found(room: Room) -> None:
    path = told(room, measured)
    async with room.at(path, (100, 40)) as hands:
        await into_a_conflict(hands, path)
        await look(hands)
        somebody_writes(path, "Stores sell here", "Stores sell somewhere")
        await look(hands)
        hands.app.action_conflicts()
        await hands.rest()
        windows = [each for each in hands.app.screen_stack if isinstance(each, ConflictsScreen)]
        assert len(windows) == 1


async def test_file_that_is_gone_is_told_once(room: Room) -> None:
    path = told(room, measured)
    async with room.at(path, (100, 40)) as hands:
        path.rename(path.with_name("elsewhere"))
        for _ in range(4):
            await look(hands)
        assert hands.told().count("is no longer there") == 1
