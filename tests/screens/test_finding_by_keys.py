"""What the search, the history and the coach find, by keys: a jump to where it stands, and one key that helps."""

import pytest
from textual.widgets import Input, TextArea

from cimodel_tui.forms.row_editor import RowEditor
from cimodel_tui.forms.rows import RowsTable
from cimodel_tui.model.plan import Action, Option
from cimodel_tui.model.step import Place
from cimodel_tui.screens.coach import CoachScreen, Findings
from cimodel_tui.screens.entry import EntryScreen
from cimodel_tui.screens.search import marked
from cimodel_tui.views.history import history_of
from cimodel_tui.widgets.drop_down import DropDown
from cimodel_tui.widgets.table import Table
from cimodel_tui.workbook.advice import advice
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to, until
from tests.workbook.stories import agreed, back_to

FEW = 6
"""More findings than the coach has about one step here."""

VISION = "Nobody waits. Payments are back in 4 h. Implement a paging tool."


def written(pen: Pen) -> None:
    """Two iterations with a word of its own in a field of each kind, in the entry, in a table and under the fold."""
    back_to(pen, "plan")
    pen.entry(owner="Zanzibar", summary="quokka seen from outside", tags="okapi", source="gecko")
    pen.write("vision", scope_out="axolotl under the fold")
    pen.write(
        "plan",
        what_changed="narwhal in prose",
        approach="kiwi",
        hypothesis_if="ibex",
        go_ahead_on="numbat day",
        one_off_cost="12 tapir",
    )
    pen.cells("plan", "actions", "pages", what="wombat in a cell")


def window(hands: Hands) -> type[object]:
    return type(hands.screen)


async def find(hands: Hands, words: str, at: int = 0) -> None:
    """Search for words, and go to a find; the page begins in its line each time."""
    hands.app.go("search", Place())
    await hands.settle()
    await hands.press("end", "ctrl+u")
    await hands.type(words)
    await hands.press("enter", *["down"] * at, "enter")


PLACES = {
    "narwhal": ("plan", "what_changed", TextArea),
    "ibex": ("plan", "hypothesis_if", TextArea),
    "kiwi": ("plan", "approach", DropDown),
    "numbat": ("plan", "go_ahead_on", Input),
    "tapir": ("plan", "one_off_cost", Input),
    "wombat": ("plan", "actions", RowsTable),
    "axolotl": ("vision", "scope_out", TextArea),
    "quokka": ("search", "summary", TextArea),
    "zanzibar": ("search", "owner", Input),
    "gecko": ("search", "source", DropDown),
    "okapi": ("search", "tags", Input),
}


async def test_find_is_gone_to_with_the_focus_in_its_very_field(room: Room) -> None:
    async with room.at(told(room, written), (100, 40)) as hands:
        for words, (page, name, kind) in PLACES.items():
            await find(hands, words)
            assert (words, *hands.place) == (words, page, name)
            assert kind in type(hands.app.focused).__mro__
            assert (window(hands) is EntryScreen) == (page == "search")
            hands.see(words)
            if hands.screen.is_modal:
                await hands.press("escape")
            await hands.press("f5")


async def test_find_in_a_table_stands_on_its_row_and_enter_opens_that(room: Room) -> None:
    async with room.at(told(room, written), (100, 40)) as hands:
        for _ in range(2):
            await find(hands, "wombat")
            table = hands.app.focused
            assert isinstance(table, RowsTable)
            assert table.current_id == passes(hands)[1].plan.actions[-1].id
            await hands.press("g", "f5")
        await find(hands, "wombat")
        await hands.press("enter")
        assert isinstance(hands.screen, RowEditor)
        assert hands.value("what") == "wombat in a cell"


async def test_find_in_an_earlier_iteration_opens_that_one(room: Room) -> None:
    async with room.at(told(room, written), (100, 40)) as hands:
        await find(hands, "swarming")
        hands.see("iteration 1 (history)")
        assert hands.place == ("check", "keep")
        await find(hands, "wrong lever")
        assert hands.place == ("check", "decision_reason")
        await find(hands, "store is helped", at=1)
        hands.see("iteration 2")
        assert hands.place == ("vision", "vision")


