"""How the columns of a table share its width, and how a cell that is longer than its column goes on below."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from cimodel_tui.record import dataclass

GAP = 2
"""Cells between two columns."""

MOST_LINES = 3
"""So many lines a row takes at most, where the room is there for all rows."""

TALLEST, A_PAIR = 13, 2
"""Lines of a table that is as tall as its rows need, which is the `max-height` of its style, and of a row of it."""

SORTED = "▾"
"""Stands at the heading by which the rows are sorted."""

_A_WORD = 3
"""So many cells are given first to a column whose heading is cut without them."""

Cell = str | Text
"""What stands in a row under one heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    heading: str
    """What stands above it."""
    least: int
    """The fewest cells in which it is worth showing."""
    share: int = 0
    """How much of the width that is left over it gets beside the others; 0 for no more than its cells need."""
    rank: int = 0
    """The higher, the earlier it is left out where the terminal is narrow."""


def widths(columns: Sequence[Column], width: int, needs: Sequence[int]) -> tuple[int, ...]:
    """Return the width of each column, 0 for one left out: none is cut while another has more than it needs."""
    shown = list(range(len(columns)))
    while len(shown) > 1 and sum(columns[at].least + GAP for at in shown) - GAP > width:
        shown.remove(max(shown, key=lambda at: columns[at].rank))
    wide = {at: min(columns[at].least, needs[at]) for at in shown}
    left = width - sum(wide.values()) - GAP * (len(shown) - 1)
    headings = [min(each.least + _A_WORD, len(each.heading), need) for each, need in zip(columns, needs, strict=True)]
    left = _fill(columns, wide, needs, _fill(columns, wide, headings, left))
    shares = sum(columns[at].share for at in shown) or 1
    return tuple(
        wide[at] + max(left, 0) * column.share // shares if at in wide else 0 for at, column in enumerate(columns)
    )


def _fill(columns: Sequence[Column], wide: dict[int, int], needs: Sequence[int], left: int) -> int:
    """Give what is left, a cell at a time, to the columns that need more; return what nobody needs."""
    while left > 0 and (short := [at for at in wide if wide[at] < needs[at]]):
        wide[min(short, key=lambda at: wide[at] / max(columns[at].share, 1))] += 1
        left -= 1
    return left


def plain(cell: Cell) -> Text:
    """Return a cell as one line of text."""
    return cell.copy() if isinstance(cell, Text) else Text(" ".join(cell.split()))


def needed(rows: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """Return how many cells each column needs, so that nothing in these rows is cut; one at least."""
    return tuple(max(1, *(plain(cell).cell_len for cell in column)) for column in zip(*rows, strict=True))


def is_cut(columns: Sequence[Column], width: int, rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether a column that is shown is narrower than its heading or what stands in it."""
    needs = needed([[each.heading for each in columns], *rows])
    return any(0 < wide < need for wide, need in zip(widths(columns, width, needs), needs, strict=True))


def wrapped(cell: Cell, width: int, most: int, console: Console) -> list[Text]:
    """Return the lines of a cell, at most so many; where it is longer, the last one says so."""
    text = plain(cell)
    if text.cell_len <= width or most == 1:
        return [_fitted(text, width)]
    lines = list(text.wrap(console, width))
    for line in lines:
        line.rstrip()
    if len(lines) > most:
        lines[most - 1 :] = [Text(" ").join(lines[most - 1 :])]
    return [_fitted(line, width) for line in lines]


def _fitted(text: Text, width: int) -> Text:
    text.truncate(width, overflow="ellipsis", pad=True)
    return text
