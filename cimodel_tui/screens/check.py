"""Step 6, Did we get there?: the second measurement anchor, and the checkpoint of the model."""

from cimodel_tui.forms.choices import Choice, Reference
from cimodel_tui.forms.fields import Day, Field, Line, Prose
from cimodel_tui.model.check import DECISIONS, REVISITABLE
from cimodel_tui.model.step import step_of
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.views.panels import WHEN_BACK
from cimodel_tui.workbook.measure import VERDICTS

_STEPS = tuple((key, f"{step_of(key).heading}  {WHEN_BACK[key]}") for key in REVISITABLE)


class CheckScreen(StepScreen):
    """Compared with where we started and what we promised."""

    step = page_name = "check"
    compares = True

    def declare(self) -> tuple[Field, ...]:
        """What else changed, what was learned, the verdict, who verified it, and what follows."""
        return (
            Prose(name="other_causes", label="What else changed"),
            Prose(name="keep"),
            Prose(name="stop"),
            Prose(name="differently", label="Lessons: do differently"),
            Line(name="verified_by", known="person", hint="empty: me"),
            Day(name="verified_on", hint="empty: today"),
            Choice(name="decision", options=DECISIONS),
            Reference(name="revisit_step", label="Go back to", rows=lambda _improvement, _iteration: _STEPS),
            Prose(name="decision_reason", label="Because"),
            Day(name="measure_until"),
            Choice(name="override", label="Verdict of one's own", options=VERDICTS, more=True),
            Prose(name="override_reason", label="Why", more=True),
            Line(name="cost_accepted_by", label="Cost accepted by", known="person", more=True),
            Prose(name="cost_accepted_reason", label="Accepted because", more=True),
            Line(name="cost_so_far", more=True),
            Line(name="benefit_so_far", more=True),
            Prose(name="how_reckoned", more=True),
        )
