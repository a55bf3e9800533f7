"""Everything by mouse: a click does what the key does."""

from textual.widget import Widget
from textual.widgets import Button

from cimodel_tui.forms.form import More
from cimodel_tui.forms.row_editor import RowEditor
from cimodel_tui.screens.entry import EntryScreen
from cimodel_tui.screens.help import HelpScreen
from cimodel_tui.screens.readings import ReadingsScreen
from cimodel_tui.widgets.table import Table
from tests.look.conftest import Sample, Situation
from tests.screens.conftest import Hands


async def click(hands: Hands, words: str, inside: str | type[Widget] | Widget) -> None:
    """Click on words where they are drawn inside a widget."""
    region = (inside if isinstance(inside, Widget) else hands.screen.query(inside).first()).region
    for y, line in enumerate(hands.lines()[region.y : region.bottom]):
        x = line[region.x : region.right].find(words)
        if x >= 0:
            await hands.pilot.click(offset=(region.x + x, region.y + y))
            await hands.settle()
            return
    raise AssertionError(f"{words} is not to be clicked in\n{hands.read()}")


async def figures_are_in(hands: Hands) -> None:
    """Wait for what follows the rows of the register, and takes its lines above them."""
    await hands.until(lambda: "improvements ·" in hands.read())


def window(hands: Hands) -> type[object]:
    return type(hands.screen)


def front(hands: Hands) -> str:
    return hands.place[0]


async def test_register_is_worked_by_mouse(sample: Sample) -> None:
    async with sample.at((120, 40)) as hands:
        await Situation("register").reach(hands)
        await figures_are_in(hands)
        table = hands.screen.query_one(Table)
        await hands.press("t")
        await click(hands, "Title", Table)
        first = hands.book.improvement(table.ids[0]).title
        assert first == min((each.title for each in hands.book.improvements()), key=str.casefold)
        await click(hands, "CI-0002", Table)
        assert hands.book.improvement(table.current_id).ref == "CI-0002"
        await click(hands, "e entry", ".keys")
        assert window(hands) is EntryScreen
        await click(hands, "Esc done", ".keys")
        await click(hands, "d dashboard", ".keys")
        assert front(hands) == "dashboard"
        await click(hands, "r readings", ".keys")
        assert window(hands) is ReadingsScreen
        await click(hands, "Esc done", ".keys")
        await click(hands, "F1 help", ".keys")
        assert window(hands) is HelpScreen
        await click(hands, "Esc", ".keys")


async def test_row_under_the_cursor_is_opened_by_a_click(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("register").reach(hands)
        await figures_are_in(hands)
        await click(hands, "CI-0002", Table)
        assert front(hands) == "register"
        await click(hands, "CI-0002", Table)
        assert front(hands) == "action"


async def test_step_is_worked_by_mouse(sample: Sample) -> None:
    async with sample.at((100, 50)) as hands:
        await Situation("vision", page="vision", ref="CI-0002").reach(hands)
        more = hands.screen.query_one(More)
        await click(hands, "More", More)
        assert "▾" in str(more.render())
        await click(hands, "○ 5", ".rail")
        assert front(hands) == "action"
        table = hands.screen.query(Table).first()
        await hands.pilot.click(table, offset=(2, 1))
        await hands.settle()
        if window(hands) is not RowEditor:
            await hands.pilot.click(table, offset=(2, 1))
            await hands.settle()
        assert window(hands) is RowEditor
        await click(hands, "Esc done", ".keys")
        button = next(each for each in hands.screen.query(Button) if each.display)
        await hands.pilot.click(button)
        await hands.settle()
        assert front(hands) == "check"
        await click(hands, "F4 dashboard", ".keys")
        assert front(hands) == "dashboard"
