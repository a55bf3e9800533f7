"""A change of the workbook that is told while a page or a window is being taken away."""

from collections.abc import Callable

import pytest
from textual.screen import Screen
from textual.widget import Widget

from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.screens.coach import CoachScreen
from cimodel_tui.screens.entry import EntryScreen
from cimodel_tui.screens.page import Page
from cimodel_tui.screens.readings import ReadingsScreen
from cimodel_tui.workbook import Change
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to
from tests.screens.test_outside_changes import into_a_conflict
from tests.waiting import until
from tests.workbook.stories import measured


class Last(Widget):
    """The last part of a page that goes: it tells of a change once all the others are gone."""

    def __init__(self, page: Screen[object], tell: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._tell = page, tell
        self.told = False

    async def on_unmount(self) -> None:
        """Tell of a change while the page has no other part any more."""
        await until(lambda: len(self._page.children) == 1, "the other parts do not go")
        self._tell()
        self.told = True


async def told_while_leaving(hands: Hands, tell: Callable[[], None] | None = None) -> bool:
    """Take the screen in front away as the end of the app does, with a change told in between; tells whether it was."""
    screen = hands.app.screen
    last = Last(screen, tell or (lambda: hands.book.tell(Change(Place(), "Somebody changed it."))))
    await screen.mount(last)
    await screen.remove()
    return last.told


@pytest.mark.parametrize("name", ["vision", "baseline", "check", "dashboard", "history", REGISTER])
async def test_page_that_is_taken_away_follows_no_change(room: Room, name: str) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, name)
        assert isinstance(hands.app.screen, Page)
        assert await told_while_leaving(hands)


def here(hands: Hands) -> Place:
    iteration = passes(hands)[-1]
    return Place(iteration.improvement, iteration.id, "vision")


Opened = Callable[[Hands], Screen[None] | Screen[Place | None]]


def readings(hands: Hands) -> Screen[None]:
    return ReadingsScreen(hands.book, here(hands), passes(hands)[-1].baseline.metrics[0].id)


@pytest.mark.parametrize(
    "opened",
    [
        readings,
        lambda hands: CoachScreen(hands.book, here(hands)),
        lambda hands: EntryScreen(hands.book, Place(here(hands).improvement, step=REGISTER)),
    ],
    ids=["readings", "coach", "entry"],
)
async def test_window_that_is_taken_away_follows_no_change(room: Room, opened: Opened) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "vision")
        await hands.app.push_screen(opened(hands))
        await hands.settle()
        assert await told_while_leaving(hands)


async def test_conflict_is_not_shown_in_a_window_that_is_taken_away(room: Room) -> None:
    path = told(room, measured)
    async with room.at(path, (100, 40)) as hands:
        await into_a_conflict(hands, path)
        assert await told_while_leaving(hands, hands.app.open_workbook.show_conflicts)
