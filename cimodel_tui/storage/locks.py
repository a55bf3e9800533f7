"""The two locks of the operating system on two small files beside the workbook, which are never removed.

A lock goes with its process, however that ends. A lock on the workbook itself would be void after the first save,
because a save puts another file in its place.
"""

import errno
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from cimodel_tui.model.clock import moment
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.atomic import read_all, write_all
from cimodel_tui.storage.system import System

PATIENCE = 250
"""How often a lock is tried for, with a pause between: five seconds in all."""

_PAUSE = 0.02
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EINTR)


class BusyError(StoreError):
    """Somebody else holds the lock."""


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
    def held(self) -> bool:
        """Whether this process holds it here."""
        return self._descriptor >= 0

    def take(self, tries: int = 1) -> None:
        """Take the lock; raises BusyError once it was tried for so often, NoLocksError where there are none."""
        if self.held:
            return
        descriptor = self._opened()
        try:
            self._locked(descriptor, tries)
        except BaseException:
            self._system.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the lock go."""
        if self.held:
            descriptor, self._descriptor = self._descriptor, -1
            with suppress(OSError):
                self._system.unlock(descriptor)
                self._system.close(descriptor)

    @contextmanager
    def during(self) -> Iterator[None]:
        """Hold the lock for a while; where it is held already, or there are none, nothing is done."""
        mine = not self.held
        with suppress(NoLocksError):
            self.take(self._patience)
        try:
            yield
        finally:
            if mine:
                self.release()

    def _opened(self) -> int:
        if self._path.is_symlink():  # signing it would write over whatever it points to
            raise StoreError(f"{self._path} is a symbolic link, which a lock must not be: remove it.")
        try:
            try:
                return self._system.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except PermissionError:
                return self._system.open(self._path, os.O_RDONLY)
        except OSError as error:
            raise NoLocksError("No lock is available in this folder.") from error

    def _locked(self, descriptor: int, tries: int) -> None:
        for left in reversed(range(tries)):
            try:
                self._system.lock(descriptor)
            except OSError as error:
                if error.errno not in _TAKEN:
                    raise NoLocksError("This file system has no locks.") from error
                if left:
                    time.sleep(_PAUSE)
            else:
                return
        raise BusyError("Another program is writing this workbook.")

    def sign(self, now: datetime) -> None:
        """Write into the lock file who holds it, for whoever finds it taken."""
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
