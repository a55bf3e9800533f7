"""A field is as high as its label, however little stands beside it."""

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from cimodel_tui.forms.box import LABEL, Labelled
from tests.waiting import until


class OneBox(App[None]):
    """A box with one line in it."""

    CSS = "Labelled { height: auto; } Static { margin: 0 0 0 23; }"

    def compose(self) -> ComposeResult:
        with Labelled():
            yield Static("beside it")


async def test_a_label_that_is_too_long_for_its_column_takes_a_second_line_and_pushes_nothing_aside() -> None:
    async with OneBox().run_test(size=(60, 10)) as pilot:
        box = pilot.app.query_one(Labelled)
        box.draw_label(Content("Risk"), current=False)
        await until(lambda: box.size.height == 1, "it is not one line high")
        box.draw_label(Content("Relapse: readings in a row * needed"), current=True)
        await until(lambda: box.size.height == 2, "it is not two lines high")
        lines = [box.render_line(y).text for y in range(box.size.height)]
        assert [line.strip() for line in lines] == ["Relapse: readings in a", "row * needed"]
        assert all(len(line.rstrip()) <= LABEL for line in lines)
        assert box.query_one(Static).region.x == LABEL + 1
