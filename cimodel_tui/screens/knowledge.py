"""The model itself: the knowledge check, the glossary, the look-alikes."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList

from cimodel_tui.content import Question, glossary, look_alikes, mix_ups, questions, whereabouts
from cimodel_tui.model.quiz import Round, answer_next, repeat_missed, start_round
from cimodel_tui.model.step import Place
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.screens.search import NOTHING_FOUND
from cimodel_tui.textual_compat import is_whole
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.containers import Columns, Pane
from cimodel_tui.widgets.keys import Act
from cimodel_tui.widgets.text import Lines, Words
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.desk import Desk

_BAR, _TOPIC = 12, 33
"""Cells of the bar of a topic, and of its name where both stand on one line."""

_ROUND = 10
"""Questions in a round; the next round goes on where the last one ended."""

Entry = tuple[str, Content]
"""The name of an entry of the glossary or of the look-alikes, and all of it as it is shown."""


class Reference(Pane):
    """Entries to read, one below the other; a line above them shows only those that hold its words."""

    def __init__(self, title: str, entries: Sequence[Entry], *, classes: str) -> None:
        super().__init__(
            title,
            Input(placeholder="/ to filter by words", compact=True, classes="filter control"),
            VerticalScroll(Words("", classes="guidance-text")),
            classes=classes,
        )
        self._title, self._entries = title, tuple(entries)

    def on_mount(self) -> None:
        """Show all entries."""
        self._show("")

    @property
    def filtered(self) -> bool:
        """Whether the line holds words, or is about to."""
        line = self.query_one(Input)
        return bool(line.value) or line.has_focus

    def begin(self) -> None:
        """Show all entries, to be read and scrolled."""
        self.query_one(Input).value = ""
        self.query_one(VerticalScroll).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(VerticalScroll).focus()

    def _show(self, words: str) -> None:
        """Show the entries that hold all of these words, those that are called so first."""
        wanted = words.casefold().split()
        found = [each for each in self._entries if all(word in str(each[1]).casefold() for word in wanted)]
        if wanted:
            found.sort(key=lambda each: not all(word in each[0].casefold() for word in wanted))
        shown = Content("\n\n").join(content for _, content in found) if found else Content(NOTHING_FOUND)
        self.query_one(Words).say(shown)
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.entitle(self._title, f"{len(found)} of {len(self._entries)}" if wanted else "")


class KnowledgeScreen(Page):
    """Questions one by one, the answer explained; beside it the words of the model."""

    page_name = "knowledge"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "view('check')", "check", tooltip="The knowledge check", id="knowledge.check"),
        Binding("g", "view('glossary')", "glossary", tooltip="The words of the model", id="knowledge.glossary"),
        Binding(
            "l",
            "view('look-alikes')",
            "look-alikes",
            tooltip="What is easily taken for the model",
            id="knowledge.likes",
        ),
        Binding("n", "next", "next question", tooltip="The next question, or the next round", id="knowledge.next"),
        Binding(
            "slash",
            "filter",
            "filter",
            key_display="/",
            tooltip="Show only entries that hold these words",
            id="knowledge.filter",
        ),
        Binding("escape", "back", "back", tooltip="Show all again; to the register", id="knowledge.back"),
    ]

    def __init__(self, book: Workbook, place: Place, desk: Desk) -> None:
        super().__init__(book, place)
        self._desk = desk
        self._questions = {each.id: each for each in questions()}
        self._begun = 0
        self._round = self._new_round()
        self._question: Question | None = None
        self._answer: tuple[Question, int] | None = None

    def _new_round(self) -> Round:
        ids = tuple(self._questions)
        chosen = [ids[(self._begun + step * 7) % len(ids)] for step in range(_ROUND)]
        self._begun += _ROUND * 7
        return start_round(chosen)

    def body(self) -> ComposeResult:
        """The question with its answers, beside it the results by topic; the two pages of words are hidden at first."""
        with Columns(classes="view check cockpit"):
            with VerticalScroll(classes="pane question-pane", can_focus=False) as pane:
                pane.border_title = Content("Knowledge check")
                yield Words("", classes="progress")
                yield Words("", classes="question")
                yield OptionList(classes="options", compact=True)
                yield Words("", classes="explained")
                yield Words("", classes="note")
            with VerticalScroll(classes="pane topics-pane", can_focus=False) as topics:
                topics.border_title = Content("By topic")
                yield Lines(classes="topics")
        for name, title, entries in (
            ("glossary", "Glossary", _glossary()),
            ("look-alikes", "Where the model sits, and its look-alikes", _likes()),
        ):
            yield Reference(title, entries, classes=f"view {name} reference-pane")

    def on_mount(self) -> None:
        """Ask the first question."""
        self.action_view("check")
        self._ask()

    def on_resize(self) -> None:
        """Show the topics beside the question, below it where there is no room for that."""
        self._show_topics()

    def show_heading(self) -> None:
        """Show where one is."""
        self.query_one(Heading).show(self.book.title, "the model: knowledge check, glossary, look-alikes")

    def look_for(self, words: str) -> None:
        """Begin in the part that was asked for by its name."""
        self.call_after_refresh(self._begin_in, words)

    def _begin_in(self, part: str) -> None:
        if any(view.has_class(part) for view in self.query(Reference)):
            self.action_view(part)

    def action_view(self, name: str) -> None:
        """Show one of the three."""
        for view in self.query(".view"):
            view.display = view.has_class(name)
        if name == "check":
            self.query_one(OptionList).focus()
        else:
            self.query_one(f".view.{name}", Reference).begin()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the next question beside the questions only, and the filter beside the words only."""
        if action == "next" and is_whole(self):
            return self.query_one(".view.check").display
        if action == "filter" and is_whole(self):
            return self._reference is not None and not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    @property
    def main_act(self) -> Act:
        """Answer, or ask the next question; from the words of the model back to the check."""
        if not self.query_one(".view.check").display:
            return Act("view('check')", "check")
        return Act("answer", "answer") if self._question else Act("next", "next question")

    @property
    def _reference(self) -> Reference | None:
        """The words of the model that are shown, None beside the questions."""
        return next((each for each in self.query(Reference) if each.display), None)

    def action_filter(self) -> None:
        """Go into the line that filters what is shown."""
        if self._reference:
            self._reference.query_one(Input).focus()

    def action_answer(self) -> None:
        """Answer with the marked option."""
        self.query_one(OptionList).action_select()

    def _ask(self) -> None:
        current = self._round.next
        self._question = self._questions[current] if current else None
        self._answer = None
        self._show_topics()
        if self._question is None:
            self._show_end()
            return
        self.query_one(".check .question", Words).say(_headed(self._question))
        self._show_options(self._question, None)
        self.query_one(".explained", Words).say("")
        self._show_progress()
        self._show_note("")

    def _show_options(self, question: Question, chosen: int | None) -> None:
        """Show the answers; once one is chosen, the right one is marked, and a wrong choice as well."""
        options = self.query_one(OptionList)
        options.clear_options()
        for at, each in enumerate(question.options):
            right, mine = at == question.answer, at == chosen
            if chosen is None:
                options.add_option(Content(f"  {each}"))
            elif right:
                options.add_option(Content.styled(f"✓ {each}", "bold $text-success"))
            else:
                options.add_option(
                    Content.styled(f"{'✗' if mine else ' '} {each}", "$text-error" if mine else "$muted")
                )
        options.highlighted = 0 if chosen is None else chosen

    def _show_progress(self) -> None:
        """Show how far the round is: a sign for each question."""
        of, tried = len(self._round.questions), len(self._round.tried)
        at = tried + 1 if self._question and not self._round.is_repeat else tried
        signs = [
            ("■", "$text-error" if each in self._round.missed else "$text-success")
            if each in self._round.tried
            else ("□", "$muted")
            for each in self._round.questions
        ]
        where = "Once more" if self._question and self._round.is_repeat else f"Question {at} of {of}"
        line = Content.assemble((f"{where}  ", "$muted"), *signs)
        self.query_one(".progress", Words).say(line)

    def _show_note(self, words: str) -> None:
        score, best = self._round.score, self._desk.best_score()
        parts = [words, f"{len(self._round.waiting)} to go" if self._round.waiting else ""]
        parts += [f"{score.right} of {score.answered} right at the first try"] if score.answered else []
        self.query_one(".note", Words).say(" · ".join(filter(None, [*parts, f"best round {best} %" if best else ""])))
        self.refresh_bindings()

    def _by_topic(self) -> dict[str, tuple[int, int]]:
        """Return how many of this round were right at the first try, by topic, and of how many."""
        found: dict[str, tuple[int, int]] = {}
        for each in self._round.questions:
            if each in self._round.tried:
                right, of = found.get(self._questions[each].topic, (0, 0))
                found[self._questions[each].topic] = (right + (each not in self._round.missed), of + 1)
        return found

    def _show_topics(self) -> None:
        """Show the latest result of every topic, this round's before those that are kept."""
        known = {**self._desk.topic_scores(), **self._by_topic()}
        lines = []
        for topic in dict.fromkeys(each.topic for each in self._questions.values()):
            right, of = known.get(topic, (0, 0))
            bar = "█" * round(_BAR * right / of) if of else ""
            tone = Tone.QUIET if not of else Tone.GOOD if right == of else Tone.WARNING
            result = f"{right} of {of}" if of else "not asked yet"
            shown = f"{bar:░<{_BAR}} {result}"
            below = [ToneLine(_capital(topic)), ToneLine(f"  {shown}", tone)]
            lines += below if self.is_wide else [ToneLine(f"{_capital(topic):<{_TOPIC}} {shown}", tone)]
        self.query_one(Lines).show(lines)

    def _show_end(self) -> None:
        score = self._round.score
        self._desk.save_score(score.percent)
        self._desk.save_topics(self._by_topic())
        self.query_one(OptionList).clear_options()
        self.query_one(".progress", Words).say("")
        self.query_one(".check .question", Words).say(
            f"Round finished: {score.right} of {score.answered} right, {score.percent} %."
        )
        self.query_one(".explained", Words).say(
            "n: repeat the questions you missed" if self._round.missed else "n: next round"
        )
        self._show_note("")

    @on(OptionList.OptionSelected)
    def _answered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._question is None:
            self.action_next()
            return
        question, chosen = self._question, event.option_index
        right = chosen == question.answer
        self._round = answer_next(self._round, right=right)
        self._question, self._answer = None, (question, chosen)
        self._show_options(question, chosen)
        words = "✓ Right." if right else "✗ Not quite. The right answer is marked ✓."
        style = "$text-success" if right else "$text-error"
        self.query_one(".explained", Words).say(Content.assemble((words, style), f"\n{question.why}"))
        self._show_progress()
        self._show_topics()
        self._show_note("")

    def action_next(self) -> None:
        """Ask the next question; after the end, the missed ones again or another round."""
        if self._round.next is None:
            self._round = repeat_missed(self._round) if self._round.missed else self._new_round()
        self._ask()

    def action_back(self) -> None:
        """Show all words again where they are filtered, else go to the register."""
        shown = self._reference
        if shown and shown.filtered:
            shown.begin()
        else:
            self.post_message(Go("register"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _headed(question: Question) -> Content:
    """Return a question below the name of its topic."""
    return Content.assemble((_capital(question.topic), "not italic $muted"), "\n", question.text)


def _glossary() -> list[Entry]:
    return [
        (
            each.name,
            Content.assemble((each.name, "bold $text-primary"), f"\n{each.meaning}", (_see(each.see), "$muted")),
        )
        for each in glossary()
    ]


def _see(names: tuple[str, ...]) -> str:
    return f" See {', '.join(names)}." if names else ""


def _likes() -> list[Entry]:
    parts = [
        (each.name, Content.assemble((each.name, "bold $text-primary"), f"\n{each.meaning}"))
        for each in (*whereabouts(), *mix_ups())
    ]
    for each in look_alikes():
        steps = "\n".join(f"  {number} {step}" for number, step in enumerate(each.steps, 1))
        body = f"\n{each.what}\n{steps}\n{each.differs}"
        parts.append((each.name, Content.assemble((each.name, "bold $text-primary"), body)))
    return parts
