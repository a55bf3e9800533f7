"""The lessons of all improvements, so that each is learned once."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from cimodel_tui.screens.search import NOTHING_FOUND, FindingPage
from cimodel_tui.views.search import lessons
from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.table import Table
from cimodel_tui.workbook import Change


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
            (each.place, (each.ref, each.kind, each.text, each.on, each.title)) for each in lessons(self.book, words)
        )
        self.show_found(found, NOTHING_FOUND if words.strip() else "No lesson yet: step 6 asks for them.")
