"""Search over everything that was typed, with a jump to the field, and the lessons of all improvements."""

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.record import dataclass
from cimodel_tui.screens.entry import EntryScreen
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.views.search import SearchHit, lessons, search
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.columns import Cell, Column
from cimodel_tui.widgets.containers import Pane
from cimodel_tui.widgets.keys import NO_ACT, Act
from cimodel_tui.widgets.table import Table
from cimodel_tui.widgets.text import Lines
from cimodel_tui.workbook import Change, Workbook

_WHAT_IS_SEARCHED = "Type words: titles, answers, actions, lessons and notes are searched."

NOTHING_FOUND = "No match."

_NOTHING_TYPED = "No match. Everything that was typed in this workbook was searched; fewer words find more."


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found."""

    place: Place
    """Where it stands."""
    cells: Sequence[Cell]
    """Its row."""
    owner: str
    """Of what it is: improvement and iteration."""
    whole: str
    """All of it, where the row has no room for that."""


class FindingPage(Page):
    """Filtered as one types; what is under the cursor is shown whole below the table."""

    columns: ClassVar[tuple[Column, ...]]
    """The columns of what is found."""
    placeholder: ClassVar[str]
    """What can be typed."""

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, place)
        self._found: tuple[Found, ...] = ()

    def body(self) -> ComposeResult:
        """The line, what was found, and below it the whole of what is under the cursor."""
        yield Input(placeholder=self.placeholder, compact=True, classes="filter control")
        yield Pane(self.page_name.capitalize(), Table(self.columns, classes="register"))
        yield Lines(classes="here")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the filter line only while it does not have the focus."""
        if action == "line":
            return not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def find(self, words: str) -> None:
        """Show what holds these words."""
        raise NotImplementedError

    def show_found(self, found: Iterable[Found], nothing: str) -> None:
        """Show what was found, or the words for an empty result."""
        self._found = tuple(found)
        table = self.query_one(Table)
        table.instead = nothing
        table.fill((str(index), each.cells) for index, each in enumerate(self._found))
        self.show_heading()
        self._show_here()
        self.refresh_bindings()

    def show_heading(self) -> None:
        """Show the name of the page, and how much was found."""
        number = f"{len(self._found)} found" if self._found else ""
        self.query_one(Heading).show(self.book.title, self.page_name, end=number)

    @on(Table.Moved)
    def _show_here(self) -> None:
        """Show what is under the cursor as a whole, and of which improvement and iteration it is."""
        chosen = self.query_one(Table).current_id
        here = self._found[int(chosen)] if chosen else None
        self.query_one(".here", Lines).show([ToneLine(here.owner, Tone.ACCENT), ToneLine(here.whole)] if here else [])

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.find(event.value)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Table).focus()

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        self._open(event.row_id)

    def _open(self, row: str) -> None:
        place = self._found[int(row)].place
        if place.step == REGISTER:
            self.app.push_screen(EntryScreen(self.book, place))
        else:
            self.post_message(Go(place.step, place))

    @property
    def main_act(self) -> Act:
        """Go to the marked find."""
        return Act("open", "open") if self.query_one(Table).current_id else NO_ACT

    def action_open(self) -> None:
        """Go to the field that the marked row was found in."""
        self._open(self.query_one(Table).current_id)

    def action_line(self) -> None:
        """Go into the line."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))


class SearchScreen(FindingPage):
    """One line to search with, and the finds below it."""

    page_name = "search"
    placeholder = "search the whole workbook"
    columns = (
        Column("Ref", 7),
        Column("Improvement", 24, share=2, rank=1),
        Column("Where", 24, share=2),
        Column("Text", 30, share=3),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", tooltip="To the register", id="search.back"),
        Binding("slash", "line", "search", key_display="/", tooltip="Other words", id="search.line"),
    ]

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(Input).focus()
        self.find("")

    def look_for(self, words: str) -> None:
        """Search for the words that were typed in the palette; a later visit begins in the line as well."""
        self.call_after_refresh(self._put, words)

    def _put(self, words: str) -> None:
        line = self.query_one(Input)
        line.value = words or line.value
        line.focus()

    def find(self, words: str) -> None:
        """Show what holds these words."""
        wanted = words.split()
        found = (self._row(each, wanted) for each in search(self.book, words))
        self.show_found(found, _NOTHING_TYPED if wanted else _WHAT_IS_SEARCHED)

    def _row(self, hit: SearchHit, wanted: Sequence[str]) -> Found:
        """Return the row of a hit, with the words that were looked for standing out."""
        text = self.query_one(Table).toned(*marked(hit.text, wanted))
        cells = (hit.ref, hit.title, hit.place.words, text)
        return Found(hit.place, cells, _owner(hit.ref, hit.title, hit.iteration), hit.answer)


def _owner(ref: str, title: str, iteration: int) -> str:
    return f"{ref} {title} · iteration {iteration}" if iteration else f"{ref} {title}"


def marked(text: str, words: Sequence[str]) -> list[ToneLine]:
    """Return a text in pieces, those that hold one of the words standing out; upper and lower case are the same."""
    if not words:
        return [ToneLine(text)]
    pieces = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    tones = (Tone.PLAIN, Tone.ACCENT)
    return [ToneLine(each, tones[at % 2], strong=bool(at % 2)) for at, each in enumerate(pieces) if each]


class LessonsScreen(FindingPage):
    """What to keep, to stop, to do differently, and what was learned on the way."""

    page_name = "lessons"
    placeholder = "filter by words of a lesson or an improvement"
    columns = (
        Column("Ref", 7),
        Column("Kind", 14, rank=1),
        Column("Lesson", 30, share=5),
        Column("Day", 10, rank=2),
        Column("Improvement", 16, share=2, rank=3),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "register", tooltip="To the register", id="lessons.back"),
        Binding("slash", "line", "filter", key_display="/", tooltip="Show only matching rows", id="lessons.line"),
    ]

    def on_mount(self) -> None:
        """Begin in the table."""
        self.query_one(Table).focus()

    def show_all(self, change: Change | None = None) -> None:
        """Show the lessons that are there now."""
        super().show_all(change)
        self.find(self.query_one(Input).value)

    def find(self, words: str) -> None:
        """Show the lessons that hold these words."""
        found = (
            Found(
                each.place,
                (each.ref, each.kind, each.text, each.on, each.title),
                _owner(each.ref, each.title, each.iteration),
                each.text,
            )
            for each in lessons(self.book, words)
        )
        self.show_found(found, NOTHING_FOUND if words.strip() else "No lesson yet: step 6 asks for them.")
