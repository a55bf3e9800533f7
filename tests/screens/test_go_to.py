"""Going somewhere in a few characters, going back, and running from help what can be done."""

import pytest

from cimodel_tui.model.step import Place
from cimodel_tui.screens.navigation import UnknownPlaceError, destination
from cimodel_tui.workbook import Workbook
from tests.samples.pen import Pen, WalkingClock, steady_ids
from tests.screens.conftest import Room
from tests.screens.prepared import told, turn_to, until
from tests.workbook.memory import MemoryStore
from tests.workbook.stories import acted, measured


@pytest.fixture
def book() -> Workbook:
    clock, ids = WalkingClock(), steady_ids()
    pen = Pen(Workbook(MemoryStore(), clock, me="Ada", ids=lambda: next(ids)), clock)
    pen.on("2026-01-05")
    measured(pen)
    pen.add("Faster refunds")
    return pen.book


@pytest.mark.parametrize(
    ("text", "page", "ref"),
    [
        ("CI-2 4", "plan", "CI-0002"),
        ("ci-0002", "dashboard", "CI-0002"),
        (":2 6", "check", "CI-0002"),
        ("2 history", "history", "CI-0002"),
        ("grid", "grid", ""),
        ("due", "due", ""),
        ("CI-2 steps", "steps", "CI-0002"),
        ("portfolio", "portfolio", ""),
        ("glossary", "knowledge", ""),
        ("look-alikes", "knowledge", ""),
    ],
)
def test_few_characters_lead_to_a_page(book: Workbook, text: str, page: str, ref: str) -> None:
    found = destination(text, book, Place())
    assert found.page == page
    assert (book.improvement(found.place.improvement).ref if found.place.improvement else "") == ref


def test_number_alone_is_a_step_of_the_improvement_in_front(book: Workbook) -> None:
    first = book.improvements()[0]
    assert destination("5", book, Place(first.id)).page == "action"


@pytest.mark.parametrize("text", ["CI-99", "CI-1 9", "nowhere", "dashboard", "steps"])
def test_what_leads_nowhere_is_a_sentence(book: Workbook, text: str) -> None:
    with pytest.raises(UnknownPlaceError, match=r".+"):
        destination(text, book, Place())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("steps", ("CI-0001 Restore stores faster", "7 How do we keep the momentum going?", "Enter choose")),
        ("glossary", ("/ to filter by words", "Achieved value")),
        ("look-alikes", ("/ to filter by words", "one of the 34 practices")),
        ("portfolio", ("Portfolio · all saved workbooks", "CI-0001")),
    ],
)
async def test_colon_leads_to_what_the_palette_leads_to(room: Room, text: str, shown: tuple[str, ...]) -> None:
    async with room.at(told(room, acted), (100, 40)) as hands:
        await turn_to(hands, "dashboard")
        await hands.press("colon")
        await hands.type(text)
        await hands.press("enter")
        for words in shown:
            await until(hands, words)


async def test_colon_goes_to_a_step_and_apostrophe_back(room: Room) -> None:
    async with room.at(told(room, acted)) as hands:
        await hands.press("colon")
        await hands.type("CI-1 4")
        await hands.press("enter")
        assert hands.place[0] == "plan"
        await hands.press("escape", "apostrophe")
        assert hands.place[0] == "register"


async def test_q_goes_back_from_a_page_and_home_from_the_register(room: Room) -> None:
    async with room.at(told(room, acted)) as hands:
        await turn_to(hands, "plan")
        await hands.press("escape", "q")
        assert hands.place[0] == "register"
        await hands.press("q")
        assert hands.app.book is None


async def test_due_lists_what_is_overdue_and_leads_there(room: Room) -> None:
    def late(pen: Pen) -> None:
        acted(pen)
        pen.on("2026-06-01")

    async with room.at(told(room, late)) as hands:
        await hands.press("colon")
        await hands.type("due")
        await hands.press("enter")
        hands.see("Overdue and due soon")
        while "Pages" not in next(line for line in hands.lines() if "!" in line):
            await hands.press("down")
        await hands.press("enter")
        assert hands.place[0] in ("action", "dashboard")


async def test_help_is_filtered_and_runs_what_is_chosen(room: Room) -> None:
    async with room.at(told(room, acted)) as hands:
        await hands.press("question_mark")
        hands.see("This page")
        await hands.type("effort against")
        assert not hands.shows("Add an improvement")
        await hands.press("enter")
        assert hands.place[0] == "grid"


async def test_help_names_the_seven_steps_a_line_each(room: Room) -> None:
    async with room.at(told(room, acted), (120, 70)) as hands:
        await hands.press("f1")
        hands.see("The seven steps")
        hands.see("7 How do we keep the momentum going?")


async def test_finishing_is_found_in_the_palette_by_what_it_does(room: Room) -> None:
    async with room.at(told(room, acted), (100, 40)) as hands:
        await hands.press("ctrl+p")
        await hands.type("finish an action")
        hands.see("Finish an action, today")
