"""Try the program with a CPython for Windows under Wine, and print what holds: `wine.sh check` runs this, by hand.

Wine's console paints badly, so nothing is judged by its looks: the app is driven by keys, and its file is read.
"""

import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import ptyprocess  # type: ignore[import-untyped]  # it has no types

CHECKOUT = Path(__file__).parents[2]
PATIENCE_S = 120
PURE = ("model", "measurement", "coach", "charts", "sources")
FILES = ("storage/test_locks.py", "storage/test_draft.py", "storage/test_store.py", "storage/test_merge.py")
"""Suites of storage, among them the two processes that write at the same time."""

POSIX_ALONE = "not mode and not private and not link and not umask and not any_script"
"""Statements about mode bits, symbolic links and names that Windows does not have."""

TOLD_TO_END = """
import asyncio, ctypes
from cimodel_tui.storage.system import Windows

async def end_by_the_console():
    ended = asyncio.Event()
    Windows().on_termination_request(asyncio.get_running_loop(), ended.set)
    assert ctypes.windll.kernel32.GenerateConsoleCtrlEvent(0, 0)
    await asyncio.wait_for(ended.wait(), 60)
    print("told to end")

asyncio.run(end_by_the_console())
"""


class Wine:
    """The interpreter, started by `wine.sh`."""

    def __init__(self, folder: str) -> None:
        self._script, self._folder = str(CHECKOUT / "tests/windows/wine.sh"), folder

    def python(self, *arguments: str) -> str:
        done = subprocess.run(
            ["bash", self._script, "python", self._folder, *arguments],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return done.stdout.decode(errors="replace").replace("\r", "")

    def program(self, *arguments: str) -> str:
        return self.python("-m", "cimodel_tui", *arguments)

    def suite(self, *paths: str, only: str = "") -> str:
        chosen = ["-k", only] if only else []
        plain = ("-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly")
        said = self.python("-m", "pytest", *plain, *(f"tests/{each}" for each in paths), *chosen)
        failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
        return "; ".join([said.strip().rpartition("\n")[2], *failed])

    def at_a_terminal(self, *arguments: str) -> ptyprocess.PtyProcess:
        command = ["bash", self._script, "terminal", self._folder, *arguments]
        return ptyprocess.PtyProcess.spawn(command, cwd=str(CHECKOUT), dimensions=(30, 100))


def of_windows(path: Path) -> str:
    return str(PureWindowsPath("Z:", "\\", *path.parts[1:]))


def findings(wine: Wine, folder: Path) -> Iterator[str]:
    """Yield everything that is tried."""
    yield from commands(wine, folder)
    yield console(wine)
    yield app(wine, folder)
    for each in PURE:
        yield f"tests/{each}: {wine.suite(each)}"
    yield f"storage, without statements about POSIX: {wine.suite(*FILES, only=POSIX_ALONE)}"


def commands(wine: Wine, folder: Path) -> Iterator[str]:
    """Run one command after another, each with what has to be in its answer."""
    sample, desk = of_windows(folder / "sample.json"), of_windows(folder / "desk.json")
    report = of_windows(folder / "report")
    for arguments, wanted in (
        (("--version",), "cimodel-tui "),
        (("--help",), "usage: "),
        (("where",), r"Documents\cimodel-tui"),
        (("demo", "--keep", sample, "--no-open"), "sample.json"),
        (("doctor", sample), "every seal holds"),
        (("show", sample), "CI-0001"),
        (("coach", sample), "register, review on"),
        (("due", sample), "late"),
        (("new", desk, "--title", "Service desk"), "Service desk"),
        (("add", desk, "Restore systems faster"), "CI-0001"),
        (("show", desk), "Restore systems faster"),
        (("backups", desk), "UTC"),
        (("restore", desk, "1"), ""),
        (("report", sample, "CI-0001", "--format", "md,html,json", "-o", report), ""),
        (("report", desk, "--format", "csv"), "Ref"),
    ):
        said = wine.program(*arguments)
        holds = wanted.casefold() in said.casefold() and "Traceback" not in said
        yield f"{'ok  ' if holds else 'FAIL'} {arguments[0]}{'' if holds else f': {said[-300:]}'}"
    with_return = [each.name for each in folder.iterdir() if b"\r" in each.read_bytes()]
    yield f"{'FAIL' if with_return else 'ok  '} line feeds alone in every file {with_return or ''}"
    yield f"     reports: {sorted(each.name for each in folder.glob('report.*'))}"


def console(wine: Wine) -> str:
    """Send the console an interrupt, as ctrl+c does."""
    terminal = wine.at_a_terminal("-c", TOLD_TO_END)
    return f"an interrupt of the console: {'told to end' if 'told to end' in _rest(terminal) else 'FAIL'}"


def app(wine: Wine, folder: Path) -> str:
    """Make a workbook with one improvement by keys alone, and quit."""
    path, title = folder / "keys.json", "Restore systems faster"
    terminal = wine.at_a_terminal("-m", "cimodel_tui", "open", "--new", of_windows(path))
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and not (path.exists() and title in path.read_text(encoding="utf-8")):
        _paint_for(terminal, 15)
        for keys in (b"a", title.encode(), b"\r"):
            terminal.write(keys)
            _paint_for(terminal, 2)
    saved = path.exists() and title in path.read_text(encoding="utf-8")
    terminal.write(b"\x11")
    _rest(terminal)
    terminal.wait()
    return f"the app: typed and saved {saved}, exit code {terminal.exitstatus}"


def _rest(terminal: ptyprocess.PtyProcess) -> str:
    found = b""
    while True:
        try:
            found += terminal.read(65536)
        except EOFError:
            return found.decode(errors="replace")


def _paint_for(terminal: ptyprocess.PtyProcess, seconds: float) -> None:
    """Take what is painted: a console whose output nobody reads stops."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal.fd], [], [], 0.2)[0]:
            terminal.read(65536)


def main() -> None:
    """Print a line as soon as it is known."""
    wine = Wine(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        for line in findings(wine, Path(made)):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
