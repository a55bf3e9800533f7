"""The protocol of a store: what the workbook needs of whoever saves its file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

from cimodel_tui.model.answer import Json
from cimodel_tui.model.improvement import Improvement, Title
from cimodel_tui.model.iteration import Documents, Iteration
from cimodel_tui.model.saving import Backup, Conflict, OutsideChange, SaveState

Document: TypeAlias = Title | Improvement | Iteration
"""What is put into a store."""

Notice: TypeAlias = SaveState | OutsideChange
"""What a store passes to its one listener, possibly from another thread."""


class Store(Protocol):
    """Stores the documents of one workbook: at once in memory and in the draft, soon on disk."""

    @property
    def path(self) -> Path:
        """The file as it was named."""

    @property
    def read_only(self) -> str:
        """Why nothing can be written, in one sentence; empty where it can."""

    @property
    def state(self) -> SaveState:
        """The state of saving."""

    @property
    def notices(self) -> Sequence[str]:
        """Notices to show once it is open: a recovered draft, a file system without locks."""

    def take_over(self) -> bool:
        """Begin to edit where another program had it open and has let go; returns whether that is so."""

    def documents(self) -> Documents:
        """Return what is in memory; documents are decoded on first access."""

    def put(self, documents: Sequence[Document], removed: Sequence[str] = ()) -> None:
        """Replace or add documents, and remove those with these ids; in memory and in the draft."""

    @property
    def waiting(self) -> Sequence[Json]:
        """Input on the screen that is not in a document yet; after opening, that of a session that was killed."""

    def wait(self, waiting: Sequence[Json]) -> None:
        """Store in the draft the input on the screen that is not in a document yet, all of it."""

    def flush(self) -> None:
        """Return once everything is on disk; raises StoreError with a sentence."""

    def subscribe(self, listener: Callable[[Notice], None]) -> None:
        """Register the one listener, which is called with every state and every change from outside."""

    def check_outside(self) -> OutsideChange | None:
        """Compare the file with what was last read, and merge what somebody else wrote."""

    def save_copy(self, path: Path) -> None:
        """Write everything to another file; raises StoreError with a sentence."""

    def backups(self) -> Sequence[Backup]:
        """Return the backups, newest first."""

    def restore(self, number: int) -> None:
        """Bring a backup back; what stands now becomes a backup itself. Raises StoreError."""

    def conflicts(self) -> Sequence[Conflict]:
        """Return the answers that were changed on both sides and are not resolved yet."""

    def resolve_conflict(self, conflict: Conflict, *, take_theirs: bool) -> None:
        """Resolve a conflict in favour of one of its sides."""

    def close(self) -> None:
        """Save what is left and release the file; raises StoreError with a sentence."""
