"""The arguments of one command: its parser, made from the table, and the workbooks and the ref that they name.

What is wrong with them is one line on standard error and exit code 2.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from cimodel_tui.cli.commands import GLOBAL, Command
from cimodel_tui.cli.shell import Values, WrongUseError, complain


class OneLineParser(argparse.ArgumentParser):
    """A parser that reports an error in one line."""

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


def _arguments(definitions: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, dict[str, object]]]:
    for name, text in definitions:
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
    destination, default = destination_of(name)
    definitions: dict[str, object] = {"help": words, "dest": destination}
    if not value:
        return option, {**definitions, "action": "store_true"}
    action = {"action": "append"} if option.endswith("+") else {}
    return option.rstrip("+"), {**definitions, "metavar": value, "default": default, **action}


_DESTINATIONS = {"o": "out", "metric": "columns", "from": "from_day", "to": "to_day", "day": "day_means"}
"""Options that a command gets by another name: their own is a word of Python, or that of an argument."""


def destination_of(option: str) -> tuple[str, object]:
    """Return the attribute under which a command finds an option of the table, and its default."""
    name, _, value = option.partition("=")
    default: object = ([] if name.endswith("+") else "") if value else False
    plain = name.strip("-+").replace("-", "_")
    return _DESTINATIONS.get(plain, plain), default


NAME_PATTERN = "*.cimodel.json"
"""The file name pattern that marks a workbook."""

_TABLES = (b'"workbook"', b'"improvements"', b'"iterations"')
"""The tables of every workbook, whatever its file name."""

_REF = re.compile(r"[A-Za-z0-9-]+")
_TWO = 2


def given_files(values: Values, command: str) -> list[Path]:
    """Return the workbooks of the command line; raises WrongUseError if there is none."""
    found = list(workbooks(values.files, deep=values.r))
    if not found:
        where = f" in {', '.join(values.files)}" if values.files else ""
        raise WrongUseError(f"{command}: there is no workbook{where}: name a FILE or a folder of them")
    return found


def files_and_ref(values: Values, command: str) -> tuple[list[Path], str]:
    """Return the workbooks of the command line, and the ref that follows a single one; empty without one.

    The last word is a ref if it looks like one, no such path exists, and exactly one file precedes it.
    """
    words = list(values.files)
    if len(words) == _TWO and _REF.fullmatch(words[1]) and not Path(words[1]).exists() and not Path(words[0]).is_dir():
        return [Path(words[0]).expanduser()], words[1]
    return given_files(values, command), ""


def workbooks(words: Sequence[str], *, deep: bool = False) -> Iterator[Path]:
    """Yield every file of the command line, and for a folder its workbooks in the order of their names.

    With `deep` those of its subfolders too. A file is yielded whether it exists or not, so that the error comes from
    opening it.
    """
    for word in words:
        path = Path(word).expanduser()
        if path.is_dir():
            yield from workbooks_in_folder(path, deep=deep)
        else:
            yield path


def workbooks_in_folder(folder: Path, *, deep: bool = False) -> Iterator[Path]:
    """Yield the workbooks of a folder: those that are named as one, and other JSON files that hold its tables."""
    found = folder.rglob("*.json") if deep else folder.glob("*.json")
    for path in sorted(found):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and (path.match(NAME_PATTERN) or _holds_tables(path)):
            yield path


def _holds_tables(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return all(name in data for name in _TABLES)
