"""Plain documents as bytes: sorted keys, two blanks of indent, one field a line, UTF-8, a newline at the end.

orjson writes them. What it cannot write (lone surrogates, whole numbers over 64 bits) is written in the same layout by
the standard library, so that it survives. NaN must not come here: orjson would write it as null.
"""

import errno
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, cast

import orjson

from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import StoreError

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the place is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "the folder is not there",
    errno.ENOTDIR: "the folder is not there",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "the file is larger than allowed here",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ELOOP: "the symbolic links go round in a circle",
}


def because(error: OSError) -> str:
    """Return in words why an operating system call failed."""
    return _WORDS.get(error.errno or 0) or (error.strerror or str(error)).lower()


class DamagedError(StoreError):
    """These bytes are no sound workbook; the text says why and where, without the file's name."""


class RefusedFileError(StoreError):
    """This file is not opened as a workbook; it was left as it is."""

    def __init__(self, path: Path, words: str) -> None:
        """Say which file and why."""
        super().__init__(f"{path} cannot be opened as a workbook: {words}.")
        self.path = path
        """The file."""
        self.words = words
        """Why, with the place."""


Document: TypeAlias = dict[str, Json]
"""One document as it stands in the file, without its id."""

Key: TypeAlias = tuple[str, str]
"""Table and id of a document."""

Tree: TypeAlias = dict[str, dict[str, Document]]
"""The whole file: tables by name, documents by id."""

WORKBOOK, IMPROVEMENTS, ITERATIONS = "workbook", "improvements", "iterations"

CONFLICTS = "conflicts"
"""The field of a document that holds what is not settled yet."""

LIMIT = 64 * 1024 * 1024
"""The largest file that is opened or written, in bytes."""


def entries(tree: Tree) -> dict[Key, Document]:
    """Return every document by its key."""
    return {(name, doc_id): document for name, table in tree.items() for doc_id, document in table.items()}


def tree_of(documents: Mapping[Key, Document], tables: Iterable[str] = ()) -> Tree:
    """Return the tree of these documents, with these tables even where they are empty."""
    tree: Tree = {name: {} for name in tables}
    for (name, doc_id), document in documents.items():
        tree.setdefault(name, {})[doc_id] = document
    return tree


def as_rows(value: object) -> dict[str, Document] | None:
    """Return the rows of a table by their ids; none for anything else, or where an id stands twice."""
    if not isinstance(value, list) or not all(
        isinstance(row, dict) and isinstance(row.get("id"), str) for row in value
    ):
        return None
    rows = {cast("str", row["id"]): row for row in value}
    return rows if len(rows) == len(value) else None


_NAMES = 10_000
"""How many names of tables and ids of documents are kept as they stand in the file: each save says them all."""

_STYLE = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
_BEFORE = (0, len(b'{\n  "": '), len(b'{\n  "": {\n    "": '))
_AFTER = (0, len(b"\n}"), len(b"\n  }\n}"))


def encode(value: Json, depth: int = 0) -> bytes:
    """Return a value as it stands this deep (0, 1 or 2) in the file; raises ValueError when it is nested too deep."""
    wrapped = value
    for _ in range(depth):
        wrapped = {"": wrapped}
    try:
        data = orjson.dumps(wrapped, option=_STYLE)
    except orjson.JSONEncodeError as error:
        data = _slowly(wrapped, error)
    return data[_BEFORE[depth] : len(data) - _AFTER[depth]]


def _slowly(value: Json, refusal: TypeError) -> bytes:
    if "Recursion" in str(refusal):
        raise ValueError("it is nested more than 250 levels deep") from refusal
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def line(value: Json) -> bytes:
    """Return a value as one line, for the draft."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value).encode()


class Encoder:
    """Encodes the whole file and remembers each document's bytes, so that a save encodes only what was changed."""

    def __init__(self) -> None:
        self._known: dict[Key, bytes] = {}

    def forget(self, key: Key) -> None:
        """Encode this document anew next time."""
        self._known.pop(key, None)

    def pieces(self, tree: Tree) -> list[bytes]:
        """Return the file in pieces; joined they are its bytes."""
        tables = {_name(name): self._table(name, tree[name]) for name in sorted(tree)}
        return [*_object(tables, b"  "), b"\n"]

    def _table(self, name: str, table: dict[str, Document]) -> Iterator[bytes]:
        documents = {_name(doc_id): (self._document((name, doc_id), table[doc_id]),) for doc_id in sorted(table)}
        return _object(documents, b"    ")

    def _document(self, key: Key, document: Document) -> bytes:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = encode(document, 2)
        return known


@lru_cache(maxsize=_NAMES)
def _name(name: str) -> bytes:
    return encode(name)


def _object(members: Mapping[bytes, Iterable[bytes]], indent: bytes) -> Iterator[bytes]:
    if not members:
        yield b"{}"
        return
    opening = b"{\n"
    for name, value in members.items():
        yield opening + indent + name + b": "
        yield from value
        opening = b",\n"
    yield b"\n" + indent[2:] + b"}"
