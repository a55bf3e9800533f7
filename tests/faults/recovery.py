"""A workbook with one improvement, and what has to hold while it cannot be saved and once it can again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.system import System

if TYPE_CHECKING:
    from collections.abc import Callable

    from cimodel_tui.storage.store import WorkbookStore
    from tests.storage.conftest import Shelf

ONE = Improvement(id="one", ref="CI-0001", title="One", summary="s" * 20_000)
TWO = Improvement(id="two", ref="CI-0002", title="Two", summary="t" * 60_000)


def with_one(shelf: Shelf) -> WorkbookStore:
    shelf.create()
    shelf.from_shell(ONE)
    return shelf.open(system=System())


def assert_fails_and_recovers(shelf: Shelf, store: WorkbookStore, words: str, repair: Callable[[], object]) -> None:
    before = shelf.path.read_bytes()
    store.put([TWO])
    for _ in range(2):
        with pytest.raises(StoreError, match=words):
            store.flush()
        assert words in store.state.failed
        assert store.state.saving
        assert shelf.path.read_bytes() == before
    beside = [each.name for each in shelf.path.parent.iterdir() if ".tmp-" in each.name]
    assert beside == []
    repair()
    store.flush()
    assert store.state.failed == ""
    assert shelf.load().documents().improvements == {"one": ONE, "two": TWO}
