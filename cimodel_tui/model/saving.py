"""Words that the file's keeper and its users share: how a save stands, what changed outside, what went wrong."""

from datetime import datetime

from cimodel_tui.model.answer import Json
from cimodel_tui.model.place import Place
from cimodel_tui.record import dataclass


class StoreError(Exception):
    """Something about the file cannot be done; its message is one sentence that a person can act on."""


@dataclass(frozen=True, slots=True)
class SaveState:
    """How saving stands, as the footer shows it."""

    saved_at: datetime | None = None
    """When everything was last on disk, in UTC; none before the first save."""
    saving: bool = False
    """Whether something is not on disk yet."""
    failed: str = ""
    """Why the last save did not work, in one sentence; empty where it did."""
    draft_failed: str = ""
    """Why what is not on disk could not be kept in the draft either, in words; empty where it was."""


@dataclass(frozen=True, slots=True)
class OutsideChange:
    """Somebody else wrote the file while it was open."""

    words: str
    """What happened, in one sentence."""
    conflicts: int = 0
    """How many answers were changed on both sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One answer that was changed on both sides."""

    document: str
    """Id of the document."""
    index: int
    """Its position among the document's conflicts."""
    place: Place
    """Where it stands."""
    base: Json
    """What both started from."""
    ours: Json
    """What stands there now."""
    theirs: Json
    """What the other side wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One copy of the file as it was."""

    number: int
    """1 for the newest."""
    taken_at: datetime
    """When it was taken, in UTC."""
    size: int
    """In bytes."""
    path: str
    """Where it lies."""
