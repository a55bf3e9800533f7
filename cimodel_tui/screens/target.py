"""Step 3: Where do we want to be."""

from cimodel_tui.forms.choices import Choice, balancing_metrics, outcome_metrics
from cimodel_tui.forms.fields import Day, Field, Line, Number, Prose
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.target import PROMISES, RULES, Limit, Promise
from cimodel_tui.screens.step import StepScreen

_PROMISE = (
    Choice(name="promise", options=PROMISES, default="move"),
    Number(name="value", label="Target value", hint="or a range below"),
    Day(name="by"),
    Choice(name="rule", label="Success rule", options=RULES, default="mean"),
    Number(name="rule_n", hint="for the rules about the last readings"),
    Prose(name="why", label="Why this far"),
    Number(name="low", label="Range from"),
    Number(name="high", label="Range to"),
    Number(name="stretch", label="Stretch value"),
    Number(name="end_of_way", label="End of the way", hint="the value at which the vision is reached"),
)

_LIMIT = (
    Number(name="value", label="Limit", hint="at most, or at least, by its better side"),
    Number(name="low", label="Range from"),
    Number(name="high", label="Range to"),
)


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
                shown=("promise", "value", "by", "rule", "rule_n"),
                keyed=outcome_metrics,
                nothing="step 2 has no outcome metric yet: a target needs one",
            ),
            Rows(
                name="limits",
                row=Limit,
                columns=_LIMIT,
                shown=("value", "low", "high"),
                keyed=balancing_metrics,
                nothing="no balancing metric in step 2: what must not get worse?",
            ),
            Prose(name="sentence", label="Objective in one sentence"),
            Line(name="agreed_by", known="person", hint="empty: me"),
            Day(name="agreed_on", hint="empty: today"),
            Prose(name="success_factors", label="Critical success factors", more=True),
            Line(name="benefit_kind", label="Expected benefit", more=True),
            Number(name="benefit_amount", more=True),
            Line(name="benefit_unit", more=True),
            Prose(name="rest_of_way", label="Rest of the way", more=True),
        )
