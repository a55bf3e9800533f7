"""The file on disk: read it, notice that another program wrote it, and replace it."""

import errno
import json
import os
import stat
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NoReturn, TypeAlias, TypeGuard

import orjson

from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import DamagedError, RefusedFileError, StoreError, because
from cimodel_tui.record import dataclass
from cimodel_tui.storage.atomic import digest, read_all, replace_file
from cimodel_tui.storage.codec import Encoder
from cimodel_tui.storage.documents import check_documents
from cimodel_tui.storage.paths import Site
from cimodel_tui.storage.schema import LIMIT, MIGRATIONS, Migrations, Tree, format_of, with_format


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A sound workbook in the current format, or a newer one as it is."""

    tree: Tree
    """All its documents."""
    encoder: Encoder
    """Knows the bytes of its documents already."""
    version: int
    """The format that the file stated."""
    newer: bool
    """Whether that is newer than this program."""
    migrated: bool
    """Whether it was older, so that the tree differs from the file."""
    canonical: bool
    """Whether the bytes are exactly what this program would write."""


def parse_file(data: bytes, migrations: Migrations = MIGRATIONS) -> LoadedFile:
    """Parse the bytes of a workbook file; raises DamagedError."""
    tree, encoder, canonical = _parse(data)
    version = format_of(tree)
    if version < migrations.current:
        tree, encoder = with_format(migrations.migrate(tree, version), migrations.current), Encoder()
    check_documents(tree)
    newer, migrated = version > migrations.current, version < migrations.current
    return LoadedFile(tree, encoder, version, newer, migrated, canonical)


def _parse(data: bytes) -> tuple[Tree, Encoder, bool]:
    _check_bytes(data)
    try:
        value, encoder = orjson.loads(data), Encoder()
        if isinstance(value, dict) and _holds_tables(value) and b"".join(encoder.pieces(value)) == data:
            return value, encoder, True
    except ValueError:
        pass  # the strict reader says what is wrong, or reads what orjson does not
    return _parse_strictly(data)


_MARKER = b"<<<<<<< "
"""Where a side begins that git could not merge; a line of a sound workbook begins with a blank or a brace."""


def _check_bytes(data: bytes) -> None:
    if not data.strip():
        raise DamagedError("it is empty")
    if len(data) > LIMIT:
        raise DamagedError("it is larger than 64 MB")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise DamagedError("it begins with a byte order mark")
    marker = 0 if data.startswith(_MARKER) else data.find(b"\n" + _MARKER) + 1
    if data.startswith(_MARKER, marker) and b"\n=======" in data and b"\n>>>>>>> " in data:
        line = data.count(b"\n", 0, marker) + 1
        raise DamagedError(
            f"git left its conflict markers in it, from line {line}: take one side with `git checkout --ours` or"
            " `--theirs`, or run `cimodel-tui git setup` and then `git checkout --merge`, each with the file's name"
        )


def _parse_strictly(data: bytes) -> tuple[Tree, Encoder, bool]:
    value, encoder = _read(_decode_utf8(data)), Encoder()
    if not isinstance(value, dict):
        raise DamagedError("its outermost value is not an object")
    if not _holds_tables(value):
        raise DamagedError("it is an object, but not of tables with documents")
    try:
        pieces = encoder.pieces(value)
    except (ValueError, RecursionError) as error:
        raise DamagedError("it is nested more than 250 levels deep") from error
    return value, encoder, b"".join(pieces) == data


def _holds_tables(value: dict[str, Json]) -> TypeGuard[Tree]:
    tables = value.values()
    return all(isinstance(table, dict) and all(isinstance(each, dict) for each in table.values()) for table in tables)


def _decode_utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise DamagedError(f"it is not UTF-8 in line {number}") from error


def _read(text: str) -> Json:
    try:
        value: Json = json.loads(
            text, object_pairs_hook=_object_with_unique_keys, parse_constant=_reject_constant, parse_float=_finite_float
        )
    except json.JSONDecodeError as error:
        raise DamagedError(f"it is cut off or not JSON in line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise DamagedError("it is nested more than 250 levels deep") from error
    except ValueError as error:
        raise DamagedError("it holds a number that is too long") from error
    return value


def _object_with_unique_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise DamagedError(f"the key “{twice[:60]}” appears twice in one object")
    return found


def _reject_constant(text: str) -> NoReturn:
    raise DamagedError(f"it holds {text}, which is not a number")


def _finite_float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise DamagedError(f"it holds {text[:40]}, which is too large a number")
    return number


FileStamp: TypeAlias = tuple[int, ...]
"""Device, inode, size and times of a file: while they stay the same, it was not written."""


class HashedContents:
    """What was read from the file or written to it, by its digest, which is computed when it is first needed."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all pieces; the pieces themselves are kept no longer."""
        pieces, self._pieces = self._pieces, ()
        return digest(pieces)


