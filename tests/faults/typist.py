"""A program that edits a workbook without pause and says of each edit when it was taken, until it is killed.

Run as `python typist.py FILE HOME`. For each number on its standard input it starts a process of its own that edits
from this number on, so that Python begins but once, and says `gone` when that process has ended.
"""

import itertools
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Documents, Iteration
from cimodel_tui.storage.open import open_store
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.store import StorageContext

Put = tuple[list[Improvement | Iteration], list[str]]


def edit(documents: Documents, number: int) -> Put:
    """Return the edit of this number: a reading and a field always, a new improvement or a removal at times."""
    one = documents.improvements["one"]
    day = date.fromordinal(number).isoformat()
    readings = {**one.readings, "m": {**one.readings.get("m", {}), day: Reading(str(number))}}
    put: list[Improvement | Iteration] = [replace(one, owner=str(number), readings=readings)]
    if number % 5 == 0:
        new = Improvement(id=f"n{number}", ref=f"CI-{number}", title="New")
        put += [new, Iteration(id=f"i{number}", improvement=new.id, reason=str(number))]
    return put, [f"n{number - 4}", f"i{number - 4}"] if number % 10 == 9 else []


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def type_on(path: Path, home: Path, numbers: Iterator[int]) -> None:
    say(f"ready {os.getpid()}")
    store = open_store(
        path, UserFolders(home / "data", home / "state", home / "config"), StorageContext(debounce=0.005)
    )
    if store.read_only:
        sys.exit(store.read_only)
    for number in numbers:
        store.put(*edit(store.documents(), number))
        say(str(number))
        time.sleep(0.001)


if __name__ == "__main__":
    for line in sys.stdin:
        process = os.fork()
        if not process:
            type_on(Path(sys.argv[1]), Path(sys.argv[2]), itertools.count(int(line)))
        os.waitpid(process, 0)
        say("gone")
