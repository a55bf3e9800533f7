"""`cimodel-tui git setup`: tells a git repository how to merge and compare workbooks, and what not to keep.

Three places are written: the drivers in the repository's own configuration (which is not shared by a clone, so that
every clone is set up once), the attributes that name them, and the ignore lines for the files beside a workbook.
"""

import shutil
import subprocess
from pathlib import Path

from cimodel_tui.cli.shell import Shell, Values, WrongUseError

PATTERN = "*.cimodel.json"
"""The names of workbooks in a repository."""

DRIVERS = (
    ("merge.cimodel.name", "three-way merge of improvement workbooks"),
    ("merge.cimodel.driver", "cimodel-tui merge %O %A %B"),
    ("diff.cimodel.textconv", "cimodel-tui diff --textconv"),
    ("diff.cimodel.cachetextconv", "true"),
)
"""What the configuration of the repository is told."""

ATTRIBUTES = (f"{PATTERN} merge=cimodel diff=cimodel -text",)
"""Names the drivers, and keeps git from changing the ends of lines: a workbook has one spelling only."""

IGNORED = (".*.json.lock", ".*.json.editor.lock", ".*.json.tmp-*")
"""The locks and the unfinished copies that stand beside a workbook."""


def run_git(shell: Shell, values: Values) -> int:
    """Write drivers, attributes and ignore lines; say what was written, and leave alone what stands there already."""
    git = shutil.which("git")
    if git is None:
        raise WrongUseError("git setup: git is not installed")
    top = _top(git, Path(values.dir or ".").expanduser())
    for name, value in DRIVERS:
        if _configured(git, top, name) != value:
            _git(git, top, "config", "--local", name, value)
            shell.say(f"git config {name} = {value}")
    for file, lines in ((".gitattributes", ATTRIBUTES), (".gitignore", IGNORED)):
        for line in _add_lines(top / file, lines):
            shell.say(f"{file}: {line}")
    shell.say(f"{top} is set up: workbooks are named {PATTERN}; commit .gitattributes and .gitignore")
    return 0


def _top(git: str, folder: Path) -> Path:
    if not folder.is_dir():
        raise WrongUseError(f"git setup: {folder} is not a folder")
    found = _git(git, folder, "rev-parse", "--show-toplevel", check=False)
    if found.returncode:
        raise WrongUseError(f"git setup: {folder} is in no git repository: `git init` makes one")
    return Path(found.stdout.strip())


def _configured(git: str, top: Path, name: str) -> str:
    return _git(git, top, "config", "--local", "--get", name, check=False).stdout.strip()


def _git(git: str, folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run([git, *words], cwd=folder, capture_output=True, text=True, check=check)  # noqa: S603 - git that was found on the path
    except subprocess.CalledProcessError as problem:
        raise WrongUseError(f"git setup: git says: {problem.stderr.strip()}") from None


def _add_lines(path: Path, wanted: tuple[str, ...]) -> list[str]:
    """Add the lines that a file does not hold yet; return them."""
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    missing = [line for line in wanted if line not in known.splitlines()]
    if missing:
        start = known if not known or known.endswith("\n") else f"{known}\n"
        path.write_text(start + "\n".join(missing) + "\n", encoding="utf-8", newline="\n")
    return missing
