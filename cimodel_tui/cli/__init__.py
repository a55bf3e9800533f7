"""The command line: plain and scriptable, and the way in for screen readers. It is the one place that wires a store.

Every command is a module of this folder that says what it takes and what it does; it is imported when it is asked for.
Exit codes: 0 done; 1 only where a command says so; 2 wrong use or unreadable input, with one line on standard error.
"""

import os
import sys
from collections.abc import Sequence

from cimodel_tui.cli.parser import parse


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    _decode_gently()
    parsed = parse(list(arguments))
    if isinstance(parsed, int):
        return parsed
    try:
        code = parsed.run()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


def _decode_gently() -> None:
    """Read and write UTF-8; what is no UTF-8 becomes a mark instead of ending the program."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")
