"""The sample workbook on its own day, walked from screen to screen, and the screen as it is drawn."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.command import CommandPalette
from textual.widget import Widget
from textual.widgets import Input, OptionList

from cimodel_tui.cli.desk import SAMPLE_DAY
from cimodel_tui.model.step import STEP_KEYS, Place
from cimodel_tui.widgets.drop_down import DropDown
from tests.screens.conftest import Hands, Room
from tests.textual_internals import strips_of

MORNING = datetime(SAMPLE_DAY.year, SAMPLE_DAY.month, SAMPLE_DAY.day, 9, 0, tzinfo=UTC)

DEEP = 4
"""So many windows and lines lie over a page at most."""


@dataclass(frozen=True)
class Situation:
    """Somewhere in the program: a page of an improvement, the keys pressed there, and what is typed then."""

    name: str
    page: str = "register"
    ref: str = "CI-0001"
    keys: tuple[str, ...] = ()
    text: str = ""

    async def reach(self, hands: Hands) -> None:
        hands.app.go(self.page, place_of(hands, self.ref))
        await hands.settle()
        await hands.press(*self.keys)
        await hands.type(self.text)

    async def leave(self, hands: Hands) -> None:
        for _ in range(DEEP):
            focused = hands.app.focused
            is_open = isinstance(focused, DropDown) and focused.is_open
            if hands.screen.is_modal or is_open or isinstance(focused, Input | OptionList):
                await hands.press("escape")
        assert not hands.screen.is_modal, f"{self.name} cannot be left"


SITUATIONS = (
    Situation("register"),
    Situation("adding", keys=("a",)),
    Situation("entry", keys=("e",)),
    *(Situation(step, page=step, ref="CI-0002") for step in STEP_KEYS),
    Situation("check done", page="check"),
    Situation("check not begun", page="check", ref="CI-0005"),
    Situation("rail", page="vision", keys=("escape",)),
    Situation("list of choices", page="plan", ref="CI-0005", keys=("enter",)),
    Situation("row editor", page="action", ref="CI-0002", keys=("enter",)),
    Situation("coach", page="baseline", ref="CI-0002", keys=("f6",)),
    Situation("readings", page="dashboard", keys=("r",)),
    Situation("reading chosen", page="dashboard", keys=("r", "shift+tab")),
    Situation("paste", page="dashboard", keys=("r", "f6"), text="5 jan 7,1\n12 jan seven"),
    Situation("dashboard", page="dashboard"),
    Situation("dashboard late", page="dashboard", ref="CI-0002"),
    Situation("dashboard empty", page="dashboard", ref="CI-0005"),
    Situation("history", page="history", ref="CI-0003"),
    Situation("grid", page="grid"),
    Situation("backups", page="backups"),
    Situation("search", page="search", keys=("s", "w", "a", "r", "m")),
    Situation("knowledge", page="knowledge"),
    Situation("knowledge answered", page="knowledge", keys=("enter",)),
    Situation("glossary", page="knowledge", keys=("g",)),
    Situation("help", page="target", keys=("f1",)),
    Situation("register filtered", keys=("slash", "s", "t", "o", "enter")),
    Situation("nothing found", keys=("slash", "q", "q", "q")),
    Situation("palette", page="vision", keys=("ctrl+p",)),
    Situation("palette searched", page="grid", keys=("ctrl+p", "v", "i")),
)
"""Where one can be in the sample workbook."""


def place_of(hands: Hands, ref: str) -> Place:
    """Return the place of the latest iteration of an improvement."""
    improvement = next(each for each in hands.book.improvements(archived=True) if each.ref == ref)
    return Place(improvement.id, hands.book.latest(improvement.id).id)


@dataclass
class Sample:
    """The sample workbook in a room of its own."""

    room: Room

    @asynccontextmanager
    async def at(self, size: tuple[int, int] = (80, 24), *, painted: bool = False) -> AsyncIterator[Hands]:
        async with self.room.at(self.room.copy_of_sample(), size, painted=painted) as hands:
            yield hands


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@pytest.fixture
def sample(room: Room) -> Sample:
    room.clock.moment = MORNING
    return Sample(room)


def drawn(hands: Hands) -> Iterator[list[Segment]]:
    """Yield the lines of the page or of the window in front, as they are drawn; what lies under a window is dimmed."""
    region = _in_front(hands).region
    for strip in strips_of(hands.app, dimmed=False)[region.y : region.bottom]:
        yield list(strip.crop(region.x, region.right))


def _in_front(hands: Hands) -> Widget:
    if isinstance(hands.screen, CommandPalette):
        return hands.screen.query_one(OptionList)
    return hands.screen.query_one(".frame") if hands.screen.is_modal else hands.screen
