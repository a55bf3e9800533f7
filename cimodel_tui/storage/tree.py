"""What the file holds, as plain data: documents by table and id."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias, cast

from cimodel_tui.model.answer import Json

Document: TypeAlias = dict[str, Json]
"""One document as it stands in the file, without its id."""

Key: TypeAlias = tuple[str, str]
"""Table and id of a document."""

Tree: TypeAlias = dict[str, dict[str, Document]]
"""The whole file: tables by name, documents by id."""

WORKBOOK, IMPROVEMENTS, ITERATIONS = "workbook", "improvements", "iterations"

CONFLICTS = "conflicts"
"""The field of a document that holds what is not settled yet."""

SUCCESSOR = "next_iteration"
"""The place of a conflict between two next iterations that were begun apart; it stands in their improvement."""

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
