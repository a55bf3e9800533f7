"""A page is found as it was left, the focus included."""

import json
from pathlib import Path

import pytest

from cimodel_tui.widgets.rail import StepRail
from tests.screens.conftest import Room
from tests.screens.prepared import told, turn_to
from tests.workbook.stories import agreed, measured


@pytest.mark.parametrize("way", [("escape", "escape"), ("f5",), ("escape", "f4", "f5")], ids=" ".join)
async def test_who_comes_back_to_a_step_is_in_the_field_where_he_left_off(room: Room, way: tuple[str, ...]) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "vision")
        await hands.to("vision")
        await hands.press(*way)
        assert hands.place == ("register", "")
        await turn_to(hands, "vision")
        assert hands.place == ("vision", "vision")
        await hands.press("escape", "3")
        assert hands.place[0] == "target"
        await hands.press("f2", "f2")
        assert hands.place == ("vision", "vision")


async def test_window_over_the_rail_leaves_the_focus_on_the_rail(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "vision")
        await hands.press("escape", "f1", "escape")
        assert isinstance(hands.app.focused, StepRail)


def left_by_0_1(room: Room, before: str) -> Path:
    """A change of what was agreed, as 0.1 left it in its list of workbooks when a signal ended it."""
    path = told(room, agreed)
    improvement, iteration = room.only_improvement(path)
    place = {
        "improvement": improvement.id,
        "iteration": iteration.id,
        "step": "baseline",
        "field": "agreed_by",
        "row": "",
        "column": "",
    }
    entry = {"path": str(path.resolve()), "title": "Desk", "page": "baseline", "place": place, "last_opened": None}
    pending = {"place": place, "raw": "Grace Hopper", "before": before}
    room.places.recent.parent.mkdir(parents=True, exist_ok=True)
    room.places.recent.write_text(json.dumps([{**entry, "figures": {}, "pending": pending}]), encoding="utf-8")
    return path


async def test_change_that_0_1_left_to_wait_stands_where_it_stood(room: Room) -> None:
    path = left_by_0_1(room, "Grace")
    for _ in range(2):
        async with room.at(path) as hands:
            assert hands.place == ("baseline", "agreed_by")
            assert hands.value("agreed_by") == "Grace Hopper"
            hands.see("leaving this field asks for a reason")
        assert "Grace Hopper" not in room.places.recent.read_text(encoding="utf-8")


async def test_change_of_0_1_that_has_no_place_any_more_is_told_once(room: Room) -> None:
    path = left_by_0_1(room, "somebody else")
    async with room.at(path) as hands:
        assert "Grace Hopper" in hands.told()
    async with room.at(path) as hands:
        assert "Grace Hopper" not in hands.told()
