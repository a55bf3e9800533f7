"""What is typed is in the workbook, and so in its draft, before it is painted: a kill finds kept whatever was seen."""

from collections.abc import Callable

import pytest
from textual.widget import Widget
from textual.widgets import Input, SelectionList, TextArea

from cimodel_tui.forms.box import FieldBox
from cimodel_tui.widgets.drop_down import DropDown
from tests.screens.conftest import Room
from tests.screens.prepared import to_an_entry


def line(control: Widget) -> None:
    assert isinstance(control, Input)
    control.insert_text_at_cursor("Ada")


def text(control: Widget) -> None:
    assert isinstance(control, TextArea)
    control.insert("Ada")


def choice(control: Widget) -> None:
    assert isinstance(control, DropDown)
    control.take("L")


def ticks(control: Widget) -> None:
    assert isinstance(control, SelectionList)
    control.select("plan")


@pytest.mark.parametrize(
    ("name", "change", "kept"),
    [
        ("owner", line, "Ada"),
        ("summary", text, "Ada"),
        ("size", choice, "L"),
        ("activities", ticks, ("plan", "improve")),
    ],
)
async def test_the_workbook_has_a_change_as_soon_as_its_field_has(
    room: Room, name: str, change: Callable[[Widget], None], kept: object
) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.open_more()
        (control,) = (each.control for each in hands.screen.query(FieldBox) if each.field.name == name)
        change(control)  # no picture can come before this line has ended, and nothing else can be done either
        (improvement,) = hands.book.improvements()
        assert getattr(improvement, name) == kept
