"""The format of a workbook file: tables and documents as plain data, versions, migrations, and shapes of values.

A shape checks, decodes and encodes plain values of one kind.
"""

import math
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, ValuesView
from dataclasses import field
from itertools import chain
from typing import NamedTuple, Protocol, TypeAlias, cast

from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import DamagedError
from cimodel_tui.record import dataclass

Document: TypeAlias = dict[str, Json]
"""One document as it stands in the file, without its id."""

Key: TypeAlias = tuple[str, str]
"""Table and id of a document."""

Tree: TypeAlias = dict[str, dict[str, Document]]
"""The whole file: tables by name, documents by id."""

WORKBOOK, IMPROVEMENTS, ITERATIONS = "workbook", "improvements", "iterations"

CONFLICTS = "conflicts"
"""The field of a document that holds the unresolved conflicts."""

SUCCESSOR = "next_iteration"
"""The place of a conflict between two next iterations that were begun independently, stored in their improvement."""

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


MigrationStep: TypeAlias = Callable[[Tree], Tree]
"""Turns a tree of one format into one of the next; unknown fields are passed on.

A draft is migrated too: then the tables hold few documents, or none, and no step may count on one being there.
"""


@dataclass(frozen=True, slots=True)
class Migrations:
    """A chain of steps up to the current format."""

    current: int
    """The format that this program writes."""
    steps: Mapping[int, MigrationStep] = field(default_factory=dict)
    """The step that leads on from each older format."""

    def migrate(self, tree: Tree, version: int) -> Tree:
        """Return the tree in the current format; a newer one is returned as it is."""
        for each in range(version, self.current):
            if each not in self.steps:
                raise DamagedError(f"its format {each} is no longer known")
            tree = self.steps[each](tree)
        return tree


def add_totals_and_kinds(tree: Tree) -> Tree:
    """Format 2: readings have totals and earlier values, metrics a kind and a source, entries what was imported.

    Sealed copies stay as they are.

    What is not of the expected type is passed on, for the check of the shapes to name.
    """
    improvements = {key: _with_totals(each) for key, each in tree.get(IMPROVEMENTS, {}).items()}
    iterations = {key: _with_kinds(each) for key, each in tree.get(ITERATIONS, {}).items()}
    migrated = {IMPROVEMENTS: improvements, ITERATIONS: iterations}
    return {name: migrated.get(name, table) for name, table in tree.items()}


def _with_totals(improvement: Document) -> Document:
    improvement = {"imported_status": "", **improvement}
    readings = improvement.get("readings")
    if not isinstance(readings, dict):
        return improvement
    return {**improvement, "readings": {metric: _readings(days) for metric, days in readings.items()}}


def _readings(days: Json) -> Json:
    if not isinstance(days, dict):
        return days
    return {day: {"of": None, "was": [], **each} if isinstance(each, dict) else each for day, each in days.items()}


def _with_kinds(iteration: Document) -> Document:
    baseline = iteration.get("baseline")
    metrics = baseline.get("metrics") if isinstance(baseline, dict) else None
    if not isinstance(baseline, dict) or not isinstance(metrics, list):
        return iteration
    return {**iteration, "baseline": {**baseline, "metrics": [_metric(row) for row in metrics]}}


def _metric(row: Json) -> Json:
    new: Document = {"kind": "value", "per": "", "zone": "", "feed": "", "recipe": None}
    return {**new, **row} if isinstance(row, dict) else row


MIGRATIONS = Migrations(current=2, steps={1: add_totals_and_kinds})
"""The chain of this program."""


def format_of(tree: Tree) -> int:
    """Return the format that a tree states; raises DamagedError where it states none."""
    if WORKBOOK not in tree:
        raise DamagedError("it has no table “workbook”")
    if len(tree[WORKBOOK]) != 1:
        raise DamagedError(f"its table “workbook” holds {len(tree[WORKBOOK])} documents in place of one")
    version = next(iter(tree[WORKBOOK].values())).get("format")
    if type(version) is not int or version < 1:
        raise DamagedError("its document in “workbook” states no format")
    return version