async def test_find_is_shown_whole_with_its_improvement_and_iteration(room: Room) -> None:
    long = f"{'The first words of a long answer. ' * 4}Only here is the pangolin."
    async with room.at(told(room, written), (100, 40)) as hands:
        improvement = passes(hands)[-1].improvement
        hands.book.change(Place(improvement, passes(hands)[-1].id, "vision", "scope_out"), long)
        hands.app.go("search", Place())
        await hands.settle()
        await hands.type("pangolin")
        hands.see("search 1 found")
        hands.see(
            f"{hands.book.improvement(improvement).ref} {hands.book.improvement(improvement).title} · iteration 2"
        )
        hands.see(long)


async def test_lesson_is_shown_whole_with_its_improvement_and_iteration(room: Room) -> None:
    lesson = f"{'Ask the people who do the work first. ' * 3}Then the kookaburra."
    async with room.at(told(room, written)) as hands:
        first = passes(hands)[0]
        hands.book.change(Place(first.improvement, passes(hands)[1].id, "check", "keep"), lesson)
        hands.app.go("lessons", Place())
        await hands.settle()
        await hands.press("slash")
        await hands.type("kookaburra")
        hands.see(f"{hands.book.improvement(first.improvement).title} · iteration 2")
        hands.see(lesson)


async def test_row_of_the_history_opens_the_step_and_the_iteration_that_record_it(room: Room) -> None:
    async with room.at(told(room, written), (100, 40)) as hands:
        await turn_to(hands, "history")
        await hands.press("enter")
        assert window(hands) is EntryScreen
        await hands.press("escape")
        table = hands.screen.query_one(Table)
        kinds = [event.kind for event in history_of(hands.book, hands.book.improvement(passes(hands)[0].improvement))]
        await hands.press("g", *["down"] * kinds.index("verified"))
        hands.see("verified by")
        assert table.current_id == str(kinds.index("verified"))
        await hands.press("enter")
        assert hands.place[0] == "check"
        hands.see("iteration 1 (history)")


async def test_words_that_stand_nowhere_are_said_and_others_can_be_typed(room: Room) -> None:
    async with room.at(told(room, written), (100, 40)) as hands:
        await find(hands, "xylophone")
        hands.see("No match. Everything that was typed in this workbook was searched; fewer words find more.")
        await hands.press("slash", *["backspace"] * len("xylophone"))
        await hands.type("okapi")
        await hands.press("enter", "enter")
        assert hands.place == ("search", "tags")
        await hands.press("escape", "escape")
        assert hands.place[0] == "register"


def careless(pen: Pen) -> None:
    """A vision of which the coach says three things, and a title of which it says one."""
    pen.add("Install a paging tool")
    pen.write("vision", vision=VISION, value="My team can go home")


async def coached(hands: Hands, rule: str) -> None:
    """Ask the coach, and go to one of its findings."""
    await hands.press("f6")
    assert isinstance(hands.screen, CoachScreen)
    listed = [each.rule for each in advice(hands.screen.book, hands.screen.place).open]
    await hands.press("home", *["down"] * listed.index(rule))
    hands.see(f"◇ {rule}")


async def test_coach_does_what_it_offers_at_one_key_and_undo_takes_it_back(room: Room) -> None:
    async with room.at(told(room, careless), (100, 40)) as hands:
        await turn_to(hands, "vision", field="objective")
        await coached(hands, "V2")
        await hands.press("enter")
        assert "Move it to step 4 as an action: done. ctrl+z undoes it." in hands.told()
        assert hands.place == ("vision", "vision")
        assert passes(hands)[0].vision.vision == "Nobody waits. Payments are back in 4 h."
        assert [each.what for each in passes(hands)[0].plan.actions] == ["Implement a paging tool"]
        await hands.press("ctrl+z")
        assert passes(hands)[0].vision.vision == VISION
        assert passes(hands)[0].plan.actions == ()
        await coached(hands, "V3")
        await hands.press("enter")
        assert hands.place == ("vision", "stakeholders")


