"""A page is laid out for a size once, and not because of what happens above it."""

from collections.abc import Iterator
from contextlib import contextmanager

from textual.screen import Screen

from tests.screens.conftest import Hands, Room
from tests.screens.prepared import told, turn_to
from tests.workbook.stories import measured


@contextmanager
def layouts(hands: Hands, *pages: Screen[object]) -> Iterator[list[Screen[object]]]:
    """Note each time that one of these pages is laid out."""
    found: list[Screen[object]] = []
    for page in pages:
        page.screen_layout_refresh_signal.subscribe(hands.app, found.append, immediate=True)
    yield found
    for page in pages:
        page.screen_layout_refresh_signal.unsubscribe(hands.app)


async def test_window_over_a_page_has_the_page_laid_out_no_more(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "vision")
        with layouts(hands, hands.screen) as found:
            await hands.press("f1")
        assert found == []


async def test_page_that_is_told_the_size_it_has_is_not_laid_out_again(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "vision")
        with layouts(hands, hands.screen) as found:
            await hands.pilot.resize_terminal(100, 40)
            await hands.settle()
        assert found == []


async def test_page_and_what_lies_under_a_window_follow_another_size(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "vision")
        page = hands.screen
        await hands.press("f1")
        with layouts(hands, page, hands.screen) as found:
            await hands.pilot.resize_terminal(80, 24)
            await hands.settle()
        assert {page, hands.screen} <= set(found)
        assert page.size == hands.screen.size == hands.app.size
