"""The terminal driver on Linux and macOS: undecodable input, lost terminals, signals, suspend and resize.

Textual's driver is built for a terminal that is there and sends what it should. This one keeps the rest of it, and
reads and writes by itself. It cannot be imported on Windows, where Textual has another driver.
"""

import os
import re
import selectors
import signal
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Full
from time import monotonic
from typing import Any, ClassVar

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from cimodel_tui.textual_compat import ESCAPE_MS, TerminalApp, TerminalClosed

ESC = "\x1b"
ESCAPE_KEY = "\x1b[27u"
"""The Esc key as the Kitty protocol spells it: no byte that follows can be taken for a part of it."""

_SEQUENCE_S = 0.1
"""Seconds for which the rest of a sequence is waited for, once more than its ESC has come."""

_AS_TYPED = {ESC: "", "\x1b[": "[", "\x1bO": "O"}
"""What stands behind the Esc key where a sequence goes no further; the beginning of a report is no text."""

_PASTE, _END_OF_PASTE = "\x1b[200~", "\x1b[201~"
_LONGEST = 32
"""Characters of a sequence that Textual's parser follows; of a longer one it types the characters."""

_SEQUENCE = re.compile(r"\x1b(?:\[(?:M[\s\S]{3}|\[[A-E]|[0-?]*[ -/]*[@-LN-Z\\-~]|[0-?]+[ -/]*M)|O[A-Za-z])")
_BEGINNING = re.compile(r"\x1b(?:\[(?:M[\s\S]{0,2}|\[|[0-?]*[ -/]*)|O)?\Z")
_RESIZED = re.compile(r"\x1b\[48;(\d+)[:\d]*;(\d+)[:\d]*;(\d+)[:\d]*;(\d+)[:\d]*t")
_UNDERSTOOD = re.compile(r"\x1b\[(?:[IO]|<[\d;-]+[Mm]|[\d:]*(?:;[\d:]*){0,2}[u~ABCDEFHPQRS]|\?\d+;\d\$y)")
_NUMBER = re.compile(r"\d+")
_MOST_DIGITS = 7
_STANDARD_ERROR = 2
"""The file descriptor to which Textual paints: what is written to standard output can be kept beside."""

_WIDEST, _HIGHEST = 1000, 500
"""Cells of a terminal, at most: a larger one is an error in a report, and would take minutes to paint."""

_MOST_PIXELS = 99_999

_LET_GO = ":3"
"""What stands behind the modifiers of a key that is let go."""

_SURROGATES = range(0xD800, 0xE000)
_UNICODE = 0x110000


