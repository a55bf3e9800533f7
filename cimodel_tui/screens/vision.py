"""Step 1: What is the vision."""

from cimodel_tui.content import principles
from cimodel_tui.forms.choices import Choice, Choices
from cimodel_tui.forms.fields import Field, Line, Prose
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.answer import YES_NO
from cimodel_tui.model.vision import GAINS, STAKEHOLDERS, VALUE_TYPES, PrincipleUsed, Stakeholder
from cimodel_tui.screens.step import StepScreen

_STAKEHOLDER = (
    Line(name="name"),
    Choice(name="kind", options=STAKEHOLDERS),
    Choice(name="effect", options=GAINS),
    Line(name="what", label="Gains or loses what"),
    Choice(name="consulted", options=YES_NO),
)


class VisionScreen(StepScreen):
    """The picture of the better state, before any number."""

    step = page_name = "vision"

    def declare(self) -> tuple[Field, ...]:
        """Objective, vision, value and the people; the rest under More."""
        principle = Choice(name="principle", options=tuple(each.name for each in principles()))
        return (
            Line(name="objective", known="objective", hint="the organization's aim"),
            Prose(name="vision", lines=3),
            Prose(name="value"),
            Rows(
                name="stakeholders",
                row=Stakeholder,
                columns=_STAKEHOLDER,
                shown=("name", "kind", "effect", "consulted"),
            ),
            Rows(
                name="principles",
                label="Guiding principles",
                row=PrincipleUsed,
                columns=(principle, Prose(name="how")),
                shown=("principle", "how"),
                more=True,
            ),
            Line(name="objective_link", more=True),
            Choices(name="value_types", options=VALUE_TYPES, more=True),
            Prose(name="scope_in", more=True),
            Prose(name="scope_out", more=True),
            Prose(name="why_now", more=True),
            Prose(name="constraints", more=True),
        )
