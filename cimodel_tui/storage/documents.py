"""The door between plain documents and the frozen objects of the model."""

from typing import TypeAlias, cast

from cimodel_tui.model.improvement import Improvement, Title
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.storage.errors import DamagedError
from cimodel_tui.storage.schema import Record, record_of
from cimodel_tui.storage.tree import IMPROVEMENTS, ITERATIONS, WORKBOOK, Document, Key, Tree

Thing: TypeAlias = Title | Improvement | Iteration
"""What one document of a known table stands for."""

KINDS: dict[str, type] = {WORKBOOK: Title, IMPROVEMENTS: Improvement, ITERATIONS: Iteration}
"""The known tables."""


def record(table: str) -> Record:
    """Return the shape of the documents of a known table; their id is their key."""
    return record_of(KINDS[table], without=frozenset({"id"}))


def key_of(held: Thing) -> Key:
    """Return table and id of an object of the model."""
    return next(table for table, kind in KINDS.items() if isinstance(held, kind)), held.id


def encoded(held: Thing, old: Thing | None = None, plain: Document | None = None) -> Document:
    """Return the plain document: the known fields laid over the document as it was read, which stands for `old`."""
    table, _ = key_of(held)
    return cast("Document", record(table).encode(held, old, plain))


def decoded(key: Key, plain: Document) -> Thing:
    """Return the object of the model that a checked document stands for."""
    table, doc_id = key
    return cast("Thing", record(table).decode(plain, id=doc_id))


def check(tree: Tree) -> None:
    """Raise DamagedError, naming the place, where a known table does not hold what the model asks for."""
    for name in KINDS:
        shape = record(name)
        if shape.all_fit(tree.get(name, {}).values()):
            continue
        for doc_id, document in tree.get(name, {}).items():
            fault = shape.check(document)
            if fault:
                place = ", ".join((name, doc_id, *fault.path))
                raise DamagedError(f"at {place} there has to be {fault.wanted}")
