"""Everything that leans on what Textual keeps to itself, each with the reason; nothing elsewhere does.

A private name of Textual may change with any release. Whoever raises its version reads this package: here are the app,
what is idle, the palette and the names of keys, in `terminal` the driver.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import ParamSpec

from textual._queue import Queue
from textual.app import App
from textual.binding import BindingsMap
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen, ScreenResultType
from textual.widget import MountError, Widget
from textual.worker import Worker, get_current_worker

Call = ParamSpec("Call")

ESCAPE_MS = 25
"""Milliseconds after which an ESC byte that nothing follows is the Esc key."""


class TerminalClosed(Message):
    """Nobody is at the terminal any longer: it was closed, or the line to it broke."""


class TerminalApp(App[None]):
    """An app with that driver, and with filters of its own for what is painted."""

    def __init__(self, *, filters: Sequence[LineFilter] = (), escape_ms: float = ESCAPE_MS) -> None:
        super().__init__()
        self._filters.extend(filters)  # the list is Textual's, to which it adds those of NO_COLOR
        self.escape_ms = escape_ms
        """Milliseconds after which an ESC byte that nothing follows is the Esc key."""

    def use_colours_of_theme(self) -> None:
        """Send the sixteen colours of an ANSI theme as they are; Textual does it only where the theme is changed."""
        self._refresh_truecolor_filter(self.ansi_theme)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver; a served app has one that knows no terminal."""
        stock = super().get_driver_class()
        if stock.__name__ != "LinuxDriver":
            return stock
        from cimodel_tui.textual_compat.terminal import TerminalDriver  # noqa: PLC0415 - not there on Windows

        return TerminalDriver

    def _handle_exception(self, error: Exception) -> None:
        """Say nothing of a page that was still being made as the app ended: it is taken down with parts missing."""
        if self.return_code is None or not isinstance(error, NoMatches | MountError):
            super()._handle_exception(error)


def hurry_on_signals(app: App[None]) -> None:
    """Have the driver learn of each signal that ends a program, where it has a terminal that can hold it up."""
    watch: Callable[[], None] | None = getattr(app._driver, "hurry_on_signals", None)
    if watch:
        watch()


_TITLE_LENGTH = 80

_TITLED = ("LinuxDriver", "TerminalDriver")
"""The drivers whose terminal has a title of its own."""


def set_terminal_title(app: App[None], title: str) -> None:
    """Name the terminal by OSC 2, as text: what the terminal would obey is left out."""
    driver = app._driver
    if driver is not None and type(driver).__name__ in _TITLED and not app.is_headless:
        plain = "".join(each for each in title if each.isprintable())[:_TITLE_LENGTH]
        driver.write(f"\x1b]2;{plain}\x1b\\")


BACKGROUND = frozenset({"keys", "end", "anew"})
"""Workers for which no key waits: the one that hands the keys out, and those that wait for it."""


def has_ended(app: App[None]) -> bool:
    """Tell whether the app has been told to end: no key leads to anything any more."""
    return app._exit


def is_leaving(widget: Widget) -> bool:
    """Tell whether a page or a part of it is being taken away: a page is attached until its last part is gone."""
    return widget._pruning or not widget.is_attached


def is_whole(page: Widget) -> bool:
    """Tell whether every part of a page is there: it has been mounted, and is not being taken away."""
    return page.is_mounted and not is_leaving(page)


def call_from_worker(page: Widget, callback: Callable[Call, object], *args: Call.args, **options: Call.kwargs) -> None:
    """Call from a worker's thread in the thread of the app, and wait for it.

    Nothing is called for a page that is being taken away: it is still attached then, but its parts are gone. Nor is
    there anything to report to once the app has ended. What a worker found is out of date once it is cancelled, be it
    between its finding and the call.
    """
    worker = get_current_worker()

    def call() -> None:
        if not (worker.is_cancelled or is_leaving(page)):
            callback(*args, **options)

    with suppress(RuntimeError):  # the app's loop has ended
        page.app.call_from_thread(call)


def busy(app: App[None]) -> object:
    """Return something that has not ended yet in the app, None while nothing happens before the next key or timer.

    Looked at are the messages and handlers of the app and of what is shown, workers on the event loop (what runs in a
    thread may take its time, and no key waits for it), and what is to be drawn. Textual tells none of it.
    """
    if has_ended(app):
        return None
    if not app._screen_stack:
        return app
    return (
        next((node for node in _shown(app) if not _at_rest(node)), None)
        or next((each for each in app.workers if _holds_keys(each)), None)
        or (app.screen if _to_be_drawn(app, app.screen) else None)
    )


def _shown(app: App[None]) -> Iterator[MessagePump]:
    yield app
    waiting: list[Iterable[Widget]] = [app._screen_stack]
    while waiting:
        for node in waiting.pop():
            yield node
            if node.children:
                waiting.append(node.children)


def _at_rest(node: MessagePump) -> bool:
    """Tell whether a node waits for its next message: whoever handles one is not waiting in its queue."""
    if node._closing or node._closed:
        return True
    queue: Queue[Message | None] = node._message_queue
    waits = bool(vars(queue.ready_event)["_waiters"])  # asyncio tells nowhere else who waits
    return waits and queue.empty() and not node._next_callbacks and node._pending_message is None


def _holds_keys(worker: Worker[object]) -> bool:
    return not worker.is_finished and not worker._thread_worker and worker.group not in BACKGROUND


def _to_be_drawn(app: App[None], screen: Screen[object]) -> bool:
    if screen._callbacks:
        return True
    wanted = screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets
    return bool(wanted) and not app._batch_count


def measure_again(widget: Widget) -> None:
    """Have a widget measured and laid out again, whatever has been measured of it.

    Textual counts the changes of a widget from one idle moment to the next as one. Where the page is laid out between
    two of them, as it is at a new size, the room that the first one took would be kept for the second.
    """
    widget.refresh(layout=True)
    widget._layout_updates += 1


class LaidOutOnce(Screen[ScreenResultType]):
    """A page or a window that is not laid out again for a size that it has already.

    Textual sends a screen the size that it was just laid out for, upon which it lays itself and every page under it out
    once more: three times the work where a window is opened over a page.
    """

    def _screen_resized(self, size: Size) -> None:
        """Lay the page out for another size."""
        if size != self._compositor.size:
            super()._screen_resized(size)


def bindings_of(node: DOMNode) -> BindingsMap:
    """Return the keys of a node by which its actions are called, as the user has set them."""
    known = node._bindings.copy()
    known.apply_keymap(node.app._keymap)
    return known


def key_name(character: str) -> str:
    """Return the name that Textual gives to the key of a character: `?` is `question_mark`."""
    return _character_to_key(character)


class NamedPalette(CommandPalette):
    """Textual's palette, with names for what it has no public ones for."""

    def move(self, what: str) -> None:
        """Mark another entry."""
        if what == "cursor_down":
            self._action_cursor_down()
        else:
            self._action_command_list(what)
