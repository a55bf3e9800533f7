"""The commands that put something in: a new workbook, an idea."""

from pathlib import Path

from cimodel_tui.cli.shell import Shell, Values, WrongUseError
from cimodel_tui.reports.escaping import one_line
from cimodel_tui.storage.open import create
from cimodel_tui.storage.store import StorageContext
from cimodel_tui.workbook.actions import add_improvement


def run_new(shell: Shell, values: Values) -> int:
    """Make an empty workbook."""
    path = Path(values.file).expanduser()
    title = one_line(values.title) or path.stem
    create(path, title, shell.places, StorageContext(clock=shell.clock))
    shell.say(f"{path}: {title}")
    return 0


def run_add(shell: Shell, values: Values) -> int:
    """Put add one idea to the register, or an idea a line from standard input in one write."""
    titles = _titles(shell, values.title)
    if not titles:
        raise WrongUseError("an idea needs a title: what should get better?")
    with shell.changing(values.file) as book:
        added = [add_improvement(book, title) for title in titles]
    for each in added:
        shell.say(f"{each.ref} {each.title}")
    return 0


def _titles(shell: Shell, title: str) -> list[str]:
    text = shell.input_bytes().decode("utf-8", "replace") if title == "-" else " ".join(title.split())
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]
