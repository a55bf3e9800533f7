"""How far it went: the change, the change in per cent, and the share of the gap to the target that is closed."""

from fractions import Fraction
from math import floor

from cimodel_tui.measurement.aim import Aim
from cimodel_tui.model.number import show_number


def percent_change(before: Fraction, after: Fraction) -> Fraction | None:
    """Return the change in per cent of the size of the value before; none where that is 0."""
    return 100 * (after - before) / abs(before) if before else None


def gap_closed(before: Fraction, after: Fraction, aim: Aim, better: str) -> Fraction | None:
    """Return the closed share of the gap, never clamped: below 0 it moved away, above 1 it went past.

    None where there was no gap, and where a range was overshot.
    """
    if aim.holds(before) or aim.overshot(before, after):
        return None
    left = aim.distance(after)
    if better == "target":
        left = max(left, Fraction())
    return 1 - left / aim.distance(before)


def percent_words(share: Fraction) -> str:
    """Return a share in whole per cent, always rounded down, so that a miss never prints as 100 %."""
    percent = 100 * share
    return "<1 %" if 0 < percent < 1 else f"{show_number(Fraction(floor(percent)), 0)} %"
