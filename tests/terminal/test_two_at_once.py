"""Two programs on one workbook, in real terminals, and whatever else writes the file under a running one."""

import json
import subprocess
from pathlib import Path

from cimodel_tui.content import sample
from tests.terminal.conftest import CTRL_Q, ENTER, PROGRAM, Seat, Terminal
from tests.waiting import PROGRAM_DEADLINE

TITLE = "Access on day one"


def shell(seat: Seat, *arguments: object) -> str:
    """Run a command beside the running program."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        env=seat.environment,
        capture_output=True,
        text=True,
        timeout=PROGRAM_DEADLINE,
        check=True,
    )
    return done.stdout


def replaced(path: Path, old: str, new: str) -> None:
    """Put another file in the place of this one, as `git pull` does."""
    beside = path.with_name("beside.json")
    beside.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    beside.replace(path)


def on_the_register(seat: Seat) -> Terminal:
    terminal = seat.start(seat.with_improvement(TITLE))
    terminal.until("CI-0001")
    return terminal


def test_second_one_reads_only_says_who_has_the_file_and_takes_over_when_the_first_ends(seat: Seat) -> None:
    first = seat.at_vision()
    second = seat.start(seat.path, size=(160, 40))
    second.until("read-only: ")
    second.until(f"process {first.process.pid}")
    second.until("What is the vision?")
    second.keys("xyz")
    first.keys("One day to productive")
    first.until("One day to productive")
    second.until("One day to productive")
    assert "xyz" not in second.text()
    first.keys(CTRL_Q)
    assert first.end() == 0
    second.until("The workbook is free now; you can edit it.")
    second.until_gone("read-only: ")
    second.until("F5 register")
    second.until("saved")
    second.keys("Now it is mine")
    second.until("Now it is mine")
    second.keys(CTRL_Q)
    assert second.end() == 0
    assert "Now it is mine" in seat.kept()[1].vision.vision


def test_killed_first_one_holds_nobody_up(seat: Seat) -> None:
    first = seat.at_vision()
    second = seat.start(seat.path, size=(160, 40))
    second.until("read-only: ")
    first.keys("Shown before the kill")
    first.until("Shown before the kill")
    first.kill()
    second.until("The workbook is free now; you can edit it.")
    second.until("Shown before the kill")
    second.keys(CTRL_Q)
    assert second.end() == 0
    assert seat.kept()[1].vision.objective == "Shown before the kill"


def test_what_the_shell_writes_and_what_git_puts_there_is_shown_by_the_running_program(seat: Seat) -> None:
    terminal = on_the_register(seat)
    assert shell(seat, "add", seat.path, "Captured beside it").startswith("CI-0002")
    terminal.until("CI-0002")
    terminal.until("Captured beside it")
    replaced(seat.path, TITLE, "Access in one hour")
    terminal.until("Access in one hour")
    terminal.keys("a", "Added here", ENTER)
    terminal.until("register entry")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
    shown = json.loads(shell(seat, "show", seat.path, "--json"))
    titles = [each["title"] for each in shown["improvements"]]
    assert titles == ["Access in one hour", "Captured beside it", "Added here"]


def test_reading_from_the_shell_is_on_the_dashboard_that_is_open(seat: Seat) -> None:
    seat.path.write_bytes(sample().read_bytes())
    day = ("--today", "2026-11-23")
    terminal = seat.start(*day, seat.path)
    terminal.until("CI-0001")
    terminal.keys("d")
    terminal.until("latest 4.5 on 16 Nov 2026")
    shell(seat, *day, "reading", "add", seat.path, "CI-0001", "P2 time to restore", "2026-11-23", "4.1")
    terminal.until("latest 4.1 on 23 Nov 2026")
    terminal.keys(CTRL_Q)
    assert terminal.end() == 0
