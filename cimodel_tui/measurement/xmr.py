"""Mean, mean moving range and natural process limits of a stretch of readings (an XmR chart), and its zones.

Sources: D. J. Wheeler, Understanding Variation; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, which uses
3/1.128 in place of 2.66. No large moving range is screened out, and nothing is clipped in the arithmetic.

Readings with unequal totals w make the individuals chart with weights (I prime; Taylor's normalized individuals;
qicharts2 `ip`): the centre is sum(w y)/sum(w), each moving range is divided by sqrt((1/w + 1/w of the one before)/2),
and the limits at a reading are centre ± 2.66 D/sqrt(w), D the mean of those ranges. With equal totals that is XmR.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from cimodel_tui.measurement.readings import (
    FIFTY_DIGITS,
    Point,
    as_decimal,
    on_grid,
    square_root,
    unequal_totals,
    values_of,
    weight_of,
    weighted_mean,
)
from cimodel_tui.record import dataclass

FACTOR = Fraction("2.66")
"""The limits lie this many mean moving ranges from the mean."""

UP, DOWN = 1, -1
"""Which side of the baseline a reading lies on; 0 is neither."""

Band: TypeAlias = tuple[Fraction, Fraction]
"""A lower and an upper end."""
Number: TypeAlias = int | Decimal
"""Whole numbers of one unit, or decimals of fifty digits where totals differ."""

_HUNDRED = 100
_EQUAL = Decimal("1e-30")


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean and limits of a stretch of readings."""

    n: int
    """How many readings there are."""
    mean: Fraction | None
    """Their mean, weighed by their totals; none without readings."""
    mean_moving_range: Fraction | None
    """The mean difference from one reading to the next, whatever its sign; none below two readings.

    With unequal totals it is D, the difference of two readings with a total of 1.
    """
    lower: Fraction | None
    """The lower natural process limit; none below two readings and where each reading has its own."""
    upper: Fraction | None
    """The upper natural process limit; none below two readings and where each reading has its own."""
    weight: Fraction = Fraction()
    """The sum of the totals where they differ, else the number of readings."""
    weighted: bool = False
    """Whether the totals differ, so that each reading has limits of its own."""
    factor: Fraction = FACTOR
    """How many mean moving ranges the limits lie from the mean."""

    @property
    def has_spread(self) -> bool:
        """Whether the readings differ at all."""
        return bool(self.mean_moving_range)

    def reach(self, share: Fraction) -> Fraction:
        """Return how far a mean strays without any change: 2.66 R sqrt(share), in fifty digits."""
        return self.factor * (self.mean_moving_range or Fraction()) * Fraction(square_root(share))

    def is_beyond(self, distance: Fraction, share: Fraction) -> bool:
        """Return whether a mean lies farther off than it strays without any change; exact but for unequal totals."""
        slack = 1 + 2 * Fraction(_EQUAL) if self.weighted else 1
        return distance**2 > (self.factor * (self.mean_moving_range or Fraction())) ** 2 * share * slack

    def at(self, total: Fraction | None) -> Band | None:
        """Return the limits of a reading with a total; none below two readings."""
        if self.mean is None or self.mean_moving_range is None:
            return None
        half = self.reach(1 / total) if self.weighted and total else self.factor * self.mean_moving_range
        return self.mean - half, self.mean + half

    def typical(self) -> Band | None:
        """Return the limits of a reading with the mean total; none below two readings."""
        return self.at(self.weight / self.n if self.n else None)


def limits(values: Sequence[Fraction], factor: Fraction = FACTOR) -> Limits:
    """Return the limits of readings in date order, each of which weighs the same."""
    n, grid = len(values), on_grid(values)
    mean = grid.exact(sum(grid.values), n) if n else None
    if mean is None or n == 1:
        return Limits(n, mean, None, None, None, Fraction(n), factor=factor)
    ranges = sum(abs(later - earlier) for earlier, later in pairwise(grid.values))
    mean_range = grid.exact(ranges, n - 1)
    half = factor * mean_range
    return Limits(n, mean, mean_range, mean - half, mean + half, Fraction(n), factor=factor)


def weighted_limits(points: Sequence[Point], factor: Fraction = FACTOR) -> Limits:
    """Return the limits of readings in date order, each weighed by its total."""
    n, mean, weight = len(points), weighted_mean(points), weight_of(points)
    if n <= 1:
        return Limits(n, mean, None, None, None, weight, weighted=True, factor=factor)
    with localcontext(FIFTY_DIGITS):
        values = [as_decimal(point.value) for point in points]
        shares = [1 / as_decimal(point.of or Fraction(1)) for point in points]
        ranges = (
            abs(later - earlier) / ((one + other) / 2).sqrt()
            for (earlier, later), (one, other) in zip(pairwise(values), pairwise(shares), strict=True)
        )
        mean_range = Fraction(sum(ranges, Decimal()) / (n - 1))
    return Limits(n, mean, mean_range, None, None, weight, weighted=True, factor=factor)


def limits_of(points: Sequence[Point], *, weighted: bool | None = None) -> Limits:
    """Return the limits of readings in date order, weighed by their totals where those differ or on request."""
    weighs = unequal_totals(points) if weighted is None else weighted
    return weighted_limits(points) if weighs else limits(values_of(points))


def ends_of(values: Sequence[Fraction], unit: str) -> tuple[Fraction | None, Fraction | None]:
    """Return 0 and 100 %, which words and pictures do not pass where no reading ever did; none for no end."""
    low = Fraction() if min(values, default=Fraction()) >= 0 else None
    high = Fraction(_HUNDRED) if unit.strip() == "%" and max(values, default=Fraction()) <= _HUNDRED else None
    return low, high


