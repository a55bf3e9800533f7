"""A workbook in memory, and somebody who writes in it on the days that a test names."""

import pytest

from cimodel_tui.workbook.workbook import Workbook
from tests.samples.pen import Pen, WalkingClock, steady_ids
from tests.workbook.memory import MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def pen(store: MemoryStore) -> Pen:
    clock, ids = WalkingClock(), steady_ids()
    pen = Pen(Workbook(store, clock, me="Ada", ids=lambda: next(ids)), clock)
    pen.on("2026-01-05")
    return pen
