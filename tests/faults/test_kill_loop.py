"""A real program is killed at random moments while it edits; nothing that it had said was taken may be missing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.saving import DamagedError, StoreError
from cimodel_tui.storage.file import parse_file
from cimodel_tui.storage.locks import PATIENCE

if TYPE_CHECKING:
    from tests.storage.conftest import Shelf

TYPIST = Path(__file__).with_name("typist.py")


@dataclass
class Counts:
    """What came of the kills."""

    kills: int = 0
    taken: list[int] = field(default_factory=list)
    """The numbers of the edits that were said to be taken."""
    amid_a_save: int = 0
    """Kills that left a temporary file beside the workbook."""
    with_a_draft: int = 0
    """Kills that left edits in the draft."""
    unreadable: int = 0
    missing: set[str] = field(default_factory=set)
    leftovers: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.amid_a_save} amid a save, {self.with_a_draft} with a draft; "
            f"{len(self.taken)} edits taken, {len(self.missing)} missing; "
            f"{self.unreadable} unreadable files, {self.leftovers} leftovers"
        )


@dataclass
class Typist:
    """The program that edits, and what it says."""

    into: IO[str]
    out: IO[str]

    def killed(self, first: int, chance: random.Random, meanwhile: Callable[[], object] | None = None) -> list[int]:
        """Let it open the file and edit from this number on; kill it while it opens, or after some edits.

        Returns the numbers of the edits that it said were taken.
        """
        self.into.write(f"{first}\n")
        self.into.flush()
        word, process = self.out.readline().split()
        assert word == "ready"
        edits = 20 if meanwhile else chance.choice([0, 1, 2, 5, 10, 20, 40])
        said = [self.out.readline() for _ in range(edits)]
        if meanwhile:
            meanwhile()
        time.sleep(chance.uniform(0, 0.02 if edits else 0.1))
        os.kill(int(process), signal.SIGKILL)
        said += iter(self.out.readline, "gone\n")
        return [int(each) for each in said]


@contextmanager
def typist(shelf: Shelf) -> Iterator[Typist]:
    command = [sys.executable, str(TYPIST), str(shelf.path), str(shelf.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Typist(process.stdin, process.stdout)


def look(shelf: Shelf, counts: Counts) -> None:
    """Count what the kill left, without touching it."""
    counts.kills += 1
    counts.amid_a_save += any(".tmp-" in each.name for each in shelf.path.parent.iterdir())
    counts.with_a_draft += shelf.site.draft.exists()
    try:
        shelf.load()
    except StoreError:
        counts.unreadable += 1
    for each in shelf.site.backups.glob("*.json") if shelf.site.backups.exists() else ():
        try:
            parse_file(each.read_bytes())
        except DamagedError:
            counts.unreadable += 1


def reopen(shelf: Shelf, counts: Counts) -> None:
    """Open the workbook as the next program does, and count what is missing and what still lies about."""
    store = shelf.open()
    assert store.read_only == ""
    assert store.conflicts() == []
    improvements = store.documents().improvements
    days = improvements["one"].readings.get("m", {})
    added = {f"n{each}" for each in counts.taken if each % 10 == 0}
    removed = {f"n{each - 4}" for each in counts.taken if each % 10 == 9}
    counts.missing |= {date.fromordinal(each).isoformat() for each in counts.taken} - set(days)
    counts.missing |= (added - set(improvements)) | (removed & set(improvements))
    if int(improvements["one"].owner or 0) < max(counts.taken, default=0):
        counts.missing.add("owner")
    store.close()
    lying = [*shelf.path.parent.glob(".*.tmp-*"), *shelf.site.state.glob(".*"), *shelf.site.backups.glob(".*")]
    counts.leftovers += len(lying) + shelf.site.draft.exists()


def kill_loop(shelf: Shelf, times: int, seed: int) -> Counts:
    chance, counts = random.Random(seed), Counts()
    shelf.create()
    bulk = [Improvement(id=f"b{number}", ref=f"B-{number}", summary="s" * 4000) for number in range(150)]
    shelf.from_shell(Improvement(id="one", ref="CI-0001", title="One"), *bulk)
    first = 1
    with typist(shelf) as program:
        for _ in range(times):
            said = program.killed(first, chance)
            counts.taken += said
            first = (said[-1] if said else first) + 2
            look(shelf, counts)
            if chance.random() < 0.7:
                reopen(shelf, counts)
    reopen(shelf, counts)
    return counts


def assert_nothing_is_lost(counts: Counts) -> None:
    assert (counts.unreadable, counts.missing, counts.leftovers) == (0, set(), 0), str(counts)
    assert len(counts.taken) > 5 * counts.kills
    assert counts.with_a_draft > counts.kills / 4
    assert counts.amid_a_save


def test_forty_kills_lose_nothing(shelf: Shelf) -> None:
    assert_nothing_is_lost(kill_loop(shelf, 40, seed=random.randrange(1 << 32)))


def test_shell_commands_beside_a_program_that_types_on_and_is_killed_lose_nothing(shelf: Shelf) -> None:
    shelf.create()
    shelf.context = replace(shelf.context, patience=PATIENCE)
    shelf.from_shell(Improvement(id="one", ref="CI-0001", title="One"))
    counts, commands = Counts(), [Improvement(id=f"s{number}", ref=f"S-{number}") for number in range(12)]

    def write() -> None:
        for each in commands:
            shelf.from_shell(each)

    with typist(shelf) as program:
        counts.taken = program.killed(1, random.Random(), write)
    reopen(shelf, counts)
    assert len(counts.taken) > len(commands)
    assert (counts.missing, counts.leftovers) == (set(), 0)
    improvements = shelf.load().documents().improvements
    assert [improvements.get(each.id) for each in commands] == commands


@pytest.mark.long
def test_four_hundred_kills_lose_nothing(shelf: Shelf) -> None:
    counts = kill_loop(shelf, 400, seed=random.randrange(1 << 32))
    print(counts)  # noqa: T201 - the figures of a run by hand
    assert_nothing_is_lost(counts)
