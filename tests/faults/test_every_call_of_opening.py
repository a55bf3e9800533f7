"""Every system call of opening, restoring and making a workbook goes wrong once, at every position."""

from __future__ import annotations

import errno
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.open import create, restore
from tests.faults.faulty import DEATHS, ERRORS, Death, Fault, FaultySystem, failing
from tests.storage.conftest import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from cimodel_tui.storage.store import WorkbookStore

ONE = Improvement(id="one", ref="CI-0001", title="One")
TYPED = replace(ONE, owner="typed before the kill")
LEFT = b"half of a file"


def after_a_kill(folder: Path) -> Shelf:
    """A workbook whose program was killed: with a draft, and leftovers of a save, a draft and a backup."""
    shelf = Shelf(folder)
    shelf.create()
    shelf.from_shell(ONE)
    store = shelf.open()
    store.put([TYPED])
    shelf.kill(store)
    for place in (shelf.site.temporary(), shelf.site.state / ".draft.id", shelf.site.backups / ".id"):
        place.write_bytes(LEFT)
    return shelf


def opened(shelf: Shelf, system: FaultySystem) -> WorkbookStore | None:
    try:
        return shelf.open(system=system)
    except StoreError as trouble:
        assert "\n" not in str(trouble)  # noqa: PT017 - most positions open all the same
        assert system.struck == "close" or not system.left_open
        return None
    except Death:
        return None


def calls_of_opening(folder: Path) -> int:
    system = FaultySystem()
    store = after_a_kill(folder).open(system=system)
    assert not store.read_only
    return len(system.calls)


@pytest.mark.parametrize("fault", [*ERRORS, *DEATHS], ids=lambda fault: fault.name)
def test_opening_under_a_fault_loses_nothing_that_was_typed(fault: Fault, tmp_path: Path) -> None:
    calls, more = calls_of_opening(tmp_path / "undisturbed"), Improvement(id="more", ref="CI-0002")
    assert calls > 40
    back = 0
    for position in range(calls):
        shelf, system = after_a_kill(tmp_path / f"{position}"), FaultySystem()
        before = shelf.path.read_bytes()
        system.arm(position, fault)
        store = opened(shelf, system)
        assert shelf.path.read_bytes() == before
        system.disarm()
        system.bury()
        if store is not None and not store.read_only:
            store.put([more])
            store.close()
        again = shelf.open()
        kept = [each.read_bytes() for each in shelf.site.aside_folder.iterdir()]
        documents = again.documents().improvements
        assert store is None or store.read_only or "more" in documents
        back += documents["one"] == TYPED
        if documents["one"] != TYPED:
            assert any(b"typed before the kill" in each for each in kept)
            assert store is not None
            assert any("moved to" in each for each in store.notices)
        assert kept.count(LEFT) >= 3
    assert calls - back <= 4  # the four calls that read the draft


def test_draft_that_can_be_neither_read_nor_moved_is_not_written_over(tmp_path: Path) -> None:
    class Stubborn(FaultySystem):
        """A disk that holds the draft fast."""

        def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
            if path.name == "draft":
                raise OSError(errno.EIO, "input/output error")
            return super().open(path, flags, mode)

        def replace(self, source: Path, target: Path) -> None:
            if source.name == "draft":
                raise OSError(errno.EIO, "input/output error")
            super().replace(source, target)

    shelf = after_a_kill(tmp_path)
    draft = shelf.site.draft.read_bytes()
    store = shelf.open(system=Stubborn())
    assert "The draft cannot be kept: the disk reports an error." in store.notices
    store.put([Improvement(id="more", ref="CI-0002")])
    store.close()
    assert shelf.site.draft.read_bytes() == draft
    assert shelf.open().documents().improvements["one"] == TYPED


@pytest.mark.parametrize("fault", [*failing(errno.ENOSPC, errno.EIO), *DEATHS], ids=lambda fault: fault.name)
def test_restoring_under_a_fault_leaves_the_state_before_or_the_backup(fault: Fault, tmp_path: Path) -> None:
    def scene(name: str) -> tuple[Shelf, FaultySystem, bytes]:
        shelf, system = Shelf(tmp_path / name), FaultySystem()
        shelf.create()
        wanted = shelf.path.read_bytes()
        shelf.from_shell(ONE)
        shelf.from_shell(TYPED)
        shelf.context = replace(shelf.context, system=system)
        return shelf, system, wanted

    shelf, system, wanted = scene("undisturbed")
    restore(shelf.path, 2, shelf.places, shelf.context)
    assert shelf.path.read_bytes() == wanted
    for position in range(len(system.calls)):
        shelf, system, wanted = scene(f"{position}")
        before = shelf.path.read_bytes()
        system.arm(position, fault)
        try:
            restore(shelf.path, 2, shelf.places, shelf.context)
        except (StoreError, Death):
            assert shelf.path.read_bytes() in (before, wanted)
        else:
            assert shelf.path.read_bytes() == wanted
        system.bury()
        kept = [each.read_bytes() for each in shelf.site.backups.iterdir()]
        assert shelf.path.read_bytes() == before or before in kept


@pytest.mark.parametrize("fault", [*ERRORS, *DEATHS], ids=lambda fault: fault.name)
def test_making_a_workbook_under_a_fault_makes_it_whole_or_not_at_all(fault: Fault, tmp_path: Path) -> None:
    def made(position: int) -> tuple[FaultySystem, Path]:
        shelf, system = Shelf(tmp_path / f"{position}"), FaultySystem()
        system.arm(position, fault)
        try:
            create(shelf.path, "New", shelf.places, replace(shelf.context, system=system))
        except (StoreError, Death):
            assert not shelf.path.exists() or shelf.load().documents().title.title == "New"
        else:
            assert shelf.load().documents().title.title == "New"
        system.bury()
        return system, shelf.path

    whole, path = made(-1)
    assert path.exists()
    for position in range(len(whole.calls)):
        made(position)
