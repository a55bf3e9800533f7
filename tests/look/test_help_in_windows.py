"""Help is one key away from every page and every window, and one key leads back."""

from collections.abc import Iterable

import pytest
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from cimodel_tui.screens.coach import CoachScreen
from cimodel_tui.screens.help import HelpScreen
from tests.look.conftest import SITUATIONS, Sample, Situation

ANYTHING = tuple(each for each in SITUATIONS if each.name not in ("help", "palette", "palette searched"))
"""The palette, a window of Textual, is left by one key, and helped from there by another."""

A_FEW = tuple(each for each in ANYTHING if each.name in ("vision", "entry", "row editor", "coach", "paste"))


async def ask(sample: Sample, situations: Iterable[Situation]) -> None:
    async with sample.at() as hands:
        for situation in situations:
            await situation.reach(hands)
            front, focused = hands.screen, hands.app.focused
            await hands.press("f1")
            assert isinstance(hands.screen, HelpScreen), situation.name
            await hands.press("f1")
            assert (hands.screen, hands.app.focused) == (front, focused), situation.name
            await situation.leave(hands)


async def test_help_is_one_key_away_from_a_page_and_a_window_and_one_key_back(sample: Sample) -> None:
    await ask(sample, A_FEW)


@pytest.mark.long
async def test_help_is_one_key_away_from_anything(sample: Sample) -> None:
    await ask(sample, ANYTHING)


async def test_from_the_palette_help_takes_two_keys(sample: Sample) -> None:
    async with sample.at() as hands:
        await hands.press("ctrl+p", "escape", "f1")
        assert isinstance(hands.screen, HelpScreen)


async def test_help_on_a_small_terminal_has_one_scrollbar_and_keeps_the_marked_line_in_view(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("help", page="target", keys=("f1",)).reach(hands)
        acts, side = hands.screen.query_one(OptionList), hands.screen.query_one(VerticalScroll)
        assert (acts.show_vertical_scrollbar, side.show_vertical_scrollbar) == (False, True)
        await hands.press(*["down"] * 12)
        marked = acts.get_option_at_index(acts.highlighted or 0).prompt
        hands.see(str(marked).strip())


async def test_coach_names_its_keys_once(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("coach", page="baseline", ref="CI-0002", keys=("f6",)).reach(hands)
        assert isinstance(hands.screen, CoachScreen)
        assert hands.read().count("answer") == 1
        assert not hands.screen.query_one(".note", Static).display


async def test_coach_without_a_finding_says_so(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("coach", page="check", keys=("f6",)).reach(hands)
        hands.see("The coach has nothing to say about this step.")
