"""The documents as objects of the model, decoded on first access."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar, cast

from cimodel_tui import storage
from cimodel_tui.model.improvement import Improvement, Title
from cimodel_tui.model.iteration import Documents, Iteration
from cimodel_tui.model.seal import digest
from cimodel_tui.storage.documents import Thing, decode_document, encode_document, key_of
from cimodel_tui.storage.memory import Memory
from cimodel_tui.storage.schema import CONFLICTS, IMPROVEMENTS, ITERATIONS, SUCCESSOR, WORKBOOK, Document, Key

T = TypeVar("T")


class TableView(Mapping[str, T]):
    """The documents of a table by their ids, in the order of the file."""

    def __init__(self, ids: Sequence[str], get: Callable[[str], T]) -> None:
        self._ids = dict.fromkeys(ids)
        self._get = get

    def __getitem__(self, doc_id: str) -> T:
        if doc_id not in self._ids:
            raise KeyError(doc_id)
        return self._get(doc_id)

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class CachedDocument(NamedTuple):
    """A document that was decoded, with what it was decoded from."""

    thing: Thing
    """The object of the model that was handed out, or put."""
    plain: Document
    """The document in memory that it was made from."""


class LazyDocuments:
    """What memory holds, as objects of the model."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._cache: dict[Key, CachedDocument] = {}
        self._outdated: dict[Key, CachedDocument] = {}
        self._documents: Documents | None = None
        self._empty: dict[str, Iteration] = {}
        """First iterations of improvements that have none in the file: shown empty, written once something is typed."""

    def documents(self) -> Documents:
        """Return all documents; cheap, and without waiting for a lock, while nothing was added or removed."""
        known = self._documents
        if known is not None and not self._outdated:
            return known
        with self._memory.lock:
            self._outdated.clear()
            if self._documents is None:
                self._documents = self._build()
            return self._documents

    def _build(self) -> Documents:
        title = next(iter(self._memory.table(WORKBOOK)))
        improvements, iterations = self._memory.table(IMPROVEMENTS), self._memory.table(ITERATIONS)
        lineage = _lineage(iterations, _successors_of_ours(improvements))
        without = (each for each in improvements if each not in lineage)
        self._empty = {(key := _first_id(each)): Iteration(id=key, improvement=each) for each in without}
        return Documents(
            title=cast("Title", self._get((WORKBOOK, title))),
            improvements=TableView(list(improvements), self._improvement),
            iterations=TableView([*iterations, *self._empty], self._iteration),
            lineage={**lineage, **{each.improvement: (doc_id,) for doc_id, each in self._empty.items()}},
            register=tuple(sorted(improvements, key=lambda doc_id: _entry(improvements[doc_id]))),
            archived=frozenset(doc_id for doc_id, document in improvements.items() if document.get("archived_on")),
        )

    def _improvement(self, doc_id: str) -> Improvement:
        return cast("Improvement", self._get((IMPROVEMENTS, doc_id)))

    def _iteration(self, doc_id: str) -> Iteration:
        return self._empty.get(doc_id) or cast("Iteration", self._get((ITERATIONS, doc_id)))

    def _get(self, key: Key) -> Thing:
        found = self._cache.get(key)
        if found is None:
            with self._memory.lock:
                plain = self._memory.get(key)
                if plain is None:
                    raise KeyError(key[1])
                found = self._cache[key] = CachedDocument(decode_document(key, plain), plain)
        return found.thing

    def put(self, things: Sequence[Thing], removed: Sequence[str] = ()) -> None:
        """Replace or add documents, and remove those with these ids."""
        with self._memory.lock:
            changes: dict[Key, Document | None] = dict.fromkeys(self._keys(removed))
            outdated: dict[Key, Document] = {}
            for thing in things:
                changes[key_of(thing)] = self._document_for(key_of(thing), thing, outdated)
            if outdated:
                changes = self._merge_outdated(changes, outdated)
            if self._changes_the_order(changes) or any(key[0] == WORKBOOK for key in changes):
                self._documents = None
            self._memory.change(changes)
            for doc_id in removed:
                self._forget(doc_id)

    def _document_for(self, key: Key, thing: Thing, outdated: dict[Key, Document]) -> Document:
        """Return the plain document of an object.

        The object may have been made before a change from outside was merged; then the document that it was made from
        is noted as outdated.
        """
        there, seen = self._memory.get(key), self._cache.get(key) or self._outdated.get(key)
        if seen is None or seen.plain == there:
            plain = encode_document(thing, seen.thing if seen else None, there)
            self._cache[key] = CachedDocument(thing, plain)
            return plain
        self._cache.pop(key, None)
        outdated[key] = seen.plain
        return encode_document(thing, seen.thing, seen.plain)

    def _merge_outdated(
        self, changes: Mapping[Key, Document | None], outdated: Mapping[Key, Document]
    ) -> dict[Key, Document | None]:
        """Return the changes merged with what came from outside; only what then differs from memory."""
        theirs = self._memory.documents()
        base = {**theirs, **outdated}
        ours = {key: each for key, each in {**base, **changes}.items() if each is not None}
        result = storage.merge.merge_documents(base, ours, theirs).documents
        keys = [*result, *(key for key in theirs if key not in result)]
        return {key: result.get(key) for key in keys if result.get(key) != theirs.get(key)}

    def _keys(self, doc_ids: Sequence[str]) -> list[Key]:
        tables = (IMPROVEMENTS, ITERATIONS)
        keys = [(table, doc_id) for doc_id in doc_ids for table in tables]
        return [key for key in keys if self._memory.get(key) is not None]

    def _forget(self, doc_id: str) -> None:
        for table in (IMPROVEMENTS, ITERATIONS):
            self._cache.pop((table, doc_id), None)
            self._outdated.pop((table, doc_id), None)

    def _changes_the_order(self, changes: Mapping[Key, Document | None]) -> bool:
        """Return whether documents come or go, or the place of one among the others is another."""
        for key, document in changes.items():
            before = self._memory.get(key)
            if before is None or document is None:
                return True
            placed = {ITERATIONS: _order, IMPROVEMENTS: _entry}.get(key[0])
            if placed and placed(before) != placed(document):
                return True
        return False

    def forget(self) -> None:
        """Decode everything again: memory has changed from outside."""
        with self._memory.lock:
            self._outdated, self._cache = self._cache, {}
            self._documents = None


