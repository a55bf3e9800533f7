"""F9 does what a page is for, and the footer says first what that is."""

import pytest

from tests.look.conftest import MORNING, Situation
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to
from tests.workbook.stories import embedding, measured

PAGES = (
    (Situation("register", ref="CI-0001"), "next", "momentum"),
    (Situation("grid", page="grid"), "open", "action"),
    (Situation("dashboard", page="dashboard", ref="CI-0005"), "next", "vision"),
    (Situation("history", page="history"), "dashboard", "dashboard"),
    (Situation("search", page="search", keys=("s", "w", "a", "r", "m")), "open", "vision"),
    (Situation("lessons", page="lessons"), "open", "check"),
    (Situation("vision", page="vision"), "next step", "baseline"),
    (Situation("sustain", page="momentum", ref="CI-0002"), "to the check", "check"),
)
"""Pages, what their main act is called, and the page to which it leads."""


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    found = Room(tmp_path_factory.mktemp("room"))
    found.clock.moment = MORNING
    return found


def first_key(hands: Hands) -> str:
    return hands.lines()[-1].strip()


@pytest.mark.parametrize(("situation", "words", "leads_to"), PAGES, ids=[each[0].name for each in PAGES])
async def test_f9_does_what_the_page_is_for_and_the_footer_names_it(
    room: Room, situation: Situation, words: str, leads_to: str
) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await situation.reach(hands)
        assert first_key(hands).startswith("F9 ")
        assert words in first_key(hands)[: len("F9 Esc ") + len(words) + 2]
        await hands.press("f9")
        assert hands.place[0] == leads_to


async def test_f9_on_home_opens_the_marked_workbook(room: Room) -> None:
    async with room.at() as hands:
        assert first_key(hands).startswith("F9 ⏎ open")
        await hands.press("f9")
        assert hands.place[0] == "register"


async def test_f9_on_the_portfolio_opens_the_marked_improvement(room: Room) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await hands.press("ctrl+o", "p")
        await hands.until(lambda: hands.shows("Restore store systems"))
        assert first_key(hands).startswith("F9 ⏎ open")
        await hands.press("f9")
        assert hands.place[0] == "dashboard"


async def test_f9_in_the_readings_adds_the_one_that_is_typed_and_then_closes(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "dashboard")
        await hands.press("r")
        assert "F9 Esc done" in hands.read()
        await hands.type("2026-03-30 6.4")
        assert "F9 add reading" in hands.read()
        await hands.press("f9")
        hands.see("2026-03-30")
        assert hands.screen.is_modal
        await hands.press("f9")
        assert not hands.screen.is_modal


async def test_f9_answers_a_question_and_asks_the_next_one(room: Room) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await Situation("knowledge", page="knowledge").reach(hands)
        hands.see("Question 1 of 10")
        await hands.press("f9")
        hands.see("F9 n next question")
        await hands.press("f9")
        hands.see("Question 2 of 10")
        await hands.press("g")
        hands.see("F9 c check")


async def test_f9_asks_before_it_restores_a_backup(room: Room) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await hands.press("a")
        await hands.type("Fewer lost devices")
        await hands.press("enter", "escape", "ctrl+s")
        await hands.until(lambda: "Saved." in hands.told())
        await Situation("backups", page="backups").reach(hands)
        await hands.press("f9")
        hands.see("Restore backup 1?")


async def test_f9_on_a_register_without_an_improvement_adds_one(room: Room) -> None:
    async with room.at(room.new()) as hands:
        assert first_key(hands).startswith("F9 a add")
        await hands.press("f9")
        hands.see("What should get better?")


async def test_f9_never_settles_the_card_that_it_opened(room: Room) -> None:
    async with room.at(told(room, measured)) as hands:
        await turn_to(hands, "baseline")
        await hands.press("f9", "f9", "f9")
        assert passes(hands)[0].baseline.seal is None


async def test_f9_at_the_end_of_the_last_step_leads_to_the_dashboard(room: Room) -> None:
    async with room.at(told(room, embedding)) as hands:
        await turn_to(hands, "momentum")
        assert first_key(hands).startswith("F9 ")


async def test_portfolio_shows_the_marked_improvement_beside_the_list_of_a_wide_terminal(room: Room) -> None:
    async with room.at(room.copy_of_sample(), (200, 50)) as hands:
        await hands.press("ctrl+o", "p")
        await hands.until(lambda: hands.shows("P2 time to restore, h · lower is better"))
        await hands.press("down")
        await hands.until(lambda: hands.shows("first-contact resolution, % · higher is better"))


WAYS = (
    (Situation("register"), ("f9",)),
    (Situation("step", page="plan"), ("f4", "f9")),
    (Situation("dashboard", page="dashboard"), ("f9",)),
    (Situation("history", page="history"), ("f9", "f9")),
    (Situation("grid", page="grid", keys=("down", "down")), ("d", "f9")),
    (Situation("search", page="search"), ("escape", "f9")),
    (Situation("knowledge", page="knowledge"), ("escape", "f9")),
    (Situation("lessons", page="lessons"), ("escape", "f9")),
    (Situation("backups", page="backups"), ("escape", "f9")),
    (Situation("readings", page="dashboard", keys=("r",)), ("escape", "f9")),
)
"""Pages, and the keys that lead from them to the next useful thing of the first improvement."""


@pytest.mark.parametrize(("situation", "keys"), WAYS, ids=[each[0].name for each in WAYS])
async def test_next_useful_thing_is_two_keys_away_from_anywhere(
    room: Room, situation: Situation, keys: tuple[str, ...]
) -> None:
    async with room.at(room.copy_of_sample()) as hands:
        await situation.reach(hands)
        assert len(keys) <= 2
        await hands.press(*keys)
        assert hands.place == ("momentum", "next")


async def test_backups_page_says_when_one_is_taken_while_there_is_none(room: Room) -> None:
    async with room.at(room.copy_of_sample(), (100, 40)) as hands:
        await Situation("backups", page="backups").reach(hands)
        for words in (
            "No backup yet",
            "Before the first change of a session is saved",
            "cimodel-tui restore 'sample copy.json' 1",
        ):
            hands.see(words)
        assert first_key(hands).startswith("F9 save a copy")
        await hands.press("f9")
        assert hands.screen.is_modal


async def test_enter_restores_the_marked_backup_after_a_question(room: Room) -> None:
    async with room.at(room.new()) as hands:
        await hands.press("a")
        await hands.type("Faster refunds")
        await hands.press("enter", "escape", "ctrl+s")
        await hands.until(lambda: "Saved." in hands.told())
        await hands.press("colon")
        await hands.type("backups")
        await hands.press("enter", "enter")
        hands.see("Restore backup 1?")
