"""The app in a browser, for those who cannot install it."""

import ipaddress
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cimodel_tui.cli.shell import Shell, Values, WrongUseError

HOST, PORT = "127.0.0.1", 8000
"""The default address: reachable from this machine only."""

_LAST_PORT = 65_535

_CMD_SPECIAL = re.compile(r'[()%!^"<>&|]')

_WARNING = (
    "warning: {host} can be reached from other machines, and there is no password: "
    "anybody who opens the page can read and change the workbook"
)


def run_serve(shell: Shell, values: Values) -> int:
    """Serve a workbook until ctrl+c."""
    path = Path(values.file).expanduser()
    host, port = values.host or HOST, _port(values.port)
    shell.open_to_read(path)
    try:
        from cimodel_tui.textual_compat.web import WebServer  # noqa: PLC0415 - an extra, with a web server behind it
    except ImportError:
        raise WrongUseError("serve needs the extra `web`: pip install 'cimodel-tui[web]'") from None
    loopback = _is_loopback(host)
    if not loopback:
        sys.stderr.write(f"cimodel-tui: {_WARNING.format(host=host)}\n")
    shell.print(f"{path} at http://{f'[{host}]' if ':' in host else host}:{port} · ctrl+c ends it")
    sys.stdout.flush()
    WebServer(_command(path, values), host, port, loopback=loopback).serve()
    return 0


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else PORT if not text else 0
    if not 0 < port <= _LAST_PORT:
        raise WrongUseError(f"--port: {text} is not a port: write a number from 1 to {_LAST_PORT}")
    return port


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _command(path: Path, values: Values) -> str:
    """Return how each page starts the app."""
    options = [
        f"{name}={value}" for name, value in (("--today", values.today), ("--data-dir", values.data_dir)) if value
    ]
    return command_line([sys.executable, "-m", "cimodel_tui", *options, "open", str(path.resolve())])


def command_line(arguments: Sequence[str], *, windows: bool = os.name == "nt") -> str:
    """Return arguments as one line for the shell of the system: sh, or cmd.exe.

    On Windows two parsers read it: cmd.exe, and the C runtime of the program. The line is quoted for the runtime first.
    Then a caret goes before every character that cmd.exe would interpret, the quotes among them, so that to cmd.exe
    nothing is quoted and no `%NAME%` is a variable.
    """
    if not windows:
        return shlex.join(arguments)
    return _CMD_SPECIAL.sub(r"^\g<0>", subprocess.list2cmdline(arguments))
