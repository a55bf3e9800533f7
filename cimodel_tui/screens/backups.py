"""The backups of the workbook: when each was taken, and a way back to it that can itself be taken back."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from cimodel_tui.forms.ask import Choose
from cimodel_tui.model.place import Place
from cimodel_tui.model.saving import Backup, StoreError
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.containers import Pane
from cimodel_tui.widgets.main_act import NO_ACT, Act
from cimodel_tui.widgets.table import Table
from cimodel_tui.workbook import Change

_COLUMNS = (Column("No", 3), Column("Taken", 16), Column("Size", 10), Column("Where", 20, share=1, rank=1))

_NOTE = (
    "The last ten are kept, and one a day for two weeks. Enter restores the marked one; the current state becomes a "
    "backup first, so a restore can be undone the same way."
)

_NOTHING = "No backup yet: the first is made before the first change is saved."


class BackupsScreen(Page):
    """The copies of the file, newest first."""

    page_name = "backups"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "register", tooltip="To the register", id="backups.back"),
    ]

    def body(self) -> ComposeResult:
        """A table of them."""
        table = Table(_COLUMNS, classes="register")
        table.instead = _NOTHING
        yield Pane("Backups, newest first", table)
        yield Static(_NOTE, classes="here", markup=False)

    def on_mount(self) -> None:
        """Begin in the table."""
        self.query_one(Table).focus()

    def show_all(self, change: Change | None = None) -> None:
        """Show the backups that there are now."""
        super().show_all(change)
        found = self.book.store.backups()
        self.query_one(Table).fill((str(each.number), _cells(each)) for each in found)

    def show_heading(self) -> None:
        """Show whose backups they are."""
        self.query_one(Heading).show(self.book.title, "backups")

    @property
    def main_act(self) -> Act:
        """Restore the marked backup."""
        return Act("restore", "restore") if self.query_one(Table).current_id else NO_ACT

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        self.action_restore()

    def action_restore(self) -> None:
        """Ask once, and restore the marked backup."""
        number = int(self.query_one(Table).current_id)
        answers = (("yes", "Restore it"), ("no", "Cancel"))
        question = f"Restore backup {number}? The current state becomes a backup first."
        self.app.push_screen(
            Choose(question, answers), lambda answer: self._restore(number) if answer == "yes" else None
        )

    def _restore(self, number: int) -> None:
        try:
            self.book.store.restore(number)
        except StoreError as problem:
            self.notify(str(problem), severity="error", markup=False)
            return
        self.book.history.clear()
        self.book.tell(Change(Place(), "a backup was restored"))
        self.notify("Restored. The state before is now the newest backup.", markup=False)

    def action_back(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))


def _cells(backup: Backup) -> tuple[str, ...]:
    taken = backup.taken_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return (str(backup.number), taken, f"{backup.size / 1000:,.1f} kB", backup.path)
