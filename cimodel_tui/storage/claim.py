"""Who may write the workbook: the two locks, and the reasons for which it is read-only."""

import os

from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.file import Loaded
from cimodel_tui.storage.locks import PATIENCE, BusyError, Lock, NoLocksError
from cimodel_tui.storage.paths import Site


class Claim:
    """The claim of one process on one workbook."""

    def __init__(self, site: Site, patience: int = PATIENCE) -> None:
        self._site = site
        self._patience = patience
        self.write_lock = Lock(site.system, site.write_lock, patience)
        """Memory from comparing the file until the new one is in place."""
        self.read_only = ""
        """Why nothing can be written, in one sentence; empty where it can."""
        self.lockless = False
        """Whether this file system has no locks."""
        self.waits = False
        """Whether it can be taken over once somebody else lets go."""
        self._editor_lock = Lock(site.system, site.editor_lock)

    def check_place(self, loaded: Loaded) -> None:
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
        """Take the write lock; raises BusyError when somebody else keeps it."""
        try:
            self.write_lock.take(self._patience if wait else 1)
        except NoLocksError:
            self.lockless = True

    def take_editor_lock(self) -> bool:
        """Tell whether nobody else edits it; then it is ours. Only under the write lock."""
        try:
            self._editor_lock.take()
        except BusyError:
            return False
        except NoLocksError:
            self.lockless = True
        return True

    def edit(self) -> None:
        """Say in the lock file who edits the workbook now."""
        self._editor_lock.sign(self._site.clock.now())
        self.read_only, self.waits = "", False

    def stay_out(self) -> None:
        """Stay read-only because somebody else edits it."""
        self.read_only = f"{self._editor_lock.holder()} has this workbook open: it is read-only here."
        self.waits = True

    def keep_waiting(self) -> None:
        """Stay read-only because another program keeps writing."""
        self.read_only, self.waits = "Another program is writing this workbook: it is read-only here.", True

    def release(self) -> None:
        """Let go of everything."""
        self._editor_lock.release()
        self.write_lock.release()

    def demand(self) -> None:
        """Raise StoreError where nothing can be written."""
        if self.read_only:
            raise StoreError(self.read_only)
