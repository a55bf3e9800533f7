"""An iteration: one pass of an improvement through the seven steps, its stretches of days, and references in it.

Readings belong to the improvement; an iteration holds days only. What lies between baseline and result is "during".
References between the rows of an iteration are removed together with the rows that they name.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date, timedelta

from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.answer import Part, Row
from cimodel_tui.model.baseline import Baseline, period_end
from cimodel_tui.model.check import Check
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement, Reading, Title
from cimodel_tui.model.momentum import Momentum
from cimodel_tui.model.plan import Plan
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.model.target import Target
from cimodel_tui.model.vision import Vision
from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement(Row):
    """A finding of the coach that was answered."""

    rule: str
    """Id of the rule."""
    step: str
    """Key of the step, or `register`."""
    field: str = ""
    """Name of the field."""
    row: str = ""
    """Id of the row."""
    fingerprint: str = ""
    """Fingerprint of the inputs of the rule; the acknowledgement is valid while that is the same."""
    reason: str = ""
    """Why the warning does not apply."""
    by: str = ""
    """Who answered."""
    on: str = ""
    """The day of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Iteration(Row):
    """One pass through the seven steps."""

    improvement: str
    """Id of the improvement."""
    number: int = 1
    """Which iteration it is, from 1."""
    parent: str = ""
    """Id of the iteration before; empty for the first."""
    entered_at: str = "vision"
    """Key of the step at which it began."""
    reason: str = ""
    """Why it was opened there."""
    opened_on: str = ""
    """The day on which it was opened."""
    opened_by: str = ""
    """Who opened it."""
    vision: Vision = field(default_factory=Vision)
    """Step 1."""
    baseline: Baseline = field(default_factory=Baseline)
    """Step 2."""
    target: Target = field(default_factory=Target)
    """Step 3."""
    plan: Plan = field(default_factory=Plan)
    """Step 4."""
    action: Acting = field(default_factory=Acting)
    """Step 5."""
    check: Check = field(default_factory=Check)
    """Step 6."""
    momentum: Momentum = field(default_factory=Momentum)
    """Step 7."""
    acknowledged: tuple[Acknowledgement, ...] = ()
    """Warnings of the coach that were answered."""

    @property
    def entry(self) -> str:
        """The key of the step at which it began; what names no step is read as the first one."""
        return self.entered_at if self.entered_at in STEP_KEYS else STEP_KEYS[0]

    def part(self, step: str) -> Part:
        """Return the part of this step; raises AttributeError for an unknown key."""
        found: Part = getattr(self, step)
        return found

    def progress(self, action_id: str) -> Progress:
        """Return the progress of an action; one without any is still to do."""
        known = (row for row in self.action.progress if row.id == action_id)
        return next(known, Progress(id=action_id, status="to do"))


@dataclass(frozen=True, slots=True)
class Documents:
    """All that a workbook holds, decoded on first access."""

    title: Title
    """The workbook's own document."""
    improvements: Mapping[str, Improvement]
    """By id."""
    iterations: Mapping[str, Iteration]
    """By id."""
    lineage: Mapping[str, tuple[str, ...]]
    """The ids of an improvement's iterations, in their order."""
    register: tuple[str, ...]
    """The ids of the improvements in the order of their refs."""
    archived: frozenset[str]
    """Those of them that are out of sight."""


_SECOND_DAY = date.min + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days, both ends included; an open end reaches as far as there are readings."""

    first: date | None = None
    """Its first day."""
    last: date | None = None
    """Its last day."""

    def holds(self, day: date) -> bool:
        """Return whether a day lies in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def covers(self, day: date, frequency: str) -> bool:
        """Return whether a reading lies in it with all of the period that it covers."""
        return self.holds(day) and (self.last is None or period_end(day, frequency) <= self.last)


def readings_in(improvement: Improvement, metric: str, stretch: Stretch) -> Iterator[tuple[date, Reading]]:
    """Yield day and reading of a metric within a stretch in date order, those that are set aside included."""
    for text, reading in sorted(improvement.readings.get(metric, {}).items()):
        day = as_day(text)
        if day and stretch.holds(day):
            yield day, reading


def opening_day(iteration: Iteration) -> date | None:
    """Return the day on which a later iteration was opened; none for the first, to which everything before belongs."""
    return as_day(iteration.opened_on) if iteration.number > 1 else None


def first_start(iteration: Iteration) -> date | None:
    """Return the day on which the first action began or is to begin, or None where no day is known.

    What an earlier iteration began is part of where a later one starts.
    """
    days = [as_day(row.started) for row in iteration.action.progress]
    days += [as_day(row.start) for row in iteration.plan.actions]
    opened = opening_day(iteration)
    return min((day for day in days if day and (opened is None or day >= opened)), default=None)


def result_from(iteration: Iteration) -> date | None:
    """Return the first day of the result: the one given, else the day after the last action is due.

    None where that is not known; the days of actions that were due before a later one was opened say nothing of it.
    """
    given = as_day(iteration.plan.result_from)
    if given:
        return given
    dropped = {row.id for row in iteration.action.progress if row.status == "dropped"}
    due = [as_day(row.due) for row in iteration.plan.actions if row.id not in dropped]
    last = max((day for day in due if day), default=None)
    opened = opening_day(iteration)
    if last is None or last == date.max or (opened is not None and last < opened):
        return None
    return last + timedelta(days=1)


def baseline_stretch(iteration: Iteration) -> Stretch:
    """Return the baseline's days. Where no last day can be read they end before the first action and the result."""
    first, last = as_day(iteration.baseline.first_on), as_day(iteration.baseline.last_on)
    if last is None:
        ends = [day for day in (first_start(iteration), result_from(iteration)) if day]
        last = max(min(ends), _SECOND_DAY) - timedelta(days=1) if ends else None
    return Stretch(first, last)


def result_stretch(iteration: Iteration) -> Stretch | None:
    """Return the result's days; none while it is not known from when the result counts.

    A result never reaches into the baseline: it begins after the baseline's last day at the earliest.
    """
    first, last = result_from(iteration), baseline_stretch(iteration).last
    if first is None or last == date.max:
        return None
    if last is not None and first <= last:
        first = last + timedelta(days=1)
    return Stretch(first, as_day(iteration.check.counts_to))


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


def loose_ends(improvement: Improvement, iterations: Collection[Iteration]) -> frozenset[str]:
    """Return the ids that an improvement and its iterations refer to, and that none of them holds."""
    known = {each for iteration in iterations for each in referable_rows(iteration)}
    about = {each for iteration in iterations for each in references(iteration)}
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
