"""The palette: every entry runs, and words that are found nowhere go on to the search."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from textual.command import CommandList, DiscoveryHit, Hit, Hits

from cimodel_tui.model.step import STEPS
from cimodel_tui.screens.palette import Palette
from tests.look.conftest import Sample, Situation
from tests.look.test_acts_by_mouse import to_be_agreed
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to, until

PLACES = (
    pytest.param(Situation("register"), id="register", marks=pytest.mark.long),
    pytest.param(Situation("step", page="plan", ref="CI-0002"), id="step"),
    pytest.param(Situation("dashboard", page="dashboard"), id="dashboard", marks=pytest.mark.long),
)
"""Where the palette is opened."""

SLOW = 0.04
"""Seconds from one find to the next on a machine that has much else to do."""

LEAVES = "Save and quit"
LETS_GO = "Home: The saved workbooks"
ALL_WORKBOOKS = "Portfolio"


async def offered(hands: Hands, query: str = "") -> list[DiscoveryHit | Hit]:
    palette = Palette(hands.screen)
    hits = palette.search(query) if query else palette.discover()
    return [each async for each in hits if isinstance(each, DiscoveryHit | Hit)]


def words(hit: DiscoveryHit | Hit) -> str:
    return str(hit.text or hit.prompt)


@pytest.mark.parametrize("place", PLACES)
async def test_every_entry_of_the_palette_runs(sample: Sample, place: Situation) -> None:
    async with sample.at((100, 40)) as hands:
        await place.reach(hands)
        names = [words(each) for each in await offered(hands)]
        assert len(names) == len(set(names))
        for name in names:
            if name == LEAVES:
                continue
            await place.reach(hands)
            known = {words(each): each for each in await offered(hands)}
            assert name in known, (name, list(known), hands.app.focused)
            known[name].command()
            await hands.settle()
            if name in (LETS_GO, ALL_WORKBOOKS):
                assert hands.app.book is None
                await hands.press(*["escape"] * (name == ALL_WORKBOOKS))
                hands.app.show_workbook(hands.app.desk.open(sample.room.folder / "sample copy.json"))
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


async def test_what_a_button_does_is_done_from_the_palette_as_well(room: Room) -> None:
    async with room.at(told(room, to_be_agreed), (100, 40)) as hands:
        await turn_to(hands, "baseline")
        await hands.write(agreed_by="Grace", agreed_on="today")
        await hands.press("ctrl+p")
        await hands.type("agree")
        await until(hands, "A button on this page")
        await hands.press("enter")  # runs the entry, which opens the card
        await hands.press("enter")  # seals, by the button of the card
        await until(hands, "◆ agreed by Grace on 2026-03-30")
        assert passes(hands)[-1].baseline.seal is not None


@pytest.mark.parametrize("name", ["harbour-light", "harbour-dark", "ansi-light", "ansi-dark"])
async def test_theme_is_chosen_by_its_name_and_kept(sample: Sample, name: str) -> None:
    async with sample.at((100, 40)) as hands:
        hands.app.theme = "nord"
        await hands.press("ctrl+p")
        await hands.type(name)
        await hands.press("enter")
        assert hands.app.theme == name
        assert hands.app.desk.theme == name


@pytest.mark.parametrize("query", ["light", "dark", "ansi"])
async def test_kind_of_theme_finds_the_themes_of_that_kind_and_each_can_be_chosen(sample: Sample, query: str) -> None:
    async with sample.at((100, 40)) as hands:
        found = [each for each in await offered(hands, query) if words(each).startswith("Theme ")]
        assert found
        for each in found:
            each.command()
            await hands.settle()
            assert words(each) == f"Theme {hands.app.theme}"


async def slow(hits: Hits) -> AsyncIterator[DiscoveryHit | Hit]:
    """Find as on a machine that has much else to do."""
    async for each in hits:
        await asyncio.sleep(SLOW)
        if isinstance(each, DiscoveryHit | Hit):
            yield each


def marked(hands: Hands) -> tuple[str, bool]:
    """Return the entry that is marked, and whether it is the last one."""
    entries = hands.screen.query_one(CommandList)
    assert entries.highlighted is not None
    hit = entries.get_option_at_index(entries.highlighted)
    return str(hit.prompt).partition("\n")[0], entries.highlighted == entries.option_count - 1


async def test_end_marks_the_last_entry_of_all_that_are_found(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    search = Palette.search
    monkeypatch.setattr(Palette, "search", lambda self, query: slow(search(self, query)))
    async with sample.at((100, 40)) as hands:
        await hands.press("ctrl+p")
        await hands.type("re")
        await hands.press("end")
        await hands.app.workers.wait_for_complete(each for each in hands.app.workers if each.node is hands.screen)
        await hands.settle()
        assert marked(hands) == ("Search the workbook for: re", True)
        await hands.press("enter")
        assert hands.place[0] == "search"


async def test_entry_that_was_gone_to_stays_marked_while_others_come_in(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Palette.search
    monkeypatch.setattr(Palette, "search", lambda self, query: slow(search(self, query)))
    async with sample.at((100, 40)) as hands:
        await hands.press("ctrl+p")
        await hands.type("re")
        await hands.press("down")
        name, _ = marked(hands)
        await hands.app.workers.wait_for_complete(each for each in hands.app.workers if each.node is hands.screen)
        await hands.settle()
        assert marked(hands)[0] == name


async def test_enter_waits_for_what_is_found_for_all_that_was_typed(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Palette.search
    monkeypatch.setattr(Palette, "search", lambda self, query: slow(search(self, query)))
    async with sample.at((100, 40)) as hands:
        await hands.press("ctrl+p")
        await hands.type("lessons")
        await hands.press("enter")
        assert hands.place[0] == "lessons"


@pytest.mark.parametrize("text", ["[/]", "[x]", "[@click=app.quit]x[/]"])
async def test_what_is_typed_is_no_markup(sample: Sample, text: str) -> None:
    async with sample.at((100, 40)) as hands:
        await hands.press("ctrl+p")
        await hands.type(text)
        await hands.until(lambda: "Search the workbook for" in hands.read())
        hands.see(f"Search the workbook for: {text}")


async def test_words_that_are_found_nowhere_go_on_to_the_search(sample: Sample) -> None:
    async with sample.at((100, 40)) as hands:
        await hands.press("ctrl+p")
        await hands.type("card terminal fails")
        await hands.until(lambda: "Search the workbook for" in hands.read())
        await hands.press("enter")
        assert hands.place[0] == "search"
        hands.see("When a till or a card terminal fails")


async def test_the_seven_steps_stand_on_one_page_and_lead_to_each(sample: Sample) -> None:
    async with sample.at((120, 40)) as hands:
        await Situation("dashboard", page="dashboard", ref="CI-0001").reach(hands)
        await hands.press("ctrl+p")
        await hands.type("seven steps")
        await hands.press("enter")
        hands.see("4 How do we get there?")
        hands.see("swarm rule, 4 actions")
        await hands.press("down", "down", "down", "enter")
        assert hands.place[0] == "plan"
