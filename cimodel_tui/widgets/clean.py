"""Nothing that a person typed reaches the terminal as anything but text: what it would obey is drawn."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_UNSAFE = r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_PICTURES, _BLANK, _DELETE = 0x2400, 0x20, 0x7F


def _drawn(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_PICTURES + code) if code < _BLANK else "␡" if code == _DELETE else "�"


class CleanText(LineFilter):
    """Draws what a terminal would obey: an escape becomes its picture."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line with every unsafe character drawn, as wide as it was."""
        del background
        if all(text.isprintable() or control or not re.search(_UNSAFE, text) for text, _, control in segments):
            return segments
        width = Segment.get_line_length(segments)
        drawn = [
            segment if segment.control else Segment(re.sub(_UNSAFE, _drawn, segment.text), segment.style)
            for segment in segments
        ]
        return Segment.adjust_line_length(drawn, width)
