"""A table whose rows are not the person's to add: while there is none it says so, in place of its headings."""

from cimodel_tui.forms.rows import RowsTable
from tests.samples.pen import Pen
from tests.screens.conftest import Room
from tests.screens.prepared import told, turn_to
from tests.workbook.stories import acted, agreed


def nothing_planned(pen: Pen) -> None:
    agreed(pen)


async def test_step_7_without_an_open_action_shows_no_empty_headings(room: Room) -> None:
    async with room.at(told(room, nothing_planned), (100, 60)) as hands:
        await turn_to(hands, "momentum", field="carried")
        assert isinstance(hands.app.focused, RowsTable)
        assert hands.place == ("momentum", "carried")
        hands.see("no action is open")
        assert not any("Decision " in each and "Reason" in each for each in hands.lines())


async def test_reason_for_dropping_is_asked_for_only_of_a_dropped_action(room: Room) -> None:
    async with room.at(told(room, acted), (100, 40)) as hands:
        await turn_to(hands, "action", field="progress")
        await hands.press("enter")
        assert not hands.shows("Dropped because")
        await hands.write(status="dropped")
        hands.see("Dropped because")
        await hands.press("ctrl+z")
        assert not hands.shows("Dropped because")
