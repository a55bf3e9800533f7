"""Bytes into a checked tree, or one sentence about what is wrong with them."""

import json
from collections import Counter
from typing import NoReturn, TypeGuard

import orjson

from cimodel_tui.model.answer import Json
from cimodel_tui.record import dataclass
from cimodel_tui.storage.codec import Encoder
from cimodel_tui.storage.documents import check
from cimodel_tui.storage.errors import DamagedError
from cimodel_tui.storage.migrations import MIGRATIONS, Migrations, format_of, stamped
from cimodel_tui.storage.tree import LIMIT, Tree


@dataclass(frozen=True, slots=True)
class Loaded:
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


def loaded(data: bytes, migrations: Migrations = MIGRATIONS) -> Loaded:
    """Return what these bytes hold; raises DamagedError."""
    tree, encoder, canonical = _parsed(data)
    version = format_of(tree)
    if version < migrations.current:
        tree, encoder = stamped(migrations.lift(tree, version), migrations.current), Encoder()
    check(tree)
    newer, migrated = version > migrations.current, version < migrations.current
    return Loaded(tree, encoder, version, newer, migrated, canonical)


def _parsed(data: bytes) -> tuple[Tree, Encoder, bool]:
    _check_outside(data)
    try:
        value, encoder = orjson.loads(data), Encoder()
        if isinstance(value, dict) and _holds_tables(value) and b"".join(encoder.pieces(value)) == data:
            return value, encoder, True
    except ValueError:
        pass  # the strict reader says what is wrong, or reads what orjson does not
    return _strictly(data)


def _check_outside(data: bytes) -> None:
    if not data.strip():
        raise DamagedError("it is empty")
    if len(data) > LIMIT:
        raise DamagedError("it is larger than 64 MB")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise DamagedError("it begins with a byte order mark")


def _strictly(data: bytes) -> tuple[Tree, Encoder, bool]:
    value, encoder = _read(_text(data)), Encoder()
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


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise DamagedError(f"it is not UTF-8 in line {number}") from error


def _read(text: str) -> Json:
    try:
        value: Json = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise DamagedError(f"it is cut off or not JSON in line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise DamagedError("it is nested more than 250 levels deep") from error
    except ValueError as error:
        raise DamagedError("it holds a number that is too long") from error
    return value


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise DamagedError(f"the key “{twice[:60]}” stands twice in one object")
    return found


def _no_number(text: str) -> NoReturn:
    raise DamagedError(f"it holds {text}, which is no number")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise DamagedError(f"it holds {text[:40]}, which is too large a number")
    return number
