"""The app: it goes from page to page, owns the global keys, and lets go of the workbook when it ends."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.screen import Screen

from cimodel_tui.commands import Pages
from cimodel_tui.forms.ask import Ask, Choose
from cimodel_tui.model.place import Place
from cimodel_tui.model.saving import OutsideChange, StoreError
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.screens.page import Go, Page, SaveLine
from cimodel_tui.screens.pages import page_of
from cimodel_tui.widgets.clean import CleanText
from cimodel_tui.widgets.themes import DARK, LIGHT, muted
from cimodel_tui.workbook import Change, Notice, RefusedError, Workbook
from cimodel_tui.workbook.desk import Desk

_WIDE, _EXTRA = 110, 170
"""Cells from which guidance stands beside the form, and from which it gets more room."""

LOOK_OUTSIDE = 2.0
"""Seconds between two looks at whether somebody else wrote the file."""


class CimodelApp(App[None]):
    """The terminal workbook for the continual improvement model."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "cimodel-tui"
    COMMANDS = App.COMMANDS | {Pages}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "quit", tooltip="Save and quit", id="app.quit", priority=True),
        Binding("ctrl+s", "save", "save", show=False, tooltip="Save now, and say so", id="app.save", priority=True),
        Binding("ctrl+z", "undo", "undo", show=False, tooltip="Undo the last change", id="app.undo", priority=True),
        Binding("ctrl+y", "redo", "redo", show=False, tooltip="Do it again", id="app.redo", priority=True),
        Binding("ctrl+o", "home", "home", show=False, tooltip="The saved workbooks", id="app.home"),
    ]

    def __init__(self, desk: Desk, book: Workbook | None = None, *, new_path: Path | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.book = book
        self._new_path = new_path
        self._failed = ""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = desk.theme if desk.theme in self.available_themes else DARK.name
        self._filters.append(CleanText())

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with a muted colour for words in every theme."""
        variables = super().get_css_variables()
        return {**variables, "muted": muted(self.current_theme, variables)}

    def on_mount(self) -> None:
        """Open the first page, and listen for the signals at which everything has to be on disk."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, ValueError, RuntimeError):
                asyncio.get_running_loop().add_signal_handler(number, self._end_at_once)
        self.theme_changed_signal.subscribe(self, lambda theme: self.desk.keep_theme(theme.name))
        self.set_interval(LOOK_OUTSIDE, self.look_outside)
        if self.book:
            self.take(self.book)
        else:
            self.action_home()
            if self._new_path:
                self._ask_about(self._new_path)

    def _ask_about(self, path: Path) -> None:
        """Ask whether a workbook is to be made at a path where there is none."""

        def given(title: str | None) -> None:
            if title and title.strip():
                problem = self.take_or_say(lambda: self.desk.create(title.strip(), path))
                if problem:
                    self.notify(problem, severity="error", markup=False)

        self.push_screen(Ask(f"{path} does not exist yet. What is the new workbook called?", value=path.stem), given)

    def _end_at_once(self) -> None:
        self._let_go()
        self.exit(return_code=0)

    def _let_go(self) -> bool:
        """Save and close the workbook; tells whether everything is on disk."""
        if self.book is None:
            return True
        self._remember()
        try:
            self.book.store.close()
        except StoreError as problem:
            self._failed = str(problem)
            return False
        self.book = None
        return True

    def take(self, book: Workbook) -> None:
        """Show a workbook where it was left."""
        self.book = book
        book.store.subscribe(lambda notice: self._from_store(notice))
        page, place = self.desk.left_off(book)
        self.show(page, place)

    def _from_store(self, notice: Notice) -> None:
        """Bring what the store says into this thread."""
        with suppress(RuntimeError):
            self.call_later(self._noticed, notice)

    def _noticed(self, notice: Notice) -> None:
        if self.book is None:
            return
        if isinstance(notice, OutsideChange):
            self.notify(notice.words, markup=False)
            self.book.tell(Change(Place(), notice.words))
        for screen in self.screen_stack:
            for line in screen.query(SaveLine):
                line.show(self.book)

    @on(Go)
    def _go(self, event: Go) -> None:
        event.stop()
        if event.page == "home":
            self.action_home()
        else:
            self.show(event.page, event.place)

    def show(self, page: str, place: Place) -> None:
        """Put a page in front; it is made when it is first shown, and kept."""
        if self.book is None:
            return
        name = f"{page}/{place.iteration or place.improvement}" if page != "register" else "register"
        if name not in self._installed_screens:
            self.install_screen(page_of(page, self.book, place, self.desk), name)
        screen = self.get_screen(name)
        if isinstance(screen, Page) and place.field:
            screen.wanted = place
        self._in_front(name)
        self._remember(page, place)

    def _in_front(self, screen: str | Screen[None]) -> None:
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _remember(self, page: str = "", place: Place | None = None) -> None:
        if self.book is None:
            return
        if place is None:
            front = next((each for each in reversed(self.screen_stack) if isinstance(each, Page)), None)
            if front is None:
                return
            page, place = front.page_name, front.place
        self.desk.remember(self.book, page, place)

    def action_home(self) -> None:
        """Let go of the workbook and show the saved ones."""
        from cimodel_tui.screens.home import HomeScreen  # noqa: PLC0415 - not needed where a file is opened

        if not self._let_go():
            self.ask_before_leaving(self.action_home)
            return
        for name in tuple(self._installed_screens):
            if "/" in name or name == "register":
                self.uninstall_screen(name)
        self._in_front(HomeScreen(self.desk, self.take_or_say))

    def take_or_say(self, opening: Callable[[], Workbook]) -> str:
        """Open a workbook; returns what stands against it in a sentence, empty where nothing does."""
        try:
            book = opening()
        except StoreError as problem:
            return str(problem)
        self.take(book)
        return ""

    def action_leave(self) -> None:
        """Save and quit; with something unsaved, ask first."""
        if self._let_go():
            self.exit()
        else:
            self.ask_before_leaving(self.exit)

    def ask_before_leaving(self, leave: Callable[[], None]) -> None:
        """Ask what to do with what could not be saved."""
        question = f"Not everything is saved: {self._failed}"
        answers = (
            ("again", "Try again"),
            ("copy", "Save a copy to ..."),
            ("stay", "Stay"),
            ("leave", "Leave all the same"),
        )

        def chosen(answer: str | None) -> None:
            match answer:
                case "again":
                    leave() if self._let_go() else self.ask_before_leaving(leave)
                case "copy":
                    self.action_copy()
                case "leave":
                    self.book = None
                    leave()

        self.push_screen(Choose(question, answers, note="What you typed is in memory, and in the draft."), chosen)

    def action_copy(self) -> None:
        """Save everything to another file."""

        def given(path: str | None) -> None:
            if path and path.strip() and self.book:
                try:
                    self.book.store.save_copy(Path(path.strip()).expanduser())
                except StoreError as problem:
                    self.notify(str(problem), severity="error", markup=False)
                else:
                    self.notify(f"A copy is at {path}.", markup=False)

        self.push_screen(Ask("Save a copy to", hint="path of the new file"), given)

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
        """See whether somebody else wrote the file."""
        if self.book is None:
            return
        with suppress(StoreError):
            change = self.book.store.check_outside()
            if change:
                self.call_from_thread(self._noticed, change)

    def on_app_focus(self) -> None:
        """Look outside as soon as the terminal has the focus again."""
        self.look_outside()

    def action_undo(self) -> None:
        """Undo the last change, and bring it back into view."""
        self._turn(lambda book: book.undo(), "undone")

    def action_redo(self) -> None:
        """Do the last undone change again."""
        self._turn(lambda book: book.redo(), "done again")

    def _turn(self, turn: Callable[[Workbook], object], words: str) -> None:
        if self.book is None:
            return
        try:
            step = turn(self.book)
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)
            return
        if step is None:
            self.notify("Nothing to take back.", markup=False)
            return
        place: Place = step.place  # type: ignore[attr-defined]  # a step of undo has a place
        self.notify(f"{words}: {step.words or place.words}", markup=False)  # type: ignore[attr-defined]  # as above
        self._back_into_view(place)

    def _back_into_view(self, place: Place) -> None:
        front = self.screen
        if place.step in STEP_KEYS and not front.is_modal and isinstance(front, Page) and front.place != place:
            self.call_later(self.show, place.step, place)

    def action_help(self) -> None:
        """Show the keys and the guidance of the page in front."""
        from cimodel_tui.screens.help import HelpScreen  # noqa: PLC0415 - loaded with the first question

        front = self.screen
        self.push_screen(HelpScreen(front, front.place.step if isinstance(front, Page) else ""))

    def on_resize(self, event: Resize) -> None:
        """Use the width there is: guidance stands beside the form from 110 cells on."""
        for name, width in (("wide", _WIDE), ("extra", _EXTRA)):
            for screen in self.screen_stack:
                screen.set_class(event.size.width >= width, name)
