"""Navigation: which page is in front; each is made when it is first shown, and kept.

`destination` finds where a few typed characters lead: `CI-3 4`, `4`, `due`, `steps`, `portfolio`, `home`.
"""

import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen

from cimodel_tui import forms, screens, views, workbook
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.saving import Waiting
from cimodel_tui.model.step import REGISTER, STEP_KEYS, STEPS, Place
from cimodel_tui.screens.page import Go, Page, ShowsPlace
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.session import NOTE, RENAME

if TYPE_CHECKING:
    from cimodel_tui.views.due import Due
    from cimodel_tui.workbook.desk import Desk


_PAGES = {
    "register": "RegisterScreen",
    "vision": "VisionScreen",
    "baseline": "BaselineScreen",
    "target": "TargetScreen",
    "plan": "PlanScreen",
    "action": "ActionScreen",
    "check": "CheckScreen",
    "momentum": "MomentumScreen",
    "dashboard": "DashboardScreen",
    "history": "HistoryScreen",
    "search": "SearchScreen",
    "grid": "GridScreen",
    "lessons": "LessonsScreen",
    "backups": "BackupsScreen",
}

_MODULES = {"lessons": "search"}
"""The module of a page, where it is not named like the page."""

PAGE_NAMES = (*_PAGES, "knowledge")
"""The names of all pages of a workbook."""


def page_of(name: str, book: "Workbook", place: Place, desk: "Desk") -> Page:
    """Make a page; raises KeyError for a name that is none."""
    if name == "knowledge":
        return screens.knowledge.KnowledgeScreen(book, place, desk)
    kind = getattr(import_module(f"cimodel_tui.screens.{_MODULES.get(name, name)}"), _PAGES[name])
    page: Page = kind(book, place)
    return page


_WIDEST_LIST, _FRAME = 150, 8
"""Cells of a window with a list at most, and those of its frame, its padding and its scrollbar."""


