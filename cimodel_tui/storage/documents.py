"""Plain documents into the frozen objects of the model, and back.

The shape of a document follows from the types of the fields of its dataclass; `schema` has the shapes of single values.
"""

import types
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from itertools import chain, zip_longest
from operator import itemgetter
from typing import Any, TypeAlias, Union, cast, get_args, get_origin

from cimodel_tui.model.answer import Json
from cimodel_tui.model.improvement import Improvement, Title
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.saving import DamagedError
from cimodel_tui.record import dataclass
from cimodel_tui.storage.schema import (
    IMPROVEMENTS,
    ITERATIONS,
    WORKBOOK,
    Document,
    Fault,
    FreeShape,
    Key,
    LazyMapping,
    ScalarShape,
    Shape,
    TextsShape,
    Tree,
    as_lists,
    as_objects,
    text_key,
)


@dataclass(frozen=True, slots=True)
class MapShape:
    """Values of one shape by a text."""

    inner: Shape
    """The shape of the values."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or None."""
        if type(plain) is not dict:
            return Fault((), "an object")
        if self.inner.all_fit(plain.values()):
            return None
        faults = ((key, self.inner.check(each)) for key, each in plain.items())
        return next((fault.below(key) for key, fault in faults if fault), None)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Check all their values at once."""
        objects = as_objects(plains)
        return objects is not None and self.inner.all_fit(list(chain.from_iterable(map(dict.values, objects))))

    def decode(self, plain: Json) -> object:
        """Return the values by their keys; those of a map within a map are decoded on first access."""
        items = plain.items() if isinstance(plain, dict) else ()
        decode = self.inner.decode_lazily if isinstance(self.inner, MapShape) else self.inner.decode
        return {key: decode(each) for key, each in items}

    def decode_lazily(self, plain: Json) -> Mapping[str, object]:
        """Return the values by their keys, decoded on first access."""
        return LazyMapping(plain if isinstance(plain, dict) else {}, self.inner.decode)

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain values by their keys; what is the same object as before is reused."""
        if not isinstance(value, Mapping):
            raise TypeError(f"a mapping expected, not {value!r}")
        known: Document = plain if isinstance(plain, dict) else {}
        before: Mapping[str, object] = old if isinstance(old, Mapping) else {}
        found: Document = {}
        for key, each in value.items():
            was = before.get(key)
            if was is not None and was is each and key in known:
                found[key] = known[key]
            else:
                found[text_key(key)] = self.inner.encode(each, was, known.get(key))
        return found


TEXT = ScalarShape(frozenset({str}), "text")


TEXT_OR_NOTHING = ScalarShape(frozenset({str, type(None)}), "text or null")


WHOLE = ScalarShape(frozenset({int}), "a whole number")


YES_OR_NO = ScalarShape(frozenset({bool}), "true or false")


@dataclass(frozen=True, slots=True)
class RecordShape:
    """A dataclass; fields that the file leaves out take their defaults."""

    kind: type
    """The dataclass."""
    shapes: Mapping[str, Shape]
    """The shape of each field that the object holds."""
    needed: frozenset[str]
    """The fields without a default."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or None."""
        if type(plain) is not dict:
            return Fault((), "an object")
        for name, shape in self.shapes.items():
            if name in plain:
                fault = shape.check(plain[name])
                if fault:
                    return fault.below(name)
            elif name in self.needed:
                return Fault((name,), "a value")
        return None

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Check one field of all of them at a time; False where one leaves a field out."""
        objects = as_objects(plains)
        try:
            return objects is not None and all(
                shape.all_fit(list(map(itemgetter(name), objects))) for name, shape in self.shapes.items()
            )
        except KeyError:
            return False

    def decode(self, plain: Json, **given: str) -> object:
        """Return the object of the model, with what is given besides."""
        known = plain if isinstance(plain, dict) else {}
        read = {name: shape.decode(known[name]) for name, shape in self.shapes.items() if name in known}
        return self.kind(**given, **read)

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain object: the known fields laid over what was there."""
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.kind.__name__} expected, not {value!r}")
        found: Document = dict(plain) if isinstance(plain, dict) else {}
        before = old if isinstance(plain, dict) else None
        for name, shape in self.shapes.items():
            new, was = getattr(value, name), getattr(before, name, MISSING)
            if new is not was or name not in found:
                found[name] = shape.encode(new, None if was is MISSING else was, found.get(name))
        return found


@dataclass(frozen=True, slots=True)
class OptionalShape:
    """A value of one shape, or nothing."""

    inner: Shape
    """What it is where it is there."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or None."""
        return None if plain is None else self.inner.check(plain)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Check those that are present."""
        return self.inner.all_fit([each for each in plains if each is not None])

    def decode(self, plain: Json) -> object:
        """Return the value, or None."""
        return None if plain is None else self.inner.decode(plain)

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain value, or null."""
        return None if value is None else self.inner.encode(value, old, plain)


