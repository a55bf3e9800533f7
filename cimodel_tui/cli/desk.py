"""The desk of the app: it opens workbooks in real files, and stores preferences between two starts."""

import json
import os
from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui import cli, sources, storage, views, workbook
from cimodel_tui.cli.config import Config
from cimodel_tui.cli.shell import WrongUseError
from cimodel_tui.content import sample
from cimodel_tui.model.clock import Clock, SystemClock
from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import StoreError
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.system import System
from cimodel_tui.storage.user_state import (
    Preferences,
    Recent,
    preferences,
    recent_of,
    remember,
    save_preferences,
    save_title_draft,
    saved_workbooks,
    title_draft,
)
from cimodel_tui.workbook.desk import SavedWorkbook

if TYPE_CHECKING:
    from cimodel_tui.model.baseline import Metric
    from cimodel_tui.model.improvement import Improvement
    from cimodel_tui.model.saving import Backup
    from cimodel_tui.sources.feeds import Feed
    from cimodel_tui.storage.store import WorkbookStore
    from cimodel_tui.workbook import Workbook

SAMPLE_DAY = date(2026, 11, 23)
"""The day that is today in the sample workbook."""

SAMPLE_NAME = "sample.json"
"""The name of the copy of the sample in the data folder."""

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""Names of devices on Windows, with any ending: no file may be called so, and files move between systems."""


class FileDesk:
    """Workbooks in files."""

    def __init__(self, places: UserFolders, config: Config, clock: Clock) -> None:
        self.places = places
        """The user's folders."""
        self.config = config
        """What the user has set."""
        self.clock = clock
        """Tells today and now."""

    @property
    def theme(self) -> str:
        """The theme that was chosen last, else that of the configuration; the Linux console has sixteen colours."""
        console = {"linux": "ansi-dark"}.get(os.environ.get("TERM", ""), "")
        return preferences(self.places).theme or self.config.theme or console

    @property
    def keys(self) -> dict[str, str]:
        """The keys that the user has set, by the id of their binding."""
        return dict(self.config.keys)

    @property
    def plain_charts(self) -> bool:
        """Whether charts are drawn without braille: as configured, else on the Linux console, whose fonts have none."""
        return (self.config.charts or {"linux": "ascii"}.get(os.environ.get("TERM", ""))) == "ascii"

    @property
    def escape_ms(self) -> int:
        """Milliseconds after which an escape byte is the Esc key."""
        return self.config.escape_ms

    def saved(self) -> Sequence[SavedWorkbook]:
        """Return the saved workbooks, the one opened last on top."""
        return [_saved_of(each) for each in saved_workbooks(self.places)]

    def open(self, path: Path) -> "Workbook":
        """Open a workbook; raises StoreError with a sentence."""
        clock = self._clock_of(path)
        store = storage.open_store(path, self.places, storage.StorageContext(clock=clock))
        if not store.read_only:
            self._recover_pending(store)
        return workbook.Workbook(store, clock, me=self.config.name, login=System.platform.user)

    def _recover_pending(self, store: "WorkbookStore") -> None:
        """Put the change that 0.1 left to wait for its reason into the draft, beside what waits there."""
        pending = storage.user_state.pending_change(self.places, store.path)
        known = recent_of(self.places, store.path)
        if pending is not None and known is not None:
            store.wait([*store.waiting, {**pending, "kind": workbook.session.CHANGE}])
            remember(self.places, known)

    def open_to_read(self, path: Path) -> "Workbook":
        """Open a workbook to look at it: no lock, nothing written; raises StoreError."""
        clock = self._clock_of(path)
        store = storage.load(path, self.places, storage.StorageContext(clock=clock))
        return workbook.Workbook(store, clock, me=self.config.name)

    def _clock_of(self, path: Path) -> Clock:
        """Return the clock of a workbook: in the copy of the sample it is always the sample's day."""
        return SystemClock(SAMPLE_DAY) if path.resolve() == self._sample.resolve() else self.clock

    def rename(self, path: Path, title: str) -> None:
        """Give a workbook another title; its file keeps its name. Raises StoreError with a sentence."""
        book = self.open(path)
        try:
            workbook.actions.rename(book, title)
            book.store.flush()
        except workbook.RefusedError as refused:
            raise StoreError(str(refused)) from None
        finally:
            book.store.close()
        known = recent_of(self.places, path)
        if known:
            remember(self.places, replace(known, path=path, title=title))

    def sample_size(self) -> int:
        """Return how many improvements the sample workbook holds."""
        found = json.loads(sample().read_bytes())
        return len(found.get("improvements", {})) if isinstance(found, dict) else 0

    @property
    def _sample(self) -> Path:
        return self.places.data / SAMPLE_NAME

    def create(self, title: str, path: Path | None = None) -> "Workbook":
        """Make an empty workbook, in the data folder where no path is given, and open it; raises StoreError."""
        where = path or self._free(title)
        storage.create(where, title, self.places, storage.StorageContext(clock=self.clock))
        return self.open(where)

    def _free(self, title: str) -> Path:
        """Return a path of the data folder that is not taken, named after the title."""
        letters = "".join(each if each.isalnum() else "-" for each in title.casefold())
        stem = "-".join(part for part in letters.split("-") if part)[:60] or "workbook"
        stem = f"{stem}-workbook" if stem in _RESERVED else stem
        names = (f"{stem}{f'-{number}' if number > 1 else ''}.json" for number in range(1, 10_000))
        return next(path for name in names if not (path := self.places.data / name).exists())

    def sample(self) -> "Workbook":
        """Open the copy of the sample workbook, as it was left; raises StoreError."""
        if not self._sample.exists():
            copy_sample(self._sample, self.places)
        return self.open(self._sample)

    def newest_backup(self, path: Path) -> "Backup | None":
        """Return the newest backup that can be restored, None without one."""
        return storage.newest_good_backup(path, self.places, storage.StorageContext(clock=self.clock))

    def restore_backup(self, path: Path, backup: "Backup") -> "Workbook":
        """Restore a backup and open the workbook; raises StoreError with a sentence."""
        storage.restore(path, backup.number, self.places, storage.StorageContext(clock=self.clock))
        return self.open(path)

    @property
    def local_zone(self) -> str:
        """The time zone of this computer by its name in the tz database."""
        return cli.incoming.local_zone()

    def feed(self, name: str) -> "Feed":
        """Return the feed that this machine defines by that name; raises StoreError with a sentence."""
        try:
            defined = cli.pull.checked_feeds(self.config)
        except WrongUseError as problem:
            raise StoreError(str(problem)) from None
        if name not in defined:
            raise StoreError(f"config.toml in {self.places.config} defines no feed {quoted(name)}")
        return defined[name]

    def may_run(self, book: "Workbook", feed: "Feed") -> bool:
        """Tell whether this workbook may run this definition of a feed."""
        return storage.user_state.consents(self.places, book.store.path).get(feed.name) == feed.digest

    def allow(self, book: "Workbook", feed: "Feed") -> None:
        """Let this workbook run this definition of a feed from now on; raises StoreError."""
        try:
            storage.user_state.consent(self.places, book.store.path, feed.name, feed.digest)
        except OSError as problem:
            raise StoreError(f"the consent cannot be stored: {problem}") from None

    def fetch(self, book: "Workbook", feed: "Feed", improvement: "Improvement", metric: "Metric") -> bytes:
        """Return what a feed gives for a metric; takes up to half a minute. Raises StoreError with a sentence."""
        try:
            return sources.fetch.fetch(
                feed, cli.pull.fetch_request(feed, improvement, metric, self.places.config, book.clock.today())
            )
        except sources.fetch.FeedError as problem:
            raise StoreError(str(problem)) from None

    def knows_recipe(self, book: "Workbook", metric: str, digest: str) -> bool:
        """Tell whether this recipe of a metric was used on this machine before."""
        return storage.user_state.consents(self.places, book.store.path).get(f"recipe {metric}") == digest

    def remember_recipe(self, book: "Workbook", metric: str, digest: str) -> None:
        """Remember that this recipe of a metric was previewed and used."""
        with suppress(OSError):
            storage.user_state.consent(self.places, book.store.path, f"recipe {metric}", digest)

    def read_file(self, path: Path) -> bytes:
        """Return the bytes of a file; raises StoreError with a sentence."""
        try:
            return path.expanduser().read_bytes()
        except (OSError, ValueError, RuntimeError) as problem:
            words = getattr(problem, "strerror", None) or str(problem)
            raise StoreError(f"{path} cannot be read: {words.lower()}") from None

    def last_place(self, book: "Workbook") -> tuple[str, Place]:
        """Return the page and place at which this workbook was left, the register if they no longer exist."""
        known = recent_of(self.places, book.store.path)
        if known is None or not known.page:
            return REGISTER, Place()
        place = Place(**{name: text for name, text in known.place.items() if name in asdict(Place())})
        gone = place.iteration not in book.documents.iterations or place.improvement not in book.documents.improvements
        return (REGISTER, Place()) if gone else (known.page, place)

    def remember(self, book: "Workbook", page: str, place: Place, *, leaving: bool = False) -> None:
        """Store the current place and the number of improvements; on leaving also how much is overdue."""
        known = recent_of(self.places, book.store.path)
        figures = {**(known.figures if known else {}), "improvements": len(book.register())}
        if leaving:
            figures["overdue"] = _overdue_count(book)
        now = self.clock.now()
        recent = Recent(
            path=book.store.path,
            title=book.title,
            page=page,
            place=asdict(place),
            last_opened=now,
            figures=figures,
        )
        remember(self.places, recent)

    def save_theme(self, theme: str) -> None:
        """Keep the theme that was chosen."""
        self._save_preferences(replace(preferences(self.places), theme=theme))

    def title_draft(self) -> tuple[str, str]:
        """Return path and half-typed title of a workbook; the path is empty for a new one."""
        return title_draft(self.places)

    def save_title_draft(self, path: str, title: str) -> None:
        """Keep a half-typed title; an empty one ends it. Where it cannot be written, it is lost with a kill."""
        with suppress(OSError):
            save_title_draft(self.places, path, title)

    def best_score(self) -> int:
        """Return the best round of the knowledge check in per cent, 0 before the first."""
        return preferences(self.places).best_score

    def topic_scores(self) -> dict[str, tuple[int, int]]:
        """Return how many questions of each topic were right at the first try, and of how many."""
        return {topic: (right, of) for topic, (right, of) in preferences(self.places).topics.items()}

    def save_topics(self, topics: Mapping[str, tuple[int, int]]) -> None:
        """Store the result of a round by topic; results of other topics stay."""
        known = preferences(self.places)
        self._save_preferences(replace(known, topics={**known.topics, **topics}))

    def save_score(self, percent: int) -> None:
        """Keep the score of a round where it is the best."""
        known = preferences(self.places)
        if percent > known.best_score:
            self._save_preferences(replace(known, best_score=percent))

    def on_termination_request(self, loop: AbstractEventLoop, end: Callable[[], object]) -> None:
        """Have `end` called on the loop when the system asks the program to end: a signal, or a closed console."""
        System.platform.on_termination_request(loop, end)

    def write_text(self, path: Path, text: str) -> None:
        """Write a text to a new file, as UTF-8; raises StoreError with a sentence, also where a file is there."""
        if path.exists():
            raise StoreError(f"{path} is there already: choose another name")
        try:
            cli.output.write_file("save", path, text.encode("utf-8", "replace"))
        except WrongUseError as problem:
            raise StoreError(str(problem)) from None

    def _save_preferences(self, what: Preferences) -> None:
        with suppress(OSError):
            save_preferences(self.places, what)


def copy_sample(path: Path, places: UserFolders) -> None:
    """Write a fresh copy of the sample workbook; raises StoreError if the file exists or cannot be written."""
    storage.create_from(sample().read_bytes(), path, places)


def _overdue_count(book: "Workbook") -> int:
    return sum(each.days < 0 for each in views.due.due_in(book))


def _saved_of(each: Recent) -> SavedWorkbook:
    figures = each.figures
    return SavedWorkbook(
        path=each.path,
        title=each.title or each.path.stem,
        improvements=figures.get("improvements", 0),
        overdue=figures.get("overdue", 0),
        last_opened=each.last_opened,
    )
