"""A workbook in a folder of its own, with a clock that stands still and a system that does not wait for the disk."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.storage.open import create, load, open_store
from cimodel_tui.storage.paths import Site, UserFolders, site_of
from cimodel_tui.storage.store import StorageContext, WorkbookStore
from cimodel_tui.storage.system import System


class QuickSystem(System):
    """Everything but waiting for the device."""

    def fsync(self, descriptor: int) -> None:
        pass


@dataclass
class StandingClock:
    """Stands still until it is moved."""

    moment: datetime = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def today(self) -> date:
        return self.moment.date()

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: int) -> None:
        self.moment += timedelta(**by)


@dataclass
class Shelf:
    """A folder with one workbook, and ways to open it."""

    folder: Path
    clock: StandingClock = field(default_factory=StandingClock)
    ids: Callable[[], str] = field(default_factory=lambda: map("id{:010d}".format, itertools.count(1)).__next__)
    opened: list[WorkbookStore] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.path = self.folder / "book" / "work book.json"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.places = UserFolders(self.folder / "data", self.folder / "state", self.folder / "config")
        system = QuickSystem()
        self.context = StorageContext(clock=self.clock, new_id=self.ids, system=system, debounce=None, patience=3)

    @property
    def site(self) -> Site:
        return site_of(self.path, self.places, self.clock, self.ids)

    @property
    def written(self) -> tuple[int, int, int, int]:
        """What changes when the file is written and stays when it is read: the time of the last look is left out."""
        found = self.path.stat()
        return found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns

    def create(self, title: str = "Mine") -> Path:
        create(self.path, title, self.places, self.context)
        return self.path

    def open(self, *, editor: bool = True, **changed: object) -> WorkbookStore:
        context = replace(self.context, **changed)  # type: ignore[arg-type]  # the names are the context's
        store = open_store(self.path, self.places, context, editor=editor)
        self.opened.append(store)
        return store

    def load(self) -> WorkbookStore:
        return load(self.path, self.places, self.context)

    def improvement(self, number: int = 1, **answers: object) -> Improvement:
        return Improvement(id=self.ids(), ref=f"CI-{number:04d}", title=f"Improvement {number}", **answers)  # type: ignore[arg-type]  # the names are the entry's

    def iteration(self, improvement: Improvement, **answers: object) -> Iteration:
        return Iteration(id=self.ids(), improvement=improvement.id, **answers)  # type: ignore[arg-type]  # the names are the iteration's

    def from_shell(self, *documents: Improvement | Iteration) -> None:
        """Write as a shell command does."""
        store = self.open(editor=False)
        store.put(documents)
        store.close()

    @staticmethod
    def kill(store: WorkbookStore) -> None:
        """Let go of the locks as the end of a killed process does, and of nothing else."""
        store._worker.stop()  # noqa: SLF001 - a process takes its threads along
        store._locks.release()  # noqa: SLF001 - and its locks


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    for store in made.opened:
        made.kill(store)
