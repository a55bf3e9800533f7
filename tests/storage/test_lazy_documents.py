"""An edit that was made by somebody who had not seen what was taken in from outside meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cimodel_tui.model.improvement import Improvement, Reading

if TYPE_CHECKING:
    from cimodel_tui.storage.store import WorkbookStore
    from tests.storage.conftest import Shelf


def test_edit_that_was_made_without_knowing_of_a_change_outside_loses_neither(shelf: Shelf) -> None:
    """Between reading a document and putting it the file was changed and taken in, by the thread that saves."""
    shelf.create()
    one = shelf.improvement(1, readings={"m": {"2026-01-05": Reading("7")}})
    shelf.from_shell(one)
    store = shelf.open()
    seen = store.documents().improvements[one.id]
    shelf.from_shell(replace(one, sponsor="Bob", readings={"m": {**one.readings["m"], "2026-01-19": Reading("9")}}))
    assert store.check_outside() is not None
    store.put([replace(seen, owner="Ann", readings={"m": {**seen.readings["m"], "2026-01-12": Reading("8")}})])
    merged = store.documents().improvements[one.id]
    assert (merged.owner, merged.sponsor, store.conflicts()) == ("Ann", "Bob", [])
    assert sorted(merged.readings["m"]) == ["2026-01-05", "2026-01-12", "2026-01-19"]
    store.close()
    assert shelf.load().documents().improvements[one.id] == merged


def removed_outside(shelf: Shelf) -> tuple[WorkbookStore, Improvement]:
    """Return a store and an improvement that was read from it, and that another process then removed."""
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    store = shelf.open()
    seen = store.documents().improvements[one.id]
    shell = shelf.open(editor=False)
    shell.put([], removed=[one.id])
    shell.close()
    return store, seen


def test_edit_of_what_was_removed_outside_meanwhile_keeps_it_until_that_is_settled(shelf: Shelf) -> None:
    store, seen = removed_outside(shelf)
    assert store.check_outside() is not None
    store.put([replace(seen, owner="Ann")])
    assert store.documents().improvements[seen.id].owner == "Ann"
    (conflict,) = store.conflicts()
    store.resolve_conflict(conflict, take_theirs=True)
    assert store.documents().improvements == {}


def test_putting_again_what_was_removed_outside_meanwhile_and_not_changed_here_does_not_bring_it_back(
    shelf: Shelf,
) -> None:
    store, seen = removed_outside(shelf)
    store.check_outside()
    store.put([seen])
    assert store.documents().improvements == {}
