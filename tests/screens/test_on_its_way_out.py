"""A page that is being taken down: what comes after a pause comes too late, and says nothing."""

from textual.widgets import Static

from cimodel_tui.screens.page import Heading
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.widgets.guidance import HintLine
from tests.screens.conftest import Room


async def test_coach_says_nothing_on_a_page_of_which_a_part_is_gone(room: Room) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await hands.press("enter")
        page = hands.screen
        assert isinstance(page, StepScreen)
        hint = page.query_one(HintLine)
        assert isinstance(hint, Static)
        await page.query_one(Heading).remove()
        hint.update("as it was")
        page._coach()  # noqa: SLF001 - the timer that strikes meanwhile
        assert str(hint.content) == "as it was"
