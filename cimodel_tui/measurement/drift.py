"""Was the baseline already moving? Its rank trend, held against what chance alone gives one time in twenty.

S is the number of pairs of readings of which the later is larger, less those of which it is smaller (Kendall; Mann).
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from math import comb, factorial, isqrt

MOST_EXACT = 120
"""Up to so many readings the critical value comes from the exact distribution."""

_ONE_IN = 20
_NORMAL = 1645
_THOUSAND = 1000


def rank_trend(values: Sequence[int]) -> int:
    """Return S, in n log n steps."""
    ties = sum(comb(count, 2) for count in Counter(values).values())
    return comb(len(values), 2) - ties - 2 * _inversions(list(values))[0]


def _inversions(values: list[int]) -> tuple[int, list[int]]:
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
