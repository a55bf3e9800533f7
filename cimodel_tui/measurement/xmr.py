"""Mean, mean moving range and natural process limits of a stretch of readings (an XmR chart).

Sources: D. J. Wheeler, Understanding Variation; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, which uses
3/1.128 in place of 2.66. No large moving range is screened out, and nothing is clipped in the arithmetic.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from cimodel_tui.measurement.grid import on_grid
from cimodel_tui.record import dataclass

FACTOR = Fraction("2.66")
"""The limits lie so many mean moving ranges from the mean."""

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """What a stretch of readings says about its process."""

    n: int
    """How many readings there are."""
    mean: Fraction | None
    """Their mean; none without readings."""
    mean_moving_range: Fraction | None
    """The mean difference from one reading to the next, whatever its sign; none below two readings."""
    lower: Fraction | None
    """The lower natural process limit; none below two readings."""
    upper: Fraction | None
    """The upper natural process limit; none below two readings."""

    @property
    def has_spread(self) -> bool:
        """Whether the readings differ at all."""
        return bool(self.mean_moving_range)


def limits(values: Sequence[Fraction], factor: Fraction = FACTOR) -> Limits:
    """Return the limits of readings in date order."""
    n, grid = len(values), on_grid(values)
    mean = grid.exact(sum(grid.values), n) if n else None
    if mean is None or n == 1:
        return Limits(n, mean, None, None, None)
    ranges = sum(abs(later - earlier) for earlier, later in pairwise(grid.values))
    mean_range = grid.exact(ranges, n - 1)
    return Limits(n, mean, mean_range, mean - factor * mean_range, mean + factor * mean_range)


def ends_of(values: Sequence[Fraction], unit: str) -> tuple[Fraction | None, Fraction | None]:
    """Return 0 and 100 %, which words and pictures do not pass where no reading ever did; none for no end."""
    low = Fraction() if min(values, default=Fraction()) >= 0 else None
    high = Fraction(_HUNDRED) if unit.strip() == "%" and max(values, default=Fraction()) <= _HUNDRED else None
    return low, high


def clipped(found: Limits, values: Sequence[Fraction], unit: str) -> tuple[Fraction | None, Fraction | None]:
    """Return the limits for words and pictures, within their ends."""
    if found.lower is None or found.upper is None:
        return found.lower, found.upper
    return within((found.lower, found.upper), ends_of(values, unit))


def within(band: tuple[Fraction, Fraction], ends: tuple[Fraction | None, Fraction | None]) -> tuple[Fraction, Fraction]:
    """Return a band cut at its ends."""
    (low, high), (least, most) = band, ends
    return (low if least is None else max(low, least), high if most is None else min(high, most))
