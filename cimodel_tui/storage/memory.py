"""The documents in memory as plain data, and which of them are not in the file yet."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from cimodel_tui import storage
from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import because
from cimodel_tui.record import dataclass
from cimodel_tui.storage.draft import DocumentChange, DocumentStates, Draft
from cimodel_tui.storage.file import LoadedFile
from cimodel_tui.storage.schema import Document, Key, Tree, entries, tree_of

if TYPE_CHECKING:
    from cimodel_tui.storage.merge import MergedDocuments


class MemoryStorage(Storage):
    """A TinyDB storage over a tree in memory; the store decides when that is written."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        """All documents."""
        self.changes = 0
        """How often something was written into it."""

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the tree itself."""
        return self.tree

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the tree; it has to be saved."""
        self.tree = data
        self.changes += 1


class TextTable(Table):
    """A table whose ids are texts; TinyDB types them as numbers, so the casts stand here and nowhere else."""

    document_id_class = cast("type[int]", str)

    def document(self, doc_id: str) -> Document | None:
        """Return one document, a copy at the top, or None."""
        found = self.get(doc_id=cast("int", doc_id))
        return None if found is None else dict(found)

    def put(self, doc_id: str, document: Document) -> None:
        """Replace one whole document, or add it."""

        def refill(stored: MutableMapping[str, object]) -> None:
            stored.clear()
            stored.update(document)

        if self.contains(doc_id=cast("int", doc_id)):
            self.update(refill, doc_ids=[cast("int", doc_id)])
        else:
            self.insert(TinyDocument(document, cast("int", doc_id)))

    def drop(self, doc_id: str) -> None:
        """Remove one document, if it exists."""
        if self.contains(doc_id=cast("int", doc_id)):
            self.remove(doc_ids=[cast("int", doc_id)])


class Database:
    """The documents of one workbook, as TinyDB keeps them."""

    def __init__(self, tree: Tree) -> None:
        self._tinydb = TinyDB(tree, storage=MemoryStorage)
        self._storage = cast("MemoryStorage", self._tinydb.storage)
        self._tables: dict[str, TextTable] = {}

    @property
    def tree(self) -> Tree:
        """All documents, read-only."""
        return self._storage.tree

    def get(self, key: Key) -> Document | None:
        """Return one document, a copy at the top, or None."""
        return self._table(key[0]).document(key[1])

    def put(self, documents: Mapping[Key, Document | None]) -> None:
        """Replace or add whole documents; None removes one."""
        for (name, doc_id), document in documents.items():
            if document is None:
                self._table(name).drop(doc_id)
            else:
                self._table(name).put(doc_id, document)

    def _table(self, name: str) -> TextTable:
        if name not in self._tables:
            self._tables[name] = TextTable(self._tinydb.storage, name, cache_size=0)
        return self._tables[name]


_SAVES = 8
"""How many saves that did not end well are remembered: one of them may be in the file all the same."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The file as memory wants it at one moment."""

    pieces: list[bytes]
    """Its bytes."""
    unsaved: Mapping[Key, Document | None]
    """The documents that were not in the file at that moment, or None where they were removed."""


