"""The portfolio: every improvement of all saved workbooks in one table, with the row that the register has."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input
from textual.worker import get_current_worker

from cimodel_tui.model.saving import StoreError
from cimodel_tui.model.step import Place
from cimodel_tui.record import dataclass
from cimodel_tui.screens.current_improvement import Preview
from cimodel_tui.screens.page import WIDTHS
from cimodel_tui.screens.register_rows import NARROW, TWO_LINES, RowPainter
from cimodel_tui.textual_compat import call_from_worker
from cimodel_tui.views.improvement_row import ImprovementRow, improvement_row
from cimodel_tui.views.overview import totals_of
from cimodel_tui.widgets.columns import Cell
from cimodel_tui.widgets.containers import Columns, Stack
from cimodel_tui.widgets.keys import NO_ACT, Act, Keys, MainActScreen
from cimodel_tui.widgets.table import FilterLine, Table, filter_binding, sort_binding
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.desk import Desk

_FILTER = "filter by workbook, ref, title, owner, service, status"

WIDE = 110
"""Cells from which a row has two lines."""

_LOADING = "Reading the saved workbooks ..."


@dataclass(frozen=True, slots=True)
class PortfolioChoice:
    """The improvement that was chosen."""

    path: Path
    """Its workbook."""
    place: Place
    """Its latest iteration."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: an improvement and where it lies."""

    path: Path
    """Its workbook."""
    row: ImprovementRow
    """What is shown."""
    iteration: str
    """Id of its latest iteration."""

    @property
    def text(self) -> str:
        """What the filter looks at."""
        row = self.row
        return f"{row.workbook} {row.ref} {row.title} {row.owner} {row.service} {row.status}".casefold()


ORDERS = ("workbook", "title", "owner", "status", "overdue")
"""By what the rows can be sorted."""


