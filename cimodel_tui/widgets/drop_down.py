"""A choice of one: opened by Enter, or made at once by the first letter of what is meant."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Select


class DropDown(Select[str]):
    """A drop-down list that need not be opened: a letter or a figure chooses, pressed again it chooses the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space,down,up",
            "show_overlay",
            "open",
            tooltip="Open the list; the first letter of a choice makes it at once",
            id="choice.open",
        ),
        Binding("backspace,delete", "empty", "none", show=False, tooltip="Choose nothing", id="choice.empty"),
    ]

    def on_key(self, event: Key) -> None:
        """Choose what begins like this key."""
        if self.expanded or not event.character:
            return
        found = self._next(event.character)
        if found is not None:
            event.stop()
            event.prevent_default()
            self.value = found

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell whether a key chooses something here, so that it means nothing else."""
        del key
        return not self.expanded and character is not None and self._next(character) is not None

    def action_empty(self) -> None:
        """Choose nothing."""
        self.clear()

    def _next(self, character: str) -> str | None:
        """Return the choice after the current one, around the end, that begins like this; none where none does."""
        kept = [value for _, value in self._options]
        at = kept.index(self.value) + 1 if self.value in kept else 0
        for prompt, value in (*self._options[at:], *self._options[:at]):
            words = str(prompt)
            if isinstance(value, str) and character.strip() and words.casefold().startswith(character.casefold()):
                return value
        return None
