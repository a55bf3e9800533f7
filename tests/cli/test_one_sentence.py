"""What is wrong outside the workbook is said in one sentence that a person can act on."""

from pathlib import Path

import pytest

from cimodel_tui.storage.paths import user_folders
from tests.cli.conftest import Desk


def config_of(desk: Desk) -> Path:
    del desk
    folder = user_folders().config
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def refused(desk: Desk, *arguments: object) -> str:
    said = desk.run(*arguments)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "Errno" not in said.err
    return said.err


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
    told = refused(desk, "add", desk.sample, "Restore stores faster")
    assert f"config.toml, line {line}: " in told
    assert words in told


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
    told = refused(desk, "add", desk.sample, "Restore stores faster")
    assert f"{lock} is a symbolic link" in told
    assert target.read_text() == "precious"
