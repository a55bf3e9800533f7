"""What the tables of a step can refer to, by id and name, and which of their rows are late."""

from datetime import date

from cimodel_tui.model.action import ENDED
from cimodel_tui.model.answer import Row, row_of
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import SustainCheck
from cimodel_tui.model.plan import Action, Checkpoint
from cimodel_tui.widgets.choosing import Options


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


def late_action(iteration: Iteration, row: Row, today: date) -> bool:
    """Tell whether an action, in the plan or in its progress, is past its day and not done."""
    action = row_of(iteration.plan.actions, row.id)
    due = as_day(action.due) if isinstance(action, Action) else None
    return due is not None and due < today and iteration.progress(row.id).status not in ENDED


def late_checkpoint(_iteration: Iteration, row: Row, today: date) -> bool:
    """Tell whether a checkpoint has passed without an answer."""
    day = as_day(row.on) if isinstance(row, Checkpoint) else None
    return isinstance(row, Checkpoint) and day is not None and day < today and not row.answer.strip()


def late_sustain_check(_iteration: Iteration, row: Row, today: date) -> bool:
    """Tell whether a sustain check is past its day and still owed."""
    day = as_day(row.due) if isinstance(row, SustainCheck) else None
    return isinstance(row, SustainCheck) and row.open and day is not None and day < today
