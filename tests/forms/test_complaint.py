"""What is wrong in a field is told once it is left, and moves nothing then."""

import pytest
from textual.widgets import Button

from tests.screens.conftest import Room
from tests.screens.prepared import told, turn_to
from tests.workbook.stories import measured


@pytest.mark.parametrize("width", [100, 60])
async def test_a_complaint_told_on_leaving_a_field_moves_nothing(room: Room, width: int) -> None:
    """In the narrow terminal the words need more than one row."""
    async with room.at(told(room, measured), (width, 60)) as hands:
        await turn_to(hands, "baseline")
        await hands.to("agreed_on")
        await hands.type("no day at all")
        assert not hands.shows("✗")
        before = [each.region for each in hands.screen.query(Button)]
        await hands.press("tab")
        hands.see("✗")
        assert [each.region for each in hands.screen.query(Button)] == before
