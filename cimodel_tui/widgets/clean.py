"""Nothing that a person typed reaches the terminal as anything but text: what it would obey is drawn."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from cimodel_tui.escaping import UNSAFE, escaped


class CleanText(LineFilter):
    """Draws what a terminal would obey: an escape becomes its picture."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line with every unsafe character drawn, as wide as it was."""
        del background
        if all(text.isprintable() or control or not UNSAFE.search(text) for text, _, control in segments):
            return segments
        width = Segment.get_line_length(segments)
        drawn = [segment if segment.control else Segment(escaped(segment.text), segment.style) for segment in segments]
        return Segment.adjust_line_length(drawn, width)
