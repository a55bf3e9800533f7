"""What waits for a reason on the screen: a signal ends the program without asking for it."""

from collections.abc import Iterable

from textual.screen import Screen

from cimodel_tui.forms.box import FieldBox
from cimodel_tui.model.saving import Pending


def waiting_in(screens: "Iterable[Screen[object]]") -> Pending | None:
    """Return the change that waits for its reason on one of these pages and windows, none where none does."""
    found = (box.waits for screen in screens for box in screen.query(FieldBox))
    return next((each for each in found if each), None)
