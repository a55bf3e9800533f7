"""The line in which one types what rows have to hold, with the two ways out of it."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class FilterLine(Input):
    """A line of words above a table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "to what was found", tooltip="To what was found", id="filter.done"),
        Binding("escape", "show_all", "show all again", tooltip="Show all again", id="filter.end"),
    ]

    async def action_show_all(self) -> None:
        """Leave it to the page to end the filter."""
        await self.run_action("screen.back")
