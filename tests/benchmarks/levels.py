"""How often each level and verdict is given by chance, and how often a real change is seen.

Run by hand: `python tests/benchmarks/levels.py [how many times each]`. It prints three tables as Markdown, each figure
with its sampling error (one standard error, in points of a per cent), and ends with exit code 1 where readings that
know nothing of each other are called sustained more than MOST per cent of the time without any change. At 100,000
times a true 1.5 may well read 1.53, so that the gate allows three standard errors. Everything is drawn from SEED, as
whole thousandths, and goes through the package itself.

1. Levels of 12 readings before and 12 after for several kinds of readings, higher being better: `sustained-better` and
   `-worse` with no change at all, and `sustained-better` after a shift of so many standard deviations.
2. Verdicts of 12 and 12 normal readings under a target a hair above the baseline's mean, so that nothing but the judge
   holds one back: at the agreed look, after 12 later readings, and the best of weekly looks for half a year, none of
   which is taken to be another than the agreed one. A drift goes on through both stretches, a gradual gain of two
   sigma begins with the result; a correlation is that of neighbours, the readings have one and the same spread.
3. Levels of rare events, 13 a year in the year before, after a quarter, a half and a whole year; a tenth as often.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import exp, sqrt
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from cimodel_tui.measurement import Aim, Point, Question, Rule, judge
from cimodel_tui.measurement.events import Counts, level_of
from cimodel_tui.measurement.signals import lasting_change, level, signals
from cimodel_tui.measurement.xmr import limits_of, series_of, zones

SEED = 2026
TIMES = 20_000
BEFORE = AFTER = 12
LOOKS = 26
SHIFTS = (0.0, 1.0, 1.5, 2.0)
PARTS = 1000
MOST = 1.5
ERRORS = 3
FIRST = date(2026, 1, 5)
YEAR, RATE = 365, 13

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


def correlated(share: float) -> Draw:
    """Return a source of readings each of which keeps a share of the one before."""

    def draw(chance: Random, n: int) -> list[float]:
        values = [chance.gauss(0, 1)]
        while len(values) < n:
            values.append(values[-1] * share + chance.gauss(0, sqrt(1 - share * share)))
        return values

    return draw


def normal(chance: Random, n: int) -> list[float]:
    """Return readings that know nothing of each other."""
    return [chance.gauss(0, 1) for _ in range(n)]


def gaining(gain: Callable[[int], float]) -> Draw:
    """Return a source of normal readings that gain so much, by their number from the first later one on."""
    return lambda chance, n: [value + gain(at - BEFORE) for at, value in enumerate(normal(chance, n))]


def step(size: float) -> Draw:
    """Return a source that steps up where the result begins."""
    return gaining(lambda at: size if at >= 0 else 0.0)


def gradual(readings: int) -> Draw:
    """Return a source that gains two sigma over so many later readings."""
    return gaining(lambda at: 2 * min(max(at + 1, 0), readings) / readings)


def drift(sigma: float) -> Draw:
    """Return a source that gains so much with every reading, before and after alike."""
    return gaining(lambda at: sigma * at)


def lognormal_sigma(s: float) -> float:
    """Return the standard deviation of a lognormal distribution."""
    return sqrt((exp(s * s) - 1) * exp(s * s))


SOURCES: dict[str, tuple[Draw, float]] = {
    "normal": (normal, 1),
    "lognormal 0.5": (each(lambda chance: chance.lognormvariate(0, 0.5)), lognormal_sigma(0.5)),
    "lognormal 1": (each(lambda chance: chance.lognormvariate(0, 1)), lognormal_sigma(1)),
    "exponential": (each(lambda chance: chance.expovariate(1)), 1),
    "Poisson 0.2": (each(poisson(0.2)), sqrt(0.2)),
    "Poisson 3": (each(poisson(3)), sqrt(3)),
    "binomial 97 %": (each(percentage), sqrt(100 * 0.97 * 0.03)),
    "correlated 0.5": (correlated(0.5), 1),
}


STORIES: dict[str, Draw] = {
    "no change": normal,
    "drift 0.1": drift(0.1),
    "drift 0.2": drift(0.2),
    "correlation 0.5": correlated(0.5),
    "correlation 0.8": correlated(0.8),
    "step 1": step(1),
    "step 1.5": step(1.5),
    "step 2": step(2),
    "gain over 6": gradual(6),
    "gain over 12": gradual(12),
}
WORDS = ("achieved", "met-unclear", "met-thin")
RATES = {"unchanged": 1.0, "halved": 0.5, "a third": 1 / 3, "none": 0.0}
SPANS = {"a quarter": 91, "half a year": 182, "a year": 365}


def points(values: Sequence[float]) -> tuple[Point, ...]:
    """Return readings a week apart, in whole thousandths."""
    return tuple(
        Point(FIRST + timedelta(days=7 * at), Fraction(round(value * PARTS))) for at, value in enumerate(values)
    )


def given(name: str, times: int) -> Iterator[tuple[float, str]]:
    """Yield shift and level in neutral words, for so many drawings."""
    draw, sigma = SOURCES[name]
    chance = Random(f"{SEED} {name}")
    for _ in range(times):
        drawn = draw(chance, BEFORE + AFTER)
        for shift in SHIFTS:
            moved = points([*drawn[:BEFORE], *(value + shift * sigma for value in drawn[BEFORE:])])
            yield shift, level_after(moved[:BEFORE], moved[BEFORE:])


def level_after(before: tuple[Point, ...], later: tuple[Point, ...]) -> str:
    """Return the level in neutral words."""
    known = limits_of(before)
    if not known.has_spread:
        return "too-few"
    whole = series_of((*before, *later), weighted=False)
    lines, after = zones(whole.part(0, len(before))), whole.part(len(before))
    side, _ = lasting_change(lines.beyond_middle(after), later, known)
    return level(side, signals(after, lines), len(later))


def verdict_after(readings: tuple[Point, ...], n: int) -> str:
    """Return the verdict after n later readings, under a target a hair above the mean of the baseline."""
    before, later = readings[:BEFORE], readings[BEFORE : BEFORE + n]
    mean = sum((point.value for point in before), Fraction()) / BEFORE
    asked = Question("higher", "move", Aim.of("higher", mean + 1), Rule(), before, later, frequency="weekly")
    return judge(asked).verdict or ""


def at_the_agreed_look(name: str, times: int) -> Counter[str]:
    """Return how often each verdict is given after twelve later readings."""
    chance = Random(f"{SEED} agreed {name}")
    draws = (points(STORIES[name](chance, BEFORE + AFTER)) for _ in range(times))
    return Counter(verdict_after(drawn, AFTER) for drawn in draws)


def at_the_best_look(name: str, times: int) -> Counter[str]:
    """Return how often each verdict is the best of weekly looks for half a year."""
    chance = Random(f"{SEED} best {name}")
    found: Counter[str] = Counter()
    for _ in range(times):
        drawn = points(STORIES[name](chance, BEFORE + LOOKS))
        seen = {verdict_after(drawn, n) for n in range(1, LOOKS + 1)}
        found[next((word for word in WORDS if word in seen), "")] += 1
    return found


def event_levels(rate: float, days: int, times: int) -> Counter[str]:
    """Return how often each level is given for rare events that go on at a rate, as a share of the one before."""
    chance = Random(f"{SEED} events {rate} {days}")
    found: Counter[str] = Counter()
    for _ in range(times):
        before = poisson(RATE)(chance)
        after = poisson(RATE * rate * days / YEAR)(chance) if rate else 0
        counts = Counts(int(before), YEAR, int(after), days)
        word, side = level_of(counts) if counts.can_tell else ("too-few", 0)
        found[f"{word}-{'better' if side > 0 else 'worse'}" if side else word] += 1
    return found


def error(share: float, times: int) -> float:
    """Return the standard error of a share, both in per cent."""
    return sqrt(share * (100 - share) / times)


def shown(count: int, times: int) -> str:
    """Return a share in per cent with its sampling error."""
    share = 100 * count / times
    return f"{share:.2f} ± {error(share, times):.2f}"


Levels = dict[str, Counter[tuple[float, str]]]


def levels_table(found: Levels, times: int) -> Iterator[str]:
    """Yield the first table as Markdown."""
    yield "| 12 before, 12 after | none | early or mixed | sustained, better | sustained, worse | 1 | 1.5 | 2 sigma |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, here in found.items():
        early = sum(here[0.0, word] for word in ("early-up", "early-down", "mixed"))
        counts = [here[0.0, "no-signal"], early, here[0.0, "sustained-up"], here[0.0, "sustained-down"]]
        counts += [here[shift, "sustained-up"] for shift in SHIFTS[1:]]
        yield f"| {name} | " + " | ".join(shown(count, times) for count in counts) + " |"


def verdicts_table(times: int) -> Iterator[str]:
    """Yield the second table as Markdown; the best looks are drawn a tenth as often."""
    yield "| 12 before | achieved | met-unclear | met-thin | best: achieved | best: met-unclear | best: met-thin |"
    yield "|---|---|---|---|---|---|---|"
    for name in STORIES:
        agreed, best, fewer = at_the_agreed_look(name, times), at_the_best_look(name, times // 10), times // 10
        cells = [shown(agreed[word], times) for word in WORDS] + [shown(best[word], fewer) for word in WORDS]
        yield f"| {name} | " + " | ".join(cells) + " |"


def events_table(times: int) -> Iterator[str]:
    """Yield the third table as Markdown."""
    yield "| 13 a year before, then | after | sustained, better | early, better | sustained, worse | early, worse |"
    yield "|---|---|---|---|---|---|"
    for name, rate in RATES.items():
        for span, days in SPANS.items():
            found = event_levels(rate, days, times)
            words = ("sustained-better", "early-better", "sustained-worse", "early-worse")
            yield f"| {name} | {span} | " + " | ".join(shown(found[word], times) for word in words) + " |"


def too_often(found: Levels, times: int) -> Iterator[str]:
    """Yield every source of independent readings that is called sustained too often without any change."""
    for name, here in found.items():
        for word in ("sustained-up", "sustained-down"):
            share = 100 * here[0.0, word] / times
            if share > MOST + ERRORS * error(MOST, times) and not name.startswith("correlated"):
                yield f"{name}: {word} {share:.2f} % of the time without any change"


def main(times: int) -> None:
    """Print the tables; verdicts are drawn a fifth as often as levels, rare events a tenth."""
    found = {name: Counter(given(name, times)) for name in SOURCES}
    for lines in (levels_table(found, times), verdicts_table(times // 5), events_table(times // 10)):
        print(*lines, "", sep="\n", flush=True)
    sys.exit("\n".join(too_often(found, times)) or 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
