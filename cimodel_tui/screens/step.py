"""What the seven step screens share: rail, promise, form, guidance; a step itself only declares its fields."""

from asyncio import sleep
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import DescendantFocus
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from cimodel_tui import screens, workbook
from cimodel_tui.forms.answers import Answers
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.choices import Choice
from cimodel_tui.forms.fields import Field, Prose
from cimodel_tui.forms.form import Form, More
from cimodel_tui.forms.rows import RowsControl
from cimodel_tui.model.answer import STILL
from cimodel_tui.model.completeness import asks_still_true, complete, starred_fields
from cimodel_tui.model.saving import Waiting
from cimodel_tui.model.step import REGISTER, STEPS, Place, step_of
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.textual_compat import set_terminal_title
from cimodel_tui.views.status import promise_line, status_of
from cimodel_tui.widgets.containers import Columns, Scrolled
from cimodel_tui.widgets.guidance import GuidancePanel, HintLine
from cimodel_tui.widgets.keys import NO_ACT, Act
from cimodel_tui.widgets.rail import StepRail
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Change, Workbook
from cimodel_tui.workbook.session import ACKNOWLEDGE, CHANGE, REMEDY, ROWS

if TYPE_CHECKING:
    from cimodel_tui.screens.act_bar import ActBar
    from cimodel_tui.screens.panels import Panel

COACH_PAUSE = 0.4
"""Seconds without a key after which the coach reads what was typed."""

SENDING = 0.002
"""Seconds for which the page does nothing after a letter: a thread of its own sends what was painted."""

_WHOLE = 3
"""What the coach speaks to besides the guidance: heading, form and hint."""


class CoachedPage(Page):
    """A page with a form of one step, a hint and the guidance."""

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, place)
        self._pause: Timer | None = None
        self._measured = False
        self._behind = False
        self._guidance = GuidancePanel(place.step)

    def _on_change(self, change: Change) -> None:
        """Show a change; what is typed is painted first, and of several letters only the last is followed."""
        if change.words or not self.is_current or not isinstance(self.focused, Input | TextArea):
            super()._on_change(change)
        elif not self._behind:
            self._behind = True
            self.call_after_refresh(self._catch_up, change)

    async def _catch_up(self, change: Change) -> None:
        """Follow what was typed, once the thread that sends the picture has had its turn."""
        await sleep(SENDING)
        if self._behind and self.is_complete:
            self._back_to_what_is_typed()
            super()._on_change(change)

    def _back_to_what_is_typed(self) -> None:
        """Bring the field that is typed in back into view: PgDn may have scrolled the form away from it."""
        side = next(iter(self.query(".form-side")), None)
        if side and self.focused and not side.region.overlaps(self.focused.region):
            self.focused.scroll_visible(animate=False)

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
        if not self.is_complete or len(self.query("Heading, Form, HintLine")) < _WHOLE:
            return  # the page is on its way out, and some of it is gone already
        self._measured = True
        self.show_heading()
        found = workbook.advice.advice(self.book, self.place)
        self.query_one(HintLine).show_findings(len(found.open))
        self.query_one(Form).advise(found.by_field)
        self._guidance.show_findings(found.lines)
        for panel in self.query(screens.panels.Panel):
            self.call_later(panel.follow)

    def action_coach(self, waiting: Waiting | None = None) -> None:
        """Show what the coach says here, with what can be done about it, and the reason that was half typed there."""
        self.app.push_screen(screens.coach.CoachScreen(self.book, self.place, waiting), self._to_place)

    async def _to_place(self, place: Place | None) -> None:
        if place is None:
            return
        if place.step == self.place.step:
            await self.query_one(Form).focus_field(place.field, place.row)
        elif place.step == REGISTER:
            self.app.push_screen(screens.entry.EntryScreen(self.book, place))
        else:
            self.post_message(Go(place.step, replace(place, iteration=self.place.iteration)))


_AROUND = 5
"""Rows of a page that are no form: heading, rail, the question with the row below it, the footer."""

_HINT = 2
"""Rows of the hint, where nothing stands beside the form."""


def _not_as_before(answers: Answers) -> bool:
    """Return whether there may be something to say about what changed since the iteration before."""
    return answers.get("still_true") != "yes"


