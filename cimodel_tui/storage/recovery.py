"""What happens when a workbook is opened for writing: locks, leftovers, and the draft of an earlier session."""

from collections.abc import Sequence

from cimodel_tui.storage.atomic import move_leftovers_aside
from cimodel_tui.storage.draft import Draft, recoverable_draft
from cimodel_tui.storage.errors import because
from cimodel_tui.storage.file import Disk
from cimodel_tui.storage.locks import BusyError, WorkbookLocks
from cimodel_tui.storage.memory import Memory
from cimodel_tui.storage.saver import recovered_words
from cimodel_tui.storage.tree import WORKBOOK


def start_editing(disk: Disk, memory: Memory, locks: WorkbookLocks, *, wait: bool = True) -> Sequence[str]:
    """Become the editor, or stay read-only; returns what should be said about it.

    Who stays out reads nothing anew here: what the editor writes is then told as a change from outside.
    Raises RefusedFileError where the file is no sound workbook (any more), with no lock memory.
    """
    try:
        locks.take_write_lock(wait=wait)
    except BusyError:
        locks.mark_busy()
        return ()
    try:
        if not locks.take_editor_lock():
            locks.mark_open_elsewhere()
            return ()
        reload_if_changed(disk, memory)
        told = begin(disk, memory, locks)
        locks.edit()
    except BaseException:
        locks.release()
        raise
    else:
        return told
    finally:
        locks.write_lock.release()


def write_beside(disk: Disk, memory: Memory, locks: WorkbookLocks) -> Sequence[str]:
    """Hold the write lock until the locks is released, also beside a running editor; raises StoreError.

    Where nobody edits, what an earlier session left in its draft is taken up first; returns what should be said of it.
    """
    locks.require_writable()
    locks.take_write_lock()
    try:
        reload_if_changed(disk, memory)
        return begin(disk, memory, locks) if locks.take_editor_lock() else ()
    except BaseException:
        locks.release()
        raise


def reload_if_changed(disk: Disk, memory: Memory) -> None:
    """Take in what was written since the file was read without a lock."""
    loaded = disk.changed()
    if loaded is not None:
        memory.replace_all(loaded)


def begin(disk: Disk, memory: Memory, locks: WorkbookLocks) -> Sequence[str]:
    """Take up what earlier sessions left, under both locks; returns what should be said about it."""
    if not locks.lockless:
        move_leftovers_aside(disk.site)
    workbook = next(iter(memory.table(WORKBOOK)))
    try:
        left, words = recoverable_draft(disk.site, workbook, disk.migrations)
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
