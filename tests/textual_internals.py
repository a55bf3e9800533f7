"""What the tests need of Textual that it keeps to itself; no other test leans on it."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from textual._context import visible_screen_stack
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from cimodel_tui.app import CimodelApp
from cimodel_tui.textual_compat import has_ended
from tests.waiting import DEADLINE, until

OURS = ("cimodel_tui.", "tests.")
"""Where the classes come from whose pauses are ended."""


async def settle(app: CimodelApp) -> None:
    """Wait until the app is idle; a picture is painted at once instead of at its time."""
    end = time.monotonic() + DEADLINE
    while not app.is_idle or behind(app) or (has_ended(app) and app.is_running):
        if time.monotonic() > end:
            raise AssertionError(f"the app is never idle: {app.busy}")
        paint(app)
        await asyncio.sleep(0)


def end_pauses(app: App[None]) -> bool:
    """Let every pause that something waits for be over now; tells whether there was one.

    The clock of pauses is moved by hand. What a notification or a tooltip waits for is no pause of ours.
    """
    ended = False
    for node in (app, *(each for screen in app.screen_stack for each in screen.walk_children(with_self=True))):
        for timer in tuple(node._timers) if type(node).__module__.startswith(OURS) else ():
            if timer._repeat == 0 and timer._callback:
                timer.stop()
                node._timers.discard(timer)
                timer._callback()
                ended = True
    return ended


async def rest(app: CimodelApp) -> None:
    """Wait until nothing is left to happen: pauses are over, and so is what follows them, in threads as well."""
    while True:
        await settle(app)
        await until(lambda: all(each.is_finished for each in app.workers if each.group != "keys"), "a worker goes on")
        await settle(app)
        if not end_pauses(app):
            return


def paint(app: App[None]) -> None:
    """Paint what waits for the next picture, and lay out what stands under a window."""
    if has_ended(app) or not app.screen_stack:
        return
    for screen in (*filter(_waits, app._background_screens), app.screen):
        if screen.is_running:
            screen._on_timer_update()  # its timer calls it 60 times a second


def lay_out(app: App[None], size: Size) -> None:
    """Lay the page in front out for another size at once, as happens where the terminal has another one."""
    app.screen._refresh_layout(size)


def _waits(screen: Screen[object]) -> bool:
    """Tell whether a page is still to be laid out; no key waits for one under a window, but its picture does."""
    return screen.is_running and bool(screen._layout_required or screen._callbacks)


def behind(app: App[None]) -> bool:
    """Tell whether a page under a window is still to be laid out."""
    return not has_ended(app) and bool(app.screen_stack) and any(map(_waits, app._background_screens))


_parsed: dict[object, list[RuleSet]] = {}


@contextmanager
def styles_parsed_once() -> Iterator[None]:
    """Have all apps share the rules of a style sheet that one of them has parsed: they begin with the same ones.

    A rule set is told apart by its identity, which Python finds quicker than the method that Textual has for it.
    """
    parse = Stylesheet._parse_rules

    def parse_once(
        sheet: Stylesheet, css: str, read_from: CSSLocation, is_default_rules: bool, tie_breaker: int, scope: str
    ) -> list[RuleSet]:
        source = css, read_from, is_default_rules, tie_breaker, scope
        key = source, frozenset(sheet._variables.items())
        if key not in _parsed:
            _parsed[key] = parse(sheet, *source)
        return _parsed[key]

    with patch.object(Stylesheet, "_parse_rules", parse_once), patch.object(RuleSet, "__hash__", object.__hash__):
        yield


def strips_of(app: App[None], *, dimmed: bool = True) -> Sequence[Strip]:
    """Return what is drawn, the windows below the one in front dimmed as they are in the running app."""
    visible_screen_stack.set(app._background_screens if dimmed else [])  # as the app itself draws
    return strips(app.screen)


def strips(screen: Screen[object]) -> Sequence[Strip]:
    """Return what is drawn of a screen."""
    return screen._compositor.render_strips()  # what would be drawn


@contextmanager
def unpainted() -> Iterator[None]:
    """Lay pages out, but render no picture that nobody looks at: what `strips` returns is rendered then."""

    def forget(screen: Screen[object]) -> None:
        changed = bool(screen._compositor._dirty_regions)
        screen._dirty_widgets.clear()
        screen._compositor._dirty_regions.clear()
        if changed and screen in screen.app._background_screens:
            screen.app.screen.refresh()  # a window keeps a picture of what is behind it

    with patch.object(Screen, "_compositor_refresh", forget):
        yield
