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
    told = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}"
    line = f"source completion.bash; {told}; _cimodel_tui; printf '%s\\n' \"${{COMPREPLY[@]}}\""
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
