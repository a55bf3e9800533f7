"""A part of a page with a title: bordered where there is room, and seen to have the focus."""

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from cimodel_tui.widgets.steady import Steady


class Pane(Steady, Vertical):
    """A titled part of a page; styles give it a border from 100 columns on."""

    def __init__(self, title: str, *children: Widget, classes: str = "") -> None:
        super().__init__(*children, classes=f"pane {classes}".rstrip())
        self.border_title = Content(title)

    def entitle(self, title: str, end: str = "") -> None:
        """Show another title, and something at the end of the lower border."""
        self.border_title, self.border_subtitle = Content(title), Content(end)
