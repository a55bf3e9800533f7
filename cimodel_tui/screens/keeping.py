"""The part of the app that keeps a workbook: saves it, takes changes back, and notices what others do to its file."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import work
from textual.css.query import NoMatches
from textual.widget import MountError

from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.saving import OutsideChange, StoreError
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.screens.in_order import InOrderApp
from cimodel_tui.screens.page import Page, SaveLine

if TYPE_CHECKING:
    from cimodel_tui.workbook import Notice, Workbook
    from cimodel_tui.workbook.undo import Step

LEAVING = (("again", "Try again"), ("copy", "Save a copy to ..."), ("stay", "Stay"), ("leave", "Leave all the same"))
"""What can be done with what could not be saved."""

_SAFE = "What you typed is in memory and in the draft: the next opening takes it up."

_UNSAFE = "What you typed is in memory alone, for the draft cannot be kept either: leaving now loses it."


@runtime_checkable
class Showing(Protocol):
    """A page or a window that shows a place of the workbook."""

    @property
    def place(self) -> Place:
        """The place."""


class KeepingApp(InOrderApp):
    """An app with one workbook, or none while the saved ones are shown."""

    def __init__(self, book: "Workbook | None") -> None:
        super().__init__()
        self.book = book
        self._failed = ""

    def show(self, page: str, place: Place) -> None:
        """Put a page in front."""
        raise NotImplementedError

    async def show_anew(self) -> None:
        """Make the page in front again, now that it can be changed; what is typed meanwhile is for the new one."""
        raise NotImplementedError

    def remember_place(self) -> None:
        """Keep where one is for the next opening."""
        raise NotImplementedError

    @work(group="end", exclusive=True)
    async def end_at_once(self) -> None:
        """Save and end, as the system asks for by a signal."""
        await self.typed()
        self.let_go(whatever_happens=True)
        self.exit(return_code=0)

    def _handle_exception(self, error: Exception) -> None:
        """Say nothing of a page that was still being made as the app ended: it is taken down with parts missing."""
        if self.return_code is None or not isinstance(error, NoMatches | MountError):
            super()._handle_exception(error)

    def let_go(self, *, whatever_happens: bool = False) -> bool:
        """Save and close the workbook; tells whether it is closed. What cannot be saved keeps it open."""
        if self.book is None:
            return True
        self.remember_place()
        try:
            self.book.store.flush()
        except StoreError as problem:
            self._failed = str(problem)
            if not whatever_happens:
                return False
        with suppress(StoreError):
            self.book.store.close()
        self.book = None
        return True

    def from_store(self, notice: "Notice") -> None:
        """Bring what the store says into this thread."""
        with suppress(RuntimeError):
            self.call_later(self._noticed, notice)

    def _noticed(self, notice: "Notice") -> None:
        if self.book is None:
            return
        if isinstance(notice, OutsideChange):
            from cimodel_tui.workbook import Change  # noqa: PLC0415 - home has no workbook

            self.notify(notice.words, markup=False)
            self.book.tell(Change(Place(), notice.words))
            if notice.conflicts:
                self.action_conflicts()
        for screen in self.screen_stack:
            for line in screen.query(SaveLine):
                line.show(self.book)

    def action_leave(self) -> None:
        """Save and quit; with something unsaved, or without the reason that a change waits for, ask first."""
        if self.asks_reason():
            return
        if self.let_go():
            self.exit()
        else:
            self.ask_before_leaving(self.exit)

    def asks_reason(self) -> bool:
        """Ask for the reason that a change in front waits for; tells whether one does."""
        if self.book is None:
            return False
        from cimodel_tui.forms.form import Form  # noqa: PLC0415 - home has none

        return any(form.ask_reason() for form in self.screen.query(Form))

    def ask_before_leaving(self, leave: Callable[[], None]) -> None:
        """Ask what to do with what could not be saved."""
        from cimodel_tui.forms.ask import Choose  # noqa: PLC0415 - rare

        def chosen(answer: str | None) -> None:
            if answer == "again":
                leave() if self.let_go() else self.ask_before_leaving(leave)
            elif answer == "copy":
                self.action_copy()
            elif answer == "leave":
                self.let_go(whatever_happens=True)
                leave()

        note = _UNSAFE if self.book and self.book.store.state.draft_failed else _SAFE
        self.push_screen(Choose(f"Not everything is saved: {self._failed}", LEAVING, note=note), chosen)

    def action_copy(self) -> None:
        """Save everything to another file."""
        from cimodel_tui.screens.copying import save_copy  # noqa: PLC0415 - rare

        if self.book:
            save_copy(self, self.book)

    def action_conflicts(self) -> None:
        """Show what was changed on both sides."""
        from cimodel_tui.screens.conflicts import ConflictsScreen  # noqa: PLC0415 - rare

        if self.book and self.book.store.conflicts():
            self.push_screen(ConflictsScreen(self.book))
        else:
            self.notify("There is no conflict.", markup=False)

    @work(thread=True, group="save", exclusive=True)
    def action_save(self) -> None:
        """Save now, and say so."""
        if self.book is None:
            return
        try:
            self.book.store.flush()
        except StoreError as problem:
            self.call_from_thread(self.notify, str(problem), severity="error", markup=False)
        else:
            self.call_from_thread(self.notify, "Saved.", markup=False)

    @work(thread=True, group="outside", exclusive=True)
    def look_outside(self) -> None:
        """See whether somebody else wrote the file, or let go of it."""
        if self.book is None:
            return
        with suppress(StoreError):
            if self.book.store.read_only and self.book.store.take_over():
                self.call_from_thread(self._took_over)
            change = self.book.store.check_outside()
            if change:
                self.call_from_thread(self._noticed, change)

    def _took_over(self) -> None:
        self.notify("The workbook is free now, and yours to change.", markup=False)
        self.run_worker(self.show_anew(), group="anew")

    def on_app_focus(self) -> None:
        """Look outside as soon as the terminal has the focus again."""
        self.look_outside()

    def action_undo(self) -> None:
        """Undo the last change, and bring it back into view."""
        self._turn(lambda book: book.undo(), "undone")

    def action_redo(self) -> None:
        """Do the last undone change again."""
        self._turn(lambda book: book.redo(), "done again")

    def _turn(self, turn: "Callable[[Workbook], Step | None]", words: str) -> None:
        if self.book is None:
            return
        from cimodel_tui.workbook import RefusedError  # noqa: PLC0415 - as above

        try:
            step = turn(self.book)
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)
            return
        if step is None:
            self.notify(f"Nothing to be {words}.", markup=False)
            return
        self.notify(f"{words}: {step.words or step.place.words}", markup=False)
        self._back_into_view(step.place)

    def _back_into_view(self, place: Place) -> None:
        if self.book is None or not isinstance(self.screen, Page) or place.step not in (*STEP_KEYS, REGISTER):
            return
        if place.improvement in self.book.documents.improvements and place.step != REGISTER and not place.iteration:
            place = replace(place, iteration=self.book.latest(place.improvement).id)
        self.call_later(self.show, place.step, place)

    def leave_what_is_gone(self) -> None:
        """Close what shows an improvement or an iteration that is there no longer, and go to the register."""
        book = self.book
        shown = (each.place for each in self.screen_stack if isinstance(each, Showing))
        if book is None or all(book.has(place) for place in shown):
            return
        while self.screen.is_modal:
            self.pop_screen()
        self.call_later(self._to_what_is_there)

    def _to_what_is_there(self) -> None:
        if self.book and isinstance(self.screen, Page) and not self.book.has(self.screen.place):
            self.show(REGISTER, Place())
