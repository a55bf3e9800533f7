"""Open a workbook file for an app or for a shell command, or load it to look at it."""

from dataclasses import replace
from pathlib import Path

from cimodel_tui.storage.claim import Claim
from cimodel_tui.storage.file import Disk
from cimodel_tui.storage.kit import Kit
from cimodel_tui.storage.memory import Held
from cimodel_tui.storage.paths import Places
from cimodel_tui.storage.recovery import settle_in, write_beside
from cimodel_tui.storage.store import WorkbookStore

_ONLY_READ = "This command only reads the workbook."


def open_store(path: Path, places: Places, kit: Kit | None = None, *, editor: bool = True) -> WorkbookStore:
    """Open a workbook: as the app that edits it, or as a shell command that holds the write lock until it closes.

    An app gets it read-only where somebody else edits it or it cannot be written. Raises RefusedFileError where the
    file is no sound workbook, and for a shell command StoreError where it cannot be written.
    """
    kit = kit or Kit()
    disk, held, claim = _parts(path, places, kit)
    if not editor:
        told = write_beside(disk, held, claim)
        return WorkbookStore(disk, held, claim, replace(kit, debounce=None), told)
    told = () if claim.read_only else settle_in(disk, held, claim)
    return WorkbookStore(disk, held, claim, kit, told)


def load(path: Path, places: Places, kit: Kit | None = None) -> WorkbookStore:
    """Open a workbook to look at it: no lock, nothing written. Raises RefusedFileError."""
    kit = kit or Kit()
    disk, held, claim = _parts(path, places, kit)
    claim.read_only = claim.read_only or _ONLY_READ
    return WorkbookStore(disk, held, claim, kit)


def _parts(path: Path, places: Places, kit: Kit) -> tuple[Disk, Held, Claim]:
    site = kit.site(path, places)
    disk = Disk(site, kit.migrations)
    loaded = disk.load()
    claim = Claim(site, kit.patience)
    claim.check_place(loaded)
    return disk, Held(loaded), claim
