"""The relapse rule: so many readings in a row beyond a limit."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from cimodel_tui.measurement.readings import Point, in_order


def relapsed(points: Sequence[Point], side: str, limit: Fraction, in_a_row: int) -> date | None:
    """Return the first day of the first relapse, none where there was none.

    `side` is `above` or `below`; a reading on the limit has not slipped. Raises ValueError for another side or count.
    """
    if side not in ("above", "below") or in_a_row < 1:
        raise ValueError("a relapse is above or below a limit, at least one reading long")
    stretch: list[date] = []
    for point in in_order(points, "readings"):
        beyond = point.value > limit if side == "above" else point.value < limit
        stretch = [*stretch, point.day] if beyond else []
        if len(stretch) == in_a_row:
            return stretch[0]
    return None
