"""Types that a store and its users share: the state of saving, changes from outside, conflicts, backups, errors."""

from datetime import datetime
from typing import TypeAlias

from cimodel_tui.model.answer import Json
from cimodel_tui.model.place import Place
from cimodel_tui.record import dataclass


class StoreError(Exception):
    """Something about the file cannot be done; its message is one sentence that a person can act on."""


@dataclass(frozen=True, slots=True)
class SaveState:
    """The state of saving, as the footer shows it."""

    saved_at: datetime | None = None
    """When everything was last on disk, in UTC; none before the first save."""
    saving: bool = False
    """Whether something is not on disk yet."""
    failed: str = ""
    """Why the last save did not work, in one sentence; empty where it did."""
    draft_failed: str = ""
    """Why what is not on disk could not be kept in the draft either, in words; empty where it was."""
    waiting: bool = False
    """Whether there is input on the screen that is not in a document yet: a change without its reason, a half line."""


@dataclass(frozen=True, slots=True)
class OutsideChange:
    """Another program wrote the file while it was open."""

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
    """Its place."""
    base: Json
    """What both started from."""
    ours: Json
    """The value that applies now."""
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
    """Its path."""


Raw: TypeAlias = "str | tuple[str, ...]"
"""The contents of a control: a text, or the ticked choices."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Input on the screen that is not in a document yet."""

    kind: str
    """What it is: one of the kinds of the workbook's session."""
    place: Place
    """What it belongs to."""
    raw: Raw
    """The contents of the control."""
    before: Raw = ""
    """The stored answer, where there is one."""
    reason: str = ""
    """What is typed so far of the reason that it needs."""
    answers: tuple[str, ...] = ()
    """What was answered about columns that were pasted, each as `option=answer`."""

    @property
    def typed(self) -> str:
        """What was typed, as one text."""
        return self.raw if isinstance(self.raw, str) else ", ".join(self.raw)


def raw_of(value: object) -> Raw:
    """Return an answer as it can be kept and compared; nothing is the empty text."""
    if isinstance(value, list | tuple):
        return tuple(str(each) for each in value)
    return "" if value is None else str(value)
