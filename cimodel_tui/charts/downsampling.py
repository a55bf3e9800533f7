"""Downsampling: where readings are more than columns, each column keeps its extremes and everything marked.

Nothing is averaged or moved. What is left out lies between a lowest and a highest reading that are both drawn.
"""

from collections.abc import Iterator, Sequence

from cimodel_tui.charts.run_chart import Point

_BOTH_ENDS = 2


def column_of(position: float, count: int, columns: int) -> int:
    """Return the column in which a position among so many readings lies; each reading has the same room."""
    return min(max(int((position + 0.5) * columns / max(count, 1)), 0), columns - 1)


def columns_with_readings(count: int, columns: int) -> Iterator[tuple[int, range]]:
    """Yield each column in which some of so many readings lie, and their positions, without asking for each of them."""
    start = 0
    for column in range(columns):
        stop = count if column == columns - 1 else min((2 * count * (column + 1) + columns - 1) // (2 * columns), count)
        if stop > start:
            yield column, range(start, stop)
        start = stop


def column_extremes(points: Sequence[Point], columns: int) -> dict[int, tuple[float, float]]:
    """Return for each column with more than two counted readings the lowest and the highest of them."""
    found: dict[int, tuple[float, float]] = {}
    for column, at in columns_with_readings(len(points), columns) if len(points) > columns else ():
        values = [point.value for point in points[at.start : at.stop] if not point.set_aside]
        if len(values) > _BOTH_ENDS:
            found[column] = min(values), max(values)
    return found


def downsample(points: Sequence[Point], columns: int) -> tuple[int, ...]:
    """Return the positions of the readings to draw in so many columns."""
    if len(points) <= columns:
        return tuple(range(len(points)))
    positions = {0, len(points) - 1, *(at for at, point in enumerate(points) if point.flagged or point.set_aside)}
    value_at = [point.value for point in points].__getitem__
    for _, column in columns_with_readings(len(points), columns):
        counted = [at for at in column if not points[at].set_aside] or column
        positions.add(min(counted, key=value_at))
        positions.add(max(counted, key=value_at))
    return tuple(sorted(positions))
