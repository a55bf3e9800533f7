"""The draft: changes in memory that are not in the file yet, so that a kill loses nothing that was typed.

It consists of lines of JSON, each with a checksum before it, appended at every change without fsync. The first line
names the workbook that it belongs to. The first line of a document holds its state in the file, every line of it its
state in memory. A line `waiting` holds all input on the screen that is not in a document yet; the last one counts.
A line that was cut off by a kill was never acknowledged, and is ignored.
"""

import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import DamagedError
from cimodel_tui.record import dataclass
from cimodel_tui.storage.atomic import read_all, rename_aside, replace_small_file, write_all
from cimodel_tui.storage.codec import encode_line
from cimodel_tui.storage.documents import check_documents
from cimodel_tui.storage.paths import Site
from cimodel_tui.storage.schema import IMPROVEMENTS, ITERATIONS, WORKBOOK, Document, Key, Migrations, entries, tree_of

DocumentChange: TypeAlias = tuple[Document | None, Document | None]
"""The state of a document in the file and in memory; None where it does not exist."""

DocumentStates: TypeAlias = Sequence[Document | None]
"""The state of a document in the file, then its known states in memory, the present one last.

A kill may come after a save and before the draft is updated: then the file has one of these states.
"""

_LARGE = 8 * 1024 * 1024
"""How much is appended, in bytes, before the draft is written again."""


@dataclass(frozen=True, slots=True)
class DraftContents:
    """What a draft holds."""

    workbook: str
    """Id of the workbook's own document."""
    version: int
    """The format of its documents."""
    changes: Mapping[Key, DocumentStates]
    """By table and id."""
    waiting: Sequence[Json] = ()
    """What stood on the screen and is in no document yet."""


class Draft:
    """The draft of one workbook; only the holder of the editor lock writes it."""

    def __init__(self, site: Site, workbook: str, version: int) -> None:
        self._site = site
        self._head = _line({"workbook": workbook, "format": version})
        self._bytes_left = 0
        self._complete = False

    def add(self, changes: Mapping[Key, DocumentChange], first: Iterable[Key]) -> bool:
        """Append these changes, of those in `first` the file's state too.

        Returns False where the draft has to be written again instead.
        """
        if not self._complete or self._bytes_left < 0:
            return False
        fresh = set(first)
        return self._add(b"".join(_change(key, change, with_base=key in fresh) for key, change in changes.items()))

    def wait(self, waiting: Sequence[Json]) -> bool:
        """Append the input on the screen; returns False where the draft has to be written again instead."""
        return self._complete and self._bytes_left >= 0 and self._add(_waiting(waiting))

    def _add(self, data: bytes) -> bool:
        try:
            self._append(data)
        except OSError:
            self._complete = False
        return self._complete

    def _append(self, data: bytes) -> None:
        system = self._site.system
        descriptor = system.open(self._site.draft, os.O_WRONLY | os.O_APPEND)
        try:
            write_all(system, descriptor, data)
        finally:
            system.close(descriptor)
        self._bytes_left -= len(data)

    def write(self, unsaved: Mapping[Key, DocumentStates], waiting: Sequence[Json] = ()) -> None:
        """Write the draft again, with this and nothing else. Raises OSError."""
        whole, self._complete = self._complete, False
        if not unsaved and not waiting:
            self._empty(whole=whole)
            return
        data = self._head + b"".join(_lines(key, history) for key, history in unsaved.items())
        data += _waiting(waiting) if waiting else b""
        replace_small_file(self._site.system, self._site.draft, data, self._site.new_id())
        self._bytes_left, self._complete = max(_LARGE, len(data)), True

    def _empty(self, *, whole: bool) -> None:
        """Leave the head alone, so that the next change is appended instead of making a file."""
        if whole:
            self._site.system.truncate(self._site.draft, len(self._head))
            self._bytes_left, self._complete = _LARGE, True
        else:
            remove_draft(self._site)

    def end(self) -> None:
        """Remove a draft that has become empty. Raises OSError."""
        self._complete = False
        remove_draft(self._site)


