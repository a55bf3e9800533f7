"""A sparkline as SVG: one line through the readings of a metric, the baseline part soft, the latest one marked.

It stands inside a page of reports and takes its colours from there.
"""

from collections.abc import Sequence

from cimodel_tui.charts.svg_elements import element, path

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
