"""The format of a workbook file: tables and documents as plain data, versions, and migrations between them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import TypeAlias, cast

from cimodel_tui.model.answer import Json
from cimodel_tui.record import dataclass
from cimodel_tui.storage.errors import DamagedError

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
