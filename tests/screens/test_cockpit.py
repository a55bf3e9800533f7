"""The register as a cockpit: one letter acts on the marked row, counted in keys beyond what is typed."""

from cimodel_tui.model.plan import Action
from cimodel_tui.screens.current_improvement import Preview
from cimodel_tui.screens.readings import ReadingsScreen
from cimodel_tui.widgets.table import Table
from tests.samples.pen import Pen
from tests.screens.conftest import Room
from tests.screens.prepared import told
from tests.workbook.stories import acted, agreed, measured

WIDE = (120, 40)

SWARM = {"what": "Swarm rota", "owner": "Ann", "due": "2026-04-10"}


def two_actions(pen: Pen) -> None:
    agreed(pen)
    pen.rows("plan", "actions", Action, first=SWARM, second={"what": "Checklist", "owner": "Bo", "due": "2026-04-20"})
    pen.on("2026-04-15")


def one_action(pen: Pen) -> None:
    agreed(pen)
    pen.rows("plan", "actions", Action, first=SWARM)
    pen.on("2026-04-15")


async def test_one_key_finishes_the_only_open_action_and_undo_takes_it_back(room: Room) -> None:
    async with room.at(told(room, one_action)) as hands:
        await hands.press("f")
        (progress,) = hands.book.latest(hands.book.register()[0]).action.progress
        assert (progress.status, progress.finished) == ("done", "2026-04-15")
        assert "Finished: Swarm rota." in hands.told()
        await hands.press("ctrl+z")
        assert hands.book.latest(hands.book.register()[0]).action.progress == ()


async def test_several_open_actions_are_listed_and_the_chosen_one_is_finished(room: Room) -> None:
    async with room.at(told(room, two_actions)) as hands:
        await hands.press("f")
        hands.see("Which action is finished?")
        await hands.press("down", "enter")
        latest = hands.book.latest(hands.book.register()[0])
        assert [latest.progress(row.id).status for row in latest.plan.actions] == ["to do", "done"]


async def test_finishing_is_not_offered_where_no_action_is_open(room: Room) -> None:
    async with room.at(told(room, measured), WIDE) as hands:
        assert not hands.shows("f finish")


async def test_reading_takes_two_keys_beyond_day_and_value(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        before = hands.book.improvements()[0].readings
        await hands.press("r")
        assert isinstance(hands.screen, ReadingsScreen)
        await hands.type("1 may 5.5")
        await hands.press("enter")
        after = hands.book.improvements()[0].readings
        assert sum(map(len, after.values())) == sum(map(len, before.values())) + 1


async def test_next_leads_to_the_field_that_comes_next(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await hands.press("n")
        assert hands.place[0] == "baseline"


async def test_preview_stands_beside_the_list_where_there_is_room(room: Room) -> None:
    async with room.at(told(room, acted), WIDE) as hands:
        assert hands.screen.query_one(Preview).display
        hands.see("▸ Next:")


async def test_preview_opens_below_a_narrow_list_and_closes_again(room: Room) -> None:
    async with room.at(told(room, acted)) as hands:
        assert not hands.screen.query_one(Preview).display
        await hands.press("z")
        assert hands.screen.query_one(Preview).display
        for words in ("mean 6.9", "target 5", "23 Mar", "hours"):
            hands.see(words)
        await hands.press("z")
        assert not hands.screen.query_one(Preview).display


async def test_table_shows_every_column_and_the_list_comes_back(room: Room) -> None:
    async with room.at(told(room, acted), (160, 40)) as hands:
        await hands.press("t")
        for heading in ("Ref", "Title", "Owner", "Status", "Step", "Score", "Review", "Next"):
            hands.see(heading)
        await hands.press("t")
        assert not hands.shows("Review")


async def test_cursor_stays_on_its_row_between_list_and_table(room: Room) -> None:
    def many(pen: Pen) -> None:
        measured(pen)
        for number in range(40):
            pen.add(f"Idea number {number}")

    async with room.at(told(room, many), WIDE) as hands:
        table = hands.screen.query_one(Table)
        await hands.press(*["down"] * 30)
        marked = table.current_id
        await hands.press("t")
        assert table.current_id == marked
        hands.see(hands.book.improvement(marked).title)
        await hands.press("t")
        assert table.current_id == marked
        hands.see(hands.book.improvement(marked).title)


async def test_page_down_and_end_keep_the_marked_row_of_two_lines_in_view(room: Room) -> None:
    def many(pen: Pen) -> None:
        measured(pen)
        for number in range(60):
            pen.add(f"Idea number {number}")

    async with room.at(told(room, many), WIDE) as hands:
        for key in ("pagedown", "end", "pageup", "home"):
            await hands.press(key)
            marked = hands.screen.query_one(Table).current_id
            assert any(line.startswith("│▌") for line in hands.lines())
            assert any(hands.book.improvement(marked).ref in line for line in hands.lines() if "▌" in line)
