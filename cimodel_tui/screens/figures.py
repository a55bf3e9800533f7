"""The figures of the whole register, worked out beside the typing."""

from contextlib import suppress
from time import sleep

from textual import work
from textual.worker import get_current_worker

from cimodel_tui.model.place import Place
from cimodel_tui.views.register import portfolio
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Workbook

FIGURES_PAUSE = 0.25
"""Seconds after which the figures of the whole register are worked out; the rows do not wait for them."""

A_FEW, BREATH = 20, 0.002
"""So many improvements are read for the figures before so many seconds are left to the keyboard."""


class Figures(Words):
    """How many improvements there are, and how they do."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(classes="figures")
        self._book = book

    def follow(self) -> None:
        """Show the workbook as it is now, after a pause."""
        self.set_timer(FIGURES_PAUSE, self._work_out)

    @work(thread=True, group="figures", exclusive=True)
    def _work_out(self) -> None:
        """Look at all of the register beside the typing; a workbook that was closed meanwhile has no figures."""
        worker = get_current_worker()
        with suppress(KeyError, RuntimeError):
            for at, each in enumerate(self._book.register(archived=True)):
                if worker.is_cancelled:
                    return
                self._book.of(Place(each))
                if at % A_FEW == 0:
                    sleep(BREATH)
            figures = portfolio(self._book)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._say, figures)

    def _say(self, figures: str) -> None:
        if self.is_attached:
            self.say(figures)
