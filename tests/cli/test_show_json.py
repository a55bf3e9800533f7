"""The JSON that scripts rely on: documented keys, texts as typed, numbers as numbers, nothing as null."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cimodel_tui.model.seal import fingerprint
from cimodel_tui.model.step import STEP_KEYS

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


def keys(found: list[dict[str, Any]]) -> set[frozenset[str]]:
    return {frozenset(each) for each in found}


def walk(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return [each for inner in value.values() for each in walk(inner)]
    return [each for inner in value for each in walk(inner)] if isinstance(value, list) else [value]


def test_show_lists_the_register(desk: Desk) -> None:
    document = desk.run("show", desk.sample, "--json").json
    assert set(document) == {"format", "title", "improvements"}
    names = {"ref", "title", "owner", "status", "step", "score", "review_on", "stale", "next"}
    assert keys(document["improvements"]) == {frozenset(names)}
    first, stale = document["improvements"][0], document["improvements"][3]
    assert (first["ref"], first["status"], first["step"], first["stale"]) == ("CI-0001", "embedding", "momentum", False)
    assert (stale["owner"], stale["stale"]) == (None, True)
    assert isinstance(first["score"], int)


def test_show_tells_everything_about_one_improvement(desk: Desk) -> None:
    document = desk.run("show", desk.sample, "ci-0002", "--json").json
    assert {"ref", "title", "status", "history", "metrics", "iterations", "score", "sponsor", "review_on"} <= set(
        document
    )
    assert [each["number"] for each in document["iterations"]] == [1, 2]
    first, second = document["iterations"]
    assert set(STEP_KEYS) <= set(first)
    assert (first["parent"], second["parent"], second["entered_at"]) == (None, 1, "baseline")
    assert set(first["verdict"]) == {"word", "suggested", "reason", "at_a_cost", "not_known", "closes_as", "sentence"}
    assert (first["verdict"]["word"], first["verdict"]["at_a_cost"]) == ("better-not-there", ["reopened"])
    assert [each["path"][-1] for each in second["amendments"]] == ["by"]


def test_show_gives_readings_as_typed_and_what_is_computed_as_numbers(desk: Desk) -> None:
    document = desk.run("show", desk.sample, "CI-0001", "--json").json
    reading = document["metrics"][0]["readings"][0]
    none: dict[str, object] = {"note": None, "set_aside": None, "of": None, "was": []}
    assert reading == {"date": "2026-01-05", "value": "7.1", **none}
    measured = document["iterations"][0]["measured"][0]
    assert {"metric", "role", "baseline", "after", "achieved", "signals", "level", "verdict"} <= set(measured)
    assert (measured["metric"], measured["role"]) == (document["metrics"][0]["id"], "outcome")
    assert round(measured["achieved"], 2) == 4.68
    assert measured["baseline"]["n"] == 12


def test_an_empty_answer_is_null_and_a_sealed_copy_stays_as_it_is(desk: Desk) -> None:
    document = desk.run("show", desk.sample, "CI-0003", "--json").json
    seals = [each["baseline"].pop("seal") for each in document["iterations"]]
    seals += [seal for each in document["iterations"] if (seal := each["target"].pop("seal"))]
    assert "" not in walk(document)
    assert all(fingerprint(each["copy"]) == each["sha256"] for each in seals)


def test_due_lists_what_has_a_day(desk: Desk) -> None:
    result = desk.run("due", desk.sample, "--json")
    assert result.code == 1
    assert keys(result.json) == {frozenset({"improvement", "iteration", "kind", "what", "due", "days"})}
    assert [each["days"] for each in result.json] == sorted(each["days"] for each in result.json)
    assert result.json[0]["days"] < 0


def test_due_of_several_workbooks_says_which(desk: Desk) -> None:
    desk.run("new", "empty.json")
    found = desk.run("due", desk.sample, "empty.json", "--json").json
    assert {each["workbook"] for each in found} == {str(desk.sample)}
    assert str(desk.sample) in desk.run("due", "empty.json", desk.sample).out


def test_due_is_quiet_where_nothing_is_due(desk: Desk) -> None:
    desk.run("new", "empty.json")
    assert (desk.run("due", "empty.json").code, desk.run("due", "empty.json").out) == (0, "")
    assert desk.run("due", "empty.json", "--json").json == []


def test_due_without_files_looks_at_the_saved_workbooks_and_names_a_bad_one(desk: Desk) -> None:
    (desk.folder / "data").mkdir()
    desk.sample.rename(desk.folder / "data" / "good.json")
    (desk.folder / "data" / "bad.json").write_text("{", encoding="utf-8")
    result = desk.run("due")
    assert result.code == 1
    assert "CI-0004" in result.out
    assert "bad.json cannot be opened" in result.err


def test_coach_lists_findings_with_their_answers(desk: Desk) -> None:
    found = desk.run("coach", desk.sample, "--json").json
    names = {"id", "improvement", "iteration", "step", "field", "row", "message", "acknowledged"}
    assert keys(found) == {frozenset(names)}
    stale = next(each for each in found if each["id"] == "S1")
    assert (stale["improvement"], stale["step"], stale["field"], stale["row"]) == (
        "CI-0004",
        "register",
        "review_on",
        None,
    )
    assert {each["improvement"] for each in desk.run("coach", desk.sample, "CI-0002", "--json").json} <= {"CI-0002"}


def test_list_counts_as_of_today(desk: Desk) -> None:
    (desk.folder / "data").mkdir()
    desk.sample.rename(desk.folder / "data" / "good.json")
    (listed,) = desk.run("list", "--json").json
    assert set(listed) == {"path", "title", "improvements", "overdue", "last_opened"}
    assert (listed["improvements"], listed["overdue"], listed["last_opened"]) == (8, 2, None)
    assert "8 improvements, 2 overdue" in desk.run("list").out
    assert desk.run("--today", "2026-01-01", "list", "--json").json[0]["overdue"] == 0


def test_a_workbook_that_cannot_be_opened_stays_on_the_list(desk: Desk) -> None:
    (desk.folder / "data").mkdir()
    (desk.folder / "data" / "bad.json").write_text("{", encoding="utf-8")
    (listed,) = desk.run("list", "--json").json
    assert (listed["title"], listed["improvements"]) == (None, None)
    assert "cannot be opened" in desk.run("list").out


def test_json_escapes_what_a_terminal_would_obey(desk: Desk) -> None:
    desk.run("new", "desk.json")
    title = "a\x1b]0;x\x07 \u202eb \x9b2J ]]> <script>"
    desk.run("add", "desk.json", title)
    result = desk.run("show", "desk.json", "--json")
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(result.out)
    assert json.loads(result.out)["improvements"][0]["title"] == title


def test_text_draws_what_a_terminal_would_obey(desk: Desk) -> None:
    desk.run("new", "desk.json")
    desk.run("add", "desk.json", "a\x1b]0;x\x07 \u202eb \x9b2J " + "long " * 2_000)
    for command in (
        ["show", "desk.json"],
        ["show", "desk.json", "CI-0001"],
        ["coach", "desk.json"],
        ["due", "desk.json"],
    ):
        out = desk.run("--today", "2027-02-01", *command).out
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(out)
    assert "␛]0;x␇" in desk.run("show", "desk.json", "CI-0001").out


def test_show_says_what_was_answered_step_by_step(desk: Desk) -> None:
    out = desk.run("show", desk.sample, "CI-0002").out
    assert "[x] 1 What is the vision?" in out
    assert "Vision: Students and staff hang up with the problem gone, not with a ticket number." in out
    assert "  2026-02-02  58.2\n" in out
    assert "metric: first-contact resolution" in out


def test_the_same_workbook_gives_the_same_bytes(desk: Desk) -> None:
    for command in (
        ["show", desk.sample, "--json"],
        ["show", desk.sample, "CI-0003", "--json"],
        ["coach", desk.sample],
    ):
        assert desk.run(*command).out == desk.run(*command).out
