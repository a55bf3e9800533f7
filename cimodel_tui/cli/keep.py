"""The commands that look after the file: doctor, backups, restore."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.cli.shell import Shell, Values, WrongUseError
from cimodel_tui.model.saving import StoreError

if TYPE_CHECKING:
    from cimodel_tui.storage.kit import Kit
    from cimodel_tui.workbook import Workbook


def run_doctor(shell: Shell, values: Values) -> int:
    """Say whether the file is sound, nothing dangles, no conflict is open, and every seal holds."""
    path = _there(values.file)
    found = [*_of_the_file(shell, path)]
    if not any(kind == "refused" for kind, _, _ in found):
        found += [("seal", words, True) for words in _broken_seals(shell.look(path))]
    for _, words, unsound in found:
        shell.say(f"{'!' if unsound else '·'} {words}")
    if any(unsound for _, _, unsound in found):
        return 1
    shell.say(f"{path}: sound, every seal holds")
    return 0


def _there(file: str) -> Path:
    path = Path(file).expanduser()
    if not path.exists():
        raise WrongUseError(f"{path} is not there")
    if path.is_dir() or not os.access(path, os.R_OK):
        raise WrongUseError(f"{path} cannot be read")
    return path


def _of_the_file(shell: Shell, path: Path) -> Iterator[tuple[str, str, bool]]:
    from cimodel_tui.storage.doctor import examine  # noqa: PLC0415 - loaded with the command
    from cimodel_tui.storage.open import newest_good_backup  # noqa: PLC0415 - as above

    for each in examine(path, shell.places, _kit(shell)):
        yield each.kind, each.words, each.unsound
        if each.kind == "refused":
            backup = newest_good_backup(path, shell.places, _kit(shell))
            if backup:
                when = f"{backup.taken_at:%Y-%m-%d %H:%M} UTC"
                words = f"A sound backup of {when} is there: cimodel-tui restore {path} {backup.number}"
                yield "backup", words, False


def _broken_seals(book: "Workbook") -> Iterator[str]:
    from cimodel_tui.model.agreement import unsound  # noqa: PLC0415 - as above

    for improvement in book.improvements(archived=True):
        for iteration in book.iterations(improvement.id):
            for words in unsound(improvement, iteration):
                yield f"{improvement.ref}, iteration {iteration.number}: {words}."


def _kit(shell: Shell) -> "Kit":
    from cimodel_tui.storage.kit import Kit  # noqa: PLC0415 - as above

    return Kit(clock=shell.clock)


def run_backups(shell: Shell, values: Values) -> int:
    """Print the backups, newest first."""
    from cimodel_tui.storage.open import backups  # noqa: PLC0415 - as above

    path = Path(values.file).expanduser()
    found = backups(path, shell.places, _kit(shell))
    if not found and not path.exists():
        raise WrongUseError(f"{path} is not there, and there is no backup of it")
    for each in found:
        shell.say(f"{each.number:3}  {each.taken_at:%Y-%m-%d %H:%M:%S} UTC  {each.size:>10,} bytes")
    if not found:
        shell.say("no backup yet: the first is taken before the next change")
    return 0


def run_restore(shell: Shell, values: Values) -> int:
    """Bring a backup back."""
    from cimodel_tui.storage.open import newest_good_backup, restore  # noqa: PLC0415 - as above

    path = Path(values.file).expanduser()
    if values.number is None:
        newest = newest_good_backup(path, shell.places, _kit(shell))
        if newest is None:
            raise StoreError(f"There is no sound backup of {path}.")
        number = newest.number
    elif values.number.isascii() and values.number.isdecimal():
        number = int(values.number)
    else:
        raise WrongUseError(
            f"restore: {values.number} is no number of a backup: `cimodel-tui backups {path}` lists them"
        )
    restore(path, number, shell.places, _kit(shell))
    shell.say(f"{path}: backup {number} is back; what stood there is a backup now")
    return 0
