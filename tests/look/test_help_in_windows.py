"""Help is one key away from every page and every window, and one key leads back."""

from cimodel_tui.screens.help import HelpScreen
from tests.look.conftest import SITUATIONS, Sample

IN_A_WINDOW_OF_TEXTUAL = ("palette", "palette searched")
"""The palette is left by one key, and helped from there by another."""


async def test_help_is_one_key_away_from_anything_and_one_key_back(sample: Sample) -> None:
    async with sample.at() as hands:
        for situation in SITUATIONS:
            if situation.name in ("help", *IN_A_WINDOW_OF_TEXTUAL):
                continue
            await situation.reach(hands)
            front, focused = hands.screen, hands.app.focused
            await hands.press("f1")
            assert isinstance(hands.screen, HelpScreen), situation.name
            await hands.press("f1")
            assert (hands.screen, hands.app.focused) == (front, focused), situation.name
            await situation.leave(hands)


async def test_from_the_palette_help_takes_two_keys(sample: Sample) -> None:
    async with sample.at() as hands:
        await hands.press("ctrl+p", "escape", "f1")
        assert isinstance(hands.screen, HelpScreen)
