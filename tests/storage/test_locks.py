from __future__ import annotations

import errno
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.locks import BusyError, Lock
from cimodel_tui.storage.system import System

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.storage.conftest import Shelf

OTHER = """
import sys
from pathlib import Path
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.storage.open import open_store
from cimodel_tui.storage.paths import UserFolders

path, home, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
store = open_store(path, UserFolders(home / "data", home / "state", home / "config"), editor=how == "editor")
print(store.read_only or "open", flush=True)
for line in sys.stdin:
    word = line.strip()
    if word == "put":
        store.put([Improvement(id="other", ref="CI-0099", title="From the other process")])
    elif word == "flush":
        store.flush()
    elif word == "close":
        store.close()
    elif word == "take over":
        print(store.take_over(), flush=True)
        continue
    print("done", flush=True)
"""


@contextmanager
def other_process(shelf: Shelf, how: str = "editor") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", OTHER, str(shelf.path), str(shelf.folder), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        try:
            yield process
        finally:
            process.kill()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def say(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdin is not None
    process.stdin.write(word + "\n")
    return heard(process)


def test_second_editor_reads_only_knows_who_has_it_and_takes_over_when_that_one_ends(shelf: Shelf) -> None:
    shelf.create()
    with other_process(shelf) as first:
        assert heard(first) == "open"
        second = shelf.open()
        assert f"process {first.pid}, since " in second.read_only
        assert System.platform.host() in second.read_only
        with pytest.raises(StoreError, match="read-only here"):
            second.put([shelf.improvement(1)])
        assert not second.take_over()
        assert say(first, "put") == "done"
        first.kill()
        first.wait()
        assert second.take_over()
    assert second.read_only == ""
    assert set(second.documents().improvements) == {"other"}
    second.flush()
    assert set(shelf.load().documents().improvements) == {"other"}


def test_second_editor_waits_on_while_the_file_is_damaged(shelf: Shelf) -> None:
    shelf.create()
    first, second = shelf.open(), shelf.open()
    first.close()
    good = shelf.path.read_bytes()
    shelf.path.write_bytes(good[:30])
    assert not second.take_over()
    assert second.read_only
    shelf.path.write_bytes(good)
    assert second.take_over()
    second.put([shelf.improvement(1)])
    second.close()


def test_second_editor_sees_what_the_first_saves(shelf: Shelf) -> None:
    shelf.create()
    with other_process(shelf) as first:
        assert heard(first) == "open"
        second = shelf.open()
        assert [say(first, word) for word in ("put", "flush")] == ["done", "done"]
        change = second.check_outside()
        assert change is not None
        assert change.words == "The file was changed outside and reloaded."
        assert set(second.documents().improvements) == {"other"}
        say(first, "close")
        assert second.take_over()


def test_shell_command_writes_beside_a_running_editor(shelf: Shelf) -> None:
    shelf.create()
    editor = shelf.open()
    mine = shelf.improvement(1)
    editor.put([mine])
    with other_process(shelf, "shell") as shell:
        assert [heard(shell), *(say(shell, word) for word in ("put", "flush", "close"))] == [
            "open",
            "done",
            "done",
            "done",
        ]
    change = editor.check_outside()
    assert change is not None
    assert "both were merged" in change.words
    assert set(editor.documents().improvements) == {mine.id, "other"}
    editor.flush()
    assert set(shelf.load().documents().improvements) == {mine.id, "other"}


def test_shell_command_keeps_other_writers_out_until_it_closes(shelf: Shelf) -> None:
    shelf.create()
    editor = shelf.open()
    with other_process(shelf, "shell") as shell:
        assert heard(shell) == "open"
        editor.put([shelf.improvement(1)])
        with pytest.raises(StoreError, match="Another program is writing"):
            editor.flush()
        with pytest.raises(StoreError, match="Another program is writing"):
            shelf.open(editor=False)
        late = shelf.open()
        assert "Another program is writing" in late.read_only
        shell.kill()
        shell.wait()
    editor.flush()
    assert len(shelf.load().documents().improvements) == 1
    assert not late.take_over()
    editor.close()
    assert late.take_over()


def test_lock_waits_as_long_as_it_is_told(tmp_path: Path) -> None:
    first, second = Lock(System(), tmp_path / "l"), Lock(System(), tmp_path / "l")
    first.take()
    with pytest.raises(BusyError):
        second.take(2)
    assert not second.is_held
    first.release()
    second.take()
    assert second.is_held


def test_lock_files_are_never_removed(shelf: Shelf) -> None:
    shelf.create()
    inode = shelf.site.write_lock.stat().st_ino
    for number in range(3):
        shelf.from_shell(shelf.improvement(number))
    assert shelf.site.write_lock.stat().st_ino == inode


class NoLocksHere(System):
    """A file system without locks."""

    def fsync(self, descriptor: int) -> None:
        pass

    def lock(self, descriptor: int) -> None:  # noqa: ARG002 - the signature is the system's
        raise OSError(errno.ENOLCK, "No locks available")


def test_without_locks_it_says_so_and_merges(shelf: Shelf) -> None:
    shelf.create()
    one, two = shelf.improvement(1), shelf.improvement(2)
    first, second = shelf.open(system=NoLocksHere()), shelf.open(system=NoLocksHere())
    assert "no locks" in first.notices[0]
    assert second.read_only == ""
    first.put([one])
    second.put([two])
    first.flush()
    second.flush()
    assert set(shelf.load().documents().improvements) == {one.id, two.id}


def test_two_processes_that_write_at_the_same_time_lose_nothing(shelf: Shelf) -> None:
    """Each adds twenty improvements by twenty commands of its own."""
    shelf.create()
    script = OTHER.split("path, home", maxsplit=1)[0] + (
        "path, home, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]\n"
        "for number in range(20):\n"
        "    store = open_store(path, UserFolders(home / 'data', home / 'state', home / 'config'), editor=False)\n"
        "    store.put([Improvement(id=f'{name}{number}', ref=f'{name}-{number}', title='Parallel')])\n"
        "    store.close()\n"
    )
    command = [sys.executable, "-c", script, str(shelf.path), str(shelf.folder)]
    both = [subprocess.Popen([*command, name]) for name in ("a", "b")]
    assert [process.wait(60) for process in both] == [0, 0]
    assert set(shelf.load().documents().improvements) == {f"{name}{number}" for name in "ab" for number in range(20)}
