"""A page that the coach reads: at the next pause it says what it found, and leads to what it speaks about."""

from asyncio import sleep
from dataclasses import replace

from textual.timer import Timer
from textual.widgets import Input, TextArea

from cimodel_tui.forms.form import Form
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.screens.page import Go, Page
from cimodel_tui.widgets.guidance import GuidancePanel, HintLine
from cimodel_tui.workbook import Change, Workbook

COACH_PAUSE = 0.4
"""Seconds without a key after which the coach reads what was typed."""

SENDING = 0.002
"""Seconds for which the page does nothing after a letter: a thread of its own sends what was painted."""

_WHOLE = 4
"""What the coach speaks to: heading, form, hint and guidance."""


class CoachedPage(Page):
    """A page with a form of one step, a hint and the guidance."""

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, place)
        self._pause: Timer | None = None
        self._measured = False
        self._behind = False

    def _told(self, change: Change) -> None:
        """Show a change; what is typed is painted first, and of several letters only the last is followed."""
        if change.words or not self.is_current or not isinstance(self.focused, Input | TextArea):
            super()._told(change)
        elif not self._behind:
            self._behind = True
            self.call_after_refresh(self._catch_up, change)

    async def _catch_up(self, change: Change) -> None:
        """Follow what was typed, once the thread that sends the picture has had its turn."""
        await sleep(SENDING)
        if self._behind and self.stands:
            super()._told(change)

    def show_all(self, change: Change | None = None) -> None:
        """Show the workbook as it is now."""
        super().show_all(change)
        self._behind = False

    def coach_soon(self) -> None:
        """Have the coach read what stands there, at the next pause."""
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(COACH_PAUSE, self._coach)

    def _coach(self) -> None:
        if not self.stands or len(self.query("Heading, Form, HintLine, GuidancePanel")) < _WHOLE:
            return  # the page is on its way out, and some of it is gone already
        from cimodel_tui.workbook.advice import advice  # noqa: PLC0415 - the coach is loaded at the first pause

        self._measured = True
        self.show_heading()
        found = advice(self.book, self.place)
        self.query_one(HintLine).show_findings(len(found.open))
        self.query_one(Form).advise(found.by_field)
        self.query_one(GuidancePanel).show_findings(found.lines)
        from cimodel_tui.screens.panels import Panel  # noqa: PLC0415 - as above

        for panel in self.query(Panel):
            self.call_later(panel.follow)

    def action_coach(self) -> None:
        """Show what the coach says here, with what can be done about it."""
        from cimodel_tui.screens.coach import CoachScreen  # noqa: PLC0415 - loaded when it is first asked

        self.app.push_screen(CoachScreen(self.book, self.place), self._to_place)

    async def _to_place(self, place: Place | None) -> None:
        if place is None:
            return
        if place.step == self.place.step:
            await self.query_one(Form).focus_field(place.field, place.row)
        elif place.step == REGISTER:
            from cimodel_tui.screens.entry import EntryScreen  # noqa: PLC0415 - loaded when it is first shown

            self.app.push_screen(EntryScreen(self.book, place))
        else:
            self.post_message(Go(place.step, replace(place, iteration=self.place.iteration)))
