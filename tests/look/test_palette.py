"""The palette: every entry runs, and words that are found nowhere go on to the search."""

import pytest
from textual.command import DiscoveryHit, Hit

from cimodel_tui.commands import Palette
from cimodel_tui.model.step import STEPS
from tests.look.conftest import Sample, Situation
from tests.screens.conftest import Hands

PLACES = (
    Situation("register"),
    Situation("step", page="plan", ref="CI-0002"),
    Situation("dashboard", page="dashboard"),
)
"""Where the palette is opened."""

LEAVES = "Save and quit"
LETS_GO = "The saved workbooks"


async def offered(hands: Hands, query: str = "") -> list[DiscoveryHit | Hit]:
    palette = Palette(hands.screen)
    hits = palette.search(query) if query else palette.discover()
    return [each async for each in hits if isinstance(each, DiscoveryHit | Hit)]


def words(hit: DiscoveryHit | Hit) -> str:
    return str(hit.text or hit.prompt)


@pytest.mark.parametrize("place", PLACES, ids=[each.name for each in PLACES])
async def test_every_entry_of_the_palette_runs(sample: Sample, place: Situation) -> None:
    async with sample.at((100, 40)) as hands:
        await place.reach(hands)
        names = [words(each) for each in await offered(hands)]
        assert len(names) == len(set(names))
        for name in names:
            if name == LEAVES:
                continue
            await place.reach(hands)
            hit = next(each for each in await offered(hands) if words(each) == name)
            hit.command()
            await hands.settle()
            if name == LETS_GO:
                assert hands.app.book is None
                hands.app.take(hands.app.desk.open(sample.room.folder / "sample copy.json"))
                await hands.settle()
            await Situation(name).leave(hands)


async def test_palette_goes_to_every_step_page_and_improvement(sample: Sample) -> None:
    async with sample.at((100, 40)) as hands:
        await Situation("step", page="plan", ref="CI-0002").reach(hands)
        names = [words(each) for each in await offered(hands)]
        assert {step.heading for step in STEPS} | {"Dashboard", "Register", "Search"} <= set(names)
        for improvement in hands.book.improvements():
            found = [words(each) for each in await offered(hands, improvement.title)]
            assert f"{improvement.ref} {improvement.title}" in found


async def test_words_that_are_found_nowhere_go_on_to_the_search(sample: Sample) -> None:
    async with sample.at((100, 40)) as hands:
        await hands.press("ctrl+p")
        await hands.type("card terminal fails")
        for _ in range(50):
            await hands.pilot.pause(0.05)
            if "Search the workbook for" in hands.read():
                break
        await hands.press("enter")
        assert hands.place[0] == "search"
        hands.see("When a till or a card terminal fails")
