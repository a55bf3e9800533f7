"""What each command takes. `cimodel-tui FILE` is short for `cimodel-tui open FILE`."""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from cimodel_tui.cli.shell import Shell, WrongUseError


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the shell."""

    name: str
    """The word that calls it."""
    module: str
    """The module of this folder in which it stands."""
    words: str
    """What it does, in one line."""
    example: str
    """How it is called."""
    arguments: tuple[tuple[str, ...], ...] = ()
    """Its arguments: names and a sentence, `?` at the end of a name for what may be left out."""


COMMANDS = (
    Command("home", "screens", "the saved workbooks on a screen (the default)", "cimodel-tui"),
    Command(
        "open",
        "screens",
        "open a workbook where it was left",
        "cimodel-tui desk.json",
        (("file", "the workbook"), ("--new", "make it where it does not exist")),
    ),
    Command(
        "demo",
        "screens",
        "the sample workbook, on its own day",
        "cimodel-tui demo",
        (
            ("--new", "start over from a fresh copy"),
            ("--keep=FILE", "make an ordinary workbook there"),
            ("--no-open", "only write it and print the path"),
        ),
    ),
    Command(
        "new",
        "capture",
        "make an empty workbook",
        'cimodel-tui new desk.json --title "Service desk"',
        (("file", "the new workbook"), ("--title=T", "what it is called")),
    ),
    Command(
        "add",
        "capture",
        "one idea into the register",
        'cimodel-tui add desk.json "Restore store systems faster"',
        (("file", "the workbook"), ("title", "what should get better")),
    ),
    Command(
        "reading",
        "capture",
        "add readings of a metric",
        "cimodel-tui reading add desk.json CI-0001 m1 2026-01-05 7.1",
        (
            ("what:add", "add"),
            ("file", "the workbook"),
            ("ref", "the improvement, for example CI-0001"),
            ("metric", "name, id, or m1, m2 ..."),
            ("day", "its day, or - for CSV `date,value[,note]` on standard input"),
            ("value?", "its value"),
            ("--note=N", "what should be known about it"),
            ("--why=W", "the reason, where it lies inside an agreed baseline"),
        ),
    ),
    Command("list", "show", "the saved workbooks", "cimodel-tui list --json", (("--json", "as JSON"),)),
    Command(
        "show",
        "show",
        "the register, or one improvement with everything in it",
        "cimodel-tui show desk.json CI-0001 --json",
        (("file", "the workbook"), ("ref?", "the improvement"), ("--json", "as JSON")),
    ),
    Command(
        "due",
        "show",
        "what is overdue and due soon; exit 1 if anything is overdue",
        "cimodel-tui due desk.json",
        (("files*", "workbooks; none means the saved ones"), ("--json", "as JSON")),
    ),
    Command(
        "coach",
        "show",
        "what the coach finds",
        "cimodel-tui coach desk.json CI-0001",
        (("file", "the workbook"), ("ref?", "the improvement"), ("--json", "as JSON")),
    ),
    Command(
        "doctor",
        "keep",
        "is the file sound, and do the seals hold",
        "cimodel-tui doctor desk.json",
        (("file", "the workbook"),),
    ),
    Command("backups", "keep", "list the backups", "cimodel-tui backups desk.json", (("file", "the workbook"),)),
    Command(
        "restore",
        "keep",
        "bring a backup back; what stands now becomes one",
        "cimodel-tui restore desk.json 1",
        (("file", "the workbook"), ("number?", "which backup, 1 for the newest")),
    ),
    Command(
        "merge",
        "keep",
        "three-way merge, as a git merge driver; the result is in OURS",
        "cimodel-tui merge BASE OURS THEIRS",
        (("base", "what both started from"), ("ours", "our file"), ("theirs", "their file")),
    ),
    Command(
        "judge", "judge", "judge readings from standard input, JSON in and out", "cimodel-tui judge < readings.json"
    ),
    Command("where", "show", "the folders that are used", "cimodel-tui where"),
)
"""Every command, in the order in which help lists them."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command with what it was given."""

    command: Command
    """Which one."""
    values: argparse.Namespace
    """What it was given."""

    def run(self) -> int:
        """Run it; what cannot be done is one line on standard error and exit code 2."""
        from cimodel_tui.model.saving import StoreError  # noqa: PLC0415 - help needs none of it

        module = import_module(f"cimodel_tui.cli.{self.command.module}")
        action: Callable[[Shell, argparse.Namespace], int] = getattr(module, f"run_{self.command.name}")
        try:
            return action(Shell.of(self.values), self.values)
        except (WrongUseError, StoreError) as problem:
            sys.stderr.write(f"cimodel-tui: {problem}\n")
            return 2


def parse(arguments: list[str]) -> Parsed | int:
    """Return the command that is meant, or the exit code where there is nothing to run."""
    parser = _parser()
    at = _first_word(arguments)
    names = {each.name: each for each in COMMANDS}
    if at is None:
        arguments = arguments if _asks_for_help(arguments) else [*arguments, "home"]
    elif arguments[at] not in names:
        arguments = [*arguments[:at], "open", *arguments[at:]]
    try:
        values = parser.parse_args(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    return Parsed(names[values.command], values)


def _asks_for_help(arguments: list[str]) -> bool:
    return any(each in ("-h", "--help", "--version") for each in arguments)


def _first_word(arguments: list[str]) -> int | None:
    skip = False
    for index, each in enumerate(arguments):
        if skip:
            skip = False
        elif each in ("--today", "--data-dir"):
            skip = True
        elif not each.startswith("-") or each == "-":
            return index
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cimodel-tui",
        description="A terminal workbook for the ITIL 4 continual improvement model.",
        epilog="cimodel-tui FILE opens a workbook. `cimodel-tui COMMAND --help` says more.",
        allow_abbrev=False,
    )
    from cimodel_tui import __version__  # noqa: PLC0415 - beside its only use

    parser.add_argument("--version", action="version", version=f"cimodel-tui {__version__}")
    parser.add_argument("--today", type=_day, metavar="DATE", help="the day that counts as today")
    parser.add_argument("--data-dir", default="", metavar="DIR", help="where workbooks made from home lie")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        below = commands.add_parser(
            command.name,
            help=command.words,
            description=f"{command.words}.",
            epilog=f"example: {command.example}",
            allow_abbrev=False,
        )
        for names, options in _arguments(command):
            below.add_argument(names, **options)  # type: ignore[arg-type]  # built from the table above
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day: write 2026-07-14') from None


def _arguments(command: Command) -> Iterator[tuple[str, dict[str, object]]]:
    for name, words in command.arguments:
        if name.startswith("--"):
            option, _, value = name.partition("=")
            yield option, {"help": words, **({"metavar": value, "default": ""} if value else {"action": "store_true"})}
        elif ":" in name:
            word, _, choice = name.partition(":")
            yield word, {"choices": (choice,), "help": words}
        else:
            plain = name.rstrip("?*")
            count = {"?": "?", "*": "*"}.get(name[len(plain) :])
            yield plain, {"help": words, "metavar": plain.upper(), **({"nargs": count} if count else {})}