@dataclass(frozen=True, slots=True)
class SeriesShape:
    """Records in an order, without ids: one is matched with what stood at its position."""

    record: RecordShape
    """What one of them is."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or None."""
        if type(plain) is not list:
            return Fault((), "a list")
        faults = ((number, self.record.check(each)) for number, each in enumerate(plain, 1))
        return next((fault.below(f"number {number}") for number, fault in faults if fault), None)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Check the records of all of them at once."""
        lists = as_lists(plains)
        return lists is not None and self.record.all_fit(list(chain.from_iterable(lists)))

    def decode(self, plain: Json) -> object:
        """Return the records as a tuple."""
        return tuple(self.record.decode(each) for each in plain) if isinstance(plain, list) and plain else ()

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain records; one that is the same object as before is reused."""
        if not isinstance(value, tuple):
            raise TypeError(f"a tuple expected, not {value!r}")
        known = plain if isinstance(plain, list) else []
        before = old if isinstance(old, tuple) else ()
        matched = zip_longest(value, before[: len(value)], known[: len(value)])
        return [self.record.encode(each, was, there) for each, was, there in matched]


@dataclass(frozen=True, slots=True)
class RowsShape:
    """The rows of a table, matched by their ids."""

    record: RecordShape
    """What one row is."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or None."""
        if type(plain) is not list:
            return Fault((), "a list of rows")
        faults = ((number, self.record.check(row)) for number, row in enumerate(plain, 1))
        return next((fault.below(f"row {number}") for number, fault in faults if fault), None)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Check the rows of all of them at once."""
        lists = as_lists(plains)
        return lists is not None and self.record.all_fit(list(chain.from_iterable(lists)))

    def decode(self, plain: Json) -> object:
        """Return the rows as a tuple."""
        return tuple(self.record.decode(row) for row in plain) if isinstance(plain, list) else ()

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain rows in their new order; one that is the same object as before is reused."""
        if not isinstance(value, tuple):
            raise TypeError(f"a tuple of rows expected, not {value!r}")
        known = {str(row["id"]): row for row in plain if isinstance(row, dict)} if isinstance(plain, list) else {}
        before = {row.id: row for row in old} if isinstance(old, tuple) else {}
        return [self._row(row, before.get(row.id), known.get(row.id)) for row in value]

    def _row(self, row: object, was: object, plain: Json) -> Json:
        same = row is was and plain is not None
        return plain if same else self.record.encode(row, was, plain)


@cache
def record_of(kind: type, *, without: frozenset[str] = frozenset()) -> RecordShape:
    """Return the shape of a dataclass, without fields that are kept elsewhere; their types stand there unquoted."""
    included = [each for each in fields(kind) if each.name not in without]
    needed = (each.name for each in included if each.default is MISSING and each.default_factory is MISSING)
    return RecordShape(kind, {each.name: shape_of(each.type) for each in included}, frozenset(needed))


def shape_of(hint: object) -> Shape:
    """Return the shape that a field of this type has in the file; raises TypeError for a type that has none."""
    simple = {str: TEXT, bool: YES_OR_NO, int: WHOLE}.get(hint) if isinstance(hint, type) else None
    if simple:
        return simple
    if isinstance(hint, type) and is_dataclass(hint):
        return record_of(hint)
    if hint is Json:
        return FreeShape()
    return _compound_shape(hint, get_origin(hint), get_args(hint))


def _compound_shape(hint: object, origin: object, inside: tuple[Any, ...]) -> Shape:
    if origin is tuple and inside[1:] == (...,):
        return TextsShape() if inside[0] is str else _rows_or_series(inside[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return MapShape(shape_of(inside[1]))
    if origin in (Union, types.UnionType):
        return _union_shape(inside)
    raise TypeError(f"{hint!r} has no shape in the file")


def _rows_or_series(kind: type) -> RowsShape | SeriesShape:
    record = record_of(kind)
    return RowsShape(record) if "id" in record.shapes else SeriesShape(record)


def _union_shape(inside: tuple[Any, ...]) -> Shape:
    others = [each for each in inside if each is not type(None)]
    if others == [str]:
        return TEXT_OR_NOTHING
    return OptionalShape(shape_of(others[0])) if len(others) == 1 else FreeShape()


Thing: TypeAlias = Title | Improvement | Iteration
"""The model's object of one document of a known table."""


KINDS: dict[str, type] = {WORKBOOK: Title, IMPROVEMENTS: Improvement, ITERATIONS: Iteration}
"""The known tables."""


def shape_of_table(table: str) -> RecordShape:
    """Return the shape of the documents of a known table; their id is their key."""
    return record_of(KINDS[table], without=frozenset({"id"}))


def key_of(thing: Thing) -> Key:
    """Return table and id of an object of the model."""
    return next(table for table, kind in KINDS.items() if isinstance(thing, kind)), thing.id


def encode_document(thing: Thing, old: Thing | None = None, plain: Document | None = None) -> Document:
    """Return the plain document: the known fields laid over `plain`, the document that `old` was decoded from."""
    table, _ = key_of(thing)
    return cast("Document", shape_of_table(table).encode(thing, old, plain))


def decode_document(key: Key, plain: Document) -> Thing:
    """Decode a checked document into an object of the model."""
    table, doc_id = key
    return cast("Thing", shape_of_table(table).decode(plain, id=doc_id))


def check_documents(tree: Tree) -> None:
    """Raise DamagedError, naming the place, where a known table does not hold what the model asks for."""
    for name in KINDS:
        shape = shape_of_table(name)
        if shape.all_fit(tree.get(name, {}).values()):
            continue
        for doc_id, document in tree.get(name, {}).items():
            fault = shape.check(document)
            if fault:
                place = ", ".join((name, doc_id, *fault.path))
                raise DamagedError(f"at {place} there has to be {fault.wanted}")
