"""Run `cimodel-tui` as on Windows: every module and name that only POSIX has is gone, and `msvcrt` is there.

python tests/windows/without_posix.py ARGUMENTS      the shell
python tests/windows/without_posix.py --import-all   every module of the package, one a line
"""

import os
import pkgutil
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

MODULES = ("fcntl", "grp", "pwd", "resource", "syslog", "termios", "tty", "pty")
"""What the standard library has on POSIX alone."""

NAMES = {
    os: [
        "O_DIRECTORY",
        "O_NONBLOCK",
        "O_CLOEXEC",
        "O_NOFOLLOW",
        "fchmod",
        "fchown",
        "chown",
        "uname",
        "getuid",
        "geteuid",
        "mkfifo",
    ],
    signal: ["SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1", "SIGALRM", "SIGWINCH", "SIGTSTP", "SIGCONT"],
}
"""The names that are missing on Windows, by their module."""


NOT_IMPORTED = ("cimodel_tui.__main__", "cimodel_tui.textual_compat.terminal")
"""The program itself, and the driver for a terminal of POSIX: on Windows Textual brings another."""


class _Missing(MetaPathFinder):
    """Finds no module that Windows lacks."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname in MODULES:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def leave_posix() -> None:
    """Take it all away once those are loaded that look on what they run and are free to use it."""
    for name in ("asyncio", "platform", "platformdirs", "subprocess"):
        import_module(name)
    Msvcrt = import_module("tests.windows.fakes").Msvcrt  # noqa: N806 - a class
    runtime = ModuleType("msvcrt")
    runtime.__dict__["locking"] = Msvcrt().locking
    sys.modules["msvcrt"] = runtime
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, _Missing())
    for module, names in NAMES.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)


def main() -> int:
    """Run what was asked for."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    leave_posix()
    if sys.argv[1:] == ["--import-all"]:
        package = import_module("cimodel_tui")
        for each in pkgutil.walk_packages(package.__path__, "cimodel_tui."):
            if each.name not in NOT_IMPORTED:
                import_module(each.name)
                sys.stdout.write(f"{each.name}\n")
        return 0
    run = import_module("cimodel_tui.cli").run
    code: int = run(sys.argv[1:])
    return code


if __name__ == "__main__":
    sys.exit(main())
