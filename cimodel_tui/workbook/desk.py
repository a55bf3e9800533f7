"""What the app needs of its surroundings: the saved workbooks, and what is remembered between two runs."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from cimodel_tui.model.step import Place
from cimodel_tui.record import dataclass

if TYPE_CHECKING:
    from cimodel_tui.model.baseline import Metric
    from cimodel_tui.model.improvement import Improvement
    from cimodel_tui.model.saving import Backup
    from cimodel_tui.sources.feeds import Feed
    from cimodel_tui.workbook.workbook import Workbook


@dataclass(frozen=True, slots=True)
class SavedWorkbook:
    """A saved workbook, as home lists it."""

    path: Path
    """Its path."""
    title: str
    """What it is called."""
    improvements: int
    """How many improvements it holds."""
    overdue: int
    """How many things in it are overdue."""
    last_opened: datetime | None
    """When it was last opened, in UTC; None where it was never."""


class Desk(Protocol):
    """Opens workbooks and remembers where the user left off."""

    @property
    def theme(self) -> str:
        """Name of the theme that was chosen last."""

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys that the user has set, by the id of their binding."""

    @property
    def plain_charts(self) -> bool:
        """Whether charts are drawn without braille."""

    @property
    def escape_ms(self) -> int:
        """Milliseconds after which an escape byte that nothing follows is the Esc key."""

    def saved(self) -> Sequence[SavedWorkbook]:
        """Return the saved workbooks, the one opened last on top."""

    def open(self, path: Path) -> "Workbook":
        """Open a workbook; raises StoreError with a sentence."""

    def open_to_read(self, path: Path) -> "Workbook":
        """Open a workbook to look at it: no lock, nothing written; raises StoreError."""

    def rename(self, path: Path, title: str) -> None:
        """Give a workbook another title; its file keeps its name. Raises StoreError with a sentence."""

    def sample_size(self) -> int:
        """Return how many improvements the sample workbook holds."""

    def create(self, title: str, path: Path | None = None) -> "Workbook":
        """Make an empty workbook, in the data folder where no path is given, and open it; raises StoreError."""

    def sample(self) -> "Workbook":
        """Open the copy of the sample workbook, as it was left; raises StoreError."""

    def newest_backup(self, path: Path) -> "Backup | None":
        """Return the newest backup of a workbook that can be brought back, or None where there is none."""

    def restore_backup(self, path: Path, backup: "Backup") -> "Workbook":
        """Bring a backup back and open the workbook; raises StoreError with a sentence."""

    @property
    def local_zone(self) -> str:
        """The time zone of this computer by its name in the tz database."""

    def feed(self, name: str) -> "Feed":
        """Return the feed that this machine defines by that name; raises StoreError with a sentence."""

    def may_run(self, book: "Workbook", feed: "Feed") -> bool:
        """Return whether this workbook may run this definition of a feed."""

    def allow(self, book: "Workbook", feed: "Feed") -> None:
        """Let this workbook run this definition of a feed from now on; raises StoreError."""

    def fetch(self, book: "Workbook", feed: "Feed", improvement: "Improvement", metric: "Metric") -> bytes:
        """Return what a feed gives for a metric; takes up to half a minute. Raises StoreError with a sentence."""

    def knows_recipe(self, book: "Workbook", metric: str, digest: str) -> bool:
        """Return whether this recipe of a metric was used on this machine before."""

    def remember_recipe(self, book: "Workbook", metric: str, digest: str) -> None:
        """Remember that this recipe of a metric was reviewed and used."""

    def read_file(self, path: Path) -> bytes:
        """Return the bytes of a file that somebody names; raises StoreError with a sentence."""

    def last_place(self, book: "Workbook") -> tuple[str, Place]:
        """Return page and place where this workbook was left, the register where that is gone."""

    def remember(self, book: "Workbook", page: str, place: Place, *, leaving: bool = False) -> None:
        """Remember the current page and place; on leaving the workbook, also the figures for home."""

    def save_theme(self, theme: str) -> None:
        """Save the theme that was chosen."""

    def title_draft(self) -> tuple[str, str]:
        """Return path and title of a workbook that was being renamed on home when the program was killed.

        The path is empty for a new workbook, the title where nothing was half typed.
        """

    def save_title_draft(self, path: str, title: str) -> None:
        """Keep what is half typed as the title of a workbook on home; an empty title ends it."""

    def best_score(self) -> int:
        """Return the best round of the knowledge check in per cent, 0 before the first."""

    def topic_scores(self) -> Mapping[str, tuple[int, int]]:
        """Return how many questions of each topic were right at the first try, and of how many."""

    def save_topics(self, topics: Mapping[str, tuple[int, int]]) -> None:
        """Save the result of a round by topic; other topics stay as they are."""

    def save_score(self, percent: int) -> None:
        """Save the score of a round if it is the best."""

    def on_termination_request(self, loop: AbstractEventLoop, end: Callable[[], object]) -> None:
        """Have `end` called on the loop when the system asks the program to end: a signal, or a closed console."""

    def write_text(self, path: Path, text: str) -> None:
        """Write a text to a new file, as UTF-8; raises StoreError with a sentence, also where a file is there."""


@runtime_checkable
class HasDesk(Protocol):
    """The app, as far as a window needs it that reads or writes files."""

    @property
    def desk(self) -> Desk:
        """Its desk."""


def desk_of(app: object) -> Desk | None:
    """Return the desk of an app, none where it has none."""
    return app.desk if isinstance(app, HasDesk) else None
