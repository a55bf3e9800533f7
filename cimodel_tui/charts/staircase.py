"""The iterations of an improvement as steps: where it began, how far each got, and what the vision aims at.

A staircase is described once; `draw_staircase` draws it in terminal cells, `staircase_svg` as SVG.
"""

from collections.abc import Iterator
from fractions import Fraction

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import decimals_for, format_number, format_set_value, require_finite
from cimodel_tui.charts.canvas import Canvas, Line, Role
from cimodel_tui.charts.dumbbell import side
from cimodel_tui.charts.glyphs import cell_width, clean, fit, wrap
from cimodel_tui.charts.svg_elements import CELL, line, page, text_width, words
from cimodel_tui.record import dataclass

NOTHING_YET = "no baseline yet"
"""Stands where the first step would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One iteration."""

    name: str
    """Its label, for example its number."""
    achieved: float | None = None
    """What it achieved; None while it is open."""
    target: float | None = None
    """What it is to reach; shown while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staircase:
    """The same metric through all iterations."""

    name: str
    """The metric."""
    unit: str = ""
    """Its unit."""
    better: str = "none"
    """The better side: higher, lower, target or none."""
    baseline: float | None = None
    """The baseline of the first iteration; None while there is no baseline."""
    steps: tuple[Step, ...] = ()
    """The iterations, the first one first."""
    aim: float | None = None
    """The aim of the vision, where it is a number."""
    decimals: int | None = None
    """Decimals of measured values; without it, enough to tell them apart."""

    def __post_init__(self) -> None:
        require_finite(baseline=[self.baseline], aim=[self.aim])
        require_finite(steps=[value for step in self.steps for value in (step.achieved, step.target)])

    @property
    def measured_values(self) -> tuple[float, ...]:
        """Baseline and achieved values."""
        values = (self.baseline, *(step.achieved for step in self.steps))
        return tuple(value for value in values if value is not None)

    def figure(self, value: float) -> str:
        """Return a measured value as text."""
        wanted = decimals_for(self.measured_values) if self.decimals is None else self.decimals
        return format_number(value, wanted)

    def extent(self) -> tuple[float, ...]:
        """Return every value that must be on the scale."""
        targets = [step.target for step in self.steps if step.achieved is None]
        return (*self.measured_values, *(value for value in (self.aim, *targets) if value is not None))


@dataclass(frozen=True, slots=True)
class Tread:
    """One step as it is drawn."""

    name: str
    """Its label."""
    value: float | None
    """Its height; None where nothing has been measured yet."""
    figure: str
    """Its figure."""
    worse: bool = False
    """Whether it is the wrong way from the step before."""
    open: bool = False
    """Whether it has no result yet; it is then as high as the step before."""
    target: float | None = None
    """What an open step is to reach."""


def treads(chart: Staircase) -> Iterator[Tread]:
    """Yield the steps as they are drawn, the first baseline first."""
    height = chart.baseline
    yield Tread("baseline", height, NOTHING_YET if height is None else chart.figure(height))
    for step in chart.steps:
        if step.achieved is None:
            yield Tread(step.name, height, "open", open=True, target=step.target)
            continue
        worse = height is not None and _worse(chart, height, step.achieved)
        height = step.achieved
        yield Tread(step.name, height, chart.figure(height) + (" worse" if worse else ""), worse)


def step_label(tread: Tread, index: int, cells: int) -> str:
    """Return the label of a step: with the word iteration before its number if it fits."""
    whole = f"iteration {tread.name}"
    return whole if index and tread.name.isdigit() and len(whole) <= cells else tread.name


def _worse(chart: Staircase, before: float, after: float) -> bool:
    if chart.better == "target" and chart.aim is not None:
        return abs(after - chart.aim) > abs(before - chart.aim)
    return after < before if chart.better == "higher" else chart.better == "lower" and after > before


def direction(chart: Staircase) -> str:
    """Return in words which way is better."""
    return side(chart.better)


def heading(chart: Staircase) -> str:
    """Return metric and unit."""
    return f"{chart.name}, {chart.unit}" if chart.unit else chart.name


def aim_of(chart: Staircase) -> str:
    """Return the aim of the vision in words, nothing where it is no number."""
    return "" if chart.aim is None else f"aim {format_set_value(chart.aim)}"


def brief(chart: Staircase) -> str:
    """Return the steps as one line of figures."""
    steps = " → ".join(tread.figure for tread in treads(chart))
    return f"{steps}, {aim_of(chart)}" if chart.aim is not None else steps


def in_words(chart: Staircase) -> str:
    """Return the picture in one sentence, for those who do not see it."""
    unit = f" {chart.unit}" if chart.unit else ""
    first, *rest = treads(chart)
    start = NOTHING_YET if first.value is None else f"first baseline {first.figure}{unit}"
    parts = [start, *(f"iteration {_tread_words(tread, unit)}" for tread in rest)]
    if chart.aim is not None:
        parts.append(f"{aim_of(chart)}{unit}")
    parts.append(direction(chart))
    return clean(f"{heading(chart)}: {', '.join(part for part in parts if part)}.")


def _tread_words(tread: Tread, unit: str) -> str:
    if not tread.open:
        figure, _, worse = tread.figure.partition(" ")
        return f"{tread.name} {figure}{unit}" + (f" ({worse})" if worse else "")
    towards = "" if tread.target is None else f", target {format_set_value(tread.target)}{unit}"
    return f"{tread.name} open{towards}"


_MIN_HEIGHT = 5
_TITLE_FROM = 7
_MIN_STEP = 2


def draw_staircase(chart: Staircase, width: int, height: int) -> tuple[Line, ...]:
    """Draw the steps; where they have no room there are figures in their place."""
    canvas = Canvas(width, height)
    steps = tuple(treads(chart))
    room = width - (cell_width(aim_of(chart)) + 1 if chart.aim is not None else 0)
    if height < _MIN_HEIGHT or room < _MIN_STEP * len(steps) or not chart.extent():
        for y, line in enumerate(wrap(brief(chart), width, height)):
            canvas.write(0, y, line, Role.LABEL)
    else:
        _CellStairs(canvas, chart, steps, room).draw()
    return canvas.lines()


class _CellStairs:
    """One drawing: figures stand above treads, names in the last row."""

    def __init__(self, canvas: Canvas, chart: Staircase, steps: tuple[Tread, ...], room: int) -> None:
        self.canvas = canvas
        self.chart = chart
        self.steps = steps
        self.room = room
        self.top = 2 if canvas.height >= _TITLE_FROM else 1
        self.bottom = canvas.height - 2
        self.low, self.high = Fraction(min(chart.extent())), Fraction(max(chart.extent()))

    def draw(self) -> None:
        """Draw everything."""
        if self.top > 1:
            self._title()
        if self.chart.aim is not None:
            y = self._y(self.chart.aim)
            self._fill(0, self.room, y, glyphs.TARGET, Role.TARGET)
            self.canvas.write(self.room + 1, y, aim_of(self.chart), Role.TARGET)
        for index, tread in enumerate(self.steps):
            self._tread(index, tread)
        for index in range(1, len(self.steps)):
            self._riser(index)
        for index in self._important():
            self._words(index, self.steps[index])

    def _title(self) -> None:
        words = direction(self.chart)
        room = self.canvas.width - len(words)
        self.canvas.write(room, 0, words, Role.AXIS)
        self.canvas.write(0, 0, fit(heading(self.chart), max(room - 2, 0)), Role.LABEL)

    def _y(self, value: float) -> int:
        reach = self.high - self.low or Fraction(1)
        return self.bottom - round((Fraction(value) - self.low) / reach * (self.bottom - self.top))

    def _x(self, index: int) -> int:
        return index * self.room // len(self.steps)

    def _fill(self, start: int, stop: int, y: int, shape: str, role: Role) -> None:
        for x in range(start, stop):
            self.canvas.mark(x, y, shape, role)

    def _tread(self, index: int, tread: Tread) -> None:
        start, stop = self._x(index), self._x(index + 1)
        if tread.target is not None:
            self._fill(start + 1, stop, self._y(tread.target), glyphs.TARGET, Role.TARGET)
        if tread.value is not None:
            self._fill(start + bool(index), stop, self._y(tread.value), *_shape_and_role(index, tread))

    def _riser(self, index: int) -> None:
        before, after = self.steps[index - 1].value, self.steps[index].value
        x = self._x(index)
        if before is None or after is None:
            return
        high, low = sorted((self._y(before), self._y(after)))
        if high == low:
            self.canvas.mark(x, high, *_shape_and_role(index, self.steps[index]))
            return
        self._fill_down(x, high + 1, low)
        corners = glyphs.DOWN if self._y(after) == low else glyphs.UP
        self.canvas.mark(x, self._y(before), corners[0], Role.AXIS)
        self.canvas.mark(x, self._y(after), corners[1], Role.AXIS)

    def _fill_down(self, x: int, start: int, stop: int) -> None:
        for y in range(start, stop):
            self.canvas.mark(x, y, glyphs.UPRIGHT, Role.AXIS)

    def _important(self) -> list[int]:
        """Return the steps in the order in which their words get room: the last, the first, then the others."""
        last = len(self.steps) - 1
        return list(dict.fromkeys([last, 0, *reversed(range(last))]))

    def _words(self, index: int, tread: Tread) -> None:
        start = self._x(index) + bool(index)
        self._write(start, (self.bottom + 1,), step_label(tread, index, self._x(index + 1) - start - 1), Role.LABEL)
        if tread.value is not None or not index:
            y = self.bottom if tread.value is None else self._y(tread.value) - 1
            self._write(start + bool(index), (y,), tread.figure, _shape_and_role(index, tread)[1])
        if tread.target is not None and tread.target != self.chart.aim:
            y = self._y(tread.target)
            self._write(start + 1, (y - 1, y + 1), f"target {format_set_value(tread.target)}", Role.TARGET)

    def _write(self, x: int, rows: tuple[int, ...], text: str, role: Role) -> None:
        """Write a text at this cell, or as far left as it must, where it covers nothing; else leave it out."""
        cells = cell_width(clean(text))
        x = max(min(x, self.canvas.width - cells), 0)
        for y in rows:
            apart = self.canvas.shape(x - 1, y) in _NO_WORDS and self.canvas.shape(x + cells, y) in _NO_WORDS
            if apart and self.top <= y + 1 and self.canvas.is_free(x, y, cells):
                self.canvas.write(x, y, text, role)
                return


_NO_WORDS = {" ", glyphs.UPRIGHT, *glyphs.DOWN, *glyphs.UP}


def _shape_and_role(index: int, tread: Tread) -> tuple[str, Role]:
    if tread.open:
        return glyphs.OPEN, Role.HOLLOW
    if tread.worse:
        return glyphs.WORSE, Role.WORSE
    return (glyphs.ACHIEVED, Role.ACHIEVED) if index else (glyphs.BASELINE_TREAD, Role.BASELINE)


_LEAST_WIDTH = 320
_LEAST_HEIGHT = 180
_TOP = 58
_LINE = 17
_BELOW = 14
_SHORTEST_NAME = 5


def staircase_svg(chart: Staircase, width: int, height: int) -> str:
    """Return the iterations as SVG."""
    inner = (float(max(width, _LEAST_WIDTH)), float(max(height, _LEAST_HEIGHT)))
    name_and_words = (f"Iterations: {chart.name}", in_words(chart))
    room = int((inner[0] - 28) / (CELL * 1.2))
    body = [
        words(14, 20, fit(heading(chart), max(room, 1)), "ci-title"),
        words(14, 36, direction(chart), "ci-soft"),
    ]
    if not chart.extent():
        for index, text in enumerate(wrap(brief(chart), int((inner[0] - 40) / CELL), 4)):
            body.append(words(14, _TOP + index * _LINE, text, "ci-soft"))
        return page(width, height, inner, name_and_words, body)
    return page(width, height, inner, name_and_words, [*body, *_SvgStairs(chart, inner).pieces()])


class _SvgStairs:
    """One drawing: where its steps lie, in pixels."""

    def __init__(self, chart: Staircase, inner: tuple[float, float]) -> None:
        self.chart = chart
        self.steps = tuple(treads(chart))
        self.left = 14.0
        self.right = inner[0] - (text_width(aim_of(chart)) + 24 if chart.aim is not None else 14)
        self.bottom = inner[1] - 40
        self.low, self.high = Fraction(min(chart.extent())), Fraction(max(chart.extent()))

    def pieces(self) -> list[str]:
        """Return every piece."""
        body = [line(self.left, self.bottom + 12, self.right, self.bottom + 12, "ci-base")]
        if self.chart.aim is not None:
            y = self.y(self.chart.aim)
            body += [
                line(self.left, y, self.right, y, "ci-target ci-aim"),
                words(self.right + 8, y + 4, aim_of(self.chart)),
            ]
        for index, tread in enumerate(self.steps):
            body += [*self.riser(index), *self.tread(index, tread), *self.labels(index, tread)]
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
            body.append(line(start, self.y(tread.value), stop, self.y(tread.value), _css_class(index, tread)))
        return body

    def labels(self, index: int, tread: Tread) -> list[str]:
        """Return figure, target and name of a step, as far as they have room."""
        start, room = self.x(index), (self.right - self.left) / len(self.steps) - 6
        body = [
            words(
                start + 4, self.bottom + 28, _fit_or_drop(step_label(tread, index, int(room / CELL)), room), "ci-soft"
            )
        ]
        at, target_at = self.heights(tread)
        if tread.value is not None or not index:
            body.append(words(start + 4, at, self.figure(index, tread, room)))
        target = f"target {format_set_value(tread.target)}" if tread.target is not None else ""
        if target and text_width(target) <= room and tread.target != self.chart.aim:
            body.append(words(start + 8, target_at, target))
        return body

    def heights(self, tread: Tread) -> tuple[float, float]:
        """Return the heights of figure and target: above their lines, the lower one below if both are near."""
        value = self.bottom if tread.value is None else self.y(tread.value)
        target = value if tread.target is None else self.y(tread.target)
        if tread.target is None or abs(value - target) >= _LINE:
            return value - 8, target - 6
        return (value - 8, target + _BELOW) if target >= value else (value + _BELOW, target - 6)

    def figure(self, index: int, tread: Tread, room: float) -> str:
        """Return the figure of a step: all of it, its number, or nothing; first and last always have a number."""
        number = tread.figure.partition(" ")[0]
        last = max((at for at, each in enumerate(self.steps) if not each.open), default=0)
        if text_width(tread.figure) <= room or tread.value is None:
            return tread.figure
        return number if text_width(number) <= room or index in {0, last} else ""


def _fit_or_drop(name: str, room: float) -> str:
    """Return a name cut to its room, nothing where hardly any of it would be left."""
    cut = fit(name, int(room / CELL))
    return cut if cut == clean(name) or len(cut) >= _SHORTEST_NAME else ""


def _css_class(index: int, tread: Tread) -> str:
    if tread.open:
        return "ci-hollow ci-open"
    if tread.worse:
        return "ci-worse ci-thick"
    return "ci-achieved ci-thick" if index else "ci-baseline ci-thick"
