"""A workbook that another program had open becomes free: the page in front is made anew, and no key goes astray."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import pytest

from cimodel_tui.screens.page import Page
from cimodel_tui.screens.type_ahead import STUCK, Alarm
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import there, told, turn_to, writing
from tests.waiting import until

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
    hands.app.open_workbook.rebuild()


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
            hands.send(letter, letter)
            for _ in range(turns):
                await asyncio.sleep(0)
            hands.app.open_workbook.rebuild()
            await hands.settle()
            assert letter in typed(hands), turns
            await hands.press("ctrl+z")


async def test_keys_wait_for_a_page_that_does_not_come_and_it_is_said(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cimodel_tui.screens.type_ahead.STUCK", 0.01)
    async with looking_on(room) as hands:
        take_over(hands)
        await hands.settle()
        async with hands.app.keys_paused():
            for letter in "Mine":
                hands.send(letter)
            await until(lambda: "What you typed waits: Mine" in hands.told(), hands.read)
            assert typed(hands) == ""
        await hands.settle()
        assert typed(hands) == "Mine"


async def test_time_for_which_the_program_is_stopped_makes_no_page_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, told = asyncio.get_running_loop(), list[str]()
    alarm = Alarm(lambda: told.append("the page"))
    loop.call_later(STUCK, told.append, "the clock")
    clock = loop.time
    monkeypatch.setattr(loop, "time", lambda: clock() + STUCK + 1)
    await until(lambda: told, "no time goes by")
    alarm.cancel()
    assert told == ["the clock"]


async def test_ctrl_q_saves_and_quits_past_keys_that_wait_for_ever(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cimodel_tui.screens.type_ahead.STUCK", 0.01)
    monkeypatch.setattr("cimodel_tui.app.TO_END", 0.01)
    async with looking_on(room) as hands:
        take_over(hands)
        await hands.settle()
        await hands.type("Before")
        async with hands.app.keys_paused():
            hands.send("x")
            await until(lambda: "What you typed waits: x" in hands.told(), hands.read)
            hands.send("ctrl+q")
            await until(lambda: hands.app.return_code == 0, hands.read)
    assert room.only_improvement(room.folder / "desk.json")[1].vision.objective == "Before"


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
