"""Wrong use: one line on standard error, exit code 2, and nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cimodel_tui.cli.commands import COMMANDS

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_help_of_every_command_has_an_example(desk: Desk, command: object) -> None:
    name, example = command.name, command.example  # type: ignore[attr-defined]  # one of the table
    said = desk.run(name, "-h")
    assert said.code == 0
    assert "example: " in said.out
    assert example.split()[0] in said.out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["due", "--bogus"], "--bogus"),
        (["reading"], "FILE"),
        (["reading", "add", "sample.json", "CI-0001", "m1", "2026-11-23"], "needs its value"),
        (["reading", "add", "sample.json", "CI-0099", "m1", "2026-11-23", "1"], "CI-0099"),
        (["reading", "add", "sample.json", "CI-0001", "m9", "2026-11-23", "1"], "m1 P2 time to restore"),
        (["reading", "add", "sample.json", "CI-0001", "m1", "31 feb", "1"], "31 feb"),
        (["reading", "add", "sample.json", "CI-0001", "m1", "2026-11-23", "12,5"], "12.5"),
        (["show", "sample.json", "CI-0099"], "CI-0099"),
        (["coach", "sample.json", "nothing"], "nothing"),
        (["report", "sample.json", "--format", "pdf"], "pdf"),
        (["report", "sample.json", "--format", "md,html"], "-o"),
        (["report", "sample.json", "--format", "svg"], "svg"),
        (["report", "sample.json", "--since", "soon"], "soon"),
        (["report", "sample.json", "-o", "."], "folder"),
        (["restore", "sample.json", "first"], "first"),
        (["restore", "sample.json", "7"], "no backup 7"),
        (["add", "sample.json", "  "], "title"),
        (["new", "sample.json"], "sample.json"),
        (["completion", "tcsh"], "tcsh"),
        (["--today", "soon", "show", "sample.json"], "soon"),
        (["nowhere.json"], "nowhere.json does not exist"),
        (["show"], "FILE"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_wrong_use_is_one_line(desk: Desk, arguments: list[str], word: str) -> None:
    before = desk.sample.read_bytes()
    said = desk.run(*arguments)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert word in said.err
    assert desk.sample.read_bytes() == before


def test_a_file_named_like_a_command_is_opened_by_its_path(desk: Desk) -> None:
    assert "list does not exist" in desk.run("./list").err


def test_hostile_words_reach_the_terminal_as_text(desk: Desk) -> None:
    for word in ("\x1b]0;x\x07", "\u202egnp.exe", "\x9b2J", "two\nlines"):
        said = desk.run("show", desk.sample, word)
        assert said.code == 2
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(said.err)
        assert said.err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b"null"])
def test_a_bad_file_is_refused_and_left_alone(desk: Desk, content: bytes) -> None:
    bad = desk.folder / "bad.json"
    bad.write_bytes(content)
    for command in ("show", "due", "coach", "report", "add"):
        said = desk.run(command, bad, *(["An idea"] if command == "add" else []))
        assert (said.code, said.err.count("\n")) == (2, 1)
        assert "bad.json cannot be opened as a workbook" in said.err
    assert bad.read_bytes() == content


def test_a_refused_file_offers_its_newest_sound_backup(desk: Desk) -> None:
    desk.run("add", desk.sample, "An idea")
    desk.run("add", desk.sample, "Another idea")
    desk.sample.write_bytes(b"{")
    refused = desk.run("show", desk.sample)
    assert f"cimodel-tui restore {desk.sample} 1" in refused.err
    doctor = desk.run("doctor", desk.sample)
    assert (doctor.code, f"restore {desk.sample} 1" in doctor.out) == (1, True)
    assert desk.run("restore", desk.sample).code == 0
    assert desk.run("show", desk.sample).code == 0
