"""The theme chosen is kept; without any colour every sign still says what it says."""

import pytest
from textual.widgets import Checkbox

from cimodel_tui.widgets.themes import DARK, LIGHT
from tests.look.conftest import Sample, Situation
from tests.screens.conftest import Hands, Room
from tests.textual_internals import strips

SIGNS = (
    (Situation("register"), ("1 late", "idea, stale")),
    (
        Situation("action", page="action", ref="CI-0002"),
        ("✓ 1", "● 5 Take action", "○ 7", "6 Did we get there?◆", "blocked", "! Introduce"),
    ),
    (Situation("dashboard", page="dashboard"), ("worse", "◆ better", "▲ action finished", "━ target")),
)
"""What colour says as well, in shapes and words."""


async def test_theme_that_was_chosen_is_there_after_a_restart(room: Room) -> None:
    path = room.new()
    async with room.at(path) as hands:
        assert hands.app.theme == DARK.name
        hands.app.theme = LIGHT.name
        await hands.settle()
    async with room.at(path) as hands:
        assert hands.app.theme == LIGHT.name


@pytest.mark.parametrize(("situation", "signs"), SIGNS, ids=[each.name for each, _ in SIGNS])
@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name, "ansi-dark"])
async def test_every_sign_has_a_shape_or_a_word(
    sample: Sample, situation: Situation, signs: tuple[str, ...], theme: str
) -> None:
    async with sample.at((120, 40)) as hands:
        hands.app.theme = theme
        await situation.reach(hands)
        for sign in signs:
            hands.see(sign)


async def test_tick_is_a_sign_of_its_own(sample: Sample) -> None:
    async with sample.at((100, 40)) as hands:
        await Situation("paste", page="dashboard", keys=("r", "f6"), text="2026-11-16 99").reach(hands)
        hands.see("▐ ▌ Replace values that are there")
        await hands.tab_until(lambda widget: isinstance(widget, Checkbox), "the tick")
        await hands.press("space")
        hands.see("▐✓▌ Replace values that are there")
        await hands.press("escape", "escape")
        await Situation("vision", page="vision", ref="CI-0005").reach(hands)
        await hands.open_more()
        await hands.to("value_types")
        hands.see("▐ ▌ time")
        await hands.press("space")
        hands.see("▐✓▌ time")


async def test_no_color_draws_the_same_words_in_shades_of_grey(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    situation = Situation("dashboard", page="dashboard")
    async with sample.at((120, 40)) as hands:
        await situation.reach(hands)
        coloured = hands.lines()
        assert not _grey(hands)
    monkeypatch.setenv("NO_COLOR", "1")
    async with sample.at((120, 40)) as hands:
        await situation.reach(hands)
        assert hands.lines() == coloured
        assert _grey(hands)


def _grey(hands: Hands) -> bool:
    """Tell whether nothing on the screen has a colour, as it goes to the terminal."""
    colors = {
        color.triplet
        for strip in strips(hands.screen)
        for segment in strip
        if segment.style
        for color in (segment.style.color, segment.style.bgcolor)
        if color and color.triplet
    }
    return all(max(each) - min(each) <= 1 for each in colors)
