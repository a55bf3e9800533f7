"""Conflicts: answers that were changed on both sides, side by side, each resolved in favour of one of them."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from cimodel_tui.model.saving import Conflict, StoreError
from cimodel_tui.views.differences import differing, side_words
from cimodel_tui.widgets.containers import Stack, Window
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Words
from cimodel_tui.widgets.themes import style_of
from cimodel_tui.workbook import Change, Workbook

if TYPE_CHECKING:
    from cimodel_tui.workbook import Workbook

HUSH = 0.6
"""Seconds without a key after which a letter is meant for this window."""


class ConflictsScreen(Window[None]):
    """One conflict after the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "dismiss(None)", "later", tooltip="Decide later; both versions are kept", id="conflicts.later"
        ),
        Binding("o", "settle(False)", "keep ours", tooltip="Keep the version that is here now", id="conflicts.ours"),
        Binding("t", "settle(True)", "take theirs", tooltip="Take the other version", id="conflicts.theirs"),
        Binding("n,right", "turn(1)", "next", tooltip="The next conflict", id="conflicts.next"),
        Binding("p,left", "turn(-1)", "before", show=False, tooltip="The previous conflict", id="conflicts.before"),
    ]

    def __init__(self, book: Workbook, note: str = "") -> None:
        super().__init__()
        self.book = book
        self._note = note
        self._at = 0
        self._came = 0.0
        self._conflicts: tuple[Conflict, ...] = ()

    def compose(self) -> ComposeResult:
        """How it came about, both sides beside each other, below them what both started from."""
        with Stack(classes="frame") as frame:
            frame.border_title = Content("Changed on both sides")
            yield Words("", classes="question")
            yield Words(self._note, classes="how-it-came")
            with Horizontal(classes="sides"):
                for side, title in (("ours", "o  Ours, as it is here"), ("theirs", "t  Theirs")):
                    with VerticalScroll(classes="side") as scroll:
                        scroll.border_title = Content(title)
                        yield Words("", classes=side)
            yield Words("", classes="base note")
            yield Keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer another conflict only where there is one."""
        if action == "turn":
            return len(self._conflicts) > 1
        return super().check_action(action, parameters)

    def on_mount(self) -> None:
        """Show the first one."""
        self._came = monotonic()
        self.show_conflict()

    def show_conflict(self) -> None:
        """Show one conflict, or close where there is none left."""
        self._conflicts = tuple(self.book.store.conflicts())
        if not self._conflicts:
            self.dismiss(None)
            return
        self._at %= len(self._conflicts)
        found = self._conflicts[self._at]
        where = f"{self._of(found)} · {found.place.words}".strip(" ·")
        which = f"{self._at + 1} of {len(self._conflicts)}: " if len(self._conflicts) > 1 else ""
        self.query_one(".question", Words).say(which + where)
        base = side_words(found.base)
        for side, value in (("ours", found.ours), ("theirs", found.theirs)):
            pieces = differing(base, side_words(value))
            parts = ((each.text, style_of(each.tone, strong=each.strong)) for each in pieces)
            self.query_one(f".{side}", Words).say(Content.assemble(*parts))
        self.query_one(".base", Words).say(f"Before: {base}")
        self.refresh_bindings()

    def _of(self, found: Conflict) -> str:
        known = self.book.documents.improvements.get(found.place.improvement)
        return f"{known.ref} {known.title}" if known else "the workbook"

    def action_settle(self, theirs: bool) -> None:
        """Resolve it for one side; the window may open during typing, so a letter soon after another is ignored."""
        since, self._came = self._came, monotonic()
        if self._came - since < HUSH:
            return
        try:
            self.book.store.resolve_conflict(self._conflicts[self._at], take_theirs=theirs)
        except StoreError as problem:
            self.notify(str(problem), severity="error", markup=False)
            return
        self._came = 0.0
        self.book.tell(Change(self._conflicts[self._at].place, "conflict settled"))
        self.show_conflict()

    def action_turn(self, distance: int) -> None:
        """Show another conflict."""
        self._at += distance
        self.show_conflict()
