"""The coach in a window: what it finds in a step, with what one key can do about it, and an answer with a reason."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cimodel_tui.coach.finding import Finding
from cimodel_tui.forms.ask import Ask
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.saving import Waiting
from cimodel_tui.model.step import Place
from cimodel_tui.screens.page import FollowsWorkbook
from cimodel_tui.textual_compat import is_whole
from cimodel_tui.widgets.containers import Stack, Window
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import ReasonNeededError, RefusedError, Workbook
from cimodel_tui.workbook.advice import Advice, acknowledge, advice, remedy
from cimodel_tui.workbook.session import ACKNOWLEDGE, REMEDY, lost_input_words


class Findings(OptionList):
    """What is found, a cursor on one of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "do it", tooltip="Do what the coach offers; ctrl+z undoes it", id="coach.remedy"),
    ]

    async def on_click(self, event: Click) -> None:
        """Put the cursor on a finding; a click on the cursor does what Enter does: `o` and `a` can follow the first."""
        clicked = event.style.meta.get("option")
        if clicked != self.highlighted:
            event.prevent_default()
            if clicked is not None and not self.get_option_at_index(clicked).disabled:
                self.highlighted = clicked


_ALL_WELL = "The coach has nothing to say about this step."


class CoachScreen(FollowsWorkbook[Place | None], Window[Place | None]):
    """What the coach says about one step; closed with the place to look at, where one was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f6", "dismiss(None)", "close", tooltip="Back to the form", id="coach.close"),
        Binding("o", "open", "to the field", tooltip="Go to the field", id="coach.open"),
        Binding("m", "more", "more", tooltip="Show all findings, not only the most important", id="coach.more"),
        Binding("a", "answer", "answer", tooltip="Say why it does not apply; the reason is kept", id="coach.answer"),
    ]

    def __init__(self, book: Workbook, place: Place, waiting: Waiting | None = None) -> None:
        """Show the findings of a step; what waits is a reason that was half typed when the program was ended."""
        super().__init__()
        self._waits = waiting
        self.book = book
        self.place = place
        self._advice = Advice((), ())
        self._unfolded = False

    def compose(self) -> ComposeResult:
        """The findings, and what can be done."""
        with Stack(classes="frame"):
            yield Words("The coach", classes="question")
            with VerticalScroll(can_focus=False):
                yield Findings(classes="findings", compact=True)
            yield Words(_ALL_WELL, classes="note")
            yield Keys()

    def on_mount(self) -> None:
        """Show what there is, also where something is undone meanwhile."""
        self.follow_workbook(self.book, self.place, lambda _change: self.show_findings())
        self.show_findings()
        self.query_one(OptionList).focus()
        if self._waits:
            self._resume(self._waits)

    def _resume(self, waiting: Waiting) -> None:
        """Ask again for the reason that was half typed; where nothing is found any more it is shown in full."""
        self._unfolded = True
        self.show_findings()
        at = next((at for at, each in enumerate(self._shown) if each.fingerprint == waiting.before), None)
        if at is None:
            self.book.session.end(waiting.kind, waiting.place)
            self.notify(lost_input_words(waiting), markup=False, timeout=30)
            return
        self.query_one(OptionList).highlighted = at
        if waiting.kind == ACKNOWLEDGE:
            self.action_answer(waiting.typed)
        else:
            self._ask_why(self._shown[at], waiting.typed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to answer only where something was found, and to do only what is offered."""
        found = self._chosen if is_whole(self) else None
        if action in {"open", "answer"}:
            return found is not None
        if action == "more":
            return bool(self._advice.folded) and not self._unfolded
        return super().check_action(action, parameters)

    def show_findings(self) -> None:
        """Show what the coach finds now."""
        self._advice = advice(self.book, self.place)
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(_words(each)) for each in self._shown])
        if folded := len(self._advice.folded) * (not self._unfolded):
            options.add_option(Option(Content.styled(f"{folded} more: m shows them", "$muted"), disabled=True))
        answered = [
            f"✓ {each.rule} answered by {answer.by or 'somebody'} on {answer.on}: {answer.reason}"
            for each, answer in self._advice.answered
        ]
        options.add_options([Option(Content.styled(each, "$muted"), disabled=True) for each in answered])
        if self._shown:
            options.highlighted = min(at, len(self._shown) - 1)
        options.display = bool(options.option_count)
        self.query_one(".note").display = not self._advice.open
        self.refresh_bindings()

    @property
    def _iteration(self) -> Iteration:
        return self.book.of(self.place)[1]

    @property
    def _shown(self) -> tuple[Finding, ...]:
        """The findings in sight: the weightiest, and once they were asked for the others."""
        return self._advice.open + self._advice.folded * self._unfolded

    @property
    def _chosen(self) -> Finding | None:
        at = self.query_one(OptionList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def action_more(self) -> None:
        """Show every finding."""
        self._unfolded = True
        self.show_findings()

    @on(OptionList.OptionSelected)
    def _go(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._chosen and self._chosen.remedy:
            self.action_remedy()
        else:
            self.action_open()

    def action_open(self) -> None:
        """Go to the field."""
        if self._chosen:
            self.dismiss(self._chosen.place)

    def action_remedy(self, why: str = "") -> None:
        """Do what is offered; what was agreed asks for a reason first."""
        finding = self._chosen
        if finding is None or finding.remedy is None:
            self.notify("There is no one-key remedy here: Enter goes to the field.", markup=False)
            return
        try:
            place = remedy(self.book, self._iteration, finding, why)
        except ReasonNeededError:
            self._ask_why(finding)
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)
        else:
            self.notify(f"{finding.remedy.label}: done. ctrl+z undoes it.", markup=False)
            self.dismiss(place)

    def _ask_why(self, finding: Finding, begun: str = "") -> None:
        """Ask why something agreed is changed, and do what is offered then."""

        def given(reason: str | None) -> None:
            if reason:
                self.action_remedy(reason)

        self._ask("This has been agreed. Why change it?", (REMEDY, finding), given, begun=begun)

    def action_answer(self, begun: str = "") -> None:
        """Ask why the finding does not apply, and keep the answer."""
        finding = self._chosen
        if finding is None:
            return

        def given(reason: str | None) -> None:
            if reason and reason.strip():
                acknowledge(self.book, self._iteration, finding, reason)

        note = "The reason is kept and shown in reports; it applies as long as the text stays the same."
        question = f"{finding.rule}: why does it not apply here?"
        self._ask(question, (ACKNOWLEDGE, finding), given, begun=begun, note=note)

    def _ask(
        self,
        question: str,
        about: tuple[str, Finding],
        given: Callable[[str | None], None],
        *,
        begun: str = "",
        note: str = "",
    ) -> None:
        """Ask for a reason; what is typed of it waits in the draft until it is given or left."""
        kind, finding = about
        session = self.book.session

        def typed(reason: str) -> None:
            session.wait(Waiting(kind, self.place, reason, finding.fingerprint))

        def answered(reason: str | None) -> None:
            session.end(kind, self.place)
            given(reason)

        self.app.push_screen(Ask(question, value=begun, note=note, typed=typed), answered)


def _words(finding: Finding) -> Content:
    offer = f"\n→ Enter: {finding.remedy.label}" if finding.remedy else ""
    where = finding.place.words
    return Content.assemble(
        (f"◇ {finding.rule} ", "bold $text-warning"),
        (f"{where}\n", "$muted"),
        finding.message,
        (offer, "$text-accent"),
    )
