"""The line in which one types what rows have to hold, with the two ways out of it."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class FilterLine(Input):
    """A line of words above a table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "to what was found", tooltip="To what was found", id="filter.done"),
        Binding("escape", "screen.back", "show all again", tooltip="Show all again", id="filter.end"),
    ]
