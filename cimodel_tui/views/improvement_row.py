"""One improvement in one row, as the register, the portfolio and the shell show it.

The row shows one metric: the first outcome metric with a target, else the first outcome metric, else the first one.
What counts is the latest iteration; where that has no result yet, the last verified result stays beside it.
"""

from collections.abc import Sequence

from cimodel_tui.measurement.figures import figure, with_unit
from cimodel_tui.measurement.readings import as_float
from cimodel_tui.model.check import closes_as, final_verdict
from cimodel_tui.model.completeness import complete, current_step
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, baseline_stretch, result_stretch
from cimodel_tui.model.step import STEPS, step_of
from cimodel_tui.record import dataclass
from cimodel_tui.views.due import Due, due_of
from cimodel_tui.views.measurements import MetricComparison, bound_words, compare_metric, from_to_words
from cimodel_tui.views.status import next_of, state_of, status_of
from cimodel_tui.workbook.measure import MeasuredIteration, MeasuredMetric, measure
from cimodel_tui.workbook.question import figures
from cimodel_tui.workbook.workbook import Workbook

DONE, CURRENT, OPEN = "done", "current", "open"
"""How far a step is: complete; the one to work on; not there yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The readings of one metric in date order, as a sparkline draws them."""

    values: tuple[float, ...] = ()
    """The readings that count, in the metric's unit."""
    baseline: int = 0
    """How many of them, from the first on, lie in or before the baseline; these are drawn dimmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementRow:
    """One improvement in one row; texts are as they were typed, empty where there is nothing."""

    workbook: str
    """Title of the workbook."""
    file: str
    """Path of the workbook's file, as it was given."""
    id: str
    """Id of the improvement."""
    ref: str
    """Its number for people."""
    title: str
    """What gets better."""
    owner: str
    """Who answers for it."""
    service: str
    """The service that gets better."""
    state: str
    """The derived status alone, one of STATUSES."""
    status: str
    """The status in words, with how it closed and whether it is stale or has relapsed."""
    progress: tuple[str, ...]
    """For each of the seven steps DONE, CURRENT or OPEN."""
    step: str
    """The current step, number and name."""
    iteration: int
    """Number of the latest iteration."""
    metric: str
    """The metric that the row speaks of."""
    series: Series
    """Its readings."""
    baseline: str
    """Mean of the baseline with its unit."""
    now: str
    """What was achieved, before the check the latest reading, with its unit."""
    target: str
    """The target in words with its unit."""
    better: str
    """Which side of the target is the better one."""
    met: bool | None
    """Whether the target is met; None if that is not known yet."""
    verdict: str
    """The word of the latest verified check, empty before there is one."""
    verified: int
    """Number of the iteration of that check; 0 before there is one."""
    closes_as: str
    """How that check closes: achieved, partly, not achieved, not verified."""
    next: str
    """The next useful thing."""
    due: tuple[Due, ...]
    """What is overdue or due soon, the most overdue first."""
    spent: str
    """Cost so far, as typed, of the latest iteration that has one."""
    gained: str
    """Benefit so far, as typed, of the latest iteration that has one."""

    @property
    def late(self) -> int:
        """How many things are overdue."""
        return sum(each.days < 0 for each in self.due)

    @property
    def change(self) -> str:
        """From baseline to now: `6.9 → 4.7 h`; the baseline alone before there is more, empty without one."""
        return " → ".join(part for part in (_without_unit(self.baseline, self.now), self.now or self.baseline) if part)

    @property
    def from_to(self) -> str:
        """The change with the target: `6.9 → 4.7 h, target 5.0 h`; empty without a baseline."""
        return ", ".join(part for part in (self.change, f"target {self.target}" if self.target else "") if part)

    @property
    def change_words(self) -> str:
        """The same in words: `from 6.9 to 4.7 h, target at most 5.0: met`; as far as there is more than a baseline."""
        words = from_to_words(self.baseline, self.now, self.target, self.better, met=self.met)
        goal = f"target {bound_words(self.target, self.better)}" if self.target else ""
        return words or ", ".join(part for part in (self.now or self.baseline, goal) if part)


def _without_unit(first: str, second: str) -> str:
    """Return the first of two values without the unit that both have; empty where there is only one value."""
    if not (first and second):
        return ""
    number, _, unit = first.partition(" ")
    return number if unit and second.endswith(f" {unit}") else first


def improvement_row(book: Workbook, entry: Improvement) -> ImprovementRow:
    """Return the row of an improvement as of the workbook's day."""
    latest, iterations = book.latest(entry.id), book.iterations(entry.id)
    measured = measure(entry, latest, book.clock.today())
    one = _lead_metric(measured)
    found = compare_metric(one) if one else None
    verified = next((each for each in reversed(iterations) if each.check.verified), None)
    return ImprovementRow(
        workbook=book.title,
        file=str(book.store.path),
        id=entry.id,
        ref=entry.ref,
        title=entry.title,
        owner=entry.owner,
        service=entry.service,
        state=state_of(book, entry),
        status=status_of(book, entry),
        progress=_progress(entry, latest),
        step=step_of(current_step(entry, latest)).heading,
        iteration=latest.number,
        metric=one.display_name if one else "",
        series=_series(entry, latest, one),
        baseline=found.baseline_words if found else "",
        now=_current_value(entry, latest, one, found),
        target=found.goal if found else "",
        better=found.better if found else "",
        met=found.met if found else None,
        verdict=final_verdict(verified.check) if verified else "",
        verified=verified.number if verified else 0,
        closes_as=closes_as(verified.check) if verified else "",
        next=next_of(book, entry),
        due=due_of(book, entry),
        spent=_latest_text([each.check.cost_so_far for each in iterations]),
        gained=_latest_text([each.check.benefit_so_far for each in iterations]),
    )


def _lead_metric(measured: MeasuredIteration) -> MeasuredMetric | None:
    outcomes = [one for one in measured.metrics if one.metric.is_outcome]
    promised = [one for one in outcomes if one.promise and one.case.question.aim]
    return next(iter([*promised, *outcomes, *measured.metrics]), None)


def _progress(entry: Improvement, iteration: Iteration) -> tuple[str, ...]:
    current = current_step(entry, iteration)
    return tuple(
        CURRENT if each.key == current else DONE if complete(entry, iteration, each.key) else OPEN for each in STEPS
    )


def _series(entry: Improvement, iteration: Iteration, one: MeasuredMetric | None) -> Series:
    if one is None:
        return Series()
    last = baseline_stretch(iteration).last
    counted = figures(entry, one.metric)
    values = tuple(as_float(value) or 0.0 for _, value in counted)
    return Series(values=values, baseline=sum(last is not None and day <= last for day, _ in counted))


def _current_value(
    entry: Improvement, iteration: Iteration, one: MeasuredMetric | None, found: MetricComparison | None
) -> str:
    """Return what was achieved; before there is a result, the latest reading after the baseline."""
    if one is None or found is None:
        return ""
    if found.achieved_words and result_stretch(iteration):
        return found.achieved_words
    last = baseline_stretch(iteration).last
    later = [value for day, value in figures(entry, one.metric) if last and day > last]
    return with_unit(figure(one.case, later[-1]), one.unit) if later else ""


def _latest_text(texts: Sequence[str]) -> str:
    return next((text.strip() for text in reversed(texts) if text.strip()), "")
