"""The model as a loop: going back to a named step, and the last step that starts the next iteration."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from cimodel_tui.model.action import ENDED, Acting
from cimodel_tui.model.baseline import Baseline
from cimodel_tui.model.check import Check
from cimodel_tui.model.day import as_day
from cimodel_tui.model.iteration import Iteration, result_stretch
from cimodel_tui.model.momentum import CARRY, Momentum, SustainCheck
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.model.target import Promise, Target
from cimodel_tui.record import dataclass, with_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Who opens an iteration, when, and under which id."""

    id: str
    """Id of the new iteration."""
    by: str
    """Who opens it."""
    on: date
    """The day."""


def revisit(closed: Iteration, opening: Opening, step: str, reason: str, *, trusted: bool = True) -> Iteration:
    """Return the iteration that begins at an earlier step of this one.

    Parts before that step are inherited as they stand, seals included; that step and the later ones are copied and ask
    whether they are still true; of a plan that is copied the open actions. Check and momentum are new: one iteration
    has one check, and a result of its own. Entered at step 2 the baseline is new: the result stretch of the closed
    iteration, or where its number is not `trusted` what is read from now on.
    """
    child = replace(
        closed,
        id=opening.id,
        number=closed.number + 1,
        parent=closed.id,
        entered_at=step,
        reason=reason,
        opened_on=opening.on.isoformat(),
        opened_by=opening.by,
        check=Check(),
        momentum=Momentum(),
        plan=replace(closed.plan, result_from="", amendments=()),
    )
    if step != "action":
        child = replace(child, plan=_open_plan(child), action=_open_progress(child))
    for key in STEP_KEYS[STEP_KEYS.index(step) : STEP_KEYS.index("check")]:
        child = with_values(child, {key: replace(child.part(key), still_true="", what_changed="")})
    if step == "baseline":
        child = replace(child, baseline=_new_baseline(closed, closed.baseline))
        if not trusted:
            child = replace(child, baseline=replace(child.baseline, first_on=child.opened_on, last_on=""))
    return child


def next_pass(closed: Iteration, opening: Opening) -> Iteration:
    """Return the next iteration: vision and metrics copied, the achieved stretch as baseline, open actions carried."""
    action_ids = {row.id for row in closed.momentum.carried if row.decision == CARRY[0]}
    still_open = {row.id for row in closed.plan.actions if closed.progress(row.id).status not in ENDED}
    actions = _only(closed.plan.actions, action_ids & still_open, causes=frozenset())
    return Iteration(
        id=opening.id,
        improvement=closed.improvement,
        number=closed.number + 1,
        parent=closed.id,
        entered_at="vision",
        reason="",
        opened_on=opening.on.isoformat(),
        opened_by=opening.by,
        vision=replace(closed.vision, still_true="", what_changed=""),
        baseline=_new_baseline(closed, Baseline(metrics=closed.baseline.metrics)),
        target=Target(limits=closed.target.limits, targets=_aims(closed)),
        plan=Plan(actions=actions),
    )


def _aims(closed: Iteration) -> tuple[Promise, ...]:
    """Targets are promised again in every iteration; only the end of the whole way goes with them."""
    rows = closed.target.targets
    return tuple(Promise(id=row.id, end_of_way=row.end_of_way) for row in rows if row.end_of_way.strip())


def reopening(closed: Iteration, opening: Opening, reason: str) -> Iteration:
    """Return the iteration that follows a relapse: entered at step 2, everything copied, its baseline still to be read.

    The baseline begins on the day after the verified result, or today where that is not known.
    """
    child = revisit(closed, opening, "baseline", reason, trusted=False)
    last = as_day(closed.check.counts_to)
    first = last + timedelta(days=1) if last and last < date.max else None
    return replace(child, baseline=replace(child.baseline, first_on=first.isoformat() if first else child.opened_on))


def _new_baseline(closed: Iteration, part: Baseline) -> Baseline:
    stretch = result_stretch(closed)
    first, last = (stretch.first, stretch.last) if stretch and stretch.last else (None, None)
    return replace(
        part,
        first_on=first.isoformat() if first else "",
        last_on=last.isoformat() if last else "",
        agreed_by="",
        agreed_on="",
        seal=None,
        amendments=(),
        still_true="",
        what_changed="",
    )


def _open_plan(closed: Iteration) -> Plan:
    open_ids = {row.id for row in closed.plan.actions if closed.progress(row.id).status not in ENDED}
    causes = frozenset(row.id for row in closed.baseline.causes)
    return replace(closed.plan, actions=_only(closed.plan.actions, open_ids, causes))


def _only(actions: tuple[Action, ...], action_ids: Collection[str], causes: Collection[str]) -> tuple[Action, ...]:
    """Return these actions without what they refer to in the iteration before and nowhere else."""
    return tuple(
        replace(
            row,
            cause=row.cause if row.cause in causes else "",
            depends_on=tuple(each for each in row.depends_on if each in action_ids),
        )
        for row in actions
        if row.id in action_ids
    )


def _open_progress(closed: Iteration) -> Acting:
    return Acting(progress=tuple(row for row in closed.action.progress if row.status not in ENDED))


def with_checks_handed_over(closed: Iteration, child: Iteration) -> Iteration:
    """Return the iteration with its open sustain checks handed to the next one that watches the same metric."""
    watched = {metric.id for metric in child.baseline.metrics}

    def hand_over(check: SustainCheck) -> SustainCheck:
        return replace(check, taken_over_by=child.id) if check.open and check.metric in watched else check

    checks = tuple(hand_over(check) for check in closed.momentum.sustain_checks)
    return replace(closed, momentum=replace(closed.momentum, sustain_checks=checks))
