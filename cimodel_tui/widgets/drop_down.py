"""A choice of one: opened by Enter, or made at once by the first letter of what is meant."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Select

from cimodel_tui.widgets.choosing import Options
from cimodel_tui.widgets.controls import Telling, compact


class DropDown(Telling, Select[str]):
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

    def __init__(self, options: Options, *, nothing: str) -> None:
        """Offer these; `nothing` is said while none of them is chosen."""
        self._offered = options
        super().__init__(_shown(options), prompt=nothing)
        compact(self)

    def offer(self, options: Options) -> None:
        """Offer these from now on."""
        if self._offered != options:
            self._offered = options
            self.set_options(_shown(options))

    def choose(self, value: object) -> None:
        """Show a choice; what is no longer offered stays as an extra entry."""
        kept = str(value)
        if kept and kept not in dict(self._offered):
            self.offer((*self._offered, (kept, kept)))
        self.value = kept or Select.NULL

    def chosen(self) -> str:
        """Return the choice, empty where there is none."""
        return self.value if isinstance(self.value, str) else ""

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
        known = self._offered
        kept = [each for each, _ in known]
        at = kept.index(self.chosen()) + 1 if self.chosen() in kept else 0
        likely = (each for each, words in known[at:] + known[:at] if words.casefold().startswith(character.casefold()))
        return next(likely, None) if character.strip() else None


def _shown(options: Options) -> list[tuple[Text, str]]:
    """Return what Select takes. As text it is read for no markup, and found when it is searched by typing."""
    return [(Text(words), kept) for kept, words in options]
