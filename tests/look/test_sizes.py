"""Any size of terminal: nothing crashes, and back at 80x24 the screen is drawn as before."""

from collections.abc import Iterable

import pytest

from cimodel_tui.widgets.themes import DARK, LIGHT
from tests.look.conftest import SITUATIONS, Sample, Situation
from tests.screens.conftest import Hands
from tests.waiting import until

USUAL = (80, 24)

SIZES = ((1, 1), (2, 1), (10, 3), (20, 5), (40, 12), USUAL, (120, 40), (300, 100))

ENDS = (SIZES[0], SIZES[-1])

LIKE_ANOTHER = {
    *("adding", "check", "check not begun", "rail", "list of choices", "reading chosen", "dashboard late"),
    *("palette searched", "knowledge", "register filtered", "nothing found"),
}
"""What is drawn by the same widgets as another screen of the walk."""

SCREENS = (
    *(each for each in SITUATIONS if each.name not in LIKE_ANOTHER),
    Situation("lessons", page="lessons"),
)

EVERYTHING = (*SITUATIONS, SCREENS[-1])

PAINTED = tuple(each for each in SITUATIONS if each.name in {"register", "plan", "dashboard"})
"""One of each: a table, a form, charts."""


async def resize(hands: Hands, width: int, height: int) -> None:
    """Give the terminal another size, and wait until all of it is drawn."""
    await hands.pilot.resize_terminal(width, height)
    await hands.until(lambda: len(hands.lines()) == height)


async def drawn_as(before: list[str], hands: Hands, name: str) -> None:
    """Wait until the screen is drawn as before; what lies behind a window is drawn at a time of its own."""
    await until(lambda: hands.lines() == before, lambda: f"{name} is not drawn as before but\n{hands.read()}")


async def walk(hands: Hands, screens: Iterable[Situation], sizes: Iterable[tuple[int, int]]) -> None:
    for situation in screens:
        await situation.reach(hands)
        await hands.rest()
        before = hands.lines()
        for width, height in sizes:
            await resize(hands, width, height)
        await resize(hands, *USUAL)
        await hands.rest()
        await drawn_as(before, hands, situation.name)
        await situation.leave(hands)


@pytest.mark.long
async def test_every_screen_comes_through_the_smallest_and_the_largest_size(sample: Sample) -> None:
    async with sample.at(USUAL) as hands:
        await walk(hands, SCREENS, ENDS)


@pytest.mark.long
@pytest.mark.parametrize("no_color", [False, True], ids=["colours", "no colours"])
@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name, "ansi-dark", "ansi-light"])
async def test_every_screen_comes_through_every_size_in_each_theme(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, theme: str, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with sample.at(USUAL) as hands:
        hands.app.theme = theme
        await walk(hands, EVERYTHING, SIZES)


@pytest.mark.long
async def test_tables_forms_and_charts_come_through_every_size(sample: Sample) -> None:
    async with sample.at(USUAL) as hands:
        hands.app.theme = LIGHT.name
        await walk(hands, PAINTED, SIZES)


@pytest.mark.parametrize("page", ["grid", "dashboard", "plan"])
async def test_page_behind_the_palette_is_drawn_as_before_once_it_has_its_size_again(sample: Sample, page: str) -> None:
    async with sample.at(USUAL) as hands:
        await walk(hands, [Situation("palette searched", page=page, keys=("ctrl+p", "v", "i"))], [SIZES[-1]])


@pytest.mark.parametrize(
    ("name", "size"), [("row editor", (40, 12)), ("readings", (300, 100)), ("help", (300, 100)), ("coach", (1, 1))]
)
async def test_window_and_what_is_behind_it_are_drawn_as_before(
    sample: Sample, name: str, size: tuple[int, int]
) -> None:
    async with sample.at(USUAL) as hands:
        await walk(hands, [each for each in SITUATIONS if each.name == name], [size])


async def test_form_begins_at_its_beginning_once_it_has_its_size_again(sample: Sample) -> None:
    async with sample.at(USUAL) as hands:
        await walk(hands, [Situation("vision", page="vision", ref="CI-0002")], ENDS)


async def test_register_under_a_window_follows_the_width(sample: Sample) -> None:
    async with sample.at(USUAL) as hands:
        await hands.press("a")
        for size, in_one_line in ((SIZES[-1], False), (USUAL, True)):
            await resize(hands, *size)
            await hands.rest()
            assert hands.shows("From→now") == in_one_line


@pytest.mark.long
@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}])
async def test_they_do_so_in_the_colours_of_the_terminal_and_without_any(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    async with sample.at(USUAL) as hands:
        hands.app.theme = "ansi-dark"
        await walk(hands, PAINTED, ENDS)


async def test_home_comes_through_every_size(sample: Sample) -> None:
    async with sample.room.at(None, USUAL) as hands:
        await hands.until(lambda: hands.shows("improvements"))  # the sample is counted beside the typing
        before = hands.lines()
        for width, height in (*SIZES, USUAL):
            await resize(hands, width, height)
        await drawn_as(before, hands, "home")
