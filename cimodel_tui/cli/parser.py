"""Reads the command line. `cimodel-tui FILE` is short for `cimodel-tui open FILE`."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cimodel_tui.cli.table import COMMANDS, GLOBAL, Command, page

if TYPE_CHECKING:
    import argparse

    from cimodel_tui.cli.running import Parsed

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
    from cimodel_tui.cli.running import Parsed  # noqa: PLC0415 - the page of help needs no argparse

    try:
        return Parsed(command, _parser(command).parse_intermixed_args(given))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2


def _parser(command: Command) -> "argparse.ArgumentParser":
    from cimodel_tui.cli.running import OneLineParser  # noqa: PLC0415 - as above

    parser = OneLineParser(
        prog=f"cimodel-tui {command.name}",
        description=f"{command.words}. {command.notes}".rstrip(),
        epilog=f"example: {command.example}",
        allow_abbrev=False,
    )
    for name, options in _arguments((*command.arguments, *GLOBAL)):
        parser.add_argument(name, **options)  # type: ignore[arg-type]  # built from the table
    return parser


def _arguments(named: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, dict[str, object]]]:
    for name, words in named:
        words = words.replace("%", "%%")  # noqa: PLW2901 - argparse fills in what follows a per cent sign
        if name.startswith("-"):
            yield _option(name, words)
        elif ":" in name:
            word, _, choices = name.partition(":")
            yield word, {"choices": choices.split("|"), "help": words}
        else:
            plain = name.rstrip("?*")
            count = {"?": "?", "*": "*"}.get(name[len(plain) :])
            yield plain, {"help": words, "metavar": plain.upper(), **({"nargs": count} if count else {})}


def _option(name: str, words: str) -> tuple[str, dict[str, object]]:
    option, _, value = name.partition("=")
    if option.endswith("+"):
        return option[:-1], {"help": words, "metavar": value, "action": "append", "default": []}
    if value:
        destination = {"dest": "out"} if option == "-o" else {}
        return option, {"help": words, "metavar": value, "default": "", **destination}
    return option, {"help": words, "action": "store_true"}
