"""The 95 % point of the correlation of neighbours, for independent readings before and after.

Run by hand: `python tests/benchmarks/correlation.py [how many times each]`. It prints the table CRITICAL of
`cimodel_tui/measurement/baseline_checks.py`: in ten thousandths, for each length of the longer stretch from 8 to 40
readings one entry for each length of the shorter. Readings are normal and drawn from SEED; each stretch
has a straight line taken off. With 100,000 times each an entry is sure to about 0.001.
"""

import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from random import Random
from textwrap import fill

SEED = 2026
TIMES = 100_000
LENGTHS = range(8, 41)
PARTS = 10_000

Sums = tuple[Sequence[float], Sequence[float]]
"""Sums of products of neighbours, and of squares, a drawing each."""


def distances(values: list[float]) -> list[float]:
    """Return the distances of readings from the line through them."""
    n = len(values)
    times = range(1 - n, n, 2)
    level = sum(values) / n
    slope = 3 * sum(time * value for time, value in zip(times, values, strict=True)) / (n * (n * n - 1))
    return [value - level - slope * time for time, value in zip(times, values, strict=True)]


def drawn(chance: Random, n: int, times: int) -> Sums:
    """Return the sums of so many stretches of n readings."""
    products, squares = array("d"), array("d")
    for _ in range(times):
        away = distances([chance.gauss(0, 1) for _ in range(n)])
        products.append(sum(one * other for one, other in pairwise(away)))
        squares.append(sum(each * each for each in away))
    return products, squares


def point(one: Sums, other: Sums) -> int:
    """Return the smallest r that one drawing in twenty reaches, in PARTS."""
    found = sorted((first + later) / (square + more) for first, square, later, more in zip(*one, *other, strict=True))
    return round(found[ceil(0.95 * len(found)) - 1] * PARTS)


def rows(times: int) -> Iterator[tuple[int, ...]]:
    """Yield a row of entries for each length of the longer stretch."""
    before = {n: drawn(Random(f"{SEED} before {n}"), n, times) for n in LENGTHS}
    after = {n: drawn(Random(f"{SEED} after {n}"), n, times) for n in LENGTHS}
    for longer in LENGTHS:
        yield tuple(point(before[longer], after[shorter]) for shorter in range(LENGTHS.start, longer + 1))


def main(times: int) -> None:
    """Print the table as it stands in the package."""
    entries = " ".join(str(entry) for row in rows(times) for entry in row)
    print(fill(entries, 112))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
