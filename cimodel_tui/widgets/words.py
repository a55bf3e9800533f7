"""Words on the screen, which cost nothing while they stay the same."""

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cimodel_tui.widgets.steady import Steady


class Words(Steady, Static):
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
        self.update(now, layout=wider or higher)


def say_below(widget: Widget, words: str | Content, classes: str) -> None:
    """Say something at the end of a widget; the line for it is made once there is something to say."""
    line = next((each for each in widget.children if isinstance(each, Words) and each.has_class(classes)), None)
    said = bool(str(words))
    if line is not None:
        line.say(words)
        line.display = said
    elif said and widget.is_attached:
        widget.mount(Words(words, classes=classes))
