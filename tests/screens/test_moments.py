"""The moments that count: the card of an agreement, the walk through a check, and the card of its result."""

from dataclasses import replace

import pytest
from textual.widgets import Button

from cimodel_tui.screens.sealing import AgreeScreen, CardScreen, VerifyScreen
from cimodel_tui.widgets.keys import Keys
from tests.look.conftest import place_of
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to
from tests.workbook.stories import acted, measured

BETTER = "5.1 4.7 5.2 4.4 4.8 4.3 4.9 4.5"


def to_be_agreed(pen: Pen) -> None:
    measured(pen)
    pen.on("2026-03-30")


def with_a_result(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)


def to_be_checked(pen: Pen) -> None:
    with_a_result(pen)
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7", verified_by="Grace")


async def at_the_card(hands: Hands) -> None:
    """Verify, and stay at the card of the result."""
    await turn_to(hands, "check", field="decision")
    await hands.push("Verify")
    while isinstance(hands.screen, VerifyScreen):
        await hands.press("enter")
    assert isinstance(hands.screen, CardScreen)


async def test_step_6_opens_in_its_first_field_which_is_in_view_below_the_verdict(room: Room) -> None:
    async with room.at(told(room, with_a_result)) as hands:
        await turn_to(hands, "target")
        await hands.press("escape", "6")
        assert hands.place == ("check", "other_causes")
        hands.see("Verdict: Achieved (as of today, not verified)")
        hands.see("baseline  target  achieved")
        focused = hands.app.focused
        assert focused is not None
        side = hands.screen.query_one(".form-side").region
        assert side.contains_region(focused.region)


async def test_step_7_fills_in_the_sustain_checks_of_a_gain_once(room: Room) -> None:
    async with room.at(told(room, to_be_checked)) as hands:
        await at_the_card(hands)
        await hands.press("escape", "f5")
        await turn_to(hands, "momentum")
        assert [row.due for row in passes(hands)[0].momentum.sustain_checks] == ["2026-07-22"]
        assert "Sustain checks filled in. ctrl+z undoes it." in hands.told()
        await hands.press("ctrl+z")
        assert not passes(hands)[0].momentum.sustain_checks
        await hands.press("f4")
        await turn_to(hands, "momentum")
        assert not passes(hands)[0].momentum.sustain_checks


async def test_card_of_an_agreement_shows_what_is_sealed_by_whom_and_when(room: Room) -> None:
    async with room.at(told(room, to_be_agreed), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="agreed_by")
        await hands.write(agreed_by="Grace")
        await hands.push("Agree")
        assert isinstance(hands.screen, AgreeScreen)
        for words in (
            "Agree the baseline",
            "12 readings",
            "mean 6.9 h",
            "limits 4.19 to 9.61",
            "Agreed by Grace on 30 Mar",
        ):
            hands.see(words)
        hands.see("limit 9.6")
        assert passes(hands)[0].baseline.seal is None


async def test_next_iteration_leads_to_the_open_action_that_has_to_be_decided_first(room: Room) -> None:
    async with room.at(told(room, to_be_checked)) as hands:
        await at_the_card(hands)
        await hands.press("escape")
        await turn_to(hands, "momentum")
        await hands.press("f9")
        assert "Decide first: Pages: carry it or drop it?" in hands.told()
        assert hands.place == ("momentum", "carried")
        assert len(passes(hands)) == 1


async def test_button_that_seals_is_in_view_on_a_small_terminal_and_so_is_the_chart(room: Room) -> None:
    async with room.at(told(room, to_be_agreed)) as hands:
        await turn_to(hands, "baseline", field="agreed_by")
        await hands.press("f9")
        hands.see("Agree and seal")
        hands.see("limit 9.6")
        hands.see("Agreed by Ada Byron on 30 Mar 2026")


async def test_whole_card_of_a_result_is_in_view_on_a_small_terminal(room: Room) -> None:
    async with room.at(told(room, to_be_checked)) as hands:
        await at_the_card(hands)
        hands.see("Verified by Grace on 2026-06-22")
        hands.see("On to step 7")
        assert not hands.screen.query_one(".card-room").show_vertical_scrollbar


async def test_leaving_the_card_of_an_agreement_seals_nothing(room: Room) -> None:
    async with room.at(told(room, to_be_agreed)) as hands:
        await turn_to(hands, "baseline", field="agreed_by")
        await hands.push("Agree")
        await hands.press("escape")
        assert passes(hands)[0].baseline.seal is None
        await hands.push("Agree")
        await hands.press("enter")
        assert passes(hands)[0].baseline.seal is not None


