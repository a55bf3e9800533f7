"""Glyphs in terminal cells: the shapes that charts are drawn with, and text: how wide it is, escaped, and made to fit.

A shape takes one cell and belongs to one role only. All stand in the box drawing and geometric shapes blocks that
monospaced fonts have had for decades; none of them has an emoji form that a terminal might paint two cells wide.
"""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cimodel_tui.escaping import picture


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


ELLIPSIS = "…"
"""Marks text that was cut off."""

_LINE_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_BLANKS = frozenset({"Zl", "Zp", "Zs"})
_UNSAFE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_MARKS = frozenset({"Mn", "Me", "Mc"})
_MAX_STACKED = 3
_LAST_OF_PLANE = 0xFFFE
"""The bits of the last two code points of every plane, which are no characters."""
_DROPPED = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x115F, 0x1160),  # fillers of Hangul
    (0x200B, 0x200D),  # zero-width space and joiners
    (0x2060, 0x2060),  # word joiner
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0x1F3FB, 0x1F3FF),  # skin tones
    (0xE0100, 0xE01EF),
)
_JAMO = ((0x1160, 0x11FF), (0xD7B0, 0xD7FB))
_WIDE_SINCE_UNICODE_16 = (
    (0x2630, 0x2637),
    (0x268A, 0x268F),
    (0x4DC0, 0x4DFF),
    (0x1D300, 0x1D356),
    (0x1D360, 0x1D376),
)


def clean(text: str) -> str:
    """Return the text with line breaks as blanks, and other unsafe characters as pictures or U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    safe_text: list[str] = []
    stacked = _MAX_STACKED
    for char in unicodedata.normalize("NFC", text):
        safe = _safe(char)
        stacked = stacked + 1 if safe and glyph_width(safe) == 0 else 0
        if safe and stacked <= _MAX_STACKED:
            safe_text.append(safe)
    return "".join(safe_text)


@lru_cache(maxsize=4096)
def _safe(char: str) -> str:
    if char in _LINE_BREAKS or unicodedata.category(char) in _BLANKS:
        return " "
    if _within(char, _DROPPED):
        return ""
    noncharacter = ord(char) & _LAST_OF_PLANE == _LAST_OF_PLANE
    unsafe = noncharacter or unicodedata.category(char) in _UNSAFE
    return picture(char) if unsafe else char


@lru_cache(maxsize=4096)
def glyph_width(char: str) -> int:
    """Return the cells that one escaped character takes: 0 for a mark over the one before, 2 for a wide one."""
    if unicodedata.category(char) in _MARKS or _within(char, _JAMO):
        return 0
    wide = unicodedata.east_asian_width(char) in "WF" or _within(char, _WIDE_SINCE_UNICODE_16)
    return 2 if wide else 1


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= ord(char) <= high for low, high in ranges)


def cell_width(text: str) -> int:
    """Return the cells that an escaped text takes in a terminal."""
    return sum(glyph_width(char) for char in text)


def graphemes(text: str) -> Iterator[tuple[str, int]]:
    """Yield each grapheme, a character with its combining marks, and the cells that it takes."""
    whole = ""
    for char in text:
        if whole and glyph_width(char):
            yield whole, cell_width(whole)
            whole = ""
        whole += char
    if whole:
        yield whole, cell_width(whole)


def fit(text: str, cells: int) -> str:
    """Return the text escaped and cut to at most so many cells; an ellipsis marks the cut."""
    text = clean(text)
    if cell_width(text) <= cells:
        return text
    shortened, used = "", 0
    for glyph, size in graphemes(text):
        if used + size > cells - 1:
            break
        shortened, used = shortened + glyph, used + size
    return shortened.rstrip() + ELLIPSIS if cells > 0 else ""


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Return the text cut or filled with blanks to exactly so many cells, right-aligned with `right`."""
    text = fit(text, cells)
    blanks = " " * (cells - cell_width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, cells: int, lines: int) -> list[str]:
    """Break a text between its words into at most so many lines of at most so many cells; the last may be cut."""
    if cells <= 0 or lines <= 0:
        return []
    found = [""]
    for word in clean(text).split():
        longer = f"{found[-1]} {word}".lstrip()
        if found[-1] and cell_width(longer) > cells and len(found) < lines:
            found.append(word)
        else:
            found[-1] = longer
    return [fit(line, cells) for line in found]
