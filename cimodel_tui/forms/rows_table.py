"""The table of a field, with the keys of its rows."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.message import Message

from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.table import Table


class RowsTable(Table):
    """Rows that are added, edited, removed and moved by keyboard."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "rows('add')", "add", tooltip="Add a row", id="rows.add"),
        Binding("e", "rows('edit')", "edit", show=False, tooltip="Edit the row (Enter does the same)", id="rows.edit"),
        Binding(
            "x,delete", "rows('remove')", "remove", tooltip="Remove the row; undo brings it back", id="rows.remove"
        ),
        Binding("J,shift+down", "rows('down')", "move down", show=False, tooltip="Move the row down", id="rows.down"),
        Binding("K,shift+up", "rows('up')", "move up", show=False, tooltip="Move the row up", id="rows.up"),
        Binding(
            "r",
            "rows('readings')",
            "readings",
            tooltip="The readings of the metric; columns can be pasted on its row",
            id="rows.readings",
        ),
        Binding("u", "app.undo", "undo", show=False, tooltip="Undo", id="rows.undo"),
    ]

    class Asked(Message):
        """Something is to be done with the rows."""

        def __init__(self, what: str, pasted: str = "") -> None:
            self.what = what
            self.pasted = pasted
            super().__init__()

    def __init__(self, columns: Sequence[Column], *, keyed: bool, readings: bool) -> None:
        super().__init__(columns, classes="rows")
        self._keyed, self._readings = keyed, readings
        self.frozen = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what these rows can do."""
        if action == "rows":
            if parameters == ("readings",):
                return self._readings
            if parameters != ("add",) and not self.ids:
                return False
            return parameters == ("edit",) or not (self._keyed or self.frozen)
        return super().check_action(action, parameters)

    def on_paste(self, event: Paste) -> None:
        """Take columns that are pasted on a metric for its readings; the window shows first how they are understood."""
        if self._readings and self.current_id and not self.frozen:
            event.stop()
            self.post_message(self.Asked("readings", event.text))

    def action_rows(self, what: str) -> None:
        """Ask for something to be done."""
        self.post_message(self.Asked(what))
