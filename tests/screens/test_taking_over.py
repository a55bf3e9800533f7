"""A workbook that another program had open becomes free: the page in front is made anew, and no key goes astray."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import pytest

from cimodel_tui.screens.page import Page
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import there, told, turn_to, writing

LETTERS = "abcdefghijkl"
"""A key takes fewer turns of the event loop than there are letters until it stands in its field."""


def begun(pen: Pen) -> None:
    pen.add("Restore stores faster")


@asynccontextmanager
async def looking_on(room: Room) -> AsyncIterator[Hands]:
    """Look at the first step of a workbook that another has open, until that one lets go of it."""
    path = told(room, begun)
    with ExitStack() as other:
        other.enter_context(writing(room, path))
        async with room.at(path) as hands:
            await turn_to(hands, "vision")
            assert hands.book.store.read_only
            other.close()
            yield hands


def typed(hands: Hands) -> str:
    (entry,) = hands.book.improvements()
    part = hands.book.latest(entry.id).vision
    return part.objective + part.vision


def take_over(hands: Hands) -> None:
    assert hands.book.store.take_over()
    hands.app.run_worker(hands.app.show_anew())


async def test_keys_pressed_while_the_page_is_made_anew_are_typed_into_the_new_one(room: Room) -> None:
    async with looking_on(room) as hands:
        before = hands.screen
        take_over(hands)
        await asyncio.sleep(0)
        await hands.type("Mine now")
        assert hands.screen is not before
        assert hands.place == ("vision", "objective")
        assert typed(hands) == "Mine now"


async def test_no_key_is_lost_at_whatever_moment_the_page_goes(room: Room) -> None:
    async with looking_on(room) as hands:
        take_over(hands)
        await hands.settle()
        for turns, letter in enumerate(LETTERS):
            hands._send(letter, letter)  # noqa: SLF001 - without waiting until it is typed
            for _ in range(turns):
                await asyncio.sleep(0)
            hands.app.run_worker(hands.app.show_anew())
            await hands.settle()
            assert letter in typed(hands), turns
            await hands.press("ctrl+z")


async def test_page_that_is_never_made_takes_no_key_along_for_good(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cimodel_tui.screens.in_order.PAGE_PATIENCE", 0.1)
    async with looking_on(room) as hands:
        take_over(hands)
        await hands.settle()
        async with hands.app.keys_held():
            hands.app.screen.set_focus(None)
            await hands.press("f5")
            await hands.pilot.pause(0.2)
            await hands.settle()
            assert hands.place[0] == "register"


@pytest.mark.parametrize("key", ["f1", "ctrl+p", "f6"])
async def test_window_that_is_open_makes_room_for_the_new_page(room: Room, key: str) -> None:
    async with looking_on(room) as hands:
        await hands.press(key)
        assert await there(hands, lambda: hands.screen.is_modal)
        take_over(hands)
        await hands.settle()
        assert isinstance(hands.screen, Page)
        await hands.type("Mine")
        hands.see("Mine")
