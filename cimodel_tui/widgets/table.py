"""A table of any length: only the rows in view are made, and its cells are text only.

Its columns share the width by what stands in them; where all rows fit, a cell that is too long goes on below. A bar at
the left edge marks the cursor of the table that has the focus. In place of columns each row can be a stack: the same
number of lines for every row, painted as a whole, without headings.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.widgets import Input

from cimodel_tui.views.tone import ToneLine
from cimodel_tui.widgets.columns import A_PAIR, GAP, MOST_LINES, SORTED, TALLEST, Cell, Column, needed, widths, wrapped
from cimodel_tui.widgets.themes import style_of

BAR = "▌"
"""Marks the cursor in the table that has the focus; it stands in a column of its own."""

Painter = Callable[[str, int], Sequence[Text]]
"""Returns the lines of a row, given its id and the width there is."""


class Table(ScrollView, can_focus=True):
    """Rows by id, with a cursor; the cells of a row are asked for when it comes into view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--head", "table--row", "table--cursor"}
    # Each of these is matched against the sheet whenever the table is styled; a colour alone is read from the theme.
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
        self._cells: Callable[[str], Sequence[Cell]] = lambda _row: ()
        self._made: dict[str, Sequence[Cell]] = {}
        self._needs: tuple[int, ...] = (0,) * len(self._columns)
        self._widths: tuple[int, ...] = ()
        self._heights: tuple[int, ...] = ()
        self._shared_at: tuple[int, int, int] | None = None
        self.ids: tuple[str, ...] = ()
        self.sorted_by: int | None = None
        """The column by which the rows are sorted, where that can be chosen."""
        self.instead = ""
        """Stands in place of the headings while there are no rows."""
        self.wraps = True
        """Whether a cell that is too long goes on below where all rows fit."""
        self._cursor = 0
        self._stack: tuple[int, Painter] | None = None
        self._painted: dict[tuple[str, int], Sequence[Text]] = {}

    def stack(self, lines: int, paint: Painter) -> None:
        """Paint every row in so many lines, in place of columns and their headings."""
        self._stack = (lines, paint)
        self._rows_changed()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns from now on; the rows have to be shown anew."""
        self._stack = None
        if tuple(columns) != self._columns:
            self._columns, self.ids, self._made = tuple(columns), (), {}
            self._needs = (0,) * len(self._columns)
        self._rows_changed()

    def toned(self, *spans: ToneLine) -> Text:
        """Return a text of pieces in the colours of the theme."""
        return Text.assemble(*((span.text, _ink(style_of(span.tone, strong=span.strong))) for span in spans))

    def notify_style_update(self) -> None:
        """Paint the rows anew: their colours are those of the theme."""
        super().notify_style_update()
        self._made.clear()
        self._painted.clear()

    def _rows_changed(self) -> None:
        self._painted.clear()
        self._shared_at = None
        self.virtual_size = Size(0, len(self.ids) * self._lines_each + self._head_lines)
        self._show_cursor()
        self.refresh(layout=self.styles.auto_dimensions)

    @property
    def _lines_each(self) -> int:
        return self._stack[0] if self._stack else 1

    @property
    def _head_lines(self) -> int:
        """Lines above the rows: the headings of the columns, or what is said where no row is."""
        return 0 if self._stack and self.ids else 1

    def fill(self, rows: Iterable[tuple[str, Sequence[Cell]]]) -> None:
        """Show these rows, each an id and its cells."""
        made = dict(rows)
        self.show_rows(tuple(made), made.__getitem__)

    def show_rows(self, ids: Sequence[str], cells: Callable[[str], Sequence[Cell]]) -> None:
        """Show the rows with these ids; the cursor stays on the row on which it was, or at the place where that was."""
        shorter, first_or_none = len(ids) != len(self.ids), bool(ids) != bool(self.ids)
        marked = self.current_id
        self.ids, self._cells, self._made = tuple(ids), cells, {}
        self._needs, self._shared_at = (0,) * len(self._columns), None
        self._cursor = self.ids.index(marked) if marked in self.ids else max(0, min(self._cursor, len(self.ids) - 1))
        self._painted.clear()
        self.virtual_size = Size(0, len(self.ids) * self._lines_each + self._head_lines)
        self._show_cursor()
        self.refresh(layout=shorter or self.styles.auto_dimensions)
        if first_or_none and self.has_focus:
            self.screen.refresh_bindings()

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
        del container, viewport
        if self._stack:
            return len(self.ids) * self._lines_each + self._head_lines
        self._share(width, TALLEST)
        return (sum(self._heights) or len(self.ids)) + 1

    def _share(self, width: int, height: int) -> None:
        """Make the rows in view, and share the width by what stands in them, and the height where all of them fit."""
        top = round(self.scroll_y)
        if self._shared_at == (width, height, top):
            return
        if self._shared_at and self._shared_at[0] != width:
            self._needs = (0,) * len(self._columns)  # what was in view at another width has no claim on this one
        self._shared_at = width, height, top
        rows = [self._row(row_id) for row_id in self.ids[top : top + height]]
        self._needs = tuple(map(max, self._needs, needed([self._headings(), *rows])))
        self._widths = widths(self._columns, max(width - len(BAR), 1), self._needs)
        self._heights = self._lines_of(rows, height - 1) if self.wraps and len(self.ids) < height else ()

    def _row(self, row_id: str) -> Sequence[Cell]:
        if row_id not in self._made:
            self._made[row_id] = self._cells(row_id)
        return self._made[row_id]

    def _lines_of(self, rows: Sequence[Sequence[Cell]], room: int) -> tuple[int, ...]:
        """Return how many lines each row takes: as many as there is room for, nothing where that is one each."""
        for most in range(A_PAIR if self.styles.auto_dimensions else MOST_LINES, 1, -1):
            heights = tuple(max(map(len, self._wrapped(row, most))) for row in rows)
            if sum(heights) <= room:
                return heights
        return ()

    def _wrapped(self, row: Sequence[Cell], most: int) -> list[list[Text]]:
        return [
            wrapped(cell, width, most, self.app.console) if width else []
            for cell, width in zip(row, self._widths, strict=True)
        ]

    def _at(self, y: int) -> tuple[int, int]:
        """Return which row stands at this line of the table, and which line of the row it is."""
        if self._stack:
            return divmod(round(self.scroll_y) + y - self._head_lines, self._lines_each)
        if not self._heights:
            return round(self.scroll_y) + y - 1, 0
        for index, end in enumerate(accumulate(self._heights)):
            if y <= end:
                return index, y - 1 - end + self._heights[index]
        return len(self.ids), 0

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a row."""
        if row_id in self.ids:
            self._move(self.ids.index(row_id))

    def _move(self, index: int) -> None:
        self._cursor = max(0, min(index, len(self.ids) - 1))
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved())

    def _show_cursor(self, *, at_once: bool = False) -> None:
        each = self._lines_each
        lines, top, first = max(self.size.height - self._head_lines, each), round(self.scroll_y), self._cursor * each
        if first < top:
            self.scroll_to(y=first, animate=False, immediate=at_once)
        elif first + each > top + lines:
            self.scroll_to(y=first + each - lines, animate=False, immediate=at_once)

    def on_resize(self) -> None:
        """Keep the cursor in view, whatever room there is; how much that is, is not known before it is first shown.

        The columns share the width by what is in view then, as they did when this room was first there.
        """
        self._show_cursor(at_once=True)
        self._needs, self._shared_at = (0,) * len(self._columns), None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open a row only where there is one and that leads somewhere."""
        return self._opens and bool(self.ids) if action == "select" else super().check_action(action, parameters)

    def action_go(self, distance: int) -> None:
        """Go up or down."""
        self._move(self._cursor + distance)

    def action_page(self, direction: int) -> None:
        """Go a page up or down."""
        self._move(self._cursor + direction * max((self.size.height - 2) // self._lines_each, 1))

    def action_end(self, last: bool) -> None:
        """Go to the first or the last row."""
        self._move(len(self.ids) if last else 0)

    def action_select(self) -> None:
        """Choose the row under the cursor."""
        if self.current_id:
            self.post_message(self.Selected(self.current_id))

    def on_click(self, event: Click) -> None:
        """Put the cursor on a row; a click on the cursor opens it, one on a heading sorts by it."""
        if event.y < self._head_lines:
            self._head_clicked(event.x - len(BAR))
            return
        index, _ = self._at(event.y)
        if index == self._cursor:
            self.action_select()
        elif index < len(self.ids):
            self._move(index)

    def _head_clicked(self, x: int) -> None:
        edge = 0
        for index, width in enumerate(self._widths):
            edge += width + GAP if width else 0
            if x < edge:
                self.post_message(self.HeadingSelected(index))
                return

    def render_line(self, y: int) -> Strip:
        """Draw one line: the headings on top, then the rows in view."""
        width = self.scrollable_content_region.width
        if not self._stack:
            self._share(width, self.size.height)
        if y < self._head_lines:
            return self._head(self.get_component_rich_style("table--head"))
        index, line = self._at(y)
        if index >= len(self.ids):
            return Strip.blank(self.size.width, self.rich_style)
        here = index == self._cursor
        style = self.get_component_rich_style("table--cursor" if here else "table--row")
        bar = self._bar(style) if here and self.has_focus else None
        if self._stack:
            return self._stacked(self.ids[index], line, width, style, bar)
        lines = self._heights[index] if self._heights else 1
        return self._line(self._wrapped(self._row(self.ids[index]), lines), line, style, bar)

    def _bar(self, style: RichStyle) -> Segment:
        return Segment(BAR, style + _ink("$primary"))

    def _stacked(self, row_id: str, line: int, width: int, style: RichStyle, bar: Segment | None) -> Strip:
        """Draw one line of a row that is painted as a whole."""
        room = max(width - len(BAR), 1)
        if (row_id, room) not in self._painted:
            self._painted[row_id, room] = self._stack[1](row_id, room) if self._stack else ()
        lines = self._painted[row_id, room]
        text = lines[line].copy() if line < len(lines) else Text()
        text.truncate(room, overflow="ellipsis", pad=True)
        return self._strip([text], [room], style, bar)

    def _head(self, style: RichStyle) -> Strip:
        if self.instead and not self.ids:
            return Strip([Segment(f" {self.instead}", style)]).adjust_cell_length(self.size.width, style)
        return self._line(self._wrapped(self._headings(), 1), 0, style, None)

    def _headings(self) -> list[str]:
        return [
            each.heading + SORTED if at == self.sorted_by else each.heading for at, each in enumerate(self._columns)
        ]

    def _line(self, cells: Sequence[Sequence[Text]], line: int, style: RichStyle, bar: Segment | None) -> Strip:
        shown = [(lines, width) for lines, width in zip(cells, self._widths, strict=True) if width]
        texts = [lines[line] if line < len(lines) else Text(" " * width) for lines, width in shown]
        return self._strip(texts, [width for _, width in shown], style, bar)

    def _strip(self, texts: Sequence[Text], cells: Sequence[int], style: RichStyle, bar: Segment | None) -> Strip:
        """Return texts beside each other, behind the bar or the blank that stands for it."""
        segments = [bar or Segment(" " * len(BAR), style)]
        for text, _ in zip(texts, cells, strict=True):
            segments += [
                Segment(each.text, style + each.style if each.style else style)
                for each in text.render(self.app.console, end="")
            ]
            segments.append(Segment(" " * GAP, style))
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show where the focus is."""
        super().watch_has_focus(has_focus)
        self.refresh(Region(0, 0, self.size.width, self.size.height))


