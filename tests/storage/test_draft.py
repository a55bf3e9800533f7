from __future__ import annotations

import errno
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import SaveState, StoreError
from cimodel_tui.storage.doctor import examine
from cimodel_tui.storage.draft import read_draft
from tests.storage.conftest import QuickSystem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.storage.conftest import Shelf


def test_what_was_typed_before_a_kill_is_back_at_the_next_opening(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one, shelf.iteration(one)])
    store.put([replace(one, owner="A")])
    store.put([replace(one, owner="Ann")])
    shelf.kill(store)
    again = shelf.open()
    assert again.documents().improvements == {one.id: replace(one, owner="Ann")}
    assert "have been restored" in again.notices[0]
    again.close()
    assert not shelf.site.draft.exists()
    assert shelf.load().documents().improvements == {one.id: replace(one, owner="Ann")}


@pytest.mark.parametrize("edited", [False, True])
def test_what_was_removed_and_put_back_stays_though_the_file_has_lost_it(shelf: Shelf, *, edited: bool) -> None:
    """Nobody can tell whether the file without it was our own save that a kill cut short: so nothing is taken away."""
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    store.close()
    store = shelf.open()
    wanted = replace(one, owner="Ann") if edited else one
    store.put([], removed=[one.id])
    store.put([wanted])
    tree = json.loads(shelf.path.read_bytes())
    del tree["improvements"][one.id]
    shelf.path.write_text(json.dumps(tree), encoding="utf-8")
    shelf.kill(store)
    again = shelf.open()
    assert again.documents().improvements == {one.id: wanted}
    assert not again.conflicts()


def test_draft_that_holds_nothing_is_kept_for_the_next_change_and_gone_when_the_workbook_is_closed(
    shelf: Shelf,
) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    for owner in ("Ann", "Bob"):
        store.put([replace(one, owner=owner)])
        store.flush()
        draft_contents = read_draft(shelf.site)
        assert draft_contents is not None
        assert draft_contents.changes == {}
    store.close()
    assert not shelf.site.draft.exists()


