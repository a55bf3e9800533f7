"""What a store works with: clock and ids, the operating system, the formats, and how long it waits."""

from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path

from cimodel_tui.model.clock import Clock, SystemClock, new_id
from cimodel_tui.record import dataclass
from cimodel_tui.storage.locks import PATIENCE
from cimodel_tui.storage.migrations import MIGRATIONS, Migrations
from cimodel_tui.storage.paths import Places, Site, site_of
from cimodel_tui.storage.saver import DEBOUNCE, PAUSES
from cimodel_tui.storage.system import System


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageContext:
    """Given to whoever opens, makes or restores a workbook; the defaults are the real things."""

    clock: Clock = field(default_factory=SystemClock)
    """Tells day and moment."""
    new_id: Callable[[], str] = new_id
    """Gives out ids."""
    system: System = field(default_factory=System)
    """The operating system calls."""
    migrations: Migrations = MIGRATIONS
    """The formats of the file."""
    debounce: float | None = DEBOUNCE
    """Seconds from the first unsaved change to the save; none for saving on request only."""
    pauses: Sequence[float] = PAUSES
    """Seconds between attempts while saving fails."""
    patience: int = PATIENCE
    """How often a lock is tried for, fifty times a second."""

    def site(self, path: Path, places: Places) -> Site:
        """Return where the parts of a workbook lie."""
        return site_of(path, places, self.clock, self.new_id, self.system)