def _order(document: Document) -> tuple[str, int]:
    number = document.get("number")
    return str(document.get("improvement", "")), number if isinstance(number, int) else 1


def _entry(document: Document) -> tuple[int, str, bool]:
    ref = str(document.get("ref", ""))
    return len(ref), ref, bool(document.get("archived_on"))


def _first_id(improvement: str) -> str:
    """Return the id of the first iteration of an improvement that has none: the same at every opening."""
    return digest(improvement.encode("utf-8", "surrogatepass"))[:12]


def _successors_of_ours(improvements: Mapping[str, Document]) -> frozenset[str]:
    """Return our next iterations that conflict with one of theirs: ours is the latest until one is chosen."""
    entries = (document[CONFLICTS] for document in improvements.values() if CONFLICTS in document)
    found = (each for listed in entries if isinstance(listed, list) for each in listed if isinstance(each, dict))
    ours = (each.get("ours") for each in found if each.get("place") == [SUCCESSOR])
    return frozenset(str(each.get("id")) for each in ours if isinstance(each, dict))


def _lineage(iterations: Mapping[str, Document], last: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    order = sorted(iterations.items(), key=lambda item: (_order(item[1]), item[0] in last, item[0]))
    for doc_id, document in order:
        found.setdefault(_order(document)[0], []).append(doc_id)
    return {improvement: tuple(ids) for improvement, ids in found.items()}
