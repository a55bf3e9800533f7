"""The commands about the file itself: doctor, backups, restore and the three-way merge for git."""

import os
from collections.abc import Iterator
from pathlib import Path

from cimodel_tui.cli.files import given_files
from cimodel_tui.cli.shell import Shell, Values, WrongUseError
from cimodel_tui.model.agreement import unsound
from cimodel_tui.model.answer import Json
from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import Conflict, StoreError
from cimodel_tui.storage.doctor import examine
from cimodel_tui.storage.open import backups, merge_files, newest_good_backup, restore
from cimodel_tui.storage.store import StorageContext
from cimodel_tui.views.conflicts import side_words
from cimodel_tui.workbook import Workbook


def run_doctor(shell: Shell, values: Values) -> int:
    """Say whether the file is sound, nothing dangles, no conflict is open, and every seal holds."""
    files = given_files(values, "doctor")
    return max(_examine(shell, path, named=len(files) > 1) for path in files)


def _examine(shell: Shell, given: Path, *, named: bool) -> int:
    """Say what is wrong with one file; return 1 where something is."""
    path = _there(given)
    found = [*_of_the_file(shell, path)]
    if not any(kind == "refused" for kind, _, _ in found):
        found += [("seal", words, True) for words in _broken_seals(shell.open_to_read(path))]
    where = f"{path}: " if named else ""
    for _, words, is_unsound in found:
        shell.say(f"{'!' if is_unsound else '·'} {where}{words}")
    if any(is_unsound for _, _, is_unsound in found):
        return 1
    shell.say(f"{path}: sound, every seal holds")
    return 0


def _there(path: Path) -> Path:
    if not path.exists():
        raise WrongUseError(f"{path} is not there")
    if path.is_dir() or not os.access(path, os.R_OK):
        raise WrongUseError(f"{path} cannot be read")
    return path


def _of_the_file(shell: Shell, path: Path) -> Iterator[tuple[str, str, bool]]:
    for each in examine(path, shell.places, _context(shell)):
        yield each.kind, each.words, each.unsound
        if each.kind == "refused":
            backup = newest_good_backup(path, shell.places, _context(shell))
            if backup:
                when = f"{backup.taken_at:%Y-%m-%d %H:%M} UTC"
                words = f"A sound backup of {when} is there: cimodel-tui restore {path} {backup.number}"
                yield "backup", words, False


def _broken_seals(book: "Workbook") -> Iterator[str]:
    for improvement in book.improvements(archived=True):
        for iteration in book.iterations(improvement.id):
            for words in unsound(improvement, iteration):
                yield f"{improvement.ref}, iteration {iteration.number}: {words}."


def _context(shell: Shell) -> "StorageContext":
    return StorageContext(clock=shell.clock)


def run_backups(shell: Shell, values: Values) -> int:
    """Print the backups, newest first."""
    path = Path(values.file).expanduser()
    found = backups(path, shell.places, _context(shell))
    if not found and not path.exists():
        raise WrongUseError(f"{path} is not there, and there is no backup of it")
    for each in found:
        shell.say(f"{each.number:3}  {each.taken_at:%Y-%m-%d %H:%M:%S} UTC  {each.size:>10,} bytes")
    if not found:
        shell.say("no backup yet: the first is taken before the next change")
    return 0


_DIGITS = 9
"""Digits of a backup's number, at most; there is none of more."""


def run_restore(shell: Shell, values: Values) -> int:
    """Bring a backup back."""
    path = Path(values.file).expanduser()
    if values.number is None:
        newest = newest_good_backup(path, shell.places, _context(shell))
        if newest is None:
            raise StoreError(f"There is no sound backup of {path}.")
        number = newest.number
    elif values.number.isascii() and values.number.isdecimal():
        number = int(values.number) if len(values.number) <= _DIGITS else 0
    else:
        raise WrongUseError(
            f"restore: {quoted(values.number)} is not the number of a backup: `cimodel-tui backups {path}` lists them"
        )
    restore(path, number, shell.places, _context(shell))
    shell.say(f"{path}: backup {number} is back; the state before is now a backup")
    return 0


def conflict_words(book: Workbook, conflict: Conflict) -> str:
    """Return which answer it is, and what stands on either side."""
    place = conflict.place
    improvement = book.documents.improvements.get(place.improvement)
    iteration = book.documents.iterations.get(place.iteration)
    where = [improvement.ref if improvement else "", f"iteration {iteration.number}" if iteration else ""]
    named = ", ".join(part for part in (*where, place.words or "the whole of it") if part)
    return f"conflict: {named}: ours {_side(conflict.ours)}, theirs {_side(conflict.theirs)}"


def _side(value: Json) -> str:
    words = side_words(value)
    return quoted(words) if isinstance(value, str) and value else words


def run_merge(shell: Shell, values: Values) -> int:
    """Merge THEIRS into OURS; exit 1 where an answer was changed on both sides, and say which."""
    base, ours, theirs = (Path(each).expanduser() for each in (values.base, values.ours, values.theirs))
    for path in (base, ours, theirs):
        if path.is_dir() or not path.exists():
            raise WrongUseError(f"merge: {path} is not there")
    result = merge_files(base, ours, theirs, StorageContext(clock=shell.clock))
    for each in result.renumbered:
        shell.say(f"{each.was} of theirs is {each.ref} now")
    if result.conflicts:
        book = shell.open_to_read(ours)
        for conflict in result.conflicts:
            shell.say(conflict_words(book, conflict))
        return 1
    return 0
