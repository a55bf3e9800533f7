"""The continual improvement register: every improvement of the workbook, filtered as one types."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from cimodel_tui import forms, views, workbook
from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.saving import Waiting
from cimodel_tui.model.step import Place
from cimodel_tui.screens.current_improvement import ImprovementActions, Preview
from cimodel_tui.screens.page import Go, Heading
from cimodel_tui.screens.register_rows import (
    COLUMNS,
    NARROW,
    SORTS_AS,
    TWO_LINES,
    Figures,
    RowPainter,
    row_of,
    shown_sorted,
)
from cimodel_tui.views.register import Listing
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.columns import Cell
from cimodel_tui.widgets.containers import Columns, Stack
from cimodel_tui.widgets.keys import Act
from cimodel_tui.widgets.rail import model_lines
from cimodel_tui.widgets.table import FilterLine, Table, filter_binding, sort_binding
from cimodel_tui.widgets.text import Lines, Words
from cimodel_tui.workbook import Change, Workbook
from cimodel_tui.workbook.actions import add_improvement

_FILTER = "filter by ref, title, owner, service, tags"

_BEGIN = "No improvement yet. Press a: what should get better?"

_FROM_ELSEWHERE = "A register kept in a spreadsheet: cimodel-tui import FILE CSV"

_AROUND = 9
"""Lines of the page that are neither a row nor what is due."""


class RegisterScreen(ImprovementActions):
    """The improvements as a list with a preview, or as a table; one letter acts on the row under the cursor."""

    page_name = "register"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,f4", "dashboard", "dashboard", tooltip="Baseline against achieved", id="register.dashboard"),
        Binding("r", "reading", "reading", tooltip="Add a reading of its metric", id="register.reading"),
        Binding("i", "import", "import", tooltip="Import readings of its metric", id="register.import"),
        Binding("p", "pull", "pull", tooltip="Fetch readings from the feed of its metric", id="register.pull"),
        Binding("f", "finish", "finish", tooltip="Finish an action, today; ctrl+z undoes it", id="register.finish"),
        Binding("n", "next", "next", tooltip="Go to the next useful thing", id="register.next"),
        Binding("a", "add", "add", tooltip="Add an improvement", id="register.add"),
        filter_binding("register"),
        Binding("z", "preview", "preview", tooltip="Show or enlarge the preview, and back", id="register.preview"),
        Binding("e", "edit", "entry", tooltip="Edit the register entry", id="register.edit"),
        sort_binding("register"),
        Binding("t", "table", "table", tooltip="Table with all columns, or the list again", id="register.table"),
        Binding("b", "grid", "grid", tooltip="Effort against benefit", id="register.grid"),
        Binding("x", "archive", "archive", tooltip="Archive or restore; nothing is deleted", id="register.archive"),
        Binding("v", "view", "archived", tooltip="Show or hide the archived ones", id="register.view"),
        Binding("u", "app.undo", "undo", show=False, tooltip="Undo", id="register.undo"),
        Binding("escape", "back", "home", tooltip="The saved workbooks", id="register.back"),
    ]

    AUTO_FOCUS = "Table"

    _archived = False
    _as_table = False
    _sorted_by = 0
    _shape = ""

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, Place())
        self.wanted = place
        self._listing = Listing(book)
        self._count = ""

    @property
    def _painter(self) -> RowPainter:
        return RowPainter(self.query_one(Table))

    def body(self) -> ComposeResult:
        """The figures, the list with its filter, and the preview; what a narrow row has no room for."""
        yield Figures(self.book)
        with Columns(classes="cockpit"):
            with Stack(classes="pane list-pane"):
                yield FilterLine(placeholder=_FILTER, compact=True, classes="filter control")
                yield Table(COLUMNS, classes="register")
                yield Lines(classes="due-lines")
                yield Lines(classes="model-lines")
            yield Preview(classes="pane preview-pane")
        yield Words("", classes="here")

    def on_mount(self) -> None:
        """Hide the filter until it is asked for."""
        self.query_one(FilterLine).display = False

    def on_resize(self) -> None:
        """Use the width there is: two lines a row and the preview beside them, or one line."""
        if self.is_attached and self._shape != self._wanted_shape:
            self._show_rows()

    @property
    def _wanted_shape(self) -> str:
        """How a row is shown: as `stack` of two lines, as one `line`, or as the full `table`."""
        return "table" if self._as_table else "stack" if self.is_wide else "line"

    def show_all(self, change: Change | None = None) -> None:
        """Show the improvements as they are now; what a row says is worked out when it comes into view."""
        super().show_all(change)
        self._listing.clear()
        self._show_rows()
        self.query_one(Figures).follow()

    def _show_rows(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        everything = self.book.register(archived=self._archived)
        shown = self._listing.matching(everything, words)
        table = self.query_one(Table)
        marked = table.current_id
        self._shape_table(table)
        table.instead = self._why_nothing(there=bool(everything))
        cells = self._listing.line if self._shape == "table" else self._cells
        table.show_rows(self._listing.sort(shown, self._sorted_by), cells)
        table.go_to(marked)
        self.query_one(".list-pane").border_title = Content(
            f"Improvements · by {COLUMNS[self._sorted_by].heading.lower()}"
        )
        self._show_count(len(shown), len(everything), filtered=bool(words))
        self._show_model()
        self._show_here()

    def _show_model(self) -> None:
        """Show in an empty workbook what an improvement goes through."""
        model = self.query_one(".model-lines", Lines)
        model.display = not self.book.register(archived=True)
        self.query_one(".list-pane").set_class(model.display, "-nothing")
        if model.display:
            heading = ToneLine("Each improvement goes through seven steps", Tone.ACCENT, strong=True)
            model.show([heading, *model_lines(with_questions=True), ToneLine(_FROM_ELSEWHERE, Tone.QUIET)])

    def _shape_table(self, table: Table) -> None:
        """Show rows as there is room for them."""
        self._shape = self._wanted_shape
        self.set_class(self._as_table, "-table")
        if self._shape == "stack":
            table.stack(TWO_LINES, self._paint)
            return
        table.wraps = self._as_table
        table.show_columns(COLUMNS if self._shape == "table" else NARROW)
        shown = self._sorted_by if self._shape == "table" else shown_sorted(self._sorted_by)
        table.sorted_by = shown

    def _paint(self, improvement_id: str, width: int) -> Sequence[Text]:
        archived = bool(self.book.improvement(improvement_id).archived_on)
        return self._painter.two_lines(row_of(self.book, improvement_id), archived=archived, width=width)

    def _cells(self, improvement_id: str) -> Sequence[Cell]:
        archived = bool(self.book.improvement(improvement_id).archived_on)
        return self._painter.one_line(row_of(self.book, improvement_id), archived=archived)

    @on(Figures.DueFound)
    def _due(self, event: Figures.DueFound) -> None:
        """Name below the list what is overdue and due soon, where there is room; a page that is left has no list."""
        event.stop()
        if not (self.query(Table) and self.query(".due-lines")):
            return
        rows = len(self.query_one(Table).ids) * (TWO_LINES if self._shape == "stack" else 1)
        shown = event.due[: max(self.size.height - rows - _AROUND, 0)] if self._shape != "table" else ()
        heading = ToneLine("Due", Tone.ACCENT, strong=True)
        lines = [heading, *(views.due.due_line(each) for each in shown)] if shown else []
        due = self.query_one(".due-lines", Lines)
        due.show(lines)
        due.display = bool(lines)

    def _why_nothing(self, *, there: bool) -> str:
        """Return what is said where no row is shown."""
        if there:
            return "No match. Esc shows all again."
        hidden = len(self.book.register(archived=True))
        return f"All are archived ({hidden}). Press v to show them." if hidden else _BEGIN

    async def focus_wanted(self) -> None:
        """Put the cursor on the improvement that is asked for."""
        self.query_one(Table).go_to(self.wanted.improvement)
        self.wanted = Place()

    @on(Table.Moved)
    def _moved(self) -> None:
        self._show_here()

    def _show_here(self) -> None:
        """Say at length what the row under the cursor has no room for; the preview follows once that is painted."""
        current = self.current
        words = ""
        if current:
            row = row_of(self.book, current.id)
            words = f"{row.ref} {row.title} · {row.status} · next: {row.next}"
        self.query_one(".here", Words).say(words)
        self.refresh_bindings()
        self.call_after_refresh(self._show_preview)

    def _show_preview(self) -> None:
        current, preview = self.current if self.is_complete else None, self.query_one(Preview)
        preview.set_class(current is None, "-empty")
        if current and preview.display:
            preview.show(self.book, current, row_of(self.book, current.id))

    def show_heading(self) -> None:
        """Show the workbook's title, and how many rows the filter leaves."""
        self.query_one(Heading).show(self.book.title, "register", end=self._count)

    def _show_count(self, shown: int, there: int, *, filtered: bool) -> None:
        words = f"{shown} of {there} match" if filtered else ""
        if words != self._count:
            self._count = words
            self.show_heading()

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        latest = self.book.latest(event.row_id)
        step = current_step(self.book.improvement(event.row_id), latest)
        self.post_message(Go(step, Place(event.row_id, latest.id)))

    @on(Table.HeadingSelected)
    def _heading(self, event: Table.HeadingSelected) -> None:
        event.stop()
        column = event.index if self._shape == "table" else SORTS_AS[event.index]
        if column is not None:
            self._sorted_by = column
            self.show_all()

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self._show_rows()

    @on(Input.Submitted)
    def _filter_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Table).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the filter only outside its line."""
        if action == "filter":
            return not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    @property
    def main_act(self) -> Act:
        """Go to the next useful thing of the marked improvement; without any, add one."""
        return Act("next", "next") if self.current else Act("add", "add")

    def action_filter(self) -> None:
        """Show the filter line."""
        line = self.query_one(Input)
        line.display = True
        line.focus()

    def action_back(self) -> None:
        """End the filter; without one, go home."""
        line = self.query_one(Input)
        if line.display:
            line.value = ""
            line.display = False
            self.query_one(Table).focus()
        else:
            self.post_message(Go("home"))

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._sorted_by = (self._sorted_by + 1) % len(COLUMNS)
        self.show_all()

    def action_view(self) -> None:
        """Show or hide what is archived."""
        self._archived = not self._archived
        self.show_all()

    def action_add(self, begun: str = "") -> None:
        """Ask for the title, add the improvement, and open its entry."""

        def typed(title: str) -> None:
            if title:
                self.book.session.wait(Waiting(workbook.session.TITLE, Place(), title))
            else:
                self.book.session.end(workbook.session.TITLE, Place())

        def given(title: str | None) -> None:
            self.book.session.end(workbook.session.TITLE, Place())
            if title and title.strip():
                added = add_improvement(self.book, title.strip())
                self.query_one(Table).go_to(added.id)
                self.edit_entry(added)

        hint = "a title of 5 to 80 characters, no solution yet"
        self.app.push_screen(forms.ask.Ask("What should get better?", value=begun, hint=hint, typed=typed), given)

    def resume(self, waiting: Waiting) -> None:
        """Ask for the title again that was half typed when the program was ended."""
        if waiting.kind == workbook.session.TITLE:
            self.call_after_refresh(self.action_add, waiting.typed)

    def action_preview(self) -> None:
        """Show the preview below the list, beside it as large as there is room, and back."""
        self.toggle_class("-zoomed")
        self.call_after_refresh(self._show_preview)

    def action_table(self) -> None:
        """Show all columns as a table, or the list again."""
        self._as_table = not self._as_table
        self._show_rows()

    def action_grid(self) -> None:
        """Go to the effort-benefit grid."""
        self.post_message(Go("grid"))
