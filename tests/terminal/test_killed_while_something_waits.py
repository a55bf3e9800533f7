"""kill -9 while something on the screen is in no document yet: after it everything stands where it stood."""

import signal
from collections.abc import Callable

import pytest

from tests.terminal.conftest import CTRL_P, END, ENTER, F2, F4, LEFT, TAB, Seat, Terminal

METRICS, AGREED_BY = [TAB] * 2, [TAB] * 6
"""From the first field of step 2."""

PASTED = "2026-04-06\t5.5\n2026-04-13\t5.4\n"


def at_baseline(seat: Seat) -> Terminal:
    """Open a workbook whose baseline is agreed, at step 2."""
    terminal = seat.start(seat.with_agreed_baseline())
    terminal.until("CI-0001")
    terminal.keys(ENTER)
    terminal.until("●4")
    terminal.keys(F2, F2)
    terminal.until("●2")
    return terminal


def change(terminal: Terminal) -> None:
    terminal.keys(*AGREED_BY, END, " Hopper")


def reason(terminal: Terminal) -> None:
    change(terminal)
    terminal.until("leaving this field asks for a reason")
    terminal.keys(TAB)
    terminal.until("Why change it?")
    terminal.keys("her who")


def reading(terminal: Terminal) -> None:
    terminal.keys(*METRICS, "r")
    terminal.until("Readings of")
    terminal.keys("2026-04-05 7")


def columns(terminal: Terminal) -> None:
    reading(terminal)
    terminal.until("2026-04-05 7")
    terminal.paste(PASTED)


def columns_on_a_row(terminal: Terminal) -> None:
    terminal.keys(*METRICS)
    terminal.until("r readings")
    terminal.paste(PASTED)


def columns_with_an_answer(terminal: Terminal) -> None:
    reading(terminal)
    terminal.until("2026-04-05 7")
    terminal.paste("2026-04-06,5,5\n2026-04-13,5,4\n")
    terminal.until("did the separator cut the number")
    terminal.keys("c", ENTER)


def note(terminal: Terminal) -> None:
    terminal.keys(F4)
    terminal.until("R replay")
    terminal.keys(LEFT)
    terminal.until("⏎ note")
    terminal.keys(ENTER)
    terminal.until("Note to 20")
    terminal.keys("holidays in th")


def title_of_the_workbook(terminal: Terminal) -> None:
    terminal.keys(CTRL_P, "rename the work")
    terminal.until("Rename the workbook")
    terminal.keys(ENTER)
    terminal.until("Title of the workbook")
    terminal.keys(END, " of the ni")


WAITING: dict[str, tuple[Callable[[Terminal], None], tuple[str, ...]]] = {
    "a change": (change, ("Grace Hopper", "leaving this field asks for a reason", "unfinished")),
    "a reason": (reason, ("Why change it?", "her who")),
    "a line of the readings": (reading, ("Readings of", "2026-04-05 7")),
    "columns": (columns, ("2026-04-13", "2 new")),
    "columns on a row": (columns_on_a_row, ("2026-04-13", "2 new")),
    "a note": (note, ("Note to 20", "holidays in th")),
    "a title of the workbook": (title_of_the_workbook, ("Title of the workbook", "Desk of the ni")),
    "columns with an answer": (columns_with_an_answer, ("2026-04-13", "5.4", "2 new")),
}


@pytest.mark.parametrize("name", WAITING)
def test_what_waits_stands_where_it_stood(seat: Seat, name: str) -> None:
    types, words = WAITING[name]
    terminal = at_baseline(seat)
    types(terminal)
    for each in words:
        terminal.until(each)
    before = seat.path.read_bytes()
    terminal.kill(signal.SIGKILL)
    assert terminal.end() == -signal.SIGKILL
    assert seat.path.read_bytes() == before
    again = seat.start(seat.path)
    for each in words:
        again.until(each)


def test_title_half_typed_stands_where_it_stood(seat: Seat) -> None:
    terminal = seat.start(seat.with_improvement())
    terminal.until("CI-0001")
    terminal.keys("a")
    terminal.until("What should get better?")
    terminal.keys("Restore stores")
    terminal.until("Restore stores")
    terminal.kill(signal.SIGKILL)
    assert terminal.end() == -signal.SIGKILL
    again = seat.start(seat.path)
    again.until("What should get better?")
    again.keys(" faster", ENTER)
    again.until("CI-0002")
    again.kill(signal.SIGKILL)
    assert again.end() == -signal.SIGKILL


def test_title_of_a_new_workbook_half_typed_stands_where_it_stood(seat: Seat) -> None:
    terminal = seat.start()
    terminal.until("Nothing saved yet")
    terminal.keys("n")
    terminal.until("Title of the new workbook")
    terminal.keys("Night desk")
    terminal.until("Night desk")
    terminal.kill(signal.SIGKILL)
    assert terminal.end() == -signal.SIGKILL
    again = seat.start()
    again.until("Title of the new workbook")
    again.until("Night desk")
    again.kill(signal.SIGKILL)
    assert again.end() == -signal.SIGKILL
