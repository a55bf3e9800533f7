"""Exact values as whole numbers of one common unit.

Adding and comparing 100,000 fractions is slow; whole numbers are quick and as exact. A whole number lies above a
fraction if and only if it lies above the fraction's floor, and below it if and only if below its ceiling.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """Values in units of 1/parts."""

    parts: int
    """How many units make one."""
    values: tuple[int, ...]
    """The values, in these units."""

    def exact(self, numerator: int, denominator: int = 1) -> Fraction:
        """Return a quotient of sums of values as an exact value."""
        return Fraction(numerator, denominator * self.parts)


def on_grid(values: Sequence[Fraction]) -> Grid:
    """Return values as whole numbers of the smallest unit in which all of them are whole."""
    parts = lcm(*{value.denominator for value in values})
    return Grid(parts, tuple(value.numerator * (parts // value.denominator) for value in values))


def mean_of(values: Sequence[Fraction]) -> Fraction | None:
    """Return the exact mean, none of nothing."""
    if not values:
        return None
    grid = on_grid(values)
    return grid.exact(sum(grid.values), len(values))
