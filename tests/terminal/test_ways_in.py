"""What is no workbook is refused in one sentence before any screen; where there is no terminal nothing hangs."""

import subprocess
from pathlib import Path

import pytest

from tests.terminal.conftest import CTRL_Q, ENTER, PROGRAM, Seat
from tests.waiting import PROGRAM_DEADLINE

NO_WORKBOOKS = {
    "text": b"Dear diary, [x] today \x1b[31m",
    "list": b"[1, 2, 3]",
    "other": b'{"_default": {"1": {"name": "someone else\'s TinyDB"}}}',
    "bytes": bytes(range(256)),
}


@pytest.mark.parametrize("name", NO_WORKBOOKS)
def test_path_that_is_no_workbook_is_refused_before_any_screen_and_left_as_it_was(seat: Seat, name: str) -> None:
    path = seat.home / "what is it.json"
    path.write_bytes(NO_WORKBOOKS[name])
    terminal = seat.start(path)
    assert terminal.end() == 2
    assert b"\x1b[?1049h" not in terminal.sent, "no screen was opened"
    assert terminal.sent.startswith(b"cimodel-tui: ")
    assert terminal.sent.decode().strip().count("\n") == 0
    assert path.read_bytes() == NO_WORKBOOKS[name]
    assert [each.name for each in seat.home.iterdir() if each.is_file()] == [path.name]


def test_folder_is_refused_in_one_sentence(seat: Seat) -> None:
    terminal = seat.start(seat.home)
    assert terminal.end() == 2
    assert terminal.sent.decode().strip().count("\n") == 0


def test_file_that_is_no_workbook_chosen_on_home_is_refused_on_home_and_left_as_it_was(seat: Seat) -> None:
    path = seat.home / "diary.txt"
    path.write_bytes(NO_WORKBOOKS["text"])
    terminal = seat.start()
    terminal.until("Nothing saved yet")
    terminal.keys("o")
    terminal.until("Which file?")
    terminal.keys(str(path), ENTER)
    terminal.until("✗")
    terminal.until("diary.txt")
    terminal.until("Nothing saved yet")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    assert path.read_bytes() == NO_WORKBOOKS["text"]


def test_path_where_there_is_nothing_is_asked_about_and_made_once_it_has_a_title(seat: Seat) -> None:
    terminal = seat.start(seat.path)
    terminal.until("does not exist yet")
    assert not seat.path.exists()
    terminal.keys("Desk of mine", ENTER)
    terminal.until("No improvement yet")
    terminal.until("Desk of mine › register")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    assert seat.path.exists()


def test_path_where_there_is_nothing_is_not_made_where_the_question_is_left(seat: Seat) -> None:
    terminal = seat.start(seat.path)
    terminal.until("does not exist yet")
    terminal.keys("\x1b")
    terminal.until("Nothing saved yet")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    assert not seat.path.exists()


@pytest.mark.parametrize("arguments", [[], ["desk.json"], ["demo"]])
def test_without_a_terminal_a_screen_command_says_so_and_does_not_hang(seat: Seat, arguments: list[str]) -> None:
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=seat.home,
        env=seat.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PROGRAM_DEADLINE,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"cimodel-tui: ")


def test_standard_input_that_is_no_terminal_does_not_hang_where_the_output_is_one(seat: Seat) -> None:
    terminal = seat.command("/bin/sh", "-c", f"exec '{PROGRAM}' '{seat.with_improvement()}' < /dev/null")
    assert terminal.end() == 2
    assert b"needs a terminal" in terminal.sent


def test_sample_opens_at_once_on_its_own_day(seat: Seat) -> None:
    terminal = seat.start("demo")
    terminal.until("CI-0001")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    assert Path(seat.places.data / "sample.json").exists()
