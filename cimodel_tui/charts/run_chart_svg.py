"""A run chart as SVG, laid out as in a terminal: the same scale, order, words and downsampling."""

from itertools import pairwise
from typing import TypeAlias

from cimodel_tui.charts import run_chart
from cimodel_tui.charts.axes import Scale, date_labels, scale_for, spread_apart
from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.downsampling import downsample
from cimodel_tui.charts.glyphs import fit, wrap
from cimodel_tui.charts.run_chart import Phase, RunChart
from cimodel_tui.charts.svg_elements import CELL, dot, element, line, page, path, text_width, tooltip, words
from cimodel_tui.record import dataclass

TOP = 52
"""The upper edge of the picture."""

LINE = 17
"""The height of a line of words."""

_ROW_HEIGHT = 38
_COLUMN_WIDTH = 3

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
    """The entries of each line of the legend."""
    change_lines: tuple[str, ...]
    """The lines that list the finished actions."""

    def x(self, position: float) -> float:
        """Return where a position among the readings lies."""
        return self.left + (position + 0.5) * (self.right - self.left) / self.count

    def y(self, value: float) -> float:
        """Return where a value lies."""
        rows = self.scale.place(value) + 0.5
        return self.bottom - rows * (self.bottom - TOP) / self.scale.rows


def area_for(chart: RunChart, inner: tuple[float, float]) -> Area:
    """Lay out a width and a height in pixels."""
    change_lines = wrap(run_chart.changes(chart), int((inner[0] - 40) / CELL), 2) if chart.changes else []
    legend = _legend(chart, inner[0])
    bottom = inner[1] - 33 - (len(legend) + len(change_lines)) * LINE
    rows = int((bottom - TOP) / _ROW_HEIGHT) + 1
    scale = scale_for(chart.extent(), rows, least=chart.least, most=chart.most, dense=True)
    left = max((text_width(text) for _, text in scale.ticks()), default=0) + 16
    right = max((text_width(text) for _, text, _ in run_chart.end_labels(chart)), default=4) + 16
    return Area(
        left=min(left, inner[0] / 3),
        right=inner[0] - min(right, inner[0] / 3),
        bottom=bottom,
        scale=scale,
        count=len(chart.points),
        columns=_columns(inner[0]),
        legend=legend,
        change_lines=tuple(change_lines),
    )


def _legend(chart: RunChart, width: float) -> tuple[Entries, ...]:
    """Return the lines of the legend, each entry with its left edge."""
    rows: list[list[tuple[float, str, Role]]] = [[]]
    x = 14.0
    for _, text, role in run_chart.legend(chart, thinned_out=len(chart.points) > _columns(width)):
        far = x + 24 + text_width(text)
        if far > width - 8 and rows[-1]:
            rows.append([])
            x = 14.0
        rows[-1].append((x, text, role))
        x += 24 + text_width(text) + 16
    return tuple(map(tuple, rows))


def _columns(width: float) -> int:
    return int(width / _COLUMN_WIDTH)


_LEAST_WIDTH = 360
_LEAST_HEIGHT = 240
_MAX_TOOLTIPS = 400


def run_chart_svg(chart: RunChart, width: int, height: int) -> str:
    """Return a run chart as SVG."""
    inner = (float(max(width, _LEAST_WIDTH)), float(max(height, _LEAST_HEIGHT)))
    name_and_words = (f"Run chart: {chart.name}", run_chart.in_words(chart))
    body = _heading(chart, inner[0])
    if not chart.points:
        cells = int((inner[0] - 40) / CELL)
        for index, text in enumerate(wrap(chart.nothing_yet, cells, 6)):
            body.append(words(inner[0] / 2, inner[1] / 2 + index * LINE, text, "ci-soft", anchor="middle"))
        return page(width, height, inner, name_and_words, body)
    area = area_for(chart, inner)
    body += [*_axes(chart, area), *_phases(chart, area), *_changes(chart, area)]
    body += [*_thread(chart, area), *_points(chart, area), *_labels(chart, area)]
    return page(width, height, inner, name_and_words, [*body, *_legend_and_changes(area)])


def _heading(chart: RunChart, width: float) -> list[str]:
    latest = run_chart.latest(chart) if chart.points else ""
    room = width - 28
    if text_width(run_chart.title(chart)) * 1.2 + text_width(latest) + 20 > room:
        latest = ""
    title = fit(run_chart.title(chart), int(room / (CELL * 1.2)))
    return [words(14, 20, title, "ci-title"), words(width - 14, 20, latest, "ci-soft", anchor="end")]