def test_kill_after_everything_was_saved_leaves_nothing_to_be_said(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    store.flush()
    shelf.kill(store)
    again = shelf.open()
    assert again.notices == ()
    assert not again.state.saving
    again.put([replace(one, owner="Ann")])
    shelf.kill(again)
    assert shelf.open().documents().improvements == {one.id: replace(one, owner="Ann")}


def test_shell_command_takes_the_draft_up_before_it_writes(shelf: Shelf) -> None:
    shelf.create()
    store, one, two = shelf.open(), shelf.improvement(1), shelf.improvement(2)
    store.put([one])
    shelf.kill(store)
    shell = shelf.open(editor=False)
    assert "have been restored" in shell.notices[0]
    shell.put([two])
    shell.close()
    assert shelf.load().documents().improvements == {one.id: one, two.id: two}
    assert not shelf.site.draft.exists()


def test_shell_command_leaves_the_draft_of_a_running_app_alone(shelf: Shelf) -> None:
    shelf.create()
    store, one, two = shelf.open(), shelf.improvement(1), shelf.improvement(2)
    store.put([one])
    shelf.from_shell(two)
    assert shelf.load().documents().improvements == {two.id: two}
    assert read_draft(shelf.site) is not None
    store.flush()
    assert shelf.load().documents().improvements == {one.id: one, two.id: two}


def test_draft_that_reached_the_file_already_is_dropped(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    draft = shelf.site.draft.read_bytes()
    store.flush()
    shelf.kill(store)
    shelf.site.draft.write_bytes(draft)
    before = shelf.written
    again = shelf.open()
    assert again.notices == ()
    again.close()
    assert shelf.written == before


def test_draft_and_a_change_from_outside_are_merged_and_a_conflict_is_kept(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    store = shelf.open()
    store.put([replace(one, owner="Ann", summary="ours")])
    draft = shelf.site.draft.read_bytes()
    shelf.kill(store)
    shelf.site.draft.unlink()
    shelf.from_shell(replace(one, sponsor="Bob", summary="theirs"))
    shelf.site.draft.write_bytes(draft)
    again = shelf.open()
    merged = again.documents().improvements[one.id]
    assert (merged.owner, merged.sponsor, merged.summary) == ("Ann", "Bob", "ours")
    (conflict,) = again.conflicts()
    assert (conflict.ours, conflict.theirs, conflict.place.field) == ("ours", "theirs", "summary")
    assert "One answer was changed on both sides" in again.notices[0]


def test_removal_is_in_the_draft_too(shelf: Shelf) -> None:
    shelf.create()
    one = shelf.improvement(1)
    shelf.from_shell(one)
    store = shelf.open()
    store.put([], removed=[one.id])
    shelf.kill(store)
    again = shelf.open()
    assert again.documents().improvements == {}
    again.close()
    assert shelf.load().documents().improvements == {}


@pytest.mark.parametrize("cut", [2, 7, 40, 200])
def test_line_that_a_kill_cut_off_is_left_out_and_the_rest_holds(shelf: Shelf, cut: int) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    store.put([replace(one, owner="Ann")])
    shelf.kill(store)
    data = shelf.site.draft.read_bytes()
    shelf.site.draft.write_bytes(data[:-cut])
    assert shelf.open().documents().improvements == {one.id: one}


@pytest.mark.parametrize("rubbish", [b"", b"\x00" * 100, b"hello\n", b'00000000 {"a": 1}\n', b"[" * 5000])
def test_draft_that_makes_no_sense_is_kept_aside(shelf: Shelf, rubbish: bytes) -> None:
    shelf.create()
    shelf.site.state.mkdir(parents=True)
    shelf.site.draft.write_bytes(rubbish)
    store = shelf.open()
    assert store.documents().improvements == {}
    assert [each.read_bytes() for each in shelf.site.aside_folder.iterdir()] == [rubbish]
    store.put([shelf.improvement(1)])
    assert read_draft(shelf.site) is not None


def test_draft_of_another_workbook_is_kept_aside(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    store.put([shelf.improvement(1)])
    shelf.kill(store)
    tree = json.loads(shelf.path.read_bytes())
    tree["workbook"] = {"another": next(iter(tree["workbook"].values()))}
    shelf.path.write_text(json.dumps(tree))
    assert shelf.open().documents().improvements == {}
    assert len(list(shelf.site.aside_folder.iterdir())) == 1


def test_typing_for_long_without_a_save_does_not_fill_the_disk(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1, summary="x" * 200_000)
    for number in range(120):
        store.put([replace(one, owner=str(number))])
    assert shelf.site.draft.stat().st_size < 10_000_000
    shelf.kill(store)
    assert shelf.open().documents().improvements[one.id].owner == "119"


def test_state_folder_that_is_removed_under_way_is_made_again(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    shelf.site.draft.unlink()
    shelf.site.state.rmdir()
    store.put([replace(one, owner="Ann")])
    assert store.notices == ()
    shelf.kill(store)
    assert shelf.open().documents().improvements == {one.id: replace(one, owner="Ann")}


def test_text_that_is_no_utf8_is_in_the_draft_too(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1, summary="\udc80 lone")
    store.put([one])
    shelf.kill(store)
    store = shelf.open()
    assert store.documents().improvements[one.id].summary == "\udc80 lone"
    store.close()
    assert shelf.load().documents().improvements[one.id].summary == "\udc80 lone"


class Killed(BaseException):
    """The program ends here."""


class KilledInPlace(QuickSystem):
    """Types on while a save is under way, and dies when the new file is in place and the draft does not know it."""

    type_on: Callable[[], None] | None = None

    def replace(self, source: Path, target: Path) -> None:
        if self.type_on is None or source.name.startswith(".draft") or target.parent.name == "backups":
            super().replace(source, target)
            return
        self.type_on()
        super().replace(source, target)
        raise Killed


@pytest.mark.parametrize("edits", [1, 60])
def test_file_that_holds_an_earlier_state_of_the_draft_is_no_change_of_others(shelf: Shelf, edits: int) -> None:
    """Sixty edits of a large document make the draft be written anew under way."""
    shelf.create()
    one = shelf.improvement(1, summary="x" * 200_000)
    shelf.from_shell(one)
    system = KilledInPlace()
    store = shelf.open(system=system)
    store.put([replace(one, owner="before the save")])
    store.put([replace(one, owner="saved")])

    def type_on() -> None:
        for number in range(edits):
            store.put([replace(one, owner=f"typed {number}")])

    system.type_on = type_on
    with pytest.raises(Killed):
        store.flush()
    shelf.kill(store)
    assert shelf.load().documents().improvements[one.id].owner == "saved"
    again = shelf.open()
    assert again.conflicts() == []
    assert again.documents().improvements[one.id].owner == f"typed {edits - 1}"


LINE: Json = {"kind": "reading", "raw": "5 jan 7"}


@pytest.mark.parametrize("saved", [False, True])
def test_what_stands_on_the_screen_survives_a_kill(shelf: Shelf, *, saved: bool) -> None:
    shelf.create()
    store, one = shelf.open(), shelf.improvement(1)
    store.wait([LINE])
    store.put([one])
    store.wait([LINE, {"kind": "title", "raw": "Rest"}])
    if saved:
        store.flush()
    store.wait([LINE, {"kind": "title", "raw": "Restore"}])
    shelf.kill(store)
    again = shelf.open()
    assert again.waiting == [LINE, {"kind": "title", "raw": "Restore"}]
    assert again.documents().improvements == {one.id: one}
    again.wait([])
    again.close()
    assert not shelf.site.draft.exists()


def test_closing_while_something_waits_keeps_it_for_the_next_opening(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    store.wait([LINE])
    store.put([shelf.improvement(1)])
    store.close()
    shelf.from_shell(shelf.improvement(2))
    assert "draft" in [each.kind for each in examine(shelf.path, shelf.places)]
    again = shelf.open()
    assert list(again.waiting) == [LINE]
    assert again.notices == ()
    assert len(again.documents().improvements) == 2


def test_state_says_that_something_waits_and_tells_so_once(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    notifications: list[object] = []
    store.subscribe(notifications.append)
    for text in ("a", "ab"):
        store.wait([{"raw": text}])
    store.wait([])
    assert [each.waiting for each in notifications if isinstance(each, SaveState)] == [True, False]


def test_nothing_waits_where_nothing_can_be_written(shelf: Shelf) -> None:
    shelf.create()
    with pytest.raises(StoreError, match="only reads"):
        shelf.load().wait([LINE])


def test_what_waits_and_cannot_be_kept_is_said(shelf: Shelf) -> None:
    class Full(QuickSystem):
        full = False

        def write(self, descriptor: int, data: memoryview) -> int:
            if self.full:
                raise OSError(errno.ENOSPC, "full")
            return super().write(descriptor, data)

    shelf.create()
    system = Full()
    store = shelf.open(system=system)
    store.wait([LINE])
    system.full = True
    store.wait([LINE, LINE])
    assert store.state.draft_failed == "the disk is full"
    system.full = False
    store.wait([LINE])
    assert store.state.draft_failed == ""
