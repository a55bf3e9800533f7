"""What a field can refer to: metrics, causes, actions and options of the same iteration, by id and name."""

from cimodel_tui.forms.choices import Options
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration


def metrics(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return every metric."""
    return tuple((row.id, row.name or "(no name)") for row in iteration.baseline.metrics)


def outcome_metrics(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the metrics at which the verdict looks."""
    return tuple((row.id, _with_unit(row.name, row.unit)) for row in iteration.baseline.metrics if row.is_outcome)


def balancing_metrics(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the metrics that must not get worse."""
    rows = (row for row in iteration.baseline.metrics if row.role == "balancing")
    return tuple((row.id, _with_unit(row.name, row.unit)) for row in rows)


def _with_unit(name: str, unit: str) -> str:
    return f"{name or '(no name)'} ({unit})" if unit else name or "(no name)"


def causes(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the causes of step 2."""
    return tuple((row.id, row.cause) for row in iteration.baseline.causes)


def actions(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the actions of step 4."""
    return tuple((row.id, row.what or "(no name)") for row in iteration.plan.actions)


def open_actions(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the actions that are neither done nor dropped."""
    rows = (row for row in iteration.plan.actions if iteration.progress(row.id).status not in ENDED)
    return tuple((row.id, row.what or "(no name)") for row in rows)
