"""A no leads back, a gain goes on, a relapse comes back: the loop of the model, by key."""

from textual.widgets import Button, OptionList, TextArea

from cimodel_tui.forms.form import More
from cimodel_tui.widgets.rail import StepRail
from cimodel_tui.workbook.sustain import plan_sustain_checks
from tests.look.conftest import place_of
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to, until
from tests.workbook.stories import SHORT, agreed, back_to, embedding, verified

ALL_OF_IT = (100, 90)

FEW = 6
"""More findings than the coach has about one step here."""


def short(pen: Pen) -> None:
    verified(pen, values=SHORT, decision="revisit")
    pen.write("check", decision_reason="")


def slipped(pen: Pen) -> None:
    embedding(pen)
    hours = pen.names["hours"]
    pen.write("momentum", relapse_metric=hours, relapse_side="above", relapse_limit="6", relapse_count="3")
    pen.on("2026-08-03")
    pen.read("hours", "2026-07-06", "6.9 7.1 7.0")


async def test_no_names_a_step_asks_for_the_reason_and_opens_the_next_iteration_there(room: Room) -> None:
    async with room.at(told(room, short), ALL_OF_IT) as hands:
        await turn_to(hands, "check", field="revisit_step")
        await until(hands, "This points back to step 5 Take action (1 of 2 actions are neither done nor dropped).")
        await hands.press("enter")
        hands.see("it was the wrong lever")
        await hands.press("escape")
        await hands.push("Go back to the chosen step")
        assert "name the step to go back to" in hands.told()
        await turn_to(hands, "check", field="revisit_step")
        await hands.write(revisit_step="4 How do we get there?  it was the wrong lever")
        await hands.push("Go back to the chosen step")
        assert "a revisit needs a reason" in hands.told()
        assert len(passes(hands)) == 1
        await turn_to(hands, "check", field="decision_reason")
        await hands.type("The rota was not it")
        await hands.push("Go back to the chosen step")
        assert hands.place == ("plan", "still_true")
        hands.see("Still true?")
        hands.see("iteration 2")
        child = passes(hands)[1]
        assert (child.entered_at, child.reason, child.baseline.seal is not None) == (
            "plan",
            "The rota was not it",
            True,
        )
        await hands.write(still_true="changed", what_changed="Another lever")
        assert passes(hands)[1].plan.still_true == "changed"
        await hands.press("f4")
        hands.see("History: 1 to 6 (better, target not met), back to 4")
        await hands.press("left_square_bracket")
        hands.see("iteration 1")


async def test_back_at_the_baseline_asks_whether_the_number_can_be_trusted(room: Room) -> None:
    async with room.at(
        told(room, short, lambda pen: pen.write("check", decision_reason="no trust")), ALL_OF_IT
    ) as hands:
        await turn_to(hands, "check", field="revisit_step")
        await hands.write(revisit_step="2 Where are we now?  the number is not trusted, or the causes were never found")
        await hands.push("Go back to the chosen step")
        hands.see("Can the measurement be trusted?")
        await hands.press("escape")
        assert len(passes(hands)) == 1
        await hands.push("Go back to the chosen step")
        await hands.press("tab", "enter")
        child = passes(hands)[1]
        assert hands.place[0] == "baseline"
        assert (child.baseline.seal, child.baseline.first_on) == (None, "2026-06-22")


async def test_earlier_iteration_is_only_looked_at_whatever_is_typed_into_it(room: Room) -> None:
    async with room.at(told(room, lambda pen: back_to(pen, "plan"))) as hands:
        before, entry = passes(hands), hands.book.improvements()
        for step in ("vision", "check"):
            await turn_to(hands, step, 0, field="scope_out" if step == "vision" else "override")
            hands.see("iteration 1 (history)")
            for _ in hands.screen.focus_chain:
                if not isinstance(hands.app.focused, Button | More | StepRail):
                    await hands.type("ax")
                    assert not hands.screen.is_modal
                await hands.press("tab")
        assert (passes(hands), hands.book.improvements()) == (before, entry)
        await turn_to(hands, "baseline", 0, field="metrics")
        await hands.press("enter")
        await hands.tab_until(lambda widget: isinstance(widget, TextArea), "the definition")
        await hands.type("x")
        await hands.press("escape")
        assert (passes(hands), hands.book.improvements()) == (before, entry)


