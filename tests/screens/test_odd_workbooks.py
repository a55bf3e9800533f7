"""Whatever the loader lets in, every page and its windows show."""

import json
import random

import pytest

from cimodel_tui.model.step import Place
from cimodel_tui.screens.navigation import PAGE_NAMES
from cimodel_tui.widgets.chart import ChartView
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import told, turn_to
from tests.storage.test_doctor_odd_values import odd_workbook
from tests.workbook.stories import agreed

OF_THE_WORKBOOK = ("register", "grid", "search", "backups", "knowledge")


async def look_at_every_page(hands: Hands) -> None:
    for page in OF_THE_WORKBOOK:
        hands.app.go(page, Place())
        await hands.settle()
        hands.lines()
    for improvement in hands.book.improvements(archived=True):
        for page in sorted(set(PAGE_NAMES) - {*OF_THE_WORKBOOK, "home", "portfolio"}):
            hands.app.go(page, Place(improvement.id, hands.book.latest(improvement.id).id))
            await hands.settle()
            hands.lines()


async def open_an_odd_workbook(room: Room) -> None:
    path = room.folder / "odd.json"
    assert odd_workbook(path, 40) > 5
    async with room.at(path, (120, 40)) as hands:
        await look_at_every_page(hands)
        await hands.rest()


async def test_every_page_shows_an_odd_workbook(room: Room) -> None:
    random.seed(1)  # the long run takes others each time
    await open_an_odd_workbook(room)


@pytest.mark.long
async def test_every_page_shows_a_hundred_odd_workbooks(room: Room) -> None:
    for _ in range(100):
        await open_an_odd_workbook(room)


@pytest.mark.parametrize("odd", ["٣", "a b", "9", "", "[/]", "#a.b:c"])
async def test_metric_with_an_odd_id_is_shown_with_its_picture(room: Room, odd: str) -> None:
    path = told(room, agreed)
    text = path.read_text(encoding="utf-8")
    (_, iteration) = room.only_improvement(path)
    path.write_text(text.replace(iteration.baseline.metrics[0].id, json.dumps(odd)[1:-1]), encoding="utf-8")
    async with room.at(path, (120, 60)) as hands:
        for page in ("baseline", "target", "check", "dashboard"):
            await turn_to(hands, page)
            await hands.rest()
            hands.see("hours")


async def test_place_of_an_iteration_that_belongs_to_nothing_is_no_place(room: Room) -> None:
    path = told(room, agreed)
    (_, iteration) = room.only_improvement(path)
    async with room.at(path, (120, 40)) as hands:
        await turn_to(hands, "vision")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"improvement": "{iteration.improvement}"', '"improvement": "0001-01-01"'), "utf-8")
    async with room.at(path, (120, 40)) as hands:
        assert not hands.book.has(Place(iteration.improvement, iteration.id))
        hands.see("› register")


async def test_picture_of_a_step_is_not_made_anew_by_a_change(room: Room) -> None:
    async with room.at(told(room, agreed), (120, 60)) as hands:
        for page in ("vision", "baseline", "plan"):
            await turn_to(hands, page)
            await hands.rest()
            before = list(hands.screen.query(ChartView))
            assert before
            iteration = hands.book.latest(hands.book.improvements()[0].id)
            place = Place(iteration.improvement, iteration.id, "vision", "objective")
            hands.book.change(place, f"Told at {page}", why="a test")
            await hands.rest()
            assert list(hands.screen.query(ChartView)) == before
