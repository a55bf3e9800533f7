"""The level: whether the later readings differ from the baseline by more than its usual variation, and for how long."""

from collections.abc import Sequence

from cimodel_tui.measurement.signals import RUN, Signal
from cimodel_tui.measurement.zones import DOWN, UP, Zones

FEWEST = 6
"""Below so many baseline readings nothing is told from the usual variation."""

FIRM = 12
"""From so many baseline readings on the limits are firm, before that provisional."""

TOO_FEW, MIXED, NO_SIGNAL = "too-few", "mixed", "no-signal"

_SIDE_NAMES = {UP: "up", DOWN: "down"}
_BETTER_NAMES = {"higher": {UP: "better", DOWN: "worse"}, "lower": {UP: "worse", DOWN: "better"}}


def level(zones: Zones | None, after: Sequence[int], found: Sequence[Signal]) -> str:
    """Return the level in the words up and down; zones are none where the baseline is too short or has no spread."""
    if zones is None or not after:
        return TOO_FEW
    latest = set(zones.beyond_middle(after[-RUN:]))
    if len(after) >= RUN and latest in ({UP}, {DOWN}):
        return f"sustained-{_SIDE_NAMES[latest.pop()]}"
    sides = {signal.side for signal in found}
    if len(sides) > 1:
        return MIXED
    return f"early-{_SIDE_NAMES[sides.pop()]}" if sides else NO_SIGNAL


def side_of(neutral: str) -> int:
    """Return UP or DOWN of a level in neutral words, 0 where it has no side."""
    return next((side for side, name in _SIDE_NAMES.items() if neutral.endswith(f"-{name}")), 0)


def side_name(side: int, better: str) -> str:
    """Return `better` or `worse` where the metric has a better side, else `up` or `down`."""
    return _BETTER_NAMES.get(better, _SIDE_NAMES)[side]


def named(neutral: str, better: str) -> str:
    """Return a level in the words of a metric: better and worse where it has a better side."""
    side = side_of(neutral)
    return f"{neutral.partition('-')[0]}-{side_name(side, better)}" if side else neutral
