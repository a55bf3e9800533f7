"""Lines of text in the styles of the theme, and the filter that lets nothing through but text.

What goes on in the next line stands below its first word. What a terminal would obey is drawn instead of sent.
"""

import re
from collections.abc import Iterable

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from cimodel_tui.escaping import UNSAFE, escaped
from cimodel_tui.textual_compat import measure_again
from cimodel_tui.views.tone import ToneLine
from cimodel_tui.widgets.containers import StableLayout
from cimodel_tui.widgets.themes import style_of


class Words(StableLayout, Static):
    """Text without markup: drawn anew only where it is another one, laid out anew only where it needs other room.

    A page shows everything again at each key. A stock Static has the whole page laid out each time.
    """

    def __init__(self, words: str | Content = "", *, classes: str = "") -> None:
        super().__init__(words, markup=False, classes=classes)
        self._words = Content(words) if isinstance(words, str) else words

    def say(self, words: str | Content) -> None:
        """Say something else."""
        before, now = self._words, Content(words) if isinstance(words, str) else words
        if now.is_same(before):
            return
        self._words = now
        wider = self.styles.is_auto_width and now.cell_length != before.cell_length
        higher = self.styles.is_auto_height and now.plain != before.plain
        self.update(now, layout=False)
        if wider or higher:
            measure_again(self)


def say_below(widget: Widget, words: str | Content, classes: str) -> None:
    """Say something at the end of a widget; the line for it is made once there is something to say."""
    line = next((each for each in widget.children if isinstance(each, Words) and each.has_class(classes)), None)
    said = bool(str(words))
    if line is not None:
        line.say(words)
        line.display = said
    elif said and widget.is_attached:
        widget.mount(Words(words, classes=classes))


_BEFORE = r"\s*([·◇!↩±▸✓●○] )?"
"""Indent and sign, which stand before the first word."""


class Lines(StableLayout, Widget):
    """Any number of lines, as high as they need."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=f"lines {classes}")
        self._lines: tuple[ToneLine, ...] = ()

    def show(self, lines: Iterable[ToneLine]) -> None:
        """Show other lines, each in the colour of its tone."""
        found = tuple(lines)
        if found != self._lines:
            self._lines = found
            self.refresh(layout=True)

    def render(self) -> Content:
        """Draw them for the width there is."""
        return Content("\n").join(self._wrapped(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """Return how many lines they take."""
        return len(self._wrapped(width))

    def _wrapped(self, width: int) -> list[Content]:
        return [
            part for line in self._lines for part in _hanging(line.text, style_of(line.tone, strong=line.strong), width)
        ]


def _hanging(text: str, style: str, width: int) -> list[Content]:
    found = re.match(_BEFORE, text)
    before = found.group() if found else ""
    room = width - len(before)
    if room <= len(before):
        return Content.styled(text, style).wrap(max(1, width))
    parts = Content.styled(text.removeprefix(before), style).wrap(room)
    heads = (before, *[" " * len(before)] * len(parts))
    return [Content.assemble((head, style), part) for head, part in zip(heads, parts, strict=False)]


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