async def test_sustain_checks_of_an_earlier_iteration_are_settled_there(room: Room) -> None:
    def watched_once_more(pen: Pen) -> None:
        back_to(pen, "plan")
        plan_sustain_checks(pen.book, pen.book.iterations(pen.improvement_id)[0])

    async with room.at(told(room, watched_once_more), ALL_OF_IT) as hands:
        await turn_to(hands, "momentum", 0, field="sustain_checks")
        hands.see("iteration 1 (history)")
        assert passes(hands)[0].momentum.sustain_checks[0].open
        await hands.press("enter")
        await hands.write(waived="the next pass watches it")
        await hands.press("escape")
        assert not passes(hands)[0].momentum.sustain_checks[0].open


async def test_open_actions_are_carried_or_dropped_one_by_one_before_the_next_iteration(room: Room) -> None:
    async with room.at(told(room, verified), ALL_OF_IT) as hands:
        await turn_to(hands, "momentum", field="decided_on")
        await hands.push("Start the next iteration")
        assert len(passes(hands)) == 1
        assert "Pages" in hands.told() or "carry or drop" in hands.told(), hands.told()
        await turn_to(hands, "momentum", field="carried")
        await hands.press("enter")
        await hands.write(decision="carry", reason="still worth it")
        await hands.press("escape")
        await turn_to(hands, "momentum", field="decided_on")
        await hands.push("Start the next iteration")
        await hands.push("Start iteration 2 today")
        child = passes(hands)[1]
        assert hands.place[0] == "vision"
        assert [each.what for each in child.plan.actions] == ["Pages"]
        assert (child.baseline.first_on, child.baseline.seal) == ("2026-04-27", None)
        await hands.press("f3")
        hands.see("4.7")


async def test_first_third_is_drafted_from_step_3_at_one_key_and_the_rest_of_the_way_is_noted(room: Room) -> None:
    def far(pen: Pen) -> None:
        agreed(pen, size="M", target="1.0")

    async with room.at(told(room, far), ALL_OF_IT) as hands:
        await turn_to(hands, "target")
        await hands.press("f6")
        hands.see("T5")
        hands.see("the first third")
        for _ in range(FEW):
            if "T5" not in highlighted(hands):
                await hands.press("down")
        await hands.press("enter")
        hands.see("This has been agreed. Why change it?")
        await hands.type("too far for one pass")
        await hands.press("enter")
        (promise,) = passes(hands)[0].target.targets
        assert promise.value not in ("", "1.0")
        assert promise.end_of_way == "1.0" or passes(hands)[0].target.rest_of_way
        assert passes(hands)[0].target.amendments


def highlighted(hands: Hands) -> str:
    options = hands.screen.query_one(OptionList)
    return str(options.get_option_at_index(options.highlighted or 0).prompt)


async def test_relapse_is_shown_and_offers_to_begin_again_at_step_2(room: Room) -> None:
    async with room.at(told(room, slipped), ALL_OF_IT) as hands:
        await hands.press("g")
        hands.see("embedding, relapsed")
        await hands.press("d")
        hands.see("relapsed since 2026-07-06")
        await turn_to(hands, "momentum", field="decided_on")
        await hands.push("It has slipped: open an iteration at step 2")
        assert hands.place[0] == "baseline"
        child = passes(hands)[1]
        assert (child.entered_at, child.reason) == ("baseline", "relapsed since 2026-07-06")
        assert [each.name for each in child.baseline.metrics] == ["hours"]
        await hands.press("f5")
        assert not hands.shows("relapsed")


async def test_what_happened_can_be_read_in_its_order(room: Room) -> None:
    async with room.at(told(room, lambda pen: back_to(pen, "plan"))) as hands:
        await turn_to(hands, "history")
        text = hands.read()
        order = ["raised", "agreed", "verified", "revisited"]
        assert sorted(order, key=text.index) == order


async def test_what_changed_is_asked_for_only_where_something_did(room: Room) -> None:
    async with room.at(room.copy_of_sample(), (100, 40)) as hands:
        hands.app.go("vision", place_of(hands, "CI-0002"))
        await hands.settle()
        hands.see("Still true? yes")
        assert not hands.shows("What changed")
        await hands.write(still_true="changed")
        hands.see("What changed")
