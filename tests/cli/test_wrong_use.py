"""Wrong use: one line on standard error, exit code 2, and nothing changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.cli.commands import COMMANDS
from cimodel_tui.storage.paths import user_folders
from tests.cli.conftest import Desk

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_help_of_every_command_has_an_example(desk: Desk, command: object) -> None:
    name, example = command.name, command.example  # type: ignore[attr-defined]  # one of the table
    result = desk.run(name, "-h")
    assert result.code == 0
    assert "example: " in result.out
    assert example.split()[0] in result.out


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
    result = desk.run(*arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert word in result.err
    assert desk.sample.read_bytes() == before


def test_a_file_named_like_a_command_is_opened_by_its_path(desk: Desk) -> None:
    assert "list does not exist" in desk.run("./list").err


def test_hostile_words_reach_the_terminal_as_text(desk: Desk) -> None:
    for word in ("\x1b]0;x\x07", "\u202egnp.exe", "\x9b2J", "two\nlines"):
        result = desk.run("show", desk.sample, word)
        assert result.code == 2
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(result.err)
        assert result.err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b"null"])
def test_a_bad_file_is_refused_and_left_alone(desk: Desk, content: bytes) -> None:
    bad = desk.folder / "bad.json"
    bad.write_bytes(content)
    for command in ("show", "due", "coach", "report", "add"):
        result = desk.run(command, bad, *(["An idea"] if command == "add" else []))
        assert (result.code, result.err.count("\n")) == (2, 1)
        assert "bad.json cannot be opened as a workbook" in result.err
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


def config_of(desk: Desk) -> Path:
    del desk
    folder = user_folders().config
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def refused(desk: Desk, *arguments: object) -> str:
    result = desk.run(*arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "Errno" not in result.err
    return result.err


def test_number_of_a_backup_may_have_five_thousand_digits(desk: Desk) -> None:
    assert "There is no backup" in refused(desk, "restore", desk.sample, "9" * 5000)


def test_configuration_folder_that_is_a_file_is_named(desk: Desk) -> None:
    folder = config_of(desk)
    folder.write_text("")
    assert f"{folder} is a file" in refused(desk, "add", desk.sample, "Restore stores faster")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name Ann", 1, "after a name comes ="),
        ("# me\nname = Ann", 2, "without quotes"),
        ('\nname = "Ann', 2, "closing quote"),
        ('name = "A"\nname = "B"', 2, "a second time"),
        ("[keys", 1, "ends with ]"),
        ('name = "A" theme = "b"', 1, "more on this line"),
        ('name = "\\q"', 1, "backslash"),
        ("= 1", 1, "neither a setting nor a"),
    ],
)
def test_configuration_that_is_no_toml_is_told_in_plain_words(desk: Desk, text: str, line: int, words: str) -> None:
    folder = config_of(desk)
    folder.mkdir()
    (folder / "config.toml").write_text(text)
    result = refused(desk, "add", desk.sample, "Restore stores faster")
    assert f"config.toml, line {line}: " in result
    assert words in result


def test_configuration_that_is_not_utf_8_is_named_with_its_line(desk: Desk) -> None:
    folder = config_of(desk)
    folder.mkdir()
    (folder / "config.toml").write_bytes(b"# me\nname = '\xe9'\n")
    assert "config.toml, line 2: it is not UTF-8" in refused(desk, "add", desk.sample, "Restore stores faster")


def test_lock_that_is_a_symbolic_link_is_refused_and_what_it_points_to_is_untouched(desk: Desk) -> None:
    target = desk.folder / "precious.txt"
    target.write_text("precious")
    lock = desk.sample.with_name(f".{desk.sample.name}.editor.lock")
    lock.symlink_to(target)
    result = refused(desk, "add", desk.sample, "Restore stores faster")
    assert f"{lock} is a symbolic link" in result
    assert target.read_text() == "precious"
