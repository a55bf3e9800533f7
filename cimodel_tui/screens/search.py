"""Search over everything that was typed, with a jump to the field."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from cimodel_tui.screens.search import NOTHING_FOUND, FindingPage
from cimodel_tui.views.search import search
from cimodel_tui.widgets.columns import Column


class SearchScreen(FindingPage):
    """One line to search with, and the finds below it."""

    page_name = "search"
    placeholder = "words that stand anywhere in the workbook"
    columns = (Column("Ref", 7), Column("Where", 18, share=1), Column("Text", 30, share=3))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", tooltip="To the register", id="search.back"),
        Binding("slash", "line", "search", key_display="/", tooltip="Other words", id="search.line"),
    ]

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(Input).focus()

    def look_for(self, words: str) -> None:
        """Search for the words that were typed in the palette; whoever comes back begins in the line as well."""
        self.call_after_refresh(self._put, words)

    def _put(self, words: str) -> None:
        line = self.query_one(Input)
        line.value = words or line.value
        line.focus()

    def find(self, words: str) -> None:
        """Show what holds these words."""
        found = ((each.place, (each.ref, each.place.words, each.text)) for each in search(self.book, words))
        self.show_found(found, NOTHING_FOUND if words.strip() else "")