class StepScreen(CoachedPage):
    """One step of an iteration as a guided form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "turn(1)", "next", tooltip="The next step", id="step.after", priority=True),
        Binding(
            "f4", "dashboard", "dashboard", tooltip="Baseline against achieved", id="step.dashboard", priority=True
        ),
        Binding("f6", "coach", "coach", tooltip="What the coach says about this step", id="step.coach", priority=True),
        Binding("escape", "back", "back", tooltip="To the step rail; again to the register", id="step.back"),
        Binding("d", "dashboard", "dashboard", show=False, tooltip="Baseline against achieved", id="step.d"),
        Binding("f2", "turn(-1)", "previous", tooltip="The previous step", id="step.before", priority=True),
        Binding(
            "f5", "register", "register", tooltip="The register of the workbook", id="step.register", priority=True
        ),
    ]

    AUTO_FOCUS = ""  # the first empty field, which is not the first on the page

    step: ClassVar[str]
    """The key of the step."""

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, Place(place.improvement, place.iteration, self.step))
        self.answers = Answers(book, self.place)
        self._waiting: Waiting | None = None
        self._left: Widget | None = None
        self._acts: ActBar | None = None
        self.wanted = place
        self.sub_title = step_of(self.step).heading

    def declare(self) -> tuple[Field, ...]:
        """Return the fields of the step in their order."""
        raise NotImplementedError

    def fields(self) -> tuple[Field, ...]:
        """Return the fields as asked now: a copied part asks first whether it is still true."""
        _, iteration = self.book.of(self.place)
        needs_review = asks_still_true(iteration, self.step)
        still = (
            Choice(name="still_true", label="Still true?", options=STILL, more=not needs_review),
            Prose(name="what_changed", lines=1, more=not needs_review, when=_not_as_before),
        )
        return (*still, *self.declare()) if needs_review else (*self.declare(), *still)

    def panel(self) -> "Panel | None":
        """Return what the step computes, none where it computes nothing."""
        kind = screens.panels.PANELS.get(self.step)
        return kind(self.book, self.place) if kind else None

    def result(self) -> "Panel | None":
        """Return what is read before the fields, none where these come first."""
        return None

    def body(self) -> ComposeResult:
        """Rail, promise, form and guidance."""
        improvement, iteration = self.book.of(self.place)
        yield StepRail(self.step)
        yield Words(promise_line(iteration, self.step), classes="promise")
        with Columns(classes="columns"):
            with Scrolled(classes="form-side", can_focus=False):
                yield Words(step_of(self.step).question, classes="question")
                if result := self.result():
                    yield result
                stars = starred_fields(improvement, iteration, self.step)
                yield Form(self.fields(), self.answers, stars, room=self._room())
            if self.is_wide:
                yield self._guidance
        yield HintLine()

    def _room(self) -> int:
        """Return how many rows of the form are in view, as far as that is known before the page is laid out."""
        _, iteration = self.book.of(self.place)
        narrow = not self.is_wide
        return self.app.size.height - _AROUND - bool(promise_line(iteration, self.step)) - _HINT * narrow

    async def on_mount(self) -> None:
        """Open on the field that is wanted, else on the first empty one."""
        form = self.query_one(Form)
        if not await form.focus_field(self.wanted.field or form.first_empty(), self.wanted.row):
            self.query_one(StepRail).focus()
        self.wanted = Place()
        self.call_after_refresh(self._end_page)

    async def _end_page(self) -> None:
        """Put what stands below the fields on the page, once those are painted."""
        if not self.is_complete:
            return
        panel = self.panel()
        await self.query_one(Form).complete()
        for columns in () if self._guidance.is_attached else self.query(".columns"):
            await columns.mount(self._guidance)
        for side in self.query(".form-side"):
            self._acts = screens.act_bar.ActBar(self.book, self.place)
            await side.mount(self._acts, *([panel] if panel else []))
            self.refresh_bindings()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Know where one is in the form, whatever leads to the rail and away from the page then."""
        if not isinstance(event.widget, StepRail):
            self._left = event.widget
        words = self._hint_for(event.widget)
        if words and self.focused is event.widget:
            self.query_one(HintLine).show_words(words)
            self._guidance.show_words(words)

    def _hint_for(self, widget: Widget) -> str:
        """Return what something is for that is no field; empty for a field, which tells itself."""
        from textual.widgets import Button  # noqa: PLC0415 - buttons stand below what is painted first

        if isinstance(widget, StepRail):
            return "1 to 7, left and right: another step. Enter: edit. Esc: register."
        if isinstance(widget, More):
            return f"Rarely needed: {self.query_one(Form).folded_words.lower()}."
        if isinstance(widget, Button):
            return screens.act_bar.WHAT_FOR.get(widget.name or "", "")
        return ""

    @property
    def main_act(self) -> Act:
        """Agree, verify, record, start the next iteration, or go on; the check where step 7 waits for it."""
        if self._acts is None:
            return NO_ACT
        if not self._acts.main:
            verified = self.book.iteration(self.place.iteration).check.verified
            return Act("dashboard", "dashboard") if verified else Act("check", "to the check")
        return Act("act", screens.act_bar.MAIN[self._acts.main])

    def action_act(self) -> None:
        """Do the first act that the step offers, once nothing waits for a reason."""
        if self._acts and not self.query_one(Form).ask_reason():
            self._acts.run_main()

    def action_check(self) -> None:
        """Go to step 6, which comes before anything that step 7 could do."""
        self.go("check")

    def key_pagedown(self) -> None:
        """Scroll the form, where the focused field has no use for the key."""
        self._scroll_form(1)

    def key_pageup(self) -> None:
        """Scroll the form back, where the focused field has no use for the key."""
        self._scroll_form(-1)

    def _scroll_form(self, direction: int) -> None:
        """Scroll the form by a page; the focus stays where it is."""
        side = self.query_one(".form-side", Scrolled)
        side.scroll_relative(y=direction * max(side.size.height - 2, 1), animate=False)

    def on_act_bar_done(self, event: Message) -> None:
        """Leave the button that was pressed: another Enter shall not turn the page."""
        event.stop()
        self.query_one(StepRail).focus()

    def _where_left(self) -> None:
        """Put the focus back from the rail to where it was in the form: the rail led away from the page."""
        rail = self.query_one(StepRail)
        if rail.has_focus and self._left and self._left.is_attached and self._left.focusable:
            self._left.focus()

    async def focus_wanted(self) -> None:
        """Go to the field that is asked for, on coming back to the one where one left off."""
        if self.comes_back and not self.wanted.field:
            self._where_left()
        self.comes_back = False
        if self.wanted.field and self.is_mounted:
            await self.query_one(Form).focus_field(self.wanted.field, self.wanted.row)
            self.wanted = Place()
        if self._waiting and self.is_mounted:
            waiting, self._waiting = self._waiting, None
            if waiting.kind in (CHANGE, ROWS):
                await self.query_one(Form).resume_waiting(waiting.place.field, waiting)
            elif waiting.kind in (ACKNOWLEDGE, REMEDY):
                self.action_coach(waiting)
            else:
                self._show_readings(waiting.place.row)

    def resume(self, waiting: Waiting) -> None:
        """Show what waited when the program was ended, once the page is in front."""
        self._waiting = waiting

    def show_all(self, change: Change | None = None) -> None:
        """Show the workbook as it is now; the coach follows at the next pause."""
        super().show_all(change)
        improvement, iteration = self.book.of(self.place)
        done = frozenset(step.key for step in STEPS if complete(improvement, iteration, step.key))
        self.query_one(StepRail).show(done)
        promise, words = self.query_one(".promise", Words), promise_line(iteration, self.step)
        promise.say(words)
        promise.display = bool(words)
        self.query_one(Form).refresh_values()
        if self._acts:
            self._acts.show()
            self.refresh_bindings()
        self.coach_soon()

    def show_heading(self) -> None:
        """Show workbook, improvement, iteration and status."""
        improvement, iteration = self.book.of(self.place)
        settled = self.book.latest(improvement.id).id != iteration.id
        which = f"iteration {iteration.number}{' (history)' if settled else ''}"
        status = status_of(self.book, improvement, measured=self._measured)
        self.query_one(Heading).show(self.book.title, f"{improvement.ref} {improvement.title}", which, end=status)
        set_terminal_title(self.app, f"{improvement.ref} {improvement.title} · {step_of(self.step).heading}")

    @on(FieldBox.Focused)
    def _focused(self, event: FieldBox.Focused) -> None:
        called, name = event.box.field.called, event.box.field.name
        self._guidance.show_field(called, self.step, name, needed=event.box.needed)
        self.query_one(HintLine).show_field(called, self.step, name, needed=event.box.needed)

    @on(StepRail.Chosen)
    def _chosen(self, event: StepRail.Chosen) -> None:
        self.go(event.step.key)

    @on(StepRail.Entered)
    async def _entered(self) -> None:
        form = self.query_one(Form)
        await form.focus_field(form.first_empty())

    def go(self, page: str) -> None:
        """Go to another page of the same iteration, once nothing waits for a reason."""
        if self.query_one(Form).ask_reason():
            return
        self.book.history.pause()
        self.post_message(Go(page, Place(self.place.improvement, self.place.iteration)))

    def action_turn(self, distance: int) -> None:
        """Go to the step before or after."""
        at = step_of(self.step).number - 1 + distance
        if 0 <= at < len(STEPS):
            self.go(STEPS[at].key)

    def action_dashboard(self) -> None:
        """Go to the dashboard of the iteration."""
        self.go("dashboard")

    def action_register(self) -> None:
        """Go to the register."""
        self.go("register")

    def action_back(self) -> None:
        """Go from a field to the rail, and from the rail to the register."""
        rail = self.query_one(StepRail)
        if rail.has_focus:
            self.go("register")
        else:
            rail.focus()

    def on_act_bar_turn(self, event: Message) -> None:
        """Go on to the next step."""
        event.stop()
        self.action_turn(1)

    @on(RowsControl.ReadingsWanted)
    def _readings(self, event: RowsControl.ReadingsWanted) -> None:
        event.stop()
        if event.way != "readings":
            place = replace(self.place, step="baseline", field="metrics", row=event.metric)
            (screens.import_readings.pull_feed if event.way == "pull" else screens.import_readings.import_file)(
                self.app, self.book, place
            )
        else:
            self._show_readings(event.metric, event.pasted)

    def _show_readings(self, metric: str, pasted: str = "") -> None:
        self.app.push_screen(screens.readings.ReadingsScreen(self.book, self.place, metric, pasted))
