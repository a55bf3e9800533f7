"""Every system call of a save goes wrong once, at every position, in every way."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.saving import StoreError
from tests.faults.faulty import AFTER_ALL, DEATHS, ERRORS, SHORT, Death, Fault, FaultySystem
from tests.storage.conftest import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cimodel_tui.storage.store import WorkbookStore

ONE = Improvement(id="one", ref="CI-0001", title="One", owner="before")
TWO = Improvement(id="two", ref="CI-0002", title="Two", owner="typed and saved now")


@dataclass
class Scene:
    """A workbook that is open, with a system whose next calls can be made to go wrong."""

    shelf: Shelf
    system: FaultySystem
    store: WorkbookStore
    before: bytes
    """What the file holds when the save begins."""

    @property
    def file(self) -> bytes:
        return self.shelf.path.read_bytes()

    @property
    def owners(self) -> dict[str, str]:
        return {key: each["owner"] for key, each in json.loads(self.file)["improvements"].items()}


def first_save(folder: Path) -> Scene:
    """The first save of a session: it takes a backup."""
    shelf = Shelf(folder)
    shelf.create()
    shelf.from_shell(ONE)
    system = FaultySystem()
    return Scene(shelf, system, shelf.open(system=system), shelf.path.read_bytes())


def later_save(folder: Path) -> Scene:
    """A save later on, with the file changed outside too."""
    scene = first_save(folder)
    scene.store.put([replace(ONE, owner="saved")])
    scene.store.flush()
    scene.shelf.from_shell(Improvement(id="outside", ref="CI-0003", title="From a shell"))
    return replace(scene, before=scene.file)


SCENES: dict[str, Callable[[Path], Scene]] = {"first": first_save, "later": later_save}


def edit(scene: Scene) -> None:
    scene.store.put([TWO])
    scene.store.flush()


def trouble_of(scene: Scene) -> str:
    """Make the edit, and return why it could not be saved."""
    try:
        edit(scene)
    except StoreError as error:
        return str(error)
    return ""


def length(make: Callable[[Path], Scene], folder: Path) -> tuple[int, bytes]:
    """Return how many calls an edit and its save take, and what the file holds then."""
    scene = make(folder)
    scene.system.arm(-1, SHORT)
    edit(scene)
    calls = len(scene.system.calls)
    assert {"fsync", "write"} < set(scene.system.calls)
    assert calls > 20
    return calls, scene.file


def struck(make: Callable[[Path], Scene], fault: Fault, folder: Path) -> Iterator[tuple[Scene, bytes]]:
    """Yield a scene for every position, with the fault lying there, and what the file should hold in the end."""
    calls, after = length(make, folder / "undisturbed")
    for position in range(calls):
        scene = make(folder / f"{position}")
        scene.system.arm(position, fault)
        yield scene, after
        assert scene.system.struck
        scene.system.bury()


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("fault", [*ERRORS, *AFTER_ALL, SHORT], ids=lambda fault: fault.name)
def test_after_any_fault_the_file_is_whole_the_reason_is_told_and_the_edit_is_saved_later(
    fault: Fault, name: str, tmp_path: Path
) -> None:
    failures = 0
    for scene, after in struck(SCENES[name], fault, tmp_path):
        trouble = trouble_of(scene)
        failures += bool(trouble)
        assert scene.store.state.failed == trouble
        assert scene.store.state.saving == bool(trouble)
        assert fault.words in trouble if trouble else scene.file == after
        assert scene.file in (scene.before, after)
        assert scene.store.documents().improvements["two"] == TWO
        scene.system.disarm()
        scene.store.flush()
        assert scene.file == after
        assert (scene.store.state.failed, scene.store.state.saving) == ("", False)
        scene.store.close()
        assert_nothing_lies_about(scene.shelf)
    assert bool(failures) == bool(fault.number)


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("fault", DEATHS, ids=lambda fault: fault.name)
def test_after_death_at_any_call_the_file_is_whole_and_what_was_put_is_back(
    fault: Fault, name: str, tmp_path: Path
) -> None:
    for scene, after in struck(SCENES[name], fault, tmp_path):
        was_put = put_alive(scene)
        with pytest.raises(Death):
            scene.store.flush()
        assert scene.file in (scene.before, after)
        scene.system.bury()
        again = scene.shelf.open()
        assert "two" in again.documents().improvements or not was_put
        assert again.conflicts() == []
        again.close()
        assert scene.file == after or (not was_put and scene.file == scene.before)
        assert_nothing_lies_about(scene.shelf)


def put_alive(scene: Scene) -> bool:
    """Tell whether the edit was taken before the program died."""
    try:
        scene.store.put([TWO])
    except Death:
        return False
    return True


def assert_nothing_lies_about(shelf: Shelf) -> None:
    beside = {each.name for each in shelf.path.parent.iterdir()}
    assert beside == {shelf.path.name, f".{shelf.path.name}.lock", f".{shelf.path.name}.editor.lock"}
    assert {each.name for each in shelf.site.state.iterdir()} <= {"backups", "kept"}
    assert not [each for each in shelf.site.backups.iterdir() if each.name.startswith(".")]


def test_folder_that_could_not_be_synced_leaves_the_edit_unsaved_though_it_is_in_the_file(tmp_path: Path) -> None:
    unknown = []
    for scene, after in struck(first_save, ERRORS[1], tmp_path):
        if trouble_of(scene) and scene.file == after:
            unknown.append(scene.system.struck)
            assert scene.store.state.saving
            assert b"typed and saved now" in scene.shelf.site.draft.read_bytes()
    assert "fsync" in unknown
