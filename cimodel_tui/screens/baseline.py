"""Step 2, Where are we now?: the first of the two measurement anchors."""

from cimodel_tui.forms.choices import Choice
from cimodel_tui.forms.fields import Day, Field, Line, Number, Prose
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.baseline import BETTER, FREQUENCIES, HOW_KNOWN, KINDS, ROLES, Cause, Metric, Voice
from cimodel_tui.model.plan import ONE_TO_FIVE
from cimodel_tui.screens.step import StepScreen

METRIC = (
    Line(name="name"),
    Prose(name="definition"),
    Line(name="unit", known="unit", hint="h, %, days, ...", short=True),
    Choice(name="kind", options=KINDS, default="value"),
    Line(name="per", hint="of a rate: 1000", short=True),
    Choice(name="better", options=BETTER),
    Choice(name="role", options=ROLES, default="outcome"),
    Line(name="source"),
    Choice(name="frequency", options=FREQUENCIES, default="once"),
    Choice(name="how_known", options=HOW_KNOWN, default="measured"),
    Line(name="collector", known="person"),
    Prose(name="known_flaws"),
)
"""The fields of a metric."""


class BaselineScreen(StepScreen):
    """The facts, and the numbers that are agreed before anything changes."""

    step = page_name = "baseline"

    def declare(self) -> tuple[Field, ...]:
        """The state, the metrics with their readings, the causes, and the agreement."""
        return (
            Prose(name="current_state", lines=3),
            Prose(name="works_well", label="What already works"),
            Rows(
                name="metrics",
                row=Metric,
                columns=METRIC,
                shown=("name", "unit", "better", "role"),
                readings=True,
                nothing="no metric yet: press a to add one, then r for its readings",
            ),
            Rows(
                name="causes",
                row=Cause,
                columns=(
                    Line(name="cause"),
                    Prose(name="evidence"),
                    Number(name="share", label="Share of all", hint="per cent"),
                ),
                shown=("cause", "share", "evidence"),
            ),
            Day(name="first_on", hint="empty: from the first reading"),
            Day(name="last_on", hint="empty: to the last one before the first action"),
            Line(name="agreed_by", known="person", hint="empty: me"),
            Day(name="agreed_on", hint="empty: today"),
            Rows(
                name="voices",
                row=Voice,
                columns=(Line(name="who", known="person"), Prose(name="said"), Day(name="on")),
                shown=("who", "said"),
                more=True,
            ),
            Prose(name="strengths", more=True),
            Prose(name="weaknesses", more=True),
            Prose(name="opportunities", more=True),
            Prose(name="threats", more=True),
            Prose(name="benchmark", more=True),
            Choice(name="maturity", options=ONE_TO_FIVE, more=True),
        )
