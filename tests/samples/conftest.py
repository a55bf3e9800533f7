"""The shipped sample workbook, opened on its own day, only to be looked at."""

from datetime import date
from pathlib import Path

import pytest

from cimodel_tui.content import sample
from cimodel_tui.model.clock import SystemClock
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.storage.open import load
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.store import StorageContext
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.walk import DAY


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    folder: Path = tmp_path_factory.mktemp("sample")
    clock = SystemClock(date.fromisoformat(DAY))
    places = UserFolders(folder / "data", folder / "state", folder / "config")
    return Workbook(load(sample(), places, StorageContext(clock=clock)), clock, me="reader")


def entry(book: Workbook, ref: str) -> Improvement:
    return next(each for each in book.improvements() if each.ref == ref)


def passes(book: Workbook, ref: str) -> tuple[Iteration, ...]:
    return book.iterations(entry(book, ref).id)