def clip_limits(found: Limits, values: Sequence[Fraction], unit: str) -> tuple[Fraction | None, Fraction | None]:
    """Return the limits for words and pictures, within their ends."""
    if found.lower is None or found.upper is None:
        return found.lower, found.upper
    return within((found.lower, found.upper), ends_of(values, unit))


def within(band: Band, ends: tuple[Fraction | None, Fraction | None]) -> Band:
    """Return a band cut at its ends."""
    (low, high), (least, most) = band, ends
    return (low if least is None else max(low, least), high if most is None else min(high, most))


@dataclass(frozen=True, slots=True)
class Series:
    """Readings in date order as numbers that compare exactly."""

    values: Sequence[Number]
    """The values."""
    roots: Sequence[Decimal] = ()
    """The square roots of their totals where those differ."""

    def __len__(self) -> int:
        return len(self.values)

    def part(self, start: int | None = None, stop: int | None = None) -> "Series":
        """Return the readings of a slice."""
        return Series(self.values[start:stop], self.roots[start:stop])

    def distances(self, origin: Number) -> Sequence[Number]:
        """Return the readings as seen from a value, each in units of its own spread; whole numbers as they are."""
        if not self.roots:
            return self.values
        with localcontext(FIFTY_DIGITS):
            return [(value - origin) * root for value, root in zip(self.values, self.roots, strict=True)]


def series_of(points: Sequence[Point], *, weighted: bool) -> Series:
    """Return readings in date order as numbers: whole ones, or decimals where totals differ."""
    if not weighted:
        return Series(on_grid(values_of(points)).values)
    known: dict[Fraction, Decimal] = {
        total: square_root(total) for total in {point.of or Fraction(1) for point in points}
    }
    return Series([as_decimal(point.value) for point in points], [known[point.of or Fraction(1)] for point in points])


@dataclass(frozen=True, slots=True)
class Line:
    """A line that readings lie above or below; a reading on it is neither."""

    floor: Number
    """A number above this lies above the line."""
    ceiling: Number
    """A number below this lies below the line."""

    @classmethod
    def at(cls, numerator: int, denominator: int) -> "Line":
        """Return the line at a fraction, for whole numbers."""
        return cls(numerator // denominator, -(-numerator // denominator))


@dataclass(frozen=True, slots=True)
class Zones:
    """Where readings lie relative to a baseline."""

    mean: Line
    """The baseline mean."""
    median: Line
    """The baseline median."""
    warning: tuple[Line, Line]
    """Two thirds of the way to the limits, lower and upper: two sigma."""
    limits: tuple[Line, Line]
    """The natural process limits, lower and upper: three sigma."""
    origins: tuple[Number, Number] = (0, 0)
    """Mean and median, from which readings with unequal totals are seen; the lines are then distances."""

    def beyond_mean(self, found: Series) -> list[int]:
        """Return for each reading on which side of the mean it lies."""
        return _sides(found.distances(self.origins[0]), self.mean.ceiling, self.mean.floor)

    def beyond_middle(self, found: Series) -> list[int]:
        """Return for each reading on which side of both the mean and the median it lies."""
        median = _sides(found.distances(self.origins[1]), self.median.ceiling, self.median.floor)
        return [one if one == other else 0 for one, other in zip(self.beyond_mean(found), median, strict=True)]

    def beyond_warning(self, found: Series) -> list[int]:
        """Return for each reading on which side it lies beyond two sigma."""
        return _sides(found.distances(self.origins[0]), self.warning[0].ceiling, self.warning[1].floor)

    def beyond_limits(self, found: Series) -> list[int]:
        """Return for each reading on which side it lies outside the limits."""
        return _sides(found.distances(self.origins[0]), self.limits[0].ceiling, self.limits[1].floor)


def _sides(values: Sequence[Number], low: Number, high: Number) -> list[int]:
    return [UP if value > high else DOWN if value < low else 0 for value in values]


def zones(baseline: Series, known: Limits | None = None) -> Zones:
    """Return the zones of a baseline of at least two readings in date order; unequal totals need their limits."""
    if baseline.roots and known is not None:
        return _weighted_zones(baseline, known)
    values = [int(value) for value in baseline.values]
    n, ranked = len(values), sorted(values)
    ranges = sum(abs(later - earlier) for earlier, later in pairwise(values))
    parts = 3 * FACTOR.denominator * n * (n - 1)
    mean = sum(values) * (parts // n)
    sigma = FACTOR.numerator * ranges * n
    return Zones(
        mean=Line.at(mean, parts),
        median=Line.at(ranked[(n - 1) // 2] + ranked[n // 2], 2),
        warning=(Line.at(mean - 2 * sigma, parts), Line.at(mean + 2 * sigma, parts)),
        limits=(Line.at(mean - 3 * sigma, parts), Line.at(mean + 3 * sigma, parts)),
    )


def _weighted_zones(baseline: Series, known: Limits) -> Zones:
    """Return the zones as distances; what differs by less than 1e-30 of the half-width is equal."""
    n, ranked = len(baseline), sorted(baseline.values)
    with localcontext(FIFTY_DIGITS):
        half = as_decimal(known.factor * (known.mean_moving_range or Fraction()))
        slack = half * _EQUAL
        median = (ranked[(n - 1) // 2] + ranked[n // 2]) / Decimal(2)
        ends = [tuple(Line(side + slack, side - slack) for side in (-part, part)) for part in (half * 2 / 3, half)]
        middle = Line(slack, -slack)
    (low, high), (least, most) = ends
    return Zones(middle, middle, (low, high), (least, most), (as_decimal(known.mean or Fraction()), median))
