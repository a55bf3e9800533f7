"""TinyDB over a tree that is held in memory: its storage, its tables with ids that are texts."""

from collections.abc import Mapping
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from cimodel_tui.storage.tree import Document, Key, Tree


class HeldStorage(Storage):
    """Hands out the tree that it holds, parsed once; the store decides when that is written."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        """All documents."""
        self.changes = 0
        """How often something was written into it."""

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the tree itself."""
        return self.tree

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Hold this tree from now on; it is to be saved."""
        self.tree = data
        self.changes += 1


class TextTable(Table):
    """A table whose ids are texts; TinyDB types them as numbers, so the casts stand here and nowhere else."""

    document_id_class = cast("type[int]", str)

    def document(self, doc_id: str) -> Document | None:
        """Return one document, a copy at the top, or none."""
        found = self.get(doc_id=cast("int", doc_id))
        return None if found is None else dict(found)

    def put(self, doc_id: str, document: Document) -> None:
        """Replace one whole document, or add it."""

        def refill(held: Any) -> None:  # noqa: ANN401 - TinyDB types it as a mapping that can be written
            held.clear()
            held.update(document)

        if self.contains(doc_id=cast("int", doc_id)):
            self.update(refill, doc_ids=[cast("int", doc_id)])
        else:
            self.insert(TinyDocument(document, cast("int", doc_id)))

    def drop(self, doc_id: str) -> None:
        """Take one document away where it is there."""
        if self.contains(doc_id=cast("int", doc_id)):
            self.remove(doc_ids=[cast("int", doc_id)])


class Database:
    """The documents of one workbook, as TinyDB keeps them."""

    def __init__(self, tree: Tree) -> None:
        self._tinydb = TinyDB(tree, storage=HeldStorage)
        self._storage = cast("HeldStorage", self._tinydb.storage)
        self._tables: dict[str, TextTable] = {}

    @property
    def tree(self) -> Tree:
        """All documents, to be looked at only."""
        return self._storage.tree

    def get(self, key: Key) -> Document | None:
        """Return one document, a copy at the top, or none."""
        return self._table(key[0]).document(key[1])

    def put(self, documents: Mapping[Key, Document | None]) -> None:
        """Replace or add whole documents; none takes one away."""
        for (name, doc_id), document in documents.items():
            if document is None:
                self._table(name).drop(doc_id)
            else:
                self._table(name).put(doc_id, document)

    def _table(self, name: str) -> TextTable:
        if name not in self._tables:
            self._tables[name] = TextTable(self._tinydb.storage, name, cache_size=0)
        return self._tables[name]
