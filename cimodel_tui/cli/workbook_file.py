"""The commands on one workbook file: `new`, `add`, `doctor`, `backups` and `restore`."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cimodel_tui.cli.arguments import given_files
from cimodel_tui.cli.output import during, each_of
from cimodel_tui.cli.shell import Shell, Values, WrongUseError
from cimodel_tui.escaping import one_line
from cimodel_tui.measurement.stored_readings import problem_with
from cimodel_tui.model.agreement import seal_problems
from cimodel_tui.model.number import count, quoted
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.doctor import examine
from cimodel_tui.storage.open import backups, create, newest_good_backup, restore
from cimodel_tui.storage.store import StorageContext
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.actions import add_improvement


def run_new(shell: Shell, values: Values) -> int:
    """Make an empty workbook."""
    path = Path(values.file).expanduser()
    title = one_line(values.title) or path.stem
    create(path, title, shell.places, StorageContext(clock=shell.clock))
    shell.print(f"{path}: {title}")
    return 0


def run_add(shell: Shell, values: Values) -> int:
    """Add one idea to the register, or one idea a line from standard input in one write."""
    titles = _titles(shell, values.title)
    if not titles:
        raise WrongUseError("an idea needs a title: what should get better?")
    with shell.changing(values.file) as book:
        added = [add_improvement(book, title) for title in titles]
    for each in added:
        shell.print(f"{each.ref} {each.title}")
    return 0


def _titles(shell: Shell, title: str) -> list[str]:
    text = shell.input_bytes().decode("utf-8", "replace") if title == "-" else " ".join(title.split())
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]


def run_doctor(shell: Shell, values: Values) -> int:
    """Print whether the file is sound, nothing dangles, no conflict is open, and every seal holds."""
    files = given_files(values, "doctor")
    many = len(files) > 1
    return max([_examine(shell, path, with_path=many) for path in (each_of(files, "workbooks") if many else files)])


def _examine(shell: Shell, given: Path, *, with_path: bool) -> int:
    """Print the problems of one file; return 1 if there are any."""
    path = _readable_path(given)
    with during(f"reading {one_line(path.name)}"):
        found = [*_file_findings(shell, path)]
    if not any(kind == "refused" for kind, _, _ in found):
        book = shell.open_to_read(path)
        found += [("seal", words, True) for words in _seal_findings(book)]
        found += [("reading", words, False) for words in _reading_findings(book)]
    where = f"{path}: " if with_path else ""
    for _, words, is_unsound in found:
        shell.print(f"{'!' if is_unsound else '·'} {where}{words}")
    if any(is_unsound for _, _, is_unsound in found):
        return 1
    shell.print(f"{path}: sound, every seal holds")
    return 0


def _readable_path(path: Path) -> Path:
    if not path.exists():
        raise WrongUseError(f"{path} is not there")
    if path.is_dir() or not os.access(path, os.R_OK):
        raise WrongUseError(f"{path} cannot be read")
    return path


def _file_findings(shell: Shell, path: Path) -> Iterator[tuple[str, str, bool]]:
    for each in examine(path, shell.places, _context(shell)):
        yield each.kind, each.words, each.unsound
        if each.kind == "refused":
            backup = newest_good_backup(path, shell.places, _context(shell))
            if backup:
                when = f"{backup.taken_at:%Y-%m-%d %H:%M} UTC"
                words = f"A sound backup of {when} is there: cimodel-tui restore {path} {backup.number}"
                yield "backup", words, False


def _seal_findings(book: "Workbook") -> Iterator[str]:
    for improvement in each_of(book.improvements(archived=True), "improvements"):
        for iteration in book.iterations(improvement.id):
            for words in seal_problems(improvement, iteration):
                yield f"{improvement.ref}, iteration {iteration.number}: {words}."


def _reading_findings(book: "Workbook") -> Iterator[str]:
    """Yield a sentence for each metric with readings that no figure and no verdict counts."""
    for improvement in each_of(book.improvements(archived=True), "improvements"):
        metrics = {row.id: row for each in book.iterations(improvement.id) for row in each.baseline.metrics}
        for metric in metrics.values():
            days = improvement.readings.get(metric.id, {}).items()
            wrong = [(day, why) for day, each in sorted(days) if (why := problem_with(metric, date.min, each))]
            if wrong:
                words = f"{count(len(wrong), 'reading is', 'readings are')} not counted, the first {wrong[0][0]}"
                yield f"{improvement.ref}, {quoted(metric.name)}: {words}: {wrong[0][1]}"


def _context(shell: Shell) -> "StorageContext":
    return StorageContext(clock=shell.clock)


def run_backups(shell: Shell, values: Values) -> int:
    """Print the backups, newest first."""
    path = Path(values.file).expanduser()
    found = backups(path, shell.places, _context(shell))
    if not found and not path.exists():
        raise WrongUseError(f"{path} is not there, and there is no backup of it")
    for each in found:
        shell.print(f"{each.number:3}  {each.taken_at:%Y-%m-%d %H:%M:%S} UTC  {each.size:>10,} bytes")
    if not found:
        shell.print("no backup yet: the first is taken before the next change")
    return 0


_MAX_DIGITS = 9
"""Digits of a backup's number, at most; there is none of more."""


def run_restore(shell: Shell, values: Values) -> int:
    """Restore a backup."""
    path = Path(values.file).expanduser()
    if values.number is None:
        newest = newest_good_backup(path, shell.places, _context(shell))
        if newest is None:
            raise StoreError(f"There is no sound backup of {path}.")
        number = newest.number
    elif values.number.isascii() and values.number.isdecimal():
        number = int(values.number) if len(values.number) <= _MAX_DIGITS else 0
    else:
        raise WrongUseError(
            f"restore: {quoted(values.number)} is not the number of a backup: `cimodel-tui backups {path}` lists them"
        )
    restore(path, number, shell.places, _context(shell))
    shell.print(f"{path}: backup {number} is back; the state before is now a backup")
    return 0
