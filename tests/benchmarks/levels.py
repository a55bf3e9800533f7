"""How often each level is given with no change at all, and with a real shift of one and two sigma.

Run by hand: `python tests/benchmarks/levels.py [how many times each]`. It prints every level for 6, 12 and 20 readings
before and 1, 3, 6, 8 and 12 after, then the table below, and ends with exit code 1 where readings that know nothing of
each other are called sustained more than MOST per cent of the time without any change. A shift moves every later
reading up by so many standard deviations of the distribution; higher is taken as better, so that "sustained, worse" is
what a metric would be called for which lower is better. The readings are drawn as whole thousandths and go through the
zones, signals and level of the package itself.

100,000 times each, seed 2026, in per cent; all but the last two columns with no change at all, those `sustained-better`
after a real shift:

| 12 before, 12 after | none | early or mixed | sustained, better | sustained, worse | 1 sigma | 2 sigma |
|---|---|---|---|---|---|---|
| normal | 78.47 | 19.75 | 0.88 | 0.90 | 23.94 | 77.76 |
| lognormal 0.5 | 64.75 | 33.56 | 0.37 | 1.32 | 46.57 | 99.15 |
| lognormal 1 | 52.22 | 46.12 | 0.17 | 1.49 | 90.01 | 99.75 |
| exponential | 60.14 | 38.18 | 0.20 | 1.48 | 67.00 | 99.84 |
| Poisson 0.2 | 47.76 | 43.06 | 0.00 | 0.24 | 87.50 | 90.83 |
| Poisson 3 | 75.99 | 22.66 | 0.52 | 0.83 | 27.11 | 90.89 |
| binomial 97 % | 76.38 | 22.31 | 0.77 | 0.53 | 21.78 | 67.28 |
| correlated 0.5 | 38.78 | 48.89 | 6.09 | 6.23 | 36.45 | 79.13 |

Of normal readings, 12 after, `sustained-better` with no change, 1 and 2 sigma: 1.67, 25.24, 75.15 with 6 before, and
0.62, 23.59, 79.17 with 20. What is missing of Poisson 0.2 to a hundred is `too-few`, a baseline without any spread.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from math import exp, sqrt
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from cimodel_tui.measurement.level import level
from cimodel_tui.measurement.signals import signals
from cimodel_tui.measurement.zones import zones

SEED = 2026
TIMES = 20_000
BEFORE = (6, 12, 20)
AFTER = (1, 3, 6, 8, 12)
SHIFTS = (0, 1, 2)
LEVELS = ("too-few", "no-signal", "early-up", "sustained-up", "early-down", "sustained-down", "mixed")
PARTS = 1000
MOST = 1.5

Draw = Callable[[Random, int], list[float]]


def each(draw: Callable[[Random], float]) -> Draw:
    """Return a source of readings that know nothing of each other."""
    return lambda chance, n: [draw(chance) for _ in range(n)]


def poisson(mean: float) -> Callable[[Random], float]:
    """Return a source of counts of rare events."""
    floor = exp(-mean)

    def draw(chance: Random) -> float:
        count, product = 0, chance.random()
        while product > floor:
            count, product = count + 1, product * chance.random()
        return count

    return draw


def percentage(chance: Random) -> float:
    """Return how many of 100 cases were good where 97 in 100 are."""
    return sum(chance.random() < 0.97 for _ in range(100))


def correlated(chance: Random, n: int) -> list[float]:
    """Return readings each of which keeps half of the one before."""
    values = [chance.gauss(0, 1)]
    while len(values) < n:
        values.append(values[-1] / 2 + chance.gauss(0, sqrt(0.75)))
    return values


def lognormal_sigma(s: float) -> float:
    """Return the standard deviation of a lognormal distribution."""
    return sqrt((exp(s * s) - 1) * exp(s * s))


SOURCES: dict[str, tuple[Draw, float]] = {
    "normal": (each(lambda chance: chance.gauss(0, 1)), 1),
    "lognormal 0.5": (each(lambda chance: chance.lognormvariate(0, 0.5)), lognormal_sigma(0.5)),
    "lognormal 1": (each(lambda chance: chance.lognormvariate(0, 1)), lognormal_sigma(1)),
    "exponential": (each(lambda chance: chance.expovariate(1)), 1),
    "Poisson 0.2": (each(poisson(0.2)), sqrt(0.2)),
    "Poisson 3": (each(poisson(3)), sqrt(3)),
    "binomial 97 %": (each(percentage), sqrt(100 * 0.97 * 0.03)),
    "correlated 0.5": (correlated, 1),
}


def given(name: str, before: int, times: int) -> Iterator[tuple[int, int, str]]:
    """Yield shift, number of later readings and level, for so many drawings."""
    draw, sigma = SOURCES[name]
    chance = Random(f"{SEED} {name} {before}")
    for _ in range(times):
        drawn = [round(value * PARTS) for value in draw(chance, before + AFTER[-1])]
        baseline, later = drawn[:before], drawn[before:]
        lines = zones(baseline) if len(set(baseline)) > 1 else None
        for shift in SHIFTS:
            moved = [value + round(shift * sigma * PARTS) for value in later]
            for n in AFTER:
                after = moved[:n]
                yield shift, n, level(lines, after, signals(after, lines) if lines else [])


Counted = dict[tuple[str, int], Counter[tuple[int, int, str]]]


def counted(times: int) -> Iterator[tuple[tuple[str, int], Counter[tuple[int, int, str]]]]:
    """Yield how often each level was given, for every source and every length of the baseline."""
    for name in SOURCES:
        for before in BEFORE:
            yield (name, before), Counter(given(name, before, times))


def table(key: tuple[str, int], found: Counter[tuple[int, int, str]], times: int) -> Iterator[str]:
    """Yield the lines of one source and length, in per cent."""
    for shift in SHIFTS:
        for n in AFTER:
            shares = (100 * found[shift, n, word] / times for word in LEVELS)
            yield f"{key[0]:<15}{shift:>6}{key[1]:>7}{n:>6}" + "".join(f"{share:>16.2f}" for share in shares)


def brief(found: Counted, times: int) -> Iterator[str]:
    """Yield the figures that matter most as Markdown: 12 readings before and 12 after."""
    yield "| 12 before, 12 after | none | early or mixed | sustained, better | sustained, worse | 1 sigma | 2 sigma |"
    yield "|---|---|---|---|---|---|---|"
    for name in SOURCES:
        here = {key: 100 * count / times for key, count in found[name, 12].items()}
        early = sum(here.get((0, 12, word), 0) for word in ("early-up", "early-down", "mixed"))
        shown = [here.get((0, 12, "no-signal"), 0), early]
        shown += [here.get((0, 12, word), 0) for word in ("sustained-up", "sustained-down")]
        shown += [here.get((shift, 12, "sustained-up"), 0) for shift in (1, 2)]
        yield f"| {name} | " + " | ".join(f"{share:.2f}" for share in shown) + " |"


def too_often(found: Counted, times: int) -> Iterator[str]:
    """Yield every source of independent readings that is called sustained too often without any change."""
    for name in SOURCES:
        for word in ("sustained-up", "sustained-down"):
            share = 100 * found[name, 12][0, 12, word] / times
            if share > MOST and not name.startswith("correlated"):
                yield f"{name}: {word} {share:.2f} % of the time without any change"


def main(times: int) -> None:
    """Print the whole table, then the brief one."""
    found: Counted = {}
    print(f"{'source':<15}{'shift':>6}{'before':>7}{'after':>6}" + "".join(f"{word:>16}" for word in LEVELS))  # noqa: T201 - a script prints
    for key, counts in counted(times):
        found[key] = counts
        print("\n".join(table(key, counts, times)), flush=True)  # noqa: T201 - as above
    print("", *brief(found, times), sep="\n")  # noqa: T201 - as above
    sys.exit("\n".join(too_often(found, times)) or 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
