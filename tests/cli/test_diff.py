"""`cimodel-tui diff`: two files, the null device, git's words, and one state as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Desk

HOSTILE = "[x](javascript:1) <script> **bold** \x1b]0;t\x07"


def changed(desk: Desk) -> Path:
    path = desk.folder / "new.json"
    path.write_bytes(desk.sample.read_bytes())
    desk.run("add", path, HOSTILE)
    return path


def test_markdown_names_what_changed_and_keeps_typed_text_text(desk: Desk) -> None:
    told = desk.run("diff", desk.sample, changed(desk))
    assert told.code == 0
    assert "- **Verdict** added, idea" in told.out
    assert "\\[x\\]" in told.out
    assert "<script>" not in told.out
    assert "\x1b" not in told.out


def test_json_lists_improvements_with_their_changes(desk: Desk) -> None:
    found = desk.run("diff", desk.sample, changed(desk), "--format", "json").json
    (improvement,) = found["improvements"]
    assert improvement["title"] == HOSTILE
    assert improvement["changes"] == [{"kind": "verdict", "iteration": None, "what": "added, idea"}]


def test_same_file_twice_says_that_nothing_changed(desk: Desk) -> None:
    assert "Nothing changed" in desk.run("diff", desk.sample, desk.sample).out


def test_one_of_both_may_come_from_standard_input(desk: Desk) -> None:
    old = desk.sample.read_bytes()
    told = desk.run("diff", "-", changed(desk), given=old)
    assert (told.code, "- **Verdict** added, idea" in told.out) == (0, True)
    back = desk.run("diff", changed(desk), "-", given=old)
    assert (back.code, "- **Verdict** removed" in back.out) == (0, True)
    assert desk.run("diff", "-", "-", given=old).code == 2
    broken = desk.run("diff", "-", desk.sample, given=b"junk")
    assert (broken.code, "standard input" in broken.err, broken.err.count("\n")) == (2, True, 1)


def test_null_device_is_an_empty_workbook(desk: Desk) -> None:
    told = desk.run("diff", "/dev/null", desk.sample, "--format", "json").json
    assert {each["changes"][0]["what"].split(",")[0] for each in told["improvements"]} == {"added"}
    assert desk.run("diff", "/dev/null", "/dev/null").code == 0


@pytest.mark.parametrize("words", [[], ["one.json"], ["a.json", "b.json", "c.json"]])
def test_wrong_number_of_files_is_one_line(desk: Desk, words: list[str]) -> None:
    told = desk.run("diff", *words)
    assert (told.code, told.err.count("\n")) == (2, 1)


def test_words_of_git_are_understood(desk: Desk) -> None:
    told = desk.run("diff", "--git", "desk.json", desk.sample, "abc", "100644", changed(desk), "def", "100644")
    assert told.code == 0
    assert "  verdict: added, idea" in told.out
    assert "not merged" in desk.run("diff", "--git", "desk.json").out


def test_state_as_text_holds_every_improvement(desk: Desk) -> None:
    told = desk.run("diff", "--textconv", desk.sample)
    assert told.code == 0
    assert all(f"CI-000{number} " in told.out for number in range(1, 9))
    assert told.out == desk.run("diff", "--textconv", desk.sample).out


def test_state_of_an_empty_file_is_no_text(desk: Desk) -> None:
    empty = desk.folder / "empty.json"
    empty.touch()
    assert (desk.run("diff", "--textconv", empty).code, desk.run("diff", "--textconv", empty).out) == (0, "")
