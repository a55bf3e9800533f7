"""The three hard rules, and every screen by which a person could try to get round them."""

from cimodel_tui.model.check import closes_as, final_verdict
from cimodel_tui.screens.palette import Palette
from cimodel_tui.views.status import state_of
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to, until
from tests.workbook.stories import BETTER, acted, embedding, unsealed

ALL_OF_IT = (100, 90)
"""A terminal that shows a whole step at once."""


def met_and_not_verified(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7")


def status(hands: Hands) -> str:
    return state_of(hands.book, hands.book.improvements()[0])


async def offered(hands: Hands) -> str:
    """Return everything that the palette offers where one is."""
    return "\n".join([str(each.text) async for each in Palette(hands.screen).discover()])


async def test_without_an_agreed_baseline_no_screen_says_anything_but_cannot_tell(room: Room) -> None:
    async with room.at(told(room, unsealed), ALL_OF_IT) as hands:
        await turn_to(hands, "check", field="override")
        await hands.write(override="achieved", override_reason="Everybody can see it")
        await turn_to(hands, "check", field="verified_by")
        await hands.write(verified_by="Grace", verified_on="today")
        await until(hands, "Verdict: Cannot tell (as of today, not verified)")
        assert closes_as(passes(hands)[0].check) == "not verified"
        await hands.verify()
        await until(hands, "Verdict: Cannot tell (verified)")
        hands.see("Closes as: not verified")
        await turn_to(hands, "baseline", field="agreed_on")
        await hands.seal()
        assert final_verdict(passes(hands)[0].check) == "cannot-tell"
        await hands.press("f4")
        hands.see("Verdict: Cannot tell (verified)")
        assert not hands.shows("Verdict: achieved")
        await hands.press("ctrl+z", "ctrl+z", "ctrl+y", "ctrl+y")
        assert final_verdict(passes(hands)[0].check) == "cannot-tell"
        await turn_to(hands, "momentum", field="decided_on")
        await hands.push("Plan the sustain checks")
        assert "nothing was gained" in hands.told()
        await hands.press("f5")
        assert not hands.shows("closed, achieved")
        assert not hands.shows("1 completed")


async def test_names_and_days_typed_beside_agree_are_no_agreement(room: Room) -> None:
    async with room.at(told(room, unsealed), ALL_OF_IT) as hands:
        await turn_to(hands, "baseline", field="first_on")
        await hands.write(first_on="2026-01-05", last_on="2026-03-23", agreed_by="Grace", agreed_on="2026-03-30")
        await hands.press("tab")
        hands.see("not agreed yet: press Agree")
        await turn_to(hands, "check", field="verified_on")
        await hands.verify()
        await until(hands, "Verdict: Cannot tell (verified)")


async def test_target_that_is_met_is_not_achieved_until_it_is_verified(room: Room) -> None:
    async with room.at(told(room, met_and_not_verified), ALL_OF_IT) as hands:
        await turn_to(hands, "check", field="verified_by")
        await hands.write(verified_by="Grace", verified_on="today")
        await until(hands, "Verdict: Achieved (as of today, not verified)")
        assert (closes_as(passes(hands)[0].check), status(hands)) == ("not verified", "verifying")
        await hands.press("f3")
        assert hands.place[0] == "momentum"
        assert not hands.shows("Plan the sustain checks")
        assert not hands.shows("Start the next iteration")
        assert "iteration" not in (await offered(hands)).replace("of this iteration", "")
        await hands.press("f4")
        hands.see("(not verified)")
        await turn_to(hands, "check", field="decision")
        await hands.write(decision="keep measuring")
        await hands.verify()
        assert "it stays unverified" in hands.told()
        await turn_to(hands, "check", field="decision")
        await hands.write(decision="stop")
        await hands.press("f5")
        hands.see("closed, not ver")
        await until(hands, "1 completed · 1 with lessons")


async def test_open_sustain_check_is_not_got_rid_of_by_any_key_or_cell(room: Room) -> None:
    async with room.at(told(room, embedding), ALL_OF_IT) as hands:
        await turn_to(hands, "momentum", field="sustain_checks")
        (row,) = passes(hands)[0].momentum.sustain_checks
        await hands.press("x")
        assert "it is not taken away" in hands.told()
        assert not hands.shows("Record the check that is due")
        await hands.press("enter")
        await hands.write(result="4.6", recorded_on="today")
        assert status(hands) == "embedding"
        await hands.to("recorded_on")
        await hands.press("end", "ctrl+u")
        await hands.type("2026-07-22")
        assert "when its day has come" in hands.told()
        await hands.press("escape")
        assert passes(hands)[0].momentum.sustain_checks[0].open
        await turn_to(hands, "check", field="decision")
        await hands.write(decision="stop")
        assert status(hands) == "embedding"
        await hands.press("f5", "x")
        assert state_of(hands.book, hands.book.improvements(archived=True)[0]) == "embedding"
        await hands.press("u", "e")
        hands.see("register entry")
        await hands.press("escape")
        await turn_to(hands, "momentum", field="sustain_checks", row=row.id)
        await hands.press("enter")
        await hands.write(waived="The store was sold")
        await hands.press("escape")
        assert status(hands) == "closed"
        await hands.press("ctrl+z")
        assert status(hands) == "embedding"


async def test_it_closes_when_the_check_that_is_due_is_recorded_from_a_reading(room: Room) -> None:
    path = told(room, embedding)
    room.clock.move(days=30)
    async with room.at(path, ALL_OF_IT) as hands:
        await turn_to(hands, "momentum", field="decided_on")
        await hands.push("Record the check that is due")
        assert "there is no reading since the last check" in hands.told()
        assert status(hands) == "embedding"
        await turn_to(hands, "baseline", field="metrics")
        await hands.press("r")
        await hands.type("2026-07-20 4.6")
        await hands.press("enter", "escape")
        await turn_to(hands, "momentum", field="decided_on")
        await hands.push("Record the check that is due")
        assert status(hands) == "closed"
        await hands.press("f5")
        hands.see("closed, achieved")