async def test_check_goes_through_target_signal_and_outlook_before_it_is_verified(room: Room) -> None:
    async with room.at(told(room, to_be_checked)) as hands:
        await turn_to(hands, "check", field="decision")
        await hands.push("Verify")
        asked = (
            "Was the target met?",
            "more than the usual variation?",
            "Will single readings keep meeting the target?",
        )
        for question in asked:
            hands.see(question)
            assert not passes(hands)[0].check.verified
            await hands.press("enter")
        assert passes(hands)[0].check.verified
        assert isinstance(hands.screen, CardScreen)


async def test_walk_through_a_check_goes_back_and_leaving_it_verifies_nothing(room: Room) -> None:
    async with room.at(told(room, to_be_checked)) as hands:
        await turn_to(hands, "check", field="decision")
        await hands.push("Verify")
        await hands.press("right", "left")
        hands.see("Was the target met?")
        await hands.press("escape")
        assert not hands.screen.is_modal
        assert not passes(hands)[0].check.verified


async def test_card_of_a_result_leads_on_to_step_7(room: Room) -> None:
    async with room.at(told(room, to_be_checked)) as hands:
        await at_the_card(hands)
        for words in ("6.9", "4.7 h", "target 5.0", "ACHIEVED", "On to step 7"):
            hands.see(words)
        await hands.press("enter")
        assert hands.place[0] == "momentum"


async def test_card_is_copied_as_text(room: Room) -> None:
    async with room.at(told(room, to_be_checked)) as hands:
        await at_the_card(hands)
        await hands.press("c")
        assert "ACHIEVED" in hands.app.clipboard
        assert "target 5.0" in hands.app.clipboard


async def test_card_is_saved_as_a_picture_and_the_report_as_a_page(room: Room) -> None:
    async with room.at(told(room, to_be_checked), (100, 40)) as hands:
        await at_the_card(hands)
        for key, name, beginning in (("s", "card.svg", "<svg "), ("e", "report.html", "<!DOCTYPE html>")):
            path = room.folder / name
            await hands.press(key, *["backspace"] * 20)
            await hands.paste(str(path))
            await hands.press("enter")
            assert path.read_text(encoding="utf-8").startswith(beginning)


async def test_a_file_that_is_there_is_not_written_over(room: Room) -> None:
    there = room.folder / "card.svg"
    there.write_text("mine", encoding="utf-8")
    async with room.at(told(room, to_be_checked), (100, 40)) as hands:
        await at_the_card(hands)
        await hands.press("s", *["backspace"] * 20)
        await hands.paste(str(there))
        await hands.press("enter")
        assert "is there already" in hands.told()
    assert there.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("size", [(20, 6), (40, 12)])
async def test_moments_can_be_walked_through_in_a_small_terminal(room: Room, size: tuple[int, int]) -> None:
    async with room.at(told(room, to_be_checked), size) as hands:
        await at_the_card(hands)
        await hands.press("c", "enter")
        assert passes(hands)[0].check.verified
        assert hands.place[0] == "momentum"


async def test_step_7_asks_what_is_missing_only_where_the_check_fell_short(room: Room) -> None:
    async with room.at(room.copy_of_sample(), (100, 60)) as hands:
        hands.app.go("momentum", place_of(hands, "CI-0001"))
        await hands.settle()
        hands.see("Lessons shared with")
        assert not hands.shows("What is missing")
        assert not hands.shows("Why it fell short")
        place = place_of(hands, "CI-0002")
        first = hands.book.iterations(place.improvement)[0]
        hands.app.go("momentum", replace(place, iteration=first.id))
        await hands.settle()
        hands.see("What is missing")
        hands.see("Why it fell short")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_chart_of_a_check_takes_the_room_that_its_words_leave(room: Room, size: tuple[int, int]) -> None:
    async with room.at(told(room, to_be_checked), size) as hands:
        await turn_to(hands, "check", field="decision")
        await hands.push("Verify")
        while isinstance(hands.screen, VerifyScreen):
            button, keys = hands.screen.query_one(Button), hands.screen.query_one(Keys)
            assert keys.region.y - button.region.bottom == 1
            await hands.press("enter")
