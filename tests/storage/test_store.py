from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.open import create

if TYPE_CHECKING:
    from pathlib import Path

    from tests.storage.conftest import Shelf


def test_what_was_put_is_in_memory_at_once_and_in_the_file_after_a_flush(shelf: Shelf) -> None:
    shelf.create("Übung")
    store, one = shelf.open(), shelf.improvement(1, tags="日本, [x] done, \x1b[31m", summary="a\r\nb\tc")
    store.put([one, shelf.iteration(one)])
    assert store.documents().improvements[one.id] is one
    assert shelf.load().documents().improvements == {}
    store.flush()
    assert shelf.load().documents().improvements == {one.id: one}
    assert shelf.load().documents().title.title == "Übung"


def test_lineage_follows_numbers_and_what_is_added_and_removed(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    first = shelf.iteration(one)
    second = shelf.iteration(one, number=2, parent=first.id)
    store.put([one, second, first])
    assert store.documents().lineage == {one.id: (first.id, second.id)}
    store.put([], removed=[second.id])
    assert store.documents().lineage == {one.id: (first.id,)}
    assert second.id not in store.documents().iterations
    store.put([replace(first, reason="typed")], removed=[second.id, "nobody"])
    store.flush()
    assert shelf.load().documents().iterations == {first.id: replace(first, reason="typed")}


def test_title_can_be_changed(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    store.put([replace(store.documents().title, title="New")])
    assert store.documents().title.title == "New"
    store.close()
    assert shelf.load().documents().title.title == "New"
    assert b'"format": 2' in shelf.path.read_bytes()


def test_nothing_is_written_where_nothing_changed(shelf: Shelf) -> None:
    shelf.create()
    before = shelf.written
    store = shelf.open()
    store.flush()
    store.close()
    assert shelf.written == before
    assert store.backups() == []


def test_taking_a_change_back_leaves_the_same_bytes(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    before = shelf.path.read_bytes()
    store = shelf.open()
    store.put([replace(one, owner="Ann")])
    store.flush()
    store.put([one])
    store.flush()
    assert shelf.path.read_bytes() == before


def test_making_a_workbook_never_overwrites(shelf: Shelf) -> None:
    shelf.create()
    with pytest.raises(StoreError, match="is there already"):
        create(shelf.path, "Again", shelf.places, shelf.context)
    with pytest.raises(StoreError, match="the folder is not there"):
        create(shelf.folder / "none" / "x.json", "T", shelf.places, shelf.context)
    create(shelf.places.data / "x.json", "Made from home", shelf.places, shelf.context)
    assert (shelf.places.data / "x.json").is_file()


def test_new_workbook_at_an_old_place_is_not_haunted_by_the_old_draft(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    store.put([shelf.improvement(1)])
    shelf.kill(store)
    shelf.path.unlink()
    shelf.create()
    assert shelf.open().documents().improvements == {}
    assert list(shelf.site.aside_folder.iterdir())


def test_copy_holds_what_is_in_memory_and_overwrites_nothing(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    copy = shelf.folder / "copy.json"
    store.save_copy(copy)
    assert b"CI-0001" in copy.read_bytes()
    with pytest.raises(StoreError, match="is there already"):
        store.save_copy(copy)
    with pytest.raises(StoreError, match="could not be written: the folder is not there"):
        store.save_copy(shelf.folder / "no" / "copy.json")


def test_mode_owner_and_link_stay(shelf: Shelf) -> None:
    shelf.create()
    shelf.path.chmod(0o640)
    link = shelf.folder / "link to it.json"
    link.symlink_to(shelf.path)
    real, shelf.path = shelf.path, link
    if os.geteuid() == 0:
        os.chown(real, 12345, 12346)
    owner = (real.stat().st_uid, real.stat().st_gid)
    shelf.from_shell(shelf.improvement(1))
    assert link.is_symlink()
    assert real.stat().st_mode & 0o7777 == 0o640
    assert (real.stat().st_uid, real.stat().st_gid) == owner
    assert b"CI-0001" in real.read_bytes()


def test_new_file_follows_the_umask_and_what_is_the_users_alone_is_0600(shelf: Shelf) -> None:
    before = os.umask(0o027)
    try:
        shelf.create()
    finally:
        os.umask(before)
    assert shelf.path.stat().st_mode & 0o777 == 0o640
    store = shelf.open()
    store.put([shelf.improvement(1)])
    assert shelf.site.draft.stat().st_mode & 0o777 == 0o600
    store.flush()
    (backup,) = shelf.site.backups.iterdir()
    assert backup.stat().st_mode & 0o777 == 0o600
    assert shelf.site.state.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "name", ["with blank.json", "Übersicht – 日本.json", "-x.json", ".hidden", "a'b\"c.json", "no ending"]
)
def test_paths_in_any_script_work(shelf: Shelf, name: str) -> None:
    shelf.path = shelf.folder / "ordner mit leerzeichen é" / name
    shelf.path.parent.mkdir()
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    assert shelf.load().documents().improvements == {one.id: one}


def test_nothing_but_the_locks_lies_beside_the_file(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    store.put([shelf.improvement(1)])
    store.close()
    name = shelf.path.name
    assert sorted(each.name for each in shelf.path.parent.iterdir()) == [f".{name}.editor.lock", f".{name}.lock", name]


def test_reading_makes_no_file_at_all(shelf: Shelf) -> None:
    shelf.create()
    for each in shelf.path.parent.glob(".*"):
        each.unlink()
    shelf.load().documents()
    assert [each.name for each in shelf.path.parent.iterdir()] == [shelf.path.name]
    assert not shelf.places.state.exists()


def test_reader_cannot_write(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.load()
    with pytest.raises(StoreError, match="only reads"):
        store.put([shelf.improvement(1)])


def test_closing_says_when_the_last_save_failed_and_the_draft_keeps_it(shelf: Shelf, tmp_path: Path) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    aside = tmp_path / "aside"
    shelf.path.parent.rename(aside)
    with pytest.raises(StoreError, match="the folder is not there"):
        store.close()
    assert "the folder is not there" in store.state.failed
    assert store.state.saving
    aside.rename(shelf.path.parent)
    assert shelf.open().documents().improvements == {one.id: one}
