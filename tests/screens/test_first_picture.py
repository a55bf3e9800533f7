"""The first picture of a page: it is painted, with the fields that are in view; those below them follow at once."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cimodel_tui.app import CimodelApp
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.form import More
from cimodel_tui.model.step import Place
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.storage.user_state import Recent, remember
from tests.screens.conftest import Hands, Room

FIELDS = ("current_state", "works_well", "metrics", "causes", "first_on", "last_on", "agreed_by", "agreed_on")


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, tuple[str, ...]]]:
    """Of every picture of a step that is drawn: whether Textual paints it, and which fields are on the page."""
    found: list[tuple[bool, tuple[str, ...]]] = []

    def drawn(app: CimodelApp) -> None:
        if isinstance(app.screen, StepScreen):
            found.append((not app._batch_count, names(app.screen)))  # noqa: SLF001 - nothing else tells

    monkeypatch.setattr(CimodelApp, "post_display_hook", drawn)
    return found


def names(page: StepScreen) -> tuple[str, ...]:
    return tuple(box.field.name for box in page.query(FieldBox))


def left_at_step_2(room: Room) -> Path:
    path = room.copy_of_sample()
    iteration_id, iteration = next(iter(json.loads(path.read_bytes())["iterations"].items()))
    place = asdict(Place(iteration["improvement"], iteration_id))
    remember(room.places, Recent(path=path, page="baseline", place=place, last_opened=datetime.now(UTC)))
    return path


def page_of(hands: Hands) -> StepScreen:
    assert isinstance(hands.screen, StepScreen)
    return hands.screen


async def test_no_picture_of_the_first_page_is_thrown_away(
    room: Room, pictures: list[tuple[bool, tuple[str, ...]]]
) -> None:
    async with room.at(left_at_step_2(room), painted=True):
        assert pictures
        assert all(painted for painted, _ in pictures)


async def test_fields_out_of_view_come_after_the_first_picture(
    room: Room, pictures: list[tuple[bool, tuple[str, ...]]]
) -> None:
    async with room.at(left_at_step_2(room), (80, 18), painted=True) as hands:
        _, first = pictures[0]
        assert first == FIELDS[: len(first)]
        assert len(first) < len(FIELDS)
        assert names(page_of(hands)) == FIELDS
        assert page_of(hands).query_one(More)


async def test_table_that_is_no_longer_in_focus_marks_its_row_quietly(room: Room) -> None:
    async with room.at(room.copy_of_sample(), painted=True) as hands:
        table = hands.screen.query_one(".register")
        loud = table.get_component_styles("table--cursor").background
        hands.screen.set_focus(None)
        await hands.settle()
        assert table.get_component_styles("table--cursor").background != loud


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (100, 16)])
async def test_no_row_of_the_first_picture_waits_for_a_field(
    room: Room, pictures: list[tuple[bool, tuple[str, ...]]], size: tuple[int, int]
) -> None:
    async with room.at(left_at_step_2(room), size, painted=True) as hands:
        _, first = pictures[0]
        page = page_of(hands)
        last = next(box for box in page.query(FieldBox) if box.field.name == first[-1])
        assert first == FIELDS or last.virtual_region.bottom >= page.query_one(".form-side").size.height - 2


@pytest.mark.parametrize("size", [(30, 20), (29, 20), (28, 20), (1, 1)])
async def test_terminal_that_has_no_room_for_a_text_gets_every_field(room: Room, size: tuple[int, int]) -> None:
    async with room.at(left_at_step_2(room), size, painted=True) as hands:
        assert names(page_of(hands)) == FIELDS


async def test_terminal_that_is_high_enough_has_all_of_them_at_once(
    room: Room, pictures: list[tuple[bool, tuple[str, ...]]]
) -> None:
    async with room.at(left_at_step_2(room), (120, 60), painted=True):
        assert pictures[0][1] == FIELDS


@pytest.mark.parametrize("name", ["checkpoints", "stop_rule"])
async def test_field_that_is_out_of_view_or_folded_is_gone_to_on_the_first_visit(room: Room, name: str) -> None:
    async with room.at(left_at_step_2(room), painted=True) as hands:
        place = page_of(hands).place
        hands.app.go("plan", Place(place.improvement, place.iteration, "plan", name))
        await hands.settle()
        assert hands.place == ("plan", name)
