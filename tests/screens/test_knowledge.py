"""The knowledge check: what is right is marked, and how far the round is can be seen."""

import pytest
from textual.widgets import OptionList

from cimodel_tui.content import questions
from tests.look.conftest import MORNING, Situation
from tests.screens.conftest import Hands, Room

KNOWLEDGE = Situation("knowledge", page="knowledge")


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    found = Room(tmp_path_factory.mktemp("room"))
    found.clock.moment = MORNING
    return found


async def answer(hands: Hands, *, right: bool) -> None:
    """Answer the question that is shown, rightly or wrongly."""
    asked = next(each for each in questions() if hands.shows(each.text))
    wanted = asked.answer if right else (asked.answer + 1) % len(asked.options)
    options = hands.screen.query_one(OptionList)
    await hands.press("home", *["down"] * wanted)
    assert options.highlighted == wanted
    await hands.press("enter")


async def test_a_missed_question_is_marked_explained_and_counted_as_asked(room: Room) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await KNOWLEDGE.reach(hands)
        hands.see("Question 1 of 10  □□□□□□□□□□")
        await answer(hands, right=False)
        hands.see("✗ Not quite. The right answer is marked ✓.")
        hands.see("Question 1 of 10  ■□□□□□□□□□")
        await hands.press("n")
        hands.see("Question 2 of 10")
        await answer(hands, right=True)
        hands.see("✓ Right.")
        hands.see("1 of 2 right at the first try")


async def test_results_by_topic_stand_below_the_question_on_a_small_terminal(room: Room) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await KNOWLEDGE.reach(hands)
        hands.see("not asked yet")
        await answer(hands, right=True)
        hands.see("1 of 1")


async def test_glossary_is_filtered_as_one_types_and_escape_shows_it_whole_again(room: Room) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await KNOWLEDGE.reach(hands)
        await hands.press("g", "slash")
        await hands.type("success rule")
        first = hands.lines().index(next(line for line in hands.lines() if line.strip("│ ").startswith("Success rule")))
        assert first <= 3, "what is called so comes first"
        assert not hands.shows("Anchor")
        await hands.press("escape")
        assert hands.place[0] == "knowledge"
        hands.see("Anchor")
        await hands.press("slash", "q", "q", "q")
        hands.see("No match.")
        await hands.press("enter", "escape")
        hands.see("Achieved value")
        await hands.press("escape")
        assert hands.place[0] == "register"
