"""What one period's tickets become: count, median, mean, percentile, share or sum."""

import re
from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Protocol, Self, TypeVar

from cimodel_tui.model.number import quoted
from cimodel_tui.sources.question import SourceError

MEASURES = ("count", "median", "mean", "p90", "share", "sum", "backlog")
"""The measures there are; any percentile is written like p90."""

OF_VALUES = ("median", "mean", "sum")
"""Measures of a value of each ticket, percentiles aside."""

FEW_FOR_MEDIAN, FEW_FOR_PERCENTILE = 10, 20
"""With fewer tickets than that a median or a percentile is weak."""


class Ordered(Protocol):
    """What can be put in order."""

    def __lt__(self, other: Self, /) -> bool:
        """Tell whether it is less."""


Value = TypeVar("Value", bound=Ordered)


def percentile_of(measure: str) -> Fraction | None:
    """Return the share that a percentile stands for, none where the measure is none; raises SourceError."""
    found = re.fullmatch(r"p(\d{1,2}(?:\.\d+)?)", measure)
    if measure in MEASURES and not found:
        return None
    if not found or not float(found[1]) > 0:
        raise SourceError(f"--measure {quoted(measure)}: give {', '.join(MEASURES)}, or another percentile")
    return Fraction(found[1]) / 100


def is_of_values(measure: str) -> bool:
    """Tell whether a measure needs a value of each ticket."""
    return measure in OF_VALUES or percentile_of(measure) is not None


def nearest_rank(ordered: Sequence[Value], share: Fraction) -> Value:
    """Return the smallest value that so large a share of all does not exceed: s[ceil(p n)], a real ticket."""
    return ordered[ceil(share * len(ordered)) - 1]


def middle(ordered: Sequence[Value]) -> tuple[Value, Value]:
    """Return the two values whose mean is the median; with an odd number both are the same one."""
    half = len(ordered) // 2
    return (ordered[half], ordered[half]) if len(ordered) % 2 else (ordered[half - 1], ordered[half])


def weakness(measure: str, n: int) -> str:
    """Say what is weak about a figure of so few tickets; empty where nothing is."""
    share = percentile_of(measure)
    if share is not None and ceil(share * n) == n:
        return "the slowest single ticket"
    if share is not None and n < FEW_FOR_PERCENTILE:
        return f"fewer than {FEW_FOR_PERCENTILE} tickets"
    return f"fewer than {FEW_FOR_MEDIAN} tickets" if measure == "median" and n < FEW_FOR_MEDIAN else ""
