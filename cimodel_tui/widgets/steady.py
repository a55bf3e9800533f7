"""What is given its room by the page asks for no second layout: it has just been laid out."""

from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.reactive import Reactive


class Steady(MessagePump):
    """A widget that is content with the room it gets. A stock one has the page laid out again for each that it gets."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)


class Columns(Steady, Horizontal):
    """What stands side by side."""


class Scrolled(Steady, VerticalScroll):
    """What stands one below the other and scrolls; the room of its scrollbar is kept free, so that it moves nothing.

    The focus stays in view when something above it grows: what is computed comes after the first picture.
    """

    def watch_virtual_size(self, before: Size, now: Size) -> None:
        """Keep the focus in view."""
        focused = self.screen.focused
        if before.height != now.height and focused and self in focused.ancestors:
            self.call_after_refresh(focused.scroll_visible, animate=False)
