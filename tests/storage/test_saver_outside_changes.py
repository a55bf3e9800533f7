from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.saving import OutsideChange, StoreError
from cimodel_tui.storage.draft import read_draft

if TYPE_CHECKING:
    from cimodel_tui.storage.store import WorkbookStore
    from tests.storage.conftest import Shelf


def rewritten(shelf: Shelf, old: str, new: str) -> None:
    """Change the file in place, as an editor does that knows nothing of us."""
    text = shelf.path.read_text(encoding="utf-8")
    assert old in text
    shelf.path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_outside_is_no_change(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    assert store.check_outside() is None
    store.put([shelf.improvement(1)])
    store.flush()
    assert store.check_outside() is None


def test_touching_the_file_is_no_change(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    os.utime(shelf.path, (1, 1))
    assert store.check_outside() is None


def test_touching_a_file_that_another_program_has_laid_out_is_no_change(shelf: Shelf) -> None:
    shelf.create()
    shelf.path.write_text(json.dumps(json.loads(shelf.path.read_bytes())), encoding="utf-8")
    store = shelf.open()
    os.utime(shelf.path, (1, 1))
    assert store.check_outside() is None


def test_change_outside_is_taken_in_and_told_also_to_the_listener(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    notifications: list[object] = []
    store.subscribe(notifications.append)
    one = shelf.improvement(1)
    shelf.from_shell(one)
    change = store.check_outside()
    assert change == OutsideChange("The file was changed outside and reloaded.")
    assert notifications == [change]
    assert store.documents().improvements == {one.id: one}
    assert not store.state.saving


def test_change_outside_is_noticed_before_a_write_and_both_stay(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1, readings={"m": {"2026-01-05": Reading("7")}})
    shelf.from_shell(one)
    store = shelf.open()
    store.put([replace(one, owner="Ann", readings={"m": {**one.readings["m"], "2026-01-12": Reading("8")}})])
    shelf.from_shell(replace(one, sponsor="Bob", readings={"m": {**one.readings["m"], "2026-01-19": Reading("9")}}))
    store.flush()
    merged = shelf.load().documents().improvements[one.id]
    assert (merged.owner, merged.sponsor) == ("Ann", "Bob")
    assert {day: each.value for day, each in merged.readings["m"].items()} == {
        "2026-01-05": "7",
        "2026-01-12": "8",
        "2026-01-19": "9",
    }
    assert store.documents().improvements[one.id] == merged
    assert store.conflicts() == []


def owner_changed_on_both_sides(shelf: Shelf) -> tuple[WorkbookStore, Improvement]:
    """Return a store in which Ann owns an improvement that Bob owns in the file, and the improvement before both."""
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    store = shelf.open()
    store.put([replace(one, owner="Ann")])
    shelf.from_shell(replace(one, owner="Bob"))
    return store, one


def test_conflict_keeps_ours_and_can_be_settled_for_theirs(shelf: Shelf) -> None:
    store, one = owner_changed_on_both_sides(shelf)
    change = store.check_outside()
    assert change is not None
    assert (change.conflicts, "here; both were merged" in change.words) == (1, True)
    store.flush()
    assert store.documents().improvements[one.id].owner == "Ann"
    (conflict,) = store.conflicts()
    assert conflict.document == one.id
    assert (conflict.place.improvement, conflict.place.step, conflict.place.field) == (one.id, "register", "owner")
    assert (conflict.base, conflict.ours, conflict.theirs) == ("", "Ann", "Bob")
    store.put([replace(store.documents().improvements[one.id], sponsor="typed on")])
    store.resolve_conflict(conflict, take_theirs=True)
    assert store.conflicts() == []
    store.close()
    reloaded = shelf.load()
    assert reloaded.documents().improvements[one.id] == replace(one, owner="Bob", sponsor="typed on")
    assert b"conflicts" not in shelf.path.read_bytes()


def test_conflict_that_is_settled_already_is_refused(shelf: Shelf) -> None:
    store, one = owner_changed_on_both_sides(shelf)
    store.check_outside()
    (conflict,) = store.conflicts()
    store.resolve_conflict(conflict, take_theirs=False)
    with pytest.raises(StoreError, match="settled already"):
        store.resolve_conflict(conflict, take_theirs=True)
    store.put([], removed=[one.id])
    with pytest.raises(StoreError, match="settled already"):
        store.resolve_conflict(conflict, take_theirs=True)


def test_edit_in_place_by_a_plain_editor_is_noticed(shelf: Shelf) -> None:
    shelf.create("Before")
    store = shelf.open()
    rewritten(shelf, "Before", "After!")
    assert store.check_outside() is not None
    assert store.documents().title.title == "After!"


def test_same_ref_given_on_both_sides_is_told_apart(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    ours, theirs = shelf.improvement(1), shelf.improvement(1)
    store.put([ours])
    shelf.from_shell(theirs)
    change = store.check_outside()
    assert change is not None
    assert "CI-0001 was given twice: theirs is now CI-0002." in change.words
    store.flush()
    improvements = shelf.load().documents().improvements
    assert improvements == {ours.id: ours, theirs.id: replace(theirs, ref="CI-0002", was=("CI-0001",))}


def test_file_that_breaks_under_way_is_left_alone_and_nothing_is_lost(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    good = shelf.path.read_bytes()
    shelf.path.write_bytes(good[:50])
    assert store.check_outside() is None
    change = store.check_outside()
    assert change is not None
    assert "cut off" in change.words
    assert store.check_outside() is None
    with pytest.raises(StoreError, match="cut off"):
        store.flush()
    assert "cut off" in store.state.failed
    assert shelf.path.read_bytes() == good[:50]
    shelf.path.write_bytes(good)
    store.flush()
    assert shelf.load().documents().improvements == {one.id: one}
    assert store.state.failed == ""


def test_file_that_is_gone_is_put_back_by_the_next_save(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    shelf.path.unlink()
    assert store.check_outside() is None
    change = store.check_outside()
    assert change is not None
    assert "no longer there" in change.words
    assert not shelf.path.exists()
    store.put([one])
    store.flush()
    assert shelf.load().documents().improvements == {one.id: one}
    assert store.check_outside() is None


def test_file_that_a_newer_version_wrote_under_way_is_never_overwritten(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    rewritten(shelf, '"format": 2', '"format": 3')
    newer = shelf.path.read_bytes()
    for _ in range(3):
        with pytest.raises(StoreError, match="newer version"):
            store.flush()
    assert shelf.path.read_bytes() == newer
    assert b"CI-0001" in shelf.site.draft.read_bytes()


def test_nothing_changed_outside_and_here_the_same_is_simply_there(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    shelf.from_shell(one)
    assert store.check_outside() is not None
    assert not store.state.saving
    draft_contents = read_draft(shelf.site)
    assert draft_contents is not None
    assert draft_contents.changes == {}


def test_removed_outside_while_nothing_was_typed_is_removed_here(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    store = shelf.open()
    assert one.id in store.documents().improvements
    tree = json.loads(shelf.path.read_bytes())
    tree["improvements"] = {}
    shelf.path.write_text(json.dumps(tree))
    store.check_outside()
    assert store.documents().improvements == {}
