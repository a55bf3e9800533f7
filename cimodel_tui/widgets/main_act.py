"""The main act: what a page is for, done by one key on every page and named in its footer."""

from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.screen import ScreenResultType

from cimodel_tui.textual_compat import is_whole
from cimodel_tui.widgets.containers import CachedStyles

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
