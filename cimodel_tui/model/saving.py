"""Types that a store and its users share: the state of saving, changes from outside, conflicts, backups, errors."""

import errno
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from cimodel_tui.model.answer import Json
from cimodel_tui.model.step import Place
from cimodel_tui.record import dataclass

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the place is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "the folder is not there",
    errno.ENOTDIR: "the folder is not there",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "the file is larger than allowed here",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ELOOP: "the symbolic links form a loop",
}


def because(error: OSError) -> str:
    """Return in words why an operating system call failed."""
    return _WORDS.get(error.errno or 0) or (error.strerror or str(error)).lower()


class StoreError(Exception):
    """Something about the file cannot be done; its message is one sentence that a person can act on."""


class DamagedError(StoreError):
    """These bytes are not a sound workbook; the message gives reason and place, without the file's name."""


class RefusedFileError(StoreError):
    """This file is not opened as a workbook; it was left as it is."""

    def __init__(self, path: Path, words: str) -> None:
        """State which file and why."""
        super().__init__(f"{path} cannot be opened as a workbook: {words}.")
        self.path = path
        """The file."""
        self.words = words
        """Why, with the place."""


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
    """Why what is not on disk could not be written to the draft either, in words; empty where it was."""
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
    """Return an answer as plain data that can be stored and compared; None becomes the empty text."""
    if isinstance(value, list | tuple):
        return tuple(str(each) for each in value)
    return "" if value is None else str(value)
