"""A table whose rows have ids, with the keys of the terminal, and cells that are text and nothing else."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

LONGEST_CELL = 48
"""More characters than this are cut in a cell; the editor shows them all."""


class Table(DataTable[Text]):
    """A table with a cursor row; rows keep their place by id when it is filled anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "down", show=False, tooltip="The row below", id="table.down"),
        Binding("k", "cursor_up", "up", show=False, tooltip="The row above", id="table.up"),
        Binding("h", "scroll_left", "left", show=False, tooltip="Scroll left", id="table.left"),
        Binding("l", "scroll_right", "right", show=False, tooltip="Scroll right", id="table.right"),
        Binding("g", "scroll_top", "first", show=False, tooltip="The first row", id="table.first"),
        Binding("G", "scroll_bottom", "last", show=False, tooltip="The last row", id="table.last"),
    ]

    def __init__(self, columns: Sequence[str], *, classes: str = "") -> None:
        super().__init__(cursor_type="row", zebra_stripes=False, classes=classes)
        self._headings = tuple(columns)

    def on_mount(self) -> None:
        """Set the headings."""
        self._head()

    def _head(self) -> None:
        if not self.columns:
            for heading in self._headings:
                self.add_column(Text(heading), key=heading)

    def fill(self, rows: Iterable[tuple[str, Sequence[str | Text]]]) -> None:
        """Show these rows (id, cells), with the cursor on the row on which it was, or at the place where that was."""
        self._head()
        kept, line = self.current_id, self.cursor_row
        self.clear()
        for row_id, cells in rows:
            self.add_row(*(_cell(each) for each in cells), key=row_id)
        if self.row_count:
            self.go_to(kept) if kept in self.ids else self.move_cursor(row=min(line, self.row_count - 1))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows, from the top."""
        return tuple(str(row.key.value) for row in self.ordered_rows)

    @property
    def current_id(self) -> str:
        """The id of the row under the cursor, empty where there is none."""
        ids = self.ids
        return ids[self.cursor_row] if 0 <= self.cursor_row < len(ids) else ""

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a row."""
        if row_id in self.ids:
            self.move_cursor(row=self.ids.index(row_id))


def _cell(value: str | Text) -> Text:
    if isinstance(value, Text):
        return value
    line = " ".join(value.split())
    return Text(line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - 1] + "…", no_wrap=True)