def remove_draft(site: Site) -> None:
    """Remove the draft. Raises OSError."""
    try:
        site.system.unlink(site.draft)
    except FileNotFoundError:
        return


def read_draft(site: Site) -> DraftContents | None:
    """Return the draft of an earlier session, or None where there is none.

    Raises OSError, and DamagedError where it does not say to which workbook it belongs.
    """
    try:
        descriptor = site.system.open(site.draft, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        lines = read_all(site.system, descriptor).split(b"\n")
    finally:
        site.system.close(descriptor)
    return _parse_entries([each for each in map(_read, lines) if each is not None])


def _parse_entries(lines: list[dict[str, Json]]) -> DraftContents:
    head, *rest = lines or [{}]
    version = head.get("format")
    if not isinstance(version, int):
        raise DamagedError("its first line is not that of a draft")
    changes: dict[Key, list[Document | None]] = {}
    waiting: Json = []
    for each in rest:
        if "waiting" in each:
            waiting = each["waiting"]
            continue
        history = changes.setdefault((str(each["table"]), str(each["id"])), [_document(each.get("base"))])
        history.append(_document(each["now"]))
    return DraftContents(str(head["workbook"]), version, changes, waiting if isinstance(waiting, list) else ())


def _document(value: Json) -> Document | None:
    return value if isinstance(value, dict) else None


def _lines(key: Key, history: DocumentStates) -> bytes:
    base, first, *rest = history
    return b"".join(
        [_change(key, (base, first), with_base=True), *(_change(key, (base, each), with_base=False) for each in rest)]
    )


def _change(key: Key, change: DocumentChange, *, with_base: bool) -> bytes:
    base, now = change
    entry: Document = {"table": key[0], "id": key[1], "now": now}
    return _line({**entry, "base": base} if with_base else entry)


def _waiting(waiting: Sequence[Json]) -> bytes:
    return _line({"waiting": list(waiting)})


def _line(value: Json) -> bytes:
    data = encode_line(value)
    return b"%08x %s\n" % (zlib.crc32(data), data)


def _read(data: bytes) -> dict[str, Json] | None:
    checksum, _, value = data.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(value):
        return None
    read: dict[str, Json] = json.loads(value)
    return read


KNOWN_TABLES = (WORKBOOK, IMPROVEMENTS, ITERATIONS)
"""The tables that a step of a migration finds in any case, also in a draft that holds few documents."""


def recoverable_draft(site: Site, workbook: str, migrations: Migrations) -> tuple[DraftContents, str]:
    """Return the draft in the current format, and a sentence about one that cannot be used, which is moved to `kept`.

    Raises OSError where a draft can neither be read nor moved, so that no other may be written over it.
    """
    nothing = DraftContents(workbook, migrations.current, {})
    with suppress(OSError, DamagedError, ValueError, LookupError, TypeError):
        contents = read_draft(site)
        if contents is None:
            return nothing, ""
        if contents.workbook == workbook and contents.version <= migrations.current:
            return replace(nothing, changes=_migrate_changes(contents, migrations), waiting=contents.waiting), ""
    moved = rename_aside(site, site.draft)
    return nothing, f"A draft of an earlier session could not be used; it was moved to {moved}."


def _migrate_changes(contents: DraftContents, migrations: Migrations) -> Mapping[Key, DocumentStates]:
    base = _migrate_side({key: history[0] for key, history in contents.changes.items()}, contents.version, migrations)
    now = _migrate_side({key: history[-1] for key, history in contents.changes.items()}, contents.version, migrations)
    if contents.version == migrations.current:
        return contents.changes
    return {key: (base.get(key), now.get(key)) for key in [*base, *now]}


def _migrate_side(documents: dict[Key, Document | None], version: int, migrations: Migrations) -> dict[Key, Document]:
    there = {key: document for key, document in documents.items() if document is not None}
    tree = migrations.migrate(tree_of(there, KNOWN_TABLES), version)
    check_documents(tree)
    return entries(tree)
