"""A progress line on standard error for what takes longer than a second, on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

_DELAY = 1.0
"""Seconds before the first line is printed."""
_INTERVAL = 0.1
"""Seconds between two lines, so that the terminal is not what takes long."""
_CLEAR_LINE = "\r\x1b[K"
"""Clears the line; the cursor stays at its beginning, so that an error message overwrites what is there."""


class Progress:
    """Prints how many of something are done; called with their number."""

    def __init__(self, noun: str, total: int = 0, *, now: Callable[[], float] = time.monotonic) -> None:
        self._noun, self._total, self._now = noun, total, now
        self._next = now() + _DELAY
        self._is_shown = False

    def __call__(self, count: int) -> None:
        """Print how far it is, once it takes longer than a second."""
        now = self._now()
        if now < self._next or not _is_terminal():
            return
        self._next = now + _INTERVAL
        self._is_shown = True
        of = f" of {self._total:,}" if self._total else ""
        _write(f"{_CLEAR_LINE}{count:,}{of} {self._noun}\r")

    def end(self) -> None:
        """Clear the line."""
        if self._is_shown:
            self._is_shown = False
            _write(_CLEAR_LINE)


def each_of(items: Sequence[T], noun: str) -> Iterator[T]:
    """Yield items of which each may take long, and print how many are done."""
    progress = Progress(noun, len(items))
    try:
        for count, each in enumerate(items):
            progress(count)
            yield each
    finally:
        progress.end()


@contextmanager
def during(words: str) -> Iterator[None]:
    """Print what is waited for, where progress cannot be counted."""
    if not _is_terminal():
        yield
        return
    _write(f"{words} ...\r")
    try:
        yield
    finally:
        _write(_CLEAR_LINE)


def _is_terminal() -> bool:
    return bool(sys.stderr and sys.stderr.isatty())


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
