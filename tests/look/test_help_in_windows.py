"""Help is one key away from every page and every window, and one key leads back."""

from collections.abc import Iterable

import pytest

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
