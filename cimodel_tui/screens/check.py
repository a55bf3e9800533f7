"""Step 6, Did we get there?: the second measurement anchor, and the checkpoint of the model."""

from collections.abc import Callable

from cimodel_tui import workbook
from cimodel_tui.forms.answers import Answers
from cimodel_tui.forms.choices import Choice, Reference
from cimodel_tui.forms.fields import Day, Field, Line, Prose
from cimodel_tui.model.check import DECISIONS, KEEP_MEASURING, REVISIT, REVISITABLE
from cimodel_tui.model.step import step_of
from cimodel_tui.screens.panels import Panel, VerdictPanel
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.views.panels import REVISIT_REASONS
from cimodel_tui.workbook.measure import VERDICTS

_STEPS = tuple((key, f"{step_of(key).heading}  {REVISIT_REASONS[key]}") for key in REVISITABLE)


def _decided(*decisions: str) -> Callable[[Answers], bool]:
    """Tell whether one of these was decided."""
    return lambda answers: answers.get("decision") in decisions


def _with_cost(answers: Answers) -> bool:
    """Tell whether a balancing metric got worse, which only a sponsor can accept."""
    return bool(workbook.measure.measure(*answers.book.of(answers.place)).verdict["at_a_cost"])


class CheckScreen(StepScreen):
    """Compared with where we started and what we promised."""

    step = page_name = "check"

    def result(self) -> Panel:
        """Return the verdict with its figures, which is read first."""
        return VerdictPanel(self.book, self.place)

    def declare(self) -> tuple[Field, ...]:
        """What else changed, what was learned, the verdict, who verified it, and what follows."""
        return (
            Prose(name="other_causes", label="What else changed"),
            Prose(name="keep"),
            Prose(name="stop"),
            Prose(name="differently", label="Lessons: do differently"),
            Line(name="verified_by", known="person", hint="default: you"),
            Day(name="verified_on", hint="default: today"),
            Choice(name="decision", options=DECISIONS),
            Reference(
                name="revisit_step",
                label="Go back to",
                rows=lambda _improvement, _iteration: _STEPS,
                when=_decided(REVISIT),
            ),
            Prose(name="decision_reason", label="Because"),
            Day(name="measure_until", when=_decided(KEEP_MEASURING)),
            Choice(name="override", label="Override verdict", options=VERDICTS, more=True),
            Prose(name="override_reason", label="Why", more=True, when=lambda answers: bool(answers.get("override"))),
            Line(name="cost_accepted_by", label="Cost accepted by", known="person", more=True, when=_with_cost),
            Prose(name="cost_accepted_reason", label="Accepted because", more=True, when=_with_cost),
            Line(name="cost_so_far", more=True),
            Line(name="benefit_so_far", more=True),
            Prose(name="how_reckoned", more=True),
        )
