"""A store that keeps a workbook in memory, as plain documents, and does nothing else."""

from collections.abc import Callable, Sequence
from pathlib import Path

from cimodel_tui.model.answer import Json
from cimodel_tui.model.improvement import Improvement, Title
from cimodel_tui.model.iteration import Documents, Iteration
from cimodel_tui.model.saving import Backup, Conflict, OutsideChange, SaveState, StoreError
from cimodel_tui.storage.documents import decode_document, encode_document, key_of
from cimodel_tui.workbook.store import Document, Notice


class MemoryStore:
    """Every document goes through its plain form and back, so that what would not survive the file fails here."""

    def __init__(self, title: str = "Mine") -> None:
        self.documents_by_id: dict[str, Document] = {"title": Title(id="title", title=title)}
        self.read_only = ""
        self.puts = 0
        self.waiting: Sequence[Json] = ()

    @property
    def path(self) -> Path:
        return Path("memory.json")

    @property
    def state(self) -> SaveState:
        return SaveState()

    @property
    def notices(self) -> Sequence[str]:
        return ()

    def take_over(self) -> bool:
        return False

    def documents(self) -> Documents:
        improvements = {key: each for key, each in self.documents_by_id.items() if isinstance(each, Improvement)}
        iterations = {key: each for key, each in self.documents_by_id.items() if isinstance(each, Iteration)}
        lineage: dict[str, tuple[str, ...]] = {}
        for each in sorted(iterations.values(), key=lambda found: found.number):
            lineage[each.improvement] = (*lineage.get(each.improvement, ()), each.id)
        (title,) = (each for each in self.documents_by_id.values() if isinstance(each, Title))
        register = tuple(sorted(improvements, key=lambda key: (len(improvements[key].ref), improvements[key].ref)))
        archived = frozenset(key for key, each in improvements.items() if each.archived_on)
        return Documents(title, improvements, iterations, lineage, register, archived)

    def put(self, documents: Sequence[Document], removed: Sequence[str] = ()) -> None:
        self.puts += 1
        for each in documents:
            back = decode_document(key_of(each), encode_document(each))
            assert back == each, "this would not survive the file"
            self.documents_by_id[each.id] = back
        for key in removed:
            del self.documents_by_id[key]

    def wait(self, waiting: Sequence[Json]) -> None:
        self.waiting = waiting

    def flush(self) -> None:
        pass

    def subscribe(self, listener: Callable[[Notice], None]) -> None:
        pass

    def check_outside(self) -> OutsideChange | None:
        return None

    def save_copy(self, path: Path) -> None:
        raise StoreError(f"{path} is not written: this is memory.")

    def backups(self) -> Sequence[Backup]:
        return ()

    def restore(self, number: int) -> None:
        raise StoreError(f"there is no backup {number}: this is memory.")

    def conflicts(self) -> Sequence[Conflict]:
        return ()

    def resolve_conflict(self, conflict: Conflict, *, take_theirs: bool) -> None:
        raise StoreError(f"there is no conflict at {conflict.place.words} to settle ({take_theirs}).")

    def close(self) -> None:
        pass
