"""Where a report goes: standard output, a file of its own, or a folder; and the format by its ending."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

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
