"""Controls without a frame, and locked ones, made so before they are styled at all.

A control that is told `compact=True` is styled at once, before it is anywhere, and once more where it is mounted.
"""

from typing import TYPE_CHECKING, TypeVar

from textual.widget import Widget
from textual.widgets import TextArea

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
