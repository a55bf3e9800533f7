"""The window of the palette: the entry that is marked is the one that Enter runs, however late others are found."""

import asyncio
from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.command import CommandList
from textual.widgets import Input
from textual.worker import Worker, WorkerError

from cimodel_tui.textual_compat import NamedPalette

PATIENCE = 0.5
"""Seconds for which a key waits for what is still being found, at most."""

_LAST = "last"


def _key(keys: str, what: str, words: str, name: str) -> Binding:
    return Binding(keys, f"mark('{what}')", words, show=False, tooltip=words, id=f"palette.{name}", priority=True)


class PaletteScreen(NamedPalette):
    """Find any step, improvement or command.

    The list of the base class is made anew as entries come in, with the first one marked each time.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("down", "cursor_down", "The next entry", "down"),
        _key("up", "cursor_up", "The entry before", "up"),
        _key("pagedown", "page_down", "A page down", "page_down"),
        _key("pageup", "page_up", "A page up", "page_up"),
        _key("end,ctrl+end,shift+end", _LAST, "The last entry", _LAST),
        _key("ctrl+home,shift+home", "first", "The first entry", "first"),
    ]

    def __init__(self) -> None:
        super().__init__(id="--command-palette")
        self._marked: str = ""

    async def action_mark(self, what: str) -> None:
        """Mark another entry, of those that are there once all are found."""
        await self._all_found()
        self.move(what)
        entries = self.query_one(CommandList)
        at = entries.highlighted
        chosen = "" if at is None else entries.get_option_at_index(at).id or ""
        self._marked = _LAST if what == _LAST else chosen

    async def _all_found(self) -> None:
        """Wait for the search; what it finds after that moves no mark."""
        searches = [asyncio.create_task(_ended(each)) for each in self.searches()]
        if searches:
            await asyncio.wait(searches, timeout=PATIENCE)

    @on(Input.Changed)
    def _asked_anew(self) -> None:
        self._marked = ""

    @on(Input.Submitted)
    async def _take_when_found(self) -> None:
        """Run what is found for all that was typed; the base class, whose handler is called after this one, does so."""
        await self._all_found()

    def listed(self, command_list: CommandList) -> None:
        """Mark again what was marked, wherever it stands in the list made anew."""
        if self._marked == _LAST:
            command_list.action_last()
        elif any(each.id == self._marked for each in command_list.options):
            command_list.highlighted = command_list.get_option_index(self._marked)


async def _ended(search: Worker[object]) -> None:
    """Wait for a search, which goes on where the wait is given up."""
    with suppress(WorkerError):
        await search.wait()
