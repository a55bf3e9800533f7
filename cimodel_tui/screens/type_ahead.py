"""Type-ahead: keys are handled one after the other, each on the page that the one before led to."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count

from textual.app import App, ScreenStackError
from textual.events import Event, Key, Paste
from textual.widget import Widget

from cimodel_tui.textual_compat import busy, has_ended

STUCK = 20.0
"""Seconds after which it is said that keys wait: nothing that a key leads to takes so long."""

_TICKS = 20
"""So many looks at the clock in these seconds."""

_LATE = 1.0
"""Seconds by which a look comes too late where the program itself was held up: by a stop, a suspend, other programs."""

_TURNS = 50
"""Turns of the event loop after which whoever waits leaves more time to what is waited for."""

_LOOK = 0.002
"""Seconds between two later looks."""


class TypeAhead:
    """The line in which keys and pastes wait for their turn.

    Textual hands a key to the widget that has the focus when it arrives. Where keys come faster than they are handled
    (over a slow line, on a busy machine, while the program is stopped) the words typed after a Tab would land in the
    field before it. Here a key is handed out once the app is idle: no handler or worker runs, the page is mounted,
    nothing is to be drawn. Tests wait for the same condition.
    """

    def __init__(self, app: App[None], say: Callable[[str], None]) -> None:
        self._app = app
        self._say = say
        self._line: deque[Key | Paste] = deque()
        self._arrived = asyncio.Event()
        self._free = asyncio.Event()
        self._current: Key | Paste | None = None
        self._handled = asyncio.Event()
        self._in_text = False
        self.stuck = False
        """Whether keys have waited for so long that something must be wrong; then the app takes ctrl+q past them."""

    def start(self) -> None:
        """Hand out the keys from now on; until there is a first page they wait."""
        self._free.set()

    def put(self, event: Key | Paste) -> None:
        """Put a key in line."""
        self._line.append(event)
        self._arrived.set()

    def is_current(self, event: Event) -> bool:
        """Tell whether a key has been handed out, and can be handled."""
        return event is self._current

    def take_back(self) -> bool:
        """Put the key that was handed out back in line where the keys are held by now; tells whether they are."""
        if self._free.is_set() or self._current is None:
            return False
        self._line.appendleft(self._current)
        self._arrived.set()
        self.done()
        return True

    def done(self) -> None:
        """Take note that the app has handled the key, as far as it does so itself."""
        self._current = None
        self._handled.set()

    @property
    def text(self) -> str:
        """The text that waits in line."""
        return "".join(each.text if isinstance(each, Paste) else _character(each) for each in self._line)

    async def run(self) -> None:
        """Hand out the keys as they come, for as long as the app runs."""
        while True:
            await self._arrived.wait()
            if not self._goes_on(self._line[0]):
                await self._ready()
            event = self._line.popleft()
            if not self._line:
                self._arrived.clear()
            self._in_text = _is_text(event)
            self._current = event
            self._handled.clear()
            self._app.post_message(event)
            await self._handled.wait()

    def _goes_on(self, event: Key | Paste) -> bool:
        """Tell whether a letter follows another one into a field: what it is meant for cannot have changed."""
        from textual.widgets import Input, TextArea  # noqa: PLC0415 - home has neither

        return self._in_text and _is_text(event) and self._free.is_set() and isinstance(self._focus, Input | TextArea)

    @property
    def _focus(self) -> Widget | None:
        with suppress(ScreenStackError):
            return self._app.focused
        return None

    async def _ready(self) -> None:
        """Wait until a key can be handed out. What takes too long is said, and the keys go on waiting."""
        alarm = Alarm(self._say_stuck)
        try:
            while not self._free.is_set() or busy(self._app):
                await self._free.wait()
                await _until(lambda: not busy(self._app))
        finally:
            alarm.cancel()
            self.stuck = False

    def _say_stuck(self) -> None:
        self.stuck = True
        typed = f" What you typed waits: {self.text}" if self.text else ""
        self._say(f"The page does not answer. ctrl+q saves and quits.{typed}")

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Let the keys wait, those before have had their effect: what they are meant for is being made."""
        self._free.clear()
        try:
            await _until(lambda: self._current is None and not busy(self._app))
            yield
        finally:
            self._free.set()

    @property
    def busy(self) -> object:
        """What keeps the app from being idle: a key that waits or is handled, or what those before have led to."""
        if has_ended(self._app):
            return None
        if not self._free.is_set():
            return self._free
        return self._current or (self._line[0] if self._line else busy(self._app))

    async def idle(self) -> None:
        """Wait until no key is in line, and all that they led to has ended."""
        await _until(lambda: self.busy is None)


class Alarm:
    """Calls back once the program has run for STUCK seconds; time in which it was held up is nobody's fault here."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._loop = asyncio.get_running_loop()
        self._left = _TICKS
        self._next = self._wait()

    def _wait(self) -> asyncio.TimerHandle:
        seconds = STUCK / _TICKS
        return self._loop.call_later(seconds, self._tick, self._loop.time() + seconds)

    def _tick(self, due: float) -> None:
        self._left -= self._loop.time() - due < _LATE
        if self._left > 0:
            self._next = self._wait()
        else:
            self._call()

    def cancel(self) -> None:
        """Call back no longer."""
        self._next.cancel()


async def _until(there: Callable[[], bool]) -> None:
    """Wait for a condition of the event loop's own making, which nobody announces."""
    for turn in count():
        if there():
            return
        await asyncio.sleep(0 if turn < _TURNS else _LOOK)


def _is_text(event: Event) -> bool:
    return isinstance(event, Key) and event.is_printable


def _character(event: Key) -> str:
    return event.character or "" if event.is_printable else ""
