"""An open workbook: the store that the facade talks to, and how it becomes the editor of the file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from cimodel_tui import storage
from cimodel_tui.model.answer import Json
from cimodel_tui.model.clock import Clock, SystemClock, new_id
from cimodel_tui.model.improvement import Improvement, Title
from cimodel_tui.model.iteration import Documents, Iteration
from cimodel_tui.model.saving import Backup, Conflict, OutsideChange, RefusedFileError, SaveState, StoreError, because
from cimodel_tui.record import dataclass
from cimodel_tui.storage.atomic import move_leftovers_aside
from cimodel_tui.storage.draft import Draft, recoverable_draft
from cimodel_tui.storage.file import Disk, write_copy
from cimodel_tui.storage.lazy_documents import LazyDocuments
from cimodel_tui.storage.locks import PATIENCE, BusyError, WorkbookLocks
from cimodel_tui.storage.memory import Memory
from cimodel_tui.storage.paths import Site, UserFolders, site_of
from cimodel_tui.storage.saver import DEBOUNCE, PAUSES, Notice, Saver, Worker, recovered_words
from cimodel_tui.storage.schema import CONFLICTS, IMPROVEMENTS, ITERATIONS, MIGRATIONS, WORKBOOK, Migrations
from cimodel_tui.storage.system import System


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageContext:
    """What opening, creating and restoring a workbook depend on; the defaults are the real things."""

    clock: Clock = field(default_factory=SystemClock)
    """Returns day and moment."""
    new_id: Callable[[], str] = new_id
    """Returns a new id."""
    system: System = field(default_factory=System)
    """The operating system calls."""
    migrations: Migrations = MIGRATIONS
    """The formats of the file."""
    debounce: float | None = DEBOUNCE
    """Seconds from the first unsaved change to the save; none for saving on request only."""
    pauses: Sequence[float] = PAUSES
    """Seconds between attempts while saving fails."""
    patience: int = PATIENCE
    """How often a lock is tried for, fifty times a second."""

    def site(self, path: Path, places: UserFolders) -> Site:
        """Return where the parts of a workbook lie."""
        return site_of(path, places, self.clock, self.new_id, self.system)


class WorkbookStore:
    """Stores the documents of one workbook: in memory at once, in the draft before the call returns, on disk soon.

    All methods may be called from any thread; `put` and `documents` never wait for the disk.
    """

    def __init__(
        self, disk: Disk, memory: Memory, locks: WorkbookLocks, context: StorageContext, notices: Sequence[str] = ()
    ) -> None:
        self._disk = disk
        self._memory = memory
        self._locks = locks
        self._lazy = LazyDocuments(memory)
        self._saver = Saver(disk, memory, self._lazy, locks.write_lock)
        self._worker = Worker(self._saver.save, context.debounce, context.pauses)
        self._notices = list(notices)
        self._closed = False
        self._save_soon()

    def _save_soon(self) -> None:
        if self._memory.unsaved and not self.read_only:
            self._worker.wake()

    @property
    def path(self) -> Path:
        """The file as it was named."""
        return self._disk.site.given

    @property
    def read_only(self) -> str:
        """Why nothing can be written, in one sentence; empty where it can."""
        return self._locks.read_only

    @property
    def state(self) -> SaveState:
        """The state of saving."""
        return SaveState() if self.read_only else self._saver.state

    @property
    def notices(self) -> tuple[str, ...]:
        """Notices to show once: a recovered draft, a file system without locks, a draft that cannot be written."""
        found = list(self._notices)
        if self._locks.lockless:
            found.append("This file system has no locks: changes by others are noticed and merged, not kept out.")
        if self._memory.draft_error:
            found.append(f"The draft cannot be kept: {self._memory.draft_error}.")
        return tuple(found)

    def documents(self) -> Documents:
        """Return what is in memory; documents are decoded on first access."""
        return self._lazy.documents()

    def put(self, documents: Sequence[Title | Improvement | Iteration], removed: Sequence[str] = ()) -> None:
        """Replace or add documents, and remove those with these ids; in memory and in the draft.

        Raises StoreError where the workbook is read-only, never for a disk that is full: the state says that.
        """
        self._locks.require_writable()
        self._lazy.put(documents, removed)
        self._worker.wake()

    @property
    def waiting(self) -> Sequence[Json]:
        """Input on the screen that is not in a document yet; after opening, that of a session that was killed."""
        return self._memory.waiting

    def wait(self, waiting: Sequence[Json]) -> None:
        """Store in the draft the input on the screen that is not in a document yet, all of it.

        Calls after closing, while windows are torn down, are ignored: the draft keeps the input for the next opening.
        """
        if self._closed:
            return
        self._locks.require_writable()
        before = bool(self._memory.waiting)
        self._memory.wait(waiting)
        if bool(waiting) != before:
            self._saver.listener(self.state)

    def flush(self) -> None:
        """Return once everything is on disk; raises StoreError with a sentence."""
        if not self.read_only:
            self._saver.save()

    def subscribe(self, listener: Callable[[Notice], None]) -> None:
        """Register the one listener, which is called with every state and every change from outside.

        It is mostly called from another thread, and must not wait for the one that calls `flush`.
        """
        self._saver.listener = listener

    def check_outside(self) -> OutsideChange | None:
        """Compare the file with what was last read, and merge what somebody else wrote."""
        change = self._saver.check_outside()
        self._save_soon()
        return change

    def take_over(self) -> bool:
        """Begin to edit where another program had it open and has let go; returns whether that is so."""
        if not self._locks.can_take_over:
            return False
        with suppress(RefusedFileError):
            self._notices += start_editing(self._disk, self._memory, self._locks, wait=False)
        self._lazy.forget()
        self._save_soon()
        return not self.read_only

    def save_copy(self, path: Path) -> None:
        """Write everything to another file, which must not be there yet; raises StoreError with a sentence."""
        write_copy(self._disk.site, path, self._memory.snapshot().pieces)

    def backups(self) -> Sequence[Backup]:
        """Return the backups, newest first."""
        return self._saver.backups.newest_first()

    def restore(self, number: int) -> None:
        """Bring a backup back; what stands now becomes a backup itself. Raises StoreError.

        What is typed meanwhile, and what could not be saved because the file is damaged, stays on top of it.
        """
        self._locks.require_writable()
        backup = storage.backups.load_backup(self._disk, self._saver.backups, number)
        with self._saver.exclusive():
            self._memory.merge_file(storage.backups.restore_backup(self._disk, self._saver.backups, backup))
            self._lazy.forget()
        self._save_soon()

    def conflicts(self) -> Sequence[Conflict]:
        """Return the answers that were changed on both sides and are not resolved yet."""
        return list(self._conflicts())

    def _conflicts(self) -> Iterator[Conflict]:
        for table in (WORKBOOK, IMPROVEMENTS, ITERATIONS):
            for doc_id, document in self._memory.table(table).items():
                if CONFLICTS in document:
                    yield from storage.conflicts.conflicts_of((table, doc_id), document)

    def resolve_conflict(self, conflict: Conflict, *, take_theirs: bool) -> None:
        """Resolve a conflict in favour of one of its sides.

        Raises StoreError where it is resolved already, and where the workbook is read-only.
        """
        self._locks.require_writable()
        with self._memory.lock:
            before = self._memory.documents()
            documents = dict(before)
            try:
                key = next(key for key in before if key[1] == conflict.document)
                storage.conflicts.resolve_conflict(documents, key, conflict, take_theirs=take_theirs)
            except (LookupError, StopIteration) as error:
                raise StoreError("This was settled already.") from error
            self._memory.change({key: documents.get(key) for key in before if documents.get(key) != before[key]})
            self._lazy.forget()
        self._worker.wake()

    def close(self) -> None:
        """Save what is left and release the file; raises StoreError with a sentence, and releases it nevertheless."""
        self._closed = True
        try:
            self._worker.stop()
            self.flush()
            self._memory.end_draft()
        finally:
            self._locks.release()


def start_editing(disk: Disk, memory: Memory, locks: WorkbookLocks, *, wait: bool = True) -> Sequence[str]:
    """Become the editor, or stay read-only; returns notices for the user.

    Whoever stays read-only does not reload the file here: what the editor writes arrives as a change from outside.
    Raises RefusedFileError where the file is no sound workbook (any more); no lock is held then.
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
        notices = recover_draft(disk, memory, locks)
        locks.mark_editing()
    except BaseException:
        locks.release()
        raise
    else:
        return notices
    finally:
        locks.write_lock.release()


