"""A disk that is full while one types: the footer says why, nothing is lost, and the way out asks first."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from cimodel_tui.storage.open import load
from cimodel_tui.storage.system import System
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, until

WHY = "✗ could not be saved: the disk is full"

VISION = "A new colleague can work on day one"


@dataclass
class Disk:
    """The disk of a folder, which can be full: then no file in it is made or grows."""

    folder: Path
    drafts: Path
    full: bool = False
    draft_too: bool = False
    """Whether the user's own folders lie on the same disk."""

    def refuses(self, path: Path, flags: int) -> bool:
        """Tell whether there is no room for what would be written here; a file of no length needs none."""
        if not self.full or not flags & (os.O_CREAT | os.O_APPEND):
            return False
        return (path.parent == self.folder and ".tmp-" in path.name) or (self.draft_too and self.drafts in path.parents)


@pytest.fixture
def disk(room: Room, monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk(room.folder, room.places.state)
    opened = System.open

    def refusing(system: System, path: Path, flags: int, mode: int = 0o600) -> int:
        if made.refuses(path, flags):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(system, path, flags, mode)

    monkeypatch.setattr(System, "open", refusing)
    return made


def kept(path: Path, room: Room) -> str:
    """Return the vision as it stands in a file."""
    (iteration,) = load(path, room.places).documents().iterations.values()
    return iteration.vision.vision


async def typed(hands: Hands, disk: Disk, text: str = VISION) -> None:
    """Add an improvement, then type a vision while the disk is full."""
    await hands.press("a")
    await hands.type("Access")
    await hands.press("enter", "escape", "ctrl+s")
    await until(hands, "Saved.")
    await hands.press("enter")
    disk.full = True
    await hands.write(vision=text)
    await until(hands, WHY)


async def test_footer_says_why_nothing_is_lost_and_it_is_saved_by_itself_once_there_is_room(
    room: Room, disk: Disk
) -> None:
    path = room.new()
    async with room.at(path) as hands:
        await typed(hands, disk)
        assert kept(path, room) == ""
        await hands.type(" and on day two")
        assert passes(hands)[0].vision.vision == f"{VISION} and on day two"
        hands.see(WHY)
        hands.see("F1 help")
        disk.full = False
        await until(hands, "saved 09:30")
        assert kept(path, room) == f"{VISION} and on day two"


async def test_ctrl_s_says_why_and_saves_once_there_is_room(room: Room, disk: Disk) -> None:
    path = room.new()
    async with room.at(path, (100, 40)) as hands:
        await typed(hands, disk)
        await hands.press("ctrl+s")
        await until_told(hands, f"{path} could not be saved: the disk is full.")
        disk.full = False
        await hands.press("ctrl+s")
        await until(hands, "saved 09:30")
        assert kept(path, room) == VISION


async def until_told(hands: Hands, words: str) -> None:
    await hands.until(lambda: words in hands.told())


async def from_palette(hands: Hands, words: str) -> None:
    await hands.press("ctrl+p")
    await hands.type(words)
    await until(hands, "The whole workbook as it is here now")
    await hands.press("enter")


async def test_copy_that_is_saved_elsewhere_meanwhile_opens_with_what_was_typed(room: Room, disk: Disk) -> None:
    path, copy = room.new(), room.folder / "elsewhere" / "copy.json"
    copy.parent.mkdir()
    async with room.at(path, (100, 40)) as hands:
        await typed(hands, disk)
        await from_palette(hands, "save a copy")
        hands.see("Save a copy to")
        await hands.paste(str(path))
        await hands.press("enter")
        assert "is there already" in hands.told()
        await from_palette(hands, "save a copy")
        await hands.paste(str(room.folder / "copy.json"))
        await hands.press("enter")
        assert "could not be written: the disk is full" in hands.told()
        await from_palette(hands, "save a copy")
        await hands.paste(str(copy))
        await hands.press("enter")
        assert f"A copy is at {copy}." in hands.told()
        disk.full = False
    async with room.at(copy) as hands:
        assert passes(hands)[0].vision.vision == VISION


async def answer(hands: Hands, words: str) -> None:
    """Ask to leave, and answer what that asks."""
    await hands.press("ctrl+q")
    hands.see("Not everything is saved")
    hands.see("could not be saved: the disk is full.")
    await hands.push(words)


async def test_quitting_asks_first_and_goes_on_where_one_stays(room: Room, disk: Disk) -> None:
    path = room.new()
    async with room.at(path, (100, 40)) as hands:
        await typed(hands, disk)
        await answer(hands, "Stay")
        assert hands.place == ("vision", "vision")
        await answer(hands, "Try again")
        hands.see("Not everything is saved")
        await hands.press("escape")
        await answer(hands, "Save a copy to ...")
        hands.see("Save a copy to")
        await hands.press("escape")
        await hands.type(" and on day two")
        disk.full = False
        await until(hands, "saved 09:30")
        assert kept(path, room) == f"{VISION} and on day two"


async def test_quitting_saves_at_the_second_try_where_there_is_room_by_then(room: Room, disk: Disk) -> None:
    path = room.new()
    async with room.at(path, (100, 40)) as hands:
        await typed(hands, disk)
        await hands.press("ctrl+q")
        disk.full = False
        await hands.push("Try again")
        assert hands.app.book is None
        assert not hands.app.is_running
    assert kept(path, room) == VISION


async def test_who_leaves_all_the_same_finds_everything_at_the_next_opening(room: Room, disk: Disk) -> None:
    path = room.new()
    async with room.at(path, (100, 40)) as hands:
        await typed(hands, disk)
        await hands.press("ctrl+q")
        hands.see("in the draft and will be restored")
        hands.see("Try again Save a copy to ... Stay Quit anyway")
        await hands.push("Quit anyway")
        assert hands.app.book is None
    assert kept(path, room) == ""
    disk.full = False
    async with room.at(path, (100, 40)) as hands:
        assert passes(hands)[0].vision.vision == VISION
        await until(hands, "saved 09:30")
    assert kept(path, room) == VISION


async def test_home_asks_first_as_well(room: Room, disk: Disk) -> None:
    path = room.new()
    async with room.at(path, (100, 40)) as hands:
        await typed(hands, disk)
        await hands.press("ctrl+o")
        hands.see("Not everything is saved")
        await hands.push("Quit anyway")
        assert hands.app.book is None
        hands.see("Service desk 2026")
        disk.full = False
        await hands.press("enter")
        assert passes(hands)[0].vision.vision == VISION


async def test_leaving_says_so_where_the_draft_cannot_be_kept_either(room: Room, disk: Disk) -> None:
    disk.draft_too = True
    async with room.at(room.new(), (100, 40)) as hands:
        await typed(hands, disk)
        await hands.press("ctrl+q")
        hands.see("The draft cannot be written either: leaving now loses what you typed.")
        await hands.press("escape")
        disk.full = False
        await until(hands, "saved 09:30")
        assert not hands.book.store.state.draft_failed
