"""Undo and redo by key: what was taken back is in view again, and no window stays open over what is gone."""

from cimodel_tui.forms.form import Form
from cimodel_tui.model.step import Place
from cimodel_tui.screens.step import StepScreen
from tests.screens.conftest import Room
from tests.screens.prepared import passes, told, turn_to
from tests.workbook.stories import agreed, embedding, measured

MANY = 200
BY_KEY = 3


async def test_adding_is_undone_out_of_its_own_entry_and_done_again(room: Room) -> None:
    async with room.at(room.new()) as hands:
        await hands.press("a")
        await hands.type("Faster refunds")
        await hands.press("enter")
        hands.see("register entry")
        await hands.press("ctrl+z")
        assert not hands.shows("register entry")
        hands.see("No improvement yet")
        await hands.press("ctrl+z")
        assert "Nothing to undo." in hands.told()
        await hands.press("ctrl+y")
        hands.see("CI-0001 Faster refunds")


async def test_adding_is_undone_on_one_of_its_steps_which_then_gives_way_to_the_register(room: Room) -> None:
    async with room.at(room.new()) as hands:
        await hands.press("a")
        await hands.type("Faster refunds")
        await hands.press("enter", "escape", "enter")
        assert hands.place[0] == "vision"
        await hands.press("ctrl+z")
        assert hands.place[0] == "register"
        assert hands.book.improvements() == ()
        await hands.press("ctrl+y", "enter")
        assert hands.place == ("vision", "objective")


async def test_undone_improvement_takes_every_window_over_it_along(room: Room) -> None:
    async with room.at(room.new()) as hands:
        await hands.press("a")
        await hands.type("Faster refunds")
        await hands.press("enter", "escape", "enter")
        await hands.to("stakeholders")
        await hands.press("a")
        await hands.press("ctrl+z")
        assert not hands.screen.is_modal
        assert hands.place[0] == "register"


async def test_next_iteration_is_undone_and_what_it_made_history_can_be_changed_again(room: Room) -> None:
    async with room.at(told(room, embedding)) as hands:
        await turn_to(hands, "vision")
        await turn_to(hands, "momentum", field="decided_on")
        await hands.push("Start the next iteration")
        await hands.push("Start iteration 2 today")
        hands.see("iteration 2")
        await hands.press("ctrl+z", "ctrl+y", "f4", "]")
        hands.see("iteration 2")
        await turn_to(hands, "vision", 0, field="objective")
        hands.see("iteration 1 (history)")
        await hands.type("Nobody reads this")
        assert passes(hands)[0].vision.objective == "Stores sell"
        await hands.press("ctrl+z")
        assert hands.place[0] == "momentum"
        assert len(passes(hands)) == 1
        await turn_to(hands, "vision", 0, field="objective")
        await hands.type(": now it counts")
        assert passes(hands)[0].vision.objective == "Stores sell: now it counts"
        await hands.press("ctrl+z", "ctrl+y")
        assert hands.place == ("vision", "objective")
        assert passes(hands)[0].vision.objective == "Stores sell: now it counts"


async def test_removed_and_moved_rows_come_back_into_view_from_another_step(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "baseline", field="causes")
        await hands.add_row("causes", cause="No runbook")
        before = passes(hands)[0].baseline.causes
        await hands.press("g", "J")
        assert [each.cause for each in passes(hands)[0].baseline.causes] == ["No runbook", "waiting"]
        await hands.press("x")
        assert "u or ctrl+z undoes it" in hands.told()
        await hands.press("f3")
        assert hands.place[0] == "target"
        await hands.press("ctrl+z")
        assert hands.place == ("baseline", "causes")
        assert len(passes(hands)[0].baseline.causes) == 2
        await hands.press("u")
        assert passes(hands)[0].baseline.causes == before
        hands.see("Undone: Causes: row moved")


async def test_pasted_readings_are_one_step_that_is_undone_from_another_page(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        (metric,) = passes(hands)[0].baseline.metrics
        before = hands.book.improvements()[0].readings
        await hands.press("r")
        await hands.paste("2026-04-06\t5.1\n2026-04-13\t5.0\n2026-04-20\t4.9")
        await hands.press("f9", "escape", "f5")
        assert len(hands.book.improvements()[0].readings[metric.id]) == len(before[metric.id]) + 3
        await hands.press("u")
        assert hands.place == ("baseline", "metrics")
        assert hands.book.improvements()[0].readings == before
        assert "Undone: 3 readings" in hands.told()


async def test_agreement_is_undone_and_can_be_given_again(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "baseline", field="agreed_on")
        await hands.seal()
        assert passes(hands)[0].baseline.seal is not None
        await hands.press("f5", "ctrl+z")
        assert hands.place == ("baseline", "agreed_by")
        assert passes(hands)[0].baseline.seal is None
        await hands.seal()
        assert passes(hands)[0].baseline.seal is not None


async def test_archiving_is_undone_from_another_page_and_the_register_shows_it(room: Room) -> None:
    async with room.at(told(room, measured, lambda pen: pen.add("A second one"))) as hands:
        await hands.press("g", "down", "x")
        assert "CI-0002" not in hands.read()
        await hands.press("enter", "ctrl+z")
        assert hands.place[0] == "register"
        hands.see("CI-0002 A second one · idea")


async def test_two_hundred_changes_are_taken_back_one_by_one(room: Room) -> None:
    async with room.at(told(room, agreed)) as hands:
        await turn_to(hands, "vision")
        hands.book.history.clear()
        first = passes(hands)[0]
        for number in range(MANY):
            place = Place(first.improvement, first.id, "vision", ("scope_in", "scope_out")[number % 2])
            hands.book.change(place, f"text {number}")
        for _ in range(MANY - BY_KEY):
            assert hands.book.undo()
        await hands.press(*["ctrl+z"] * BY_KEY)
        assert hands.place == ("vision", "scope_in")
        assert passes(hands)[0] == first


async def test_pause_that_ends_after_the_page_has_gone_brings_nothing_down(room: Room) -> None:
    path = told(room, agreed)
    async with room.at(path) as hands:
        await turn_to(hands, "baseline")
        page = hands.app.front
        assert isinstance(page, StepScreen)
        await page.query(Form).remove()
        page._coach()  # noqa: SLF001 - the moment of leaving cannot be met by keys
        assert not page.query(Form)
