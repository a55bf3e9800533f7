"""Text of any length."""

from textual.events import Focus
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import TextArea

from cimodel_tui.widgets.controls import Telling, compact

_CURSOR = 1
"""Cells that are left for the cursor behind the longest line."""


class ProseArea(Telling, TextArea):
    """A text area that grows with its text, and is left by Tab."""

    def __init__(self, *, lines: int) -> None:
        """Make room for so many lines while the text is short."""
        super().__init__(tab_behavior="focus", show_line_numbers=False, soft_wrap=True)
        compact(self)
        self.styles.min_height = lines
        self._wrapped: tuple[object, int] = (None, 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how high the text is in this width.

        It is wrapped for that before it has it. The base class knows only afterwards, and has the page laid out twice.
        """
        del container, viewport
        room = max(width - _CURSOR - (self.scrollbar_size_vertical if self.show_vertical_scrollbar else 0), 0)
        if self._wrapped != (self.wrapped_document, room):
            self._wrapped = (self.wrapped_document, room)
            self.wrapped_document.wrap(room, tab_width=self.indent_width)
            self.set_reactive(Widget.virtual_size, Size(0, self.wrapped_document.height))
        return self.virtual_size.height

    def on_focus(self, event: Focus) -> None:
        """Go on at the end; a click puts the cursor elsewhere afterwards."""
        if not event.from_app_focus:
            self.move_cursor(self.document.end)

    def on_resize(self) -> None:
        """Draw what is wrapped anew; the base class does so only where that takes another number of lines."""
        self.refresh()
