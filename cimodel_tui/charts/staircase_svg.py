"""A staircase of iterations as SVG."""

from fractions import Fraction

from cimodel_tui.charts.cells import cleaned, fitted, wrapped
from cimodel_tui.charts.number_format import stated
from cimodel_tui.charts.staircase import Staircase, Tread, aim_of, brief, direction, heading, in_words, named, treads
from cimodel_tui.charts.svg_elements import CELL, line, page, wide, words

_LEAST_WIDTH = 320
_LEAST_HEIGHT = 180
_TOP = 58
_LINE = 17
_BELOW = 14
_SHORTEST_NAME = 5


def staircase_svg(chart: Staircase, width: int, height: int) -> str:
    """Return the iterations as SVG."""
    inner = (float(max(width, _LEAST_WIDTH)), float(max(height, _LEAST_HEIGHT)))
    told = (f"Iterations: {chart.name}", in_words(chart))
    room = int((inner[0] - 28) / (CELL * 1.2))
    body = [
        words(14, 20, fitted(heading(chart), max(room, 1)), "ci-title"),
        words(14, 36, direction(chart), "ci-soft"),
    ]
    if not chart.extent():
        for index, text in enumerate(wrapped(brief(chart), int((inner[0] - 40) / CELL), 4)):
            body.append(words(14, _TOP + index * _LINE, text, "ci-soft"))
        return page(width, height, inner, told, body)
    return page(width, height, inner, told, [*body, *_Stairs(chart, inner).drawn()])


class _Stairs:
    """One drawing: where its steps lie, in pixels."""

    def __init__(self, chart: Staircase, inner: tuple[float, float]) -> None:
        self.chart = chart
        self.steps = tuple(treads(chart))
        self.left = 14.0
        self.right = inner[0] - (wide(aim_of(chart)) + 24 if chart.aim is not None else 14)
        self.bottom = inner[1] - 40
        self.low, self.high = Fraction(min(chart.extent())), Fraction(max(chart.extent()))

    def drawn(self) -> list[str]:
        """Return every piece."""
        body = [line(self.left, self.bottom + 12, self.right, self.bottom + 12, "ci-base")]
        if self.chart.aim is not None:
            y = self.y(self.chart.aim)
            body += [
                line(self.left, y, self.right, y, "ci-target ci-aim"),
                words(self.right + 8, y + 4, aim_of(self.chart)),
            ]
        for index, tread in enumerate(self.steps):
            body += [*self.riser(index), *self.tread(index, tread), *self.said(index, tread)]
        return body

    def x(self, index: int) -> float:
        """Return where a step begins."""
        return self.left + index * (self.right - self.left) / len(self.steps)

    def y(self, value: float) -> float:
        """Return where a value lies."""
        reach = self.high - self.low or Fraction(1)
        return self.bottom - float((Fraction(value) - self.low) / reach) * (self.bottom - _TOP)

    def riser(self, index: int) -> list[str]:
        """Return the upright between a step and the one before."""
        before = self.steps[index - 1].value if index else None
        after = self.steps[index].value
        if before is None or after is None:
            return []
        return [line(self.x(index), self.y(before), self.x(index), self.y(after), "ci-thread")]

    def tread(self, index: int, tread: Tread) -> list[str]:
        """Return the flat of a step, and the target of an open one."""
        start, stop = self.x(index), self.x(index + 1)
        body = []
        if tread.target is not None:
            body.append(line(start + 6, self.y(tread.target), stop, self.y(tread.target), "ci-target"))
        if tread.value is not None:
            body.append(line(start, self.y(tread.value), stop, self.y(tread.value), _kind(index, tread)))
        return body

    def said(self, index: int, tread: Tread) -> list[str]:
        """Return figure, target and name of a step, as far as they have room."""
        start, room = self.x(index), (self.right - self.left) / len(self.steps) - 6
        body = [words(start + 4, self.bottom + 28, _whole(named(tread, index, int(room / CELL)), room), "ci-soft")]
        at, target_at = self.heights(tread)
        if tread.value is not None or not index:
            body.append(words(start + 4, at, self.figure(index, tread, room)))
        target = f"target {stated(tread.target)}" if tread.target is not None else ""
        if target and wide(target) <= room and tread.target != self.chart.aim:
            body.append(words(start + 8, target_at, target))
        return body

    def heights(self, tread: Tread) -> tuple[float, float]:
        """Return where figure and target stand: above their lines, the lower one below its line where both are near."""
        value = self.bottom if tread.value is None else self.y(tread.value)
        target = value if tread.target is None else self.y(tread.target)
        if tread.target is None or abs(value - target) >= _LINE:
            return value - 8, target - 6
        return (value - 8, target + _BELOW) if target >= value else (value + _BELOW, target - 6)

    def figure(self, index: int, tread: Tread, room: float) -> str:
        """Return what stands above a step: all of it, its number, or nothing; first and last always have a number."""
        number = tread.figure.partition(" ")[0]
        last = max((at for at, each in enumerate(self.steps) if not each.open), default=0)
        if wide(tread.figure) <= room or tread.value is None:
            return tread.figure
        return number if wide(number) <= room or index in {0, last} else ""


def _whole(name: str, room: float) -> str:
    """Return a name cut to its room, nothing where hardly any of it would be left."""
    cut = fitted(name, int(room / CELL))
    return cut if cut == cleaned(name) or len(cut) >= _SHORTEST_NAME else ""


def _kind(index: int, tread: Tread) -> str:
    if tread.open:
        return "ci-hollow ci-open"
    if tread.worse:
        return "ci-worse ci-thick"
    return "ci-achieved ci-thick" if index else "ci-baseline ci-thick"
