"""The last line: the keys that work at the focus, in whole words only, help always among them.

The main act is what a page is for: it is done by one key on every page and named on that line.
"""

from typing import ClassVar, NamedTuple, Protocol, runtime_checkable

from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.events import Click, MouseMove
from textual.screen import Screen, ScreenResultType

from cimodel_tui.textual_compat import is_leaving, is_whole
from cimodel_tui.widgets.containers import CachedStyles
from cimodel_tui.widgets.text import Words

MAIN_ACT = Binding("f9", "main", "main act", tooltip="Do what the page is for", id="page.main", priority=True)
"""The key of the main act, the same on every page."""


class Act(NamedTuple):
    """An action of a page, and what it is called."""

    action: str
    """The action that runs; empty where nothing can be done."""
    words: str
    """What the footer says beside its key."""


NO_ACT = Act("", "")


class MainActScreen(CachedStyles[ScreenResultType]):
    """A page with a main act, which may change with what is marked on it."""

    BINDINGS: ClassVar[list[BindingType]] = [MAIN_ACT]

    @property
    def main_act(self) -> Act:
        """What the page is for just now."""
        return NO_ACT

    def key_words(self, binding_id: str) -> str:
        """Return what the key of the main act does just now."""
        return self.main_act.words if binding_id == MAIN_ACT.id else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the main act only where there is one."""
        if action == "main":
            return is_whole(self) and bool(self.main_act.action)
        return super().check_action(action, parameters)

    async def action_main(self) -> None:
        """Do what the page is for."""
        if self.main_act.action:
            await self.run_action(self.main_act.action)


_GAP = "  "

HELP = ("page.help", "home.help", "window.help", "help.close")
"""The keys that are never left out where the terminal is narrow."""

MAIN = ("page.main", "readings.main", "row.finish", "entry.step", "import.take")
"""The keys of the main acts, which are shown first."""


@runtime_checkable
class NamesKeys(Protocol):
    """A page on which the words of a key depend on what it does just now."""

    def key_words(self, binding_id: str) -> str:
        """Return what a key does just now; empty where it is as declared."""


class Key(NamedTuple):
    """One key of the line."""

    name: str
    """How it is shown."""
    words: str
    """What it does."""
    active: ActiveBinding
    """What runs when it is clicked."""

    @property
    def cells(self) -> int:
        """How wide it is with the gap behind it."""
        return Content(f"{self.name} {self.words}{_GAP}").cell_length

    @property
    def always(self) -> bool:
        """Whether it is shown however narrow the terminal is."""
        return self.active.binding.id in HELP


class Keys(Words):
    """One line of text. A widget for each key, as Textual's own footer has, made every Tab three times as slow."""

    def __init__(self) -> None:
        super().__init__(classes="keys")
        self._shown: tuple[Key, ...] = ()

    def on_mount(self) -> None:
        """Follow the keys that work."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_resize(self) -> None:
        """Use the width there is."""
        self._draw()

    def _follow(self, screen: Screen[object]) -> None:
        """Show the keys that work now; a page that is being taken away has lost what tells which do."""
        if screen is self.screen and not is_leaving(self):
            self._draw()

    def _draw(self) -> None:
        shown = self._that_fit(self._working()) if self.size.width else ()
        if shown != self._shown:
            self._shown = shown
            self.say(Content(_GAP).join(_painted(each) for each in shown))

    def _working(self) -> list[Key]:
        """Return the keys to be shown, one for each action: the main act first, then those of the focused widget.

        Help is last. A key that does what the main act does just now stands beside the key of that.
        """
        found: dict[str, Key] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            action = binding.action.removeprefix("app.")
            if binding.show and action not in found:
                words = self._now(binding.id or "") or binding.description
                found[action] = Key(self.app.get_key_display(binding), words, active)
        keys = sorted(found.values(), key=lambda each: (each.active.binding.id not in MAIN, each.always))
        return _joined(keys)

    def _now(self, binding_id: str) -> str:
        return self.screen.key_words(binding_id) if isinstance(self.screen, NamesKeys) else ""

    def _that_fit(self, keys: list[Key]) -> tuple[Key, ...]:
        left = self.size.width + len(_GAP) - sum(each.cells for each in keys if each.always)
        shown = []
        for each in keys:
            left -= 0 if each.always else each.cells
            if left >= 0 or each.always:
                shown.append(each)
        return tuple(shown)

    def _at(self, x: int) -> Key | None:
        edge = 0
        for each in self._shown:
            edge += each.cells
            if x < edge:
                return each
        return None

    def on_mouse_move(self, event: MouseMove) -> None:
        """Say at length what the key under the mouse does."""
        key = self._at(event.x)
        self.tooltip = Content(key.active.tooltip) if key else None

    async def on_click(self, event: Click) -> None:
        """Do what the clicked key does."""
        key = self._at(event.x)
        if key and key.active.enabled:
            await self.app.run_action(key.active.binding.action, key.active.node)


def _joined(keys: list[Key]) -> list[Key]:
    """Return the keys with those that are called as the main act is joined to it."""
    if not keys or keys[0].active.binding.id not in MAIN:
        return keys
    main, *others = keys
    same = [each.name for each in others if each.words == main.words]
    left = [each for each in others if each.words != main.words]
    return [main._replace(name=" ".join((main.name, *same))), *left]


def _painted(key: Key) -> Content:
    words = "$foreground" if key.active.enabled else "$muted"
    return Content.assemble((key.name, "bold $footer-key-foreground"), " ", (key.words, words))
