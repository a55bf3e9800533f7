"""Home: what a newcomer sees, what is saved, and what is said about a file that is gone or damaged."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from cimodel_tui import views
from cimodel_tui.cli.desk import FileDesk
from cimodel_tui.screens.home import shortened
from cimodel_tui.workbook import Workbook
from tests import waiting
from tests.look.conftest import MORNING
from tests.screens.conftest import Hands, RecordingApp, Room
from tests.screens.prepared import to_an_entry, told, turn_to, until
from tests.textual_internals import strips_of
from tests.workbook.stories import acted, embedding

FEW = 6
"""So many keys beside its own words lead from the first start to an improvement with a title."""


async def test_newcomer_reads_what_this_is_and_has_an_improvement_after_a_few_keys(room: Room) -> None:
    async with room.at() as hands:
        hands.see("Something should get better, and you want to know that it did.")
        hands.see("Nothing saved yet. Press n for a workbook of your own, s or Enter for the sample.")
        keys = 0
        for key, words in (("n", "Service desk 2026"), ("enter", ""), ("a", "Faster refunds"), ("enter", "")):
            await hands.press(key)
            await hands.type(words)
            keys += 1
        assert keys <= FEW
        hands.see("CI-0001 · register entry")
        await hands.press("ctrl+q")
    async with room.at() as hands:
        hands.see("Service desk 2026")
        await hands.press("enter")
        hands.see("CI-0001")


async def test_first_start_names_the_ways_to_begin_and_the_question_of_each_step(room: Room) -> None:
    async with room.at(size=(120, 40)) as hands:
        hands.see("Three ways to begin")
        hands.see("What do the facts say today, before anybody")
        await hands.press("enter", "escape")
        assert not hands.shows("Three ways to begin")


async def test_sample_is_one_key_away_from_the_first_start(room: Room) -> None:
    async with room.at() as hands:
        await hands.press("enter")
        hands.see("CI-0001")
        assert len(hands.book.improvements()) == 8
        await hands.press("escape")
        hands.see("The sample workbook")


async def test_saved_workbook_is_listed_with_what_is_overdue_and_opens_where_it_was_left(room: Room) -> None:
    path = told(room, acted)
    room.clock.move(days=60)
    async with room.at(path) as hands:
        await turn_to(hands, "plan")
        await hands.press("ctrl+o")
        hands.see("Service desk 2026")
        await waiting.until(
            lambda: any("Service desk 2026" in line and "!" in line for line in hands.lines()), hands.read
        )
        await hands.press("enter")
        assert hands.place[0] == "plan"
        hands.see("CI-0001")


async def test_damaged_file_is_one_sentence_and_its_newest_good_backup_is_brought_back(room: Room) -> None:
    path = told(room, embedding)
    async with room.at(path) as hands:
        await hands.press("ctrl+o")
        path.write_bytes(b"{ this is no workbook")
        await hands.press("enter")
        hands.see("Restore the backup of")
        hands.see("nothing is deleted")
        await hands.press("escape")
        assert hands.app.book is None
        hands.see("✗ ")
        assert path.read_bytes() == b"{ this is no workbook"
        await hands.press("enter", "enter")
        assert hands.book.title == "Service desk 2026"


async def test_file_that_is_gone_meanwhile_is_one_sentence(room: Room) -> None:
    path = told(room, acted)
    async with room.at(path) as hands:
        await hands.press("ctrl+o")
        path.unlink()
        await hands.press("enter")
        assert hands.app.book is None
        assert hands.shows("✗ ") or hands.shows("Restore the backup of")


async def test_first_picture_is_told_once(room: Room) -> None:
    seen: list[bool] = []
    app = RecordingApp(room.desk())
    app.painted = lambda: seen.append(any("continual improvement model" in strip.text for strip in strips_of(app)))
    async with app.run_test(size=(80, 24)) as pilot:
        await Hands(app, pilot).settle()
        await Hands(app, pilot).press("n", "escape")
        assert seen == [True]


async def test_home_counts_an_improvement_even_if_the_program_is_killed_after_it_was_added(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.press("f3")
        (saved,) = room.desk().saved()  # what another program, or the next one after a kill, is told
        assert saved.improvements == 1


async def test_what_is_overdue_is_reckoned_today_and_not_remembered(room: Room) -> None:
    path = told(room, acted)
    async with room.at(path) as hands:
        assert not hands.shows("overdue")
        await hands.press("ctrl+o")
    room.clock.move(days=400)
    async with room.at() as hands:
        await until(hands, "overdue")
        await until(hands, "Pages")


async def test_improvements_are_counted_by_status(room: Room) -> None:
    told(room, acted)
    async with room.at(room.folder / "desk.json") as hands:
        await hands.press("ctrl+o")
        await until(hands, "1 in progress")


async def test_sample_is_counted_and_not_written_down(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileDesk, "sample_size", lambda _desk: 42)
    async with room.at() as hands:
        await until(hands, "42 improvements")


async def test_workbook_is_renamed_and_its_file_keeps_its_name(room: Room) -> None:
    path = told(room, acted)
    async with room.at(path) as hands:
        await hands.press("ctrl+o", "r")
        await hands.press("end", *["backspace"] * len("Service desk 2026"))
        await hands.type("Retail desk")
        await hands.press("enter")
        hands.see("Retail desk")
        await hands.press("enter")
        assert hands.book.title == "Retail desk"
        assert hands.book.store.path == path


async def test_renamed_workbook_keeps_its_title_whatever_was_read_before(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, reads, go = told(room, acted), 0, Event()
    glance_at = views.glance.glance_at

    def slow(book: Workbook, between: Callable[[int], None]) -> views.glance.Glance:
        nonlocal reads
        found = glance_at(book, between)
        reads += 1
        if reads == 1:
            assert go.wait(waiting.DEADLINE)  # read before the renaming, and told after it
        return found

    async with room.at(path) as hands:
        monkeypatch.setattr(views.glance, "glance_at", slow)
        await hands.press("ctrl+o")
        await waiting.until(lambda: reads, "home never looks into the workbook")
        await hands.press("r", "end", *["backspace"] * len("Service desk 2026"))
        await hands.type("Retail desk")
        await hands.press("enter")
        go.set()
        await until(hands, "1 in progress")
        hands.see("Retail desk")
        assert not hands.shows("Service desk 2026")


async def test_portfolio_holds_every_improvement_and_opens_the_chosen_one(room: Room) -> None:
    path = told(room, acted, lambda pen: pen.add("Faster refunds"))
    async with room.at(path, (120, 40)) as hands:
        await hands.press("ctrl+o", "p")
        await until(hands, "2 improvements")
        hands.see("Service desk 2026 · idea")
        await hands.press("slash")
        await hands.type("refunds")
        assert not hands.shows("Restore stores faster")
        await hands.press("enter", "enter")
        assert hands.place[0] == "dashboard"
        hands.see("CI-0002 Faster refunds")


async def test_totals_of_the_portfolio_are_whole_at_80_columns(room: Room) -> None:
    room.clock.moment = MORNING
    async with room.at(room.copy_of_sample()) as hands:
        await hands.press("ctrl+o", "p")
        await until(hands, "spent 43,792")


async def test_q_on_home_quits(room: Room) -> None:
    async with room.at() as hands:
        await hands.press("q")
        assert hands.app.return_code == 0


@pytest.mark.parametrize(
    ("path", "room", "shown"),
    [
        ("/home/ada/books/desk.json", 40, "~/books/desk.json"),
        ("/home/ada/.local/share/cimodel-tui/desk.json", 28, "~/…/cimodel-tui/desk.json"),
        ("/home/ada/.local/share/cimodel-tui/desk.json", 16, "~/…/desk.json"),
        ("/srv/teams/desk/desk.json", 20, "/…/desk/desk.json"),
        ("/srv/teams/desk/desk.json", 10, "desk.json"),
        ("/srv/teams/desk/desk.json", 4, ""),
    ],
)
def test_path_is_shortened_in_its_middle_and_its_name_stays_whole(path: str, room: int, shown: str) -> None:
    assert shortened(Path(path), room, Path("/home/ada")) == shown


async def test_nothing_is_cut_on_home_at_80_columns(room: Room) -> None:
    room.clock.moment = MORNING
    async with room.at(room.copy_of_sample()) as hands:
        await hands.press("ctrl+o")
        await hands.until(lambda: hands.shows("1 withdrawn"))
        assert "…" not in next(line for line in hands.lines() if "1 withdrawn" in line)


async def test_title_of_a_new_workbook_half_typed_is_asked_for_again_after_a_kill(room: Room) -> None:
    async with room.at() as hands:
        await hands.press("n")
        await hands.type("Service")
        assert room.desk().title_draft() == ("", "Service")
    async with room.at() as hands:
        hands.see("Title of the new workbook")
        await hands.type(" desk")
        await hands.press("enter")
        assert hands.book.title == "Service desk"
        assert room.desk().title_draft() == ("", "")


async def test_half_typed_title_that_is_left_by_escape_is_asked_for_no_more(room: Room) -> None:
    async with room.at() as hands:
        await hands.press("n")
        await hands.type("Service")
        await hands.press("escape")
    async with room.at() as hands:
        assert not hands.screen.is_modal


async def test_new_title_of_a_saved_workbook_half_typed_stands_where_it_stood(room: Room) -> None:
    path = told(room, acted)
    async with room.at(path) as hands:
        await hands.press("ctrl+o", "g", "r")
        await hands.type(", night")
    async with room.at() as hands:
        hands.see("Title of the workbook")
        await hands.type(" shift")
        await hands.press("enter")
        hands.see("Service desk 2026, night shift")


@pytest.mark.parametrize("text", ["", "[]", '{"path": 1, "title": "x"}', "\x00", '{"title": "x"}'])
async def test_title_draft_that_cannot_be_read_is_none(room: Room, text: str) -> None:
    room.places.state.mkdir(parents=True)
    (room.places.state / "title.json").write_text(text, encoding="utf-8")
    async with room.at() as hands:
        assert not hands.screen.is_modal
