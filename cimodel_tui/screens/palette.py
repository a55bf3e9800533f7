"""The window of the palette: the entry that is marked is the one that Enter runs, however late others are found."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from cimodel_tui.textual_compat import NamedPalette


def _key(keys: str, what: str, words: str, name: str) -> Binding:
    return Binding(keys, f"mark('{what}')", words, show=False, tooltip=words, id=f"palette.{name}", priority=True)


class PaletteScreen(NamedPalette):
    """Find any step, improvement or command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("down", "cursor_down", "The next entry", "down"),
        _key("up", "cursor_up", "The previous entry", "up"),
        _key("pagedown", "page_down", "A page down", "page_down"),
        _key("pageup", "page_up", "A page up", "page_up"),
        _key("end,ctrl+end,shift+end", "last", "The last entry", "last"),
        _key("ctrl+home,shift+home", "first", "The first entry", "first"),
    ]

    def __init__(self) -> None:
        super().__init__(id="--command-palette")

    def action_mark(self, what: str) -> None:
        """Mark another entry; all are found by then, for no key is handed out before a search has ended."""
        self.move(what)
