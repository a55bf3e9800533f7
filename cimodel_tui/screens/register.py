"""The continual improvement register: every improvement of the workbook, filtered as one types."""

from contextlib import suppress
from time import sleep
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.views.register import Listing, line_of, portfolio
from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.table import FilterLine, Table
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Change, Workbook
from cimodel_tui.workbook.actions import add_improvement, archive

FIGURES_PAUSE = 0.25
"""Seconds after which the figures of the whole register are worked out; the rows do not wait for them."""

A_FEW, BREATH = 20, 0.002
"""So many improvements are read for the figures before so many seconds are left to the keyboard."""


class Figures(Words):
    """How many improvements there are, and how they do."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(classes="figures")
        self._book = book

    def follow(self) -> None:
        """Show the workbook as it is now, after a pause."""
        self.set_timer(FIGURES_PAUSE, self._work_out)

    @work(thread=True, group="figures", exclusive=True)
    def _work_out(self) -> None:
        """Look at all of the register beside the typing; a workbook that was closed meanwhile has no figures."""
        worker = get_current_worker()
        with suppress(KeyError, RuntimeError):
            for at, each in enumerate(self._book.register(archived=True)):
                if worker.is_cancelled:
                    return
                self._book.of(Place(each))
                if at % A_FEW == 0:
                    sleep(BREATH)
            figures = portfolio(self._book)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._say, figures)

    def _say(self, figures: str) -> None:
        if self.is_attached:
            self.say(figures)


COLUMNS = (
    Column("Ref", 7),
    Column("Title", 20, share=4),
    Column("Owner", 12, share=1, rank=3),
    Column("Status", 12, share=1, rank=1),
    Column("Step", 5, rank=2),
    Column("Score", 5, rank=5),
    Column("Review", 12, rank=4),
    Column("Next", 18, share=4, rank=2),
)
"""The columns; where the terminal is narrow the ones of the highest rank are left out."""

_FILTER = "filter: words of ref, title, owner, service, tags"

_BEGIN = "No improvement yet. Press a: what should get better?"

_WITH_A_ROW = {"edit", "dashboard", "archive"}
"""What is done with the improvement under the cursor."""


class RegisterScreen(Page):
    """The improvements as a table."""

    page_name = "register"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", tooltip="Add an improvement", id="register.add"),
        Binding("e", "edit", "entry", tooltip="Edit the register entry", id="register.edit"),
        Binding("d", "dashboard", "dashboard", tooltip="Baseline against achieved", id="register.dashboard"),
        Binding(
            "slash",
            "filter",
            "filter",
            key_display="/",
            tooltip="Show only what holds these words",
            id="register.filter",
        ),
        Binding("o", "sort", "sort", tooltip="Sort by the next column", id="register.sort"),
        Binding("b", "grid", "grid", tooltip="Effort against benefit", id="register.grid"),
        Binding(
            "x", "archive", "archive", tooltip="Put it out of sight, or back; nothing is deleted", id="register.archive"
        ),
        Binding("v", "view", "archived", tooltip="Show or hide the archived ones", id="register.view"),
        Binding("u", "app.undo", "undo", show=False, tooltip="Undo", id="register.undo"),
        Binding("escape", "back", "home", tooltip="The saved workbooks", id="register.back"),
    ]

    _archived = False
    _sorted_by = 0

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, Place())
        self.wanted = place
        self._listing = Listing(book)

    def body(self) -> ComposeResult:
        """The figures, the filter and the table."""
        yield Figures(self.book)
        line = FilterLine(placeholder=_FILTER, compact=True, classes="filter")
        line.display = False
        yield line
        yield Table(COLUMNS, classes="register")
        yield Static("", classes="here", markup=False)

    def on_mount(self) -> None:
        """Begin in the table."""
        self.query_one(Table).focus()

    def show_all(self, change: Change | None = None) -> None:
        """Show the improvements as they are now; what a row says is worked out when it comes into view."""
        super().show_all(change)
        self._listing.forget()
        self._show_rows()
        self.query_one(Figures).follow()

    def _show_rows(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        everything = self.book.register(archived=self._archived)
        shown = self._listing.holding(everything, words)
        table = self.query_one(Table)
        table.sorted_by, table.instead = self._sorted_by, self._why_nothing(there=bool(everything))
        table.show_rows(self._listing.in_order(shown, self._sorted_by), self._listing.line)
        self._show_here()

    def _why_nothing(self, *, there: bool) -> str:
        """Return what is said where no row is shown."""
        if there:
            return "Nothing holds these words. Esc shows all again."
        hidden = len(self.book.register(archived=True))
        return f"All are archived ({hidden}). Press v to show them." if hidden else _BEGIN

    async def to_wanted(self) -> None:
        """Put the cursor on the improvement that is asked for."""
        self.query_one(Table).go_to(self.wanted.improvement)
        self.wanted = Place()

    @on(Table.Moved)
    def _show_here(self) -> None:
        """Say at length what the row under the cursor has no room for."""
        current = self.current
        words = ""
        if current:
            ref, title, _, status, *_, after = line_of(self.book, current)
            words = f"{ref} {title} · {status} · next: {after}"
        self.query_one(".here", Static).update(words)

    def show_heading(self) -> None:
        """Show the workbook's title."""
        self.query_one(Heading).show(self.book.title, "register")

    @property
    def current(self) -> Improvement | None:
        """The improvement under the cursor."""
        chosen = self.query_one(Table).current_id
        return self.book.improvement(chosen) if chosen else None

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        latest = self.book.latest(event.row_id)
        step = current_step(self.book.improvement(event.row_id), latest)
        self.post_message(Go(step, Place(event.row_id, latest.id)))

    @on(Table.HeadingSelected)
    def _heading(self, event: Table.HeadingSelected) -> None:
        event.stop()
        self._sorted_by = event.index
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
        """Offer only what can be done: with rows, and outside the line of the filter."""
        if action == "filter":
            return not isinstance(self.focused, Input)
        if action in _WITH_A_ROW and self.is_mounted:
            return self.current is not None
        return super().check_action(action, parameters)

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

    def action_add(self) -> None:
        """Ask for the title, add the improvement, and open its entry."""
        from cimodel_tui.forms.ask import Ask  # noqa: PLC0415 - loaded with the first of them, as forms are

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
        from cimodel_tui.screens.entry import EntryScreen  # noqa: PLC0415 - as above

        self.app.push_screen(EntryScreen(self.book, Place(improvement.id, step=REGISTER)))

    def action_dashboard(self) -> None:
        """Go to the dashboard of the latest iteration."""
        if self.current:
            self.post_message(Go("dashboard", Place(self.current.id, self.book.latest(self.current.id).id)))

    def action_grid(self) -> None:
        """Go to the effort-benefit grid."""
        self.post_message(Go("grid"))

    def action_archive(self) -> None:
        """Put it out of sight, or back."""
        if self.current:
            back = bool(self.current.archived_on)
            archive(self.book, self.current, back=back)
            self.notify("Brought back." if back else "Archived. u brings it back.", markup=False)
