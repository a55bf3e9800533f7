"""The command line: plain and scriptable, and the way in for screen readers. It is the one place that wires a store.

Every command is a module of this folder that says what it takes and what it does; it is imported when it is asked for.
Exit codes: 0 done; 1 only where a command says so; 2 wrong use or unreadable input, with one line on standard error.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cimodel_tui.cli.parser import parse
from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.cli import config, keymap, local_zone, options, output, pdf, pull, shell

__all__ = ["config", "keymap", "local_zone", "options", "output", "pdf", "pull", "run", "shell"]

__getattr__ = lazy_attributes(__name__, __all__)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    _decode_gently()
    try:
        parsed = parse(list(arguments))
        code = parsed if isinstance(parsed, int) else parsed.run()
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as problem:
        _let_go()
        where = f"{problem.filename}: " if problem.filename else ""
        sys.stderr.write(f"cimodel-tui: {where}{problem.strerror or problem}\n")
        return 2
    return code


def _decode_gently() -> None:
    """Read and write UTF-8, with line feeds on Windows too, so that a file and a pipe get the same bytes everywhere.

    What is no UTF-8 becomes a mark instead of ending the program. Closed ends lead nowhere.
    """
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - stays open to the end
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reading = stream is sys.stdin
            errors, newline = ("replace", None) if reading else ("backslashreplace", "\n")
            reconfigure(encoding="utf-8", errors=errors, newline=newline)


def _let_go() -> None:
    """Send what is still held back nowhere, so that the end of the program does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
