"""Step 5, Take action."""

from cimodel_tui.forms.choices import Choice, actions, late_action
from cimodel_tui.forms.fields import Day, Field, Line, Prose
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.action import DECISIONS, KINDS, STATUSES, Experiment, LogEntry, Progress
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.workbook.actions import finish_action

_PROGRESS = (
    Choice(name="status", options=STATUSES, default="to do"),
    Day(name="started"),
    Day(name="finished"),
    Prose(name="evidence"),
    Line(name="dropped_because", when=lambda answers: answers.get("status") == "dropped"),
)

_EXPERIMENT = (
    Prose(name="prediction"),
    Prose(name="did"),
    Prose(name="result"),
    Choice(name="decision", options=DECISIONS),
)


class ActionScreen(StepScreen):
    """What was done, and what the numbers do meanwhile."""

    step = page_name = "action"

    def declare(self) -> tuple[Field, ...]:
        """How far each action is, the log, and the experiments."""
        return (
            Rows(
                name="progress",
                label="Actions",
                row=Progress,
                columns=_PROGRESS,
                shown=("status", "started", "finished", "evidence"),
                keyed=actions,
                late=late_action,
                finish=finish_action,
                nothing="step 4 has no action yet",
            ),
            Rows(
                name="log",
                row=LogEntry,
                columns=(Day(name="on"), Choice(name="kind", options=KINDS), Prose(name="text")),
                shown=("on", "kind", "text"),
            ),
            Rows(
                name="experiments",
                row=Experiment,
                columns=_EXPERIMENT,
                shown=("prediction", "result", "decision"),
            ),
        )
