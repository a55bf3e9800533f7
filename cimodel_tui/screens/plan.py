"""Step 4: How do we get there."""

from cimodel_tui.forms.choices import (
    Choice,
    OneOf,
    Reference,
    References,
    actions,
    causes,
    late_action,
    late_checkpoint,
    metrics,
)
from cimodel_tui.forms.fields import Day, Field, Line, Number, Prose
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.plan import APPROACHES, ONE_TO_FIVE, RESPONSES, Action, Checkpoint, Collection, Option, Risk
from cimodel_tui.screens.step import StepScreen

_OPTION = (
    Line(name="name"),
    Prose(name="what"),
    Line(name="effect"),
    Choice(name="effort", options=ONE_TO_FIVE),
    Choice(name="risk", options=ONE_TO_FIVE),
    Line(name="cost"),
)

_ACTION = (
    Line(name="what"),
    Line(name="owner", known="person"),
    Day(name="start"),
    Day(name="due"),
    Line(name="effort"),
    Reference(name="cause", label="Cause it addresses", rows=causes),
    References(name="depends_on", rows=actions),
)

_COLLECTION = (
    Reference(name="metric", rows=metrics),
    Line(name="who", known="person"),
    Line(name="how_often"),
)

_RISK = (
    Line(name="risk", label="What could happen"),
    Choice(name="likelihood", options=ONE_TO_FIVE),
    Choice(name="impact", options=ONE_TO_FIVE),
    Choice(name="response", options=RESPONSES),
    Line(name="owner", known="person"),
)


class PlanScreen(StepScreen):
    """The route, and what each move is expected to do."""

    step = page_name = "plan"

    def declare(self) -> tuple[Field, ...]:
        """Options, the hypothesis, the actions, who measures, and the go-ahead."""
        return (
            Choice(name="approach", options=APPROACHES),
            Rows(name="options", row=Option, columns=_OPTION, shown=("name", "effect", "effort", "risk", "cost")),
            OneOf(name="chosen", named=lambda iteration: tuple(row.name for row in iteration.plan.options)),
            Prose(name="why", label="Why that one"),
            Prose(name="hypothesis_if"),
            Prose(name="hypothesis_then"),
            Prose(name="hypothesis_because"),
            Reference(name="hypothesis_metric", rows=metrics),
            Rows(
                name="actions",
                row=Action,
                columns=_ACTION,
                shown=("what", "owner", "start", "due"),
                late=late_action,
            ),
            Rows(name="measurement_plan", row=Collection, columns=_COLLECTION, shown=("metric", "who", "how_often")),
            Day(name="result_from", hint="default: the day after the last action is due"),
            Rows(
                name="checkpoints",
                row=Checkpoint,
                columns=(Day(name="on"), Line(name="question"), Prose(name="answer")),
                shown=("on", "question", "answer"),
                late=late_checkpoint,
            ),
            Line(name="go_ahead_by", known="person"),
            Day(name="go_ahead_on"),
            Line(name="go_ahead_cost"),
            Rows(name="risks", row=Risk, columns=_RISK, shown=("risk", "likelihood", "impact", "response"), more=True),
            Prose(name="stop_rule", more=True),
            Number(name="one_off_cost", more=True),
            Number(name="yearly_cost", more=True),
            Number(name="yearly_benefit", more=True),
        )
