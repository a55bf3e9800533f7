"""The part of the app that goes from page to page: each is made when it is first shown, and kept."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.screens.keeping import KeepingApp
from cimodel_tui.screens.page import Go, Page
from cimodel_tui.widgets.sheet import read_more

if TYPE_CHECKING:
    from cimodel_tui.model.saving import Pending
    from cimodel_tui.workbook import Workbook
    from cimodel_tui.workbook.desk import Desk


class PagingApp(KeepingApp):
    """An app with the pages of a workbook."""

    def __init__(self, desk: "Desk", book: "Workbook | None") -> None:
        super().__init__(book)
        self.desk = desk

    def action_home(self) -> None:
        """Let go of the workbook and show the saved ones."""
        raise NotImplementedError

    @on(Go)
    def _go(self, event: Go) -> None:
        event.stop()
        self.go(event.page, event.place, event.words)

    def go(self, page: str, place: Place, words: str = "") -> None:
        """Go to a page, taking words along, once nothing waits for a reason."""
        if self.asks_reason():
            return
        if page == "home":
            self.action_home()
            return
        self.show(page, place)
        if self.front:
            self.front.look_for(words)

    def show(self, page: str, place: Place, pending: "Pending | None" = None) -> None:
        """Put a page in front; it is made when it is first shown, and kept. What waits for a reason waits there."""
        if self.book is None:
            return
        if not self.book.has(place):
            page, place = REGISTER, Place()
        screen = self._page(self.book, page, place)
        if place.field or page == REGISTER:
            screen.wanted = place
            if screen.is_current:
                screen.call_later(screen.to_wanted)
        if pending:
            screen.put_back(pending)
        screen.comes_back = screen is not self.front
        self.put_in_front(screen)
        self.call_after_refresh(self._remember, self.book, page, place)

    def _page(self, book: "Workbook", page: str, place: Place) -> Page:
        """Return a page, made where it is not there yet."""
        name = f"{page}/{place.iteration or place.improvement}" if page != REGISTER else REGISTER
        if name not in self._installed_screens:
            from cimodel_tui.screens.pages import page_of  # noqa: PLC0415 - home is none of them

            self.install_screen(page_of(page, book, place, self.desk), name)
        return self.get_screen(name, Page)

    def _remember(self, book: "Workbook", page: str, place: Place) -> None:
        """Keep where one is, once that is painted; a workbook that was left meanwhile has kept it already."""
        if book is self.book:
            self.desk.remember(book, page, place)

    def put_in_front(self, screen: Screen[None]) -> Awaitable[None]:
        """Show a page in place of the one that is shown; returns what can be waited for until it stands."""
        if screen.css_path:
            read_more(self.stylesheet)
        return self.switch_screen(screen) if len(self.screen_stack) > 1 else self.push_screen(screen)

    @property
    def front(self) -> Page | None:
        """The page in front, whatever window is open over it."""
        return next((each for each in reversed(self.screen_stack) if isinstance(each, Page)), None)

    def remember_place(self) -> None:
        """Keep page and place for the next opening."""
        if self.book and self.front:
            from cimodel_tui.screens.waiting import waiting_in  # noqa: PLC0415 - loads the forms, which home has not

            front, waits = self.front, waiting_in(self.screen_stack)
            self.desk.remember(self.book, front.page_name, front.place, leaving=True, pending=waits)

    async def show_anew(self) -> None:
        """Make the page in front again, now that it can be changed; what is typed meanwhile is for the new one."""
        front, book = self.front, self.book
        if front is None or book is None:
            return
        async with self.keys_held():
            while self.screen.is_modal:
                self.pop_screen()
            self.put_in_front(Screen())
            self.forget_pages()
            page, place = (front.page_name, front.place) if book.has(front.place) else (REGISTER, Place())
            await self.put_in_front(self._page(book, page, place))

    def forget_pages(self) -> None:
        """Let go of the pages of a workbook."""
        for name in tuple(self._installed_screens):
            if "/" in name or name == REGISTER:
                page = self.get_screen(name)
                self.uninstall_screen(name)
                if page.is_running:
                    page.remove()
