"""What every window over a page shares: its look, and the key that says what works in it."""

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Window(ModalScreen[Result]):
    """A window over a page; it returns something to whoever opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "help", tooltip="Keys of this window", id="window.help"),
    ]

    def __init__(self, *, look: str = "") -> None:
        super().__init__(classes=f"window {look}".strip())
