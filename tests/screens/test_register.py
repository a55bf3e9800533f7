"""The register by key: add, edit, filter, sort, archive, and what stands beside an improvement that needs a look."""

from cimodel_tui.screens.register_rows import Figures
from cimodel_tui.widgets.table import Table
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import told
from tests.workbook.stories import measured


def refs(hands: Hands) -> list[str]:
    """Return the refs of the rows, from top to bottom."""
    return [hands.book.improvement(each).ref for each in hands.screen.query_one(Table).ids]


def three(pen: Pen) -> None:
    measured(pen)
    pen.add("Faster refunds", owner="Zoe", benefit="5", effort="1", urgency="5", risk="1")
    pen.add("Alarms that mean something", owner="Alan", benefit="1", effort="5", urgency="1", risk="5")
    pen.on("2026-03-30")


async def test_filter_sort_and_the_word_for_nothing_found(room: Room) -> None:
    async with room.at(told(room, three), (120, 30)) as hands:
        await hands.press("slash")
        await hands.type("refunds")
        assert refs(hands) == ["CI-0002"]
        assert "1 of 3 match" in hands.lines()[0]
        await hands.type(" nowhere")
        hands.see("No match. Esc shows all again.")
        await hands.press("escape", "o")
        assert "match" not in hands.lines()[0]
        assert refs(hands) == ["CI-0003", "CI-0002", "CI-0001"]
        await hands.press("o")
        assert refs(hands).index("CI-0003") < refs(hands).index("CI-0002")


async def test_stale_entry_says_so_in_the_row_and_below_it(room: Room) -> None:
    async with room.at(told(room, three)) as hands:
        hands.see("1 late")
        hands.see("CI-0001 Restore stores faster · assessing, stale · next: review overdue")


async def test_entry_is_edited_and_an_archived_improvement_is_shown_again_and_brought_back(room: Room) -> None:
    async with room.at(told(room, three), (140, 30)) as hands:
        await hands.press("g", "down", "e")
        await hands.to("owner")
        await hands.press("end")
        await hands.type(" Ng")
        await hands.press("escape", "x")
        assert "CI-0002" not in refs(hands)
        await hands.press("v")
        hands.see("(archived)")
        await hands.press("g", "down", "x")
        assert "Restored." in hands.told()
        assert [each.archived_on for each in hands.book.improvements()] == [""] * 3
        assert hands.book.improvements()[1].owner == "Zoe Ng"


async def test_register_in_which_all_are_archived_says_so_and_which_key_shows_them(room: Room) -> None:
    async with room.at(told(room, measured), (140, 30)) as hands:
        await hands.press("x")
        hands.see("All are archived (1). Press v to show them.")
        await hands.press("v")
        hands.see("(archived)")
        assert not hands.shows("Press v to show them")


async def test_due_that_comes_in_after_the_list_is_gone_is_passed_over(room: Room) -> None:
    async with room.at(told(room, three)) as hands:
        page = hands.screen
        await hands.press("f1")
        await page.query_one(".list-pane").remove()
        assert page.post_message(Figures.DueFound(()))
        await hands.settle()
        assert hands.app.is_running


async def test_empty_register_shows_what_an_improvement_goes_through(room: Room) -> None:
    async with room.at(room.new()) as hands:
        for words in (
            "Press a: what should get better?",
            "1 What is the vision?",
            "7 How do we keep the momentum going?",
        ):
            hands.see(words)
        hands.see("cimodel-tui import FILE CSV")
        await hands.press("a")
        await hands.type("Fewer repeat calls")
        await hands.press("enter", "escape")
        assert not hands.shows("1 What is the vision?")
