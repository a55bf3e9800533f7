"""The environment of every command: folders, clock, user name, workbooks and output."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeAlias

from cimodel_tui import cli, storage, workbook
from cimodel_tui.escaping import escaped, json_text
from cimodel_tui.model.clock import SystemClock
from cimodel_tui.model.day import as_day
from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import RefusedFileError, StoreError
from cimodel_tui.record import dataclass

if TYPE_CHECKING:
    from cimodel_tui.model.improvement import Improvement
    from cimodel_tui.storage.paths import UserFolders
    from cimodel_tui.storage.store import WorkbookStore
    from cimodel_tui.workbook import Workbook


Values: TypeAlias = SimpleNamespace
"""What a command was given, by the names of the table."""

_LISTED_ROWS = 5


def complain(problem: object) -> None:
    """Print an error as one line on standard error."""
    sys.stderr.write(f"cimodel-tui: {escaped(str(problem))}\n")


class WrongUseError(Exception):
    """A command cannot do what it was called for; its message is one line."""


@dataclass(frozen=True)
class Shell:
    """The environment of one command."""

    clock: SystemClock
    """Tells today and now."""
    data_dir: str = ""
    """The data folder, where one was given."""

    @classmethod
    def of(cls, values: Values) -> "Shell":
        """Return the environment that options and environment variables set."""
        options = {"--today": values.today, "CIMODEL_TUI_TODAY": os.environ.get("CIMODEL_TUI_TODAY", "")}
        name, text = next(((name, text) for name, text in options.items() if text), ("", ""))
        clock = SystemClock(day_of(name, text) if text else None)
        return cls(clock, values.data_dir or os.environ.get("CIMODEL_TUI_DATA", ""))

    @cached_property
    def places(self) -> "UserFolders":
        """The folders of this user."""
        return storage.user_folders(self.data_dir)

    @cached_property
    def me(self) -> str:
        """The name in the configuration file, empty where there is none."""
        return cli.config.read_config(self.places.config).name

    def open(self, path: str | Path) -> "Workbook":
        """Open a workbook to change it: the write lock is held until it is closed. Raises StoreError.

        What should be known about it, such as a draft that was recovered, is printed on standard error.
        """
        store = storage.open_store(_expand(path), self.places, storage.StorageContext(clock=self.clock), editor=False)
        for notice in store.notices:
            complain(notice)
        return self._book(store)

    def open_to_read(self, path: str | Path) -> "Workbook":
        """Open a workbook to look at it: no lock, nothing written. Raises StoreError with a sentence."""
        return self._book(storage.load(_expand(path), self.places, storage.StorageContext(clock=self.clock)))

    @contextmanager
    def changing(self, path: str | Path) -> "Iterator[Workbook]":
        """Open a workbook to change it, save it and release the lock at the end; a refusal becomes WrongUseError."""
        book = self.open(path)
        try:
            yield book
        except workbook.RefusedError as problem:
            raise WrongUseError(str(problem)) from None
        finally:
            book.store.close()

    def _book(self, store: "WorkbookStore") -> "Workbook":
        return workbook.Workbook(store, self.clock, me=self.me, login=self._login)

    def _login(self) -> str:
        """Return the name of the login, for an amendment, and warn that no name is configured."""
        name = storage.system.System.platform.user()
        complain(
            f'the amendment is signed by {quoted(name)}, your login: name = "..." in config.toml sets another name'
        )
        return name

    @staticmethod
    def print(text: str = "") -> None:
        """Print a line; control characters are escaped."""
        sys.stdout.write(f"{escaped(text)}\n")

    @staticmethod
    def print_lines(lines: Iterable[str]) -> None:
        """Print many lines at once, control characters escaped."""
        sys.stdout.writelines(f"{escaped(line)}\n" for line in lines)

    @staticmethod
    def print_json(value: object) -> None:
        """Print a value as JSON."""
        sys.stdout.write(json_text(value))

    @staticmethod
    def input_bytes() -> bytes:
        """Return all of standard input."""
        if sys.stdin is None:
            raise WrongUseError("standard input is closed")
        return sys.stdin.buffer.read()


def _expand(path: str | Path) -> Path:
    return Path(path).expanduser()


def listed_rows(rows: Sequence[str]) -> str:
    """Return refused rows on one line: the first of them named, the rest counted."""
    more = f"; and {len(rows) - _LISTED_ROWS} more" if len(rows) > _LISTED_ROWS else ""
    return f"{'; '.join(rows[:_LISTED_ROWS])}{more}"


def day_of(name: str, text: str) -> date:
    """Return the day that an option gives; raises WrongUseError where it is none."""
    day = as_day(text.strip())
    if day is None:
        raise WrongUseError(f"{name}: {quoted(text)} is not a date: write 2026-07-14")
    return day


def improvement_of(book: "Workbook", ref: str) -> "Improvement":
    """Return the improvement with this ref, case aside; raises WrongUseError where there is none."""
    key = ref.strip().casefold()
    for each in book.improvements(archived=True):
        if key in (each.ref.casefold(), each.id, *(old.casefold() for old in each.was)):
            return each
    raise WrongUseError(f"there is no improvement {ref} in {book.store.path}")


def run_command(action: Callable[[Shell, Values], int], values: Values) -> int:
    """Run one command; an error is one line on standard error and exit code 2."""
    try:
        shell = Shell.of(values)
        try:
            return action(shell, values)
        except StoreError as problem:
            complain(_with_backup_hint(shell, problem))
    except WrongUseError as problem:
        complain(problem)
    return 2


def _with_backup_hint(shell: Shell, problem: StoreError) -> str:
    """Return the message; for a refused file with the newest sound backup."""
    if not isinstance(problem, RefusedFileError):
        return str(problem)
    backup = storage.newest_good_backup(problem.path, shell.places)
    if backup is None:
        return str(problem)
    when = f"{backup.taken_at:%Y-%m-%d %H:%M} UTC"
    return f"{problem} A sound backup of {when} is there: cimodel-tui restore {problem.path} {backup.number}"
