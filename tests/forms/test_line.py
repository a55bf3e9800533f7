"""A line of a form: it scrolls with what is typed, and moves nothing around it."""

from textual.app import App, ComposeResult
from textual.screen import Screen

from cimodel_tui.widgets.controls import LineInput
from tests.textual_internals import strips
from tests.waiting import until

WIDTH = 30
LONG = "every word of a line that is longer than the room there is for it"


class OneLine(App[None]):
    """A page of one line; it counts how often it is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.layouts = 0

    def compose(self) -> ComposeResult:
        yield LineInput()

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self, self.count)

    def count(self, _screen: Screen[object]) -> None:
        self.layouts += 1

    @property
    def drawn(self) -> str:
        return strips(self.screen)[0].text


async def test_line_scrolls_with_the_cursor() -> None:
    app = OneLine()
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press(*("space" if each == " " else each for each in LONG))
        assert LONG[-20:] in app.drawn
        await pilot.press("home")
        assert app.drawn.startswith(LONG[:20])
        await pilot.press("end")
        assert LONG[-20:] in app.drawn


async def test_typing_in_a_line_lays_out_nothing_anew() -> None:
    app = OneLine()
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("a")
        before = app.layouts
        await pilot.press("b", "c", "d")
        assert "abcd" in app.drawn
        assert app.layouts == before


async def test_a_line_that_was_left_shows_its_beginning_again() -> None:
    app = OneLine()
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press(*("space" if each == " " else each for each in LONG))
        assert not app.drawn.startswith(LONG[:20])
        app.screen.set_focus(None)
        await until(lambda: app.drawn.startswith(LONG[:20]), "it is still scrolled")
