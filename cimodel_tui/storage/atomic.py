"""Replace one whole file: at every instant there is the old one or the new one."""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cimodel_tui.model.clock import moment
from cimodel_tui.storage.paths import Site
from cimodel_tui.storage.schema import LIMIT
from cimodel_tui.storage.system import System

_READ_LIMIT = LIMIT + 1

_CHUNK = 256 * 1024
"""Bytes that are compared at a time: they stay in the processor's cache."""

_NO_FSYNC_OF_FOLDERS = (errno.EINVAL, errno.ENOTSUP)
"""Errors of file systems that cannot fsync a folder and need not."""


def replace_file(system: System, path: Path, temporary: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write all bytes to a temporary file in the same folder, verify them, and put the file in place.

    Raises OSError, after which the file holds the old or all of the new bytes: the last step, the fsync of the folder,
    can fail with the new file in place. Mode and owner are those of the file before; a new one gets
    `mode` less the umask.
    """
    before = _stat_or_none(system, path)
    try:
        _write_temporary(system, temporary, data, before, mode)
        _read_back(system, temporary, data)
        system.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            system.unlink(temporary)
        raise
    fsync_folder(system, path.parent)


def _stat_or_none(system: System, path: Path) -> os.stat_result | None:
    try:
        return system.stat(path)
    except FileNotFoundError:
        return None


def _write_temporary(system: System, path: Path, data: bytes, before: os.stat_result | None, mode: int) -> None:
    descriptor = system.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if before else mode)
    try:
        write_all(system, descriptor, data)
        if before:
            _copy_mode_and_owner(system, descriptor, before)
        system.fsync(descriptor)
    finally:
        system.close(descriptor)


def write_all(system: System, descriptor: int, data: bytes) -> None:
    """Write every byte, however few the system accepts at a time."""
    rest = memoryview(data)
    while rest:
        try:
            written = system.write(descriptor, rest)
        except InterruptedError:
            continue
        if not written:
            raise OSError(errno.EIO, "nothing was written")
        rest = rest[written:]


def _copy_mode_and_owner(system: System, descriptor: int, before: os.stat_result) -> None:
    now = system.fstat(descriptor)
    if now.st_gid != before.st_gid:
        with suppress(PermissionError):  # one who is not of the group cannot give it to the group
            system.fchown(descriptor, -1, before.st_gid)
    if now.st_uid != before.st_uid:
        with suppress(PermissionError):  # only root can give a file away
            system.fchown(descriptor, before.st_uid, -1)
    system.fchmod(descriptor, stat.S_IMODE(before.st_mode))


def _read_back(system: System, path: Path, data: bytes) -> None:
    descriptor = system.open(path, os.O_RDONLY)
    try:
        same = _contains_exactly(system, descriptor, data)
    finally:
        system.close(descriptor)
    if not same:
        raise OSError(errno.EIO, "what was written reads back differently")


def _contains_exactly(system: System, descriptor: int, data: bytes) -> bool:
    at = 0
    for chunk in _chunks(system, descriptor, _CHUNK):
        if chunk != data[at : at + len(chunk)]:
            return False
        at += len(chunk)
    return at == len(data)


def read_all(system: System, descriptor: int) -> bytes:
    """Read to the end, or until the file is larger than any workbook may be."""
    found: list[bytes] = []
    for chunk in _chunks(system, descriptor, _READ_LIMIT):
        found.append(chunk)
        if sum(map(len, found)) > _READ_LIMIT:
            break
    return b"".join(found)


def _chunks(system: System, descriptor: int, size: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = system.read(descriptor, size)
        except InterruptedError:
            continue
        if not chunk:
            return
        yield chunk


def fsync_folder(system: System, folder: Path) -> None:
    """Return once the folder's entries are on the device; raises OSError."""
    flag = system.platform.folder_flag
    if flag is None:
        return
    descriptor = system.open(folder, os.O_RDONLY | flag)
    try:
        system.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FSYNC_OF_FOLDERS:
            raise
    finally:
        system.close(descriptor)


def replace_small_file(system: System, path: Path, data: bytes, token: str) -> None:
    """Replace a small file of the state folder whole, without waiting for the device; raises OSError."""
    system.makedirs(path.parent)
    temporary = path.with_name(f".{path.name}.{token}")
    try:
        descriptor = system.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            write_all(system, descriptor, data)
        finally:
            system.close(descriptor)
        system.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            system.unlink(temporary)
        raise


def digest(pieces: Sequence[bytes]) -> str:
    """Return the SHA-256 of a file in pieces."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which takes 5 ms and is worth it for megabytes alone

    found = hashlib.sha256()
    for chunk in pieces:
        found.update(chunk)
    return found.hexdigest()


def move_leftovers_aside(site: Site) -> None:
    """Move the temporary files of interrupted saves, drafts and backups; call it with both locks held."""
    _sweep(site, site.real.parent, site.leftover)
    _sweep(site, site.state, f".{site.draft.name}.")
    _sweep(site, site.backups, ".")


def _sweep(site: Site, folder: Path, beginning: str) -> None:
    with suppress(OSError):
        for name in site.system.listdir(folder):
            if name.startswith(beginning):
                move_aside(site, folder / name)


def move_aside(site: Site, path: Path) -> None:
    """Move one file, also to another file system; where that does not work it stays where it is."""
    with suppress(OSError):
        copy_aside(site, path)
        site.system.unlink(path)


def copy_aside(site: Site, path: Path) -> None:
    """Keep a copy of a file. Raises OSError."""
    descriptor = site.system.open(path, os.O_RDONLY)
    try:
        data = read_all(site.system, descriptor)
    finally:
        site.system.close(descriptor)
    replace_small_file(site.system, _aside_path(site, path), data, site.new_id())


def rename_aside(site: Site, path: Path) -> Path:
    """Move a file of the state folder unread, and return where it lies now. Raises OSError."""
    site.system.makedirs(site.aside_folder)
    place = _aside_path(site, path)
    site.system.replace(path, place)
    return place


def _aside_path(site: Site, path: Path) -> Path:
    stamp = moment(site.clock.now()).replace(":", "")
    return site.aside_folder / f"{stamp}-{site.new_id()}-{path.name.lstrip('.')}"
