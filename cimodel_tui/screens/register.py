"""The continual improvement register: every improvement of the workbook, filtered as one types."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Input, Static

from cimodel_tui.forms.ask import Ask
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.screens.entry import EntryScreen
from cimodel_tui.screens.page import Go, Page
from cimodel_tui.widgets.table import Table
from cimodel_tui.workbook import Change
from cimodel_tui.workbook.acts import add_improvement, archive
from cimodel_tui.workbook.summary import Line, line_of, portfolio

_COLUMNS = ("Ref", "Title", "Owner", "Status", "Step", "Score", "Review", "Next")


class RegisterScreen(Page):
    """The improvements as a table."""

    page_name = "register"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", tooltip="Add an improvement", id="register.add"),
        Binding("e", "edit", "edit", tooltip="Edit the register entry", id="register.edit"),
        Binding("d", "dashboard", "dashboard", tooltip="Baseline against achieved", id="register.dashboard"),
        Binding(
            "x", "archive", "archive", tooltip="Put it out of sight, or back; nothing is deleted", id="register.archive"
        ),
        Binding("v", "view", "archived", tooltip="Show or hide the archived ones", id="register.view"),
        Binding(
            "slash",
            "filter",
            "filter",
            key_display="/",
            tooltip="Show only what holds these words",
            id="register.filter",
        ),
        Binding("o", "sort", "sort", tooltip="Sort by the next column", id="register.sort"),
        Binding("u", "app.undo", "undo", show=False, tooltip="Undo", id="register.undo"),
        Binding("escape", "back", "home", tooltip="The saved workbooks", id="register.back"),
    ]

    _archived = False
    _sorted_by = 0

    def body(self) -> ComposeResult:
        """The figures, the filter and the table."""
        yield Static("", classes="figures", markup=False)
        yield Input(placeholder="filter: words of ref, title, owner, status", compact=True, classes="filter")
        yield Table(_COLUMNS, classes="register")
        yield Static("", classes="nothing", markup=False)

    def on_mount(self) -> None:
        """Show the table."""
        self.query_one(".filter").display = False
        self.show_all()
        self.query_one(Table).focus()

    def show_all(self, change: Change | None = None) -> None:
        """Show the improvements as they are now."""
        super().show_all(change)
        words = self.query_one(Input).value.casefold().split()
        lines = [line_of(self.book, each) for each in self.book.improvements(archived=self._archived)]
        shown = [line for line in lines if all(word in line.text.casefold() for word in words)]
        shown.sort(key=lambda line: line.sort_key(self._sorted_by))
        self.query_one(Table).fill((line.id, line.cells) for line in shown)
        self.query_one(".figures", Static).update(portfolio(self.book) + _sorted_words(self._sorted_by))
        self.query_one(".nothing", Static).update(_nothing(lines, shown))

    def show_heading(self) -> None:
        """Show the workbook's title."""
        from cimodel_tui.screens.page import Heading  # noqa: PLC0415 - beside the page

        self.query_one(Heading).show(self.book.title, "register")

    @property
    def current(self) -> Improvement | None:
        """The improvement under the cursor."""
        chosen = self.query_one(Table).current_id
        return self.book.improvement(chosen) if chosen else None

    @on(DataTable.RowSelected)
    def _selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        if self.current:
            line = line_of(self.book, self.current)
            self.post_message(Go(line.step, Place(self.current.id, self.book.latest(self.current.id).id)))

    @on(DataTable.HeaderSelected)
    def _heading(self, event: DataTable.HeaderSelected) -> None:
        self._sorted_by = event.column_index
        self.show_all()

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self.show_all()

    @on(Input.Submitted)
    def _filter_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Table).focus()

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
        self._sorted_by = (self._sorted_by + 1) % len(_COLUMNS)
        self.show_all()

    def action_view(self) -> None:
        """Show or hide what is archived."""
        self._archived = not self._archived
        self.show_all()

    def action_add(self) -> None:
        """Ask for the title, add the improvement, and open its entry."""

        def given(title: str | None) -> None:
            if title and title.strip():
                added = add_improvement(self.book, title.strip())
                self.query_one(Table).go_to(added.id)
                self._edit(added)

        self.app.push_screen(
            Ask("What should get better?", hint="a title of 5 to 80 characters, no solution yet"), given
        )

    def action_edit(self) -> None:
        """Open the register entry."""
        if self.current:
            self._edit(self.current)

    def _edit(self, improvement: Improvement) -> None:
        self.app.push_screen(EntryScreen(self.book, Place(improvement.id, step=REGISTER)))

    def action_dashboard(self) -> None:
        """Go to the dashboard of the latest iteration."""
        if self.current:
            self.post_message(Go("dashboard", Place(self.current.id, self.book.latest(self.current.id).id)))

    def action_archive(self) -> None:
        """Put it out of sight, or back."""
        if self.current:
            back = bool(self.current.archived_on)
            archive(self.book, self.current, back=back)
            self.notify("Brought back." if back else "Archived. u brings it back.", markup=False)


def _nothing(lines: list[Line], shown: list[Line]) -> str:
    if not lines:
        return "No improvement yet. Press a: what should get better?"
    return "" if shown else "Nothing holds these words. Esc shows all again."


def _sorted_words(column: int) -> str:
    return f" · sorted by {_COLUMNS[column].lower()}"
