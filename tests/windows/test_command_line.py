"""`serve` starts the app through a shell: a path with anything in it arrives as it was, and nothing in it is obeyed."""

import re
import shlex
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from cimodel_tui.cli.serve import command_line

OBEYED = '()%!^"<>&|'
TEXT = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(OBEYED + " \\"), max_size=12)


def _as_cmd_reads(line: str) -> str:
    """Return what cmd.exe starts: a caret takes the meaning of the character behind it."""
    found = []
    for caret, plain in re.findall(r"(\^.)|(.)", line, re.DOTALL):
        assert caret or plain not in OBEYED, f"{plain} is obeyed in {line}"
        found.append(caret[1:] or plain)
    return "".join(found)


def _as_the_runtime_reads(line: str) -> list[str]:
    """Return the arguments that the C runtime makes of a line, by the rules for CommandLineToArgvW."""
    return ["".join(each) for each in _arguments(line)]


def _arguments(line: str) -> Iterator[list[str]]:
    argument: list[str] | None = None
    quoted = False
    for quote, blank, other in re.findall(r'(")|([ \t])|([^" \t])', _halved(line)):
        if blank and not quoted:
            if argument is not None:
                yield argument
            argument = None
            continue
        argument = [] if argument is None else argument
        if quote:
            quoted = not quoted
        else:
            argument.append({"\ue000": '"', "\ue001": "\\"}.get(other, other) if other else blank)
    if argument is not None:
        yield argument


def _halved(line: str) -> str:
    """Halve the backslashes before a quote; an odd one makes the quote a letter. Those letters are stood in for."""

    def read(found: re.Match[str]) -> str:
        slashes, odd = divmod(len(found[1]), 2)
        return "\ue001" * slashes + ("\ue000" if odd else '"')

    return re.sub(r'(\\+)"', read, line)


@given(st.lists(TEXT, min_size=1, max_size=4))
@example(["R&D.json", "%PATH%.json", "x^y", 'a"b', "", "tail\\", "a b\\", 'a\\"b', "!x!"])
def test_windows_starts_the_program_with_the_arguments_as_they_are(arguments: list[str]) -> None:
    line = command_line(arguments, windows=True)
    assert _as_the_runtime_reads(_as_cmd_reads(line)) == arguments


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_posix_starts_the_program_with_the_arguments_as_they_are(arguments: list[str]) -> None:
    assert shlex.split(command_line(arguments, windows=False)) == arguments
