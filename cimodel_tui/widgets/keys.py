"""The keys that work where one is, on the last line; drawn anew only where they are other ones than before."""

from textual.screen import Screen
from textual.widgets import Footer


class Keys(Footer):
    """A footer that does not build itself anew at every change of the focus: that made each Tab three times as slow."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._shown: tuple[tuple[str, str, bool], ...] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Show the keys that work now, where they differ from those on show."""
        if not (screen.app.app_focus and self.is_attached and screen is self.screen):
            super().bindings_changed(screen)
            return
        active = [each for each in screen.active_bindings.values() if each.binding.show]
        working = tuple((each.binding.key, each.binding.description, each.enabled) for each in active)
        if working != self._shown:
            self._shown = working
            super().bindings_changed(screen)
