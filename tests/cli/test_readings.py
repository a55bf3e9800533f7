"""Readings from the shell: one or many, all or nothing, and nothing that was agreed is changed without a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Desk, Said


def add(desk: Desk, *arguments: str, given: str = "", ref: str = "CI-0001") -> Said:
    return desk.run("reading", "add", desk.sample, ref, *arguments, given=given)


def readings(desk: Desk, metric: int = 0, ref: str = "CI-0001") -> dict[str, Any]:
    shown = desk.run("show", desk.sample, ref, "--json").json
    return {each["date"]: each for each in shown["metrics"][metric]["readings"]}


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
    assert add(desk, "m1", "-", given=rows).out == "CI-0001 P2 time to restore: 3 readings added\n"
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
    rows = "2026-11-20,4.1\n2026-13-01,4\n2026-11-21,n/a\n2026-11-20,4.2\n2026-11-22\n"
    said = add(desk, "m1", "-", given=rows)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert 'row 2: "2026-13-01" is no day' in said.err
    assert 'row 3: "n/a" is no number' in said.err
    assert "row 4: 2026-11-20 stands in row 1 already" in said.err
    assert "row 5: there is no number" in said.err
    assert desk.sample.read_bytes() == before


def test_of_many_refused_rows_the_first_are_named(desk: Desk) -> None:
    said = add(desk, "m1", "-", given="x,1\n" * 20)
    assert "row 5" in said.err
    assert "row 6" not in said.err
    assert "and 15 more" in said.err


def test_a_reading_that_is_there_is_no_error_and_another_value_is(desk: Desk) -> None:
    there = readings(desk)["2026-11-16"]["value"]
    same = add(desk, "m1", "-", given=f"2026-11-16,{there}0\n2026-11-17,4.4\n")
    assert same.out == "CI-0001 P2 time to restore: 1 reading added, 1 there already\n"
    assert readings(desk)["2026-11-16"]["value"] == there
    other = add(desk, "m1", "-", given="2026-11-18,4.4\n2026-11-16,99\n")
    assert (other.code, f"row 2: 2026-11-16 holds {there} already, not 99" in other.err) == (2, True)
    assert "2026-11-18" not in readings(desk)


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
    said = add(desk, "m1", "2026-11-30", "4.4")
    assert (said.code, said.err) == (0, "cimodel-tui: 2026-11-30 lies in the future\n")


def test_a_hundred_thousand_rows_are_one_write(desk: Desk) -> None:
    first = date(1700, 1, 1)
    rows = "".join(f"{first + timedelta(days=each)},{each % 97}.5\n" for each in range(100_000))
    assert add(desk, "m1", "-", given=rows).out == "CI-0001 P2 time to restore: 100000 readings added\n"
    assert desk.run("backups", desk.sample).out.count("\n") == 1


def test_nothing_on_standard_input_is_said(desk: Desk) -> None:
    assert "no reading" in add(desk, "m1", "-", given="\n\n").err
    assert "no reading" in add(desk, "m1", "-", given="").err


@pytest.mark.parametrize("given", [b"\xef\xbb\xbf2026-11-20,4.1\r\n", b"2026-11-20,4.1,\xff\n", b"2026-11-20,4.1,\0\n"])
def test_bytes_of_every_kind_are_read(desk: Desk, given: bytes) -> None:
    assert desk.run("reading", "add", desk.sample, "CI-0001", "m1", "-", given=given).code == 0
    assert readings(desk)["2026-11-20"]["value"] == "4.1"
