"""Readings from the shell: one or many, all or nothing, and nothing that was agreed is changed without a reason."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cimodel_tui.storage.system import System

if TYPE_CHECKING:
    from tests.cli.conftest import CommandResult, Desk


def add(desk: Desk, *arguments: str, stdin: str = "", ref: str = "CI-0001") -> CommandResult:
    return desk.run("reading", "add", desk.sample, ref, *arguments, stdin=stdin)


def readings(desk: Desk, metric: int = 0, ref: str = "CI-0001") -> dict[str, Any]:
    document = desk.run("show", desk.sample, ref, "--json").json
    return {each["date"]: each for each in document["metrics"][metric]["readings"]}


@pytest.mark.parametrize("metric", ["m1", "M1", "P2 time to restore", "p2  TIME to restore"])
def test_a_metric_is_meant_by_place_or_name(desk: Desk, metric: str) -> None:
    assert add(desk, metric, "2026-11-23", "4.2").code == 0
    assert readings(desk)["2026-11-23"]["value"] == "4.2"


def test_a_metric_is_meant_by_its_id(desk: Desk) -> None:
    known = desk.run("show", desk.sample, "CI-0001", "--json").json["metrics"][2]
    assert add(desk, known["id"], "2026-11-23", "4.2").out == f"CI-0001 {known['name']}: 1 reading added\n"


@pytest.mark.parametrize("value", ["-1.5", "0", ".5", "7.10", "1e3"])
def test_a_value_is_kept_as_it_was_typed(desk: Desk, value: str) -> None:
    assert add(desk, "m1", "today", value).code == 0
    assert readings(desk)["2026-11-23"]["value"] == value


def test_many_are_one_change_with_their_notes(desk: Desk) -> None:
    rows = 'day,value,note\n2026-11-20,4.1,\n2026-11-21,4.2,"holiday, half the stores"\n\n2026-11-22 , 4.3\n'
    assert add(desk, "m1", "-", stdin=rows).out == "CI-0001 P2 time to restore: 3 readings added\n"
    found = readings(desk)
    assert found["2026-11-21"] == {
        "date": "2026-11-21",
        "value": "4.2",
        "note": "holiday, half the stores",
        "set_aside": None,
        "of": None,
        "was": [],
    }
    assert found["2026-11-22"]["value"] == "4.3"


def test_rows_are_refused_by_number_and_reason_and_nothing_is_added(desk: Desk) -> None:
    before = desk.sample.read_bytes()
    rows = "2026-11-20,4.1\n2026-13-01,4\n2026-11-21,many\n2026-11-20,4.2\n"
    result = add(desk, "m1", "-", stdin=rows)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert 'row 2: "2026-13-01" is not a date' in result.err
    assert 'row 3: "many" is not a number' in result.err
    assert "row 4: 2026-11-20 stands in row 1 already" in result.err
    assert desk.sample.read_bytes() == before


def test_of_many_refused_rows_the_first_are_named(desk: Desk) -> None:
    result = add(desk, "m1", "-", stdin="date,value\n" + "x,1\n" * 25)
    assert "row 21" in result.err
    assert "row 22" not in result.err
    assert "and 5 more" in result.err


def test_a_reading_that_is_there_is_no_error_and_another_value_is(desk: Desk) -> None:
    there = readings(desk)["2026-11-16"]["value"]
    same = add(desk, "m1", "-", stdin=f"2026-11-16,{there}0\n2026-11-17,4.4\n")
    assert same.out == "CI-0001 P2 time to restore: 1 reading added, 1 there already\n"
    assert readings(desk)["2026-11-16"]["value"] == there
    other = add(desk, "m1", "-", stdin="2026-11-18,4.4\n2026-11-16,99\n")
    assert (other.code, f"2026-11-16 {there} becomes 99: --restate takes them" in other.err) == (1, True)
    assert readings(desk)["2026-11-18"]["value"] == "4.4"
    assert readings(desk)["2026-11-16"]["value"] == there
    one = add(desk, "m1", "2026-11-16", "99")
    assert (one.code, "--restate" in one.err) == (2, True)


def test_a_restated_value_stays_on_record(desk: Desk) -> None:
    there = readings(desk)["2026-11-16"]["value"]
    assert add(desk, "m1", "-", "--restate", stdin="2026-11-16,99\n").code == 0
    assert readings(desk)["2026-11-16"]["value"] == "99"
    (metric,) = (
        each for each in json.loads(desk.sample.read_text("utf-8"))["improvements"].values() if each["ref"] == "CI-0001"
    )
    found = [
        days["2026-11-16"] for days in metric["readings"].values() if days.get("2026-11-16", {}).get("value") == "99"
    ]
    assert [(old["value"], old["by"]) for old in found[0]["was"]] == [(there, "standard input")]


def test_a_table_changes_nothing_inside_an_agreed_baseline(desk: Desk) -> None:
    result = add(desk, "m1", "-", stdin="2026-01-05,99\n2026-11-18,4.4\n")
    assert (result.code, "sealed reading differs by at most" in result.err) == (0, True)
    assert readings(desk)["2026-01-05"]["value"] != "99"
    assert readings(desk)["2026-11-18"]["value"] == "4.4"
    assert add(desk, "m1", "-", "--why", "the tool was wrong", stdin="2026-01-05,99\n").code == 0
    assert readings(desk)["2026-01-05"]["value"] == "99"


def test_a_row_without_a_value_is_listed(desk: Desk) -> None:
    result = add(desk, "m1", "-", stdin="2026-11-20,4.1\n2026-11-21,n/a\n2026-11-22\n")
    assert result.code == 0
    assert result.err.count("is left out") == 2
    assert "2026-11-21" not in readings(desk)


def test_an_open_question_names_the_option_that_answers_it(desk: Desk) -> None:
    before = desk.sample.read_bytes()
    result = add(desk, "m1", "-", stdin="2026-11-20,7,1\n2026-11-21,6,2\n")
    assert (result.code, result.err.count("\n"), "--decimal comma|point" in result.err) == (2, 1, True)
    assert desk.sample.read_bytes() == before
    assert add(desk, "m1", "-", "--decimal", "comma", stdin="2026-11-20,7,1\n2026-11-21,6,2\n").code == 0
    assert [readings(desk)[day]["value"] for day in ("2026-11-20", "2026-11-21")] == ["7.1", "6.2"]


def test_a_note_that_is_given_takes_the_place_of_the_one_before(desk: Desk) -> None:
    there = readings(desk)["2026-11-16"]["value"]
    assert add(desk, "m1", "2026-11-16", there, "--note", "a quiet week").code == 0
    assert readings(desk)["2026-11-16"]["note"] == "a quiet week"


def test_an_agreed_baseline_takes_a_reading_with_a_reason_only(desk: Desk) -> None:
    refused = add(desk, "m1", "2026-01-07", "6.6")
    assert (refused.code, "--why" in refused.err) == (2, True)
    assert add(desk, "m1", "2026-01-07", "6.6", "--why", "found on paper").code == 0
    iteration = desk.run("show", desk.sample, "CI-0001", "--json").json["iterations"][0]
    assert [(each["path"][-1], each["why"]) for each in iteration["amendments"]] == [("2026-01-07", "found on paper")]
    assert desk.run("doctor", desk.sample).code == 0


def test_a_day_in_the_future_is_taken_with_a_warning(desk: Desk) -> None:
    result = add(desk, "m1", "2026-11-30", "4.4")
    assert (result.code, result.err) == (0, "cimodel-tui: 2026-11-30 lies in the future\n")


def test_a_hundred_thousand_rows_are_one_write(desk: Desk) -> None:
    first = date(2026, 11, 23)
    rows = "".join(f"{first + timedelta(days=each)},{each % 97}.5\n" for each in range(100_000))
    assert add(desk, "m1", "-", stdin=rows).out == "CI-0001 P2 time to restore: 100000 readings added\n"
    assert desk.run("backups", desk.sample).out.count("\n") == 1


def test_nothing_on_standard_input_is_said(desk: Desk) -> None:
    assert "no reading" in add(desk, "m1", "-", stdin="\n\n").err
    assert "no reading" in add(desk, "m1", "-", stdin="").err


@pytest.mark.parametrize("stdin", [b"\xef\xbb\xbf2026-11-20,4.1\r\n", b"2026-11-20,4.1,\xff\n"])
def test_bytes_of_every_kind_are_read(desk: Desk, stdin: bytes) -> None:
    assert desk.run("reading", "add", desk.sample, "CI-0001", "m1", "-", stdin=stdin).code == 0
    assert readings(desk)["2026-11-20"]["value"] == "4.1"


def test_a_nul_byte_is_refused(desk: Desk) -> None:
    result = add(desk, "m1", "-", stdin="2026-11-20,4.1,\0\n")
    assert (result.code, "NUL" in result.err) == (2, True)


def test_an_amendment_without_a_configured_name_is_signed_by_the_login_and_says_so(desk: Desk) -> None:
    result = add(desk, "m1", "2026-01-07", "6.6", "--why", "found on paper")
    login = System.platform.user()
    assert (result.code, result.err.count("\n")) == (0, 1)
    assert f'signed by "{login}", your login' in result.err
    iteration = desk.run("show", desk.sample, "CI-0001", "--json").json["iterations"][0]
    assert [each["by"] for each in iteration["amendments"]] == [login]


def test_a_day_without_a_year_is_none_that_is_still_to_come(desk: Desk) -> None:
    words = ("--today", "2026-11-23", "reading", "add", desk.sample, "CI-0001", "m1")
    assert desk.run(*words, "24 dec", "7.1").code == 0
    assert desk.run(*words, "5 jan 2025", "6.2").code == 0
    slip = desk.run(*words, "0206-01-05", "5")
    assert (slip.code, "before 1900" in slip.err) == (2, True)
    document: Any = desk.run("show", desk.sample, "CI-0001", "--json").json
    known = {each["date"]: each["value"] for each in document["metrics"][0]["readings"]}
    assert (known["2025-12-24"], known["2025-01-05"], "2026-12-24" in known) == ("7.1", "6.2", False)


@pytest.mark.parametrize(
    ("kind", "arguments", "why"),
    [
        ("share", ("45", "--total", "40"), "above its total"),
        ("share", ("45",), "--total"),
        ("value", ("45", "--total", "50"), "of kind value"),
        ("events", ("1.5",), "whole numbers"),
    ],
)
def test_a_reading_that_its_kind_forbids_is_refused(
    desk: Desk, kind: str, arguments: tuple[str, ...], why: str
) -> None:
    document = json.loads(desk.sample.read_bytes())
    for each in document["iterations"].values():
        each["baseline"]["metrics"] = [{**row, "kind": kind} for row in each["baseline"]["metrics"]]
    desk.sample.write_text(json.dumps(document), "utf-8")
    result = add(desk, "m1", "2026-11-23", *arguments)
    assert (result.code, why in result.err) == (2, True)
    assert "2026-11-23" not in readings(desk)


def test_what_a_preview_would_say_is_said_without_one(desk: Desk) -> None:
    text = "Last year\nDatum;Größe;Wert\n2026-11-22;groß;7,1\n".encode("cp1252")
    result = desk.run("reading", "add", desk.sample, "CI-0001", "m1", "-", stdin=text)
    assert result.code == 0
    for words in ("read as cp1252", "row 1 above the header is left out", 'not read: column "Größe"'):
        assert words in result.err


def test_a_table_without_a_reading_says_why(desk: Desk) -> None:
    result = add(desk, "m1", "-", stdin="date,value\n2026-11-22,n/a\nTotal,7\n")
    assert result.code == 2
    assert 'there is no reading in it; row 2 is left out: no value: "n/a"; row 3 is left out: no date' in result.err
