"""What happens when a workbook is opened for writing: locks, leftovers, and the draft of an earlier session."""

from collections.abc import Sequence

from cimodel_tui.storage.atomic import keep_leftovers
from cimodel_tui.storage.claim import Claim
from cimodel_tui.storage.draft import Draft, left_behind
from cimodel_tui.storage.errors import because
from cimodel_tui.storage.file import Disk
from cimodel_tui.storage.locks import BusyError
from cimodel_tui.storage.memory import Memory
from cimodel_tui.storage.saver import recovered_words
from cimodel_tui.storage.tree import WORKBOOK


def start_editing(disk: Disk, memory: Memory, claim: Claim, *, wait: bool = True) -> Sequence[str]:
    """Become the editor, or stay read-only; returns what should be said about it.

    Who stays out reads nothing anew here: what the editor writes is then told as a change from outside.
    Raises RefusedFileError where the file is no sound workbook (any more), with no lock memory.
    """
    try:
        claim.take_write_lock(wait=wait)
    except BusyError:
        claim.keep_waiting()
        return ()
    try:
        if not claim.take_editor_lock():
            claim.stay_out()
            return ()
        read_anew(disk, memory)
        told = begin(disk, memory, claim)
        claim.edit()
    except BaseException:
        claim.release()
        raise
    else:
        return told
    finally:
        claim.write_lock.release()


def write_beside(disk: Disk, memory: Memory, claim: Claim) -> Sequence[str]:
    """Hold the write lock until the claim is released, also beside a running editor; raises StoreError.

    Where nobody edits, what an earlier session left in its draft is taken up first; returns what should be said of it.
    """
    claim.demand()
    claim.take_write_lock()
    try:
        read_anew(disk, memory)
        return begin(disk, memory, claim) if claim.take_editor_lock() else ()
    except BaseException:
        claim.release()
        raise


def read_anew(disk: Disk, memory: Memory) -> None:
    """Take in what was written since the file was read without a lock."""
    loaded = disk.changed()
    if loaded is not None:
        memory.replace_all(loaded)


def begin(disk: Disk, memory: Memory, claim: Claim) -> Sequence[str]:
    """Take up what earlier sessions left, under both locks; returns what should be said about it."""
    if not claim.lockless:
        keep_leftovers(disk.site)
    workbook = next(iter(memory.table(WORKBOOK)))
    try:
        left, words = left_behind(disk.site, workbook, disk.migrations)
    except OSError as error:
        memory.trouble = because(error)
        return ()
    loaded = disk.load() if left.changes else None
    memory.waiting = left.waiting
    memory.draft = Draft(disk.site, workbook, disk.migrations.current)
    if loaded:
        result = memory.recover(loaded, left.changes)
        words = recovered_words(result) if memory.unsaved else ""
    return (words,) if words else ()
