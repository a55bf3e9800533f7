"""Containers: titled panes, windows over a page, columns and scrolled parts.

They keep the layout stable: what is given its room by the page asks for no second layout, for it has just been laid
out.
"""

from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Mount, ScreenResume
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget

from cimodel_tui.textual_compat import LaidOutOnce


class StableLayout(MessagePump):
    """A widget that is content with the room it gets. A stock one has the page laid out again for each that it gets."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)


class CachedStyles(LaidOutOnce[ScreenResultType]):
    """A page or a window whose styles are computed when it is made, and again only where the theme is another one.

    Textual computes all of them each time a page comes to the front, also when only a window over it was closed. A
    class or a state that changes meanwhile is followed at once, wherever the page is.
    """

    _styled_for: tuple[str, frozenset[str]] | None = None

    @on(Mount)
    def _note_the_styles(self) -> None:
        self._styled_for = self._style_conditions()

    @on(ScreenResume)
    def _follow_the_theme(self, event: ScreenResume) -> None:
        now = self._style_conditions()
        event.refresh_styles, self._styled_for = now != self._styled_for, now

    def _style_conditions(self) -> tuple[str, frozenset[str]]:
        """Return what the styles of every page depend on: the theme, and the states of the app."""
        return self.app.theme, frozenset(self.app.pseudo_classes)


class Columns(StableLayout, Horizontal):
    """What stands side by side."""


class Stack(StableLayout, Vertical):
    """What stands one below the other."""


class Scrolled(StableLayout, VerticalScroll):
    """What stands one below the other and scrolls; the room of its scrollbar is kept free, so that it moves nothing.

    The focus stays in view when something above it grows: what is computed comes after the first picture.
    """

    _terminal_height = 0
    _grew = False

    def on_resize(self) -> None:
        """Show the beginning again where the terminal has more room, as far as the focus stays in view."""
        before, self._terminal_height = self._terminal_height, self.app.size.height
        if before and before != self._terminal_height:
            self._grew = before < self._terminal_height
            self.call_after_refresh(self._follow_terminal)

    def _follow_terminal(self) -> None:
        focused = self.screen.focused
        if self._grew and self.scroll_y:
            self.scroll_home(animate=False, immediate=True)
            if focused and self in focused.ancestors:
                focused.scroll_visible(animate=False, immediate=True)
        self.vertical_scrollbar.position = self.scroll_y  # Textual moves no scrollbar that is hidden for the moment

    def watch_virtual_size(self, before: Size, now: Size) -> None:
        """Keep the focus in view; under a window nobody scrolls, and what is laid out last begins at its beginning."""
        focused = self.screen.focused
        if before.height == now.height:
            return
        if self._grew and not self.screen.is_active:
            self.call_after_refresh(self._follow_terminal)
        elif focused and self in focused.ancestors:
            self.call_after_refresh(self._show_around, focused)

    def _show_around(self, focused: Widget) -> None:
        """Show the focus, with what is said about its field where there is room for both."""
        around = (each for each in focused.ancestors_with_self if isinstance(each, Widget) and each.has_class("field"))
        field = next(around, focused)
        wanted = field if field.outer_size.height <= self.size.height else focused
        wanted.scroll_visible(animate=False, immediate=True)


class Pane(Stack):
    """A titled part of a page; styles give it a border from 100 columns on."""

    def __init__(self, title: str, *children: Widget, classes: str = "") -> None:
        super().__init__(*children, classes=f"pane {classes}".rstrip())
        self.border_title = Content(title)

    def entitle(self, title: str, end: str = "") -> None:
        """Show another title, and something at the end of the lower border."""
        self.border_title, self.border_subtitle = Content(title), Content(end)


Result = TypeVar("Result")


class Window(StableLayout, CachedStyles[Result], ModalScreen[Result]):
    """A window over a page; it returns something to whoever opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "help", tooltip="Keys of this window", id="window.help"),
    ]

    def __init__(self, *, look: str = "") -> None:
        super().__init__(classes=f"window {look}".strip())
