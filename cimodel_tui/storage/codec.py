"""Plain documents as bytes: sorted keys, indented by two, one field a line, UTF-8, a newline at the end.

orjson writes them. What it cannot write (lone surrogates, whole numbers over 64 bits) is written in the same layout by
the standard library, so that it survives. NaN must not get here: orjson would write it as null.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import orjson

from cimodel_tui.model.answer import Json
from cimodel_tui.storage.schema import Document, Key, Tree

_NAMES = 10_000
"""How many encoded names of tables and ids of documents are cached: each save writes all of them."""

_STYLE = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
_BEFORE = (0, len(b'{\n  "": '), len(b'{\n  "": {\n    "": '))
_AFTER = (0, len(b"\n}"), len(b"\n  }\n}"))


def encode(value: Json, depth: int = 0) -> bytes:
    """Return a value as the file has it at this depth (0, 1 or 2); raises ValueError where it is nested too deep."""
    wrapped = value
    for _ in range(depth):
        wrapped = {"": wrapped}
    try:
        data = orjson.dumps(wrapped, option=_STYLE)
    except orjson.JSONEncodeError as error:
        data = _encode_with_json(wrapped, error)
    return data[_BEFORE[depth] : len(data) - _AFTER[depth]]


def _encode_with_json(value: Json, refusal: TypeError) -> bytes:
    if "Recursion" in str(refusal):
        raise ValueError("it is nested more than 250 levels deep") from refusal
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def encode_line(value: Json) -> bytes:
    """Return a value as one line, for the draft."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value).encode()


class Encoder:
    """Encodes the whole file and remembers each document's bytes, so that a save encodes only what was changed."""

    def __init__(self) -> None:
        self._encoded: dict[Key, bytes] = {}

    def forget(self, key: Key) -> None:
        """Encode this document again at the next save."""
        self._encoded.pop(key, None)

    def pieces(self, tree: Tree) -> list[bytes]:
        """Return the file in pieces; joined they are its bytes."""
        tables = {_name(name): self._table(name, tree[name]) for name in sorted(tree)}
        return [*_object(tables, b"  "), b"\n"]

    def _table(self, name: str, table: dict[str, Document]) -> Iterator[bytes]:
        documents = {_name(doc_id): (self._document((name, doc_id), table[doc_id]),) for doc_id in sorted(table)}
        return _object(documents, b"    ")

    def _document(self, key: Key, document: Document) -> bytes:
        known = self._encoded.get(key)
        if known is None:
            known = self._encoded[key] = encode(document, 2)
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
