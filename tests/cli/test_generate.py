"""Completion: commands, options and files, in the shells that are there."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.cli.commands import COMMANDS

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


def completed(desk: Desk, *words: str) -> set[str]:
    """Return what bash offers for the last word."""
    (desk.folder / "completion.bash").write_text(desk.run("completion", "bash").out, encoding="utf-8")
    quoted = " ".join(f"'{word}'" for word in words)
    setup = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}"
    line = f"source completion.bash; {setup}; _cimodel_tui; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "-c", line], cwd=desk.folder, capture_output=True, check=True, text=True)
    return set(done.stdout.split())


def test_bash_completes_commands(desk: Desk) -> None:
    assert completed(desk, "cimodel-tui", "re") == {"reading", "report", "restore"}
    assert {each.name for each in COMMANDS} <= completed(desk, "cimodel-tui", "")


def test_bash_completes_the_options_of_a_command(desk: Desk) -> None:
    assert completed(desk, "cimodel-tui", "--today", "2026-01-01", "report", "x.json", "--") == {
        "--format",
        "--no-bom",
        "--since",
        "--today",
        "--data-dir",
        "--help",
    }
    assert "--why" in completed(desk, "cimodel-tui", "reading", "--w")


def test_bash_completes_files(desk: Desk) -> None:
    assert desk.sample.exists()
    assert completed(desk, "cimodel-tui", "sam") == {"sample.json"}
    assert completed(desk, "cimodel-tui", "show", "sam") == {"sample.json"}
    assert "sample.json" in completed(desk, "cimodel-tui", "report", "x.json", "-o", "sa")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_name_every_command_and_are_read_by_their_shell(desk: Desk, shell: str) -> None:
    script = desk.run("completion", shell).out
    assert all(each.name in script for each in COMMANDS)
    program = shutil.which(shell)
    if program:
        subprocess.run([program, "-n", "/dev/stdin"], input=script, text=True, check=True, capture_output=True)


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
    result = desk.run(word)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert f"did you mean {meant}?" in result.err


def test_file_with_the_name_of_a_near_command_is_opened(desk: Desk) -> None:
    (desk.folder / "dif").write_bytes(desk.sample.read_bytes())
    assert "did you mean" not in desk.run("dif").err
    assert "did you mean" not in desk.run("./dif").err
    assert "did you mean" not in desk.run("dif.json").err


def test_word_that_is_far_from_every_command_is_a_file(desk: Desk) -> None:
    assert "workbook does not exist" in desk.run("workbook").err
