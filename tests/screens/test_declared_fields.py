"""What a screen declares and what the model holds are the same thing under the same names, all the way down to rows."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import get_args, get_type_hints

import pytest

from cimodel_tui.forms.fields import Field
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import SustainCheck
from cimodel_tui.model.step import STEP_KEYS, Place
from cimodel_tui.screens.entry import entry_fields
from cimodel_tui.screens.navigation import page_of
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.actions import add_improvement
from tests.screens.conftest import Room

MADE_BY_THE_APP = {"seal", "amendments", "measured", "verdict", "counts_to"}
"""What no field of a step asks for: it comes of agreeing, amending and verifying."""

NOT_OF_THE_FORM = {"id", "ref", "was", "archived_on", "readings", "imported_status", "closed_before"}
"""What the register entry holds and its form does not ask for: it is given, or has a key or a window of its own."""

ROW_MADE_BY_THE_APP = {SustainCheck: {"taken_over_by"}, Metric: {"zone", "feed", "recipe"}}
"""Columns that no editor asks for."""


@pytest.fixture
def book(room: Room) -> Iterator[Workbook]:
    opened = room.desk().open(room.new())
    yield opened
    opened.store.close()


def declared(book: Workbook, room: Room, step: str) -> Sequence[Field]:
    improvement = add_improvement(book, "Access on day one")
    place = Place(improvement.id, book.latest(improvement.id).id)
    screen = page_of(step, book, place, room.desk())
    assert isinstance(screen, StepScreen)
    return screen.fields()


@pytest.mark.parametrize("step", STEP_KEYS)
def test_step_asks_for_every_answer_of_its_part_and_for_nothing_else(book: Workbook, room: Room, step: str) -> None:
    names = [each.name for each in declared(book, room, step)]
    part = type(Iteration(id="x", improvement="y").part(step))
    assert sorted(names) == sorted({each.name for each in fields(part)} - MADE_BY_THE_APP)


@pytest.mark.parametrize("step", STEP_KEYS)
def test_row_editors_ask_for_every_column_of_their_rows_and_for_nothing_else(
    book: Workbook, room: Room, step: str
) -> None:
    part = type(Iteration(id="x", improvement="y").part(step))
    held = get_type_hints(part)
    tables = [each for each in declared(book, room, step) if isinstance(each, Rows)]
    assert {each.name for each in tables} == {name for name in held if is_table(held[name])} - MADE_BY_THE_APP
    for table in tables:
        assert table.row is get_args(held[table.name])[0]
        columns = {each.name for each in fields(table.row)} - {"id"} - ROW_MADE_BY_THE_APP.get(table.row, set())
        assert sorted(each.name for each in table.columns) == sorted(columns)
        assert set(table.shown) <= columns


def is_table(hint: object) -> bool:
    return bool(get_args(hint)) and hasattr(get_args(hint)[0], "__dataclass_fields__") and get_args(hint)[1:] == (...,)


def test_register_entry_asks_for_every_answer_and_for_nothing_else() -> None:
    names = [each.name for each in entry_fields()]
    assert sorted(names) == sorted({each.name for each in fields(Improvement)} - NOT_OF_THE_FORM)


@pytest.mark.parametrize("step", STEP_KEYS)
def test_no_starred_answer_is_hidden_under_more(book: Workbook, room: Room, step: str) -> None:
    part = type(Iteration(id="x", improvement="y").part(step))
    starred = {each.name for each in fields(part) if "star" in each.metadata}
    assert not starred & {each.name for each in declared(book, room, step) if each.more}
