"""Words on the screen, which cost nothing while they stay the same."""

from textual.content import Content
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