class TerminalInput:
    """Turns the bytes of a terminal into text that Textual's parser takes as the person meant it.

    Textual waits 100 ms for what follows an ESC byte and joins the two: Esc and `r` become alt+r, Esc and Tab
    shift+tab, and both are lost (see textual issue 4816). Here an ESC byte that begins no known sequence is the Esc
    key. Invalid UTF-8 becomes U+FFFD instead of ending the app (textual issue 6456), reports with numbers that no
    terminal has are limited or dropped: the parser would raise OverflowError, or the layout would never end.
    """

    def __init__(self, escape_ms: float = ESCAPE_MS) -> None:
        self._escape = escape_ms / 1000
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self._rest = ""
        self._deadline: float | None = None
        self._pasting = False

    def feed(self, data: bytes, now: float) -> str:
        """Take bytes that came at a time in seconds; returns what is sure by now."""
        text = self._decode(data)
        alone = not self._rest and text in _ALT
        text, self._rest, self._deadline = self._rest + text, "", None
        ready = text if alone and not self._pasting else "".join(self._parts(text))
        if self._rest and not self._pasting:
            self._deadline = now + (self._escape if self._rest == ESC else max(_SEQUENCE_S, self._escape))
        return ready

    def patience(self, now: float) -> float | None:
        """Return for how many seconds the rest of a sequence is waited for, None where nothing is."""
        return None if self._deadline is None else max(self._deadline - now, 0)

    def tick(self, now: float) -> str:
        """Return what has become sure by waiting: an ESC byte is the Esc key."""
        if self._deadline is None or now < self._deadline:
            return ""
        rest, self._rest, self._deadline = self._rest, "", None
        return ESCAPE_KEY + _AS_TYPED[rest] if rest in _AS_TYPED else ""

    def _parts(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            if self._pasting:
                at, part = self._pasted(text, at)
                yield part
                continue
            begin = text.find(ESC, at)
            yield text[at:begin] if begin >= 0 else text[at:]
            if begin < 0:
                return
            found = _SEQUENCE.match(text, begin)
            if _BEGINNING.match(text, begin):
                self._rest = text[begin:]
                return
            if found and (found[0][1] == "[" or found[0] in ANSI_SEQUENCES_KEYS):
                yield _safe(found[0])
                self._pasting, at = found[0] == _PASTE, found.end()
            else:
                yield ESCAPE_KEY
                at = begin + 1

    def _pasted(self, text: str, at: int) -> tuple[int, str]:
        """Return how far a paste goes, and its text; an ESC in it would have Textual type what follows as keys."""
        end = text.find(_END_OF_PASTE, at)
        if end >= 0:
            self._pasting = False
            return end + len(_END_OF_PASTE), text[at:end].replace(ESC, "␛") + _END_OF_PASTE
        longest = min(len(_END_OF_PASTE) - 1, len(text) - at)
        held = next((size for size in range(longest, 0, -1) if text.endswith(_END_OF_PASTE[:size])), 0)
        end = len(text) - held
        self._rest = text[end:]
        return len(text), text[at:end].replace(ESC, "␛")


_ALT = ("\x1bb", "\x1bf", "\x1b\x7f")
"""What alt with an arrow or with backspace sends on macOS; only where it comes alone, as one press of it does."""


def _safe(sequence: str) -> str:
    """Return a sequence that the parser can take, limited where it is absurd; empty where it means nothing."""
    if resized := _RESIZED.fullmatch(sequence):
        return _limited(*(int(each[: _MOST_DIGITS + 1]) for each in resized.groups()))
    if len(sequence) > _LONGEST or (sequence not in ANSI_SEQUENCES_KEYS and not _UNDERSTOOD.fullmatch(sequence)):
        return ""
    numbers = _NUMBER.findall(sequence)
    if any(len(each) > _MOST_DIGITS for each in numbers):
        return ""
    no_character = any(int(each) in _SURROGATES or int(each) >= _UNICODE for each in numbers)
    return "" if no_character else _without_alternatives(sequence)


def _without_alternatives(sequence: str) -> str:
    """Return the report of a key without what stands behind colons, which the parser takes for part of a number.

    `97:65;2:1u` is the key `a`, which gives `A` with shift, pressed; with `:3` behind the modifiers it is let go, which
    is no key (kitty keyboard protocol, "Key codes" and "Event types"). The codes of a text, the third field, stay.
    """
    if ":" not in sequence:
        return sequence
    key, modifiers, *text = (*sequence[2:-1].split(";"), "")
    if modifiers.endswith(_LET_GO):
        return ""
    fields = (key.partition(":")[0], modifiers.partition(":")[0], *text[:1])
    return f"\x1b[{';'.join(fields).rstrip(';')}{sequence[-1]}"


def _limited(rows: int, columns: int, height: int, width: int) -> str:
    """Return the report of a window's size; without pixels a cell counts as one, or the mouse would divide by 0."""
    rows, columns = min(max(rows, 1), _HIGHEST), min(max(columns, 1), _WIDEST)
    height, width = (min(max(each, cells), _MOST_PIXELS) for each, cells in ((height, rows), (width, columns)))
    return f"\x1b[48;{rows};{columns};{height};{width}t"


class _TerminalOutput:
    """Writes to a terminal that may be gone.

    Textual's writer thread dies on the error of a closed terminal; then its queue of 30 fills, and the app waits for
    room in it for ever.
    """

    def __init__(self, fileno: int, closed: Callable[[], None]) -> None:
        self._fileno = fileno
        self._closed = closed
        self.lost = False
        """Whether what is written reaches nobody."""

    def write(self, text: str) -> None:
        """Write all of a text, or nothing once the terminal is gone."""
        data = text.encode("utf-8", errors="replace")
        try:
            while data and not self.lost:
                data = data[os.write(self._fileno, data) :]
        except OSError:
            self.lost = True
            self._closed()

    def flush(self) -> None:
        """Every text is written as it comes."""

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._fileno


class TerminalDriver(LinuxDriver):
    """Textual's driver with an input that loses no key, and an output that outlives its terminal."""

    _GIVE_UP: ClassVar[float] = 0.3
    """Seconds for which a terminal that takes nothing holds up a program that was told to end."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output = _TerminalOutput(_STANDARD_ERROR, self._say_closed)
        vars(self)["_file"] = self._output  # what the writer thread writes to
        self._escape_ms = app.escape_ms if isinstance(app, TerminalApp) else ESCAPE_MS
        self._end_by: float | None = None
        self._raw: list[Any] | None = None

    def hurry(self) -> None:
        """Have a terminal that takes nothing (a frozen line) no longer hold the program up."""
        self._end_by = self._end_by or monotonic() + self._GIVE_UP

    def hurry_on_signals(self) -> None:
        """Hurry in the signal handler itself.

        The event loop does not turn while the terminal takes nothing. It learns of the signal all the same, by the byte
        that the interpreter writes to it, whatever the handler is.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.hurry())

    def _say_closed(self) -> None:
        with suppress(RuntimeError):  # the event loop has ended before its terminal
            self.send_message(TerminalClosed())

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return the size of the terminal, as far as it can be painted."""
        width, height = super()._get_terminal_size()
        return min(width, _WIDEST), min(height, _HIGHEST)

    def start_application_mode(self) -> None:
        """Take the terminal, and know how it was set."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # it has no types
        with suppress(termios.error):
            self._raw = termios.tcgetattr(self.fileno)

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop.

        After one that came from outside (SIGSTOP) Textual takes the terminal a second time, and two threads read the
        keys, each some of them. Here the terminal is set again as it was, for a shell may have used it meanwhile.
        """
        if self._must_signal_resume:
            super()._sigcont_application()
        elif self._auto_restart and self._raw:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)
            self._loop.call_soon_threadsafe(self._app.refresh)

    def write(self, data: str) -> None:
        """Have something written; waits while the terminal takes nothing, unless the program is to end."""
        thread = self._writer_thread
        while thread is not None and not self._output.lost:
            try:
                thread._queue.put(data, timeout=0.1)  # its `write` waits for ever
            except Full:
                self._output.lost = self._end_by is not None and monotonic() > self._end_by
            else:
                return

    def close(self) -> None:
        """End the writer thread; one that is stuck in a write is left to end with the process."""
        thread = self._writer_thread
        if thread is None:
            return
        end = monotonic() + self._GIVE_UP
        while thread.is_alive() and monotonic() < end:
            try:
                thread._queue.put(None, timeout=0.1)  # its `stop` waits for ever
            except Full:
                continue
            thread.join(max(end - monotonic(), 0))
            return

    def run_input_thread(self) -> None:
        """Read keys until the app ends or the terminal is gone."""
        terminal, parser = TerminalInput(self._escape_ms), XTermParser(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                wait = terminal.patience(monotonic())
                if selector.select(0.1 if wait is None else min(wait, 0.1)):
                    data = _read(self.fileno)
                    if not data:
                        self._say_closed()
                        return
                    self._take(parser, terminal.feed(data, monotonic()))
                else:
                    self._take(parser, terminal.tick(monotonic()))

    def _take(self, parser: XTermParser, text: str) -> None:
        """Hand on what was read; the Esc key goes past the parser, which knows its spelling only by default."""
        for index, part in enumerate(text.split(ESCAPE_KEY)):
            if index:
                self.process_message(events.Key("escape", ESC))
            for message in parser.feed(part) if part else ():
                self.process_message(message)
        for message in parser.tick():
            self.process_message(message)


def _read(fileno: int) -> bytes:
    """Read what has come, nothing where the terminal is gone."""
    try:
        return os.read(fileno, 4096)
    except OSError:
        return b""
