"""The lessons of all improvements, so that each is learned once."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from cimodel_tui.model.place import Place
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.widgets.table import Column, Table
from cimodel_tui.workbook import Change, Workbook
from cimodel_tui.workbook.lessons import Lesson, lessons

_COLUMNS = (
    Column("Ref", 7),
    Column("Kind", 14, rank=1),
    Column("Lesson", 30, share=5),
    Column("Day", 10, rank=2),
    Column("Improvement", 16, share=2, rank=3),
)


class LessonsScreen(Page):
    """What to keep, to stop, to do differently, and what was learned on the way; filtered as one types."""

    page_name = "lessons"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "register", tooltip="To the register", id="lessons.back"),
        Binding("slash", "line", "filter", key_display="/", tooltip="Only what holds these words", id="lessons.line"),
    ]

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, place)
        self._lessons: tuple[Lesson, ...] = ()

    def body(self) -> ComposeResult:
        """A line to filter with, and the lessons."""
        yield Input(placeholder="words of a lesson or of an improvement", compact=True, classes="filter control")
        yield Table(_COLUMNS, classes="register")
        yield Static("", classes="nothing", markup=False)

    def on_mount(self) -> None:
        """Show them all."""
        self.show_all()
        self.query_one(Table).focus()

    def show_all(self, change: Change | None = None) -> None:
        """Show the lessons that are there now."""
        super().show_all(change)
        words = self.query_one(Input).value
        self._lessons = lessons(self.book, words)
        rows = (
            (str(index), (each.ref, each.kind, each.text, each.on, each.title))
            for index, each in enumerate(self._lessons)
        )
        self.query_one(Table).fill(rows)
        empty = "Nothing holds these words." if words.strip() else "No lesson yet: step 6 asks for them."
        self.query_one(".nothing", Static).update("" if self._lessons else empty)

    def show_heading(self) -> None:
        """Show where one is."""
        self.query_one(Heading).show(self.book.title, "lessons")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.show_all()

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Table).focus()

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        place = self._lessons[int(event.row_id)].place
        self.post_message(Go(place.step, place))

    def action_line(self) -> None:
        """Go into the line."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))
