"""Kanban-tui, dooit and harlequin beside it: programs on Textual, each in a virtual environment of its own.

posting is left out: with the releases of its syntax parsers of November 2026 it ends with signal 11 as it starts.
"""

import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.lab import Lab
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.waits import Pair, floor_start

PROGRAMS = {"kanban-tui": ("ktui", "Kanban"), "dooit": ("dooit", "NORMAL"), "harlequin": ("harlequin", "Data Catalog")}
"""Package, console script, and words of its first screen."""


def started(lab: Lab, package: str) -> Iterator[Pair]:
    """From the start to the first screen of the other program."""
    script, marker = PROGRAMS[package]
    command = _installed(lab.folder / f"venv-{package}", package) / script
    with Terminal([str(command)], lab.environment) as other:
        other.since_start(marker)
    while True:
        floor = floor_start(lab)
        with Terminal([str(command)], lab.environment) as other:
            yield floor, other.since_start(marker)


def _installed(folder: Path, package: str) -> Path:
    """Return the folder of the scripts of a virtual environment with this package."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / Path(sys.executable).name
    subprocess.run([str(python), "-m", "pip", "install", "-q", package], check=True)
    return folder / "bin"