class PortfolioScreen(MainActScreen[PortfolioChoice | None]):
    """All improvements; closed with the one that was chosen."""

    page_name: ClassVar[str] = "portfolio"
    """The name by which help knows what it is for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        filter_binding("portfolio"),
        sort_binding("portfolio"),
        Binding("escape,q", "back", "home", tooltip="Back to the saved workbooks", id="portfolio.back"),
        Binding("f1,question_mark", "app.help", "help", tooltip="Keys and guidance of this page", id="page.help"),
    ]

    AUTO_FOCUS = "Table"

    def __init__(self, desk: Desk, paths: Sequence[Path]) -> None:
        super().__init__()
        self._desk = desk
        self._paths = tuple(paths)
        self._entries: dict[str, Entry] = {}
        self._unread: list[str] = []
        self._count_read = 0
        self._sorted_by = 0
        self._previewed: tuple[Path, Workbook] | None = None

    def compose(self) -> ComposeResult:
        """Heading, totals, the table, beside it the marked improvement where there is room."""
        yield Words("Portfolio · all saved workbooks", classes="heading")
        yield Words(_LOADING, classes="figures")
        with Columns(classes="cockpit"):
            with Stack(classes="pane list-pane"):
                yield FilterLine(placeholder=_FILTER, compact=True, classes="filter control")
                yield Table(NARROW, classes="register")
            yield Preview(classes="pane preview-pane -empty")
        yield Keys()

    def on_mount(self) -> None:
        """Read the workbooks once the page is painted."""
        self.query_one(FilterLine).display = False
        self.on_resize()
        self.call_after_refresh(self._read)

    def on_resize(self) -> None:
        """Use the width there is."""
        self.set_class(self.app.size.width >= WIDTHS["-panes"], "-panes")
        self.set_class(self.app.size.width >= WIDTHS["-extra"], "-wide")
        if self.is_mounted:
            self._show()

    @work(thread=True, group="portfolio", exclusive=True)
    def _read(self) -> None:
        """Read one workbook after the other, and show each at once."""
        worker = get_current_worker()
        for path in self._paths:
            try:
                book = self._desk.open_to_read(path)
                found = {f"{path}|{each.ref}": _entry(path, book, each.id) for each in book.improvements()}
            except StoreError as problem:
                self._unread.append(str(problem))
                found = {}
            if worker.is_cancelled:
                return
            call_from_worker(self, self._add, found)

    def _add(self, found: dict[str, Entry]) -> None:
        self._count_read += 1
        self._entries.update(found)
        self._show()

    def _show(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        shown = [key for key, each in self._entries.items() if all(word in each.text for word in words)]
        table = self.query_one(Table)
        reading = self._count_read < len(self._paths)
        nothing = _LOADING if reading else "No improvement yet."
        table.instead = "No match. Esc shows all again." if self._entries else nothing
        if self.app.size.width >= WIDE:
            table.stack(TWO_LINES, self._paint)
        else:
            table.wraps = False
            table.show_columns(NARROW)
        table.show_rows(sorted(shown, key=self._order), self._cells)
        self.query_one(".list-pane").border_title = Content(f"Improvements · by {ORDERS[self._sorted_by]}")
        totals = totals_of([self._entries[key].row for key in shown])
        unread = f" · {len(self._unread)} not readable" if self._unread else ""
        more = f" · {self._count_read} of {len(self._paths)} read" if self._count_read < len(self._paths) else ""
        self.query_one(".figures", Words).say(totals.words + unread + more if self._entries else _LOADING + more)
        self.refresh_bindings()
        self.call_after_refresh(self._show_preview)

    @on(Table.Moved)
    def _moved(self) -> None:
        self.call_after_refresh(self._show_preview)

    def _show_preview(self) -> None:
        """Show the marked improvement, where there is room for that and its workbook can still be read."""
        preview, table = self.query_one(Preview), self.query_one(Table)
        marked = self._entries.get(table.current_id) if self.has_class("-wide") else None
        book = self._book_of(marked.path) if marked else None
        preview.set_class(book is None, "-empty")
        if marked and book and book.has(Place(marked.row.id)):
            preview.show(book, book.improvement(marked.row.id), marked.row)

    def _book_of(self, path: Path) -> Workbook | None:
        """Return the workbook of the marked row, none where it cannot be read any more."""
        if self._previewed is None or self._previewed[0] != path:
            try:
                self._previewed = path, self._desk.open_to_read(path)
            except StoreError:
                return None
        return self._previewed[1]

    def _order(self, key: str) -> tuple[object, ...]:
        row = self._entries[key].row
        by = ORDERS[self._sorted_by]
        first: object = {
            "workbook": "",
            "title": row.title.casefold(),
            "owner": (not row.owner, row.owner.casefold()),
            "status": row.status,
            "overdue": -row.late,
        }[by]
        return (first, row.workbook.casefold(), row.ref)

    def _paint(self, key: str, width: int) -> Sequence[Text]:
        row = self._entries[key].row
        return RowPainter(self.query_one(Table)).two_lines(row, archived=False, width=width, beside=row.workbook)

    def _cells(self, key: str) -> Sequence[Cell]:
        return RowPainter(self.query_one(Table)).one_line(self._entries[key].row, archived=False)

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        self.action_open()

    @property
    def main_act(self) -> Act:
        """Open the marked improvement."""
        return Act("open", "open") if self.query_one(Table).current_id else NO_ACT

    def action_open(self) -> None:
        """Close the page with the marked improvement."""
        found = self._entries[self.query_one(Table).current_id]
        self.dismiss(PortfolioChoice(found.path, Place(found.row.id, found.iteration)))

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    @on(Input.Submitted)
    def _filter_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Table).focus()

    def action_filter(self) -> None:
        """Show the filter line."""
        line = self.query_one(FilterLine)
        line.display = True
        line.focus()

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._sorted_by = (self._sorted_by + 1) % len(ORDERS)
        self._show()

    def action_back(self) -> None:
        """End the filter; without one, go home."""
        line = self.query_one(FilterLine)
        if line.display:
            line.value = ""
            line.display = False
            self.query_one(Table).focus()
        else:
            self.dismiss(None)


def _entry(path: Path, book: Workbook, improvement_id: str) -> Entry:
    improvement = book.improvement(improvement_id)
    return Entry(path, improvement_row(book, improvement), book.latest(improvement_id).id)
