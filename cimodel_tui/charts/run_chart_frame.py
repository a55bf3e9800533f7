"""How a run chart in terminal cells shares out its room: title, names of phases, value axis, picture, dates, legend."""

from cimodel_tui.charts.axes import Scale, scale_for
from cimodel_tui.charts.cells import cell_width
from cimodel_tui.charts.dots import DOWN
from cimodel_tui.charts.run_chart import RunChart, labelled
from cimodel_tui.record import dataclass

SMALLEST = (14, 5)
"""The width and height from which on there is a picture; below there are words."""

_TITLE_FROM = 9
_PHASES_FROM = 7
_LEGEND_FROM = 11
_CHANGES_FROM = 13
_WORDS_FROM = 40
_LABELS_FROM = 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where things are, in cells; rows count from the top."""

    left: int
    """The column of the value axis; the picture starts after it."""
    columns: int
    """The width of the picture."""
    title: bool
    """Whether the first row is a title."""
    names: bool
    """Whether there is a row with the names of the phases."""
    top: int
    """The first row of the picture."""
    scale: Scale
    """The values of its rows."""
    legend: int
    """The row of the legend; 0 where there is none."""
    changes: int
    """The row that says what was finished; 0 where there is none."""

    @property
    def axis(self) -> int:
        """The row of the date axis; the dates stand in the next."""
        return self.top + self.scale.rows

    @property
    def right(self) -> int:
        """The first column after the picture."""
        return self.left + 1 + self.columns

    def y(self, value: float) -> int:
        """Return the row of a value."""
        return self.axis - 1 - self.scale.row(value)

    def level(self, value: float) -> int:
        """Return the row of dots of a value, four to each row of cells; counted from the top of the picture."""
        levels = self.scale.rows * DOWN
        from_below = int((self.scale.place(value) + 0.5) * DOWN)
        return levels - 1 - min(max(from_below, 0), levels - 1)

    def edge(self, position: int, count: int) -> int:
        """Return the column where the room of one of so many readings begins."""
        return self.left + 1 + position * self.columns // count


def frame_for(chart: RunChart, width: int, height: int) -> Frame:
    """Share out a width and a height that are at least SMALLEST."""
    words = width >= _WORDS_FROM
    title = height >= _TITLE_FROM
    names = height >= _PHASES_FROM and any(phase.name and chart.stretch(phase) for phase in chart.phases)
    legend = words and height >= _LEGEND_FROM
    changes = words and height >= _CHANGES_FROM and bool(chart.changes)
    top = title + names
    scale = scale_for(chart.extent(), height - top - 2 - legend - changes, least=chart.least, most=chart.most)
    left = min(max((len(text) for _, text in scale.ticks()), default=0) + 1, width // 3)
    labels = _label_width(chart, scale) if width >= _LABELS_FROM else 0
    below = top + scale.rows + 2
    return Frame(
        left=left,
        columns=width - left - 1 - min(labels, width // 3),
        title=title,
        names=names,
        top=top,
        scale=scale,
        legend=below if legend else 0,
        changes=below + legend if changes else 0,
    )


def _label_width(chart: RunChart, scale: Scale) -> int:
    """Return the cells for the names of the lines at the right, those of one row side by side."""
    rows: dict[int, list[str]] = {}
    for value, text, _ in labelled(chart):
        rows.setdefault(scale.row(value), []).append(text)
    return max((cell_width(", ".join(texts)) for texts in rows.values()), default=-1) + 1
