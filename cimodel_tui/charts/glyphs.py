"""The shapes that charts are drawn with in a terminal: one cell each, and each belongs to one role only.

All stand in the box drawing and geometric shapes blocks that monospaced fonts have had for decades; none of them has
an emoji form that a terminal might paint two cells wide.
"""

from enum import StrEnum
from typing import Final


class Cells(StrEnum):
    """How finely pictures are drawn."""

    DENSE = "dense"
    """With the eight dots of a braille cell: two columns and four levels to each cell."""
    PLAIN = "plain"
    """With one shape to a cell, for fonts that have no braille."""


POINT: Final = "●"
FLAG: Final = "◈"
FLAG_BETTER: Final = "◆"
FLAG_WORSE: Final = "✗"
HOLLOW: Final = "○"
BETWEEN: Final = "╎"
OPEN: Final = "┈"
MEAN: Final = "─"
LIMIT: Final = "┄"
LIMIT_UPRIGHT: Final = "┇"
TARGET: Final = "═"
TARGET_UPRIGHT: Final = "┃"
BAND: Final = "░"
CURSOR: Final = "╏"
CURSOR_POINT: Final = "◉"
RANGE_LOW: Final = "┣"
RANGE: Final = "┅"
RANGE_HIGH: Final = "┫"
CHANGE: Final = "▲"
PHASE: Final = "┆"
BASELINE: Final = "■"
BASELINE_TREAD: Final = "▬"
ACHIEVED: Final = "━"
ACHIEVED_LEFT: Final = "◄"
ACHIEVED_RIGHT: Final = "►"
WORSE: Final = "╍"
WORSE_LEFT: Final = "◁"
WORSE_RIGHT: Final = "▷"
TRACK: Final = "·"
UPRIGHT: Final = "│"
TICK: Final = "┤"
CORNER: Final = "└"
DATE_TICK: Final = "┴"
DOWN: Final = ("┐", "└")
UP: Final = ("┘", "┌")
