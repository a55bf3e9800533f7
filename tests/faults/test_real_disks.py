"""Disks that are really full, read-only or gone."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.saving import SaveState, StoreError
from tests.faults.recovery import ONE, TWO, assert_fails_and_recovers, with_one
from tests.storage.conftest import Shelf
from tests.waiting import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator


def mounted(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB of its own."""
    if os.geteuid():
        pytest.skip("only root may mount a file system")
    folder = tmp_path / "small disk"
    folder.mkdir()
    mounted("-t", "tmpfs", "-o", "size=256k,mode=0777", "tmpfs", str(folder))
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(folder: Path) -> Path:
    """Fill the disk to the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(b"\0" * 4096)
            except OSError:
                return filler


def on_disk(folder: Path, small: Path) -> Shelf:
    """A workbook on the small disk, with the user's folders elsewhere."""
    shelf = Shelf(folder)
    shelf.path = small / "book" / "work book.json"
    shelf.path.parent.mkdir()
    return shelf


def test_full_disk_leaves_the_file_as_it_was_and_the_edit_is_saved_once_there_is_room(
    tmp_path: Path, small_disk: Path
) -> None:
    shelf = on_disk(tmp_path, small_disk)
    store = with_one(shelf)
    filler = filled(small_disk)
    assert_fails_and_recovers(shelf, store, "the disk is full", filler.unlink)


def test_disk_that_is_full_for_the_draft_too_is_told_and_typing_goes_on(tmp_path: Path, small_disk: Path) -> None:
    shelf = Shelf(small_disk)
    store = with_one(shelf)
    filler = filled(small_disk)
    store.put([TWO])
    assert "The draft cannot be kept: the disk is full." in store.notices
    assert store.documents().improvements["two"] == TWO
    with pytest.raises(StoreError, match="the disk is full"):
        store.save_copy(small_disk / "copy.json")
    store.save_copy(tmp_path / "copy.json")
    assert b"CI-0002" in (tmp_path / "copy.json").read_bytes()
    filler.unlink()
    store.put([TWO])
    assert store.notices == ()
    store.close()
    assert shelf.load().documents().improvements == {"one": ONE, "two": TWO}
    assert not list(shelf.site.state.glob(".*"))


def test_disk_without_room_for_a_further_file_name_is_full_too(tmp_path: Path, small_disk: Path) -> None:
    shelf = on_disk(tmp_path, small_disk)
    store = with_one(shelf)
    there = os.statvfs(small_disk)
    remounted(small_disk, f"nr_inodes={there.f_files - there.f_ffree + 1}")
    made = small_disk / "made"
    made.touch()
    assert refuses(small_disk / "one more")
    assert_fails_and_recovers(shelf, store, "the disk is full", made.unlink)


def refuses(path: Path) -> bool:
    try:
        path.touch()
    except OSError:
        return True
    return False


def remounted(folder: Path, options: str) -> None:
    mounted("-o", f"remount,{options}", str(folder))


def test_disk_that_becomes_read_only_under_way(tmp_path: Path, small_disk: Path) -> None:
    shelf = on_disk(tmp_path, small_disk)
    store = with_one(shelf)
    mounted("--bind", str(small_disk), str(small_disk))
    remounted(small_disk, "bind,ro")
    unmount = ["umount", str(small_disk)]
    assert_fails_and_recovers(shelf, store, "the place is read-only", lambda: subprocess.run(unmount, check=True))


def test_workbook_on_a_read_only_disk_opens_read_only(tmp_path: Path, small_disk: Path) -> None:
    shelf = on_disk(tmp_path, small_disk)
    with_one(shelf).close()
    remounted(small_disk, "ro")
    store = shelf.open()
    assert "read-only" in store.read_only
    assert store.documents().improvements == {"one": ONE}
    with pytest.raises(StoreError, match="read-only"):
        store.put([TWO])
    with pytest.raises(StoreError, match="read-only"):
        shelf.from_shell(TWO)
    store.close()


def test_saving_is_tried_again_by_itself_until_there_is_room(tmp_path: Path, small_disk: Path) -> None:
    shelf = on_disk(tmp_path, small_disk)
    with_one(shelf).close()
    store = shelf.open(debounce=0.0, pauses=(0.01, 0.02))
    failures, saved = threading.Semaphore(0), threading.Event()

    def listen(notice: object) -> None:
        if isinstance(notice, SaveState) and notice.failed:
            failures.release()
        elif isinstance(notice, SaveState) and not notice.saving:
            saved.set()

    store.subscribe(listen)
    filler = filled(small_disk)
    store.put([TWO])
    for _ in range(4):
        assert failures.acquire(timeout=DEADLINE)
    filler.unlink()
    assert saved.wait(DEADLINE)
    assert shelf.load().documents().improvements == {"one": ONE, "two": TWO}


def test_file_that_may_not_grow_so_large_says_so(tmp_path: Path) -> None:
    """The limit of the shell (`ulimit -f`), which is as near to a quota as a test can come everywhere."""
    shelf = Shelf(tmp_path)
    store = with_one(shelf)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        assert_fails_and_recovers(
            shelf, store, "larger than allowed", lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_folder_that_vanishes_and_comes_back(tmp_path: Path) -> None:
    shelf, aside = Shelf(tmp_path), tmp_path / "aside"
    store = with_one(shelf)
    before = shelf.path.read_bytes()
    shelf.path.parent.rename(aside)
    store.put([TWO])
    with pytest.raises(StoreError, match="the folder is not there"):
        store.flush()
    assert store.check_outside() is None
    gone = store.check_outside()
    assert gone is not None
    assert "no longer there" in gone.words
    assert (aside / shelf.path.name).read_bytes() == before
    aside.rename(shelf.path.parent)
    store.flush()
    assert shelf.load().documents().improvements == {"one": ONE, "two": TWO}


def test_folder_that_is_removed_for_good_is_told_and_the_copy_goes_elsewhere(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    store = with_one(shelf)
    shutil.rmtree(shelf.path.parent)
    store.put([TWO])
    with pytest.raises(StoreError, match="the folder is not there"):
        store.close()
    store.save_copy(tmp_path / "copy.json")
    shelf.path = tmp_path / "copy.json"
    assert shelf.load().documents().improvements == {"one": ONE, "two": TWO}
