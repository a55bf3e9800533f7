"""The app, composed of an open workbook, navigation between its pages, and type-ahead; it owns the global keys."""

import asyncio
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import Event, Key, Paste
from textual.worker import Worker

from cimodel_tui import forms, screens
from cimodel_tui.model.saving import StoreError
from cimodel_tui.model.step import Place
from cimodel_tui.screens.navigation import Navigation
from cimodel_tui.screens.open_workbook import OpenWorkbook
from cimodel_tui.screens.page import Go, Page
from cimodel_tui.screens.type_ahead import TypeAhead
from cimodel_tui.textual_compat import TerminalApp, TerminalClosed, hurry_on_signals
from cimodel_tui.widgets.text import CleanText
from cimodel_tui.widgets.themes import DARK, LIGHT, PLAIN_CHARTS, muted, shades, tones

if TYPE_CHECKING:
    from cimodel_tui.screens.home import HomeScreen
    from cimodel_tui.workbook import Workbook
    from cimodel_tui.workbook.desk import Desk

TO_END = 0.7
"""Seconds that keys typed ahead have to take effect once the program is told to end."""


_KEYS_ON_A_KEYBOARD = {
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
    **{name: name.capitalize() for name in ("esc", "tab", "shift", "space", "home", "end", "del")},
    "pgup": "PgUp",
    "pgdn": "PgDn",
}

_NAMED_KEY = re.compile(rf"\b(?:{'|'.join(_KEYS_ON_A_KEYBOARD)})\b")


def _palette() -> type[Provider]:
    return screens.palette.Palette


