"""What a command writes: where a report goes and in which format, and a progress line.

A report goes to standard output, a file of its own, or a folder; the ending gives the format. Progress goes to standard
error, for what takes longer than a second, on a terminal only.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from cimodel_tui.cli.shell import WrongUseError

FORMATS: Mapping[str, tuple[str, ...]] = {
    "md": ("md", "markdown", "txt"),
    "html": ("html", "htm"),
    "csv": ("csv",),
    "csv-classic": ("csv",),
    "json": ("json",),
    "xlsx": ("xlsx",),
    "svg": ("svg",),
    "pdf": ("pdf",),
}
"""Every format, with the endings that a file in it may have; the first is the one that a new file gets."""

BOM = "\ufeff"
"""The byte order mark by which Excel knows that a CSV is UTF-8."""

_BINARY = ("xlsx", "pdf")

STDOUT = ("", "-")
"""The values of OUT that mean standard output."""


def formats_of(command: str, formats: str, out: str, known: tuple[str, ...]) -> list[str]:
    """Return the formats given, else the one of the ending of OUT, else the first known.

    Raises WrongUseError for a format that is not known, and for a name whose ending is another format.
    """
    found = list(dict.fromkeys(each.strip().lower() for each in formats.split(",") if each.strip()))
    found = found or [_by_ending(command, out, known)]
    for each in found:
        if each not in known:
            raise WrongUseError(f"{command}: no format {each} here: {join_words(known)} are available")
    if len(found) == 1:
        _check_ending(command, out, found[0])
    return found


def join_words(names: tuple[str, ...]) -> str:
    """Return names as a list in words."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _ending(out: str) -> str:
    return "" if out in STDOUT or Path(out).is_dir() else Path(out).suffix.lstrip(".").lower()


def _by_ending(command: str, out: str, known: tuple[str, ...]) -> str:
    ending = _ending(out)
    if not ending:
        return known[0]
    found = next((name for name in known if ending in FORMATS[name]), None)
    if found is None:
        raise WrongUseError(f"{command}: {out} has the ending of no format that is available here: {join_words(known)}")
    return found


def _check_ending(command: str, out: str, chosen: str) -> None:
    ending = _ending(out)
    every = {each for endings in FORMATS.values() for each in endings}
    if ending in every and ending not in FORMATS[chosen]:
        raise WrongUseError(f"{command}: {out} is the name of another format than {chosen}")


def output_path(out: str, chosen: str, *, stem: bool) -> Path:
    """Return the file that one format goes to; with `stem` OUT is a name without ending for several formats."""
    path = Path(out).expanduser()
    if not stem:
        return path
    ending = FORMATS[chosen][0]
    bare = path.with_suffix("") if path.suffix.lstrip(".").lower() in FORMATS else path
    return bare.with_name(f"{bare.name}{'-classic' if chosen == 'csv-classic' else ''}.{ending}")


def write_file(command: str, path: Path, data: bytes) -> None:
    """Write a file atomically: to a temporary file beside it, which then replaces it."""
    if path.is_dir():
        raise WrongUseError(f"{command}: {path} is a folder")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data)
    except OSError as problem:
        words = (problem.strerror or str(problem)).lower()
        raise WrongUseError(f"{command}: {path} cannot be written: {words}") from None


def _replace(path: Path, data: bytes) -> None:
    """Replace a file by another that keeps its mode."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def write_format(command: str, out: str, chosen: str, data: bytes, *, stem: bool = False) -> None:
    """Write one format to standard output or to its file; binary formats go to standard output only with `-`."""
    if out not in STDOUT:
        write_file(command, output_path(out, chosen, stem=stem), data)
    elif chosen in _BINARY:
        if not out:
            raise WrongUseError(f"{command}: {chosen} is binary: name a file with -o, or - for standard output")
        sys.stdout.buffer.write(data)
    else:
        sys.stdout.write(data.decode("utf-8", "replace"))


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