class Disk:
    """One workbook file, and what of it was last read or written."""

    def __init__(self, site: Site, migrations: Migrations = MIGRATIONS) -> None:
        self.site = site
        self.migrations = migrations
        self.missing = False
        """Whether the file was missing at the last check."""
        self._newer = False
        self._stamp: FileStamp | None = None
        self._known_contents: tuple[HashedContents, ...] = ()

    def load(self) -> LoadedFile:
        """Read the file; raises RefusedFileError with a sentence and leaves it as it is."""
        data, stamp = self._read()
        found = self._parse(data)
        self._newer = found.newer
        as_written = found.canonical and not found.migrated
        known = HashedContents(found.encoder.pieces(found.tree)) if as_written else _hash_at_once(data)
        self._stamp, self._known_contents = stamp, (known,)
        return found

    def contents(self) -> bytes:
        """Return the bytes of the file, sound or not; raises RefusedFileError."""
        return self._read()[0]

    def is_unchanged(self) -> bool:
        """Return, at the cost of one system call, whether the file is unchanged."""
        try:
            self.missing = False
            return stamp_of(self.site.system.stat(self.site.real)) == self._stamp
        except FileNotFoundError:
            self.missing = True
            return True
        except OSError:
            return False

    def read_if_changed(self) -> LoadedFile | None:
        """Return what another program wrote since, or None; raises RefusedFileError where that is not a sound workbook.

        A file that is gone is no change: the next save puts it back.
        """
        if self.is_unchanged():
            return None
        data, stamp = self._read()
        now = _hash_at_once(data)
        if any(each.digest == now.digest for each in self._known_contents):
            self._stamp = stamp
            return None
        found = self._parse(data)
        if found.newer and not self._newer:
            raise RefusedFileError(
                self.site.given, f"a newer version of this program wrote it (format {found.version})"
            )
        self._stamp, self._known_contents = stamp, (now,)
        return found

    def write(self, pieces: Sequence[bytes]) -> None:
        """Put these bytes in place; raises StoreError, after which the file holds the old or the new bytes."""
        data = b"".join(pieces)
        if len(data) > LIMIT:
            raise StoreError("This is more than 64 MB, which is too large for a workbook file.")
        site, new = self.site, HashedContents(pieces)
        self._stamp, self._known_contents = None, (*self._known_contents, new)
        try:
            replace_file(site.system, site.real, site.temporary(), data)
            self._stamp = stamp_of(site.system.stat(site.real))
        except OSError as error:
            self._known_contents = tuple({each.digest: each for each in self._known_contents}.values())
            raise StoreError(f"{site.given} could not be saved: {because(error)}.") from error
        self._known_contents = (new,)
        self.missing = False

    def _parse(self, data: bytes) -> LoadedFile:
        try:
            return parse_file(data, self.migrations)
        except DamagedError as error:
            raise RefusedFileError(self.site.given, str(error)) from error

    def _read(self) -> tuple[bytes, FileStamp | None]:
        system = self.site.system
        try:
            descriptor = system.open(self.site.real, os.O_RDONLY | system.platform.no_wait_flag)
            try:
                before = self._require_regular(system.fstat(descriptor))
                data = read_all(system, descriptor)
                steady = stamp_of(system.fstat(descriptor)) == stamp_of(before)
            finally:
                system.close(descriptor)
        except OSError as error:
            raise RefusedFileError(self.site.given, _reason_unreadable(error)) from error
        return data, stamp_of(before) if steady else None

    def _require_regular(self, found: os.stat_result) -> os.stat_result:
        if stat.S_ISDIR(found.st_mode):
            raise RefusedFileError(self.site.given, "it is a folder")
        if not stat.S_ISREG(found.st_mode):
            raise RefusedFileError(self.site.given, "it is not a regular file")
        if found.st_size > LIMIT:
            raise RefusedFileError(self.site.given, "it is larger than 64 MB")
        return found


def _hash_at_once(data: bytes) -> HashedContents:
    """Return what was read, without holding it in memory a second time."""
    known = HashedContents([data])
    _ = known.digest
    return known


def stamp_of(found: os.stat_result) -> FileStamp:
    """Return what tells one state of a file from another."""
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _reason_unreadable(error: OSError) -> str:
    words = {
        errno.ENOENT: "there is no such file",
        errno.ENXIO: "it is not a regular file",
        errno.EISDIR: "it is a folder",
    }
    return words.get(error.errno or 0) or because(error)


def write_copy(site: Site, path: Path, pieces: Sequence[bytes]) -> None:
    """Write a new file whole; raises StoreError where there is one already, or it does not work."""
    if os.path.lexists(path):
        raise StoreError(f"{path} is there already.")
    temporary = path.with_name(f".{path.name}.tmp-{site.new_id()}")
    try:
        replace_file(site.system, path, temporary, b"".join(pieces))
    except OSError as error:
        raise StoreError(f"{path} could not be written: {because(error)}.") from error
