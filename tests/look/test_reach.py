"""At 80x24 every field can be reached by keyboard and says what it is for; at 120x40 guidance stands beside it."""

from collections.abc import Sequence

import pytest

from cimodel_tui.content import field_help
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.fields import Field
from cimodel_tui.forms.form import Form
from cimodel_tui.forms.row_editor import RowEditor
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.step import REGISTER, STEP_KEYS
from cimodel_tui.screens.entry import entry_fields
from cimodel_tui.widgets.guidance import GuidancePanel, HintLine
from tests.look.conftest import Sample, Situation
from tests.screens.conftest import Hands


def is_in_view(hands: Hands, name: str) -> bool:
    """Tell whether a field's label and its first line are on the screen."""
    box = next(each for each in hands.screen.query_one(Form).boxes() if each.field.name == name)
    room = hands.screen.find_widget(box).clip
    first_lines = (box.region.y, box.control.region.y)
    label = hands.lines()[box.region.y][box.region.x :] if room.contains(box.region.x, box.region.y) else ""
    return all(room.y <= y < room.bottom for y in first_lines) and label.startswith(box.field.called.split()[0])


def below(hands: Hands) -> str:
    """Return what stands below the form, in one line."""
    region = hands.screen.query_one(HintLine).region
    return " ".join(line[region.x : region.right].strip() for line in hands.lines()[region.y : region.bottom])


async def reach_all(hands: Hands, fields: Sequence[Field], step: str, table: str = "") -> None:
    """Go from field to field by Tab; each is in view, and its sentence stands below."""
    if any(each.more for each in fields):
        await hands.open_more()
    for field in sorted(fields, key=lambda each: each.more):
        await hands.to(field.name)
        assert is_in_view(hands, field.name), f"{step} {table} {field.name}\n{hands.read()}"
        assert field_help(step, table or field.name, field.name if table else "") in below(hands), field.name


async def reach_columns(hands: Hands, table: Rows, step: str) -> None:
    """Open the editor of a row, or of a new one, and go through it."""
    await hands.to(table.name)
    await hands.press("g", "enter")
    if not isinstance(hands.screen, RowEditor):
        await hands.press("a")
    if isinstance(hands.screen, RowEditor):
        await reach_all(hands, table.columns, step, table.name)
        await hands.press("escape")


@pytest.mark.long
async def test_every_field_of_every_step_can_be_reached_and_says_what_it_is_for(sample: Sample) -> None:
    async with sample.at() as hands:
        for step in STEP_KEYS:
            await Situation(step, page=step, ref="CI-0002").reach(hands)
            fields = hands.screen.query_one(Form).fields
            await reach_all(hands, fields, step)
            for field in fields:
                if isinstance(field, Rows):
                    await reach_columns(hands, field, step)


@pytest.mark.long
async def test_every_field_of_the_register_entry_can_be_reached_and_says_what_it_is_for(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("entry", keys=("e",)).reach(hands)
        await reach_all(hands, entry_fields(), REGISTER)


@pytest.mark.long
async def test_guidance_stands_beside_the_form_where_there_is_room(sample: Sample) -> None:
    async with sample.at((120, 40)) as hands:
        for step in STEP_KEYS:
            await Situation(step, page=step, ref="CI-0002").reach(hands)
            form, guidance = hands.screen.query_one(Form), hands.screen.query_one(GuidancePanel)
            assert guidance.region.x >= form.region.right
            assert guidance.region.height > 30
            assert not hands.screen.query_one(HintLine).display
            focused = hands.app.focused
            assert focused
            box = next(each for each in focused.ancestors_with_self if isinstance(each, FieldBox))
            hands.see(field_help(step, box.field.name)[:30])
