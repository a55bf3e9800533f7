"""What the tests need of Textual that it keeps to itself; no other test leans on it."""

import asyncio
import time
from collections.abc import Sequence

from textual._context import visible_screen_stack
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from cimodel_tui.app import CimodelApp
from cimodel_tui.textual_compat import has_ended
from tests.waiting import DEADLINE


async def settle(app: CimodelApp) -> None:
    """Wait until the app is idle; a picture is painted at once instead of at its time."""
    end = time.monotonic() + DEADLINE
    while not app.is_idle or (has_ended(app) and app.is_running):
        if time.monotonic() > end:
            raise AssertionError(f"the app is never idle: {app.busy}")
        paint(app)
        await asyncio.sleep(0)


def paint(app: App[None]) -> None:
    """Paint what waits for the next picture."""
    if not has_ended(app) and app.screen_stack and app.screen.is_running:
        app.screen._on_timer_update()  # its timer calls it 60 times a second


def strips_of(app: App[None], *, dimmed: bool = True) -> Sequence[Strip]:
    """Return what is drawn, the windows below the one in front dimmed as they are in the running app."""
    visible_screen_stack.set(app._background_screens if dimmed else [])  # as the app itself draws
    return strips(app.screen)


def strips(screen: Screen[object]) -> Sequence[Strip]:
    """Return what is drawn of a screen."""
    return screen._compositor.render_strips()  # what would be drawn
