"""Whatever is typed is text: it shows as typed wherever it appears, it is obeyed nowhere, and it crashes nothing."""

import pytest

from cimodel_tui.model.saving import Conflict
from cimodel_tui.model.step import Place
from cimodel_tui.screens.conflicts import ConflictsScreen
from tests.look.conftest import SITUATIONS, Sample, Situation, place_of
from tests.look.strange import BEGINNING, DRAWN, LONG, TYPED, filled, misread
from tests.screens.conftest import Hands, Room

BY_KEYS = "¶[/] [x] done [@click=app.quit]x[/]"
"""The beginning of it, which every keyboard has."""

SAY_NOTHING_TYPED = {"knowledge", "knowledge answered", "glossary", "help", "paste"}

SAY_IT_LIKE_ANOTHER = {"rail", "check done", "dashboard late", "register filtered", "palette searched"}

SCREENS = (
    *(each for each in SITUATIONS if each.name not in SAY_NOTHING_TYPED | SAY_IT_LIKE_ANOTHER),
    Situation("lessons", page="lessons"),
)


async def test_every_screen_shows_what_was_typed_as_it_was_typed(sample: Sample) -> None:
    path = filled(sample.room)
    async with sample.room.at(path) as hands:
        for situation in SCREENS:
            await situation.reach(hands)
            assert BEGINNING in hands.read(), situation.name
            assert not list(misread(hands.lines())), situation.name
            await situation.leave(hands)


async def test_conflict_shows_both_sides_as_they_were_typed(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sample.at() as hands:
        place = Place(place_of(hands, "CI-0001").improvement, step="register", field="summary")
        found = Conflict(document=place.improvement, index=0, place=place, base=TYPED, ours=TYPED, theirs=LONG)
        monkeypatch.setattr(hands.book.store, "conflicts", lambda: (found,))
        hands.app.push_screen(ConflictsScreen(hands.book))
        await hands.settle()
        assert not list(misread(hands.lines()))
        assert hands.read().count(BEGINNING) == 3


async def test_home_shows_titles_and_paths_as_they_are(room: Room) -> None:
    path = room.folder / "[x] [@click=app.quit]x[_].json"
    room.new(TYPED).rename(path)
    async with room.at(path, (240, 24)) as hands:
        await hands.press("ctrl+o")
        assert not list(misread(hands.lines()))
        hands.see(DRAWN[:20])
        hands.see("[x] [@click")


async def put(hands: Hands, name: str, typed: str = "") -> None:
    """Go to a field, type the beginning, paste the rest, and look."""
    await hands.to(name)
    await hands.type(typed)
    await hands.paste(TYPED.removeprefix(typed))
    assert not list(misread(hands.lines())), name
    hands.see(DRAWN)


async def test_it_can_be_typed_and_pasted_into_every_kind_of_field(room: Room) -> None:
    async with room.at(room.new(), (100, 30)) as hands:
        await hands.press("a")
        await hands.type(BY_KEYS)
        await hands.paste(TYPED.removeprefix(BY_KEYS))
        await hands.press("enter")
        await put(hands, "summary", BY_KEYS)
        await put(hands, "owner", BY_KEYS)
        await put(hands, "review_on")
        await hands.press("tab")
        hands.see("is not a date: write 2026-07-14")
        await hands.press("escape")
        hands.app.go("baseline", place_of(hands, "CI-0001"))
        await hands.settle()
        await hands.to("metrics")
        await hands.press("a")
        await put(hands, "name")
        await put(hands, "definition")
        await hands.press("escape", "r")
        await hands.paste("2 jan 7.1 " + TYPED)
        await hands.press("enter")
        await hands.paste(f"3 jan 7\n{TYPED}")
        hands.see("1 reading understood, 1 row not")
        assert not list(misread(hands.lines()))
        await hands.press("escape", "escape", "ctrl+z")
        hands.see("Undone: 1 reading")
        assert not list(misread(hands.lines()))
        (improvement,) = hands.book.improvements()
        (metric,) = hands.book.latest(improvement.id).baseline.metrics
        assert {improvement.title, improvement.summary, improvement.owner, metric.name, metric.definition} == {TYPED}