class Memory:
    """The documents of one workbook in memory; safe to be used by several threads."""

    def __init__(self, loaded: LoadedFile) -> None:
        self.lock = RLock()
        """Held while memory is read or changed; never while anything waits for the disk."""
        self.draft: Draft | None = None
        """Written by whoever holds the editor lock; none for everybody else."""
        self.draft_error = ""
        """Why the draft could not be kept, in words; empty where it could."""
        self.waiting: Sequence[Json] = ()
        """Input on the screen that is not in a document yet; the draft has it too."""
        self._base: dict[Key, Document | None] = {}
        self._adopt(loaded)

    @property
    def _unsaved(self) -> Mapping[Key, DocumentStates]:
        """What is not in the file, with what saves that did not end well may have made of it."""
        return {
            key: (base, *(each[key] for each in self._unconfirmed_saves if key in each), self._database.get(key))
            for key, base in self._base.items()
        }

    def _adopt(self, loaded: LoadedFile) -> None:
        self._database = Database(loaded.tree)
        self._encoder = loaded.encoder
        self._unconfirmed_saves: deque[Mapping[Key, Document | None]] = deque(maxlen=_SAVES)
        self.is_old_format = loaded.migrated
        """Whether the file is of an older format: the first write changes that, and needs a backup before it."""

    @property
    def unsaved(self) -> bool:
        """Whether something in memory is not in the file."""
        return bool(self._base)

    def get(self, key: Key) -> Document | None:
        """Return one document, a copy at the top, or None."""
        with self.lock:
            return self._database.get(key)

    def documents(self) -> dict[Key, Document]:
        """Return all documents, read-only."""
        with self.lock:
            return entries(self._database.tree)

    def table(self, name: str) -> dict[str, Document]:
        """Return the documents of a table, read-only."""
        with self.lock:
            return dict(self._database.tree.get(name, {}))

    def change(self, documents: Mapping[Key, Document | None]) -> None:
        """Replace, add or take away documents, in memory and in the draft; raises nothing for a full disk."""
        with self.lock:
            first = [key for key in documents if key not in self._base]
            self._base.update({key: self._database.get(key) for key in first})
            self._put(documents)
            changes = {key: (self._base[key], document) for key, document in documents.items()}
            self._write_draft(lambda draft: self._add_to(draft, changes, first))

    def _put(self, documents: Mapping[Key, Document | None]) -> None:
        self._database.put(documents)
        for key in documents:
            self._encoder.forget(key)

    def _add_to(self, draft: Draft, changes: Mapping[Key, DocumentChange], first: Iterable[Key]) -> None:
        if not draft.add(changes, first):
            draft.write(self._unsaved, self.waiting)

    def wait(self, waiting: Sequence[Json]) -> None:
        """Store in the draft the input on the screen that is not in a document yet; raises nothing for a full disk."""
        with self.lock:
            self.waiting = waiting
            self._write_draft(self._add_waiting)

    def _add_waiting(self, draft: Draft) -> None:
        if not draft.wait(self.waiting):
            draft.write(self._unsaved, self.waiting)

    def _write_draft(self, write: Callable[[Draft], None]) -> None:
        if self.draft is None:
            return
        try:
            write(self.draft)
            self.draft_error = ""
        except OSError as error:
            self.draft_error = because(error)

    def rewrite_draft(self) -> None:
        """Write the draft again, with what is not in the file now."""
        with self.lock:
            self._write_draft(lambda draft: draft.write(self._unsaved, self.waiting))

    def retry_draft_removal(self) -> None:
        """Try again to remove a draft that could not be removed when everything was saved."""
        if self.draft_error:
            self.rewrite_draft()

    def end_draft(self) -> None:
        """Remove the draft of a workbook that is let go, where all of it is in the file and nothing waits."""
        with self.lock:
            if not self._base and not self.waiting:
                self._write_draft(lambda draft: draft.end())

    def snapshot(self) -> Snapshot:
        """Return the file as memory wants it now."""
        with self.lock:
            unsaved = {key: self._database.get(key) for key in self._base}
            return Snapshot(self._encoder.pieces(self._database.tree), unsaved)

    def begin_save(self) -> Snapshot:
        """Return a snapshot for a save; until it is marked as saved, the file may or may not have it."""
        with self.lock:
            snapshot = self.snapshot()
            self._unconfirmed_saves.append(snapshot.unsaved)
            return snapshot

    def mark_saved(self, snapshot: Snapshot) -> None:
        """Take note that this snapshot is in the file; what was changed since stays unsaved."""
        with self.lock:
            for key, document in snapshot.unsaved.items():
                if self._database.get(key) == document:
                    self._base.pop(key, None)
                else:
                    self._base[key] = document
            self.is_old_format = False
            self._unconfirmed_saves.clear()
            self.rewrite_draft()

    def merge_file(self, loaded: LoadedFile) -> "MergedDocuments":
        """Merge what another program wrote into the file with memory; ours is memory."""
        with self.lock:
            ours = self.documents()
            return self._merge(_overlay(ours, _merge_bases(self._unsaved, entries(loaded.tree))), ours, loaded)

    def recover(self, loaded: LoadedFile, changes: Mapping[Key, DocumentStates]) -> "MergedDocuments":
        """Merge the file with the draft of an earlier session; ours is the draft."""
        theirs = entries(loaded.tree)
        base = _overlay(theirs, _merge_bases(changes, theirs))
        ours = _overlay(theirs, {key: history[-1] for key, history in changes.items()})
        with self.lock:
            return self._merge(base, ours, loaded)

    def _merge(
        self, base: Mapping[Key, Document], ours: Mapping[Key, Document], loaded: LoadedFile
    ) -> "MergedDocuments":
        theirs = entries(loaded.tree)
        result = storage.merge.merge_documents(base, ours, theirs)
        tables = dict.fromkeys([*loaded.tree, *self._database.tree])
        self._adopt(replace(loaded, tree=tree_of(result.documents, tables)))
        changed = [
            key for key in storage.merge.union(result.documents, theirs) if result.documents.get(key) != theirs.get(key)
        ]
        self._base = {key: theirs.get(key) for key in changed}
        for key in changed:
            self._encoder.forget(key)
        self.rewrite_draft()
        return result

    def replace_all(self, loaded: LoadedFile) -> None:
        """Replace all documents by those of the file."""
        with self.lock:
            self._base = {}
            self._adopt(loaded)
            self.rewrite_draft()


def _merge_bases(changes: Mapping[Key, DocumentStates], theirs: Mapping[Key, Document]) -> dict[Key, Document | None]:
    """Return the common base of both sides; where the file has an earlier state of memory, that is the file's state."""
    found = {}
    for key, (base, *since) in changes.items():
        there = theirs.get(key)
        found[key] = there if there in since else base
    return found


def _overlay(documents: Mapping[Key, Document], others: Mapping[Key, Document | None]) -> dict[Key, Document]:
    found = {**documents, **others}
    return {key: document for key, document in found.items() if document is not None}
