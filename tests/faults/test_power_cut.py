from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.storage.open import create
from tests.faults.powercut import RecordingSystem, WithoutFileSync, WithoutFolderSync
from tests.storage.conftest import Shelf

if TYPE_CHECKING:
    from pathlib import Path

ONE = Improvement(id="one", ref="CI-0001", title="One", owner="first")
TWO = replace(ONE, owner="second")


@dataclass
class Saved:
    """Two saves of one session, with the device after each call."""

    shelf: Shelf
    system: RecordingSystem
    states: list[bytes]
    """The file before, after the first and after the second save."""
    ends: list[int]
    """How many moments there were when the save before, the first and the second returned."""


def two_saves(folder: Path, kind: type[RecordingSystem] = RecordingSystem) -> Saved:
    shelf, system = Shelf(folder), kind()
    shelf.create()
    system.known(shelf.path)
    store = shelf.open(system=system)
    saved = Saved(shelf, system, [shelf.path.read_bytes()], [0])
    for each in (ONE, TWO):
        store.put([each])
        store.flush()
        saved.states.append(shelf.path.read_bytes())
        saved.ends.append(len(system.moments))
    assert len(set(saved.states)) == 3
    return saved


def losses(saved: Saved) -> list[str]:
    """Return what a power cut may leave that it must not, in words."""
    found = []
    for number, moment in enumerate(saved.system.moments):
        done = sum(end <= number + 1 for end in saved.ends) - 1
        allowed = saved.states[done : done + 2]
        for content in moment.may_hold(saved.shelf.path):
            if content not in saved.states:
                found.append("no file" if content is None else "a torn file")
            elif content not in allowed:
                found.append("an older state")
    return found


def test_power_cut_at_any_moment_leaves_the_state_before_or_after_the_save_at_hand(tmp_path: Path) -> None:
    saved = two_saves(tmp_path)
    assert saved.ends[1] > 10
    assert losses(saved) == []


@pytest.mark.parametrize(("kind", "loss"), [(WithoutFileSync, "a torn file"), (WithoutFolderSync, "an older state")])
def test_model_notices_when_either_sync_is_taken_out(kind: type[RecordingSystem], loss: str, tmp_path: Path) -> None:
    assert set(losses(two_saves(tmp_path, kind))) == {loss}


def test_backup_is_whole_before_the_file_is_replaced(tmp_path: Path) -> None:
    saved = two_saves(tmp_path)
    (backup,) = saved.shelf.site.backups.iterdir()
    replaced = next(
        number
        for number, moment in enumerate(saved.system.moments)
        if saved.states[1] in moment.may_hold(saved.shelf.path)
    )
    for moment in saved.system.moments[replaced:]:
        assert moment.may_hold(backup) == {saved.states[0]}


def test_new_workbook_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    shelf, system = Shelf(tmp_path), RecordingSystem()
    create(shelf.path, "New", shelf.places, replace(shelf.context, system=system))
    whole = shelf.path.read_bytes()
    for moment in system.moments:
        assert moment.may_hold(shelf.path) <= {None, whole}
    assert system.moments[-1].may_hold(shelf.path) == {whole}


def test_whatever_a_power_cut_leaves_can_be_opened_and_what_was_saved_is_there(tmp_path: Path) -> None:
    """The draft is not synced: any part of it may be missing, or an older one may be back."""
    saved = two_saves(tmp_path / "real")
    draft = saved.shelf.site.draft
    seen = set()
    for number, moment in enumerate(saved.system.moments):
        done = sum(end <= number + 1 for end in saved.ends) - 1
        pairs = [(file, drafted) for file in moment.may_hold(saved.shelf.path) for drafted in moment.may_hold(draft)]
        for file, drafted in pairs:
            if (done, file, drafted) not in seen:
                seen.add((done, file, drafted))
                assert_opens(saved.shelf, file, drafted, ["", "first", "second"][done])
    assert len(seen) > 10


def assert_opens(shelf: Shelf, file: bytes | None, drafted: bytes | None, saved: str) -> None:
    assert file is not None
    shelf.path.write_bytes(file)
    shelf.site.draft.unlink(missing_ok=True)
    if drafted is not None:
        shelf.site.draft.write_bytes(drafted)
    for each in shelf.opened:
        shelf.kill(each)
    store = shelf.open()
    owners = {each.owner for each in store.documents().improvements.values()}
    beside = {each.theirs for each in store.conflicts()}
    assert not saved or {saved, "second"} & (owners | beside)
    store.close()
    assert shelf.load().documents().improvements == store.documents().improvements
