"""A dumbbell as SVG: the scale reaches from the smallest of its values to the largest, as in a terminal."""

from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.cells import fitted
from cimodel_tui.charts.dumbbell import Dumbbell, Mark, Move, in_words, marks_of, places, rising, side
from cimodel_tui.charts.number_format import goal
from cimodel_tui.charts.svg_elements import CELL, element, line, page, path, wide, words

_LEAST_WIDTH = 320
_LEAST_HEIGHT = 84
_BAR = 7
_ABOVE = {Role.TARGET, Role.LIMIT}


def dumbbell_svg(chart: Dumbbell, width: int, height: int) -> str:
    """Return one metric as SVG; goals are named above the scale, measured values below."""
    inner = (float(max(width, _LEAST_WIDTH)), float(max(height, _LEAST_HEIGHT)))
    middle = (inner[1] + 22) / 2
    spots = _spots(chart, inner[0])
    body = [*_heading(chart, inner[0]), line(14, middle, inner[0] - 14, middle, "ci-axis")]
    body += _range(spots, middle) + _shaft(chart, spots, middle)
    body += [_drawn(chart, mark, x, middle) for mark, x in spots]
    body += _row(_named_goals(chart, spots), middle - 14, inner[0])
    body += _row(_named_values(chart, spots), middle + 24, inner[0])
    return page(width, height, inner, (chart.name, in_words(chart)), body)


def _heading(chart: Dumbbell, width: float) -> list[str]:
    named = f"{chart.name}, {chart.unit}" if chart.unit else chart.name
    said = "no result yet" if chart.achieved is None else chart.move.value if chart.move is Move.STILL else ""
    right = " · ".join(part for part in (said, side(chart.better)) if part)
    room = int((width - 40 - wide(right)) / (CELL * 1.2))
    return [
        words(14, 20, fitted(named, max(room, 1)), "ci-title"),
        words(width - 14, 20, right, "ci-soft", anchor="end"),
    ]


def _spots(chart: Dumbbell, width: float) -> list[tuple[Mark, float]]:
    marks = marks_of(chart)
    edge = 40.0
    return [(mark, edge + float(place) * (width - 2 * edge)) for mark, place in zip(marks, places(marks), strict=True)]


def _range(spots: list[tuple[Mark, float]], y: float) -> list[str]:
    ends = [x for mark, x in spots if mark.role is Role.TARGET]
    return [line(ends[0], y, ends[1], y, "ci-target ci-thick")] if len(ends) > 1 else []


def _shaft(chart: Dumbbell, spots: list[tuple[Mark, float]], y: float) -> list[str]:
    ends = {mark.role: x for mark, x in spots if mark.role not in _ABOVE}
    if len(ends) <= 1:
        return []
    kind = "ci-worse" if chart.move is Move.WORSE else "ci-achieved"
    return [line(min(ends.values()), y, max(ends.values()), y, f"{kind} ci-thick")]


def _drawn(chart: Dumbbell, mark: Mark, x: float, y: float) -> str:
    if mark.role in _ABOVE:
        return line(x, y - 12, x, y + 12, f"ci-{mark.role}")
    if mark.role is Role.BASELINE:
        return element("rect", kind="ci-baseline", x=x - 5, y=y - 5, width=10, height=10)
    back = -12 if rising(chart) else 12
    return path(f"ci-{mark.role} ci-tip", (x, y), (x + back, y - _BAR), (x + back, y + _BAR), closed=True)


def _named_goals(chart: Dumbbell, spots: list[tuple[Mark, float]]) -> list[tuple[float, str]]:
    """Return the place and the words of each goal, a range by its middle."""
    found = []
    for role, values in ((Role.TARGET, chart.target), (Role.LIMIT, chart.limit)):
        at = [x for mark, x in spots if mark.role is role]
        if at:
            found.append((sum(at) / len(at), f"{role} {goal(values)}"))
    return found


def _named_values(chart: Dumbbell, spots: list[tuple[Mark, float]]) -> list[tuple[float, str]]:
    """Return the place and the words of baseline and achieved value."""
    said = {Role.BASELINE: "baseline {}", Role.ACHIEVED: "achieved {}", Role.WORSE: "achieved {}, worse"}
    return [(x, said[mark.role].format(chart.figure(mark.value))) for mark, x in spots if mark.role in said]


def _row(labels: list[tuple[float, str]], y: float, width: float) -> list[str]:
    """Return words in one row, each under its mark or as near as the others allow."""
    labels = sorted(labels)
    starts = [min(max(x - wide(text) / 2, 14), width - 14 - wide(text)) for x, text in labels]
    for index in range(1, len(labels)):
        starts[index] = max(starts[index], starts[index - 1] + wide(labels[index - 1][1]) + 10)
    edge = width - 4
    for index in reversed(range(len(labels))):
        starts[index] = min(starts[index], edge - wide(labels[index][1]))
        edge = starts[index] - 10
    return [
        words(start + wide(text) / 2, y, text, anchor="middle") for start, (_, text) in zip(starts, labels, strict=True)
    ]