async def test_coach_is_answered_with_a_reason_and_undo_brings_the_finding_back(room: Room) -> None:
    async with room.at(told(room, careless), (100, 40)) as hands:
        await turn_to(hands, "vision", field="objective")
        await coached(hands, "V3")
        await hands.press("a")
        hands.see("V3: why does it not apply here?")
        await hands.press("enter")
        assert passes(hands)[0].acknowledged == ()
        await hands.press("a")
        await hands.type("It is about the team")
        await hands.press("enter")
        hands.see("✓ V3 answered by Ada Byron on 2026-01-05: It is about the team")
        assert not hands.shows("◇ V3")
        await hands.press("ctrl+z")
        hands.see("◇ V3")
        assert passes(hands)[0].acknowledged == ()
        await hands.press("ctrl+y")
        hands.see("✓ V3 answered")
        await hands.press("escape")
        await until(hands, "◇ 2 from the coach: F6")


async def test_answer_holds_only_while_the_words_stay(room: Room) -> None:
    async with room.at(told(room, careless), (100, 40)) as hands:
        await turn_to(hands, "vision", field="value")
        await coached(hands, "V3")
        await hands.press("a")
        await hands.type("It is about the team")
        await hands.press("enter", "escape", "end")
        await hands.type(" sooner")
        await hands.press("f6")
        hands.see("◇ V3")


async def test_finding_is_gone_to_by_o_with_the_focus_in_its_field(room: Room) -> None:
    async with room.at(told(room, careless), (100, 40)) as hands:
        await turn_to(hands, "vision", field="objective")
        await coached(hands, "V3")
        await hands.press("o")
        assert hands.place == ("vision", "value")
        await coached(hands, "V2")
        await hands.press("o")
        assert hands.place == ("vision", "vision")


def far(pen: Pen) -> None:
    agreed(pen, size="L", target="2.1")


async def test_remedy_of_what_was_agreed_asks_why_first(room: Room) -> None:
    async with room.at(told(room, far), (100, 40)) as hands:
        await turn_to(hands, "target")
        await hands.press("f6")
        hands.see("Enter: Draft the first third")
        for _ in range(FEW):
            if hands.screen.query_one(Findings).highlighted == rules(hands).index("T5"):
                break
            await hands.press("down")
        await hands.press("enter")
        hands.see("This has been agreed. Why change it?")
        await hands.press("escape")
        assert passes(hands)[0].target.targets[0].value == "2.1"
        await hands.press("enter")
        await hands.type("a third is enough to learn from")
        await hands.press("enter")
        assert passes(hands)[0].target.targets[0].value == "5.3"
        assert hands.place[0] == "target"


def rules(hands: Hands) -> list[str]:
    found = hands.screen.query_one(Findings)
    return [str(found.get_option_at_index(at).prompt).split()[1] for at in range(found.option_count)]


def heedless(pen: Pen) -> None:
    """Actions of which the coach says five things."""
    pen.add("Shorter wait for a badge")
    named = {f"a{at}": {"what": what} for at, what in enumerate(("Reduce MTTR", "Improve CSAT", "Fewer complaints"))}
    pen.rows("plan", "actions", Action, **named)
    pen.rows("plan", "options", Option, one={"name": "Swarm"})
    pen.write("plan", hypothesis_if="we swarm", hypothesis_then="things get better")


async def test_three_findings_stand_open_and_m_unfolds_the_others(room: Room) -> None:
    async with room.at(told(room, heedless), (100, 40)) as hands:
        await turn_to(hands, "plan")
        await hands.press("f6")
        hands.see("2 more: m shows them")
        assert not hands.shows("◇ P1")
        await hands.press("m")
        hands.see("◇ P1")
        hands.see("◇ P2")
        assert not hands.shows("m shows them")
        await hands.press("home", *["down"] * 4, "enter")
        assert hands.place == ("plan", "options")


@pytest.mark.parametrize(
    ("text", "words", "standing_out"),
    [
        ("swarm rule", ["SWARM"], ["swarm"]),
        ("Swarming before the swarm", ["swarm"], ["Swarm", "swarm"]),
        ("a.b (c)", [".", "("], [".", "("]),
        ("nothing", [], []),
    ],
)
def test_words_that_were_searched_for_stand_out(text: str, words: list[str], standing_out: list[str]) -> None:
    pieces = marked(text, words)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.strong] == standing_out
