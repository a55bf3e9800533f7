"""Two locks of the operating system, on two small files beside the workbook that are never removed.

The system releases a lock when its process ends, however that happens. A lock on the workbook itself would be void
after the first save, because a save replaces the file.
"""

import errno
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.model.clock import moment
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.atomic import read_all, write_all
from cimodel_tui.storage.paths import Site
from cimodel_tui.storage.system import System

if TYPE_CHECKING:
    from cimodel_tui.storage.file import LoadedFile

PATIENCE = 250
"""How often a lock is tried for, with a pause between: five seconds in all."""

_PAUSE = 0.02
_LOCKED_BY_OTHERS = (errno.EAGAIN, errno.EACCES, errno.EINTR)


class BusyError(StoreError):
    """Another process holds the lock."""


class NoLocksError(StoreError):
    """This file system has no locks, or none are available in this folder."""


class Lock:
    """One lock; held until it is released or the process ends."""

    def __init__(self, system: System, path: Path, patience: int = PATIENCE) -> None:
        self._system = system
        self._path = path
        self._patience = patience
        self._descriptor = -1

    @property
    def is_held(self) -> bool:
        """Whether this process holds it here."""
        return self._descriptor >= 0

    def take(self, tries: int = 1) -> None:
        """Take the lock; raises BusyError after this many tries, NoLocksError where there are no locks."""
        if self.is_held:
            return
        descriptor = self._open_file()
        try:
            self._acquire(descriptor, tries)
        except BaseException:
            self._system.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the lock go."""
        if self.is_held:
            descriptor, self._descriptor = self._descriptor, -1
            with suppress(OSError):
                self._system.unlock(descriptor)
                self._system.close(descriptor)

    @contextmanager
    def during(self) -> Iterator[None]:
        """Hold the lock within a `with` block; does nothing where it is held already, or there are no locks."""
        acquired_here = not self.is_held
        with suppress(NoLocksError):
            self.take(self._patience)
        try:
            yield
        finally:
            if acquired_here:
                self.release()

    def _open_file(self) -> int:
        if self._path.is_symlink():  # signing it would write over whatever it points to
            raise StoreError(f"{self._path} is a symbolic link, which a lock must not be: remove it.")
        try:
            try:
                return self._system.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except PermissionError:
                return self._system.open(self._path, os.O_RDONLY)
        except OSError as error:
            raise NoLocksError("No lock is available in this folder.") from error

    def _acquire(self, descriptor: int, tries: int) -> None:
        for remaining in reversed(range(tries)):
            try:
                self._system.lock(descriptor)
            except OSError as error:
                if error.errno not in _LOCKED_BY_OTHERS:
                    raise NoLocksError("This file system has no locks.") from error
                if remaining:
                    time.sleep(_PAUSE)
            else:
                return
        raise BusyError("Another program is writing this workbook.")

    def sign(self, now: datetime) -> None:
        """Write into the lock file who holds it, for programs that find it locked."""
        platform = self._system.platform
        who = {"user": platform.user(), "host": platform.host(), "process": os.getpid(), "since": moment(now)}
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            write_all(self._system, self._descriptor, json.dumps(who).encode() + b"\n")

    def holder(self) -> str:
        """Return in words who holds it, as far as the lock file says."""
        try:
            descriptor = self._system.open(self._path, os.O_RDONLY)
            try:
                who = json.loads(read_all(self._system, descriptor))
            finally:
                self._system.close(descriptor)
            since = str(who["since"]).replace("T", " ").removesuffix("Z")
            return f"{who['user']} on {who['host']} (process {who['process']}, since {since} UTC)"
        except (OSError, ValueError, LookupError, TypeError):
            return "another program"


class WorkbookLocks:
    """The two locks of one process on one workbook, and why it may not be written where it may not."""

    def __init__(self, site: Site, patience: int = PATIENCE) -> None:
        self._site = site
        self._patience = patience
        self.write_lock = Lock(site.system, site.write_lock, patience)
        """Held from comparing the file until the new one is in place."""
        self.read_only = ""
        """Why nothing can be written, in one sentence; empty where it can."""
        self.lockless = False
        """Whether this file system has no locks."""
        self.can_take_over = False
        """Whether the workbook can be taken over once the other program releases it."""
        self._editor_lock = Lock(site.system, site.editor_lock)

    def check_place(self, loaded: "LoadedFile") -> None:
        """Find out whether format, file and folder let it be written."""
        if loaded.newer:
            self.read_only = (
                f"A newer version of this program wrote this (format {loaded.version}): it is read-only here."
            )
        elif not self._site.system.access(self._site.real, os.W_OK):
            self.read_only = "This file may not be written here: it is read-only."
        elif not self._site.system.access(self._site.real.parent, os.W_OK | os.X_OK):
            self.read_only = "The folder of this file may not be written here: it is read-only."

    def take_write_lock(self, *, wait: bool = True) -> None:
        """Take the write lock; raises BusyError where another process keeps it."""
        try:
            self.write_lock.take(self._patience if wait else 1)
        except NoLocksError:
            self.lockless = True

    def take_editor_lock(self) -> bool:
        """Try to take the editor lock, and return whether that worked. Only under the write lock."""
        try:
            self._editor_lock.take()
        except BusyError:
            return False
        except NoLocksError:
            self.lockless = True
        return True

    def mark_editing(self) -> None:
        """Write into the lock file who edits the workbook now."""
        self._editor_lock.sign(self._site.clock.now())
        self.read_only, self.can_take_over = "", False

    def mark_open_elsewhere(self) -> None:
        """Stay read-only because another program edits it."""
        self.read_only = f"{self._editor_lock.holder()} has this workbook open: it is read-only here."
        self.can_take_over = True

    def mark_busy(self) -> None:
        """Stay read-only because another program keeps writing."""
        self.read_only, self.can_take_over = "Another program is writing this workbook: it is read-only here.", True

    def release(self) -> None:
        """Let go of everything."""
        self._editor_lock.release()
        self.write_lock.release()

    def require_writable(self) -> None:
        """Raise StoreError where nothing can be written."""
        if self.read_only:
            raise StoreError(self.read_only)
