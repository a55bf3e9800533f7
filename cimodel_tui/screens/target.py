"""Step 3: Where do we want to be.

Above the fields of a target stands its lab: its chart can be walked into, and keys move the target on it.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cimodel_tui import views, workbook
from cimodel_tui.forms.answers import Answers, RowAnswers
from cimodel_tui.forms.choices import Choice, balancing_metrics, outcome_metrics
from cimodel_tui.forms.fields import Day, Field, Line, Number, Prose
from cimodel_tui.forms.row_editor import Lab
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.answer import Row
from cimodel_tui.model.target import PROMISES, RULES, Limit, Promise
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.views.tone import ToneLine
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.text import Lines

_RULES = ("Mean of all readings", "Mean of the last n", "Each of the last n", "Latest reading")
"""What the success rules are called, in the order of `RULES`."""

_PROMISES = ("change", "keep")
"""What the promises are called, in the order of `PROMISES`."""

_PROMISE = (
    Number(name="value", label="Target", hint="or a range below"),
    Day(name="by"),
    Choice(name="rule", label="Success rule", options=RULES, shown=_RULES, default="mean"),
    Number(name="rule_n", hint="for the rules about the last readings"),
    Choice(name="promise", options=PROMISES, shown=_PROMISES, default="move"),
    Prose(name="why", label="Rationale"),
    Number(name="low", label="Range from"),
    Number(name="high", label="Range to"),
    Number(name="stretch", label="Stretch value"),
    Number(name="end_of_way", label="Long-term goal", hint="the value at which the vision is reached"),
)

_LIMIT = (
    Number(name="value", label="Limit", hint="at most, or at least, by its better side"),
    Number(name="low", label="Range from"),
    Number(name="high", label="Range to"),
)


_BASELINE = (Column("Baseline", 8, rank=1), Column("Usual range", 12, rank=3))
"""What stands behind a target: from where it sets out."""


def _measured(answers: Answers, row: Row, plain: bool) -> Sequence[Sequence[ToneLine]]:
    """Return mean and limits of the baseline of the metric that a row speaks about."""
    del plain

    return views.measurements.target_cells(*answers.book.of(answers.place), row.id)


def _lab(answers: RowAnswers) -> Lab:
    """Make the picture on which a target is set."""
    return TargetLab(answers)


class TargetScreen(StepScreen):
    """The promise, its day, and the rule by which anyone can tell."""

    step = page_name = "target"

    def declare(self) -> tuple[Field, ...]:
        """A promise for each outcome metric, a limit for each balancing one, the sentence, and the agreement."""
        return (
            Rows(
                name="targets",
                row=Promise,
                columns=_PROMISE,
                shown=("value", "by", "rule", "rule_n", "promise"),
                keyed=outcome_metrics,
                beside=_BASELINE,
                work_out=_measured,
                lab=_lab,
                nothing="step 2 has no outcome metric yet: a target needs one",
            ),
            Rows(
                name="limits",
                row=Limit,
                columns=_LIMIT,
                shown=("value", "low", "high"),
                keyed=balancing_metrics,
                beside=_BASELINE,
                work_out=_measured,
                nothing="no balancing metric in step 2: what must not get worse?",
            ),
            Prose(name="sentence", label="Objective in one sentence"),
            Line(name="agreed_by", known="person", hint="default: you"),
            Day(name="agreed_on", hint="default: today"),
            Prose(name="success_factors", label="Critical success factors", more=True),
            Line(name="benefit_kind", label="Expected benefit", more=True),
            Number(name="benefit_amount", more=True),
            Line(name="benefit_unit", more=True),
            Prose(name="rest_of_way", label="Left for later", more=True),
        )


TALL = 30
"""Lines of the terminal from which there is room for all that the lab says."""

LOW, HIGH = 7, 10
"""Lines of the chart in a low terminal and in a taller one."""


class LabChart(ChartView, can_focus=True):
    """The baseline with the target on it; arrows move the target."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,down", "screen.nudge(-1)", "move target", key_display="←→", tooltip="A lower target", id="lab.lower"
        ),
        Binding("right,up", "screen.nudge(1)", "higher", show=False, tooltip="A higher target", id="lab.higher"),
    ]


class TargetLab(Lab):
    """What a target asks of the numbers, while it is being set."""

    moves = "value"

    def __init__(self, answers: RowAnswers) -> None:
        super().__init__(classes="target-lab")
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The chart, and the lines below it."""
        yield LabChart(classes="lab-chart")
        yield Lines(classes="lab-lines")

    def on_mount(self) -> None:
        """Show the target as it stands."""
        self.follow()

    def on_resize(self) -> None:
        """Use the height there is."""
        self.follow()

    def follow(self) -> None:
        """Show the target as it stands now."""
        brief = self.app.size.height < TALL
        place = self._answers.place
        lab = views.target_lab.lab_of(
            self._answers.book, *self._answers.book.of(place), self._answers.row.id, brief=brief
        )
        chart = self.query_one(LabChart)
        chart.display = lab.chart is not None
        chart.styles.height = LOW if brief else HIGH
        chart.show(lab.chart)
        self.query_one(Lines).show(lab.lines)

    @property
    def can_move(self) -> bool:
        """Whether keys may move the target: not once it is agreed, for that asks for a reason."""
        _, iteration = self._answers.book.of(self._answers.place)
        return iteration.target.seal is None and self._answers.may_change(self.moves)

    def nudge(self, direction: int) -> None:
        """Move the target a step up or down."""
        improvement, iteration = self._answers.book.of(self._answers.place)
        one = workbook.measure.measure(improvement, iteration, self._answers.today).of(self._answers.row.id)
        before = str(self._answers.get(self.moves) or "")
        after = views.target_lab.move_target(one, before, direction) if one else before
        if after != before:
            self._answers.put(self.moves, after)