def _ink(style: str) -> RichStyle:
    """Return a style in variables of the theme for text that Rich lays out."""
    return Style.parse(style).rich_style


def justified(table: Table, left: Sequence[ToneLine], right: Sequence[ToneLine], width: int) -> Text:
    """Return one line with something at its end; what stands before it makes room."""
    end, begin = table.toned(*right), table.toned(*left)
    begin.truncate(max(width - end.cell_len - GAP, 1), overflow="ellipsis", pad=True)
    begin.append(" " * GAP)
    begin.append_text(end)
    return begin


def filter_binding(page: str) -> Binding:
    """Return the key that shows the filter of a page's table."""
    words = "Show only matching rows"
    return Binding("slash", "filter", "filter", key_display="/", tooltip=words, id=f"{page}.filter")


def sort_binding(page: str) -> Binding:
    """Return the key that sorts a page's table."""
    return Binding("o", "sort", "sort", tooltip="Sort by the next column", id=f"{page}.sort")


class FilterLine(Input):
    """A line of words above a table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "to the results", tooltip="To the results", id="filter.done"),
        Binding("escape", "show_all", "show all again", tooltip="Show all again", id="filter.end"),
    ]

    async def action_show_all(self) -> None:
        """Leave it to the page to end the filter."""
        await self.run_action("screen.back")
