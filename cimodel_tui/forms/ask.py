"""One question in a small window: a reason, a name, a path."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from cimodel_tui.widgets.containers import Stack, Window
from cimodel_tui.widgets.controls import LineInput, PushButton
from cimodel_tui.widgets.text import Words


class Ask(Window[str | None]):
    """Asks for one line of text; returns it, or none where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", tooltip="Cancel", id="ask.leave")
    ]

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        suggested: bool = False,
        hint: str = "",
        note: str = "",
        typed: Callable[[str], None] | None = None,
    ) -> None:
        """Ask with a value in the line; one that is only suggested is replaced by the first key.

        `typed` is told of every change of the line, so that a kill does not lose it.
        """
        super().__init__(look="small")
        self._question, self._value, self._hint, self._note = question, value, hint, note
        self._suggested, self._typed = suggested, typed

    def compose(self) -> ComposeResult:
        """The question and one line."""
        with Stack(classes="frame"):
            yield Words(self._question, classes="question")
            yield LineInput(self._value, hint=self._hint, classes="control", suggested=self._suggested)
            yield Words(self._note or "Enter save · Esc cancel", classes="note")

    def on_mount(self) -> None:
        """Tell of what is typed before it is painted."""
        line, typed = self.query_one(LineInput), self._typed
        if typed:
            line.tell((Input.Changed,), lambda: typed(line.value))

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)


class Choose(Window[str | None]):
    """Asks for one of a few answers, each a button; returns its key, or none where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", tooltip="Cancel", id="choose.leave"),
        Binding("left", "app.focus_previous", "", show=False, tooltip="The previous answer", id="choose.left"),
        Binding("right", "app.focus_next", "", show=False, tooltip="The next answer", id="choose.right"),
    ]

    def __init__(self, question: str, answers: tuple[tuple[str, str], ...], *, note: str = "") -> None:
        super().__init__(look="small")
        self._question, self._answers, self._note = question, answers, note

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Stack(classes="frame"):
            yield Words(self._question, classes="question")
            if self._note:
                yield Words(self._note, classes="note")
            with Horizontal(classes="answers"):
                for key, words in self._answers:
                    yield PushButton(words, name=key)

    @on(Button.Pressed)
    def _take(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.name)


class Pick(Window[str | None]):
    """Asks for one of many, in a list; returns its key, or none where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", tooltip="Cancel", id="pick.leave"),
    ]

    def __init__(self, question: str, offered: tuple[tuple[str, str], ...], *, look: str = "small") -> None:
        super().__init__(look=look)
        self._question, self._offered = question, offered

    def compose(self) -> ComposeResult:
        """The question and the list."""
        with Stack(classes="frame"):
            yield Words(self._question, classes="question")
            yield OptionList(*(Option(Content(words), id=key) for key, words in self._offered), compact=True)
            yield Words("Enter choose · Esc cancel", classes="note")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id)
