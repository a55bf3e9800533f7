"""Dataclasses of the model as objects of the file, and the shape that a field's type asks for."""

import math
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from itertools import chain, zip_longest
from operator import itemgetter
from typing import Any, NamedTuple, Protocol, Union, cast, get_args, get_origin

from cimodel_tui.model.answer import Json
from cimodel_tui.record import dataclass
from cimodel_tui.storage.tree import Document


class Fault(NamedTuple):
    """Why a plain value does not fit."""

    path: tuple[str, ...]
    """Where, from the value that was checked downwards."""
    wanted: str
    """What belongs there."""

    def below(self, key: str) -> "Fault":
        """Return the same fault as seen from one level up."""
        return Fault((key, *self.path), self.wanted)


class Shape(Protocol):
    """One kind of value."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or none."""

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Tell at the speed of whole columns that all of these fit; False only means: look closer."""

    def decode(self, plain: Json) -> object:
        """Return the value of the model; the plain one has been checked."""

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain value, laid over the plain one that stands for `old`; raises TypeError for a foreign one."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text, a whole number, yes or no; with nothing where `types` has it."""

    types: frozenset[type]
    """The exact types that fit."""
    wanted: str
    """What they are called."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or none."""
        return None if type(plain) in self.types else Fault((), self.wanted)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Look at their types only."""
        return set(map(type, plains)) <= self.types

    def decode(self, plain: Json) -> object:
        """Return it as it is."""
        return plain

    def encode(self, value: object, _old: object, _plain: Json, /) -> Json:
        """Return it as it is."""
        if type(value) in self.types:
            return value  # type: ignore[return-value]  # the types are those of JSON
        if isinstance(value, str) and str in self.types:
            return "".join(value)
        raise TypeError(f"{self.wanted} expected, not {value!r}")


@dataclass(frozen=True, slots=True)
class Texts:
    """Several texts in their order."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or none."""
        fits = type(plain) is list and all(type(each) is str for each in plain)
        return None if fits else Fault((), "a list of texts")

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Look at all their texts at once."""
        lists = as_lists(plains)
        return lists is not None and set(map(type, chain.from_iterable(lists))) <= {str}

    def decode(self, plain: Json) -> object:
        """Return them as a tuple."""
        return tuple(plain) if isinstance(plain, list) else ()

    def encode(self, value: object, _old: object, _plain: Json, /) -> Json:
        """Return them as a list."""
        if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
            return ["".join(each) for each in value]
        raise TypeError(f"a tuple of texts expected, not {value!r}")


@dataclass(frozen=True, slots=True)
class Free:
    """Anything that JSON can say, handed on as a copy."""

    def check(self, _plain: Json, /) -> Fault | None:
        """Return none: everything fits."""
        return None

    def all_fit(self, _plains: Collection[Json], /) -> bool:
        """Everything fits."""
        return True

    def decode(self, plain: Json) -> object:
        """Return a copy that nobody else holds."""
        return _copy(plain)

    def encode(self, value: object, _old: object, _plain: Json, /) -> Json:
        """Return a plain copy; raises TypeError or ValueError for what JSON cannot say."""
        return _copy(value)


def _copy(value: object) -> Json:
    if isinstance(value, Mapping):
        return {_text(key): _copy(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_copy(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number that is none cannot be kept in the file")
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise TypeError(f"{value!r} cannot be kept in the file")


def _text(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key has to be a text, not {key!r}")
    return key


class Later(Mapping[str, object]):
    """Values that are decoded together when the first of them is wanted; most readings of a start never are."""

    __slots__ = ("_decode", "_found", "_plain")

    def __init__(self, plain: Document, decode: Callable[[Json], object]) -> None:
        self._plain = plain
        self._decode = decode
        self._found: dict[str, object] | None = None

    @property
    def _all(self) -> dict[str, object]:
        if self._found is None:
            self._found = {key: self._decode(each) for key, each in self._plain.items()}
        return self._found

    def __getitem__(self, key: str) -> object:
        return self._all[key]

    def __contains__(self, key: object) -> bool:
        return key in self._plain

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)

    def __repr__(self) -> str:
        return repr(self._all)


def as_lists(plains: Collection[Json]) -> Collection[list[Json]] | None:
    """Return the same where all of them are lists."""
    return cast("Collection[list[Json]]", plains) if set(map(type, plains)) <= {list} else None


def as_objects(plains: Collection[Json]) -> Collection[Document] | None:
    """Return the same where all of them are objects."""
    return cast("Collection[Document]", plains) if set(map(type, plains)) <= {dict} else None


@dataclass(frozen=True, slots=True)
class MapOf:
    """Values of one shape by a text."""

    inner: Shape
    """The shape of the values."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or none."""
        if type(plain) is not dict:
            return Fault((), "an object")
        if self.inner.all_fit(plain.values()):
            return None
        faults = ((key, self.inner.check(each)) for key, each in plain.items())
        return next((fault.below(key) for key, fault in faults if fault), None)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Look at all their values at once."""
        objects = as_objects(plains)
        return objects is not None and self.inner.all_fit(list(chain.from_iterable(map(dict.values, objects))))

    def decode(self, plain: Json) -> object:
        """Return the values by their keys; those of a map within a map are decoded once somebody looks."""
        items = plain.items() if isinstance(plain, dict) else ()
        decode = self.inner.later if isinstance(self.inner, MapOf) else self.inner.decode
        return {key: decode(each) for key, each in items}

    def later(self, plain: Json) -> Mapping[str, object]:
        """Return the values by their keys, decoded once somebody looks."""
        return Later(plain if isinstance(plain, dict) else {}, self.inner.decode)

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain values by their keys; what is the same object as before is not looked at again."""
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
                found[_text(key)] = self.inner.encode(each, was, known.get(key))
        return found


