"""The figures of the register, worked out in a thread after a pause: the rows and the keyboard do not wait for them."""

from contextlib import suppress
from time import sleep

from textual import work
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from cimodel_tui.model.place import Place
from cimodel_tui.textual_compat import call_from_worker
from cimodel_tui.views.due import Due, due_of
from cimodel_tui.views.register import portfolio
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Workbook

FIGURES_PAUSE = 0.25
"""Seconds after which the figures of the whole register are worked out; the rows do not wait for them."""

A_FEW, BREATH = 20, 0.002
"""So many improvements are read for the figures before so many seconds are left to the keyboard."""


_BETWEEN = " · "


class Figures(Words):
    """How many improvements there are and how they do; what is due in all of them is told to the page."""

    class DueFound(Message):
        """What is overdue and due soon was worked out."""

        def __init__(self, due: tuple[Due, ...]) -> None:
            self.due = due
            super().__init__()

    def __init__(self, book: Workbook) -> None:
        super().__init__(classes="figures")
        self._book = book
        self._parts: tuple[tuple[str, str], ...] = ()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._draw()

    def _draw(self) -> None:
        """Show as many of the figures as there is room for, each of them whole."""
        line = Content()
        for part in self._parts:
            longer = Content(_BETWEEN).join([*([line] if line.plain else []), Content.styled(*part)])
            if longer.cell_length > self.content_size.width:
                break
            line = longer
        self.say(line)

    def follow(self) -> None:
        """Show the workbook as it is now, after a pause."""
        self.set_timer(FIGURES_PAUSE, self._work_out)

    @work(thread=True, group="figures", exclusive=True)
    def _work_out(self) -> None:
        """Look at all of the register beside the typing; a workbook that was closed meanwhile has no figures."""
        worker = get_current_worker()
        due: list[Due] = []
        with suppress(KeyError, RuntimeError):
            for at, each in enumerate(self._book.register(archived=True)):
                if worker.is_cancelled:
                    return
                improvement, _ = self._book.of(Place(each))
                due += () if improvement.archived_on else due_of(self._book, improvement)
                if at % A_FEW == 0:
                    sleep(BREATH)
            figures = portfolio(self._book)
            if not worker.is_cancelled:
                call_from_worker(self, self._say, figures, tuple(sorted(due, key=lambda each: each.days)))

    def _say(self, figures: str, due: tuple[Due, ...]) -> None:
        late = sum(each.days < 0 for each in due)
        self._parts = ((f"{late} overdue", "$text-error"),) if late else ()
        self._parts += tuple((each, "") for each in figures.split(_BETWEEN))
        self._draw()
        self.post_message(self.DueFound(due))
