"""The command line: plain and scriptable, and the way in for screen readers.

It is the one place that connects a store and a clock. The table in `commands` names every command and its module, which
is imported when the command runs.

Exit codes: 0 done; 1 only where a command says so; 2 wrong use or unreadable input, with one line on standard error.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cimodel_tui.cli.parser import parse
from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.cli import arguments, config, incoming, keymap, output, pull, shell, show

__all__ = ["arguments", "config", "incoming", "keymap", "output", "pull", "run", "shell", "show"]

__getattr__ = lazy_attributes(__name__, __all__)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    _configure_streams()
    try:
        parsed = parse(list(arguments))
        code = parsed if isinstance(parsed, int) else parsed.run()
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as problem:
        _discard_output()
        where = f"{problem.filename}: " if problem.filename else ""
        sys.stderr.write(f"cimodel-tui: {where}{problem.strerror or problem}\n")
        return 2
    return code


def _configure_streams() -> None:
    """Read and write UTF-8, with line feeds on Windows too, so that a file and a pipe get the same bytes everywhere.

    Invalid UTF-8 on standard input is decoded as U+FFFD; a closed stream is replaced by the null device.
    """
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - stays open to the end
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reading = stream is sys.stdin
            errors, newline = ("replace", None) if reading else ("backslashreplace", "\n")
            reconfigure(encoding="utf-8", errors=errors, newline=newline)


def _discard_output() -> None:
    """Discard what is still buffered for standard output, so that the exit of the program does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
