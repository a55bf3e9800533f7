from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.saving import RefusedFileError, StoreError
from cimodel_tui.storage.open import backups, restore

if TYPE_CHECKING:
    from tests.storage.conftest import Shelf


def test_first_write_of_a_session_keeps_what_stood_there(shelf: Shelf) -> None:
    shelf.create()
    before = shelf.path.read_bytes()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    store.flush()
    store.put([replace(one, owner="Ann")])
    store.flush()
    (backup,) = store.backups()
    assert Path(backup.path).read_bytes() == before
    assert (backup.number, backup.size, backup.taken_at) == (1, len(before), shelf.clock.now())


def test_one_more_is_taken_every_hour(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    for minutes in range(0, 150, 10):
        store.put([replace(one, owner=f"{minutes}")])
        store.flush()
        shelf.clock.move(minutes=10)
    assert [each.taken_at.hour * 60 + each.taken_at.minute for each in store.backups()] == [
        11 * 60 + 30,
        10 * 60 + 30,
        9 * 60 + 30,
    ]


def test_last_ten_stay_and_the_first_of_each_day_for_two_weeks(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1)
    for number in range(20 * 6):
        shelf.from_shell(replace(one, owner=f"{number}"))
        shelf.clock.move(hours=4)
    remaining = backups(shelf.path, shelf.places, shelf.context)
    newest = remaining[0].taken_at
    assert [each.number for each in remaining] == list(range(1, len(remaining) + 1))
    assert len({each.taken_at.date() for each in remaining}) == 14
    assert all((newest - each.taken_at).days < 14 for each in remaining)
    older = [each.taken_at for each in remaining[10:]]
    assert len({each.date() for each in older}) == len(older)
    assert all(each.hour == 1 for each in older)


def test_the_same_content_is_kept_once(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    shelf.from_shell(replace(one, owner="Ann"))
    shelf.from_shell(one)
    assert len(backups(shelf.path, shelf.places, shelf.context)) == 3


def test_restoring_brings_everything_back_and_can_be_undone(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    first = shelf.path.read_bytes()
    store = shelf.open()
    store.put([replace(one, owner="Ann"), shelf.improvement(2)])
    store.restore(1)
    assert shelf.path.read_bytes() != first
    assert store.documents().improvements == {}
    store.restore(1)
    assert [each.owner for each in store.documents().improvements.values()] == ["Ann", ""]
    store.restore(3)
    assert store.documents().improvements == {one.id: one}
    store.put([replace(one, owner="typed on")])
    store.close()
    assert shelf.load().documents().improvements[one.id].owner == "typed on"


def test_restoring_from_the_shell_shows_in_a_running_app(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    store.flush()
    restore(shelf.path, 1, shelf.places, shelf.context)
    assert store.check_outside() is not None
    assert store.documents().improvements == {}


@pytest.mark.parametrize("damage", [b"", b"{", None])
def test_damaged_or_missing_file_is_brought_back_and_the_damaged_one_kept(shelf: Shelf, damage: bytes | None) -> None:
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    shelf.from_shell(replace(one, owner="Ann"))
    if damage is None:
        shelf.path.unlink()
    else:
        shelf.path.write_bytes(damage)
    with pytest.raises(RefusedFileError):
        shelf.load()
    restore(shelf.path, 1, shelf.places, shelf.context)
    assert shelf.load().documents().improvements == {one.id: one}
    moved_aside = (
        [each.read_bytes() for each in shelf.site.aside_folder.iterdir()] if shelf.site.aside_folder.exists() else []
    )
    assert moved_aside == ([] if damage is None else [damage])


def test_backup_that_is_not_there_or_damaged_is_refused_and_nothing_changes(shelf: Shelf) -> None:
    shelf.create()
    shelf.from_shell(shelf.improvement(1))
    before = shelf.path.read_bytes()
    with pytest.raises(StoreError, match="no backup 7"):
        restore(shelf.path, 7, shelf.places, shelf.context)
    (backup,) = backups(shelf.path, shelf.places, shelf.context)
    Path(backup.path).write_bytes(b"{")
    with pytest.raises(StoreError, match="damaged itself"):
        restore(shelf.path, 1, shelf.places, shelf.context)
    assert shelf.path.read_bytes() == before


def test_state_folder_that_cannot_be_written_keeps_nobody_from_saving(shelf: Shelf) -> None:
    shelf.create()
    shelf.places.state.write_text("a file where the folder should be")
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    assert "The draft cannot be kept" in store.notices[0]
    store.flush()
    assert shelf.load().documents().improvements == {one.id: one}


def test_number_means_the_backup_that_was_listed_though_saving_takes_one_more(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1)
    for number in range(12):
        shelf.from_shell(replace(one, owner=f"{number}"))
    store = shelf.open()
    store.put([replace(one, owner="unsaved")])
    tenth = store.backups()[9]
    wanted = Path(tenth.path).read_bytes()
    store.restore(tenth.number)
    assert shelf.path.read_bytes() == wanted
    store.restore(1)
    assert store.documents().improvements[one.id].owner == "unsaved"


def test_running_app_brings_a_damaged_file_back_and_what_was_not_saved_yet_stays_on_top(shelf: Shelf) -> None:
    shelf.create()
    one, two = shelf.improvement(1), shelf.improvement(2)
    shelf.from_shell(one)
    store = shelf.open()
    store.put([two])
    store.flush()
    store.put([replace(two, owner="Ann")])
    shelf.path.write_bytes(b"{")
    store.restore(1)
    assert store.documents().improvements[one.id] == one
    assert store.documents().improvements[two.id].owner == "Ann"
    store.flush()
    assert {each.owner for each in shelf.load().documents().improvements.values()} == {"", "Ann"}
    assert [each.read_bytes() for each in shelf.site.aside_folder.iterdir()] == [b"{"]


def test_file_that_a_newer_version_wrote_under_way_is_not_replaced_by_a_backup(shelf: Shelf) -> None:
    shelf.create()
    shelf.from_shell(shelf.improvement(1))
    store = shelf.open()
    newer = shelf.path.read_bytes().replace(b'"format": 2', b'"format": 3')
    shelf.path.write_bytes(newer)
    with pytest.raises(StoreError, match="newer version"):
        store.restore(1)
    assert shelf.path.read_bytes() == newer
