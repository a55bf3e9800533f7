"""Keeping marks and words from covering each other."""

from collections.abc import Sequence


def apart(wanted: Sequence[float], gap: float, most: float) -> tuple[float, ...]:
    """Return places at least a gap apart and at most `most`, as near as can be to those wanted.

    The places are given and returned in rising order, so that the order of what they stand for stays right.
    """
    found = list(wanted)
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + gap)
    edge = most + gap
    for index in reversed(range(len(found))):
        found[index] = edge = min(found[index], edge - gap)
    return tuple(found)