TEXT = Scalar(frozenset({str}), "text")
TEXT_OR_NOTHING = Scalar(frozenset({str, type(None)}), "text or null")
WHOLE = Scalar(frozenset({int}), "a whole number")
YES_OR_NO = Scalar(frozenset({bool}), "true or false")


@dataclass(frozen=True, slots=True)
class Record:
    """A dataclass; fields that the file leaves out take their defaults."""

    kind: type
    """The dataclass."""
    shapes: Mapping[str, Shape]
    """The shape of each field that the object holds."""
    needed: frozenset[str]
    """The fields without a default."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or none."""
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
        """Look at one field of all of them at a time; one that is left out somewhere is looked at closer."""
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
class Optional:
    """A value of one shape, or nothing."""

    inner: Shape
    """What it is where it is there."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or none."""
        return None if plain is None else self.inner.check(plain)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Look at those that are there."""
        return self.inner.all_fit([each for each in plains if each is not None])

    def decode(self, plain: Json) -> object:
        """Return the value, or none."""
        return None if plain is None else self.inner.decode(plain)

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain value, or null."""
        return None if value is None else self.inner.encode(value, old, plain)


@dataclass(frozen=True, slots=True)
class Series:
    """Records in an order, without ids: one is matched with what stood at its position."""

    record: Record
    """What one of them is."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or none."""
        if type(plain) is not list:
            return Fault((), "a list")
        faults = ((number, self.record.check(each)) for number, each in enumerate(plain, 1))
        return next((fault.below(f"number {number}") for number, fault in faults if fault), None)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Look at the records of all of them at once."""
        lists = as_lists(plains)
        return lists is not None and self.record.all_fit(list(chain.from_iterable(lists)))

    def decode(self, plain: Json) -> object:
        """Return the records as a tuple."""
        return tuple(self.record.decode(each) for each in plain) if isinstance(plain, list) and plain else ()

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain records; one that is the same object as before is not looked at again."""
        if not isinstance(value, tuple):
            raise TypeError(f"a tuple expected, not {value!r}")
        known = plain if isinstance(plain, list) else []
        before = old if isinstance(old, tuple) else ()
        matched = zip_longest(value, before[: len(value)], known[: len(value)])
        return [self.record.encode(each, was, there) for each, was, there in matched]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, matched by their ids."""

    record: Record
    """What one row is."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or none."""
        if type(plain) is not list:
            return Fault((), "a list of rows")
        faults = ((number, self.record.check(row)) for number, row in enumerate(plain, 1))
        return next((fault.below(f"row {number}") for number, fault in faults if fault), None)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Look at the rows of all of them at once."""
        lists = as_lists(plains)
        return lists is not None and self.record.all_fit(list(chain.from_iterable(lists)))

    def decode(self, plain: Json) -> object:
        """Return the rows as a tuple."""
        return tuple(self.record.decode(row) for row in plain) if isinstance(plain, list) else ()

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain rows in their new order; one that is the same object as before is not looked at again."""
        if not isinstance(value, tuple):
            raise TypeError(f"a tuple of rows expected, not {value!r}")
        known = {str(row["id"]): row for row in plain if isinstance(row, dict)} if isinstance(plain, list) else {}
        before = {row.id: row for row in old} if isinstance(old, tuple) else {}
        return [self._row(row, before.get(row.id), known.get(row.id)) for row in value]

    def _row(self, row: object, was: object, plain: Json) -> Json:
        same = row is was and plain is not None
        return plain if same else self.record.encode(row, was, plain)


@cache
def record_of(kind: type, *, without: frozenset[str] = frozenset()) -> Record:
    """Return the shape of a dataclass, without fields that are kept elsewhere; their types stand there unquoted."""
    kept = [each for each in fields(kind) if each.name not in without]
    needed = (each.name for each in kept if each.default is MISSING and each.default_factory is MISSING)
    return Record(kind, {each.name: shape_of(each.type) for each in kept}, frozenset(needed))


def shape_of(hint: object) -> Shape:
    """Return the shape that a field of this type has in the file; raises TypeError for a type that has none."""
    simple = {str: TEXT, bool: YES_OR_NO, int: WHOLE}.get(hint) if isinstance(hint, type) else None
    if simple:
        return simple
    if isinstance(hint, type) and is_dataclass(hint):
        return record_of(hint)
    if hint is Json:
        return Free()
    return _compound(hint, get_origin(hint), get_args(hint))


def _compound(hint: object, origin: object, inside: tuple[Any, ...]) -> Shape:
    if origin is tuple and inside[1:] == (...,):
        return Texts() if inside[0] is str else _records(inside[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return MapOf(shape_of(inside[1]))
    if origin in (Union, types.UnionType):
        return _either(inside)
    raise TypeError(f"{hint!r} has no shape in the file")


def _records(kind: type) -> Rows | Series:
    record = record_of(kind)
    return Rows(record) if "id" in record.shapes else Series(record)


def _either(inside: tuple[Any, ...]) -> Shape:
    others = [each for each in inside if each is not type(None)]
    if others == [str]:
        return TEXT_OR_NOTHING
    return Optional(shape_of(others[0])) if len(others) == 1 else Free()
