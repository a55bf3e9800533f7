"""A box with a label beside what stands in it; it draws the label itself, which saves a widget for each field."""

from textual.containers import Vertical
from textual.content import Content

from cimodel_tui.widgets.steady import Steady

LABEL = 22
"""Cells of the label; what stands beside it begins one further, as the style sheet says."""


class Labelled(Steady, Vertical):
    """A box as high as its label at least."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._said = self._drawn = Content()

    def render(self) -> Content:
        """Return the label."""
        return self._drawn

    def draw_label(self, words: Content, *, current: bool) -> None:
        """Draw the label anew where it says or looks something else."""
        label = words.stylize_before("bold $text-primary" if current else "$muted")
        if label.is_same(self._said):
            return
        self._said = label
        lines = label.wrap(LABEL)
        if len(lines) != self._drawn.plain.count("\n") + 1:
            self.styles.min_height = len(lines)
        self._drawn = Content("\n").join(lines)
        self.refresh()
