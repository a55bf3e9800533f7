"""Help for the page in front: its keys, and for a step its guidance."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from cimodel_tui.content import guidance
from cimodel_tui.model.step import STEP_KEYS, step_of
from cimodel_tui.textual_compat import bindings_of
from cimodel_tui.widgets.keys import Keys


class HelpScreen(ModalScreen[None]):
    """The keys of the page in front, and its guidance."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,f1,question_mark,q", "dismiss(None)", "close", tooltip="Back to where you were", id="help.close"
        )
    ]

    def __init__(self, page: Screen[object], step: str = "") -> None:
        super().__init__(classes="window")
        self._page = page
        self._step = step

    def compose(self) -> ComposeResult:
        """Keys, then guidance."""
        with Vertical(classes="frame"):
            yield Static("Help", classes="question", markup=False)
            with VerticalScroll():
                yield Static(self._keys(), classes="guidance-text", markup=False)
                if self._step in STEP_KEYS:
                    yield Static(self._guidance(), classes="guidance-text", markup=False)
                yield Static(self._settings(), classes="guidance-text", markup=False)
            yield Keys()

    def _keys(self) -> Content:
        """Return what each key does, those of the last line of the page first, then those known from everywhere."""
        does: dict[str, list[Binding]] = {}
        for bindings in sorted(self._bound().values(), key=lambda each: not each[0].show):
            does.setdefault(bindings[0].tooltip, []).extend(bindings)
        named = [(self._named(bindings), words) for words, bindings in does.items()]
        wide = max(len(names) for names, _ in named)
        lines = [Content.assemble((f"{names:>{wide}}  ", "bold $text-primary"), words) for names, words in named]
        return Content("\n").join(lines)

    def _named(self, bindings: Sequence[Binding]) -> str:
        return " ".join(dict.fromkeys(self.app.get_key_display(each) for each in bindings))

    def _settings(self) -> Content:
        """Say how the keys of this page are set otherwise, in lines to be copied."""
        lines = (f'"{name}" = "{",".join(each.key for each in known)}"' for name, known in self._bound().items())
        title = Content.styled("\nOther keys: in config.toml (see `cimodel-tui where`)\n", "bold $text-secondary")
        return Content.assemble(title, "\n".join(("[keys]", *lines)))

    def _bound(self) -> dict[str, list[Binding]]:
        """Return the keys of the focused widget, of the page and of the app, as they are set, by their ids."""
        found: dict[str, list[Binding]] = {}
        for node in (self._page.focused, self._page, self.app):
            for _, binding in bindings_of(node) if node else ():
                if binding.tooltip and binding.id:
                    found.setdefault(binding.id, []).append(binding)
        return found

    def _guidance(self) -> Content:
        page = guidance(self._step)
        parts = (("Why it is there", page.why), ("The trap", page.trap), ("Worked example", page.example))
        title = Content.styled(f"\n{step_of(self._step).heading}\n", "bold $text-primary")
        told = [Content.assemble((f"{heading}\n", "bold $text-secondary"), f"{text}\n") for heading, text in parts]
        return Content("\n").join((title, *told))
