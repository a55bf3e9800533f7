"""`cimodel-tui diff`: what changed between two states of a workbook, for people, pull requests and git."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cimodel_tui.cli import show_text
from cimodel_tui.cli.shell import Shell, Values, WrongUseError
from cimodel_tui.reports import differences as reports
from cimodel_tui.views.differences import differences

if TYPE_CHECKING:
    from cimodel_tui.workbook import Workbook

FORMATS = ("md", "json", "text")
"""What the changes can be written as."""

_TWO = 2
_OF_GIT = (1, 7, 9)
"""How many words git gives to an external diff: an unmerged path alone; the usual seven; nine for a renamed file."""


def run_diff(shell: Shell, values: Values) -> int:
    """Print what changed from OLD to NEW, or one state as text for git to compare."""
    if values.textconv:
        return _textconv(shell, values)
    if values.git and len(values.files) == 1:
        shell.say(f"{values.files[0]}: not merged yet")
        return 0
    old, new = _states(shell, values)
    found = differences(old, new)
    written = {"md": reports.markdown, "json": reports.as_json, "text": reports.plain}
    sys.stdout.write(written[_format(values)](found))
    return 0


def _format(values: Values) -> str:
    chosen: str = values.format.strip().lower() or ("text" if values.git else "md")
    if chosen not in FORMATS:
        raise WrongUseError(f"diff: no format {chosen}: md, json and text are available")
    return chosen


def _states(shell: Shell, values: Values) -> "tuple[Workbook | None, Workbook | None]":
    if values.git:
        if len(values.files) not in _OF_GIT:
            raise WrongUseError("diff --git: this takes the seven arguments that git passes to an external diff")
        _, old, _, _, new, *_ = values.files
    elif len(values.files) == _TWO:
        old, new = values.files
    else:
        raise WrongUseError("diff: this takes two workbooks: OLD and NEW")
    if old == new == "-":
        raise WrongUseError("diff: standard input is one of two states: name a file for the other")
    return _state(shell, old), _state(shell, new)


def _state(shell: Shell, path: str) -> "Workbook | None":
    """Open one state to look at it; the null device stands for a file that is not there, - for standard input."""
    if path == "-":
        with TemporaryDirectory() as folder:
            given = Path(folder) / "standard input"
            given.write_bytes(shell.input_bytes())
            return shell.open_to_read(given)
    return None if path in (os.devnull, "/dev/null") else shell.open_to_read(path)


def _textconv(shell: Shell, values: Values) -> int:
    """Print one state as text: the register, then every improvement with everything in it."""
    if len(values.files) != 1:
        raise WrongUseError("diff --textconv: this takes one workbook")
    if Path(values.files[0]).is_file() and Path(values.files[0]).stat().st_size == 0:
        return 0
    book = _state(shell, values.files[0])
    if book is None:
        return 0
    for line in show_text.register(book):
        shell.say(line)
    for improvement in book.improvements(archived=True):
        shell.say()
        for line in show_text.improvement(book, improvement):
            shell.say(line)
    return 0
