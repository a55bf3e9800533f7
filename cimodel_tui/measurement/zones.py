"""The lines that a baseline draws, as whole numbers between which later readings are told apart exactly."""

from collections.abc import Sequence
from itertools import pairwise

from cimodel_tui.measurement.xmr import FACTOR
from cimodel_tui.record import dataclass

UP, DOWN = 1, -1
"""Which side of the baseline a reading lies on; 0 is neither."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that readings lie above or below; a reading on it is neither."""

    floor: int
    """A whole number above this lies above the line."""
    ceiling: int
    """A whole number below this lies below the line."""

    @classmethod
    def at(cls, numerator: int, denominator: int) -> "Line":
        """Return the line at a fraction."""
        return cls(numerator // denominator, -(-numerator // denominator))


@dataclass(frozen=True, slots=True)
class Zones:
    """Where readings lie as seen from a baseline."""

    mean: Line
    """The baseline mean."""
    median: Line
    """The baseline median."""
    warning: tuple[Line, Line]
    """Two thirds of the way to the limits, lower and upper: two sigma."""
    limits: tuple[Line, Line]
    """The natural process limits, lower and upper: three sigma."""

    def beyond_mean(self, values: Sequence[int]) -> list[int]:
        """Return for each reading on which side of the mean it lies."""
        return _sides(values, self.mean.ceiling, self.mean.floor)

    def beyond_middle(self, values: Sequence[int]) -> list[int]:
        """Return for each reading on which side of both the mean and the median it lies."""
        low, high = min(self.mean.ceiling, self.median.ceiling), max(self.mean.floor, self.median.floor)
        return _sides(values, low, high)

    def beyond_warning(self, values: Sequence[int]) -> list[int]:
        """Return for each reading on which side it lies beyond two sigma."""
        return _sides(values, self.warning[0].ceiling, self.warning[1].floor)

    def beyond_limits(self, values: Sequence[int]) -> list[int]:
        """Return for each reading on which side it lies outside the limits."""
        return _sides(values, self.limits[0].ceiling, self.limits[1].floor)


def _sides(values: Sequence[int], low: int, high: int) -> list[int]:
    return [UP if value > high else DOWN if value < low else 0 for value in values]


def zones(values: Sequence[int]) -> Zones:
    """Return the zones of a baseline of at least two readings, given as whole numbers in date order."""
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
