"""The open workbook: saved, closed and undone; changes by others to its file are noticed and reported once."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from cimodel_tui import forms, screens, workbook
from cimodel_tui.model.saving import OutsideChange, StoreError
from cimodel_tui.model.step import Place
from cimodel_tui.screens.navigation import Navigation
from cimodel_tui.screens.page import SaveLine
from cimodel_tui.screens.type_ahead import TypeAhead
from cimodel_tui.textual_compat import is_leaving
from cimodel_tui.workbook import Workbook

if TYPE_CHECKING:
    from cimodel_tui.workbook import Notice
    from cimodel_tui.workbook.changes import UndoStep


LEAVING = (("again", "Try again"), ("copy", "Save a copy to ..."), ("stay", "Stay"), ("leave", "Quit anyway"))
"""What can be done with what could not be saved."""

_SAFE = "What you typed is in the draft and will be restored."

_UNSAFE = "The draft cannot be written either: leaving now loses what you typed."


class OpenWorkbook:
    """One workbook, or none while the saved ones are shown."""

    def __init__(self, app: App[None], navigation: Navigation, keys: TypeAhead) -> None:
        self._app = app
        self._navigation = navigation
        self._keys = keys
        self._failed = ""
        self.book: Workbook | None = None
        """The workbook."""

    def attach(self, book: "Workbook") -> None:
        """Have a workbook from now on, and be told what happens to it."""
        self.book = self._navigation.book = book
        book.store.subscribe(self._from_store)
        book.subscribe(lambda _change: self._navigation.leave_removed_place())
        for words in book.store.notices:
            self._app.notify(words, markup=False, timeout=10)

    def close(self, *, whatever_happens: bool = False) -> bool:
        """Save and close the workbook; tells whether it is closed. What cannot be saved keeps it open."""
        if self.book is None:
            return True
        self._navigation.remember_place()
        try:
            self.book.store.flush()
        except StoreError as problem:
            self._failed = str(problem)
            if not whatever_happens:
                return False
        with suppress(StoreError):
            self.book.store.close()
        self.book = self._navigation.book = None
        return True

    def leave(self, then: Callable[[], object]) -> None:
        """Save and leave; with something unsaved, or without the reason that a change waits for, ask first."""
        if self._navigation.asks_reason():
            return
        if self.close():
            then()
        else:
            self._ask_before_leaving(then)

    def _ask_before_leaving(self, leave: Callable[[], object]) -> None:
        """Ask what to do with what could not be saved."""

        def chosen(answer: str | None) -> None:
            if answer == "again":
                leave() if self.close() else self._ask_before_leaving(leave)
            elif answer == "copy":
                self.save_copy()
            elif answer == "leave":
                self.close(whatever_happens=True)
                leave()

        note = _UNSAFE if self.book and self.book.store.state.draft_failed else _SAFE
        self._app.push_screen(forms.ask.Choose(f"Not everything is saved: {self._failed}", LEAVING, note=note), chosen)

    def save_copy(self) -> None:
        """Save everything to another file."""
        book = self.book

        def given(text: str | None) -> None:
            if book is None or not text or not text.strip():
                return
            try:
                book.store.save_copy(Path(text.strip()).expanduser())
            except StoreError as problem:
                self._app.notify(str(problem), severity="error", markup=False)
            else:
                self._app.notify(f"A copy is at {text.strip()}.", markup=False)

        if book:
            self._app.push_screen(forms.ask.Ask("Save a copy to", hint="path of the new file"), given)

    def save(self) -> None:
        """Save now and confirm it; in a thread of its own."""
        self._app.run_worker(self._save, thread=True, group="save", exclusive=True)

    def _save(self) -> None:
        if self.book is None:
            return
        try:
            self.book.store.flush()
        except StoreError as problem:
            self._app.call_from_thread(self._app.notify, str(problem), severity="error", markup=False)
        else:
            self._app.call_from_thread(self._app.notify, "Saved.", markup=False)

    def _from_store(self, notice: "Notice") -> None:
        """Bring what the store says, possibly from another thread, to the event loop."""
        with suppress(RuntimeError):
            self._app.call_later(self._noticed, notice)

    def _noticed(self, notice: "Notice") -> None:
        if self.book is None:
            return
        if isinstance(notice, OutsideChange):
            self.book.tell(workbook.Change(Place(), notice.words))
            if notice.conflicts:
                self.show_conflicts(notice.words)
            else:
                self._app.notify(notice.words, markup=False)
        for screen in self._app.screen_stack:
            for line in screen.query(SaveLine):
                line.show(self.book)

    def show_conflicts(self, how: str = "") -> None:
        """Show what was changed on both sides and how it came about, in the window that is open for it where one is."""
        kind = screens.conflicts.ConflictsScreen
        shown = (each for each in self._app.screen_stack if isinstance(each, kind))
        window = next((each for each in shown if not is_leaving(each)), None)
        if self.book is None or not self.book.store.conflicts():
            self._app.notify("There is no conflict.", markup=False)
        elif window:
            window.show_conflict()
        else:
            self._app.push_screen(kind(self.book, how))

    def look_outside(self) -> None:
        """See whether somebody else wrote the file, or let go of it; in a thread of its own."""
        self._app.run_worker(self._look_outside, thread=True, group="outside", exclusive=True)

    def _look_outside(self) -> None:
        """Look; the store tells its listener of a change that it finds, as it does of one found by a save."""
        book = self.book
        if book is None:
            return
        with suppress(StoreError):
            if book.store.read_only and book.store.take_over():
                self._app.call_from_thread(self._took_over)
            book.store.check_outside()

    def _took_over(self) -> None:
        self._app.notify("The workbook is free now; you can edit it.", markup=False)
        self.rebuild()
        if self.book and self.book.store.waiting:
            self._app.call_after_refresh(self._navigation.resume, self.book)

    def rebuild(self) -> None:
        """Make the page in front again; the keys wait for it."""
        self._app.run_worker(self._navigation.rebuild(self._keys.paused), group="anew")

    def undo(self) -> None:
        """Undo the last change, and bring it back into view."""
        self._turn(lambda book: book.undo(), "undo", "Undone")

    def redo(self) -> None:
        """Do the last undone change again."""
        self._turn(lambda book: book.redo(), "redo", "Redone")

    def _turn(self, turn: "Callable[[Workbook], UndoStep | None]", verb: str, words: str) -> None:
        if self.book is None:
            return

        try:
            step = turn(self.book)
        except workbook.RefusedError as refused:
            self._app.notify(str(refused), severity="warning", markup=False)
            return
        if step is None:
            self._app.notify(f"Nothing to {verb}.", markup=False)
            return
        self._app.notify(f"{words}: {step.words or step.place.words}", markup=False)
        self._navigation.back_into_view(step.place)
