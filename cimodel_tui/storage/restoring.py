"""A backup brought back; what stood in the file before becomes a backup itself."""

from dataclasses import replace
from pathlib import Path

from cimodel_tui.model.saving import Backup, StoreError
from cimodel_tui.storage.atomic import keep_copy
from cimodel_tui.storage.backups import Backups
from cimodel_tui.storage.errors import DamagedError, because
from cimodel_tui.storage.file import Disk, Loaded, loaded
from cimodel_tui.storage.migrations import Migrations


def chosen(disk: Disk, backups: Backups, number: int) -> Loaded:
    """Return what the backup of this number holds; read before anything is saved, which may take a further backup.

    Raises StoreError where there is none, or it cannot be brought back.
    """
    found = next((each for each in backups.newest_first() if each.number == number), None)
    if found is None:
        raise StoreError(f"There is no backup {number}.")
    result = sound(found, disk.migrations)
    if result is None:
        raise StoreError(f"Backup {number} is damaged itself.")
    return result


def bring_back(disk: Disk, backups: Backups, backup: Loaded) -> Loaded:
    """Put a backup in the file's place, and return what the file holds then.

    Raises StoreError, with the file as it was.
    """
    try:
        _keep_present(disk, backups)
    except OSError as error:
        raise StoreError(f"What stands in the file could not be kept before restoring: {because(error)}.") from error
    disk.write(backup.encoder.pieces(backup.tree))
    return replace(backup, migrated=False)


def _keep_present(disk: Disk, backups: Backups) -> None:
    if disk.is_unchanged() and disk.missing:
        return
    data = disk.contents()
    try:
        newer = loaded(data, disk.migrations).newer
    except DamagedError:
        keep_copy(disk.site, disk.site.real)
        return
    if newer:
        raise StoreError(f"A newer version of this program wrote {disk.site.given}: it is not replaced.")
    backups.take(data)


def sound(backup: Backup, migrations: Migrations) -> Loaded | None:
    """Return what a backup holds, none where it is damaged or newer than this program."""
    try:
        result = loaded(Path(backup.path).read_bytes(), migrations)
    except (DamagedError, OSError):
        return None
    return None if result.newer else result


def newest_sound(disk: Disk) -> Backup | None:
    """Return the newest backup that can be brought back."""
    backups = Backups(disk.site).newest_first()
    return next((each for each in backups if sound(each, disk.migrations)), None)