def write_beside(disk: Disk, memory: Memory, locks: WorkbookLocks) -> Sequence[str]:
    """Hold the write lock until the locks are released, also beside a running editor; raises StoreError.

    Where nobody edits, the draft of an earlier session is recovered first; returns notices for the user.
    """
    locks.require_writable()
    locks.take_write_lock()
    try:
        reload_if_changed(disk, memory)
        return recover_draft(disk, memory, locks) if locks.take_editor_lock() else ()
    except BaseException:
        locks.release()
        raise


def reload_if_changed(disk: Disk, memory: Memory) -> None:
    """Reload what was written since the file was read without a lock."""
    loaded = disk.read_if_changed()
    if loaded is not None:
        memory.replace_all(loaded)


def recover_draft(disk: Disk, memory: Memory, locks: WorkbookLocks) -> Sequence[str]:
    """Recover the draft of an earlier session, under both locks; returns notices for the user."""
    if not locks.lockless:
        move_leftovers_aside(disk.site)
    workbook = next(iter(memory.table(WORKBOOK)))
    try:
        draft, words = recoverable_draft(disk.site, workbook, disk.migrations)
    except OSError as error:
        memory.draft_error = because(error)
        return ()
    loaded = disk.load() if draft.changes else None
    memory.waiting = draft.waiting
    memory.draft = Draft(disk.site, workbook, disk.migrations.current)
    if loaded:
        result = memory.recover(loaded, draft.changes)
        words = recovered_words(result) if memory.unsaved else ""
    return (words,) if words else ()
