"""A grid of braille dots: two columns and four rows to each terminal cell."""

from collections.abc import Iterator

ACROSS, DOWN = 2, 4
"""Dots of one cell."""

_FIRST = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in Unicode's order, by row from the top and column."""


def braille(*dots: tuple[int, int]) -> str:
    """Return the character with these dots, each a column and a row of the cell."""
    return chr(_FIRST | sum({_BITS[y][x] for x, y in dots}))


class Dots:
    """Dots over a width and a height in cells; x and y count dots from the top left. What falls beside is dropped."""

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
