"""Rules of step 4 about outcomes: a hypothesis names one that is measured, an action names none."""

from collections.abc import Iterator

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.language import is_foreign
from cimodel_tui.coach.metric_name import names_metric
from cimodel_tui.coach.outcome_shape import reads_like_outcome
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import short


def hypothesis_without_metric(situation: Situation) -> Iterator[Finding]:
    """P2: a hypothesis says which number moves, and why."""
    part, metrics = situation.iteration.plan, situation.iteration.baseline.metrics
    told = f"{part.hypothesis_if}\n{part.hypothesis_then}\n{part.hypothesis_because}"
    bound = any(metric.id == part.hypothesis_metric for metric in metrics)
    if not told.strip() or bound or is_foreign(told):
        return
    if not names_metric(part.hypothesis_then, told, tuple(metric.name for metric in metrics)):
        yield Finding(
            "P2",
            situation.place("plan", "hypothesis_then"),
            "Which number moves, and why? A hypothesis that names none of the metrics can be neither confirmed nor "
            "refuted.",
            told,
            Remedy("Choose the metric", RemedyKind.OPEN, situation.place("plan", "hypothesis_metric")),
        )


def outcome_as_action(situation: Situation) -> Iterator[Finding]:
    """P6: an action is done, an outcome follows from it."""
    names = tuple(metric.name for metric in situation.iteration.baseline.metrics)
    for row in situation.iteration.plan.actions:
        if reads_like_outcome(row.what, names):
            place = situation.place("plan", "actions", row.id, "what")
            yield Finding(
                "P6",
                place,
                f'"{short(row.what)}" reads like an outcome, which is what the target of step 3 is for. What is done '
                "on Monday, and by whom, so that it comes about?",
                row.what,
                Remedy("Open the action", RemedyKind.OPEN, place),
            )


RULES: tuple[Rule, ...] = (hypothesis_without_metric, outcome_as_action)
"""The rules of step 4 about outcomes."""
