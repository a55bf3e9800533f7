"""How long a site of 200 workbooks with 20 improvements each takes, and how many pages a second run writes anew.

Run by hand: `python tests/benchmarks/site.py [FOLDER] [how many workbooks]`. The workbooks are the sample, multiplied
with ids of their own; every run is a process of its own, imports counted. Asked: 20 s, and the second run writes none.
"""

import hashlib
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from cimodel_tui.storage.codec import encode

WORKBOOKS, IMPROVEMENTS, ASKED = 200, 20, 20.0
TODAY = "2026-11-23"

_SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "sample.json"
_WRITTEN = re.compile(r"(\d+) pages, (\d+) written")


def write_workbooks(folder: Path, count: int) -> None:
    """Write so many workbooks."""
    sample = json.loads(_SAMPLE.read_text("utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        tree = workbook(sample, number)
        (folder / f"desk-{number:03d}.cimodel.json").write_bytes(encode(tree) + b"\n")


def workbook(sample: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return one workbook: the improvements of the sample in turn, with ids of their own."""
    (book,) = sample["workbook"].values()
    made: dict[str, Any] = {
        "workbook": {new_id(number, "book"): {**book, "title": f"Desk {number}"}},
        "improvements": {},
        "iterations": {},
    }
    for at, (old, entry) in enumerate(islice(cycle(sample["improvements"].items()), IMPROVEMENTS)):
        improvement = new_id(number, at, old)
        made["improvements"][improvement] = {**entry, "ref": f"CI-{at + 1:04d}"}
        iterations = {key: each for key, each in sample["iterations"].items() if each["improvement"] == old}
        for key, each in iterations.items():
            parent = new_id(number, at, each["parent"]) if each["parent"] in iterations else each["parent"]
            made["iterations"][new_id(number, at, key)] = {**each, "improvement": improvement, "parent": parent}
    return made


def new_id(*parts: object) -> str:
    """Return twelve characters that are the same in every run."""
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()[:12]


def runs(folder: Path, count: int) -> Iterator[tuple[str, float, int, int]]:
    """Yield what each run is, its seconds, and how many pages there are and were written."""
    write_workbooks(folder / "desks", count)
    for name in ("first", "second"):
        begun = time.perf_counter()
        words = [sys.executable, "-m", "cimodel_tui", "--today", TODAY, "site", "desks", "-o", "site"]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
        found = _WRITTEN.search(done.stdout)
        assert found, done.stdout
        yield name, time.perf_counter() - begun, int(found[1]), int(found[2])


def main(folder: Path, count: int) -> int:
    """Print how long both runs took; returns 1 where that is longer than asked, or a page was written again."""
    missed = False
    for name, seconds, pages, written in runs(folder, count):
        missed |= seconds > ASKED * count / WORKBOOKS or (name == "second" and written > 0)
        sys.stdout.write(f"{name:6}  {seconds:6.2f} s  {pages} pages, {written} written\n")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(f"asked   {ASKED * count / WORKBOOKS:6.2f} s  {used:.0f} MB at the peak of one process\n")
    return int(missed)


if __name__ == "__main__":
    many = int(sys.argv[2]) if len(sys.argv) > 2 else WORKBOOKS
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1]), many))
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary), many))
