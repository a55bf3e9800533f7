"""The readings' window: a table over the whole width, signs as on the chart, hollow for what is set aside."""

from cimodel_tui.screens.import_window import ImportScreen
from cimodel_tui.screens.readings import ReadingsScreen
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.table import Table
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import told, turn_to
from tests.workbook.stories import measured, verified


async def at_the_readings(hands: Hands) -> None:
    await turn_to(hands, "dashboard")
    await hands.press("r")
    assert isinstance(hands.screen, ReadingsScreen)


async def test_table_takes_the_whole_width_of_a_small_terminal(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await at_the_readings(hands)
        table, chart = hands.screen.query_one(Table), hands.screen.query_one(ChartView)
        assert table.size.width > 70
        assert chart.region.y >= table.region.bottom


async def test_chart_stands_beside_the_table_where_there_is_room(room: Room) -> None:
    async with room.at(told(room, measured), (140, 40)) as hands:
        await at_the_readings(hands)
        table, chart = hands.screen.query_one(Table), hands.screen.query_one(ChartView)
        assert chart.region.x >= table.region.right


async def test_v_in_the_table_opens_the_window_for_columns(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await at_the_readings(hands)
        await hands.press("shift+tab", "v")
        assert isinstance(hands.screen, ImportScreen)


async def test_v_in_the_line_is_a_letter(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await at_the_readings(hands)
        await hands.type("2026-03-23 6.4 very odd")
        await hands.press("enter")
        hands.see("very odd")


async def test_a_reading_that_is_set_aside_is_hollow_in_the_table_and_says_why(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await at_the_readings(hands)
        await hands.press("shift+tab", "home", "s")
        await hands.type("test outage")
        await hands.press("enter")
        hands.see("○ 7.1")
        hands.see("test outage")


async def test_signals_have_the_sign_of_the_chart(room: Room) -> None:
    async with room.at(told(room, verified), (140, 50)) as hands:
        await at_the_readings(hands)
        assert sum(line.count("◆ ") for line in hands.lines()) >= 8


async def test_the_row_is_marked_on_the_chart_while_one_walks_in_the_table(room: Room) -> None:
    async with room.at(told(room, measured), (140, 40)) as hands:
        await at_the_readings(hands)
        assert not hands.shows("◉")
        await hands.press("shift+tab", "home")
        hands.see("◉")
