"""`cimodel-tui man`: the manual page in troff, made from the table of commands."""

from collections.abc import Iterator

from cimodel_tui import __version__
from cimodel_tui.cli.commands import COMMANDS, GLOBAL, Command
from cimodel_tui.cli.shell import Shell, Values

_SUMMARY = "A terminal workbook for the ITIL 4 continual improvement model."
_CODES = (
    ("0", "done"),
    ("1", "something is overdue, unsound, in conflict, or left for a person"),
    ("2", "wrong use, or input that cannot be read"),
)


def run_man(shell: Shell, values: Values) -> int:
    """Print the manual page."""
    del values
    for line in _page():
        shell.say(line)
    return 0


def _page() -> Iterator[str]:
    yield f'.TH CIMODEL-TUI 1 "" "cimodel-tui {__version__}" "User Commands"'
    yield from (".SH NAME", f"cimodel-tui \\- {_text(_SUMMARY)}")
    yield from (".SH SYNOPSIS", ".B cimodel-tui", "[\\fIOPTION\\fR ...] \\fICOMMAND\\fR ...", ".br")
    yield from (".B cimodel-tui", "\\fIFILE\\fR")
    yield ".SH OPTIONS"
    for name, words in GLOBAL:
        yield from _item(name, words)
    yield ".SH COMMANDS"
    for each in COMMANDS:
        yield from _command(each)
    yield ".SH EXIT STATUS"
    for code, words in _CODES:
        yield from _item(code, words)


def _command(command: Command) -> Iterator[str]:
    words = " ".join(name.rstrip("?*").upper() for name, _ in command.arguments if not name.startswith("-"))
    yield f".SS {_text(f'{command.name} {words}'.strip())}"
    yield _text(f"{command.words[:1].upper()}{command.words[1:]}. {command.notes}".strip())
    for name, told in command.arguments:
        yield from _item(name, told)
    yield from (".PP", f"Example: {_text(command.example)}")


def _item(name: str, words: str) -> Iterator[str]:
    shown = name.partition(":")[0].rstrip("?*").replace("+=", "=").replace("=", " ")
    yield from (".TP", f"\\fB{_text(shown)}\\fR", _text(words))


def _text(typed: str) -> str:
    """Return a text that troff reads as text: backslashes, hyphens and a leading dot or quote are escaped."""
    escaped = typed.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped
