"""What is measured within one process: an edit brought to disk, and the judge."""

import json
import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from math import log
from pathlib import Path

from cimodel_tui.measurement.json_io import judge_bytes
from cimodel_tui.model.clock import SystemClock
from cimodel_tui.model.step import Place
from cimodel_tui.storage.open import open_store
from cimodel_tui.storage.store import StorageContext
from cimodel_tui.storage.system import System
from cimodel_tui.workbook import Workbook
from tests.benchmarks.lab import Lab
from tests.benchmarks.waits import Pair, at_latest

LEAST = 1_000
"""The readings against which the judge of more of them is measured."""

_FIRST = date(1750, 1, 1)


class Watched(System):
    """The operating system, and the moment at which it last had everything on the device."""

    synced_at = 0.0

    def __init__(self, slower: float) -> None:
        self._slower = slower

    def fsync(self, descriptor: int) -> None:
        """Return once the device holds everything, and so many seconds later."""
        super().fsync(descriptor)
        time.sleep(self._slower)
        self.synced_at = time.perf_counter()


def edit_on_disk(lab: Lab, size: str, slower: float = 0.0) -> Iterator[Pair]:
    """From a change to the return of the last fsync; the floor puts the same bytes in place by the same steps.

    Every fsync of both can be made to take so many seconds more, as on a disk that is not as quick as this one.
    """
    path, system = lab.workbook(size), Watched(slower)
    store = open_store(path, lab.places, StorageContext(debounce=None, system=system))
    book = Workbook(store, SystemClock())
    latest = at_latest(lab, size)
    place = Place(latest.improvement, latest.iteration, "vision", "why_now")
    try:
        for at in range(100_000):
            before = path.read_bytes()
            floor = _written(path.with_suffix(".floor"), before, slower)
            began = time.perf_counter()
            book.change(place, f"{at:08d}")
            store.flush()
            taken = system.synced_at - began
            if at:  # the first save of a session takes a backup besides
                yield floor, taken
    finally:
        store.close()


def _written(path: Path, data: bytes, slower: float) -> float:
    """Write, fsync, read back, replace, fsync the folder; returns the seconds."""
    path.touch()
    began = time.perf_counter()
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(descriptor, data)
    os.fsync(descriptor)
    time.sleep(slower)
    os.close(descriptor)
    if temporary.read_bytes() != data:
        raise OSError(f"{temporary} reads back differently")
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    time.sleep(slower)
    os.close(folder)
    return time.perf_counter() - began


def judged(_lab: Lab, readings: int, kind: str = "value", *, equal: bool = True) -> Iterator[Pair]:
    """How long the judge takes; the floor is what n log n makes of the time for 1,000 readings of the same kind."""
    small, large = _question(LEAST, kind, equal=equal), _question(readings, kind, equal=equal)
    expected = readings * log(readings) / (LEAST * log(LEAST))
    while True:
        yield min(_judge(small) for _ in range(5)) * expected, _judge(large)


def _judge(question: bytes) -> float:
    began = time.perf_counter()
    judge_bytes(question)
    return time.perf_counter() - began


def judged_in_fifty_digits(_lab: Lab, readings: int) -> Iterator[Pair]:
    """How long shares of totals that differ take; the floor is the exact path, of shares whose totals are equal."""
    exact, decimals = _question(readings, "share"), _question(readings, "share", equal=False)
    while True:
        yield _judge(exact), _judge(decimals)


def _question(readings: int, kind: str = "value", *, equal: bool = True) -> bytes:
    rows = [_reading(at, readings, kind, equal=equal) for at in range(readings)]
    half = readings // 2
    asked = {"better": "lower", "kind": kind, "target": "75", "baseline": rows[:half], "after": rows[half:]}
    return json.dumps(asked).encode()


def _reading(at: int, readings: int, kind: str, *, equal: bool) -> dict[str, str]:
    value = (90 if at * 2 < readings else 70) + at * 7 % 10
    day = (_FIRST + timedelta(days=at)).isoformat()
    if kind == "events":
        return {"date": day, "value": str(1 + at % 2)}
    if kind == "value":
        return {"date": day, "value": f"{value}.5"}
    return {"date": day, "value": str(value), "of": str(100 if equal else 100 + at * 37 % 211)}
