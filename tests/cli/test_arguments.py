"""Several files and folders, and the ref behind a single file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


@pytest.fixture
def two(desk: Desk) -> tuple[str, str]:
    for name in ("one.json", "two.json"):
        desk.run("new", name, "--title", name)
        desk.run("add", name, f"An idea of {name}", "--today", "2026-01-05")
    return "one.json", "two.json"


def test_last_word_is_a_ref_behind_one_file(desk: Desk, two: tuple[str, str]) -> None:
    assert desk.run("show", two[0], "ci-0001", "--json").json["title"] == "An idea of one.json"


def test_ref_that_there_is_not_is_one_line(desk: Desk, two: tuple[str, str]) -> None:
    result = desk.run("show", two[0], "CI-0099")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "no improvement CI-0099" in result.err


def test_two_files_are_two_workbooks(desk: Desk, two: tuple[str, str]) -> None:
    found = desk.run("show", *two, "--json").json
    assert [(each["workbook"], each["title"]) for each in found] == [(name, name) for name in two]
    assert [line for line in desk.run("show", *two).out.splitlines() if line.startswith("==")] == [
        "== one.json",
        "== two.json",
    ]


def test_findings_of_several_workbooks_name_theirs(desk: Desk, two: tuple[str, str]) -> None:
    desk.run("add", two[0], "Install a chat bot")
    found = desk.run("coach", *two, "--json").json
    assert {each["workbook"] for each in found if "chat bot" in each["message"] or each["id"] == "V4"} == {"one.json"}
    assert {each["workbook"] for each in found} == set(two)
    assert all("workbook" not in each for each in desk.run("coach", two[0], "--json").json)


def test_doctor_examines_every_file_of_a_folder(desk: Desk, two: tuple[str, str]) -> None:
    assert desk.run("doctor", ".").out.count("sound, every seal holds") == 2
    (desk.folder / "bad.cimodel.json").write_text("{", encoding="utf-8")
    result = desk.run("doctor", *two, "bad.cimodel.json")
    assert result.code == 1
    assert "! bad.cimodel.json: " in result.out
    assert result.out.count("sound, every seal holds") == 2


def test_folder_without_a_workbook_is_one_line(desk: Desk) -> None:
    (desk.folder / "empty").mkdir()
    for command in ("doctor", "show", "report", "coach", "due", "portfolio"):
        result = desk.run(command, "empty")
        assert (result.code, result.err.count("\n")) == (2, 1), command


def test_reports_of_several_workbooks_go_into_a_folder(desk: Desk, two: tuple[str, str]) -> None:
    assert desk.run("report", *two).code == 2
    assert desk.run("report", *two, "--format", "md,html", "-o", "out").code == 0
    names = sorted(path.name for path in (desk.folder / "out").iterdir())
    assert names == ["one.html", "one.md", "two.html", "two.md"]


def test_due_of_one_owner_leaves_out_the_others(desk: Desk) -> None:
    assert desk.run("due", desk.sample, "--owner", "incident manager", "--json").json == []
    assert {
        each["improvement"] for each in desk.run("due", desk.sample, "--owner", "service desk lead", "--json").json
    } == {"CI-0002"}


def test_short_due_says_how_many_are_late(desk: Desk) -> None:
    result = desk.run("due", desk.sample, "--short")
    late = sum(each["days"] < 0 for each in desk.run("due", desk.sample, "--json").json)
    assert (result.code, result.out) == (1, f"{late} late\n")


def test_doctor_names_readings_that_are_not_counted(desk: Desk) -> None:
    document = json.loads(desk.sample.read_bytes())
    readings = next(each["readings"] for each in document["improvements"].values() if each["ref"] == "CI-0001")
    first = next(each for each in readings.values() if each)
    day = min(first)
    first[day]["value"] = "<5"
    desk.sample.write_text(json.dumps(document), "utf-8")
    result = desk.run("doctor", desk.sample)
    assert f"1 reading is not counted, the first {day}: " in result.out
