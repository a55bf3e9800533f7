"""Reads the command line. `cimodel-tui FILE` is short for `cimodel-tui open FILE`."""

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

from cimodel_tui.cli.commands import COMMANDS, GLOBAL, Command, page, unsaid

if TYPE_CHECKING:
    from cimodel_tui.cli.parser import Parsed

_VALUED = tuple(name.partition("=")[0] for name, _ in GLOBAL)


def parse(arguments: list[str]) -> "Parsed | int":
    """Return the command that is meant, or the exit code where there is nothing to run."""
    at = _first_word(arguments)
    before = arguments if at is None else arguments[:at]
    if any(each in ("-h", "--help") for each in before):
        sys.stdout.write(page())
        return 0
    if any(each in ("-V", "--version") for each in before):
        from cimodel_tui import __version__  # noqa: PLC0415 - beside its only use

        sys.stdout.write(f"cimodel-tui {__version__}\n")
        return 0
    command, rest = _meant(arguments, at)
    return _parsed(command, [*before, *rest])


def _meant(arguments: list[str], at: int | None) -> tuple[Command, list[str]]:
    """Return the command and what was given to it: the first word names it, or is the file to open."""
    names = {each.name: each for each in COMMANDS}
    if at is None:
        return names["home"], []
    word = arguments[at]
    return (names[word], arguments[at + 1 :]) if word in names else (names["open"], arguments[at:])


def _first_word(arguments: list[str]) -> int | None:
    skip = False
    for index, each in enumerate(arguments):
        if skip:
            skip = False
        elif each in _VALUED:
            skip = True
        elif not each.startswith("-") or each == "-":
            return index
    return None


def _parsed(command: Command, given: list[str]) -> "Parsed | int":
    from cimodel_tui.cli.parser import Parsed  # noqa: PLC0415 - the page of help needs none of it

    plain = _plain(command, given)
    if plain:
        return Parsed(command, plain)
    from cimodel_tui.cli.options import parser_of  # noqa: PLC0415 - loads argparse, which plain words do not need

    try:
        return Parsed(command, parser_of(command).parse_intermixed_args(given, SimpleNamespace()))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2


def _plain(command: Command, given: list[str]) -> SimpleNamespace | None:
    """Return what was given where that is a word for each name and no option, else none.

    So a workbook is opened without the parser, which takes longer to load than all that it has to say here.
    """
    options = [name for name, _ in (*command.arguments, *GLOBAL) if name.startswith("-")]
    names = [name for name, _ in command.arguments if not name.startswith("-")]
    if len(given) != len(names) or not all(map(str.isalpha, names)) or any(each.startswith("-") for each in given):
        return None
    return SimpleNamespace(**dict(map(unsaid, options)), **dict(zip(names, given, strict=True)))
