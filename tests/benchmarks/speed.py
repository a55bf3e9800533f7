"""How quick it is, as ratios to the floor it stands on: `python tests/benchmarks/speed.py`.

    --only ROW     only rows whose name holds these words; may be given several times
    --repeat N     how many pairs each row is made of (default 15; typed keys and saves count by themselves)
    --markdown     the table as it stands in the README: limit, ratio, and whether it holds
    --beside       start other programs on Textual as well, each installed into a virtual environment of its own

Each row interleaves the floor with the program: floor, program, floor, program. Every pair gives one ratio; the table
tells the median of the ratios and, in brackets, the middle half of them. What a person waits for is measured with real
processes in a real pseudo-terminal of 80x24. The floors are in `floors.py`, the workbooks in `workbooks.py`, what is
measured in `waits.py` and `work.py`. Nothing is asserted: what does not hold is marked. Workbooks lie in a temporary
folder; what `--beside` installs comes from the package index and goes with that folder.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import beside, scripts, waits, work
from tests.benchmarks.lab import Lab
from tests.benchmarks.waits import Pair

Measured = Callable[[Lab], Iterator[Pair]]


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    name: str
    """What is measured."""
    limit: float | None
    """The most times the floor that it may take; none where nothing was promised."""
    measured: Measured
    """Yields pairs: the floor, and the program."""
    times: int = 1
    """How many pairs make up for one of another row."""
    unit: str = "ms"
    """In what the two sides are shown."""


ROWS = (
    Row("start to home's title, sample installed", 1.35, waits.start_home),
    Row("start of a plain form with as many widgets as a step", None, waits.start_form),
    Row("start with FILE, sample", 1.6, waits.start_sample),
    Row("start with FILE, 1 MB", 1.7, partial(waits.start_file, size="1 MB")),
    Row("start with FILE, 10 MB", 2.5, partial(waits.start_file, size="10 MB")),
    Row("start with FILE, 150,000 readings", None, partial(waits.start_file, size="150,000 readings")),
    Row("from home to a saved target, all keys typed ahead", None, waits.whole_walk),
    Row("key to paint in a form, 10 MB", 1.1, partial(waits.key_to_paint, size="10 MB"), times=waits.KEYS),
    Row("turning all steps, first time", 1, partial(waits.turning, again=False)),
    Row("turning all steps, again", 0.5, partial(waits.turning, again=True)),
    Row("dashboard, 2,000 readings", 1.5, waits.dashboard),
    Row("one edit on disk, 100 kB", None, partial(work.edit_on_disk, size="100 kB"), times=10),
    Row(
        "the same, were every sync 2 ms slower",
        1.3,
        partial(work.edit_on_disk, size="100 kB", slower=0.002),
        times=5,
    ),
    Row("one edit on disk, 1 MB", 1.6, partial(work.edit_on_disk, size="1 MB"), times=5),
    Row("one edit on disk, 10 MB", 1.5, partial(work.edit_on_disk, size="10 MB")),
    Row("register opened, 1,000 to 100", 1.5, partial(waits.register_opened, size="1,000")),
    Row("register opened, 10,000 to 100", 1.5, partial(waits.register_opened, size="10,000")),
    Row("register filtered, 1,000 to 100", 1.5, partial(waits.register_filtered, size="1,000")),
    Row("register filtered, 10,000 to 100", 1.5, partial(waits.register_filtered, size="10,000")),
    Row("memory, sample, at the register", 1.3, partial(waits.memory_of_sample, page="register"), unit="MB"),
    Row("memory, sample, at a step with its charts", 1.3, partial(waits.memory_of_sample, page="baseline"), unit="MB"),
    Row("memory, 10 MB: what is added, to 8 x the file", 1, partial(waits.memory_added, size="10 MB"), unit="MB"),
    Row("--version, to a script that returns at once", 1.3, partial(scripts.answered, option="--version"), times=4),
    Row("--help, to the same", 2, partial(scripts.answered, option="--help"), times=4),
    Row("portfolio of 100 workbooks, to ten times ten", 1, partial(scripts.portfolio, workbooks=100)),
    Row("judge, 10,000 to n log n of 1,000", 1, partial(work.judged, readings=10_000)),
    Row("judge, 100,000 to n log n of 1,000", 1, partial(work.judged, readings=100_000)),
    *(
        Row(
            f"judge, 100,000 of kind {kind}, to the same",
            1,
            partial(work.judged, readings=100_000, kind=kind, equal=False),
        )
        for kind in ("share", "rate", "mean", "events")
    ),
    Row(
        "judge, unequal totals in fifty digits, to equal ones",
        4,
        partial(work.judged_in_fifty_digits, readings=100_000),
    ),
)

BESIDE = tuple(Row(f"start of {name}", None, partial(beside.started, package=name)) for name in beside.PROGRAMS)

HEADS = ("what", "floor", "here", "ratio (middle half)", "at most")
"""The heads of the whole table."""

FACTORS = {"ms": 1e3, "MB": 1e-6}


def lines(rows: tuple[Row, ...], lab: Lab, *, brief: bool = False) -> Iterator[str]:
    """Yield the lines of the table, each as soon as it is measured; the brief one leaves out the two sides."""
    yield f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {sys.version.split()[0]}\n"
    heads = ("what", "at most", "ratio (middle half)", "holds") if brief else HEADS
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        try:
            yield (_brief if brief else _line)(row, list(islice(row.measured(lab), lab.repeat * row.times)))
        except (EOFError, TimeoutError) as problem:
            cells = "| " if brief else "| | "
            yield f"| {row.name} {cells}| not measured: {' '.join(str(problem).split())[:200]} | |"


def _spread(pairs: list[Pair]) -> tuple[float, float, float]:
    """Return the median of the ratios between the ends of their middle half."""
    ratios = [found / floor for floor, found in pairs]
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return low, median(ratios), high


def _brief(row: Row, pairs: list[Pair]) -> str:
    low, middle, high = _spread(pairs)
    limit, holds = ("", "") if row.limit is None else (f"{row.limit:g}", "yes" if middle <= row.limit else "no")
    return f"| {row.name} | {limit} | {middle:.2f} ({low:.2f} to {high:.2f}) | {holds} |"


def _line(row: Row, pairs: list[Pair]) -> str:
    low, middle, high = _spread(pairs)
    floor, found = (f"{median(side) * FACTORS[row.unit]:.1f} {row.unit}" for side in zip(*pairs, strict=True))
    limit = "" if row.limit is None else f"{row.limit:g}{'' if middle <= row.limit else ' ✗'}"
    return f"| {row.name} | {floor} | {found} | {middle:.2f} ({low:.2f} to {high:.2f}) | {limit} |"


def wanted(only: list[str], *, others: bool) -> tuple[Row, ...]:
    """Return the rows that are asked for."""
    rows = ROWS + (BESIDE if others else ())
    return tuple(row for row in rows if not only or any(words in row.name for words in only))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], metavar="ROW")
    parser.add_argument("--repeat", type=int, default=15, metavar="N")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--beside", action="store_true")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="speed-") as folder:
        rows = wanted(given.only, others=given.beside)
        for line in lines(rows, Lab(Path(folder), given.repeat), brief=given.markdown):
            print(line, flush=True)


if __name__ == "__main__":
    main()
