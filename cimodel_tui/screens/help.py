"""Help for the page in front: its keys, and for a step its guidance."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from cimodel_tui.content import guidance
from cimodel_tui.model.step import STEP_KEYS, step_of
from cimodel_tui.widgets.keys import Keys

_EVERYWHERE = (
    ("ctrl+p", "the palette: any step, improvement or page by its name"),
    ("ctrl+z / ctrl+y", "undo and redo, everywhere"),
    ("ctrl+s", "save now and say so; everything is saved as you type in any case"),
    ("ctrl+q", "save and quit"),
    ("tab / shift+tab", "from field to field"),
)


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
            yield Keys()

    def _keys(self) -> Content:
        shown = [(", ".join(key.split(",")), tooltip) for key, tooltip in _keys_of(self._page)]
        lines = [
            Content.assemble((f"{key:>22}  ", "bold $text-primary"), words) for key, words in (*shown, *_EVERYWHERE)
        ]
        return Content("\n").join(lines)

    def _guidance(self) -> Content:
        page = guidance(self._step)
        parts = (("Why it is there", page.why), ("The trap", page.trap), ("Worked example", page.example))
        title = Content.styled(f"\n{step_of(self._step).heading}\n", "bold $text-primary")
        told = [Content.assemble((f"{heading}\n", "bold $text-secondary"), f"{text}\n") for heading, text in parts]
        return Content("\n").join((title, *told))


def _keys_of(page: Screen[object]) -> list[tuple[str, str]]:
    seen: dict[str, tuple[str, str]] = {}
    chain = [page.focused, page] if page.focused else [page]
    for node in chain:
        for binding in (active for key_bindings in node._bindings.key_to_bindings.values() for active in key_bindings):  # noqa: SLF001 - Textual lists the bindings of a node nowhere else
            if binding.tooltip and binding.id and binding.id not in seen:
                seen[binding.id] = (binding.key_display or binding.key, binding.tooltip)
    return list(seen.values())
