"""A workbook on Windows: saved whole, locked, and refused in the same words."""

import os
from pathlib import Path

import pytest

from cimodel_tui.model.saving import RefusedFileError, StoreError
from tests.storage.conftest import Shelf
from tests.windows.conftest import Pauses


def _written(shelf: Shelf) -> bytes:
    shelf.create()
    store = shelf.open()
    store.put([shelf.improvement(1)])
    store.flush()
    store.put([shelf.improvement(2)])
    store.close()
    return shelf.path.read_bytes()


@pytest.fixture
def written_on_posix(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _written(Shelf(tmp_path_factory.mktemp("posix")))


def test_file_has_the_same_bytes_as_on_posix(written_on_posix: bytes, shelf: Shelf) -> None:
    assert _written(shelf) == written_on_posix


def test_nothing_but_the_locks_is_left_beside_the_file(shelf: Shelf) -> None:
    _written(shelf)
    beside = {each.name for each in shelf.path.parent.iterdir()} - {shelf.path.name}
    assert beside == {f".{shelf.path.name}.lock", f".{shelf.path.name}.editor.lock"}


def test_second_editor_reads_only_and_knows_who_has_it(shelf: Shelf) -> None:
    shelf.create()
    first, second = shelf.open(), shelf.open()
    assert f"ada on DESK-7 (process {os.getpid()}" in second.read_only
    first.close()
    assert second.take_over()
    second.put([shelf.improvement(1)])
    second.close()


def test_draft_is_taken_up_after_a_kill(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    shelf.kill(store)
    assert shelf.open().documents().improvements == {one.id: one}


def test_save_waits_for_a_program_that_reads_the_file(shelf: Shelf, pauses: Pauses) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    scanner = shelf.path.open()
    pauses.then = scanner.close
    store.flush()
    assert shelf.load().documents().improvements == {one.id: one}


def test_save_that_never_gets_the_file_fails_whole_and_is_seen(shelf: Shelf) -> None:
    shelf.create()
    before = shelf.path.read_bytes()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    with shelf.path.open(), pytest.raises(StoreError, match="could not be saved"):
        store.flush()
    assert shelf.path.read_bytes() == before
    store.flush()
    assert shelf.load().documents().improvements == {one.id: one}


def test_folder_is_refused_as_a_folder(shelf: Shelf, tmp_path: Path) -> None:
    shelf.path = tmp_path
    with pytest.raises(RefusedFileError, match="it is a folder"):
        shelf.load()
