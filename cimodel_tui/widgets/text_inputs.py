"""A line and an area in which text is typed.

The line completes what is known, and shows its beginning again once it is left. The area grows with its text.
"""

from asyncio import to_thread
from collections.abc import Callable

from textual.events import Focus, Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, TextArea

from cimodel_tui.widgets.controls import ImmediateControl, compact


class _Known(Suggester):
    """Completes from what the workbook already holds, looked up at the first key, beside the typing."""

    def __init__(self, values: Callable[[], tuple[str, ...]]) -> None:
        super().__init__(use_cache=False, case_sensitive=False)
        self._look_up = values
        self._values: tuple[str, ...] | None = None

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first known value that begins like what was typed."""
        if self._values is None:
            self._values = await to_thread(self._look_up)
        typed = value.casefold()
        return next((each for each in self._values if each.casefold().startswith(typed)), None)


class LineInput(ImmediateControl, Input):
    """One line of text; the further lines of a paste are joined by blanks instead of being dropped.

    It is as wide as there is room, whatever stands in it: a letter more lays out no page anew, as one in a stock Input.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def __init__(
        self,
        value: str = "",
        *,
        hint: str = "",
        known: Callable[[], tuple[str, ...]] | None = None,
        classes: str = "",
        suggested: bool = False,
    ) -> None:
        """Make a line; a value that is only suggested is replaced by the first key, anything else by none."""
        super().__init__(value, placeholder=hint, classes=classes, validate_on=(), select_on_focus=suggested)
        compact(self)
        self._known = _Known(known) if known else None

    def on_focus(self, event: Focus) -> None:
        """Go on at the end, and complete from now on: a form that is only looked at looks nothing up."""
        self.suggester = self._known
        if not event.from_app_focus:
            self.cursor_position = len(self.value)

    def on_blur(self) -> None:
        """Show the beginning of what is longer than the line to whoever has left it."""
        self.scroll_to(x=0, animate=False, force=True)

    def on_paste(self, event: Paste) -> None:
        """Leave one line; the base class, whose handler is called after this one, puts it in."""
        if len(event.text.splitlines()) > 1:
            lines = [line.strip() for line in event.text.splitlines() if line.strip()]
            event.text = " ".join(lines)
            if len(lines) > 1:
                self.notify("Line breaks in the paste became spaces.", markup=False)


_CURSOR = 1
"""Cells that are left for the cursor behind the longest line."""


class ProseArea(ImmediateControl, TextArea):
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
