"""However the program ends, what was on the screen is in the workbook, or taken up by the next opening."""

import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import CTRL_Q, CTRL_S, END, ENTER, F2, TAB, Seat

CRASHING = """
import sys
from cimodel_tui import app
from cimodel_tui.cli import run

class CrashingApp(app.CimodelApp):
    def action_save(self):
        raise RuntimeError("a bug in a handler")

app.CimodelApp = CrashingApp
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signal_ends_the_program_with_everything_saved(seat: Seat, number: int) -> None:
    terminal = seat.at_vision()
    terminal.keys("One day to productive", TAB, "На месте с утра")
    terminal.until("На месте с утра")
    terminal.kill(number)
    assert terminal.end() == 0
    assert b"\x1b[?1049l" in terminal.sent, "the terminal is left as it was found"
    assert seat.kept()[1].vision.objective == "One day to productive"
    assert seat.kept()[1].vision.vision == "На месте с утра"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signal_keeps_what_waits_for_its_reason_for_the_next_opening(seat: Seat, number: int) -> None:
    terminal = seat.start(seat.with_agreed_baseline())
    terminal.until("CI-0001")
    terminal.keys(ENTER)
    terminal.until("●4")
    terminal.keys(F2, F2)
    terminal.until("●2")
    terminal.keys(*[TAB] * 6, END, " Hopper")
    terminal.until("leaving this field asks for a reason")
    terminal.kill(number)
    assert terminal.end() == 0
    assert seat.kept()[1].baseline.agreed_by == "Grace"
    again = seat.start(seat.path)
    again.until("leaving this field asks for a reason")
    again.until("Grace Hopper")
    again.keys(TAB)
    again.until("Why change it?")
    again.keys("her whole name", ENTER)
    again.until("her whole name")
    again.keys(CTRL_Q)
    assert again.end() == 0
    assert seat.kept()[1].baseline.agreed_by == "Grace Hopper"


def test_ctrl_q_at_once_after_a_key_loses_nothing(seat: Seat) -> None:
    terminal = seat.at_vision()
    terminal.keys("Typed and gone", CTRL_Q)
    assert terminal.end() == 0
    assert seat.kept()[1].vision.objective == "Typed and gone"


def test_ctrl_c_copies_and_never_quits(seat: Seat) -> None:
    terminal = seat.at_vision()
    terminal.keys("before", "\x03", " and after")
    terminal.until("before and after")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0


def test_crash_in_a_handler_saves_everything_and_gives_the_terminal_back(seat: Seat, tmp_path: Path) -> None:
    script = tmp_path / "crashing.py"
    script.write_text(CRASHING, encoding="utf-8")
    terminal = seat.command(sys.executable, script, seat.with_improvement())
    terminal.until("CI-0001")
    terminal.keys("\r")
    terminal.until("this serves, in")
    terminal.keys("Typed before the crash")
    terminal.until("Typed before the crash")
    terminal.keys(CTRL_S)
    assert terminal.end() == 1
    assert b"\x1b[?1049l" in terminal.sent, "the terminal is left as it was found"
    assert b"a bug in a handler" in terminal.sent
    assert seat.kept()[1].vision.objective == "Typed before the crash"


def test_what_was_shown_before_a_kill_is_taken_up_by_the_next_opening(seat: Seat) -> None:
    terminal = seat.at_vision()
    terminal.keys("Shown before the kill")
    terminal.until("Shown before the kill")
    terminal.kill(signal.SIGKILL)
    assert terminal.end() == -signal.SIGKILL
    again = seat.start(seat.path)
    again.until("Shown before the kill")
    again.keys(CTRL_Q)
    assert again.end() == 0
    assert seat.kept()[1].vision.objective == "Shown before the kill"


def test_byte_that_is_no_text_does_not_end_the_program(seat: Seat) -> None:
    terminal = seat.at_vision()
    terminal.keys("before")
    terminal.until("before")
    terminal.raw(b"\xff")
    terminal.keys(" and after")
    terminal.until("and after")
    terminal.raw("é".encode()[:1])
    terminal.raw("é".encode()[1:])
    terminal.until("afteré")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    assert "and afteré" in seat.kept()[1].vision.objective


@pytest.mark.parametrize("time", [0, *(pytest.param(time, marks=pytest.mark.long) for time in range(1, 20))])
def test_kill_at_the_moment_at_which_a_word_is_seen_leaves_it_to_the_next_opening(seat: Seat, time: int) -> None:
    terminal = seat.at_vision()
    words = [f"seen {time} in {field}" for field in ("objective", "vision", "value")]
    for word in words:
        terminal.keys(word)
        terminal.until(word)
        terminal.kill()
        terminal.end()
        terminal = seat.start(seat.path, size=(160, 40))
        terminal.until(word)
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    vision = seat.kept()[1].vision
    assert [vision.objective, vision.vision, vision.value] == words