def with_format(tree: Tree, version: int) -> Tree:
    """Return the tree with this format stated in its workbook document."""
    return {**tree, WORKBOOK: {doc_id: {**each, "format": version} for doc_id, each in tree[WORKBOOK].items()}}


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
        """Return what does not fit, or None."""

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Check a whole column quickly; False only means that each value has to be checked."""

    def decode(self, plain: Json) -> object:
        """Return the value of the model; the plain one has been checked."""

    def encode(self, value: object, old: object, plain: Json) -> Json:
        """Return the plain value, laid over the plain one that stands for `old`; raises TypeError for a foreign one."""


@dataclass(frozen=True, slots=True)
class ScalarShape:
    """Text, a whole number, yes or no; with nothing where `types` has it."""

    types: frozenset[type]
    """The exact types that fit."""
    wanted: str
    """What they are called."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or None."""
        return None if type(plain) in self.types else Fault((), self.wanted)

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Check their types only."""
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
class TextsShape:
    """Several texts in their order."""

    def check(self, plain: Json) -> Fault | None:
        """Return what does not fit, or None."""
        fits = type(plain) is list and all(type(each) is str for each in plain)
        return None if fits else Fault((), "a list of texts")

    def all_fit(self, plains: Collection[Json]) -> bool:
        """Check all their texts at once."""
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
class FreeShape:
    """Any JSON value, copied."""

    def check(self, _plain: Json, /) -> Fault | None:
        """Return none: everything fits."""
        return None

    def all_fit(self, _plains: Collection[Json], /) -> bool:
        """Everything fits."""
        return True

    def decode(self, plain: Json) -> object:
        """Return a copy of its own."""
        return _copy(plain)

    def encode(self, value: object, _old: object, _plain: Json, /) -> Json:
        """Return a plain copy; raises TypeError or ValueError for what JSON cannot represent."""
        return _copy(value)


def _copy(value: object) -> Json:
    if isinstance(value, Mapping):
        return {text_key(key): _copy(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_copy(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number that is none cannot be kept in the file")
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise TypeError(f"{value!r} cannot be kept in the file")


def text_key(key: object) -> str:
    """Return a key of a JSON object; raises TypeError for one that is no text."""
    if not isinstance(key, str):
        raise TypeError(f"a key has to be a text, not {key!r}")
    return key


class LazyMapping(Mapping[str, object]):
    """Values that are decoded together when the first of them is wanted; most readings of a start never are."""

    __slots__ = ("_decode", "_plain", "_values")

    def __init__(self, plain: Document, decode: Callable[[Json], object]) -> None:
        self._plain = plain
        self._decode = decode
        self._values: dict[str, object] | None = None

    @property
    def _decoded(self) -> dict[str, object]:
        if self._values is None:
            self._values = {key: self._decode(each) for key, each in self._plain.items()}
        return self._values

    def __getitem__(self, key: str) -> object:
        return self._decoded[key]

    def __contains__(self, key: object) -> bool:
        return key in self._plain

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)

    def items(self) -> ItemsView[str, object]:
        """Return keys and values; those of a dict are walked over several times as fast."""
        return self._decoded.items()

    def values(self) -> ValuesView[object]:
        """Return the values, as above."""
        return self._decoded.values()

    def __repr__(self) -> str:
        return repr(self._decoded)


def as_lists(plains: Collection[Json]) -> Collection[list[Json]] | None:
    """Return the same where all of them are lists."""
    return cast("Collection[list[Json]]", plains) if set(map(type, plains)) <= {list} else None


def as_objects(plains: Collection[Json]) -> Collection[Document] | None:
    """Return the same where all of them are objects."""
    return cast("Collection[Document]", plains) if set(map(type, plains)) <= {dict} else None