def _axes(chart: RunChart, area: Area) -> list[str]:
    body = []
    for row, text in area.scale.ticks():
        y = area.bottom - (row + 0.5) * (area.bottom - TOP) / area.scale.rows
        body.append(line(area.left, y, area.right, y, "ci-axis"))
        body.append(words(area.left - 8, y + 4, text, "ci-soft", anchor="end"))
    body.append(line(area.left, area.bottom, area.right, area.bottom, "ci-base"))
    days = [point.day for point in chart.points]
    reach = area.right - area.left
    for position, left, text in date_labels(
        days, lambda position: area.x(position) - area.left, reach, cell=CELL, gap=14
    ):
        middle = area.left + left + text_width(text) / 2
        body.append(line(area.x(position), area.bottom, area.x(position), area.bottom + 5, "ci-base"))
        body.append(words(middle, area.bottom + 18, text, "ci-soft", anchor="middle"))
    return body


def _phases(chart: RunChart, area: Area) -> list[str]:
    body = [
        line(area.x(position - 0.5), TOP - 16, area.x(position - 0.5), area.bottom, "ci-phase")
        for position in chart.breaks()
    ]
    for phase in chart.phases:
        stretch = chart.stretch(phase)
        if stretch:
            start, stop = area.x(stretch.start - 0.5), area.x(stretch.stop - 0.5)
            body += _lines(chart, phase, area, (start, stop))
            name = fit(phase.name, int((stop - start - 8) / CELL))
            body.append(words(start + 5, TOP - 6, name, "ci-soft"))
    return body


def _lines(chart: RunChart, phase: Phase, area: Area, ends: tuple[float, float]) -> list[str]:
    start, stop = ends
    body = []
    stepped = any(chart.points[at].limits for at in chart.stretch(phase))
    if phase.lower is not None and phase.upper is not None and not stepped:
        top, bottom = area.y(chart.clamp(phase.upper)), area.y(chart.clamp(phase.lower))
        height = max(bottom - top, 0)
        body.append(element("rect", kind="ci-band", x=start, y=top, width=stop - start, height=height))
    for along, value, role in run_chart.segments(chart, phase):
        left, right, y = area.x(along.start - 0.5), area.x(along.stop - 0.5), area.y(value)
        body.append(line(left, y, right, y, f"ci-{role}"))
    return body


def _changes(chart: RunChart, area: Area) -> list[str]:
    body = []
    for change in chart.changes:
        x, y = area.x(chart.position(change.day)), area.bottom
        note = tooltip(f"{change.day.isoformat()}: {change.name}")
        body.append(path("ci-change", (x, y - 9), (x + 6, y + 2), (x - 6, y + 2), closed=True, note=note))
    return body


def _drawn_positions(chart: RunChart, area: Area) -> tuple[int, ...]:
    return downsample(chart.points, area.columns)


def _thread(chart: RunChart, area: Area) -> list[str]:
    """Return a thin line from each counted reading to the next; it does not cross a break."""
    ends = [0, *chart.breaks(), len(chart.points)]
    drawn = [index for index in _drawn_positions(chart, area) if not chart.points[index].set_aside]
    body = []
    for start, stop in pairwise(ends):
        spots = [(area.x(index), area.y(chart.points[index].value)) for index in drawn if start <= index < stop]
        if len(spots) > 1:
            body.append(path("ci-thread", *spots))
    return body


def _points(chart: RunChart, area: Area) -> list[str]:
    size = min(max((area.right - area.left) / area.count / 3, 1.3), 3.4)
    found = []
    for index in _drawn_positions(chart, area):
        point = chart.points[index]
        role = run_chart.point_role(point)
        note_text = f"{point.day.isoformat()}: {point.value:g}" + (f" ({point.total})" if point.total else "")
        note = tooltip(note_text) if area.count <= _MAX_TOOLTIPS else ""
        least = size if role is Role.POINT else max(size, 2.4)
        found.append((role in run_chart.FLAGS, dot(area.x(index), area.y(point.value), role, size=least, note=note)))
    return [drawn for _, drawn in sorted(found, key=lambda each: each[0])]


def _labels(chart: RunChart, area: Area) -> list[str]:
    labels = sorted(run_chart.end_labels(chart), key=lambda each: -each[0])
    places = spread_apart([area.y(value) + 4 for value, _, _ in labels], 14, area.bottom)
    return [words(area.right + 8, y, text) for y, (_, text, _) in zip(places, labels, strict=True)]


def _legend_and_changes(area: Area) -> list[str]:
    """Return the legend and what was finished."""
    body = []
    y = area.bottom + 23
    for entries in area.legend:
        y += LINE
        for x, text, role in entries:
            body += [_legend_sample(x, y - 4, role), words(x + 24, y, text, "ci-soft")]
    for text in area.change_lines:
        y += LINE
        body.append(words(14, y, text, "ci-soft"))
    return body


def _legend_sample(x: float, y: float, role: Role) -> str:
    if role in {Role.POINT, Role.HOLLOW, *run_chart.FLAGS}:
        return dot(x + 9, y, role)
    if role is Role.CHANGE:
        return path("ci-change", (x + 9, y - 6), (x + 15, y + 5), (x + 3, y + 5), closed=True)
    return line(x, y, x + 18, y, f"ci-{role}")
