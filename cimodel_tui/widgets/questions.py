"""The questions about a source of readings as lines, each with its answer."""

from collections.abc import Callable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from cimodel_tui.sources.result import Question
from cimodel_tui.widgets.drop_down import DropDown
from cimodel_tui.widgets.text_inputs import LineInput


class Answer(Horizontal):
    """One question as a line, with its answer."""

    def __init__(self, question: Question, value: str) -> None:
        super().__init__(classes="open answer")
        self.question = question
        options = tuple((key, f"{key}: {words}" if words else key) for key, words in question.choices)
        self.control = DropDown(options, nothing="choose") if options else LineInput(value)
        if isinstance(self.control, DropDown):
            self.control.choose(value)

    def compose(self) -> ComposeResult:
        """The question, and a choice or a line."""
        yield Static(self.question.words, markup=False)
        yield self.control

    @property
    def given(self) -> str:
        """The answer, empty while there is none."""
        return self.control.chosen() if isinstance(self.control, DropDown) else self.control.value.strip()


class Questions(Vertical):
    """A line for each question; those that are answered stay, so that the answer can be changed."""

    def __init__(self, optional: Sequence[Question], *, classes: str) -> None:
        super().__init__(classes=classes)
        self._optional = frozenset(each.option for each in optional)

    def ask(self, questions: Sequence[Question], known: Callable[[str], str]) -> Sequence[str]:
        """Show these questions, with the answer that is known of each; returns the options that have a new line."""
        wanted = {each.option for each in questions}
        lines = {each.question.option: each for each in self.query(Answer)}
        for option, line in lines.items():
            if option not in wanted and not line.given and option not in self._optional:
                line.remove()
        new = [each for each in questions if each.option not in lines]
        if new:
            self.mount_all([Answer(each, known(each.option)) for each in new])
        return [each.option for each in new]

    @property
    def answers(self) -> Mapping[str, str]:
        """What was answered, by the option of the question; empty texts stand for what was not."""
        return {each.question.option: each.given for each in self.query(Answer)}

    def focus_first_open(self) -> None:
        """Go to the first question that has to be answered and is not."""
        for each in self.query(Answer):
            if not each.given and each.question.option not in self._optional:
                each.control.focus()
                return
