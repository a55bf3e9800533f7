"""The three improvements of the sample, walked by keyboard from first idea to where the page leaves them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cimodel_tui.storage.open import load
from cimodel_tui.workbook.workbook import Workbook
from tests.samples import access, articles, releases, stores
from tests.samples.conftest import entry, passes
from tests.samples.pen import Pen
from tests.samples.same import plain
from tests.samples.screen_pen import Keyboard
from tests.screens.conftest import Hands, Room

TALL = (100, 90)
"""A terminal on which the whole dashboard is seen at once, one thing below the other."""

ONLY = "CI-0001"
"""The ref of an improvement that has a workbook to itself."""


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


async def walked(room: Room, *walks: Callable[[Pen], None]) -> Path:
    """Walk an improvement by keyboard in a workbook of its own."""
    path = room.new()

    def walk(pen: Pen) -> None:
        for each in walks:
            each(pen)

    await Keyboard(room, path).walk(walk)
    return path


def assert_same(room: Room, path: Path, shipped: Workbook, ref: str) -> None:
    """Find in the file, answer by answer, what the same walk puts into the shipped sample."""
    book = Workbook(load(path, room.places), room.clock)
    wanted = plain(entry(shipped, ref), passes(shipped, ref))
    assert plain(entry(book, ONLY), passes(book, ONLY)) == wanted


@asynccontextmanager
async def dashboard(room: Room, path: Path) -> AsyncIterator[Hands]:
    """Open the workbook anew, and go to the dashboard of the latest iteration."""
    async with room.at(path, size=TALL) as hands:
        await hands.press("f5", "d")
        assert hands.place[0] == "dashboard"
        yield hands


@pytest.mark.long
async def test_stores_are_restored_faster(room: Room, shipped: Workbook) -> None:
    path = await walked(room, stores.walk)
    assert_same(room, path, shipped, "CI-0001")
    async with dashboard(room, path) as hands:
        hands.see("iteration 1 › dashboard  embedding")
        hands.see("Achieved: 4.7 h, target 5.0 (116 % of the gap) · due 21 Jun · spent 15,792 of 16,000")
        hands.see("6.9 → 4.7 h")
        hands.see("4.1 → 4.4 %")
        hands.see("Closes as: achieved")
        hands.see("Next: wait for the sustain check on 2026-12-21")
        hands.see("History: 1 to 6 (achieved)")


@pytest.mark.long
async def test_contacts_are_solved_better_and_not_there_and_the_no_leads_back(room: Room, shipped: Workbook) -> None:
    path = await walked(room, articles.walk, access.walk)
    assert_same(room, path, shipped, "CI-0002")
    async with dashboard(room, path) as hands:
        hands.see("iteration 2 › dashboard  in progress")
        hands.see("target 68 · iteration 2: 65.6 on 16 Nov · due 28 Feb 2027")
        hands.see("decide: the remaining access rights, student records and examinations (the CIO, by 27 Nov)")
        hands.see("History: 1 to 6 (better, target not met), back to 2, on to 5")
        hands.see("2026-07-19")  # the day that was amended
        hands.see("The goal was right, the lever was not")
        await hands.press("left_square_bracket")
        hands.see("Better, target not met: 62.9 %, target 68 (42 % of the gap) · due 19 Jul")
        hands.see("at a cost: reopened 7.9 %, limit 7.0")
        hands.see("Decision: revisit 2 Where are we now?. The causes were never ranked.")


@pytest.mark.long
async def test_releases_are_feared_less_in_two_steps_and_a_third_begins(room: Room, shipped: Workbook) -> None:
    path = await walked(room, releases.walk)
    assert_same(room, path, shipped, "CI-0003")
    async with dashboard(room, path) as hands:
        hands.see("iteration 3 › dashboard  assessing")
        hands.see("iteration 3: latest 8.5 on 16 Nov, target 6 % · due 31 Mar 2027")
        hands.see("History: 1 to 6 (target met, few readings), again 1 to 6 (target met, few readings), again 1 to 4")
        await hands.press("left_square_bracket")
        hands.see("Target met, few readings: 8.9 %, target 10")
        hands.see("15.5 → 8.9 %")
        hands.see("Verdict: Achieved: target met, few readings (verified)")
        await hands.press("left_square_bracket")
        hands.see("Target met, few readings: 15.5 %, target 18")
        hands.see("22.4 → 15.5 %")
        hands.see("6.1 → 5.4 days")
