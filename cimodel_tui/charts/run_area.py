"""How the pixels of a run chart are shared out between its picture and the words around it."""

from typing import TypeAlias

from cimodel_tui.charts import run_words
from cimodel_tui.charts.axes import Scale, scale_for
from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.cells import wrapped
from cimodel_tui.charts.run_chart import RunChart
from cimodel_tui.charts.svg_elements import CELL, wide
from cimodel_tui.record import dataclass

TOP = 52
"""The upper edge of the picture."""

LINE = 17
"""The height of a line of words."""

_ROW = 38
_A_COLUMN = 3

Entries: TypeAlias = tuple[tuple[float, str, Role], ...]
"""One line of the legend: left edge, words and role of each entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where the picture lies, in pixels."""

    left: float
    """Its left edge."""
    right: float
    """Its right edge."""
    bottom: float
    """Its lower edge, the date axis."""
    scale: Scale
    """The values of its rows."""
    count: int
    """How many readings share its width."""
    columns: int
    """In how many columns they are thinned."""
    legend: tuple[Entries, ...]
    """What stands in each line of the legend."""
    told: tuple[str, ...]
    """The lines that say what was finished."""

    def x(self, position: float) -> float:
        """Return where a position among the readings lies."""
        return self.left + (position + 0.5) * (self.right - self.left) / self.count

    def y(self, value: float) -> float:
        """Return where a value lies."""
        rows = self.scale.place(value) + 0.5
        return self.bottom - rows * (self.bottom - TOP) / self.scale.rows


def area_for(chart: RunChart, inner: tuple[float, float]) -> Area:
    """Share out a width and a height in pixels."""
    told = wrapped(run_words.changes(chart), int((inner[0] - 40) / CELL), 2) if chart.changes else []
    legend = _legend(chart, inner[0])
    bottom = inner[1] - 33 - (len(legend) + len(told)) * LINE
    rows = int((bottom - TOP) / _ROW) + 1
    scale = scale_for(chart.extent(), rows, least=chart.least, most=chart.most, dense=True)
    left = max((wide(text) for _, text in scale.ticks()), default=0) + 16
    right = max((wide(text) for _, text, _ in run_words.labelled(chart)), default=4) + 16
    return Area(
        left=min(left, inner[0] / 3),
        right=inner[0] - min(right, inner[0] / 3),
        bottom=bottom,
        scale=scale,
        count=len(chart.points),
        columns=_columns(inner[0]),
        legend=legend,
        told=tuple(told),
    )


def _legend(chart: RunChart, width: float) -> tuple[Entries, ...]:
    """Return the lines of the legend, each entry with its left edge."""
    rows: list[list[tuple[float, str, Role]]] = [[]]
    x = 14.0
    for _, text, role in run_words.legend(chart, thinned_out=len(chart.points) > _columns(width)):
        far = x + 24 + wide(text)
        if far > width - 8 and rows[-1]:
            rows.append([])
            x = 14.0
        rows[-1].append((x, text, role))
        x += 24 + wide(text) + 16
    return tuple(map(tuple, rows))


def _columns(width: float) -> int:
    return int(width / _A_COLUMN)
