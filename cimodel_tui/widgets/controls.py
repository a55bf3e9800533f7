"""Controls: what they share, buttons, and a line and an area in which text is typed.

A control reports a change as it is made, before the next paint, and may offer a choice. The line completes what is
known, and shows its beginning again once it is left. The area grows with its text.
"""

from asyncio import to_thread
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from textual.events import Focus, Paste
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Button, Input, TextArea
from textual.widgets.button import ButtonVariant

from cimodel_tui.widgets.containers import StableLayout

if TYPE_CHECKING:
    from textual.widgets import Select, SelectionList


Control = TypeVar("Control", "Input", "Select[str]", "SelectionList[str]", TextArea)


def compact(control: Control) -> Control:
    """Make a control compact that is not mounted yet, and return it."""
    control.set_reactive(type(control).compact, True)
    control.add_class("-textual-compact", update=False)
    return control


def lock(control: Widget, locked: bool) -> None:
    """Lock a control that is not mounted yet; a text can still be read and copied."""
    if isinstance(control, TextArea):
        control.set_reactive(TextArea.read_only, locked)
        control.set_class(locked, "-read-only", update=False)
    else:
        control.set_reactive(Widget.disabled, locked)


class ImmediateControl(MessagePump):
    """A control whose change is stored before it is painted, so that a kill loses nothing that was on the screen."""

    _kinds: tuple[type[Message], ...] = ()
    _taken: Callable[[], None] | None = None

    def tell(self, kinds: tuple[type[Message], ...], taken: Callable[[], None]) -> None:
        """Call `taken` from now on in place of messages of these kinds, unless they are prevented."""
        self._kinds, self._taken = kinds, taken

    def post_message(self, message: Message) -> bool:
        """Report a change; every other message is posted."""
        if self._taken is None or not isinstance(message, self._kinds):
            return super().post_message(message)
        if self.check_message_enabled(message):
            self._taken()
        return False


class PushButton(StableLayout, Button):
    """A button that takes every Enter: one that flashes after a push drops the next, however it was meant."""

    def __init__(
        self, label: str, *, name: str | None = None, variant: ButtonVariant = "default", classes: str = ""
    ) -> None:
        super().__init__(label, variant=variant, name=name, classes=classes or None, compact=True)
        self.active_effect_duration = 0


Options = tuple[tuple[str, str], ...]
"""Pairs of the stored value and the text shown for it."""


@runtime_checkable
class Chooser(Protocol):
    """A control that offers something to choose from."""

    def offer(self, options: Options) -> None:
        """Offer these from now on."""

    def choose(self, value: object) -> None:
        """Show what is chosen, also a stored value that is no longer offered."""

    def chosen(self) -> object:
        """Return what is chosen."""


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


class LineInput(ImmediateControl, StableLayout, Input):
    """One line of text; the further lines of a paste are joined by blanks instead of being dropped.

    It is as wide as there is room, whatever stands in it: a letter more lays out no page anew, as one in a stock Input.
    """

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
        """Put the cursor at the end, and complete from now on: nothing is looked up for a form that is only viewed."""
        self.suggester = self._known
        if not event.from_app_focus:
            self.cursor_position = len(self.value)

    def on_blur(self) -> None:
        """Show the beginning of a text that is longer than the line once the focus leaves it."""
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
