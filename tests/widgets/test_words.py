"""Words on a page take the room that they need, however often they change before the page is laid out."""

from textual.app import App, ComposeResult
from textual.geometry import Size

from cimodel_tui.widgets.text import Words
from tests.textual_internals import lay_out
from tests.waiting import until


class OneLine(App[None]):
    """An app that says one thing."""

    CSS = "Words { height: auto; }"

    def compose(self) -> ComposeResult:
        yield Words("one line")


async def test_words_changed_twice_around_a_layout_have_room_for_the_last() -> None:
    app = OneLine()
    async with app.run_test():
        words = app.query_one(Words)
        words.say("two\nlines")
        lay_out(app, Size(60, 20))
        assert words.size.height == 2
        words.say("one again")
        await until(lambda: words.size.height == 1, "the room of the first change is kept")
