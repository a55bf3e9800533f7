"""A page is found as it was left, the focus included."""

import pytest

from cimodel_tui.widgets.rail import StepRail
from tests.screens.conftest import Room
from tests.screens.prepared import told, turn_to
from tests.workbook.stories import measured


@pytest.mark.parametrize("way", [("escape", "escape"), ("f5",), ("escape", "f4", "f5")], ids=" ".join)
async def test_who_comes_back_to_a_step_is_in_the_field_where_he_left_off(room: Room, way: tuple[str, ...]) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "vision")
        await hands.to("vision")
        await hands.press(*way)
        assert hands.place == ("register", "")
        await turn_to(hands, "vision")
        assert hands.place == ("vision", "vision")
        await hands.press("escape", "3")
        assert hands.place[0] == "target"
        await hands.press("f2", "f2")
        assert hands.place == ("vision", "vision")


async def test_window_over_the_rail_leaves_the_focus_on_the_rail(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "vision")
        await hands.press("escape", "f1", "escape")
        assert isinstance(hands.app.focused, StepRail)
