"""What the import window shows before anything is imported: the open questions, and a preview of the readings.

A question is a line, and the answers make the recipe. The preview is a line each, the run chart, or the formats.
"""

from collections.abc import Iterable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ProgressBar, Static

from cimodel_tui.charts.run_chart import RunChart
from cimodel_tui.record import with_values
from cimodel_tui.sources.recipe import Question, Recipe
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.containers import Stack
from cimodel_tui.widgets.controls import LineInput
from cimodel_tui.widgets.drop_down import DropDown
from cimodel_tui.widgets.table import Table
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook.incoming import KEEP, Recount

_SEVERAL = ("less", "counts_as", "where")
"""Fields of the recipe that hold several texts; in the window `and` stands between them."""

_BASELINE = "baseline"
"""The question what becomes of a baseline that was agreed by another recipe; it is no field of a recipe."""

OPTIONAL = (
    Question("where", 'Only tickets where (optional), such as "priority=1|2"'),
    Question("hours", 'Working hours (optional), such as "mon-fri 08:00-18:00"'),
)
"""Questions about tickets that need no answer."""


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
        yield Words(self.question.words)
        yield self.control

    @property
    def value(self) -> str:
        """The answer, empty while there is none."""
        return self.control.chosen() if isinstance(self.control, DropDown) else self.control.value.strip()


class RecipeQuestions(Stack):
    """A line for each question; those that are answered stay, so that the answer can be changed."""

    def __init__(self, saved: Recipe, *, classes: str) -> None:
        super().__init__(classes=classes)
        self.saved = saved
        """The recipe that is stored with the metric, which the answers complete."""
        self._drafted: Mapping[str, str] = {}
        self.recount: Recount | None = None
        """What the recipe means for a baseline that was agreed by another one, none where it means nothing."""
        self._optional = frozenset(each.option for each in OPTIONAL)

    def ask(self, questions: Sequence[Question]) -> Sequence[str]:
        """Show these questions, with the answer that is known of each; returns the options that have a new line."""
        wanted = {each.option for each in questions}
        lines = {each.question.option: each for each in self.query(Answer)}
        for option, line in lines.items():
            if option not in wanted and not line.value and option not in self._optional:
                line.remove()
        new = [each for each in questions if each.option not in lines]
        if new:
            self.mount_all([Answer(each, self._known(each.option)) for each in new])
        return [each.option for each in new]

    @property
    def draft(self) -> tuple[str, ...]:
        """The answers so far, as the draft keeps them."""
        typed = {option: answer for option, answer in self.answers.items() if answer}
        return tuple(f"{option}={answer}" for option, answer in {**self._drafted, **typed}.items())

    def restore(self, draft: Sequence[str]) -> None:
        """Take back the answers that were typed before the program was ended: each is in its line from the start."""
        self._drafted = dict(each.split("=", 1) for each in draft if "=" in each)

    def are_restored(self, options: Sequence[str]) -> bool:
        """Tell whether one of these lines began with an answer from the draft."""
        return any(each in self._drafted for each in options)

    def _known(self, option: str) -> str:
        if option in self._drafted:
            return self._drafted[option]
        if option == _BASELINE:
            return KEEP if self.recount and self.recount.decided else ""
        value = getattr(self.saved, option, "")
        return " and ".join(value) if isinstance(value, tuple) else str(value)

    @property
    def answers(self) -> Mapping[str, str]:
        """What was answered, by the option of the question; empty texts stand for what was not."""
        return {each.question.option: each.value for each in self.query(Answer)}

    @property
    def recipe(self) -> Recipe:
        """The saved recipe with the answers that were given."""
        changes: dict[str, object] = {}
        for option, text in self.answers.items():
            if option != _BASELINE and text:
                changes[option] = tuple(text.split(" and ")) if option in _SEVERAL else text
        return with_values(self.saved, changes)

    @property
    def baseline(self) -> str:
        """What becomes of a baseline that was agreed by another recipe, empty while that is open."""
        if self.recount is None:
            return ""
        answer = self.answers.get(_BASELINE, "")
        return (answer or KEEP) if self.recount.decided else answer

    def focus_first_open(self) -> None:
        """Go to the first question that has to be answered and is not."""
        for each in self.query(Answer):
            if not each.value and each.question.option not in self._optional:
                each.control.focus()
                return


_COLUMNS = (Column("Row", 4, rank=2), Column("Day", 10), Column("Value", 6), Column("Note", 8, share=1, rank=1))

_SERIES = ("date,value,note", "2026-01-05,7.1,", "2026-01-12,6.2,after the move")

_TICKETS = ("number,opened,resolved,priority", "INC-1041,2026-01-05 08:12,2026-01-05 14:03,2", "INC-1042,...")

_FORMATS: Sequence[tuple[str, str, Sequence[str]]] = (
    ("Readings", "one a row: a date, the value, a note if you like", _SERIES),
    ("Ticket export", "one a row: counted, or timed between two columns", _TICKETS),
)

_FILES = (
    "CSV with commas, semicolons or tabs, or .xlsx. A decimal comma or the order of day and month is asked for once "
    "and remembered. A preview comes first; nothing is imported before you confirm it."
)


class ImportPreview(Horizontal):
    """The lines that were read, beside the text or the run chart; before anything is read, what can be."""

    def __init__(self, *beside: Widget, with_chart: bool) -> None:
        super().__init__(classes="columns")
        self._beside, self._with_chart = beside, with_chart

    def compose(self) -> ComposeResult:
        """What stands beside the lines, the lines, and the chart; the formats while there are none of them."""
        yield from self._beside
        yield Table(_COLUMNS, classes="preview", opens=False)
        if self._with_chart:
            yield ChartView(classes="chart preview")
        yield Static(_formats(), classes="preview formats")

    def on_mount(self) -> None:
        """Begin with the formats."""
        self.show((), None)

    def show(self, lines: Iterable[Sequence[str]], chart: RunChart | None) -> None:
        """Show the lines that were read and the series as it would be, or the formats where nothing was read."""
        rows = [(str(at), cells) for at, cells in enumerate(lines)]
        self.query_one(Table).fill(rows)
        self.query(".preview").set(display=bool(rows))
        self.query_one(".formats").display = not rows
        if rows and self._with_chart:
            self.query_one(ChartView).show(chart)


class Outcome(Stack):
    """How far reading is, and then what would be imported, in words."""

    def __init__(self) -> None:
        super().__init__(classes="outcome")

    def compose(self) -> ComposeResult:
        """The bar, hidden while nothing is read, and the words."""
        bar = ProgressBar(show_eta=False, classes="progress")
        bar.display = False
        yield bar
        yield Words("", classes="words")

    def progress(self, row: int, total: int | None, words: str = "reading") -> None:
        """Show how far it is; with no total, that it goes on."""
        self.query_one(".words", Words).say(f"{words} ... (Esc cancels)")
        bar = self.query_one(ProgressBar)
        bar.display = True
        bar.update(total=total, progress=row)

    def show(self, words: str, *, warns: bool = False) -> None:
        """Show what was read; the bar goes."""
        self.query_one(ProgressBar).display = False
        line = self.query_one(".words", Words)
        line.set_class(warns, "warning")
        line.say(words)


def _formats() -> Content:
    """Return what can be imported, with an example each."""
    parts = []
    for name, words, example in _FORMATS:
        head = Content.assemble((name, "bold $text-primary"), (f"  {words}", "$muted"))
        parts.append(Content("\n").join((head, *(Content(f"  {line}") for line in example))))
    parts.append(Content.styled(_FILES, "$muted"))
    return Content("\n\n").join(parts)
