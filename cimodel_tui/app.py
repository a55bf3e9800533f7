"""The app: it owns the global keys, takes a workbook and goes to home, and lets go of the workbook when it ends."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.driver import Driver

from cimodel_tui.model.saving import StoreError
from cimodel_tui.screens.page import Page
from cimodel_tui.screens.paging import PagingApp
from cimodel_tui.widgets.clean import CleanText
from cimodel_tui.widgets.gentle import read_gently
from cimodel_tui.widgets.sheet import FIRST, lean
from cimodel_tui.widgets.themes import DARK, LIGHT, muted, tones

if TYPE_CHECKING:
    from cimodel_tui.model.saving import Pending
    from cimodel_tui.workbook import Workbook
    from cimodel_tui.workbook.desk import Desk

LOOK_OUTSIDE = 2.0
"""Seconds between two looks at whether somebody else wrote the file."""


def _palette() -> type[Provider]:
    from cimodel_tui.commands import Palette  # noqa: PLC0415 - loaded when it is first opened

    return Palette


class CimodelApp(PagingApp):
    """The terminal workbook for the continual improvement model."""

    CSS = lean(FIRST)
    TITLE = "cimodel-tui"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "quit", tooltip="Save and quit", id="app.quit", priority=True),
        Binding("ctrl+s", "save", "save", show=False, tooltip="Save now, and say so", id="app.save", priority=True),
        Binding("ctrl+z", "undo", "undo", show=False, tooltip="Undo the last change", id="app.undo", priority=True),
        Binding("ctrl+y", "redo", "redo", show=False, tooltip="Do it again", id="app.redo", priority=True),
        Binding(
            "ctrl+p",
            "command_palette",
            "palette",
            show=False,
            tooltip="Everything by its name",
            id="app.palette",
            priority=True,
        ),
        Binding("ctrl+o", "home", "home", show=False, tooltip="The saved workbooks", id="app.home"),
    ]

    def __init__(self, desk: "Desk", book: "Workbook | None" = None, *, new_path: Path | None = None) -> None:
        self._themed = False
        super().__init__(desk, book)
        self._new_path = new_path
        self.painted: Callable[[], None] = lambda: None
        """Called once the first page is painted."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self._begin_with(desk.theme if desk.theme in self.available_themes else DARK.name)
        self._filters.append(CleanText())

    def get_driver_class(self) -> type[Driver]:
        """Return what reads the keyboard, and have it stumble over no byte."""
        read_gently()
        return super().get_driver_class()

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with a muted colour for words in every theme.

        None before the app has taken a theme: Textual asks for those of its own, and no style is read with them.
        """
        if not self._themed:
            return {}
        variables = super().get_css_variables()
        return {**tones(variables), **variables, "muted": muted(self.current_theme, variables)}

    def _begin_with(self, theme: str) -> None:
        """Take the theme before any style is read; one that is chosen later has all of them read a second time."""
        self._themed = True
        self.set_reactive(PagingApp.theme, theme)
        dark = self.current_theme.dark
        for name, wanted in ((f"-theme-{theme}", True), ("-dark-mode", dark), ("-light-mode", not dark)):
            self.set_class(wanted, name, update=False)
        self.stylesheet.set_variables(self.get_css_variables())
        self._refresh_truecolor_filter(self.ansi_theme)

    def on_mount(self) -> None:
        """Have everything saved when the system ends the program; the first page follows."""
        self.desk.when_told_to_end(asyncio.get_running_loop(), self.end_at_once)
        self.set_keymap(dict(self.desk.keys))
        self.theme_changed_signal.subscribe(self, lambda theme: self.desk.keep_theme(theme.name))
        self.set_interval(LOOK_OUTSIDE, self.look_outside)
        self.call_later(self._open_first_page)

    def _open_first_page(self) -> None:
        """Open the first page. Whatever is drawn while the app is still being mounted is thrown away by Textual."""
        if self.book:
            self.take(self.book)
        else:
            self.action_home()
            if self._new_path:
                self._ask_about(self._new_path)
        self.let_keys_go()
        self.call_after_refresh(self.painted)

    def _ask_about(self, path: Path) -> None:
        """Ask whether a workbook is to be made at a path where there is none."""
        from cimodel_tui.forms.ask import Ask  # noqa: PLC0415 - rare

        def given(title: str | None) -> None:
            if title and title.strip():
                problem = self.take_or_say(lambda: self.desk.create(title.strip(), path))
                if problem:
                    self.notify(problem, severity="error", markup=False)

        self.push_screen(Ask(f"{path} does not exist yet. What is the new workbook called?", value=path.stem), given)

    def take(self, book: "Workbook") -> None:
        """Show a workbook where it was left."""
        self.book = book
        book.store.subscribe(self.from_store)
        book.subscribe(lambda _change: self.leave_what_is_gone())
        page, place = self.desk.left_off(book)
        pending = None if book.store.read_only else self.desk.take_pending(book)
        if pending is None or not self._put_back(book, pending):
            self.show(page, place)
        for words in book.store.notices:
            self.notify(words, markup=False, timeout=10)
        if book.store.conflicts():
            self.call_after_refresh(self.action_conflicts)

    def _put_back(self, book: "Workbook", pending: "Pending") -> bool:
        """Show the change that waited for its reason when the program was ended; tells whether it still can be made."""
        from cimodel_tui.workbook.session import still_meant  # noqa: PLC0415 - rare

        if not still_meant(book, pending):
            words = f"What waited for its reason cannot be changed as it was meant: {pending.typed}"
            self.notify(words, markup=False, timeout=10)
            return False
        self.show(pending.place.step, replace(pending.place, field="", row="", column=""), pending)
        return True

    def action_home(self) -> None:
        """Let go of the workbook and show the saved ones."""
        from cimodel_tui.screens.home import HomeScreen  # noqa: PLC0415 - not needed where a file is opened

        if self.asks_reason():
            return
        if not self.let_go():
            self.ask_before_leaving(self.action_home)
            return
        self.put_in_front(HomeScreen(self.desk, self.take_or_say))
        self.forget_pages()

    def take_or_say(self, opening: "Callable[[], Workbook]") -> str:
        """Open a workbook; returns what stands against it in a sentence, empty where nothing does."""
        try:
            book = opening()
        except StoreError as problem:
            return str(problem)
        self.take(book)
        return ""

    def action_command_palette(self) -> None:
        """Open the palette."""
        from cimodel_tui.screens.palette import PaletteScreen  # noqa: PLC0415 - loaded when it is first opened

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen())

    def action_help(self) -> None:
        """Show the keys and the guidance of the page in front."""
        from cimodel_tui.screens.help import HelpScreen  # noqa: PLC0415 - loaded with the first question

        front = self.screen
        self.push_screen(HelpScreen(front, front.place.step if isinstance(front, Page) else ""))
