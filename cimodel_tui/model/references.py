"""References between the rows of an iteration, and their removal together with the rows that they name."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from cimodel_tui.model.action import Acting
from cimodel_tui.model.answer import Row
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import Momentum
from cimodel_tui.model.plan import Plan
from cimodel_tui.model.target import Target


def referable_rows(iteration: Iteration) -> frozenset[str]:
    """Return the ids of the rows that others refer to: metrics, causes and actions."""
    return frozenset(
        row.id for row in (*iteration.baseline.metrics, *iteration.baseline.causes, *iteration.plan.actions)
    )


def references(iteration: Iteration) -> Iterator[str]:
    """Yield every id by which something in an iteration refers to a metric, a cause or an action."""
    plan, momentum = iteration.plan, iteration.momentum
    about: tuple[Iterable[Row], ...] = (
        iteration.target.targets,
        iteration.target.limits,
        iteration.action.progress,
        momentum.carried,
    )
    yield from (row.id for rows in about for row in rows)
    for action in plan.actions:
        yield from filter(None, (action.cause, *action.depends_on))
    named = [plan.hypothesis_metric, momentum.relapse_metric]
    named += [row.metric for row in plan.measurement_plan]
    named += [row.metric for row in momentum.sustain_checks]
    yield from filter(None, named)


def loose_ends(improvement: Improvement, passes: Collection[Iteration]) -> frozenset[str]:
    """Return the ids that an improvement and its iterations refer to, and that none of them holds."""
    known = {each for iteration in passes for each in referable_rows(iteration)}
    about = {each for iteration in passes for each in references(iteration)}
    return frozenset((about | improvement.readings.keys()) - known)


def without_loose_ends(before: Iteration, after: Iteration) -> Iteration:
    """Return an iteration without what referred to the rows that were taken out of it."""
    gone = referable_rows(before) - referable_rows(after)
    if not gone:
        return after
    return replace(
        after,
        target=_target(after.target, gone),
        plan=_plan(after.plan, gone),
        action=_acting(after.action, gone),
        momentum=_momentum(after.momentum, gone),
    )


def _target(part: Target, gone: Collection[str]) -> Target:
    targets = tuple(row for row in part.targets if row.id not in gone)
    return replace(part, targets=targets, limits=tuple(row for row in part.limits if row.id not in gone))


def _plan(part: Plan, gone: Collection[str]) -> Plan:
    return replace(
        part,
        actions=tuple(
            replace(
                row,
                cause=_unless_gone(row.cause, gone),
                depends_on=tuple(each for each in row.depends_on if each not in gone),
            )
            for row in part.actions
        ),
        measurement_plan=tuple(row for row in part.measurement_plan if row.metric not in gone),
        hypothesis_metric=_unless_gone(part.hypothesis_metric, gone),
    )


def _acting(part: Acting, gone: Collection[str]) -> Acting:
    return replace(part, progress=tuple(row for row in part.progress if row.id not in gone))


def _momentum(part: Momentum, gone: Collection[str]) -> Momentum:
    checks = (replace(row, metric=_unless_gone(row.metric, gone)) for row in part.sustain_checks)
    return replace(
        part,
        carried=tuple(row for row in part.carried if row.id not in gone),
        sustain_checks=tuple(checks),
        relapse_metric=_unless_gone(part.relapse_metric, gone),
    )


def _unless_gone(metric: str, gone: Collection[str]) -> str:
    return "" if metric in gone else metric


def with_readings_of(improvement: Improvement, metrics: Collection[str]) -> Improvement:
    """Return an improvement with the readings of these metrics alone."""
    remaining = {metric: days for metric, days in improvement.readings.items() if metric in metrics}
    return improvement if len(remaining) == len(improvement.readings) else replace(improvement, readings=remaining)
