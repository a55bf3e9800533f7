"""Where an improvement stands. The status is derived from what is there and never typed."""

from datetime import date

from cimodel_tui.model.action import ENDED
from cimodel_tui.model.baseline import Baseline
from cimodel_tui.model.check import GO_ON, STOP
from cimodel_tui.model.completeness import complete
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import NONE
from cimodel_tui.model.plan import Plan
from cimodel_tui.model.stretch import result_from
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


def status(improvement: Improvement, latest: Iteration, today: date) -> str:
    """Return the status: the first that holds, from the latest iteration."""
    if improvement.standing:
        return improvement.standing
    if is_closed(improvement, latest):
        return CLOSED
    if latest.check.verified and latest.check.decision == GO_ON:
        return "embedding"
    return _under_way(latest, today) or ("assessing" if _touched(latest) else "idea")


def is_closed(improvement: Improvement, latest: Iteration) -> bool:
    """Tell whether nothing is left to do: no sustain check open, no next iteration; or stopped with lessons noted."""
    if latest.check.decision == STOP:
        return bool(latest.check.lessons)
    sustained = not any(row.open for row in latest.momentum.sustain_checks)
    decided = latest.check.verified and latest.check.decision == GO_ON and latest.momentum.next == NONE
    return decided and sustained and complete(improvement, latest, "momentum")


def _under_way(latest: Iteration, today: date) -> str:
    actions = latest.plan.actions
    progress = [latest.progress(action.id) for action in actions]
    ended = bool(actions) and all(row.status in ENDED for row in progress)
    counts_from = result_from(latest) if actions or as_day(latest.plan.result_from) else None
    if ended or (counts_from is not None and counts_from <= today):
        return "verifying"
    if any(row.status in ("doing", "done", "blocked") or row.started for row in progress):
        return "in progress"
    return "approved" if latest.plan.go_ahead_by.strip() and latest.plan.go_ahead_on.strip() else ""


def _touched(latest: Iteration) -> bool:
    return (latest.vision, latest.baseline, latest.target, latest.plan) != (Vision(), Baseline(), Target(), Plan())


def is_stale(improvement: Improvement, latest: Iteration, today: date) -> bool:
    """Tell whether the day to review it has passed while nothing was begun."""
    review = as_day(improvement.review_on)
    return review is not None and review < today and status(improvement, latest, today) in BEFORE_PROGRESS
