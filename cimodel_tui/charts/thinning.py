"""Honest thinning: where readings are more than columns, each column keeps its extremes and everything marked.

Nothing is averaged or moved. What is left out lies between a lowest and a highest reading that are both drawn.
"""

from collections.abc import Sequence
from itertools import groupby

from cimodel_tui.charts.run_chart import Point

_BOTH_ENDS = 2


def column_of(position: float, count: int, columns: int) -> int:
    """Return the column in which a position among so many readings lies; each reading has the same room."""
    return min(max(int((position + 0.5) * columns / max(count, 1)), 0), columns - 1)


def reaches(points: Sequence[Point], columns: int) -> dict[int, tuple[float, float]]:
    """Return for each column with more than two counted readings the lowest and the highest of them."""
    counted: dict[int, list[float]] = {}
    for index, point in enumerate(points if len(points) > columns else ()):
        if not point.set_aside:
            counted.setdefault(column_of(index, len(points), columns), []).append(point.value)
    return {column: (min(values), max(values)) for column, values in counted.items() if len(values) > _BOTH_ENDS}


def thinned(points: Sequence[Point], columns: int) -> tuple[int, ...]:
    """Return the positions of the readings to draw in so many columns."""
    if len(points) <= columns:
        return tuple(range(len(points)))
    kept: set[int] = {0, len(points) - 1}
    for _, group in groupby(range(len(points)), key=lambda index: column_of(index, len(points), columns)):
        column = list(group)
        counted = [index for index in column if not points[index].set_aside] or column
        kept.add(min(counted, key=lambda index: points[index].value))
        kept.add(max(counted, key=lambda index: points[index].value))
        kept.update(index for index in column if points[index].flagged or points[index].set_aside)
    return tuple(sorted(kept))
