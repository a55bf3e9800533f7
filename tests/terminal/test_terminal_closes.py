"""The terminal goes: the program saves and ends, whatever it is painting, and leaves no process."""

import os
import random
import signal
import time
from array import array
from fcntl import ioctl
from termios import FIONREAD

import pytest

from tests.terminal.conftest import F2, F3, F4, F5, PROGRAM, Seat, Terminal
from tests.terminal.test_keys_typed_ahead import numbers
from tests.waiting import wait_until

A_FULL_LINE = 3000
"""Unread bytes at which a terminal takes no more; a picture of a page is larger."""

WITHIN = 2.0
"""Seconds after which a program without a terminal has to be gone; asserted where CIMODEL_TUI_TIMED says that the
machine has nothing else to do."""


@pytest.mark.parametrize("seed", numbers(2, 100))
def test_terminal_that_closes_at_any_instant_leaves_no_process_and_loses_nothing(seat: Seat, seed: int) -> None:
    chance = random.Random(seed)
    terminal = seat.at_vision()
    terminal.keys("Typed before it closed")
    terminal.until("Typed before it closed")
    for key in chance.choices((F3, F3, F2, F4, F5, "\r"), k=chance.randrange(1, 12)):
        terminal.keys(key)
    time.sleep(chance.random() * 0.3)
    closed = time.monotonic()
    terminal.close()
    assert_gone(terminal, closed)
    assert seat.kept()[1].vision.objective == "Typed before it closed"


def test_terminal_that_takes_nothing_does_not_hold_a_program_up_that_is_told_to_end(seat: Seat) -> None:
    terminal = seat.at_vision()
    terminal.keys("Typed before it froze")
    terminal.until("Typed before it froze")
    for _ in range(40):
        terminal.keys(F3, F4, F5, "\r")
    wait_until(lambda: unread(terminal) > A_FULL_LINE, "what is painted does not fill the line")
    told = time.monotonic()
    terminal.kill(signal.SIGTERM)
    assert_gone(terminal, told)
    assert seat.kept()[1].vision.objective == "Typed before it froze"


def test_program_that_nobody_tells_of_the_end_of_its_terminal_ends_as_well(seat: Seat) -> None:
    terminal = seat.command("/bin/sh", "-c", f"trap '' HUP; exec '{PROGRAM}' '{seat.with_improvement()}'")
    terminal.until("CI-0001")
    closed = time.monotonic()
    terminal.close()
    assert_gone(terminal, closed)


def unread(terminal: Terminal) -> int:
    """Return how many bytes of what the program has sent nobody has read."""
    waiting = array("i", [0])
    ioctl(terminal.process.fd, FIONREAD, waiting)
    return waiting[0]


def assert_gone(terminal: Terminal, since: float) -> None:
    wait_until(terminal.is_gone, "the process is still there")
    if os.environ.get("CIMODEL_TUI_TIMED"):
        assert time.monotonic() - since < WITHIN
