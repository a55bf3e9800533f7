"""What is kept between two starts besides the workbooks: the theme and the best score of the knowledge check."""

import json
from contextlib import suppress
from dataclasses import asdict

from cimodel_tui.model.clock import new_id
from cimodel_tui.record import dataclass
from cimodel_tui.storage.atomic import keep_small
from cimodel_tui.storage.paths import Places
from cimodel_tui.storage.system import System

_NAME = "kept.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for the user."""

    theme: str = ""
    """Name of the theme that was chosen last; empty where none was."""
    best_score: int = 0
    """The best round of the knowledge check, in per cent."""


def kept(places: Places) -> Kept:
    """Return what is kept; nothing where it cannot be read."""
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads((places.state / _NAME).read_bytes())
        if isinstance(found, dict):
            theme, score = found.get("theme"), found.get("best_score")
            return Kept(theme if isinstance(theme, str) else "", score if type(score) is int else 0)
    return Kept()


def keep(places: Places, what: Kept) -> None:
    """Keep it. Raises OSError."""
    system = System()
    system.makedirs(places.state)
    keep_small(system, places.state / _NAME, json.dumps(asdict(what)).encode() + b"\n", new_id())