class CimodelApp(TerminalApp):
    """The terminal workbook for the continual improvement model."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "cimodel-tui"
    LOOK_OUTSIDE: ClassVar[float] = 2.0
    """Seconds between two looks at whether somebody else wrote the file."""
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "quit", tooltip="Save and quit", id="app.quit", priority=True),
        Binding("ctrl+s", "save", "save", show=False, tooltip="Save now and confirm it", id="app.save", priority=True),
        Binding("ctrl+z", "undo", "undo", show=False, tooltip="Undo the last change", id="app.undo", priority=True),
        Binding(
            "ctrl+y", "redo", "redo", show=False, tooltip="Redo the last undone change", id="app.redo", priority=True
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "palette",
            show=False,
            tooltip="Find any step, improvement or command",
            id="app.palette",
            priority=True,
        ),
        Binding(
            "colon",
            "go_to",
            "go to",
            show=False,
            key_display=":",
            tooltip="Go to an improvement, a step or a page, as CI-3 4",
            id="app.go_to",
        ),
        Binding(
            "apostrophe",
            "go_back",
            "back",
            show=False,
            key_display="'",
            tooltip="Back to where you were",
            id="app.back",
        ),
        Binding("ctrl+o", "home", "home", show=False, tooltip="The saved workbooks", id="app.home"),
    ]

    def __init__(self, desk: "Desk", book: "Workbook | None" = None, *, new_path: Path | None = None) -> None:
        super().__init__(filters=(CleanText(),), escape_ms=desk.escape_ms)
        self.desk = desk
        self._first, self._new_path = book, new_path
        self.painted: Callable[[], None] = lambda: None
        """Called once the first page is painted."""
        self._type_ahead = TypeAhead(self, self._say_stuck)
        self.navigation = Navigation(self, desk)
        """The pages of the open workbook."""
        self.open_workbook = OpenWorkbook(self, self.navigation, self._type_ahead)
        """The open workbook, saved and closed."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.set_class(desk.plain_charts, PLAIN_CHARTS)
        self._begin_with(desk.theme if desk.theme in self.available_themes else DARK.name)

    def _begin_with(self, theme: str) -> None:
        """Have a theme from the start; setting one later reads the style sheet anew, at once and for every new page."""
        self.set_reactive(App.theme, theme)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())
        self.use_colours_of_theme()

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with a muted colour for words and shades that it can draw."""
        variables = super().get_css_variables()
        theme = self.current_theme
        return {**tones(variables), **variables, **shades(theme, variables), "muted": muted(theme, variables)}

    @property
    def book(self) -> "Workbook | None":
        """The open workbook, none on home; before the first page, the one to be shown there."""
        return self.open_workbook.book or self._first

    @property
    def front(self) -> Page | None:
        """The page in front, none on home."""
        return self.navigation.front

    def on_mount(self) -> None:
        """Have everything saved when the system ends the program; the first page follows."""
        self.desk.on_termination_request(asyncio.get_running_loop(), self.end_at_once)
        hurry_on_signals(self)
        self.set_keymap(dict(self.desk.keys))
        self.theme_changed_signal.subscribe(self, lambda theme: self.desk.save_theme(theme.name))
        self.set_interval(self.LOOK_OUTSIDE, self.open_workbook.look_outside)
        self.call_later(self._open_first_page)

    def on_ready(self) -> None:
        """Hand out the keys."""
        self.run_worker(self._type_ahead.run(), group="keys")

    def _open_first_page(self) -> None:
        """Open the first page. Whatever is drawn while the app is still being mounted is thrown away by Textual."""
        first, self._first = self._first, None
        if first:
            self.show_workbook(first)
        else:
            self._show_home()
            if self._new_path:
                self._ask_about(self._new_path)
        self._type_ahead.start()
        self.call_after_refresh(self.painted)

    async def on_event(self, event: Event) -> None:
        """Put a key in line; it is handled when it is its turn."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._type_ahead.is_current(event):
            if not self._type_ahead.take_back():
                await super().on_event(event)
                self._type_ahead.done()
        elif self._type_ahead.stuck and isinstance(event, Key) and event.key == "ctrl+q":
            self.end_at_once()
        else:
            self._type_ahead.put(event)

    @property
    def busy(self) -> object:
        """Something that has not ended yet, or waits in line; none while the app is idle."""
        return self._type_ahead.busy

    @property
    def is_idle(self) -> bool:
        """Whether every key so far has had its effect, and nothing more happens before the next key or timer."""
        return self.busy is None

    async def idle(self) -> None:
        """Wait until every key so far has had its effect, and nothing more happens before the next key or timer."""
        await self._type_ahead.idle()

    def keys_paused(self) -> AbstractAsyncContextManager[None]:
        """Let the keys wait: what they are meant for is being made."""
        return self._type_ahead.paused()

    def _say_stuck(self, words: str) -> None:
        self.notify(words, severity="warning", markup=False, timeout=60)

    def end_at_once(self) -> Worker[None]:
        """Save and end, as the system asks for by a signal."""
        return self.run_worker(self._end(), group="end", exclusive=True)

    async def _end(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(TO_END):
                await self.idle()
        self.open_workbook.close(whatever_happens=True)
        self.exit(return_code=0)

    @on(TerminalClosed)
    def _terminal_closed(self) -> None:
        """Save and end: nobody sees the screen any longer."""
        self.end_at_once()

    def _ask_about(self, path: Path) -> None:
        """Ask whether a workbook is to be made at a path where there is none."""

        def given(title: str | None) -> None:
            if title and title.strip():
                problem = self.open_or_explain(lambda: self.desk.create(title.strip(), path))
                if problem:
                    self.notify(problem, severity="error", markup=False)

        question = f"{path} does not exist yet. Title of the new workbook"
        self.push_screen(forms.ask.Ask(question, value=path.stem, suggested=True), given)

    def show_workbook(self, book: "Workbook") -> None:
        """Show a workbook where it was left."""
        self.open_workbook.attach(book)
        page, place = self.desk.last_place(book)
        if book.store.read_only or not book.store.waiting or not self.navigation.resume(book):
            self.navigation.show(page, place)
        if book.store.conflicts():
            self.call_after_refresh(self.action_conflicts)

    def open_or_explain(self, opening: "Callable[[], Workbook]") -> str:
        """Open a workbook; returns what stands against it in a sentence, empty where nothing does."""
        try:
            book = opening()
        except StoreError as problem:
            return str(problem)
        self.show_workbook(book)
        return ""

    @on(Go)
    def _go(self, event: Go) -> None:
        event.stop()
        self.go(event.page, event.place, event.words)

    def go(self, page: str, place: Place, words: str = "") -> None:
        """Go to a page, home among them, taking words along, once nothing waits for a reason."""
        if page == "home":
            self.action_home()
        elif page == "portfolio":
            self.open_workbook.leave(self._show_portfolio)
        else:
            self.navigation.go(page, place, words)

    def action_home(self) -> None:
        """Let go of the workbook and show the saved ones."""
        self.open_workbook.leave(self._show_home)

    def _show_home(self) -> "HomeScreen":
        home = screens.home.HomeScreen(self.desk, self.open_or_explain)
        self.navigation.put_in_front(home)
        self.navigation.forget_pages()
        return home

    def _show_portfolio(self) -> None:
        """Show the portfolio over home, which it leads back to."""
        home = self._show_home()
        home.call_after_refresh(home.action_portfolio)

    def action_go_to(self) -> None:
        """Ask where to go, and go there."""
        self.navigation.go_to()

    def action_go_back(self) -> None:
        """Go back to the page where one was before."""
        self.navigation.go_back()

    def action_leave(self) -> None:
        """Save and quit."""
        self.open_workbook.leave(self.exit)

    def action_save(self) -> None:
        """Save now and confirm it."""
        self.open_workbook.save()

    def action_copy(self) -> None:
        """Save everything to another file."""
        self.open_workbook.save_copy()

    def action_conflicts(self) -> None:
        """Show what was changed on both sides."""
        self.open_workbook.show_conflicts()

    def action_undo(self) -> None:
        """Undo the last change, and bring it back into view."""
        self.open_workbook.undo()

    def action_redo(self) -> None:
        """Do the last undone change again."""
        self.open_workbook.redo()

    def on_app_focus(self) -> None:
        """Look outside as soon as the terminal has the focus again."""
        self.open_workbook.look_outside()

    def get_key_display(self, binding: Binding) -> str:
        """Return the name of a key as it stands on a keyboard and in the texts: F9, Esc, Shift+Tab."""
        return _NAMED_KEY.sub(lambda found: _KEYS_ON_A_KEYBOARD[found[0]], super().get_key_display(binding))

    def action_command_palette(self) -> None:
        """Open the palette."""
        if not isinstance(self.screen, screens.palette.PaletteScreen):
            self.push_screen(screens.palette.PaletteScreen())

    def action_help(self) -> None:
        """Show the keys and the guidance of the page in front."""
        front = self.screen
        self.push_screen(screens.HelpScreen(front, front.place.step if isinstance(front, Page) else ""))
