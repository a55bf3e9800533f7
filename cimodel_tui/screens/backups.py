"""The backups of the workbook: when each was taken, and a way back to it that can itself be taken back."""

import shlex
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from cimodel_tui.forms.ask import Choose
from cimodel_tui.model.saving import Backup, StoreError
from cimodel_tui.model.step import Place
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.containers import Pane
from cimodel_tui.widgets.keys import Act
from cimodel_tui.widgets.table import Table
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Change, Workbook

_COLUMNS = (Column("No", 3), Column("Taken", 16), Column("Size", 10), Column("Where", 20, share=1, rank=1))

_NOTE = (
    "The last ten are kept, and one a day for two weeks. Enter restores the marked one; the current state becomes a "
    "backup first, so a restore can be undone the same way."
)

_NOTE_EMPTY = "Backups stay on this machine: save a copy elsewhere as well."


class BackupsScreen(Page):
    """The copies of the file, newest first."""

    page_name = "backups"
    _found: Sequence[Backup] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "register", tooltip="To the register", id="backups.back"),
    ]

    def body(self) -> ComposeResult:
        """A table of them."""
        about = VerticalScroll(Words(_about(self.book)), classes="about")
        yield Pane("Backups, newest first", Table(_COLUMNS, classes="register"), about)
        yield Words(_NOTE, classes="here")

    def show_all(self, change: Change | None = None) -> None:
        """Show the backups that there are now; the focus is in the table, or in the words before the first backup."""
        super().show_all(change)
        self._found = self.book.store.backups()
        self.query_one(Table).fill((str(each.number), _cells(each)) for each in self._found)
        self.query_one(Table).display = bool(self._found)
        self.query_one(".about").display = not self._found
        self.query_one(".here", Words).say(_NOTE if self._found else _NOTE_EMPTY)
        self.query_one(Table if self._found else ".about").focus()

    def show_heading(self) -> None:
        """Show whose backups they are."""
        self.query_one(Heading).show(self.book.title, "backups")

    @property
    def main_act(self) -> Act:
        """Restore the marked backup; save a copy while there is none."""
        return Act("restore", "restore") if self._found else Act("app.copy", "save a copy")

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


def _about(book: Workbook) -> Content:
    """Return when backups are taken and what else there is, for a workbook that has none."""
    name = shlex.quote(book.store.path.name)
    parts = (
        ("No backup yet", ()),
        (
            "When one is taken",
            ("Before the first change of a session is saved, and then once an hour while you work.",),
        ),
        ("What is kept", ("The last ten, and the first of each day for two weeks.",)),
        ("This file", (str(book.store.path),)),
        ("From the shell", (f"cimodel-tui backups {name}", f"cimodel-tui restore {name} 1")),
        ("A copy now", ("F9 saves the whole workbook to another file.",)),
    )
    found = []
    for head, lines in parts:
        found.append(Content("\n").join((Content.styled(head, "bold $text-primary"), *map(Content, lines))))
    return Content("\n\n").join(found)
