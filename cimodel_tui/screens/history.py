"""The history of an improvement: what happened, when, and who did it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cimodel_tui.model.check import final_verdict
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.screens.entry import EntryScreen
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.views.history import Event, history_of
from cimodel_tui.views.tone import Tone, ToneLine, tone_of_verdict
from cimodel_tui.widgets.columns import Cell, Column
from cimodel_tui.widgets.containers import Pane
from cimodel_tui.widgets.keys import Act
from cimodel_tui.widgets.table import Table
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Change

_COLUMNS = (
    Column("Day", 10),
    Column("Iteration", 9, rank=1),
    Column("What", 13),
    Column("Who", 16, share=2, rank=2),
    Column("In words", 32, share=5),
)

_TONES = {
    **dict.fromkeys(("agreed", "go-ahead"), Tone.TARGET),
    **dict.fromkeys(("amended", "overridden", "revisited"), Tone.WARNING),
    **dict.fromkeys(("decided", "closed"), Tone.ACCENT),
    "done": Tone.ACTION,
}
"""What kinds of events mean: what was promised, what changed it, what came of it, what was done."""


class HistoryScreen(Page):
    """Every agreement, amendment, check, revisit and closing, oldest first; Enter opens the step that records it."""

    page_name = "history"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,d,f4", "back", "dashboard", tooltip="Back to the dashboard", id="history.back"),
        Binding("f5", "register", "register", tooltip="The improvements of the workbook", id="history.register"),
    ]

    _events: tuple[Event, ...] = ()

    def body(self) -> ComposeResult:
        """The events as a table, and below it at length the one under the cursor."""
        yield Pane("What happened, oldest first", Table(_COLUMNS, classes="register"))
        yield Words("", classes="here")

    def on_mount(self) -> None:
        """Begin in the table."""
        self.query_one(Table).focus()

    def show_all(self, change: Change | None = None) -> None:
        """Show the events as they are now."""
        super().show_all(change)
        self._events = history_of(self.book, self.book.improvement(self.place.improvement))
        table = self.query_one(Table)
        table.fill((str(index), self._cells(table, event)) for index, event in enumerate(self._events))
        self._show_here()

    def _cells(self, table: Table, event: Event) -> tuple[Cell, ...]:
        """Return the row of an event; what kind it is stands in the colour of what it means."""
        kind = table.toned(ToneLine(event.kind, self._tone(event)))
        return (event.on, str(event.iteration or ""), kind, event.by, event.words)

    def _tone(self, event: Event) -> Tone:
        """Return the tone of the kind of an event; a check has that of its verdict."""
        if event.kind != "verified":
            return _TONES.get(event.kind, Tone.PLAIN)
        return tone_of_verdict(final_verdict(self._iteration(event).check))

    def _iteration(self, event: Event) -> Iteration:
        """Return the iteration of an event, the first one for what happened before it."""
        iterations = self.book.iterations(self.place.improvement)
        return next((each for each in iterations if each.number == event.iteration), iterations[0])

    @on(Table.Moved)
    def _show_here(self) -> None:
        """Say at length what the row under the cursor has no room for: what happened, by whom."""
        chosen = self.query_one(Table).current_id
        words = ""
        if chosen:
            event = self._events[int(chosen)]
            words = f"{event.kind} by {event.by}: {event.words}" if event.by else f"{event.kind}: {event.words}"
        self.query_one(".here", Words).say(words)

    @on(Table.Selected)
    def _open(self, event: Table.Selected) -> None:
        """Open the step in which the event is recorded, what was raised or archived in the register entry."""
        event.stop()
        chosen = self._events[int(event.row_id)]
        improvement = self.place.improvement
        if chosen.step == REGISTER:
            self.app.push_screen(EntryScreen(self.book, Place(improvement, step=REGISTER)))
        else:
            self.post_message(Go(chosen.step, Place(improvement, self._iteration(chosen).id, chosen.step)))

    def show_heading(self) -> None:
        """Show whose history it is."""
        improvement = self.book.improvement(self.place.improvement)
        self.query_one(Heading).show(self.book.title, f"{improvement.ref} {improvement.title}", "history")

    @property
    def main_act(self) -> Act:
        """Go back to the dashboard, which this explains."""
        return Act("back", "dashboard")

    def action_back(self) -> None:
        """Go back to the dashboard."""
        self.post_message(Go("dashboard", self.place))

    def action_register(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))
