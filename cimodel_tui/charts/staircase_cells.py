"""A staircase of iterations in terminal cells."""

from fractions import Fraction

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.canvas import Canvas, Line, Role
from cimodel_tui.charts.cells import cell_width, cleaned, fitted, wrapped
from cimodel_tui.charts.number_format import stated
from cimodel_tui.charts.staircase import Staircase, Tread, aim_of, brief, direction, heading, named, treads

_LOWEST = 5
_TITLE_FROM = 7
_NARROWEST_STEP = 2


def draw_staircase(chart: Staircase, width: int, height: int) -> tuple[Line, ...]:
    """Draw the steps; where they have no room there are figures in their place."""
    canvas = Canvas(width, height)
    steps = tuple(treads(chart))
    room = width - (cell_width(aim_of(chart)) + 1 if chart.aim is not None else 0)
    if height < _LOWEST or room < _NARROWEST_STEP * len(steps) or not chart.extent():
        for y, line in enumerate(wrapped(brief(chart), width, height)):
            canvas.write(0, y, line, Role.LABEL)
    else:
        _Stairs(canvas, chart, steps, room).draw()
    return canvas.lines()


class _Stairs:
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
        self.canvas.write(0, 0, fitted(heading(self.chart), max(room - 2, 0)), Role.LABEL)

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
            self._fill(start + bool(index), stop, self._y(tread.value), *_look(index, tread))

    def _riser(self, index: int) -> None:
        before, after = self.steps[index - 1].value, self.steps[index].value
        x = self._x(index)
        if before is None or after is None:
            return
        high, low = sorted((self._y(before), self._y(after)))
        if high == low:
            self.canvas.mark(x, high, *_look(index, self.steps[index]))
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
        self._write(start, (self.bottom + 1,), named(tread, index, self._x(index + 1) - start - 1), Role.LABEL)
        if tread.value is not None or not index:
            y = self.bottom if tread.value is None else self._y(tread.value) - 1
            self._write(start + bool(index), (y,), tread.figure, _look(index, tread)[1])
        if tread.target is not None and tread.target != self.chart.aim:
            y = self._y(tread.target)
            self._write(start + 1, (y - 1, y + 1), f"target {stated(tread.target)}", Role.TARGET)

    def _write(self, x: int, rows: tuple[int, ...], text: str, role: Role) -> None:
        """Write a text at this cell, or as far left as it must, where it covers nothing; else leave it out."""
        wide = cell_width(cleaned(text))
        x = max(min(x, self.canvas.width - wide), 0)
        for y in rows:
            apart = self.canvas.shape(x - 1, y) in _NO_WORDS and self.canvas.shape(x + wide, y) in _NO_WORDS
            if apart and self.top <= y + 1 and self.canvas.is_free(x, y, wide):
                self.canvas.write(x, y, text, role)
                return


_NO_WORDS = {" ", glyphs.UPRIGHT, *glyphs.DOWN, *glyphs.UP}


def _look(index: int, tread: Tread) -> tuple[str, Role]:
    if tread.open:
        return glyphs.OPEN, Role.HOLLOW
    if tread.worse:
        return glyphs.WORSE, Role.WORSE
    return (glyphs.ACHIEVED, Role.ACHIEVED) if index else (glyphs.BASELINE_TREAD, Role.BASELINE)
