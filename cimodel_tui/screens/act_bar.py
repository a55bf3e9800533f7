"""The acts of a step: agree, verify, go back, sustain, next; offered only where they can be done."""

from collections.abc import Callable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Button

from cimodel_tui import forms, screens, views, workbook
from cimodel_tui.model.check import GO_ON
from cimodel_tui.model.completeness import missing
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.step import Place
from cimodel_tui.screens.page import Go
from cimodel_tui.widgets.containers import Columns, Stack
from cimodel_tui.widgets.controls import PushButton
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import RefusedError, Workbook
from cimodel_tui.workbook.actions import available_actions, sealed_words
from cimodel_tui.workbook.desk import desk_of

ACTS = {
    "agree": "Agree",
    "events": "Too rare: count the days between events",
    "verify": "Verify",
    "revisit": "Go back to the chosen step",
    "record": "Record the check that is due",
    "reopen": "It has slipped: open an iteration at step 2",
    "sustain": "Plan the sustain checks",
    "next": "Start the next iteration",
    "turn": "Next step",
}
"""The acts in the order of their weight, and what their buttons say."""

MAIN = {
    "agree": "agree and seal",
    "events": "count days between",
    "verify": "verify",
    "revisit": "go back",
    "record": "record check",
    "reopen": "reopen at step 2",
    "sustain": "plan checks",
    "next": "next iteration",
    "turn": "next step",
}
"""What the main act of the page is called beside F9."""

WHAT_FOR = {
    "agree": "Seals this part: a copy is kept, and every later change becomes an amendment with a reason.",
    "events": "Events are too rare to count: adds a metric of the days between them.",
    "verify": "Records the result and its verdict; later readings do not change them.",
    "revisit": "Closes this iteration with its check on record, and opens the next one at the step chosen.",
    "record": "Records the mean of the readings since the last check.",
    "reopen": "The gain has slipped by its relapse rule: opens an iteration at step 2.",
    "sustain": "Fills in checks 30, 90 and 180 days from the day of verification; they can be changed.",
    "next": "Starts the next iteration: it asks first, and takes the achieved result as its baseline.",
    "turn": "Goes on to the next step.",
}
"""What each act does, shown while its button has the focus."""

_WEIGHTY = ("agree", "verify", "next")


