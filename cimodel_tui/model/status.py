"""The status of an improvement, derived from its contents and never typed."""

from collections.abc import Sequence
from datetime import date

from cimodel_tui.model.action import ENDED, Progress
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.check import GO_ON, STOP
from cimodel_tui.model.completeness import asks_still_true, complete
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, opening_day, result_from
from cimodel_tui.model.momentum import NONE
from cimodel_tui.model.plan import Plan
from cimodel_tui.model.target import Target
from cimodel_tui.model.vision import Vision

CLOSED = "closed"

STATUSES = (
    "idea",
    "assessing",
    "approved",
    "in progress",
    "verifying",
    "embedding",
    CLOSED,
    "on hold",
    "withdrawn",
)
"""Every status, in the order in which an improvement usually passes through them."""

BEFORE_PROGRESS = STATUSES[:3]
"""The statuses in which an entry can grow stale."""


def status(improvement: Improvement, latest: Iteration, today: date, earlier: Sequence[Iteration] = ()) -> str:
    """Return the status: the first that holds, from the latest iteration.

    The iterations before it count for one thing only: nothing is closed while one of their sustain checks is open.
    """
    if improvement.is_set_aside:
        return improvement.standing
    if is_imported(improvement, latest):
        return improvement.imported_status
    if is_closed(improvement, latest, earlier):
        return CLOSED
    check = latest.check
    if check.verified and (check.decision == GO_ON or (check.decision == STOP and sustaining(latest, earlier))):
        return "embedding"
    return _under_way(latest, today) or ("assessing" if _has_answers(latest) else "idea")


def sustaining(latest: Iteration, earlier: Sequence[Iteration] = ()) -> bool:
    """Return whether a sustain check of any iteration is still to be recorded or waived."""
    return any(row.open for each in (*earlier, latest) for row in each.momentum.sustain_checks)


def is_closed(improvement: Improvement, latest: Iteration, earlier: Sequence[Iteration] = ()) -> bool:
    """Return whether nothing is left to do: no sustain check open, no next iteration; or stopped with lessons noted."""
    if sustaining(latest, earlier):
        return False
    if latest.check.decision == STOP:
        return bool(latest.check.lessons)
    decided = latest.check.verified and latest.check.decision == GO_ON and latest.momentum.next == NONE
    return decided and complete(improvement, latest, "momentum")


def _under_way(latest: Iteration, today: date) -> str:
    actions = latest.plan.actions
    own = [row for row in map(latest.progress, (action.id for action in actions)) if not _is_inherited(latest, row)]
    ended = bool(own) and all(row.status in ENDED for row in own)
    counts_from = result_from(latest) if actions or as_day(latest.plan.result_from) else None
    if ended or (counts_from is not None and counts_from <= today):
        return "verifying"
    if any(row.status in ("doing", "done", "blocked") or row.started for row in own if not _began_before(latest, row)):
        return "in progress"
    return "approved" if _go_ahead(latest) else ""


def _is_inherited(latest: Iteration, row: Progress) -> bool:
    """Return whether an action was done before this iteration was opened."""
    opened, finished = opening_day(latest), as_day(row.finished)
    return row.status == "done" and opened is not None and finished is not None and finished < opened


def _began_before(latest: Iteration, row: Progress) -> bool:
    opened, started = opening_day(latest), as_day(row.started)
    ended = row.status in ENDED
    return opened is not None and started is not None and started < opened and not ended


def _go_ahead(latest: Iteration) -> bool:
    """Return whether the plan has its go-ahead; that of an earlier iteration holds once its plan was reviewed again."""
    plan = latest.plan
    looked_at = bool(plan.still_true) or not asks_still_true(latest, "plan")
    return bool(plan.go_ahead_by.strip() and plan.go_ahead_on.strip()) and looked_at


def is_imported(improvement: Improvement, latest: Iteration) -> bool:
    """Return whether what another register said of it still holds: nothing but what came along stands in its steps."""
    if improvement.imported_status not in (CLOSED, "in progress") or latest.number > 1:
        return False
    metrics = tuple(Metric(id=each.id, name=each.name, role=each.role) for each in latest.baseline.metrics)
    came_along = (Vision(value=latest.vision.value), Baseline(metrics=metrics), Target(), Plan())
    return (latest.vision, latest.baseline, latest.target, latest.plan) == came_along


def _has_answers(latest: Iteration) -> bool:
    return (latest.vision, latest.baseline, latest.target, latest.plan) != (Vision(), Baseline(), Target(), Plan())


def is_stale(improvement: Improvement, latest: Iteration, today: date) -> bool:
    """Return whether the day to review it has passed while nothing was begun."""
    review = as_day(improvement.review_on)
    return review is not None and review < today and status(improvement, latest, today) in BEFORE_PROGRESS
