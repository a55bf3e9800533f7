"""A text is drawn as it is wrapped, whatever room it gets."""

from functools import partial

from textual.app import App, ComposeResult

from cimodel_tui.widgets.controls import ProseArea
from tests.textual_internals import strips
from tests.waiting import until

TEXT = "When a till or a card terminal fails on a Saturday, the store waits most of the time for us to find out."


class OneText(App[None]):
    """A page of one text."""

    def compose(self) -> ComposeResult:
        yield ProseArea(lines=2)


def is_drawn_as_wrapped(area: ProseArea, width: int) -> bool:
    drawn = [strip.text[:width].strip() for strip in strips(area.screen)]
    wrapped = [line.strip() for line in area.wrapped_document.get_sections(0)]
    return area.outer_size.width == width and drawn[: len(wrapped)] == wrapped


async def test_text_is_drawn_anew_where_it_is_wrapped_anew_into_as_many_lines() -> None:
    app = OneText()
    async with app.run_test(size=(60, 8)):
        area = app.query_one(ProseArea)
        area.text = TEXT
        for width in range(60, 30, -1):
            area.styles.width = width
            await until(partial(is_drawn_as_wrapped, area, width), f"it is not drawn anew at {width}")
