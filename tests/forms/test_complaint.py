"""What is wrong in a field is told once it is left, and moves nothing then."""

import pytest
from textual.widgets import Button

from cimodel_tui.model.completeness import missing
from tests.look.conftest import place_of
from tests.screens.conftest import Hands, Room
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


async def begin_a_metric(hands: Hands) -> None:
    """Open the window of a new metric, and type its name."""
    hands.app.go("baseline", place_of(hands, "CI-0005"))
    await hands.settle()
    await hands.to("metrics")
    await hands.press("a")
    await hands.type("Repeat calls")


async def test_a_new_row_says_what_is_required_only_of_fields_that_were_left(room: Room) -> None:
    async with room.at(room.copy_of_sample(), (100, 40)) as hands:
        await begin_a_metric(hands)
        assert not hands.shows("○ required")
        await hands.press("tab", "tab")
        lines = hands.lines()
        (below,) = (at for at, line in enumerate(lines) if "○ required" in line)
        assert "Unit *" in lines[below - 1]


async def test_a_choice_with_a_default_is_answered_while_nothing_is_chosen(room: Room) -> None:
    async with room.at(room.copy_of_sample(), (100, 40)) as hands:
        await begin_a_metric(hands)
        hands.see("Role *✓ outcome (default)")
        hands.see("How known *✓ measured (default)")
        place = place_of(hands, "CI-0005")
        lacking = {each.place.column for each in missing(*hands.book.of(place), "baseline") if each.place.row}
        assert lacking == {"unit", "better", "definition", "source", "readings"}
