"""Lines of text, each in a style of the theme; what goes on in the next line stands below its first word."""

import re
from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

_BEFORE = re.compile(r"\s*([·◇!↩±▸] )?")
"""Indent and sign, which stand before the first word."""


class Lines(Widget):
    """Any number of lines, as high as they need."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=f"lines {classes}")
        self._lines: tuple[tuple[str, str], ...] = ()

    def show(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show other lines: each a text and its style."""
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
        return [part for text, style in self._lines for part in _hanging(text, style, width)]


def _hanging(text: str, style: str, width: int) -> list[Content]:
    found = _BEFORE.match(text)
    before = found.group() if found else ""
    room = width - len(before)
    if room <= len(before):
        return Content.styled(text, style).wrap(max(1, width))
    parts = Content.styled(text.removeprefix(before), style).wrap(room)
    heads = (before, *[" " * len(before)] * len(parts))
    return [Content.assemble((head, style), part) for head, part in zip(heads, parts, strict=False)]
