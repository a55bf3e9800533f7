"""The room of a form in a window."""

from typing import ClassVar

from textual.containers import VerticalScroll


class FormScroll(VerticalScroll, can_focus=False):
    """The room of a form in a window: as high as the form, as far as what stands above and below it stays in view."""

    _OTHERS: ClassVar[int] = 8
    """Lines for the border, the title, what the focused field is for, and the keys."""

    def fit(self) -> None:
        """Use the height there is."""
        self.styles.max_height = max(1, self.screen.size.height * 24 // 25 - self._OTHERS)
