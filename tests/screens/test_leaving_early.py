"""Whoever leaves while a page is still being made leaves in peace."""

import asyncio
from collections.abc import Sequence

import pytest

from cimodel_tui.screens.navigation import PAGE_NAMES
from tests.look.conftest import place_of
from tests.screens.conftest import Room

TURNS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
"""Turns of the event loop after which it is left."""

FEW_TURNS, FEW_PAGES = (2, 8, 21), ("vision", "dashboard", "register")


@pytest.mark.parametrize("page", FEW_PAGES)
async def test_page_that_is_still_being_made_ends_quietly(room: Room, page: str) -> None:
    await leave_after(room, page, FEW_TURNS)


@pytest.mark.long
@pytest.mark.parametrize("page", PAGE_NAMES)
async def test_every_page_ends_quietly_at_every_moment(room: Room, page: str) -> None:
    await leave_after(room, page, TURNS)


async def leave_after(room: Room, page: str, several: Sequence[int]) -> None:
    path = room.copy_of_sample()
    for turns in several:
        async with room.at(path) as hands:
            hands.app.navigation.show(page, place_of(hands, "CI-0002"))
            for _ in range(turns):
                await asyncio.sleep(0)
            hands.app.exit()
