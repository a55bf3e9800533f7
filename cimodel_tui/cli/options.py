"""The parser of one command, made from the table; what is wrong is one line and exit code 2."""

import argparse
from collections.abc import Iterator
from typing import NoReturn

from cimodel_tui.cli.commands import GLOBAL, Command, parsed_option
from cimodel_tui.cli.shell import complain


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Print the line and leave with exit code 2."""
        complain(f"{message}; `{self.prog} --help` says more")
        raise SystemExit(2)


def parser_of(command: Command) -> argparse.ArgumentParser:
    """Return the parser of one command, made from the table."""
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
    for name, text in named:
        words = text.replace("%", "%%")  # argparse fills in what follows a per cent sign
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
    destination, default = parsed_option(name)
    named: dict[str, object] = {"help": words, "dest": destination}
    if not value:
        return option, {**named, "action": "store_true"}
    action = {"action": "append"} if option.endswith("+") else {}
    return option.rstrip("+"), {**named, "metavar": value, "default": default, **action}
