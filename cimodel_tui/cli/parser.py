"""Parses the command line and prints the program's help. `cimodel-tui FILE` is short for `cimodel-tui open FILE`."""

import os
import sys
from importlib import import_module
from types import SimpleNamespace
from typing import NamedTuple

from cimodel_tui import __version__, cli
from cimodel_tui.cli.commands import COMMANDS, GLOBAL, Command


class Parsed(NamedTuple):
    """A command and the values it was given."""

    command: Command
    """Which one."""
    values: SimpleNamespace
    """The values by name."""

    def run(self) -> int:
        """Run the command; an error is one line on standard error and exit code 2."""
        module = import_module(f"cimodel_tui.cli.{self.command.module}")
        return cli.shell.run_command(getattr(module, f"run_{self.command.name}"), self.values)


_OPTIONS_WITH_VALUE = tuple(name.partition("=")[0] for name, _ in GLOBAL)


def parse(arguments: list[str]) -> "Parsed | int":
    """Return the command to run, or the exit code where there is nothing to run."""
    at = _first_word(arguments)
    before = arguments if at is None else arguments[:at]
    if any(each in ("-h", "--help") for each in before):
        sys.stdout.write(help_page())
        return 0
    if any(each in ("-V", "--version") for each in before):
        sys.stdout.write(f"cimodel-tui {__version__}\n")
        return 0
    suggestion = _suggestion(arguments, at)
    if suggestion:
        word = arguments[at or 0]
        sys.stderr.write(f"cimodel-tui: there is no command {word}: did you mean {suggestion}? ./{word} opens a file\n")
        return 2
    command, rest = _command_and_rest(arguments, at)
    return _parse_command(command, [*before, *rest])


def _command_and_rest(arguments: list[str], at: int | None) -> tuple[Command, list[str]]:
    """Return the command and its arguments: the first word names it, or is the file to open."""
    names = {each.name: each for each in COMMANDS}
    if at is None:
        return names["home"], []
    word = arguments[at]
    return (names[word], arguments[at + 1 :]) if word in names else (names["open"], arguments[at:])


_MAX_EDITS = 2
"""So many letters apart, a word that is no file is taken for a command that was mistyped."""


def _suggestion(arguments: list[str], at: int | None) -> str:
    """Return the command nearest to a first word that is neither a command nor a file; empty without one."""
    word = arguments[at] if at is not None else ""
    known = [each.name for each in COMMANDS]
    if not word or word in known or set(word) & set("./\\") or os.path.lexists(word):
        return ""
    distances = [(_edit_distance(word, name), not name.startswith(word), name[:1] != word[:1], name) for name in known]
    nearest = min(distances)
    return nearest[-1] if nearest[0] <= _MAX_EDITS else ""


def _edit_distance(first: str, second: str) -> int:
    """Return the Levenshtein distance of two words."""
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, 1):
        before, row[0] = row[0], at
        for to, other in enumerate(second, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != other))
    return row[-1]


def _first_word(arguments: list[str]) -> int | None:
    skip = False
    for index, each in enumerate(arguments):
        if skip:
            skip = False
        elif each in _OPTIONS_WITH_VALUE:
            skip = True
        elif not each.startswith("-") or each == "-":
            return index
    return None


def _parse_command(command: Command, arguments: list[str]) -> "Parsed | int":
    try:
        return Parsed(command, cli.arguments.parser_of(command).parse_intermixed_args(arguments, SimpleNamespace()))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2


def help_page() -> str:
    """Return the help of the whole program."""
    options = [(name.replace("=", " "), words) for name, words in GLOBAL]
    options += [("-h, --help", "show this help, or that of a command"), ("--version", "show the version")]
    known = [*((each.name, each.words) for each in COMMANDS), *options]
    width = max(len(name) for name, _ in known)
    listed = [f"  {name:{width}}  {words}" for name, words in known]
    return "\n".join(
        (
            "usage: cimodel-tui [--today DATE] [--data-dir DIR] COMMAND ...",
            "       cimodel-tui FILE",
            "",
            "A terminal workbook for the ITIL 4 continual improvement model.",
            "",
            "commands:",
            *listed[: len(COMMANDS)],
            "",
            "options:",
            *listed[len(COMMANDS) :],
            "",
            "example: cimodel-tui desk.json opens a workbook. `cimodel-tui COMMAND --help` says more.",
            "Exit codes: 0 done; 1 only where due, doctor and merge found something; 2 wrong use or unreadable.",
            "",
        )
    )