class ActBar(Stack):
    """What was agreed or verified, and a button for each act that can be done now."""

    class Turn(Message):
        """The next step is wanted."""

    class Done(Message):
        """An act was done by its button, which may be gone: another Enter shall not do the next one."""

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(classes="act-bar")
        self.book = book
        self.place = place
        self._buttons: dict[str, Button] = {}
        self.main = ""
        """The act that the page is for just now; empty where nothing can be done."""

    def compose(self) -> ComposeResult:
        """The line, and a button for each act that can be done; the others are made when they are first possible."""
        yield Words(classes="sealed")
        with Columns(classes="answers"):
            yield from map(self._button, self._available())

    def on_mount(self) -> None:
        """Offer what can be done."""
        self.show()

    def _available(self) -> list[str]:
        known = available_actions(self.book, self.book.iteration(self.place.iteration), self.place.step)
        return [name for name in ACTS if name in known]

    def show(self) -> None:
        """Offer only what can be done now, and say what was done; nothing of it where it is not on the page (yet)."""
        room = next((each for each in self.query(".answers") if each.is_attached), None)
        if room is None:
            return
        possible = self._available()
        self.main = next(iter(possible), "")
        for name in possible:
            if name not in self._buttons:
                later = self._later(name)
                room.mount(self._button(name), before=later)
        for name, button in self._buttons.items():
            button.display = name in possible
        words = sealed_words(self.book.iteration(self.place.iteration), self.place.step)
        for sealed in self.query(Words):
            sealed.say(words)
            sealed.display = bool(words)

    def _button(self, name: str) -> Button:
        button = PushButton(ACTS[name], name=name, variant="primary" if name in _WEIGHTY else "default")
        self._buttons[name] = button
        return button

    def _later(self, name: str) -> Button | None:
        """Return the first button that is there of those that stand behind this one."""
        names = tuple(ACTS)
        return next((self._buttons[each] for each in names[names.index(name) :] if each in self._buttons), None)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.run_act(event.button.name or "")

    def run_main(self) -> None:
        """Do the main act of the page."""
        if self.main:
            self.run_act(self.main)

    def run_act(self, name: str) -> None:
        """Do what a button stands for; what cannot be done is said in a sentence."""
        self._run(name)
        if name != "turn" and self.has_focus_within:
            self.post_message(self.Done())

    def _run(self, name: str) -> None:
        iteration = self.book.iteration(self.place.iteration)
        try:
            self._doers(iteration)[name]()
        except RefusedError as refused:
            self._refused(name, str(refused))

    def _doers(self, iteration: Iteration) -> Mapping[str, Callable[[], object]]:
        """Return what each button does."""
        book = self.book
        return {
            "agree": lambda: self._agree(iteration),
            "events": lambda: workbook.rare_events.count_days_between(book, iteration),
            "verify": lambda: self._verify(iteration),
            "revisit": lambda: self._go_back(iteration),
            "sustain": lambda: workbook.sustain.plan_sustain_checks(book, iteration),
            "record": lambda: workbook.sustain.record_due(book, iteration),
            "reopen": lambda: self._begin_in(workbook.actions.reopen(book, book.improvement(iteration.improvement))),
            "next": lambda: self._ask_next(iteration),
            "turn": self._turn,
        }

    def _agree(self, iteration: Iteration) -> None:
        """Show what is agreed; the button of that card seals it."""
        step = self.place.step
        by, on = workbook.actions.ready_to_agree(self.book, iteration, step)

        def settled(seal: bool | None) -> None:
            if seal:
                self._try(lambda: workbook.actions.agree(self.book, self.book.iteration(iteration.id), step))

        self.app.push_screen(screens.sealing.AgreeScreen(self.book, self.place, by, on), settled)

    def _verify(self, iteration: Iteration) -> None:
        """Go through target, signal and outlook; the last button verifies, and the card of the result follows."""
        workbook.actions.ready_to_verify(self.book, iteration)
        improvement = self.book.improvement(iteration.improvement)
        stages = views.sealing.verification_stages(self.book, improvement, iteration)

        def settled(verified: bool | None) -> None:
            if verified:
                self._try(lambda: workbook.actions.verify(self.book, self.book.iteration(iteration.id)))
                self._show_card()

        if stages:
            self.app.push_screen(
                screens.sealing.VerifyScreen(f"{improvement.ref} {improvement.title}", stages), settled
            )
        else:
            settled(True)

    def _show_card(self) -> None:
        """Show before and after as one large card, where there is a result to show."""
        improvement, iteration = self.book.of(self.place)
        card = views.sealing.card_of(self.book, improvement, iteration)
        desk = desk_of(self.app)
        if card is None or desk is None or not iteration.check.verified:
            return
        onward = "On to step 7" if iteration.check.decision == GO_ON else ""

        def settled(goes_on: bool | None) -> None:
            if goes_on:
                self._turn()

        self.app.push_screen(screens.sealing.CardScreen(self.book, self.place, card, desk, onward=onward), settled)

    def _try(self, act: Callable[[], object]) -> None:
        """Do something that may be refused; why is said in a sentence."""
        try:
            act()
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)

    def _turn(self) -> None:
        self.post_message(self.Turn())

    def _ask_next(self, iteration: Iteration) -> None:
        """Ask once before the next iteration is started; an action that is still open has to be decided first."""
        asked = missing(self.book.improvement(iteration.improvement), iteration, self.place.step)
        waits = next((each for each in asked if each.place.field == "carried"), None)
        if waits:
            self.notify(f"Decide first: {waits.words}", severity="warning", markup=False)
            self.post_message(Go(self.place.step, waits.place))
            return
        workbook.actions.check_start_next(self.book, iteration)
        number = iteration.number + 1
        answers = (("yes", f"Start iteration {number} today"), ("no", "Not yet"))
        note = "It copies vision and metrics, takes the achieved result as its baseline, and carries the actions kept."

        def chosen(answer: str | None) -> None:
            if answer == "yes":
                self._try(
                    lambda: self._begin_in(workbook.actions.start_next(self.book, self.book.iteration(iteration.id)))
                )

        self.app.push_screen(forms.ask.Choose(f"Start iteration {number}?", answers, note=note), chosen)

    def _begin_in(self, child: Iteration) -> None:
        self.post_message(Go(child.entry, Place(child.improvement, child.id)))

    def _go_back(self, iteration: Iteration) -> None:
        """Open the iteration that the check leads back to; from step 2 on it matters whether the number is trusted."""
        if iteration.check.revisit_step != "baseline":
            self._begin_in(workbook.actions.go_back(self.book, iteration))
            return
        answers = (("yes", "Yes: start from the result"), ("no", "No: measure again"))

        def chosen(answer: str | None) -> None:
            if answer:
                self._try(
                    lambda: self._begin_in(workbook.actions.go_back(self.book, iteration, trusted=answer == "yes"))
                )

        self.app.push_screen(
            forms.ask.Choose("Can the measurement be trusted? Its result would become the new baseline.", answers),
            chosen,
        )

    def _refused(self, name: str, words: str) -> None:
        if words.startswith("who "):
            self.app.push_screen(forms.ask.Ask(words), lambda me: self._named(name, me or ""))
        else:
            self.notify(words, severity="warning", markup=False)

    def _named(self, name: str, me: str) -> None:
        if me.strip():
            self.book.me = me.strip()
            self.run_act(name)
