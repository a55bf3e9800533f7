"""The styles of a page are computed when it is made, and again only where the theme has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from tests.screens.conftest import Room
from tests.screens.prepared import told, turn_to
from tests.workbook.stories import measured


@contextmanager
def restyled() -> Iterator[list[Screen[object]]]:
    """Note every screen whose styles are computed as a whole."""
    screens: list[Screen[object]] = []
    update = App.update_styles

    def noting(app: App[None], node: DOMNode, animate: bool = True) -> None:
        if isinstance(node, Screen):
            screens.append(node)
        update(app, node, animate)

    with patch.object(App, "update_styles", noting):
        yield screens


async def test_closing_a_window_computes_no_style_of_its_page(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "vision")
        with restyled() as screens:
            await hands.press("f1", "escape")
        assert screens == []


async def test_turning_back_to_a_page_computes_no_style_of_it(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "vision")
        await turn_to(hands, "baseline")
        with restyled() as screens:
            await turn_to(hands, "vision")
        assert screens == []


async def test_page_that_was_away_has_the_theme_chosen_meanwhile(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "vision")
        page = hands.screen
        dark = page.styles.background
        await turn_to(hands, "baseline")
        hands.app.theme = "harbour-light"
        await hands.settle()
        await turn_to(hands, "vision")
        assert hands.screen is page
        assert page.styles.background == hands.app.screen.styles.background != dark
        assert page.styles.background.brightness > dark.brightness
