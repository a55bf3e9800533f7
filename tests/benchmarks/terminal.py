"""A program in a real pseudo-terminal, and how long a person in front of it waits."""

import os
import re
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Self

from ptyprocess import PtyProcess  # type: ignore[import-untyped]  # it has no types

ROWS, COLUMNS = 24, 80
PATIENCE = 60.0
"""Seconds after which something that does not come is given up."""

_CHUNK = 1 << 16
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_=>])")


class Terminal:
    """One running program; it is killed at the end of the block."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._began = time.perf_counter()
        self._process = PtyProcess.spawn(list(command), env=dict(environment), dimensions=(ROWS, COLUMNS))
        self._seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill(signal.SIGKILL)
        self._process.wait()
        self._process.close()

    def since_start(self, marker: str) -> float:
        """Return the seconds from the start of the program until these words are on the screen."""
        return self._until(marker, self._began)

    def after(self, keys: str, marker: str) -> float:
        """Return the seconds from these keys until these words are drawn."""
        self._drain()
        began = time.perf_counter()
        self._process.write(keys.encode())
        return self._until(marker, began)

    def to_the_end(self, keys: str) -> float:
        """Press keys, of which the last ends the program; returns the seconds from its start to its end."""
        self._process.write(keys.encode())
        with suppress(EOFError):
            while time.perf_counter() - self._began < PATIENCE:
                self._read(PATIENCE)
        return time.perf_counter() - self._began

    def rest(self, seconds: float) -> None:
        """Leave the program alone for a while; what it draws is read and forgotten."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        self._seen = b""

    def resident(self) -> float:
        """Return how much memory the program holds, in bytes."""
        found = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self._process.pid)], capture_output=True, text=True, check=True
        )
        return int(found.stdout) * 1024

    def _drain(self) -> None:
        while self._read(0):
            pass
        self._seen = b""

    def _until(self, marker: str, began: float) -> float:
        wanted = marker.encode()
        while wanted not in self._seen and wanted not in _ESCAPES.sub(b"", self._seen):
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{marker!r} never came; last seen: {_ESCAPES.sub(b'', self._seen)[-800:]!r}")
            self._read(PATIENCE)
        return time.perf_counter() - began

    def _read(self, patience: float) -> bytes:
        ready, _, _ = select.select([self._process.fd], [], [], max(patience, 0))
        if not ready:
            return b""
        try:
            data = os.read(self._process.fd, _CHUNK)
        except OSError:
            data = b""
        if not data:
            raise EOFError(f"the program ended; last seen: {_ESCAPES.sub(b'', self._seen)[-800:]!r}")
        self._seen += data
        return data
