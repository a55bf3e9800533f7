"""Who is told that something in a workbook changed: everybody who shows a place that is still there."""

from collections.abc import Callable
from contextlib import suppress

from cimodel_tui.model.place import Place
from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What everybody who shows something of the workbook is told."""

    place: Place
    """Where something changed; an empty place means anywhere."""
    words: str = ""
    """What was done, for a message; empty for plain typing."""


class Listeners:
    """Those who listen, each with the place that it shows."""

    def __init__(self, has: Callable[[Place], bool]) -> None:
        self._has = has
        self._listening: list[tuple[Callable[[Change], None], Place]] = []

    def add(self, listener: Callable[[Change], None], place: Place) -> Callable[[], None]:
        """Have a listener told while its place is there; returns what ends that."""
        entry = (listener, place)
        self._listening.append(entry)

        def end() -> None:
            with suppress(ValueError):
                self._listening.remove(entry)

        return end

    def tell(self, change: Change) -> None:
        """Tell everybody whose place is there, those among them who end it meanwhile as well."""
        for listener, place in tuple(self._listening):
            if self._has(place):
                listener(change)
