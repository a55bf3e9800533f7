"""Every command as a real process: what it prints, where it ends, and how it behaves at the ends of pipes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.cli.commands import COMMANDS
from cimodel_tui.storage.open import open_store
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.store import StorageContext

if TYPE_CHECKING:
    from tests.cli.conftest import Desk

SCREENS: tuple[list[str], ...] = ([], ["home"], ["sample.json"], ["open", "sample.json"], ["demo"])


def test_an_empty_workbook_is_filled_from_the_shell(desk: Desk) -> None:
    assert desk.process("new", "desk.json", "--title", "Service desk").code == 0
    assert (
        desk.process("add", "desk.json", "Restore store systems faster").out == "CI-0001 Restore store systems faster\n"
    )
    assert desk.process("add", "desk.json", "-", stdin=b"Solved the first time\n\nNo more forms\n").code == 0
    document = json.loads(desk.process("show", "desk.json", "--json").out)
    assert document["title"] == "Service desk"
    assert [each["ref"] for each in document["improvements"]] == ["CI-0001", "CI-0002", "CI-0003"]


def test_a_reading_and_many_through_a_pipe(desk: Desk) -> None:
    one = desk.process("reading", "add", desk.sample, "CI-0002", "Reopened", "2026-11-23", "6.7", "--note", "quiet")
    assert (one.code, one.out) == (0, "CI-0002 reopened: 1 reading added\n")
    many = desk.process("reading", "add", desk.sample, "CI-0002", "m2", "-", stdin=b"date,value\n2026-11-22,6.6\n")
    assert (many.code, many.err) == (0, "")


def test_what_is_looked_at_leaves_the_file_as_it_was(desk: Desk) -> None:
    before = desk.sample.read_bytes()
    looks = (["show"], ["show", "--json"], ["due"], ["coach"], ["coach", "--json"], ["doctor"], ["backups"], ["report"])
    codes = {each[0]: desk.process(each[0], desk.sample, *each[1:]).code for each in looks}
    assert codes == {"show": 0, "due": 1, "coach": 0, "doctor": 0, "backups": 0, "report": 0}
    assert desk.sample.read_bytes() == before
    assert [each.name for each in desk.folder.glob(".sample*")] == []


def test_list_and_where_name_files_and_folders(desk: Desk) -> None:
    assert "no saved workbook yet" in desk.process("list").out
    assert desk.process("list", "--json").out == "[]\n"
    where = desk.process("where").out.splitlines()
    assert [line.split()[0] for line in where] == ["config", "data", "state", "logs"]
    assert where[1].split()[1] == str(desk.folder / "data")


def test_backups_are_listed_and_brought_back(desk: Desk) -> None:
    before = desk.sample.read_bytes()
    desk.process("add", desk.sample, "Something else")
    assert desk.process("backups", desk.sample).out.startswith("  1  ")
    assert desk.process("restore", desk.sample, "1").code == 0
    assert desk.sample.read_bytes() == before


def test_merge_says_where_both_sides_changed_an_answer(desk: Desk) -> None:
    for name, owner in (("base", "CI-0004"), ("ours", "Ann"), ("theirs", "Bo")):
        text = desk.sample.read_text(encoding="utf-8")
        changed = text.replace('"owner": "change manager"', f'"owner": "{owner}"') if name != "base" else text
        (desk.folder / f"{name}.json").write_text(changed, encoding="utf-8")
    result = desk.process("merge", "base.json", "ours.json", "theirs.json")
    assert result.code == 1
    assert result.out == 'conflict: CI-0003, register, owner: ours "Ann", theirs "Bo"\n'
    assert result.out.strip() in desk.process("show", "ours.json").out
    doctor = desk.process("doctor", "ours.json")
    assert doctor.code == 1
    assert "not settled" in doctor.out


def test_reports_go_to_standard_output_and_to_files(desk: Desk) -> None:
    assert desk.process("report", desk.sample, "ci-0001").out.startswith("# CI-0001 Restore store systems faster\n")
    assert desk.process("report", desk.sample, "CI-0001", "--format", "md,html,json", "-o", "one").code == 0
    assert {each.name for each in desk.folder.glob("one*")} == {"one.md", "one.html", "one.json"}


def test_a_spreadsheet_is_shown_first_and_then_brought_in(desk: Desk) -> None:
    sheet = b"No,Opportunity,Owner\n1,Faster refunds,Ann\n"
    desk.process("new", "desk.json")
    assert "nothing is written yet" in desk.process("import", "desk.json", "-", stdin=sheet).out
    assert json.loads(desk.process("show", "desk.json", "--json").out)["improvements"] == []
    assert desk.process("import", "desk.json", "-", "--yes", stdin=sheet).code == 0
    assert json.loads(desk.process("show", "desk.json", "--json").out)["improvements"][0]["owner"] == "Ann"


@pytest.mark.parametrize("arguments", SCREENS, ids=" ".join)
def test_a_screen_without_a_terminal_says_so_and_ends(desk: Desk, arguments: list[str]) -> None:
    assert desk.sample.exists()
    result = desk.process(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err == "cimodel-tui: this needs a terminal; `cimodel-tui --help` lists what works without one\n"


@pytest.mark.parametrize(
    "command", ["show sample.json --json", "report sample.json --format html", "--help", "due sample.json"]
)
def test_a_closed_pipe_is_no_traceback(desk: Desk, command: str) -> None:
    assert desk.sample.exists()
    result = desk.shell(f"cimodel-tui {command} | head -1")
    assert len(result.out.splitlines()) == 1
    assert result.err == ""


def test_a_full_disk_behind_standard_output_is_one_line(desk: Desk) -> None:
    result = desk.shell(f"cimodel-tui show {desk.sample} > /dev/full")
    assert result.code == 2
    assert result.err == "cimodel-tui: No space left on device\n"


def test_closed_ends_are_no_traceback(desk: Desk) -> None:
    assert desk.shell(f"cimodel-tui show {desk.sample} >&-").err == ""
    result = desk.shell(f"cimodel-tui reading add {desk.sample} CI-0001 m1 - <&-")
    assert (result.code, result.err) == (2, "cimodel-tui: standard input is closed\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for the superuser")
def test_a_place_that_cannot_be_written_is_one_line(desk: Desk) -> None:
    folder = desk.sample.parent / "closed"
    folder.mkdir()
    shutil.copy(desk.sample, folder / "desk.json")
    folder.chmod(0o555)
    for arguments in (["add", "closed/desk.json", "An idea"], ["new", "closed/new.json"]):
        result = desk.process(*arguments)
        assert (result.code, result.err.count("\n")) == (2, 1)
    assert desk.process("show", "closed/desk.json").code == 0
    folder.chmod(0o755)


def test_a_folder_that_is_not_there_is_one_line(desk: Desk) -> None:
    tries = (
        ["new", "nowhere/desk.json"],
        ["report", desk.sample, "-o", "nowhere/one.md"],
        ["show", "nowhere/desk.json"],
        ["doctor", "nowhere/desk.json"],
        ["import", desk.sample, "nowhere.csv"],
        ["merge", "a", "b", "c"],
        ["backups", "nowhere.json"],
        ["restore", "nowhere.json"],
    )
    for arguments in tries:
        result = desk.process(*arguments)
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1), arguments
        assert result.err.startswith("cimodel-tui: ")


def test_a_reading_from_the_shell_reaches_a_workbook_that_is_open(desk: Desk) -> None:
    state = desk.folder / "home" / "state"
    store = open_store(desk.sample, UserFolders(desk.folder / "data", state, state), StorageContext())
    try:
        assert desk.process("reading", "add", desk.sample, "CI-0001", "m1", "2026-11-23", "4.2").code == 0
        store.check_outside()
        entry = next(each for each in store.documents().improvements.values() if each.ref == "CI-0001")
        assert any(days.get("2026-11-23") for days in entry.readings.values())
    finally:
        store.close()


def test_no_command_writes_colour_into_a_pipe(desk: Desk) -> None:
    for arguments in (["show", desk.sample], ["due", desk.sample], ["report", desk.sample, "CI-0001"], ["--help"]):
        assert "\x1b" not in desk.process(*arguments, FORCE_COLOR="1", CLICOLOR_FORCE="1").out


def test_today_is_given_before_or_after_the_command_or_by_the_environment(desk: Desk) -> None:
    late = [["--today", "2027-06-01", "due", desk.sample], ["due", desk.sample, "--today=2027-06-01"]]
    assert [desk.process(*each).code for each in late] == [1, 1]
    assert desk.process(*late[0]).out == desk.process("due", desk.sample, CIMODEL_TUI_TODAY="2027-06-01").out
    assert desk.process("due", desk.sample, CIMODEL_TUI_TODAY="soon").code == 2


def test_a_draft_that_an_app_left_is_taken_up_and_named(desk: Desk) -> None:
    state = UserFolders(desk.folder / "data", desk.folder / "home/XDG_STATE_HOME/cimodel-tui", desk.folder)
    store = open_store(desk.sample, state, StorageContext(debounce=None))
    entry = next(each for each in store.documents().improvements.values() if each.ref == "CI-0008")
    store.put([replace(entry, owner="Zoë")])
    store._worker.stop()  # noqa: SLF001 - a killed process takes its threads along
    store._locks.release()  # noqa: SLF001 - and its locks
    result = desk.process("add", desk.sample, "Another idea")
    assert (result.code, result.err.startswith("cimodel-tui: ")) == (0, True)
    owners = {
        each["ref"]: each["owner"]
        for each in json.loads(desk.process("show", desk.sample, "--json").out)["improvements"]
    }
    assert owners["CI-0008"] == "Zoë"


def test_another_process_writes_the_same_bytes(desk: Desk) -> None:
    for name in ("one", "two"):
        arguments = ("report", desk.sample, "CI-0002", "--format", "md,html,json", "-o", name)
        assert desk.process(*arguments, PYTHONHASHSEED=str(ord(name[0]))).code == 0
    for ending in ("md", "html", "json"):
        assert (desk.folder / f"one.{ending}").read_bytes() == (desk.folder / f"two.{ending}").read_bytes()


def test_a_report_keeps_links_and_modes_and_leaves_nothing_beside_it(desk: Desk) -> None:
    real, link = desk.folder / "real.md", desk.folder / "link.md"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    assert desk.process("report", desk.sample, "-o", link).code == 0
    assert link.is_symlink()
    assert (real.stat().st_mode & 0o777, real.read_text(encoding="utf-8")[0]) == (0o640, "#")
    assert desk.process("report", desk.sample, "-o", "/dev/stdout").out.startswith("# ")
    assert sorted(each.name for each in desk.folder.glob(".*")) == []


def test_help_loads_neither_the_model_nor_the_store() -> None:
    code = "import sys; from cimodel_tui.cli import run; run(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    completed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = completed.stderr
    assert all(f"cimodel_tui.{part}" not in loaded for part in ("model", "storage", "workbook", "coach", "reports"))
    assert all(f"'{name}'" not in loaded for name in ("argparse", "dataclasses", "textual", "tinydb", "json"))
    assert all(each.name in completed.stdout for each in COMMANDS)