class Navigation:
    """The pages of the open workbook.

    The page in front is switched rather than being a mode of Textual's: `switch_mode` holds the next picture back for
    50 ms, and resumes a new page twice.
    """

    def __init__(self, app: App[None], desk: "Desk") -> None:
        self._app = app
        self._desk = desk
        self._pages: dict[str, Page] = {}
        self._before: tuple[str, Place] | None = None
        self.book: Workbook | None = None
        """The workbook whose pages are shown, none on home."""

    @property
    def front(self) -> Page | None:
        """The page in front, whatever window is open over it."""
        return next((each for each in reversed(self._app.screen_stack) if isinstance(each, Page)), None)

    def go(self, page: str, place: Place, words: str = "") -> None:
        """Go to a page of the workbook, taking words along, once nothing waits for a reason."""
        if self.asks_reason():
            return
        self.show(page, place)
        if self.front:
            self.front.look_for(words)

    def go_back(self) -> None:
        """Go back to the page where one was before."""
        if self._before and self.book and self.book.has(self._before[1]) and not self.asks_reason():
            self.show(*self._before)

    def go_to(self) -> None:
        """Ask where to go, in a few characters, and go there."""
        book, front = self.book, self.front
        if book is None or front is None:
            return

        def given(text: str | None) -> None:
            if not text or not text.strip():
                return
            try:
                found = destination(text, book, front.place)
            except UnknownPlaceError as unknown:
                self._app.notify(str(unknown), severity="warning", markup=False)
                return
            if found.page == DUE:
                self.list_due()
            elif found.page == ALL_STEPS:
                self.list_steps(found.place)
            else:
                self._app.post_message(found)

        hint, note = "CI-3 4, due, steps, register, portfolio, glossary, home", "Enter go · Esc cancel"
        self._app.push_screen(forms.ask.Ask("Go to", hint=hint, note=note), given)

    def rename_workbook(self, begun: str = "") -> None:
        """Ask for another title of the open workbook, beginning with what was half typed; its file keeps its name."""
        book = self.book
        if book is None:
            return

        def typed(title: str) -> None:
            book.session.wait(Waiting(RENAME, Place(), title, book.title))

        def given(title: str | None) -> None:
            book.session.end(RENAME, Place())
            if title and title.strip():
                workbook.actions.rename(book, title.strip())

        ask = forms.ask.Ask("Title of the workbook", value=begun or book.title, typed=typed)
        self._app.push_screen(ask, given)

    def edit_entry(self, improvement: str) -> None:
        """Open the register entry of an improvement."""
        if self.book is not None:
            self._app.push_screen(screens.entry.EntryScreen(self.book, Place(improvement, step=REGISTER)))

    def list_steps(self, place: Place | None = None) -> None:
        """List the seven steps of an improvement, of that in front unless named, a line each; Enter goes to one."""
        book, front = self.book, self.front
        place = place or (front.place if front else Place())
        if book is None or not place.improvement:
            return
        improvement, iteration = book.of(place)

        def chosen(key: str | None) -> None:
            if key:
                self._app.post_message(Go(key, Place(improvement.id, iteration.id)))

        room = min(self._app.size.width * 92 // 100, _WIDEST_LIST) - _FRAME
        offered = tuple(
            (key, line.text) for key, line in views.seven_steps.seven_steps(book, improvement, iteration, room)
        )
        self._app.push_screen(
            forms.ask.Pick(f"{improvement.ref} {improvement.title}", offered, look="wide-list"), chosen
        )

    def list_due(self) -> None:
        """List what is overdue and due soon; Enter goes to the place to deal with it."""
        book = self.book
        if book is None:
            return

        due = views.due.due_in(book)
        if not due:
            self._app.notify("Nothing is overdue or due soon.", markup=False)
            return

        choices = tuple((str(at), views.due.due_line(each).text) for at, each in enumerate(due))

        def chosen(key: str | None) -> None:
            if key:
                self._app.post_message(where_due(book, due[int(key)]))

        self._app.push_screen(forms.ask.Pick("Overdue and due soon", choices, look="wide-list"), chosen)

    def asks_reason(self) -> bool:
        """Ask for the reason that a change in front waits for; tells whether one does."""
        if self.book is None:
            return False

        return any(form.ask_reason() for form in self._app.screen.query(forms.form.Form))

    def show(self, page: str, place: Place, waiting: "Waiting | None" = None) -> None:
        """Put a page in front, with what waited there when the program was ended."""
        if self.book is None:
            return
        if not self.book.has(place):
            page, place = REGISTER, Place()
        screen = self._page(self.book, page, place)
        if place.field or page == REGISTER:
            screen.wanted = place
            if screen.is_current:
                screen.call_later(screen.focus_wanted)
        if waiting:
            screen.resume(waiting)
        screen.comes_back = screen is not self.front
        if self.front and screen is not self.front:
            self._before = (self.front.page_name, self.front.place)
        self.put_in_front(screen)
        self._app.call_after_refresh(self._remember, self.book, page, place)

    def _page(self, book: "Workbook", page: str, place: Place) -> Page:
        """Return a page, made where it is not there yet."""
        name = f"{page}/{place.iteration or place.improvement}" if page != REGISTER else REGISTER
        if name not in self._pages:
            self._pages[name] = page_of(page, book, place, self._desk)
            self._app.install_screen(self._pages[name], name)
        return self._pages[name]

    def _remember(self, book: "Workbook", page: str, place: Place) -> None:
        """Keep where one is, once that is painted; a workbook that was left meanwhile has kept it already."""
        if book is self.book:
            self._desk.remember(book, page, place)

    def remember_place(self) -> None:
        """Keep page and place for the next opening."""
        if self.book and self.front:
            self._desk.remember(self.book, self.front.page_name, self.front.place, leaving=True)

    def resume(self, book: "Workbook") -> bool:
        """Show what waited on the screen when the program was ended; tells whether something does.

        One piece is shown, with what waits at the same place. What cannot be meant any more, or waited elsewhere, is
        said in full.
        """
        left = book.session.restore()
        shown = next((each for each in left if workbook.session.still_applies(book, each)), None)
        for each in left:
            if shown is None or each.place != shown.place:
                book.session.end(each.kind, each.place)
                self._app.notify(workbook.session.lost_input_words(each), markup=False, timeout=30)
        if shown:
            place = replace(shown.place, field="", row="", column="")
            self.show("dashboard" if shown.kind == NOTE else place.step or REGISTER, place, shown)
            if shown.kind == RENAME:
                self._app.call_after_refresh(self.rename_workbook, shown.typed)
        return shown is not None

    def put_in_front(self, screen: Screen[None]) -> Awaitable[None]:
        """Show a page in place of the one that is shown; returns what can be waited for until it stands."""
        if len(self._app.screen_stack) > 1:
            return self._app.switch_screen(screen)
        return self._app.push_screen(screen)

    async def rebuild(self, keys_paused: "Callable[[], AbstractAsyncContextManager[None]]") -> None:
        """Make the page in front again, now that it can be changed; what is typed meanwhile is for the new one."""
        front, book = self.front, self.book
        if front is None or book is None:
            return
        async with keys_paused():
            self._close_windows()
            self.put_in_front(Screen())
            self.forget_pages()
            page, place = (front.page_name, front.place) if book.has(front.place) else (REGISTER, Place())
            await self.put_in_front(self._page(book, page, place))

    def forget_pages(self) -> None:
        """Let go of the pages of a workbook."""
        for name, page in self._pages.items():
            self._app.uninstall_screen(name)
            if page.is_running:
                page.remove()
        self._pages = {}

    def back_into_view(self, place: Place) -> None:
        """Show the place of a change that was undone or done again."""
        if self.book is None or not isinstance(self._app.screen, Page) or place.step not in (*STEP_KEYS, REGISTER):
            return
        if place.improvement in self.book.documents.improvements and place.step != REGISTER and not place.iteration:
            place = replace(place, iteration=self.book.latest(place.improvement).id)
        self._app.call_later(self.show, place.step, place)

    def leave_removed_place(self) -> None:
        """Close what shows an improvement or an iteration that is there no longer, and go to the register."""
        book = self.book
        shown = (each.place for each in self._app.screen_stack if isinstance(each, ShowsPlace))
        if book is None or all(book.has(place) for place in shown):
            return
        self._close_windows()
        self._app.call_later(self._to_what_is_there)

    def _close_windows(self) -> None:
        while self._app.screen.is_modal:
            self._app.pop_screen()

    def _to_what_is_there(self) -> None:
        screen = self._app.screen
        if self.book and isinstance(screen, Page) and not self.book.has(screen.place):
            self.show(REGISTER, Place())


DUE = "due"
"""What lists the things that are overdue and due soon."""

ALL_STEPS = "steps"
"""What lists the seven steps of an improvement on one page."""

_PAGE_WORDS = {
    "home": "home",
    "portfolio": "portfolio",
    "register": REGISTER,
    "grid": "grid",
    "lessons": "lessons",
    "search": "search",
    "backups": "backups",
    "knowledge": "knowledge",
    "dashboard": "dashboard",
    "history": "history",
    ALL_STEPS: ALL_STEPS,
    **{step.key: step.key for step in STEPS},
}
"""Pages by the words that lead to them."""

_PARTS_OF_KNOWLEDGE = ("glossary", "look-alikes")
"""What stands on the page of the knowledge check beside it, by the names that it has there."""

_OF_AN_IMPROVEMENT = {"dashboard", "history", ALL_STEPS, *STEP_KEYS}

_REF = r"(?i)(?:ci)?[-\s]?(\d+)(?:\s+(\S+))?"

_STEP_OF = {
    "action": "action",
    "checkpoint": "plan",
    "sustain check": "momentum",
    "measuring": "check",
    "next iteration": "momentum",
    "relapse": "momentum",
}
"""The step at which a thing with a day is dealt with; the dashboard where none is named."""


class UnknownPlaceError(ValueError):
    """Nothing is called like this."""


def destination(text: str, book: Workbook, here: Place) -> Go:
    """Return where some typed characters lead: a page, DUE or ALL_STEPS; raises UnknownPlaceError with a sentence."""
    words = text.strip().removeprefix(":").strip().casefold()
    if words == DUE:
        return Go(DUE)
    if words in _PARTS_OF_KNOWLEDGE:
        return Go("knowledge", words=words)
    if words in _PAGE_WORDS:
        return _page(words, book, here)
    if here.improvement and words in {str(step.number) for step in STEPS}:
        return _of(book, book.improvement(here.improvement), words)
    found = re.fullmatch(_REF, words)
    if found is None:
        raise UnknownPlaceError(f"Nothing is called {text.strip()!r}. Try CI-3 4, due, register, grid or home.")
    ref = f"CI-{int(found[1]):04d}"
    improvement = next((each for each in book.improvements(archived=True) if each.ref == ref), None)
    if improvement is None:
        raise UnknownPlaceError(f"There is no {ref} here.")
    return _of(book, improvement, found[2] or "dashboard")


def _page(words: str, book: Workbook, here: Place) -> Go:
    page = _PAGE_WORDS[words]
    if page not in _OF_AN_IMPROVEMENT:
        return Go(page)
    if not here.improvement:
        raise UnknownPlaceError(f"Which improvement? Try CI-1 {words}.")
    return _of(book, book.improvement(here.improvement), words)


def _of(book: Workbook, improvement: Improvement, where: str) -> Go:
    """Return a page of an improvement: a step by its number or key, the dashboard, the history."""
    by_number = {str(step.number): step.key for step in STEPS}
    page = by_number.get(where, where)
    if page not in _OF_AN_IMPROVEMENT:
        raise UnknownPlaceError(f"There is no step {where}: the steps are 1 to 7.")
    return Go(page, Place(improvement.id, book.latest(improvement.id).id))


def where_due(book: Workbook, due: "Due") -> Go:
    """Return where a thing with a day is dealt with."""
    improvement = next(each for each in book.improvements(archived=True) if each.ref == due.improvement)
    iteration = next(each for each in book.iterations(improvement.id) if each.number == due.iteration)
    return Go(_STEP_OF.get(due.kind, "dashboard"), Place(improvement.id, iteration.id))
