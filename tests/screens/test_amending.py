"""What was agreed is changed with a reason that is asked for at once, and the original stays beside it."""

import pytest

from cimodel_tui.model.check import final_verdict
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to, until
from tests.workbook.stories import acted, agreed

ASKED = "has been agreed. Why change it?"


def no_change_to_be_seen(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", "7.0 6.9 7.1 6.8 7.0 6.9 7.1 6.8")


def windows(hands: Hands) -> int:
    return sum(each.is_modal for each in hands.app.screen_stack)


async def test_agreed_cell_asks_why_and_stays_as_it_was_where_the_question_is_left(room: Room) -> None:
    async with room.at(told(room, agreed), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        before = passes(hands)[0]
        await hands.press("enter")
        await hands.write(unit="ours")
        hands.see("leaving this field asks for a reason")
        assert passes(hands)[0] == before
        await hands.press("escape")
        hands.see(f'"Unit" {ASKED}')
        assert windows(hands) == 2
        await hands.press("escape")
        assert hands.value("unit") == "h"
        await hands.to("unit")
        await hands.press("end")
        await hands.type("ours")
        await hands.press("tab")
        hands.see(ASKED)
        await hands.press("enter")
        assert hands.value("unit") == "h"
        assert passes(hands)[0] == before


async def test_agreed_cell_is_amended_with_a_reason_and_the_original_stands_beside_it(room: Room) -> None:
    async with room.at(told(room, agreed), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        seal = passes(hands)[0].baseline.seal
        await hands.press("enter")
        await hands.to("unit")
        await hands.press("end")
        await hands.type("ours")
        await hands.press("tab")
        await hands.type("h reads like a name")
        await hands.press("enter")
        hands.see("was h until 2026-03-30 (Ada Byron): h reads like a name")
        await hands.press("escape")
        hands.see("amended 1 time since")
        part = passes(hands)[0].baseline
        assert part.seal == seal
        assert [(each.path[2], each.before, each.after, each.why) for each in part.amendments] == [
            ("unit", "h", "hours", "h reads like a name")
        ]
        hands.see("± Unit: was h until 2026-03-30 (Ada Byron): h reads like a name")
        await hands.press("f4", "y", "g", "down", "down")
        hands.see("h reads like a name")


async def test_agreed_choice_target_and_row_each_ask_why(room: Room) -> None:
    async with room.at(told(room, agreed), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        before = passes(hands)[0]
        await hands.press("x")
        hands.see(f'"Metrics" {ASKED}')
        await hands.press("escape", "enter")
        await hands.write(better="higher")
        await hands.press("tab")
        hands.see(f'"Better" {ASKED}')
        await hands.press("escape", "escape")
        await turn_to(hands, "target", field="targets")
        await hands.press("enter")
        await hands.write(value="9")
        await hands.press("escape")
        hands.see(f'"Target" {ASKED}')
        await hands.press("escape", "escape")
        assert passes(hands)[0] == before
        await hands.press("enter")
        await hands.to("value")
        await hands.press("end", "backspace", "5", "tab")
        await hands.type("the board")
        await hands.press("enter", "escape")
        hands.see("± Value: was 5.0 until 2026-03-30 (Ada Byron): the board")


async def test_agreed_row_asks_for_no_reason_where_its_value_is_the_same_again(room: Room) -> None:
    async with room.at(told(room, agreed), (100, 40)) as hands:
        await turn_to(hands, "target", field="targets")
        before = passes(hands)[0]
        await hands.press("enter")
        await hands.to("value")
        await hands.press("end")
        await hands.type("9")
        hands.see("leaving this field asks for a reason")
        await hands.press("backspace", "tab")
        assert windows(hands) == 1
        await hands.write(value="5.0")
        await hands.press("escape")
        assert windows(hands) == 0
        assert passes(hands)[0] == before


@pytest.mark.parametrize("way", [("ctrl+q",), ("ctrl+o",), ("f3",), ("f5",), ("escape",), ("tab",)], ids=" ".join)
async def test_no_way_out_of_an_agreed_field_forgets_what_was_typed(room: Room, way: tuple[str, ...]) -> None:
    async with room.at(told(room, agreed)) as hands:
        await turn_to(hands, "baseline", field="agreed_by")
        await hands.press("end")
        await hands.type(" Hopper")
        await hands.press(*way)
        hands.see(f'"Agreed by" {ASKED}')
        assert windows(hands) == 1
        await hands.type("her whole name")
        await hands.press("enter")
        assert passes(hands)[0].baseline.agreed_by == "Grace Hopper"
        assert passes(hands)[0].baseline.amendments[-1].why == "her whole name"


async def test_reading_in_an_agreed_stretch_asks_why_however_it_is_changed(room: Room) -> None:
    async with room.at(told(room, agreed), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        before = hands.book.improvements()[0].readings
        await hands.press("r")
        await hands.type("2026-01-05 1.1")
        await hands.press("enter")
        hands.see("This changes an agreed baseline. Why change it?")
        await hands.press("escape", "shift+tab", "g", "x")
        hands.see("This changes an agreed baseline. Why change it?")
        await hands.press("escape", "a")
        await hands.paste("2026-01-06\t1\n2026-01-07\t2\n2026-06-01\t3")
        await hands.press("f9")
        hands.see("This changes an agreed baseline. Why change it?")
        await hands.press("escape")
        assert hands.book.improvements()[0].readings == before
        await hands.paste("2026-01-06\t1\n2026-01-07\t2\n2026-06-01\t3")
        await hands.press("f9")
        await hands.type("found in a drawer")
        await hands.press("enter", "escape")
        assert [each.why for each in passes(hands)[0].baseline.amendments] == ["found in a drawer"] * 2


async def test_reading_is_set_aside_with_one_reason_and_the_result_is_shown_with_and_without_it(room: Room) -> None:
    async with room.at(told(room, agreed), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        await hands.press("r", "shift+tab", "g", "s")
        hands.see("Why is 2026-01-05: 7.1 not counted?")
        await hands.press("enter")
        (days,) = hands.book.improvements()[0].readings.values()
        assert days["2026-01-05"].set_aside is None
        await hands.press("s")
        await hands.type("the store was closed")
        await hands.press("enter")
        assert windows(hands) == 1
        hands.see("○ 7.1")
        hands.see("11 readings, 12 Jan to 23 Mar 2026 · mean 6.9 h")
        hands.see("with the 1 set aside: baseline 6.9 h")
        assert [each.why for each in passes(hands)[0].baseline.amendments] == ["the store was closed"]
        await hands.press("s")
        hands.see("Why change it?")
        await hands.type("it was open after all")
        await hands.press("enter")
        hands.see("12 readings, 5 Jan to 23 Mar 2026")


async def test_verdict_of_ones_own_needs_a_reason_and_stands_beside_the_computed_one(room: Room) -> None:
    async with room.at(told(room, no_change_to_be_seen), (100, 70)) as hands:
        await turn_to(hands, "check", field="override")
        await hands.write(override="achieved")
        hands.see("an override needs a reason")
        hands.see("Verdict: Not achieved: not met, no clear change (as of today, not verified)")
        await hands.write(override_reason="The report counts holidays")
        await turn_to(hands, "check", field="verified_on")
        await hands.verify()
        await until(hands, "Verdict: Achieved (verified)")
        hands.see("Computed: not met, no clear change. Ada Byron overrode it with achieved: The report counts holidays")
        assert passes(hands)[0].check.verdict["word"] == "not-shown"
        assert final_verdict(passes(hands)[0].check) == "achieved"


async def test_agreed_number_that_is_typed_in_other_digits_asks_for_no_reason(room: Room) -> None:
    async with room.at(told(room, agreed), (100, 40)) as hands:
        await turn_to(hands, "target", field="targets")
        before = passes(hands)[0]
        assert before.target.targets[0].value == "5.0"
        await hands.press("enter")
        await hands.write(value="5")
        assert not hands.shows("asks for a reason")
        await hands.press("tab")
        assert hands.value("value") == "5.0"
        assert windows(hands) == 1
        await hands.write(value="5.1")
        hands.see("leaving this field asks for a reason")
        await hands.write(value="5.00")
        await hands.press("escape")
        assert not hands.screen.is_modal
        assert passes(hands)[0] == before
