"""The manual page is made from the table of commands."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.cli.commands import COMMANDS

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


def test_page_names_every_command_and_its_options(desk: Desk) -> None:
    out = desk.run("man").out.replace("\\-", "-")
    for each in COMMANDS:
        assert f".SS {each.name}" in out
        assert all(name.partition("=")[0].rstrip("+") in out for name, _ in each.arguments if name.startswith("-"))


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_page_is_set_without_a_warning(desk: Desk) -> None:
    page = desk.run("man").out.encode()
    done = subprocess.run(["groff", "-man", "-ww", "-Tutf8"], input=page, capture_output=True, check=True)
    assert done.stderr == b""
    assert b"Example: cimodel-tui portfolio" in done.stdout


@pytest.mark.parametrize(
    ("word", "meant"), [("shwo", "show"), ("dif", "diff"), ("reprt", "report"), ("doctr", "doctor"), ("sit", "site")]
)
def test_mistyped_command_is_named(desk: Desk, word: str, meant: str) -> None:
    told = desk.run(word)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert f"did you mean {meant}?" in told.err


def test_file_with_the_name_of_a_near_command_is_opened(desk: Desk) -> None:
    (desk.folder / "dif").write_bytes(desk.sample.read_bytes())
    assert "did you mean" not in desk.run("dif").err
    assert "did you mean" not in desk.run("./dif").err
    assert "did you mean" not in desk.run("dif.json").err


def test_word_that_is_far_from_every_command_is_a_file(desk: Desk) -> None:
    assert "workbook does not exist" in desk.run("workbook").err
