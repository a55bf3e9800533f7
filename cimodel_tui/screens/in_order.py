"""Keys are taken one after the other: the next one goes where the one before has led, however fast they come."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from textual.app import App, ScreenStackError
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.widget import Widget

PATIENCE = 0.5
"""Seconds for which a key waits for the one before, at most: nothing that hangs takes the keyboard along."""

PAGE_PATIENCE = 10 * PATIENCE
"""Seconds for which the keys wait for a page that takes the place of another, at most."""

ROUNDS = 3
"""A key is handled by the focused widget, tells its field what changed, and may open a window: each takes a round."""


class InOrderApp(App[None]):
    """An app in which nothing typed ahead goes astray.

    Textual hands a key to the widget that has the focus when it arrives. Where keys come faster than they are handled
    (over a slow line, on a busy machine) the words typed after a Tab would land in the field before it, and the words
    typed before ctrl+q would not be saved.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: asyncio.Queue[Key | Paste] = asyncio.Queue()
        self._turn_of: Event | None = None
        self._taken = False
        self._feeding = False
        self._free = asyncio.Event()

    def let_keys_go(self) -> None:
        """Hand out the keys from now on; until there is a first page they wait."""
        self._free.set()

    async def on_event(self, event: Event) -> None:
        """Put a key in line; it is handled when it is its turn."""
        if not isinstance(event, Key | Paste) or event.is_forwarded or event is self._turn_of:
            if event is self._turn_of:
                self._taken = self._free.is_set()
                if not self._taken:
                    return  # it was on its way as the page went: it is handed out again
            await super().on_event(event)
            return
        self._waiting.put_nowait(event)
        self._begin()

    def on_ready(self) -> None:
        """Be ready for the first key before it comes."""
        self._begin()

    def _begin(self) -> None:
        if not self._feeding:
            self._feeding = True
            self.run_worker(self._feed(), group="keys")

    async def _feed(self) -> None:
        """Hand out the keys, each once the one before has had its effect; a text is no row of single keys.

        What a key has led to is waited for as soon as it is handed out: by the next one that mostly is over.
        """
        text = False
        settling = asyncio.create_task(self._settled())
        while True:
            event = await self._waiting.get()
            from textual.widgets import Input, TextArea  # noqa: PLC0415 - home has neither

            goes_on = text and _is_text(event) and isinstance(self._focus, Input | TextArea)
            if not goes_on:
                await (self._settled() if text else settling)
            text = _is_text(event)
            await self._hand_out(event)
            if not text:
                settling = asyncio.create_task(self._settled())
            self._waiting.task_done()

    async def _hand_out(self, event: Key | Paste) -> None:
        """Have a key handled; one that is held after all is handed out again."""
        self._taken = False
        for _ in range(ROUNDS):
            if self._taken:
                return
            if not self._free.is_set():
                await self._freed()
            self._turn_of = event
            self.post_message(event)
            await _passed(self)

    @asynccontextmanager
    async def keys_held(self) -> AsyncIterator[None]:
        """Let the keys wait, those before have had their effect: what they are meant for is being made."""
        self._free.clear()
        try:
            await self._settled()
            yield
        finally:
            self.let_keys_go()

    async def _freed(self) -> None:
        """Wait until the keys are no longer held, and what they waited for is settled."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PAGE_PATIENCE):
                await self._free.wait()
        self._free.set()
        await self._settled()

    async def typed(self) -> None:
        """Wait until every key so far has had its effect."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._waiting.join()
        await self._settled()

    async def _settled(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for _ in range(ROUNDS):
                    for node in (*self._way(), self):
                        await _passed(node)
                page = self._way()[-1]
                if page.is_running:
                    await page.wait_for_refresh()

    @property
    def _focus(self) -> Widget | None:
        with suppress(ScreenStackError):
            return self.focused
        return None

    def _way(self) -> Sequence[MessagePump]:
        """Return whom a key passes: the focused widget, and what it stands in, up to the screen."""
        focused = self._focus
        if focused is None:
            return self.screen_stack[-1:]
        return [each for each in focused.ancestors_with_self if isinstance(each, Widget)]


def _is_text(event: Event) -> bool:
    return isinstance(event, Key) and event.is_printable


async def _passed(node: MessagePump) -> None:
    """Wait until a node has worked off what waits for it now."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        await done.wait()
