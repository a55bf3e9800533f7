"""Step 2, Where are we now?: the first of the two measurement anchors."""

from collections.abc import Sequence

from cimodel_tui import views
from cimodel_tui.forms.answers import Answers
from cimodel_tui.forms.choices import Choice
from cimodel_tui.forms.fields import Day, Field, Line, Number, Prose
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.answer import Row
from cimodel_tui.model.baseline import BETTER, FREQUENCIES, HOW_KNOWN, KINDS, ROLES, Cause, Metric, Voice
from cimodel_tui.model.plan import ONE_TO_FIVE
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.views.tone import ToneLine
from cimodel_tui.widgets.columns import Column

METRIC = (
    Line(name="name"),
    Line(name="unit", known="unit", hint="h, %, days, ...", short=True),
    Choice(name="better", options=BETTER),
    Choice(name="role", options=ROLES, default="outcome"),
    Prose(name="definition"),
    Choice(name="kind", options=KINDS, default="value"),
    Line(name="per", hint="of a rate: 1000", short=True),
    Line(name="source"),
    Choice(name="frequency", options=FREQUENCIES, default="once"),
    Choice(name="how_known", options=HOW_KNOWN, default="measured"),
    Line(name="collector", known="person"),
    Prose(name="known_flaws"),
)
"""The fields of a metric."""


_TREND = 14
"""Cells of the trend of a metric."""


def _measured(answers: Answers, row: Row, plain: bool) -> Sequence[Sequence[ToneLine]]:
    """Return what the readings of a metric say, for its row."""
    return views.measurements.metric_cells(*answers.book.of(answers.place), row.id, _TREND, plain=plain)


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
                beside=(
                    Column("n", 3, rank=1),
                    Column("Mean", 6, rank=1),
                    Column("Trend", _TREND, rank=2),
                    Column("Last", 6, rank=1),
                ),
                work_out=_measured,
            ),
            Rows(
                name="causes",
                row=Cause,
                columns=(
                    Line(name="cause"),
                    Prose(name="evidence"),
                    Number(name="share", label="Share of all", hint="per cent"),
                ),
                shown=("cause", "evidence", "share"),
            ),
            Day(name="first_on", hint="default: the first reading"),
            Day(name="last_on", hint="default: last reading before any action"),
            Line(name="agreed_by", known="person", hint="default: you"),
            Day(name="agreed_on", hint="default: today"),
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
