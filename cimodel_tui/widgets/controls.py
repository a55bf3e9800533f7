"""What controls share: they report a change as it is made, before the next paint, and may offer a choice."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Button, TextArea
from textual.widgets.button import ButtonVariant

if TYPE_CHECKING:
    from textual.widgets import Input, Select, SelectionList


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
    """A control whose change is taken before it is painted, so that a kill finds kept what a person has seen."""

    _kinds: tuple[type[Message], ...] = ()
    _taken: Callable[[], None] | None = None

    def tell(self, kinds: tuple[type[Message], ...], taken: Callable[[], None]) -> None:
        """Call `taken` from now on in place of messages of these kinds, unless they are prevented."""
        self._kinds, self._taken = kinds, taken

    def post_message(self, message: Message) -> bool:
        """Tell of a change; everything else is posted."""
        if self._taken is None or not isinstance(message, self._kinds):
            return super().post_message(message)
        if self.check_message_enabled(message):
            self._taken()
        return False


class PushButton(Button):
    """A button that takes every Enter: one that flashes after a push drops the next, however it was meant."""

    def __init__(
        self, label: str, *, name: str | None = None, variant: ButtonVariant = "default", classes: str = ""
    ) -> None:
        super().__init__(label, variant=variant, name=name, classes=classes or None, compact=True)
        self.active_effect_duration = 0


Options = tuple[tuple[str, str], ...]
"""Pairs of what is kept and what is shown."""


@runtime_checkable
class Chooser(Protocol):
    """A control that offers something to choose from."""

    def offer(self, options: Options) -> None:
        """Offer these from now on."""

    def choose(self, value: object) -> None:
        """Show what is chosen; what is kept and no longer offered is shown as well."""

    def chosen(self) -> object:
        """Return what is chosen."""
