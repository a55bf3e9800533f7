"""A save: compare the file with what was last read, merge, take a backup, and replace the file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Event, Thread
from threading import Lock as Mutex
from typing import TYPE_CHECKING, TypeAlias

from cimodel_tui.model.saving import OutsideChange, RefusedFileError, SaveState, StoreError, because
from cimodel_tui.storage.backups import Backups
from cimodel_tui.storage.file import Disk, LoadedFile
from cimodel_tui.storage.lazy_documents import LazyDocuments
from cimodel_tui.storage.locks import Lock
from cimodel_tui.storage.memory import Memory

if TYPE_CHECKING:
    from cimodel_tui.storage.merge import MergedDocuments, Renumbering


def outside_words(result: "MergedDocuments", *, both: bool) -> str:
    """Return what happened to memory in one sentence or two; `both` where there were unsaved changes here too."""
    first = "The file was changed outside" + (" and here; both were merged." if both else " and reloaded.")
    return " ".join([first, *merge_words(result)])


def recovered_words(result: "MergedDocuments") -> str:
    """Return what happened to a draft that an earlier session left."""
    return " ".join(
        ["Changes that were not yet saved when the program ended have been restored.", *merge_words(result)]
    )


def merge_words(result: "MergedDocuments") -> Iterable[str]:
    """Return a sentence each about conflicts and about refs that were given twice."""
    number = len(result.conflicts)
    if number:
        answers = "One answer was" if number == 1 else f"{number} answers were"
        yield f"{answers} changed on both sides and can be settled."
    yield from map(renumbered_words, result.renumbered)


def renumbered_words(each: "Renumbering") -> str:
    """Return which improvement got another ref."""
    return f"{each.was} was given twice: theirs is now {each.ref}."


Notice: TypeAlias = SaveState | OutsideChange
"""What the listener is called with."""

_LOOKS_BEFORE_NOTICE = 2


class Saver:
    """Brings memory to disk, and what others wrote to memory. Only one thread at a time is at it."""

    def __init__(self, disk: Disk, memory: Memory, lazy: LazyDocuments, write_lock: Lock) -> None:
        self.disk = disk
        """The file."""
        self.memory = memory
        """Memory."""
        self.backups = Backups(disk.site)
        """Copies of the file as it was."""
        self.listener: Callable[[Notice], None] = _ignore_notice
        """Called with every state and every change from outside."""
        self.saved_at: datetime | None = None
        """When everything was last on disk."""
        self.failed = ""
        """Why the last save did not work."""
        self._lazy = lazy
        self._write_lock = write_lock
        self._mutex = Mutex()
        self._trouble = ""
        self._trouble_count = 0

    @property
    def state(self) -> SaveState:
        """The state of saving."""
        return SaveState(
            self.saved_at, self.memory.unsaved, self.failed, self.memory.draft_error, bool(self.memory.waiting)
        )

    def save(self) -> None:
        """Bring everything to disk; raises StoreError with a sentence, after which the next save tries again."""
        with self._mutex:
            try:
                self._save()
            except StoreError as error:
                self.failed = str(error)
                raise
            else:
                self.failed = ""
            finally:
                self.listener(self.state)

    def _save(self) -> None:
        if not self.memory.unsaved:
            self.memory.retry_draft_removal()
            return
        with self._write_lock.during():
            self._merge_outside_changes()
            if self.memory.unsaved:
                self._write()
        self.saved_at = self.disk.site.clock.now()

    def _write(self) -> None:
        self.listener(self.state)
        snapshot = self.memory.begin_save()
        if self.memory.is_old_format or self.backups.is_due():
            self._back_up(needed=self.memory.is_old_format)
        self.disk.write(snapshot.pieces)
        self.memory.mark_saved(snapshot)

    def _back_up(self, *, needed: bool) -> None:
        """Back up the file; a backup that fails does not prevent a save, unless `needed` for a migration."""
        try:
            if not self.disk.missing:
                self.backups.take(self.disk.contents())
        except OSError as error:
            if needed:
                raise StoreError(f"The backup before the new format could not be made: {because(error)}.") from error

    def _merge_outside_changes(self) -> OutsideChange | None:
        loaded = self.disk.read_if_changed()
        return None if loaded is None else self._merge_file(loaded)

    def _merge_file(self, loaded: LoadedFile) -> OutsideChange:
        ours = self.memory.unsaved
        result = self.memory.merge_file(loaded)
        self._lazy.forget()
        change = OutsideChange(outside_words(result, both=ours), len(result.conflicts))
        self.listener(change)
        return change

    def check_outside(self) -> OutsideChange | None:
        """Merge what another program wrote, notify the listener, and return the change.

        Returns None also while a save is running, which does the same.

        A file that cannot be read, or is missing, is checked a second time first: another program may be writing it.
        Such a problem is reported once, until there is another one.
        """
        if not self._mutex.acquire(blocking=False):
            return None
        try:
            change = self._merge_outside_changes()
            trouble = (
                f"{self.disk.site.given} is no longer there; the next save puts it back." if self.disk.missing else ""
            )
        except RefusedFileError as error:
            change, trouble = None, str(error)
        finally:
            self._mutex.release()
        self._trouble_count = self._trouble_count + 1 if trouble == self._trouble else 1
        self._trouble = trouble
        if trouble and self._trouble_count == _LOOKS_BEFORE_NOTICE:
            change = OutsideChange(trouble)
            self.listener(change)
        return change

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the write lock and keep other threads out; what is unsaved is saved first, if the file is sound."""
        with self._mutex, self._write_lock.during():
            with suppress(RefusedFileError):
                self._merge_outside_changes()
                if self.memory.unsaved:
                    self._write()
            yield


def _ignore_notice(notice: Notice) -> None:
    """Do nothing."""


DEBOUNCE = 0.3
"""Seconds from the first unsaved change to the save."""

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds to wait after each failure in a row; the last one repeats."""


class Worker:
    """Saves in a thread of its own, which begins with the first change; without a debounce it never does."""

    def __init__(
        self, save: Callable[[], None], debounce: float | None = DEBOUNCE, pauses: Sequence[float] = PAUSES
    ) -> None:
        self._save = save
        self._debounce = debounce
        self._pauses = pauses
        self._change = Event()
        self._stop = Event()
        self._thread: Thread | None = None

    def wake(self) -> None:
        """Have a save made soon."""
        if self._debounce is None:
            return
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="save", daemon=True)
            self._thread.start()
        self._change.set()

    def stop(self) -> None:
        """End the thread once the save at hand is done."""
        self._stop.set()
        self._change.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():  # asked anew each time: clearing the change may have cleared the one of stop
            self._change.wait()
            pause = self._pauses[min(failures, len(self._pauses)) - 1] if failures else self._debounce
            if self._stop.wait(pause):
                return
            self._change.clear()
            failures = self._try(failures)

    def _try(self, failures: int) -> int:
        try:
            self._save()
        except StoreError:
            self._change.set()
            return failures + 1
        return 0
