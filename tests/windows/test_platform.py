"""What POSIX and Windows do differently keeps the same promises: one suite for both halves."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cimodel_tui.storage.system import LOCK_AT, PATIENCE, PAUSE, Platform, Posix, Windows, this_platform
from tests.windows.conftest import Pauses
from tests.windows.fakes import Kernel32, Msvcrt

OTHER = """
import os, sys
from pathlib import Path
from cimodel_tui.storage.system import Posix, Windows
from tests.windows.fakes import Kernel32, Msvcrt

half = Posix() if sys.argv[1] == "posix" else Windows(Msvcrt(), Kernel32())
half.lock(half.open(Path(sys.argv[2]), os.O_RDWR | os.O_CREAT, 0o600))
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=["posix", "windows"])
def half(request: pytest.FixtureRequest) -> Platform:
    chosen: Platform = Posix() if request.param == "posix" else request.getfixturevalue("windows")
    return chosen


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    path = tmp_path / "lock"
    path.write_text("who holds it")
    return path


@pytest.fixture
def other(half: Platform, lock_file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the lock."""
    name = type(half).__name__.lower()
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, name, str(lock_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield process
        process.kill()


def _opened(half: Platform, path: Path, flags: int = os.O_RDWR) -> int:
    return half.open(path, flags, 0o600)


def test_lock_is_for_one_at_a_time(half: Platform, lock_file: Path) -> None:
    first, second = _opened(half, lock_file), _opened(half, lock_file)
    half.lock(first)
    with pytest.raises((BlockingIOError, PermissionError)):
        half.lock(second)
    half.unlock(first)
    os.close(first)
    half.lock(second)
    os.close(second)


def test_lock_goes_with_the_file_even_where_nobody_unlocks(half: Platform, lock_file: Path) -> None:
    first, second = _opened(half, lock_file), _opened(half, lock_file)
    half.lock(first)
    os.close(first)
    half.lock(second)
    os.close(second)


def test_lock_is_kept_from_other_processes(half: Platform, lock_file: Path, other: subprocess.Popen[str]) -> None:
    mine = _opened(half, lock_file)
    with pytest.raises((BlockingIOError, PermissionError)):
        half.lock(mine)
    other.kill()
    other.wait()
    half.lock(mine)
    os.close(mine)


def test_who_holds_the_lock_can_be_read_by_all(half: Platform, lock_file: Path) -> None:
    mine = _opened(half, lock_file)
    half.lock(mine)
    assert os.read(mine, 100) == b"who holds it", "taking the lock leaves the position where it was"
    assert lock_file.read_text() == "who holds it"
    os.close(mine)


def test_unlocking_what_is_not_locked_does_nothing(half: Platform, lock_file: Path) -> None:
    mine = _opened(half, lock_file)
    half.unlock(mine)
    os.close(mine)


def test_bytes_are_kept_as_they_are_and_synced(half: Platform, tmp_path: Path) -> None:
    path = tmp_path / "file"
    descriptor = _opened(half, path, os.O_RDWR | os.O_CREAT)
    os.write(descriptor, b"a\n\r\n\x1a\n")
    half.sync(descriptor)
    os.close(descriptor)
    assert path.read_bytes() == b"a\n\r\n\x1a\n"


def test_no_child_process_inherits_a_file(half: Platform, lock_file: Path) -> None:
    descriptor = _opened(half, lock_file)
    assert not os.get_inheritable(descriptor)
    os.close(descriptor)


def test_folder_is_synced_where_that_can_be_done(half: Platform, tmp_path: Path) -> None:
    if half.folder_flag is None:
        with pytest.raises(IsADirectoryError):
            _opened(half, tmp_path, os.O_RDONLY)
    else:
        descriptor = _opened(half, tmp_path, os.O_RDONLY | half.folder_flag)
        half.sync(descriptor)
        os.close(descriptor)


def test_mode_and_owner_are_set_where_there_are_any(half: Platform, lock_file: Path) -> None:
    before = lock_file.stat().st_mode & 0o777
    descriptor = _opened(half, lock_file)
    half.set_mode(descriptor, 0o640)
    half.set_owner(descriptor, -1, -1)
    os.close(descriptor)
    assert lock_file.stat().st_mode & 0o777 == (0o640 if half.folder_flag else before)


def test_file_takes_the_place_of_another(half: Platform, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("old")
    new.write_text("new")
    half.replace(new, old)
    assert [each.name for each in tmp_path.iterdir()] == ["old"]
    assert old.read_text() == "new"
    half.unlink(old)
    assert not old.exists()


def test_user_and_machine_have_names(half: Platform) -> None:
    assert half.user()
    assert half.host()


def test_windows_tells_user_and_machine_by_its_variables(windows: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (windows.user(), windows.host()) == ("ada", "DESK-7")
    monkeypatch.delenv("USERNAME")
    monkeypatch.delenv("COMPUTERNAME")
    assert (windows.user(), windows.host()) == ("somebody", "this machine")


def test_windows_opens_as_binary_and_hands_no_file_to_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = []

    def opened(_path: Path, flags: int, _mode: int) -> int:
        given.append(flags)
        return -1

    monkeypatch.setattr(os, "O_BINARY", 1 << 15, raising=False)
    monkeypatch.setattr(os, "O_NOINHERIT", 1 << 7, raising=False)
    monkeypatch.setattr(os, "open", opened)
    Windows(Msvcrt(), Kernel32()).open(tmp_path / "file", os.O_RDONLY, 0o600)
    assert given == [os.O_RDONLY | 1 << 15 | 1 << 7]


def test_windows_locks_a_byte_that_nobody_reads(windows: Windows, lock_file: Path) -> None:
    largest_that_the_runtime_can_reach = (1 << 31) - 2
    assert 64 * 1024 * 1024 < LOCK_AT <= largest_that_the_runtime_can_reach
    lock_file.write_bytes(b"x" * 5000)
    descriptor = _opened(windows, lock_file)
    windows.lock(descriptor)
    os.close(descriptor)


def test_windows_knows_a_taken_lock_by_an_error_without_a_number(windows: Windows, lock_file: Path) -> None:
    """The runtime of Wine leaves errno at 0."""

    class NoNumber(Msvcrt):
        def locking(self, fd: int, mode: int, nbytes: int, /) -> None:
            del fd, mode, nbytes
            raise OSError(0, "Error")

    descriptor = _opened(windows, lock_file)
    with pytest.raises(BlockingIOError):
        Windows(NoNumber(), Kernel32()).lock(descriptor)
    os.close(descriptor)


def test_windows_waits_to_replace_what_another_program_has_open(
    windows: Windows, pauses: Pauses, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("old")
    new.write_text("new")
    scanner = old.open()
    pauses.then = scanner.close
    windows.replace(new, old)
    assert old.read_text() == "new"
    assert pauses.seconds >= pauses.after


@pytest.mark.parametrize("call", ["replace", "unlink"])
def test_windows_gives_up_after_five_seconds(windows: Windows, pauses: Pauses, tmp_path: Path, call: str) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("old")
    new.write_text("new")
    calls = {"replace": lambda: windows.replace(new, old), "unlink": lambda: windows.unlink(old)}
    with old.open(), pytest.raises(PermissionError):
        calls[call]()
    assert old.read_text() == "old"
    assert pauses.seconds == pytest.approx((PATIENCE - 1) * PAUSE)
    assert pauses.seconds == pytest.approx(5, abs=0.1)


def test_windows_keeps_workbooks_where_people_look(windows: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", "/home/ada/Documents")
    assert windows.data_folder("cimodel-tui") == Path("/home/ada/Documents/cimodel-tui")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_posix_tells_the_program_to_end_by_a_signal(number: int) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    Posix().on_termination_request(loop, ended.set)
    try:
        os.kill(os.getpid(), number)
        await asyncio.wait_for(ended.wait(), 60)
    finally:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.remove_signal_handler(each)


@pytest.mark.parametrize(("number", "closes"), [(0, False), (1, False), (2, True), (5, True), (6, True)])
async def test_windows_tells_the_program_to_end_by_the_console(
    windows: Windows, kernel32: Kernel32, pauses: Pauses, number: int, closes: bool
) -> None:
    """A handler that returned at once would end the process before it has saved."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    windows.on_termination_request(loop, ended.set)
    handled = []
    thread = threading.Thread(target=lambda: handled.append(kernel32.event(number)))
    thread.start()
    await asyncio.wait_for(ended.wait(), 60)
    thread.join(60)
    assert handled == [True]
    assert (pauses.seconds > 5) is closes


def test_windows_lets_the_console_close_once_the_program_has_ended(
    windows: Windows, kernel32: Kernel32, pauses: Pauses
) -> None:
    loop = asyncio.new_event_loop()
    windows.on_termination_request(loop, lambda: None)
    loop.close()
    assert kernel32.event(2)
    assert pauses.seconds == 0


def test_this_machine_gets_its_own_half() -> None:
    assert isinstance(this_platform(), Posix)
