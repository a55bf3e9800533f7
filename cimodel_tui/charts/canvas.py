"""A grid of terminal cells to draw on; whatever lies outside is clipped.

`Dots` is a grid of braille dots: two columns and four rows to each terminal cell.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from cimodel_tui.charts.glyphs import cell_width, clean, graphemes
from cimodel_tui.record import dataclass


class Role(StrEnum):
    """What a piece of a picture is. Each role has shapes of its own, so that colour is never the only sign."""

    AXIS = "axis"
    """Scales, their figures and tracks."""
    LABEL = "label"
    """Words and figures beside the picture."""
    POINT = "point"
    """A reading."""
    THREAD = "thread"
    """The line from one reading to the next."""
    FLAG = "flag"
    """A reading that takes part in a signal which is neither better nor worse."""
    FLAG_BETTER = "flag-better"
    """A reading that takes part in a signal on the better side."""
    FLAG_WORSE = "flag-worse"
    """A reading that takes part in a signal on the worse side."""
    HOLLOW = "hollow"
    """What is there but not counted, or still open."""
    MEAN = "mean"
    """A mean line."""
    LIMIT = "limit"
    """A natural process limit, or the limit of a balancing metric."""
    TARGET = "target"
    """A target, and the aim of the vision."""
    CHANGE = "change"
    """A finished action."""
    BASELINE = "baseline"
    """Where it started."""
    ACHIEVED = "achieved"
    """Where it got to."""
    WORSE = "worse"
    """Where it got to when that is the wrong way."""
    BAND = "band"
    """Values that the usual variation alone would reach."""
    CURSOR = "cursor"
    """The selected reading."""
    PHASE = "phase"
    """A break between stretches of readings, and their names."""
    PLAIN = "plain"
    """Blanks."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line in one role."""

    text: str
    """Escaped text, exactly as it is painted."""
    role: Role
    """What it is."""


Line: TypeAlias = tuple[Span, ...]
"""One line of cells, from left to right, without blanks at its end."""


def plain(lines: Iterable[Line]) -> str:
    """Return drawn lines as text, for Markdown and for a terminal without colours."""
    return "\n".join("".join(span.text for span in line) for line in lines)


_TAIL = ""
"""Stands in the second cell of a wide character."""

_BLANK = (" ", Role.PLAIN)


class Canvas:
    """A grid of cells; the first row is the top one."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(width, 0)
        self.height = max(height, 0)
        self._rows = [[_BLANK] * self.width for _ in range(self.height)]

    def mark(self, x: int, y: int, shape: str, role: Role) -> None:
        """Draw a shape of one cell."""
        if 0 <= x < self.width and 0 <= y < self.height:
            self._free(x, y)
            self._rows[y][x] = (shape, role)

    def write(self, x: int, y: int, text: str, role: Role) -> None:
        """Write a text from this cell on; a wide character that would be cut in half is left out."""
        for glyph, size in graphemes(clean(text)):
            if 0 <= y < self.height and x >= 0 and x + size <= self.width:
                self.mark(x, y, glyph, role)
                for tail in range(x + 1, x + size):
                    self.mark(tail, y, " ", role)
                    self._rows[y][tail] = (_TAIL, role)
            x += size

    def write_left(self, x: int, y: int, text: str, role: Role) -> None:
        """Write a text that ends before this cell."""
        self.write(x - cell_width(clean(text)), y, text, role)

    def shape(self, x: int, y: int) -> str:
        """Return the character of a cell; outside the canvas a blank."""
        return self._rows[y][x][0] if 0 <= x < self.width and 0 <= y < self.height else " "

    def is_free(self, x: int, y: int, cells: int) -> bool:
        """Tell whether so many cells from this one on lie on the canvas and are blank."""
        if not (0 <= y < self.height and x >= 0 and x + cells <= self.width):
            return False
        return all(cell == _BLANK for cell in self._rows[y][x : x + cells])

    def lines(self) -> tuple[Line, ...]:
        """Return what was drawn, one line a row."""
        return tuple(self._line(row) for row in self._rows)

    def _free(self, x: int, y: int) -> None:
        """Blank the other half of a wide character that is about to be overwritten."""
        row = self._rows[y]
        if row[x][0] == _TAIL:
            row[x - 1] = _BLANK
        if x + 1 < self.width and row[x + 1][0] == _TAIL:
            row[x + 1] = _BLANK

    @staticmethod
    def _line(row: list[tuple[str, Role]]) -> Line:
        end = len(row)
        while end and row[end - 1][0] == " ":
            end -= 1
        pieces = groupby(row[:end], key=lambda cell: cell[1])
        return tuple(Span("".join(text for text, _ in cells), role) for role, cells in pieces)


ACROSS, DOWN = 2, 4
"""Dots of one cell."""

_FIRST = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in Unicode's order, by row from the top and column."""


def braille(*dots: tuple[int, int]) -> str:
    """Return the character with these dots, each a column and a row of the cell."""
    return chr(_FIRST | sum({_BITS[y][x] for x, y in dots}))


class Dots:
    """Dots over a width and a height in cells; x and y count dots from the top left. What lies outside is clipped."""

    def __init__(self, width: int, height: int) -> None:
        self._size = (width * ACROSS, height * DOWN)
        self._cells: dict[tuple[int, int], int] = {}

    def set(self, x: int, y: int) -> None:
        """Set one dot."""
        if 0 <= x < self._size[0] and 0 <= y < self._size[1]:
            cell = (x // ACROSS, y // DOWN)
            self._cells[cell] = self._cells.get(cell, 0) | _BITS[y % DOWN][x % ACROSS]

    def line(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Set the dots of a straight line, both ends included (Bresenham)."""
        (x, y), (last_x, last_y) = start, end
        wide, high = abs(last_x - x), -abs(last_y - y)
        step_x, step_y = (1 if x < last_x else -1), (1 if y < last_y else -1)
        error = wide + high
        self.set(x, y)
        while (x, y) != end:
            twice = 2 * error
            if twice >= high:
                error, x = error + high, x + step_x
            if twice <= wide:
                error, y = error + wide, y + step_y
            self.set(x, y)

    def cells(self) -> Iterator[tuple[int, int, str]]:
        """Yield column, row and character of each cell in which there is a dot."""
        for (x, y), bits in self._cells.items():
            yield x, y, chr(_FIRST | bits)
