"""One key on its way to the draft passes few modules, so that whoever follows it need not open many."""

import sys
from asyncio import to_thread
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import cimodel_tui
from tests.screens.conftest import Room
from tests.screens.prepared import to_an_entry
from tests.waiting import until

MOST = 20
"""Modules between the key and the draft."""

MOST_OF_STORAGE = 8
"""Those of them that belong to storage."""

HOUSE = str(Path(cimodel_tui.__file__).parent)


class Way:
    """The modules of ours in which a function is called until the draft is written."""

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.is_written = False

    def look(self, frame: FrameType, event: str, _argument: object) -> None:
        """Take note of a call."""
        name = frame.f_code.co_filename
        if event == "call" and not self.is_written and name.startswith(HOUSE):
            self.modules.add(name.removeprefix(HOUSE).removeprefix("/").removesuffix(".py"))
            self.is_written = name.endswith("storage/draft.py")


@contextmanager
def followed() -> Iterator[Way]:
    """Follow what is called."""
    way = Way()
    sys.setprofile(way.look)
    try:
        yield way
    finally:
        sys.setprofile(None)


async def test_key_passes_at_most_twenty_modules_until_it_is_in_the_draft(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("owner")
        await hands.type("A")
        await to_thread(hands.book.store.flush)  # what a save has to say comes before
        await hands.settle()
        with followed() as way:
            hands.send("d")
            await until(lambda: way.is_written, "the key does not reach the draft")
        await hands.settle()
        assert hands.book.improvements()[0].owner == "Ad"
        passed = sorted(way.modules)
        assert len(passed) <= MOST, " ".join(passed)
        assert sum(each.startswith("storage/") for each in passed) <= MOST_OF_STORAGE, " ".join(passed)
