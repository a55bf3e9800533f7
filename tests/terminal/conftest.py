"""The installed program in a real pseudo-terminal, with a screen that shows what a terminal would show."""

import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyte
import pytest
from ptyprocess import PtyProcess  # type: ignore[import-untyped]  # ships no types

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.storage.open import create, load, open_store
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.actions import add_improvement
from tests.samples.pen import Pen, WalkingClock, steady_ids
from tests.storage.conftest import StandingClock
from tests.waiting import DEADLINE
from tests.workbook.stories import agreed

PROGRAM = Path(sys.executable).with_name("cimodel-tui")

ENTER, TAB, ESC, DOWN, LEFT, END = "\r", "\t", "\x1b", "\x1b[B", "\x1b[D", "\x1b[F"
F2, F3, F4, F5, F9 = "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[20~"
CTRL_P, CTRL_Q, CTRL_S = "\x10", "\x11", "\x13"

_UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b[P_^].*?\x1b\\", re.DOTALL)
"""What the screen of the tests does not know: private modes, keyboard protocols, strings to the terminal."""


_ASKS, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""The question whether pictures can be sent as a whole, and the answer of a terminal that knows it."""

_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"
"""Stand around a picture that is to be shown as a whole."""


class Terminal:
    """One program in one pseudo-terminal, which shows whole pictures: half of one is judged by nobody."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], size: tuple[int, int]) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.process = PtyProcess.spawn(list(command), env=environment, dimensions=(rows, columns))
        self.sent = b""
        """Everything that the program has sent."""
        self._answered = False
        self._unshown = b""

    def keys(self, *keys: str) -> None:
        """Press keys, or type texts."""
        for each in keys:
            self.raw(each.encode())

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        os.write(self.process.fd, data)

    def paste(self, text: str) -> None:
        """Paste as a terminal does."""
        self.raw(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def until(self, words: str) -> None:
        """Read until these words are on the screen, wherever lines break."""
        self._wait(lambda: _run_on(words) in _run_on(self.text()), f"{words!r} does not come")

    def until_gone(self, words: str) -> None:
        """Read until these words are no longer on the screen."""
        self._wait(lambda: _run_on(words) not in _run_on(self.text()), f"{words!r} stays")

    def until_sent(self, data: bytes) -> None:
        """Read until the program has sent this."""
        self._wait(lambda: data in self.sent, f"{data!r} is not sent")

    def _wait(self, there: Callable[[], bool], complaint: str) -> None:
        end = time.monotonic() + DEADLINE
        while not there():
            alive = self._read(0.2)
            if time.monotonic() > end or (not alive and not there()):
                raise AssertionError(f"{complaint} in\n{self.text()}\n{self.sent[-2000:]!r}")

    def _read(self, seconds: float) -> bool:
        """Read what has come; tells whether the program still has the terminal."""
        ready, _, _ = select.select([self.process.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.process.fd, 65_536)
        except OSError:
            return False
        self.sent += data
        if not self._answered and _ASKS in self.sent:
            self._answered = True
            self.raw(_ANSWER)
        self._show(self._unshown + data)
        return bool(data)

    def _show(self, data: bytes) -> None:
        """Show what has come, short of a picture that has begun and not ended."""
        begun = data.rfind(_BEGIN)
        whole = len(data) if begun <= data.rfind(_END) else begun
        self._unshown = data[whole:]
        self._stream.feed(_UNKNOWN.sub(b"", data[:whole]))

    def text(self) -> str:
        """Return the screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def end(self) -> int:
        """Read to the end; returns the exit code, or minus the signal that ended it.

        Keys typed ahead may lead through many pages first: the deadline is that of one picture.
        """
        shown, end = self.text(), time.monotonic() + DEADLINE
        while self._read(0.2):
            before, shown = shown, self.text()
            if shown != before:
                end = time.monotonic() + DEADLINE
            elif time.monotonic() > end:
                raise AssertionError(f"it does not end:\n{self.text()}")
        self.process.wait()
        return -self.process.signalstatus if self.process.signalstatus else int(self.process.exitstatus)

    def close(self) -> None:
        """Close the terminal as its window does, whatever the program is doing."""
        self.process.fileobj.close()
        self.process.closed, self.process.fd = True, -1

    def is_gone(self) -> bool:
        """Tell whether the program has ended."""
        return not self.process.isalive()

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal."""
        self.process.kill(number)


def _run_on(text: str) -> str:
    return re.sub(r"[\s│]+", "", text)


@dataclass
class Seat:
    """A home of one's own in front of a terminal."""

    home: Path
    running: list[Terminal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.path = self.home / "desk.json"
        self.places = UserFolders(
            self.home / "data" / "cimodel-tui",
            self.home / "state" / "cimodel-tui",
            self.home / "config" / "cimodel-tui",
        )

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return kept | {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "CIMODEL_TUI_TODAY": "2026-03-02",
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }

    def start(self, *arguments: object, size: tuple[int, int] = (80, 24)) -> Terminal:
        """Start the installed program."""
        return self.command(PROGRAM, *arguments, size=size)

    def command(self, *command: object, size: tuple[int, int] = (80, 24)) -> Terminal:
        """Start some program."""
        started = Terminal([str(each) for each in command], self.environment, size)
        self.running.append(started)
        return started

    def configure(self, text: str) -> None:
        """Write the configuration file."""
        self.places.config.mkdir(parents=True, exist_ok=True)
        (self.places.config / "config.toml").write_text(text, encoding="utf-8")

    def with_improvement(self, title: str = "Access on day one") -> Path:
        """Make a workbook with one improvement in it."""
        create(self.path, "Desk", self.places)
        store = open_store(self.path, self.places, editor=False)
        add_improvement(Workbook(store, StandingClock()), title)
        store.close()
        return self.path

    def with_agreed_baseline(self) -> Path:
        """Make a workbook with one improvement whose baseline and target are agreed."""
        create(self.path, "Desk", self.places)
        store, ids, clock = (
            open_store(self.path, self.places, editor=False),
            steady_ids(),
            WalkingClock(date(2026, 1, 5)),
        )
        agreed(Pen(Workbook(store, clock, me="Ada", ids=lambda: next(ids)), clock))
        store.close()
        return self.path

    def at_vision(self) -> Terminal:
        """Open a workbook with one improvement, at its first field."""
        opened = self.start(self.with_improvement())
        opened.until("CI-0001")
        opened.keys(ENTER)
        opened.until("this serves, in")
        return opened

    def kept(self) -> tuple[Improvement, Iteration]:
        """Read the improvement and its latest iteration from the file."""
        store = load(self.path, self.places)
        documents = store.documents()
        (improvement,) = documents.improvements.values()
        return improvement, documents.iterations[documents.lineage[improvement.id][-1]]


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    made = Seat(tmp_path)
    yield made
    for each in made.running:
        if each.process.isalive():
            each.process.kill(signal.SIGKILL)
            each.process.wait()
        if not each.process.closed:
            each.process.close(force=True)
