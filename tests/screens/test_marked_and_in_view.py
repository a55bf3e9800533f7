"""What is typed next is meant for what is marked and in view: the row just added, the field with the focus."""

import pytest

from cimodel_tui.forms.rows import RowsTable
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.screens.readings import ReadingsScreen
from cimodel_tui.widgets.table import Table
from tests.look.conftest import place_of
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to
from tests.workbook.stories import SHORT, acted, measured


async def test_row_just_added_is_the_marked_one_and_r_opens_its_readings(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        await hands.add_row("metrics", name="calls", definition="a week", unit="n")
        table = hands.app.focused
        assert isinstance(table, RowsTable)
        first, added = passes(hands)[0].baseline.metrics
        assert table.current_id == added.id
        before = hands.book.improvements()[0].readings[first.id]
        await hands.paste("2026-06-01\t5\n2026-06-08\t6")
        assert isinstance(hands.screen, ReadingsScreen) or hands.screen.is_modal
        hands.see("Import readings of calls")
        hands.see("2 new")
        await hands.press("f9", "escape")
        readings = hands.book.improvements()[0].readings
        assert readings[first.id] == before
        assert sorted(readings[added.id]) == ["2026-06-01", "2026-06-08"]


async def test_row_that_was_edited_stays_the_marked_one(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        await hands.add_row("metrics", name="calls", definition="a week", unit="n")
        await hands.press("g", "enter", "escape")
        table = hands.app.focused
        assert isinstance(table, RowsTable)
        assert table.current_id == passes(hands)[0].baseline.metrics[0].id


async def test_improvement_just_added_is_the_marked_one(room: Room) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await hands.press("a")
        await hands.type("Fewer passwords")
        await hands.press("enter", "escape")
        (added,) = (each.id for each in hands.book.improvements() if each.title == "Fewer passwords")
        assert hands.screen.query_one(Table).current_id == added


@pytest.mark.parametrize("step", STEP_KEYS)
@pytest.mark.parametrize("ref", ["CI-0002", "CI-0003", "CI-0005"])
async def test_focus_is_in_view_at_80x24_whatever_is_computed_above_it(room: Room, step: str, ref: str) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        hands.app.go(step, place_of(hands, ref))
        await hands.settle()
        assert_in_view(hands)
        await hands.press("tab", "tab")
        assert_in_view(hands)


def assert_in_view(hands: Hands) -> None:
    focused = hands.app.focused
    assert focused is not None
    side = hands.screen.query_one(".form-side").region
    seen = focused.region.intersection(side)
    assert seen.height >= min(focused.region.height, 1) or focused.region.bottom <= side.y


def judged(pen: Pen) -> None:
    """Say everything about a result that leads back to a step, and leave it to be verified."""
    acted(pen)
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", SHORT)
    pen.write("check", other_causes="none found", decision="revisit", decision_reason="the wrong lever")
    pen.write("check", revisit_step="plan", verified_by="Grace", verified_on="2026-06-22")


async def test_after_verify_the_main_key_goes_back_to_the_step_that_was_named(room: Room) -> None:
    async with room.at(told(room, judged), (80, 24)) as hands:
        await turn_to(hands, "check", field="revisit_step")
        await hands.verify()
        assert len(passes(hands)) == 1
        await hands.press("f9")
        assert len(passes(hands)) == 2
        assert hands.place[0] == "plan"


async def test_after_verify_tab_and_enter_do_not_turn_the_page_past_the_step_to_go_back_to(room: Room) -> None:
    async with room.at(told(room, judged), (80, 24)) as hands:
        await turn_to(hands, "check", field="revisit_step")
        await hands.verify()
        await hands.press("tab", "enter")
        assert passes(hands)[0].check.verified
        assert hands.place[0] == "check"
