"""Workbooks under version control: `diff`, the three-way `merge`, and `git setup`.

`git setup` writes to three places: the merge and diff drivers go into the repository's own configuration (which a clone
does not share, so that every clone is set up once), the attributes name them, and the ignore lines cover the files
beside a workbook.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cimodel_tui import cli, reports, storage, views
from cimodel_tui.cli.shell import Shell, Values, WrongUseError
from cimodel_tui.model.answer import Json
from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import Conflict
from cimodel_tui.storage.store import StorageContext

if TYPE_CHECKING:
    from cimodel_tui.workbook import Workbook


_DIFF_FORMATS = ("md", "json", "text")
"""What the changes can be written as."""

_TWO = 2
_GIT_DIFF_ARGUMENTS = (1, 7, 9)
"""How many words git gives to an external diff: an unmerged path alone; the usual seven; nine for a renamed file."""


def run_diff(shell: Shell, values: Values) -> int:
    """Print what changed from OLD to NEW, or one state as text for git to compare."""
    if values.textconv:
        return _print_for_textconv(shell, values)
    if values.git and len(values.files) == 1:
        shell.print(f"{values.files[0]}: not merged yet")
        return 0
    old, new = _old_and_new(shell, values)
    result = views.differences.differences(old, new)
    writers = {
        "md": reports.differences.markdown,
        "json": reports.differences.as_json,
        "text": reports.differences.plain,
    }
    sys.stdout.write(writers[_diff_format(values)](result))
    return 0


def _diff_format(values: Values) -> str:
    chosen: str = values.format.strip().lower() or ("text" if values.git else "md")
    if chosen not in _DIFF_FORMATS:
        raise WrongUseError(f"diff: no format {chosen}: md, json and text are available")
    return chosen


def _old_and_new(shell: Shell, values: Values) -> "tuple[Workbook | None, Workbook | None]":
    if values.git:
        if len(values.files) not in _GIT_DIFF_ARGUMENTS:
            raise WrongUseError("diff --git: this takes the seven arguments that git passes to an external diff")
        _, old, _, _, new, *_ = values.files
    elif len(values.files) == _TWO:
        old, new = values.files
    else:
        raise WrongUseError("diff: this takes two workbooks: OLD and NEW")
    if old == new == "-":
        raise WrongUseError("diff: standard input is one of two states: name a file for the other")
    return _load_state(shell, old), _load_state(shell, new)


def _load_state(shell: Shell, path: str) -> "Workbook | None":
    """Open one state to look at it; the null device means a missing file, - standard input."""
    if path == "-":
        with TemporaryDirectory() as folder:
            file = Path(folder) / "standard input"
            file.write_bytes(shell.input_bytes())
            return shell.open_to_read(file)
    return None if path in (os.devnull, "/dev/null") else shell.open_to_read(path)


def _print_for_textconv(shell: Shell, values: Values) -> int:
    """Print one state as text: the register, then every improvement with everything in it."""
    if len(values.files) != 1:
        raise WrongUseError("diff --textconv: this takes one workbook")
    if Path(values.files[0]).is_file() and Path(values.files[0]).stat().st_size == 0:
        return 0
    book = _load_state(shell, values.files[0])
    if book is None:
        return 0
    for line in cli.show.register_lines(book):
        shell.print(line)
    for improvement in book.improvements(archived=True):
        shell.print()
        for line in cli.show.improvement_lines(book, improvement):
            shell.print(line)
    return 0


def conflict_words(book: "Workbook", conflict: Conflict) -> str:
    """Return which answer is in conflict, and its value on either side."""
    place = conflict.place
    improvement = book.documents.improvements.get(place.improvement)
    iteration = book.documents.iterations.get(place.iteration)
    where = [improvement.ref if improvement else "", f"iteration {iteration.number}" if iteration else ""]
    named = ", ".join(part for part in (*where, place.words or "the whole of it") if part)
    return f"conflict: {named}: ours {_quoted_side(conflict.ours)}, theirs {_quoted_side(conflict.theirs)}"


def _quoted_side(value: Json) -> str:
    words = views.differences.side_words(value)
    return quoted(words) if isinstance(value, str) and value else words


def run_merge(shell: Shell, values: Values) -> int:
    """Merge THEIRS into OURS; exit 1 if an answer was changed on both sides, and print which."""
    base, ours, theirs = (Path(each).expanduser() for each in (values.base, values.ours, values.theirs))
    for path in (base, ours, theirs):
        if path.is_dir() or not path.exists():
            raise WrongUseError(f"merge: {path} is not there")
    result = storage.merge_files(base, ours, theirs, StorageContext(clock=shell.clock))
    for each in result.renumbered:
        shell.print(f"{each.was} of theirs is {each.ref} now")
    if result.conflicts:
        book = shell.open_to_read(ours)
        for conflict in result.conflicts:
            shell.print(conflict_words(book, conflict))
        return 1
    return 0


PATTERN = "*.cimodel.json"
"""The names of workbooks in a repository."""

GIT_SETTINGS = (
    ("merge.cimodel.name", "three-way merge of improvement workbooks"),
    ("merge.cimodel.driver", "cimodel-tui merge %O %A %B"),
    ("diff.cimodel.textconv", "cimodel-tui diff --textconv"),
    ("diff.cimodel.cachetextconv", "true"),
)
"""The settings of the repository's configuration."""

