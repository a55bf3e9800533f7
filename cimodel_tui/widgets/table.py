"""A table of any length: only the rows in view are made, its columns share the width, and its cells are text only."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cimodel_tui.record import dataclass

_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    heading: str
    """What stands above it."""
    least: int
    """The fewest cells in which it is worth showing."""
    share: int = 0
    """Its share of the width that is left over; 0 for none."""
    rank: int = 0
    """The higher, the earlier it is left out where the terminal is narrow."""


def widths(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """Return the width of each column in cells, 0 for one that has to be left out."""
    shown = list(columns)
    while len(shown) > 1 and sum(each.least + _GAP for each in shown) > width:
        shown.remove(max(shown, key=lambda each: each.rank))
    left = max(width - sum(each.least + _GAP for each in shown), 0)
    shares = sum(each.share for each in shown) or 1
    return tuple(each.least + left * each.share // shares if each in shown else 0 for each in columns)


class Table(ScrollView, can_focus=True):
    """Rows by id, with a cursor; the cells of a row are asked for when it comes into view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--head", "table--row", "table--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(1)", "down", show=False, tooltip="The row below", id="table.down"),
        Binding("up,k", "go(-1)", "up", show=False, tooltip="The row above", id="table.up"),
        Binding("pagedown,ctrl+d", "page(1)", "page down", show=False, tooltip="A page down", id="table.page_down"),
        Binding("pageup,ctrl+u", "page(-1)", "page up", show=False, tooltip="A page up", id="table.page_up"),
        Binding("home,g", "end(False)", "first", show=False, tooltip="The first row", id="table.first"),
        Binding("end,G", "end(True)", "last", show=False, tooltip="The last row", id="table.last"),
        Binding("enter", "select", "open", tooltip="Open this row", id="table.open"),
    ]

    class Selected(Message):
        """A row was chosen."""

        def __init__(self, row_id: str) -> None:
            self.row_id = row_id
            super().__init__()

    class Moved(Message):
        """The cursor is on another row."""

    class HeadingSelected(Message):
        """A heading was clicked."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, columns: Sequence[Column], *, classes: str = "", opens: bool = True) -> None:
        super().__init__(classes=classes)
        self._opens = opens
        self._columns = tuple(columns)
        self._cells: Callable[[str], Sequence[str | Text]] = lambda _row: ()
        self._made: dict[str, Sequence[str | Text]] = {}
        self.ids: tuple[str, ...] = ()
        self.instead = ""
        """Stands in place of the headings while there are no rows."""
        self._cursor = 0

    def fill(self, rows: Iterable[tuple[str, Sequence[str | Text]]]) -> None:
        """Show these rows, each an id and its cells."""
        made = dict(rows)
        self.show_rows(tuple(made), made.__getitem__)

    def show_rows(self, ids: Sequence[str], cells: Callable[[str], Sequence[str | Text]]) -> None:
        """Show the rows with these ids; the cursor stays on the row on which it was, or at the place where that was."""
        shorter = len(ids) != len(self.ids)
        kept = self.current_id
        self.ids, self._cells, self._made = tuple(ids), cells, {}
        self._cursor = self.ids.index(kept) if kept in self.ids else max(0, min(self._cursor, len(self.ids) - 1))
        self.virtual_size = Size(0, len(self.ids) + 1)
        self._show_cursor()
        self.refresh(layout=shorter)

    @property
    def current_id(self) -> str:
        """The id of the row under the cursor, empty where there is none."""
        return self.ids[self._cursor] if 0 <= self._cursor < len(self.ids) else ""

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.ids)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height that shows all rows; styles may allow less."""
        del container, viewport, width
        return len(self.ids) + 1

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a row."""
        if row_id in self.ids:
            self._move(self.ids.index(row_id))

    def _move(self, index: int) -> None:
        self._cursor = max(0, min(index, len(self.ids) - 1))
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved())

    def _show_cursor(self) -> None:
        rows = max(self.size.height - 1, 1)
        top = round(self.scroll_y)
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False)
        elif self._cursor >= top + rows:
            self.scroll_to(y=self._cursor - rows + 1, animate=False)

    def on_resize(self) -> None:
        """Keep the cursor in view, whatever room there is; how much that is, is not known before it is first shown."""
        self._show_cursor()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open a row only where that leads somewhere."""
        return self._opens if action == "select" else super().check_action(action, parameters)

    def action_go(self, distance: int) -> None:
        """Go up or down."""
        self._move(self._cursor + distance)

    def action_page(self, direction: int) -> None:
        """Go a page up or down."""
        self._move(self._cursor + direction * max(self.size.height - 2, 1))

    def action_end(self, last: bool) -> None:
        """Go to the first or the last row."""
        self._move(len(self.ids) if last else 0)

    def action_select(self) -> None:
        """Choose the row under the cursor."""
        if self.current_id:
            self.post_message(self.Selected(self.current_id))

    def on_click(self, event: Click) -> None:
        """Put the cursor on a row; a click on the cursor opens it, one on a heading sorts by it."""
        if event.y == 0:
            self._head_clicked(event.x)
            return
        index = round(self.scroll_y) + event.y - 1
        if index == self._cursor:
            self.action_select()
        elif index < len(self.ids):
            self._move(index)

    def _head_clicked(self, x: int) -> None:
        edge = 0
        for index, width in enumerate(widths(self._columns, self.size.width)):
            edge += width + _GAP if width else 0
            if x < edge:
                self.post_message(self.HeadingSelected(index))
                return

    def render_line(self, y: int) -> Strip:
        """Draw one line: the headings on top, then the rows in view."""
        if y == 0:
            return self._head(self.get_component_rich_style("table--head"))
        index = round(self.scroll_y) + y - 1
        if index >= len(self.ids):
            return Strip.blank(self.size.width, self.rich_style)
        row_id = self.ids[index]
        if row_id not in self._made:
            self._made[row_id] = self._cells(row_id)
        here = index == self._cursor
        return self._line(self._made[row_id], self.get_component_rich_style("table--cursor" if here else "table--row"))

    def _head(self, style: Style) -> Strip:
        if self.instead and not self.ids:
            return Strip([Segment(self.instead, style)]).adjust_cell_length(self.size.width, style)
        return self._line([each.heading for each in self._columns], style)

    def _line(self, cells: Sequence[str | Text], style: Style) -> Strip:
        segments = []
        for cell, width in zip(cells, widths(self._columns, self.size.width), strict=True):
            if width:
                segments += _fitted(cell, width, style, self.app.console)
                segments.append(Segment(" " * _GAP, style))
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show where the focus is."""
        super().watch_has_focus(has_focus)
        self.refresh(Region(0, 0, self.size.width, self.size.height))


def _fitted(cell: str | Text, width: int, style: Style, console: object) -> list[Segment]:
    text = cell.copy() if isinstance(cell, Text) else Text(" ".join(cell.split()))
    text.truncate(width, overflow="ellipsis", pad=True)
    return [Segment(each.text, style + each.style if each.style else style) for each in text.render(console, end="")]  # type: ignore[arg-type]  # the app's console
