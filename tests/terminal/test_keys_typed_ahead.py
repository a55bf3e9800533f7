"""Keys that come faster than they are handled: each has its effect, in the field for which it was typed."""

import random
import signal
import time

import pytest

from tests.terminal.conftest import CTRL_Q, DOWN, ENTER, ESC, F3, TAB, Seat, Terminal

WALK = (
    *(ENTER, "One day to productive", TAB, "Staff work on day one [/]", TAB, "Teams gain help", F3),
    *("7.3 days", TAB, "Laptops", TAB, "a", "Days", TAB, "d", TAB, TAB, TAB, "to login", ESC, F3),
    *(ENTER, "4.5", TAB, "30 jun", ESC, F3),
    *(ENTER, DOWN, ENTER, F3),
    *(TAB, "a", "today", TAB, TAB, "Nine were enough", ESC, F3),
    *("none found", F3),
    *("a", "Part of the form", ESC, CTRL_Q),
)
"""From the register through the seven steps, and out."""

HIDDEN_CURSOR = b"\x1b[?25l"
"""Sent once the terminal hands on every key as it comes."""

METRIC = ("Days", "to login", "d")

A_STOP = 0.7
"""Seconds for which the program is stopped: longer than any wait by the clock that it once had."""


def numbers(few: int, many: int) -> list[object]:
    """Return the seeds of some runs, all but a few of them for the long run."""
    return [*range(few), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(few, many))]


@pytest.mark.parametrize("seed", numbers(1, 50))
def test_walk_typed_ahead_of_a_program_that_is_stopped_loses_and_misplaces_nothing(seat: Seat, seed: int) -> None:
    terminal = seat.start(seat.with_improvement())
    terminal.until("CI-0001")
    stops = set(random.Random(seed).sample(range(len(WALK)), 3))
    for at, key in enumerate(WALK):
        if at in stops:
            stopped(terminal, key)
        else:
            terminal.keys(key)
    assert terminal.end() == 0
    assert_all_in_place(seat)


@pytest.mark.parametrize("seed", numbers(1, 60))
def test_walk_typed_before_the_program_has_begun_loses_and_misplaces_nothing(seat: Seat, seed: int) -> None:
    path = seat.with_improvement()
    terminal = seat.start(path)
    terminal.until_sent(HIDDEN_CURSOR)
    if seed % 2:
        stopped(terminal, *WALK[:seed])
        terminal.keys(*WALK[seed:])
    else:
        terminal.keys(*WALK)
    assert terminal.end() == 0
    assert_all_in_place(seat)


def stopped(terminal: Terminal, *keys: str) -> None:
    """Press keys while the program stands still."""
    terminal.kill(signal.SIGSTOP)
    terminal.keys(*keys)
    time.sleep(A_STOP)
    terminal.kill(signal.SIGCONT)


def assert_all_in_place(seat: Seat) -> None:
    _, kept = seat.kept()
    vision, baseline = kept.vision, kept.baseline
    assert (vision.objective, vision.vision) == ("One day to productive", "Staff work on day one [/]")
    assert vision.value == "Teams gain help"
    assert (baseline.current_state, baseline.works_well) == ("7.3 days", "Laptops")
    assert [(each.name, each.definition, each.unit) for each in baseline.metrics] == [METRIC]
    assert [(each.value, each.by) for each in kept.target.targets] == [("4.5", "2026-06-30")]
    assert kept.plan.approach
    assert [each.text for each in kept.action.log] == ["Nine were enough"]
    assert kept.check.other_causes == "none found"
    assert [each.what for each in kept.momentum.controls] == ["Part of the form"]


GAPS = [0, 10, 30, 60, 80, 110, 250]
"""Milliseconds between Esc and the next key."""

AFTER_ESCAPE = [
    pytest.param(gap, key, marks=[] if (gap, key) in ((0, "r"), (60, "r"), (30, TAB)) else pytest.mark.long)
    for gap in GAPS
    for key in ("r", TAB, ENTER)
]


@pytest.mark.parametrize(("gap", "key"), AFTER_ESCAPE)
def test_key_after_escape_is_that_key_and_escape_closes_the_window(seat: Seat, gap: int, key: str) -> None:
    terminal = seat.at_vision()
    terminal.keys(F3)
    terminal.until("● 2 Where are we now?")
    terminal.keys("problem", TAB, "scope", TAB, "a")
    terminal.until("What counts")
    terminal.keys("Days", TAB, "d", TAB, TAB, TAB, "to login")
    terminal.until("to login")
    terminal.keys(ESC)
    time.sleep(gap / 1000)
    terminal.keys(key)
    if key == "r":
        terminal.until("Readings of Days")
        terminal.keys(ESC)
    elif key == TAB:
        terminal.until_gone("What counts")
    else:
        terminal.until("^n another")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    assert [(each.name, each.definition, each.unit) for each in seat.kept()[1].baseline.metrics] == [METRIC]


@pytest.mark.parametrize("gap", [20, *(pytest.param(gap, marks=pytest.mark.long) for gap in (0, 10, 250))])
def test_arrow_that_comes_in_two_parts_over_a_slow_line_is_an_arrow(seat: Seat, gap: int) -> None:
    seat.configure("escape_ms = 5000\n")
    terminal = seat.at_vision()
    terminal.keys("ac", "\x1b")
    time.sleep(gap / 1000)
    terminal.keys("[D", "b")
    terminal.until("abc")
    terminal.keys("\x1b[")
    time.sleep(gap / 1000)
    terminal.keys("H", "x", CTRL_Q)
    assert terminal.end() == 0
    assert seat.kept()[1].vision.objective == "xabc"


def test_absurd_report_of_a_terminal_does_not_end_the_program(seat: Seat) -> None:
    terminal = seat.at_vision()
    terminal.keys(
        "before",
        "\x1b[48;99999;99999;0;0t",
        "\x1b[99999999999999u",
        "\x1b[<0;0;99999999999M",
        "\x1b[48;24;80;0;0t",
        " and after",
    )
    terminal.until("before and after")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    assert seat.kept()[1].vision.objective == "before and after"
