"""The acts of a step: agree, verify, go back, sustain, next; offered only where they can be done."""

from collections.abc import Callable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button

from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.place import Place
from cimodel_tui.screens.page import Go
from cimodel_tui.widgets.steady import Columns, Steady
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import RefusedError, Workbook
from cimodel_tui.workbook.actions import possible_acts, sealed_words

ACTS = {
    "agree": "Agree",
    "events": "Too rare: count the days between events",
    "verify": "Verify",
    "revisit": "Go back to the step chosen",
    "sustain": "Plan the sustain checks",
    "record": "Record the check that is due",
    "reopen": "It has slipped: open an iteration at step 2",
    "next": "Start the next iteration",
    "turn": "Next step",
}
"""The acts, and what their buttons say."""

_WEIGHTY = ("agree", "verify", "next")


class ActBar(Steady, Vertical):
    """What was agreed or verified, and a button for each act that can be done now."""

    class Turn(Message):
        """The next step is wanted."""

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(classes="act-bar")
        self.book = book
        self.place = place
        self._buttons: dict[str, Button] = {}

    def compose(self) -> ComposeResult:
        """The line, and a button for each act that can be done; the others are made when they are first possible."""
        yield Words(classes="sealed")
        with Columns(classes="answers"):
            yield from map(self._button, self._possible())

    def on_mount(self) -> None:
        """Offer what can be done."""
        self.show()

    def _possible(self) -> list[str]:
        known = possible_acts(self.book, self.book.iteration(self.place.iteration), self.place.step)
        return [name for name in ACTS if name in known]

    def show(self) -> None:
        """Offer only what can be done now, and say what was done; nothing of it where it is not on the page (yet)."""
        room = next((each for each in self.query(".answers") if each.is_attached), None)
        if room is None:
            return
        possible = self._possible()
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
        button = Button(ACTS[name], name=name, variant="primary" if name in _WEIGHTY else "default", compact=True)
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

    def run_act(self, name: str) -> None:
        """Do what a button stands for; what cannot be done is said in a sentence."""
        iteration = self.book.iteration(self.place.iteration)
        try:
            self._doers(iteration)[name]()
        except RefusedError as refused:
            self._refused(name, str(refused))

    def _doers(self, iteration: Iteration) -> Mapping[str, Callable[[], object]]:
        """Return what each button does."""
        from cimodel_tui.workbook import actions, rare_events, sustain  # noqa: PLC0415 - loaded with the first act

        book = self.book
        return {
            "agree": lambda: actions.agree(book, iteration, self.place.step),
            "events": lambda: rare_events.count_days_between(book, iteration),
            "verify": lambda: actions.verify(book, iteration),
            "revisit": lambda: self._go_back(iteration),
            "sustain": lambda: sustain.plan_sustain_checks(book, iteration),
            "record": lambda: sustain.record_due(book, iteration),
            "reopen": lambda: self._begin_in(actions.reopen(book, book.improvement(iteration.improvement))),
            "next": lambda: self._begin_in(actions.start_next(book, iteration)),
            "turn": lambda: self.post_message(self.Turn()),
        }

    def _begin_in(self, child: Iteration) -> None:
        self.post_message(Go(child.entered_at, Place(child.improvement, child.id)))

    def _go_back(self, iteration: Iteration) -> None:
        """Open the iteration that the check leads back to; from step 2 on it matters whether the number is trusted."""
        from cimodel_tui.forms.ask import Choose  # noqa: PLC0415 - as above
        from cimodel_tui.workbook import actions  # noqa: PLC0415 - as above

        if iteration.check.revisit_step != "baseline":
            self._begin_in(actions.go_back(self.book, iteration))
            return
        answers = (("yes", "Yes: begin with the result"), ("no", "No: measure anew"))

        def chosen(answer: str | None) -> None:
            if answer:
                try:
                    self._begin_in(actions.go_back(self.book, iteration, trusted=answer == "yes"))
                except RefusedError as refused:
                    self.notify(str(refused), severity="warning", markup=False)

        self.app.push_screen(
            Choose("Can the number be trusted? Its result would be the new baseline.", answers), chosen
        )

    def _refused(self, name: str, words: str) -> None:
        if words.startswith("who "):
            from cimodel_tui.forms.ask import Ask  # noqa: PLC0415 - as above

            self.app.push_screen(Ask(words), lambda me: self._named(name, me or ""))
        else:
            self.notify(words, severity="warning", markup=False)

    def _named(self, name: str, me: str) -> None:
        if me.strip():
            self.book.me = me.strip()
            self.run_act(name)
