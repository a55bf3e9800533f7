"""The installed program in a real terminal: through the seven screens, out, and back to where it was left."""

import json

from tests.terminal.conftest import CTRL_Q, DOWN, ENTER, ESC, F3, F9, TAB, Seat, Terminal

READINGS = "2026-01-05\t7.1\n2026-01-12\t7.9\n2026-01-19\t6.8"


def test_seven_screens_are_walked_left_and_found_again(seat: Seat) -> None:
    terminal = seat.start(seat.path)
    make_the_workbook(terminal)
    write_the_vision(terminal)
    measure_the_baseline(terminal)
    promise_the_target(terminal)
    choose_the_approach(terminal)
    log_what_happened(terminal)
    check_the_result(terminal)
    hold_the_gain(terminal)
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    assert_kept(seat)

    again = seat.start(seat.path)
    again.until("● 7 How do we keep the momentum going?")
    again.until("Part of the form")
    again.keys(CTRL_Q)
    assert again.end() == 0


def make_the_workbook(terminal: Terminal) -> None:
    terminal.until("does not exist yet")
    terminal.keys(ENTER)
    terminal.until("No improvement yet")
    terminal.keys("a")
    terminal.until("What should get better?")
    terminal.keys("Zugänge früher — 早く [x]", ENTER)
    terminal.until("register entry")
    terminal.keys(ESC)
    terminal.until_gone("register entry")
    terminal.keys(ENTER)


def write_the_vision(terminal: Terminal) -> None:
    terminal.until("● 1 What is the vision?")
    terminal.keys("One day to productive", TAB, "Staff work on day one [/]", TAB, "Teams gain help")
    terminal.until("Teams gain help")
    terminal.keys(F3)


def measure_the_baseline(terminal: Terminal) -> None:
    terminal.until("● 2 Where are we now?")
    terminal.keys("7.3 days", TAB, "Laptops", TAB, "a")
    terminal.until("What counts")
    terminal.keys("Days", TAB, "d", TAB, TAB, TAB, "to login", ESC)
    terminal.until_gone("What counts")
    terminal.keys("r")
    terminal.until("Readings of Days")
    terminal.paste(READINGS)
    terminal.until("Import 3 readings")
    terminal.keys(F9)
    terminal.until_gone("Import 3 readings")
    terminal.keys(ESC)
    terminal.until_gone("Readings of Days")
    terminal.keys(F3)


def promise_the_target(terminal: Terminal) -> None:
    terminal.until("● 3 Where do we want to be?")
    terminal.keys(ENTER)
    terminal.until("Esc done")
    terminal.keys("4.5", TAB, "30 jun", ESC)
    terminal.until("2026-06-30")
    terminal.until_gone("Esc done")
    terminal.keys(F3)


def choose_the_approach(terminal: Terminal) -> None:
    terminal.until("● 4 How do we get there?")
    terminal.keys(ENTER)
    terminal.until("stop doing something")
    terminal.keys(DOWN, ENTER)
    terminal.until_gone("stop doing something")
    terminal.keys(F3)


def log_what_happened(terminal: Terminal) -> None:
    terminal.until("● 5 Take action")
    terminal.keys(TAB, "a")
    terminal.until("Esc done")
    terminal.keys("today", TAB, TAB, "Nine were enough", ESC)
    terminal.until_gone("Esc done")
    terminal.until("Nine were enough")
    terminal.keys(F3)


def check_the_result(terminal: Terminal) -> None:
    terminal.until("● 6 Did we get there?")
    terminal.keys("none found")
    terminal.until("none found")
    terminal.keys(F3)


def hold_the_gain(terminal: Terminal) -> None:
    terminal.until("● 7 How do we keep the momentum going?")
    terminal.keys("a")
    terminal.until("Esc done")
    terminal.keys("Part of the form", ESC)
    terminal.until_gone("Esc done")
    terminal.until("Part of the form")


def assert_kept(seat: Seat) -> None:
    improvement, iteration = seat.kept()
    assert improvement.title == "Zugänge früher — 早く [x]"
    assert iteration.vision.objective == "One day to productive"
    assert iteration.vision.vision == "Staff work on day one [/]"
    assert iteration.vision.value == "Teams gain help"
    assert (iteration.baseline.current_state, iteration.baseline.works_well) == ("7.3 days", "Laptops")
    (metric,) = iteration.baseline.metrics
    assert (metric.name, metric.definition, metric.unit) == ("Days", "to login", "d")
    assert {day: each.value for day, each in improvement.readings[metric.id].items()} == dict(
        line.split("\t") for line in READINGS.splitlines()
    )
    assert [(row.value, row.by) for row in iteration.target.targets] == [("4.5", "2026-06-30")]
    assert iteration.plan.approach
    assert [(row.on, row.text) for row in iteration.action.log] == [("2026-03-02", "Nine were enough")]
    assert iteration.check.other_causes == "none found"
    assert [row.what for row in iteration.momentum.controls] == ["Part of the form"]
    assert json.loads(seat.path.read_bytes())["workbook"]
