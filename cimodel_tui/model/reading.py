"""A reading: one value of one metric on one day. It belongs to the improvement, not to an iteration."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value; its day is the key under which it is kept."""

    value: str
    """The number as typed, in the metric's unit."""
    note: str = ""
    """What should be known about it."""
    set_aside: str | None = None
    """Why it is not counted; none where it counts."""


Readings: TypeAlias = Mapping[str, Mapping[str, Reading]]
"""The readings of an improvement: metric id, then day in ISO text."""
