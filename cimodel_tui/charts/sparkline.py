"""A sparkline: the course of a metric in a few cells of one line, for rows of tables, or as SVG inside a page.

Each cell shows the mean of the readings that fall into it. No cell mixes readings of the baseline with later ones, so
that the baseline can be drawn dimmed. The scale reaches from the lowest to the highest cell; there is no axis.
"""

from collections.abc import Iterator, Sequence

from cimodel_tui.charts.axes import require_finite
from cimodel_tui.charts.canvas import Line, Role, Span
from cimodel_tui.charts.glyphs import Cells
from cimodel_tui.charts.svg_elements import element, path

_LEVELS = {Cells.DENSE: "▁▂▃▄▅▆▇", Cells.PLAIN: "_.-*^"}
"""The levels of a cell, from the lowest; the plain ones are ASCII."""


def sparkline(values: Sequence[float], width: int, *, baseline: int = 0, cells: Cells = Cells.DENSE) -> Line:
    """Return the counted readings in date order as at most so many cells; the first so many are the baseline's.

    Fewer readings than cells take a cell each. The baseline's part has the role BASELINE, the rest POINT.
    """
    require_finite(values=values)
    before, after = values[:baseline], values[baseline:]
    if not values or width < bool(before) + bool(after):
        return ()
    first = _share(len(before), len(after), width)
    means = [*_means(before, first), *_means(after, width - first)]
    text = "".join(_LEVELS[cells][_level(mean, min(means), max(means), len(_LEVELS[cells]))] for mean in means)
    parts = ((text[:first], Role.BASELINE), (text[first:], Role.POINT))
    return tuple(Span(part, role) for part, role in parts if part)


def _share(before: int, after: int, width: int) -> int:
    """Return how many cells the baseline gets: its share of the readings, one at least for each part."""
    if before + after <= width:
        return before
    least, most = min(before, 1), width - min(after, 1)
    return min(max(round(width * before / (before + after)), least), most)


def _means(values: Sequence[float], cells: int) -> Iterator[float]:
    cells = min(cells, len(values))
    for cell in range(cells):
        part = values[cell * len(values) // cells : (cell + 1) * len(values) // cells]
        yield sum(each / len(part) for each in part)


def _level(value: float, low: float, high: float, levels: int) -> int:
    """Return the level of a value; the middle one where all values are the same."""
    half = high / 2 - low / 2
    if half == 0:
        return levels // 2
    return min(int((value / 2 - low / 2) / half * levels), levels - 1)


WIDTH, HEIGHT = 120, 26
"""Its size in pixels."""

_EDGE = 3


def sparkline_svg(values: Sequence[float], baseline: int, name: str) -> str:
    """Return the line through values in their order, the first `baseline` of them soft; empty without values."""
    if not values:
        return ""
    low, high = min(values), max(values)
    across = (WIDTH - 2 * _EDGE) / max(len(values) - 1, 1)
    down = HEIGHT - 2 * _EDGE

    def at(index: int) -> tuple[float, float]:
        share = (values[index] - low) / (high - low) if high > low else 0.5
        return _EDGE + index * across, _EDGE + (1 - share) * down

    split = min(baseline, len(values))
    before, after = [at(each) for each in range(split)], [at(each) for each in range(max(split - 1, 0), len(values))]
    x, y = at(len(values) - 1)
    return element(
        "svg",
        path("spark-base", *before) if len(before) > 1 else "",
        path("spark-line", *after) if len(after) > 1 else "",
        element("circle", kind="spark-dot", cx=x, cy=y, r=2.2),
        kind="spark",
        role="img",
        aria_label=name,
        width=WIDTH,
        height=HEIGHT,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
    )
