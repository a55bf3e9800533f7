"""`cimodel-tui import`: a register that is kept in a spreadsheet, shown first and brought in when it is asked for."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.cli.shell import Shell, Values, WrongUseError, few

if TYPE_CHECKING:
    from cimodel_tui.cli.import_csv import Sheet, Taken


def run_import(shell: Shell, values: Values) -> int:
    """Show what a CSV file would bring in; with --yes bring it in, as one write, all of it or nothing."""
    from cimodel_tui.cli.import_csv import (
        Entries,  # noqa: PLC0415 - loaded with the command
        read_sheet,  # noqa: PLC0415 - as above
    )

    sheet = read_sheet(_data(shell, values.csv), values.map)
    if not values.yes:
        taken = Entries(shell.look(values.file)).of(sheet)
        _preview(shell, sheet, taken)
        _refuse(taken)
        shell.say("nothing is written yet: --yes brings it in" if taken.documents else "there is nothing to bring in")
        return 0
    with shell.changing(values.file) as book:
        taken = Entries(book).of(sheet)
        _refuse(taken)
        taken.put(book)
    for line in (*taken.added, *taken.skipped):
        shell.say(line)
    shell.say(f"{len(taken.added)} improvements brought in")
    return 0


def _data(shell: Shell, file: str) -> bytes:
    if file == "-":
        return shell.input_bytes()
    try:
        return Path(file).expanduser().read_bytes()
    except OSError as problem:
        raise WrongUseError(f"{file} cannot be read: {(problem.strerror or str(problem)).lower()}") from None


def _preview(shell: Shell, sheet: "Sheet", taken: "Taken") -> None:
    """Print which column is which field, and what would be added."""
    for header, field in sheet.columns:
        shell.say(f"{header or '(no header)'} -> {field or 'left out'}")
    for line in (*taken.added, *taken.skipped, *(f"! {each}" for each in taken.refused)):
        shell.say(line)
    sys.stdout.flush()


def _refuse(taken: "Taken") -> None:
    if taken.refused:
        raise WrongUseError(f"import: nothing was brought in: {few(taken.refused)}")
