"""A store whose operating system is Windows, as far as fakes go."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cimodel_tui.storage.system import Windows
from tests.storage.conftest import QuickSystem, Shelf
from tests.windows.fakes import Kernel32, Msvcrt, files_that_others_have_open

collect_ignore = [] if sys.platform == "linux" else ["test_platform.py", "test_saving.py", "test_without_posix.py"]
"""The fakes stand on Linux's locks and its list of open files."""


class Pauses:
    """Counts the seconds that were waited for, and lets something happen after some of them."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.then: Callable[[], object] = lambda: None
        self.after = 1.0

    def __call__(self, seconds: float) -> None:
        self.seconds += seconds
        if self.seconds >= self.after:
            self.then()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def kernel32() -> Kernel32:
    return Kernel32()


@pytest.fixture
def windows(pauses: Pauses, kernel32: Kernel32, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    monkeypatch.setenv("USERNAME", "ada")
    monkeypatch.setenv("COMPUTERNAME", "DESK-7")
    with files_that_others_have_open(monkeypatch):
        yield Windows(Msvcrt(), kernel32, pauses)


@pytest.fixture
def shelf(tmp_path: Path, windows: Windows, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """A workbook that is saved and locked as on Windows."""
    monkeypatch.setattr(QuickSystem, "platform", windows)
    shelf = Shelf(tmp_path)
    yield shelf
    for store in shelf.opened:
        store.close()