ATTRIBUTES = (f"{PATTERN} merge=cimodel diff=cimodel -text",)
"""Names the drivers, and keeps git from changing the ends of lines: a workbook has one spelling only."""

IGNORED_FILES = (".*.json.lock", ".*.json.editor.lock", ".*.json.tmp-*")
"""The locks and unfinished copies beside a workbook."""


def run_git(shell: Shell, values: Values) -> int:
    """Write drivers, attributes and ignore lines; print what was written; lines that exist are left alone."""
    git = shutil.which("git")
    if git is None:
        raise WrongUseError("git setup: git is not installed")
    top = _repository_root(git, Path(values.dir or ".").expanduser())
    for name, value in GIT_SETTINGS:
        if _local_setting(git, top, name) != value:
            _run_git(git, top, "config", "--local", name, value)
            shell.print(f"git config {name} = {value}")
    for file, lines in ((".gitattributes", ATTRIBUTES), (".gitignore", IGNORED_FILES)):
        for line in _add_lines(top / file, lines):
            shell.print(f"{file}: {line}")
    shell.print(f"{top} is set up: workbooks are named {PATTERN}; commit .gitattributes and .gitignore")
    return 0


def _repository_root(git: str, folder: Path) -> Path:
    if not folder.is_dir():
        raise WrongUseError(f"git setup: {folder} is not a folder")
    result = _run_git(git, folder, "rev-parse", "--show-toplevel", check=False)
    if result.returncode:
        raise WrongUseError(f"git setup: {folder} is in no git repository: `git init` makes one")
    return Path(result.stdout.strip())


def _local_setting(git: str, top: Path, name: str) -> str:
    return _run_git(git, top, "config", "--local", "--get", name, check=False).stdout.strip()


def _run_git(git: str, folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run([git, *words], cwd=folder, capture_output=True, text=True, check=check)  # noqa: S603 - git that was found on the path
    except subprocess.CalledProcessError as problem:
        raise WrongUseError(f"git setup: git says: {problem.stderr.strip()}") from None


def _add_lines(path: Path, lines: tuple[str, ...]) -> list[str]:
    """Add the lines that a file does not hold yet; return them."""
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    missing = [line for line in lines if line not in known.splitlines()]
    if missing:
        start = known if not known or known.endswith("\n") else f"{known}\n"
        path.write_text(start + "\n".join(missing) + "\n", encoding="utf-8", newline="\n")
    return missing
