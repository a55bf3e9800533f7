"""Text of any length."""

from textual.widgets import TextArea

from cimodel_tui.widgets.compact import compact
from cimodel_tui.widgets.telling import Telling


class ProseArea(Telling, TextArea):
    """A text area that grows with its text, and is left by Tab."""

    def __init__(self, *, lines: int) -> None:
        """Make room for so many lines while the text is short."""
        super().__init__(tab_behavior="focus", show_line_numbers=False, soft_wrap=True)
        compact(self)
        self.styles.min_height = lines

    def on_resize(self) -> None:
        """Draw what is wrapped anew; the base class does so only where that takes another number of lines."""
        self.refresh()
