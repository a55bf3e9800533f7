"""What has to be said beside a level: it never changes the level, but a reader has to know it."""

from collections import Counter
from collections.abc import Sequence

from cimodel_tui.measurement.drift import critical_trend, rank_trend
from cimodel_tui.measurement.level import FEWEST, FIRM
from cimodel_tui.measurement.signals import Signal, signals, trends
from cimodel_tui.measurement.zones import DOWN, UP, zones
from cimodel_tui.record import dataclass

_BETTER_SIDE = {"higher": UP, "lower": DOWN}


@dataclass(frozen=True, slots=True)
class Caveats:
    """What limits the trust in a baseline; none means that there are too few readings to tell."""

    provisional: bool | None = None
    """Whether there are 6 to 11 readings, too few for firm limits."""
    steady: bool | None = None
    """Whether no rule fires within the baseline itself, trend included."""
    already_moving: bool | None = None
    """Whether it was moving to the better side before anything was done; none where there is no better side."""
    too_rare: bool | None = None
    """Whether half of the readings or more have one and the same value: days between events would say more."""
    marks: tuple[Signal, ...] = ()
    """The rules that fired within the baseline, for its chart."""


def caveats(baseline: Sequence[int], better: str) -> Caveats:
    """Return the caveats of a baseline, given as whole numbers in date order."""
    n = len(baseline)
    if n < FEWEST:
        return Caveats()
    marks = (*signals(baseline, zones(baseline)), *trends(baseline))
    side = _BETTER_SIDE.get(better)
    return Caveats(
        provisional=n < FIRM,
        steady=not marks,
        already_moving=None if side is None else side * rank_trend(baseline) >= critical_trend(n),
        too_rare=2 * max(Counter(baseline).values()) >= n,
        marks=marks,
    )
