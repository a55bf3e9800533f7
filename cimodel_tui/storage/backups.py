"""Copies of the file as it was, in the state folder: the last ten, and the first of each day for two weeks."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cimodel_tui.model.saving import Backup, DamagedError, StoreError, because
from cimodel_tui.storage.atomic import copy_aside, digest, replace_file
from cimodel_tui.storage.file import Disk, LoadedFile, parse_file
from cimodel_tui.storage.paths import Site
from cimodel_tui.storage.schema import Migrations

_LATEST = 10
_DAYS = timedelta(days=14)
_EVERY = timedelta(hours=1)
_STAMP = "%Y%m%dT%H%M%SZ"


class Backups:
    """The backups of one workbook."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._next: datetime | None = None

    def is_due(self) -> bool:
        """Return whether one is to be taken before the next write: the first of a session, and one an hour."""
        return self._next is None or self._site.clock.now() >= self._next

    def take(self, data: bytes) -> None:
        """Store these bytes as a backup, unless the newest one is the same. Raises OSError."""
        site, now = self._site, self._site.clock.now().astimezone(UTC)
        site.system.makedirs(site.backups)
        names = self._names()
        digest_start = digest([data])[:16]
        if not names or self._digest_of(names[0]) != digest_start:
            number = 1 + max((int(name.split("-")[0]) for name in names), default=0)
            path = site.backups / f"{number:08d}-{now.strftime(_STAMP)}-{digest_start}.json"
            replace_file(site.system, path, path.with_name(f".{site.new_id()}"), data, mode=0o600)
            self._prune([path.name, *names], now)
        self._next = now + _EVERY

    def newest_first(self) -> Sequence[Backup]:
        """Return what there is; raises StoreError where that cannot be read."""
        try:
            return [self._describe(number, name) for number, name in enumerate(self._names(), 1)]
        except OSError as error:
            raise StoreError(f"The backups cannot be read: {because(error)}.") from error

    def _describe(self, number: int, name: str) -> Backup:
        path = self._site.backups / name
        size = self._site.system.stat(path).st_size
        return Backup(number=number, taken_at=_taken_at(name), size=size, path=str(path))

    def _names(self) -> list[str]:
        try:
            names = self._site.system.listdir(self._site.backups)
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted((name for name in names if _is_backup(name)), reverse=True)

    @staticmethod
    def _digest_of(name: str) -> str:
        return name.removesuffix(".json").split("-")[2]

    def _prune(self, names: Sequence[str], now: datetime) -> None:
        """Remove what is neither one of the last ten nor the first of a day within two weeks."""
        first_of_day = {_taken_at(name).date(): name for name in names if now - _taken_at(name) <= _DAYS}
        for name in names[_LATEST:]:
            if name not in first_of_day.values():
                with suppress(OSError):
                    self._site.system.unlink(self._site.backups / name)


def _taken_at(name: str) -> datetime:
    return datetime.fromisoformat(name.split("-")[1])


def _is_backup(name: str) -> bool:
    try:
        number, stamp, rest = name.split("-")
        taken_at = datetime.fromisoformat(stamp)
    except ValueError:
        return False
    return number.isdecimal() and taken_at.tzinfo is not None and rest.endswith(".json")


def load_backup(disk: Disk, backups: Backups, number: int) -> LoadedFile:
    """Load the backup with this number; call it before anything is saved, which may add a backup.

    Raises StoreError where there is none, or it cannot be restored.
    """
    found = next((each for each in backups.newest_first() if each.number == number), None)
    if found is None:
        raise StoreError(f"There is no backup {number}.")
    result = load_if_sound(found, disk.migrations)
    if result is None:
        raise StoreError(f"Backup {number} is damaged itself.")
    return result


def restore_backup(disk: Disk, backups: Backups, backup: LoadedFile) -> LoadedFile:
    """Replace the file by a backup, and return its contents.

    Raises StoreError, with the file as it was.
    """
    try:
        _back_up_current_file(disk, backups)
    except OSError as error:
        raise StoreError(f"What stands in the file could not be kept before restoring: {because(error)}.") from error
    disk.write(backup.encoder.pieces(backup.tree))
    return replace(backup, migrated=False)


def _back_up_current_file(disk: Disk, backups: Backups) -> None:
    if disk.is_unchanged() and disk.missing:
        return
    data = disk.contents()
    try:
        newer = parse_file(data, disk.migrations).newer
    except DamagedError:
        copy_aside(disk.site, disk.site.real)
        return
    if newer:
        raise StoreError(f"A newer version of this program wrote {disk.site.given}: it is not replaced.")
    backups.take(data)


def load_if_sound(backup: Backup, migrations: Migrations) -> LoadedFile | None:
    """Return what a backup holds, or None where it is damaged or newer than this program."""
    try:
        result = parse_file(Path(backup.path).read_bytes(), migrations)
    except (DamagedError, OSError):
        return None
    return None if result.newer else result


def newest_sound_backup(disk: Disk) -> Backup | None:
    """Return the newest backup that can be brought back."""
    backups = Backups(disk.site).newest_first()
    return next((each for each in backups if load_if_sound(each, disk.migrations)), None)
