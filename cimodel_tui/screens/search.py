"""Search over everything that was typed, with a jump to the field."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.screens.entry import EntryScreen
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.widgets.table import Column, Table
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.search import Found, search

_COLUMNS = (Column("Ref", 7), Column("Where", 18, share=1), Column("Text", 30, share=3))


class SearchScreen(Page):
    """One line to search with, and the finds below it."""

    page_name = "search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", tooltip="To the register", id="search.back"),
        Binding("slash", "line", "search", key_display="/", tooltip="Other words", id="search.line"),
    ]

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, place)
        self._found: tuple[Found, ...] = ()

    def body(self) -> ComposeResult:
        """The line and the finds."""
        yield Input(placeholder="words that stand anywhere in the workbook", compact=True, classes="filter control")
        yield Table(_COLUMNS, classes="register")
        yield Static("", classes="nothing", markup=False)

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(Input).focus()

    def look_for(self, words: str) -> None:
        """Search for the words that were typed in the palette."""
        self.call_after_refresh(self._put, words)

    def _put(self, words: str) -> None:
        self.query_one(Input).value = words

    def show_heading(self) -> None:
        """Show where one is."""
        self.query_one(Heading).show(self.book.title, "search")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._found = search(self.book, event.value)
        rows = ((str(index), (each.ref, each.place.words, each.text)) for index, each in enumerate(self._found))
        self.query_one(Table).fill(rows)
        nothing = "Nothing holds these words." if event.value.strip() and not self._found else ""
        self.query_one(".nothing", Static).update(nothing)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Table).focus()

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        place = self._found[int(event.row_id)].place
        if place.step == REGISTER:
            self.app.push_screen(EntryScreen(self.book, place))
        else:
            self.post_message(Go(place.step, place))

    def action_line(self) -> None:
        """Go back into the line."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))
