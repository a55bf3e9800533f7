"""What has to be said beside a level: it never changes the level, but a reader has to know it.

The rank trend S is the number of pairs of readings of which the later is larger, less those of which it is smaller
(Kendall; Mann); ties count 0.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import comb, factorial, isqrt

from cimodel_tui.measurement.readings import Point, pooled, weight_of
from cimodel_tui.measurement.serial_correlation import follow_one_another
from cimodel_tui.measurement.signals import FEWEST, FIRM, RUN, Signal, signals, trends
from cimodel_tui.measurement.xmr import DOWN, UP, Limits, Number, Series, limits_of, zones
from cimodel_tui.record import dataclass

MOST_EXACT = 120
"""Up to so many readings the critical rank trend comes from the exact distribution."""
RECENT = 24
"""A baseline is steady where no rule fires within so many latest readings."""
MOST_UNEVEN = 4
"""Totals that differ by more than this within a stretch make the limits of the biggest ones too narrow."""

_ONE_IN = 20
_NORMAL = 1645
_ALREADY = 84
_HUNDRED, _THOUSAND = 100, 1000
_BETTER_SIDE = {"higher": UP, "lower": DOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveats:
    """What limits the trust in a baseline or in what follows it; none means that it cannot be told."""

    provisional: bool | None = None
    """Whether there are 6 to 11 readings, too few for firm limits."""
    steady: bool | None = None
    """Whether no rule fires within the latest 24 readings of the baseline itself, trend included."""
    already_moving: bool | None = None
    """Whether it was moving to the better side before anything was done; none where there is no better side."""
    moving_within: bool | None = None
    """Whether both stretches move to the better side within themselves; none below 8 readings in either."""
    follow_one_another: bool | None = None
    """Whether each reading resembles the one before; none below 8 readings in either stretch."""
    bad_time: bool = False
    """Whether the baseline was worse than the readings before it by more than the usual variation."""
    too_rare: bool | None = None
    """Whether half of the readings or more have one and the same value: days between events would say more."""
    uneven_totals: bool = False
    """Whether totals differ more than fourfold within a stretch."""
    marks: tuple[Signal, ...] = ()
    """The rules that fired within the baseline, for its chart."""

    @property
    def unclear(self) -> bool:
        """Whether a target that was met says less than it seems to."""
        moved = self.already_moving or self.moving_within or self.follow_one_another
        return bool(moved or self.bad_time or self.steady is False)


def caveats(baseline: Series, after: Series, known: Limits, better: str) -> Caveats:
    """Return what can be told from the numbers alone."""
    n, side = len(baseline), _BETTER_SIDE.get(better)
    if n < FEWEST:
        return Caveats()
    lines = zones(baseline, known)
    recent = baseline.part(max(0, n - RECENT))
    marks = (*signals(baseline, lines), *trends(baseline.values))
    both = side is not None and min(n, len(after)) >= RUN
    return Caveats(
        provisional=n < FIRM,
        steady=not (signals(recent, lines) or any(trends(recent.values))),
        already_moving=None if side is None else side * rank_trend(baseline.values) >= critical_trend(n),
        moving_within=moves_within(baseline.values, after.values, side) if both and side else None,
        follow_one_another=follow_one_another(baseline.values, after.values) if both else None,
        too_rare=2 * max(Counter(baseline.values).values()) >= n,
        marks=marks,
    )


def picked_at_a_bad_time(earlier: Sequence[Point], baseline: Sequence[Point], known: Limits, better: str) -> bool:
    """Tell whether a baseline is worse than six or more earlier readings by more than the usual variation of all."""
    side, mean, before = _BETTER_SIDE.get(better), known.mean, pooled(earlier)
    if len(earlier) < FEWEST or side is None or mean is None or before is None:
        return False
    every = limits_of([*earlier, *baseline], weighted=True if known.weighted else None)
    weights = [weight_of(part) if every.weighted else Fraction(len(part)) for part in (earlier, baseline)]
    worse = (before - mean) * side
    return worse > 0 and every.is_beyond(worse, sum((1 / weight for weight in weights), Fraction()))


def uneven_totals(*stretches: Sequence[Point]) -> bool:
    """Tell whether totals differ more than fourfold within a stretch."""
    totals = [[point.of for point in stretch if point.of is not None] for stretch in stretches]
    return any(max(each) > MOST_UNEVEN * min(each) for each in totals if each)


def moves_within(baseline: Sequence[Number], after: Sequence[Number], side: int) -> bool:
    """Tell whether both stretches together move to one side within themselves, the baseline noticeably so."""
    first, later = side * rank_trend(baseline), side * rank_trend(after)
    spread, more = _spread(baseline), _spread(after)
    if first <= 0 or 18 * (_HUNDRED * first) ** 2 <= _ALREADY**2 * spread:
        return False
    both = first + later - 1
    return both >= 0 and 18 * (_THOUSAND * both) ** 2 >= _NORMAL**2 * (spread + more)


def _spread(values: Sequence[Number]) -> int:
    """Return 18 times the variance of S without any trend: n(n-1)(2n+5), less the same of each group of ties."""
    groups = (len(values), *(-count for count in Counter(values).values()))
    return sum((1 if each > 0 else -1) * abs(each) * (abs(each) - 1) * (2 * abs(each) + 5) for each in groups)


def rank_trend(values: Sequence[Number]) -> int:
    """Return S, in n log n steps."""
    ties = sum(comb(count, 2) for count in Counter(values).values())
    return comb(len(values), 2) - ties - 2 * _inversions(list(values))[0]


def _inversions(values: list[Number]) -> tuple[int, list[Number]]:
    """Return how many pairs stand in falling order, and the values sorted."""
    middle = len(values) // 2
    if not middle:
        return 0, values
    before, left = _inversions(values[:middle])
    after, right = _inversions(values[middle:])
    found, passed = before + after, 0
    for value in right:
        while passed < middle and left[passed] <= value:
            passed += 1
        found += middle - passed
    return found, sorted(left + right)


@cache
def critical_trend(n: int) -> int:
    """Return the smallest S that chance alone reaches at most one time in twenty, among n different readings."""
    return _exact(n) if n <= MOST_EXACT else _approximate(n)


def _exact(n: int) -> int:
    """Count orders of n readings by their inversions, fewest first, until they are more than one in twenty."""
    pairs, total = comb(n, 2), factorial(n)
    tail = accumulate(_orders(n))
    fewer = sum(1 for count in tail if count * _ONE_IN <= total)
    return pairs - 2 * (fewer - 1)


@cache
def _orders(n: int) -> tuple[int, ...]:
    """Return how many orders of n readings have 0, 1, 2 ... inversions."""
    counts = [1]
    for size in range(2, n + 1):
        sums = [0, *accumulate([*counts, *[0] * (size - 1)])]
        counts = [sums[at + 1] - sums[max(0, at + 1 - size)] for at in range(len(sums) - 1)]
    return tuple(counts)


def _approximate(n: int) -> int:
    """Return the smallest S of the right parity with S - 1 >= 1.645 sqrt(n (n - 1) (2 n + 5) / 18)."""
    square, whole = _NORMAL**2 * n * (n - 1) * (2 * n + 5), 18 * _THOUSAND**2
    least = isqrt((square - 1) // whole) + 2
    return least + (least - comb(n, 2)) % 2
