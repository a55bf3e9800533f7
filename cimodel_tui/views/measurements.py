"""The metrics of an iteration side by side: baseline, target and achieved value.

They are those recorded when the check was verified, before that those computed now. `metric_cells` and
`target_cells` are the figures beside the rows of steps 2 and 3; `readings_of` lists the readings for reports.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from cimodel_tui.charts import Cells, Role, RunChart, cell_width, fit
from cimodel_tui.measurement import Point, change_words, clip_limits, figure, percent_words
from cimodel_tui.measurement.figures import DAYS_BETWEEN, decimals, stretch_words, with_unit
from cimodel_tui.measurement.figures import decimals as decimals_for
from cimodel_tui.model.answer import Json
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, Stretch, readings_in
from cimodel_tui.model.number import show_number
from cimodel_tui.record import dataclass
from cimodel_tui.views.metrics import caveats
from cimodel_tui.views.pictures import run_chart, sparkline_of
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.measure import MeasuredMetric, measure
from cimodel_tui.workbook.workbook import Workbook

WIDTH = 72
"""Cells of the table unless there are more, which fits the form of a step at 80 columns."""

_HEAD = ("", "baseline", "target", "achieved", "change", "closed", "met")
_PERCENTAGE_POINTS = (" percentage points", " pp")
_DAYS = (f" {DAYS_BETWEEN}", " d")
SHARE = "share"
"""The kind of metric whose readings are counts of a total."""
_MET = {True: "✓ yes", False: "✗ no", None: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricComparison:
    """One metric, from baseline to target to achieved."""

    name: str
    """What it is called."""
    role: str
    """Outcome, process or balancing."""
    unit: str
    """Its unit."""
    better: str
    """Which side is the better one."""
    baseline: float | None
    """Mean of the baseline."""
    baseline_words: str
    """The same with its unit."""
    baseline_readings: str
    """How many readings, from when to when."""
    goal: str
    """Its target or limit in words, empty where it has none."""
    by: str
    """The day of its target."""
    achieved: float | None
    """What the success rule looks at."""
    achieved_words: str
    """The same with its unit."""
    achieved_readings: str
    """How many readings, from when to when."""
    change: str
    """The change, with its sign."""
    gap_closed: float | None
    """The share of the gap that was closed: 1.16 is 116 %."""
    gap_words: str
    """The same in per cent."""
    met: bool | None
    """Whether target or limit was met; None if that is not known."""
    word: str
    """Its verdict."""
    sentence: str
    """All of it in one sentence."""
    outlook: str
    """Whether single readings will keep meeting the target."""
    caveats: tuple[str, ...]
    """What limits the trust in it."""

    @property
    def bound(self) -> str:
        """Target or limit with the side on which it is met: `at most 5.0 h`."""
        return bound_words(self.goal, self.better)

    @property
    def from_to(self) -> str:
        """From baseline to achieved, and the target: `from 6.9 to 4.7 h, target at most 5.0: met`; empty before."""
        return from_to_words(self.baseline_words, self.achieved_words, self.goal, self.better, met=self.met)


_BOUNDS = {"lower": "at most ", "higher": "at least "}


def bound_words(goal: str, better: str) -> str:
    """Return a target with the side on which it is met; a range, and the best value itself, have none."""
    return f"{_BOUNDS.get(better, '')}{goal}" if goal else ""


def from_to_words(before: str, after: str, goal: str, better: str, *, met: bool | None) -> str:
    """Return two figures and a target in words, the unit once; empty where one of the two figures is missing."""
    if not before or not after:
        return ""
    unit = after.partition(" ")[2]
    words = f"from {_strip_unit(before, unit)} to {after}"
    if not goal:
        return words
    ending = "" if met is None else ": met" if met else ": not met"
    return f"{words}, target {bound_words(_strip_unit(goal, unit), better)}{ending}"


def _strip_unit(figure_words: str, unit: str) -> str:
    return figure_words.removesuffix(f" {unit}") if unit else figure_words


def compare_metric(one: MeasuredMetric, *, small: bool = False) -> MetricComparison:
    """Return the comparison of one metric; for a small improvement without caveats."""
    case, metric = one.case, one.metric
    aim = case.question.aim
    baseline, achieved = _number(one.record, "baseline", "mean"), _number(one.record, "achieved")
    gap = _number(one.record, "gap_closed")
    balanced = one.record.get("balance")
    return MetricComparison(
        name=one.display_name,
        role=metric.role or "outcome",
        unit=one.unit,
        better=one.side,
        baseline=baseline,
        baseline_words=_words(one, baseline),
        baseline_readings=_readings(case.question.baseline, metric),
        goal=with_unit(aim.words(), one.unit) if aim else "",
        by=one.promise.by if one.promise else "",
        achieved=achieved,
        achieved_words=_words(one, achieved),
        achieved_readings=_readings(case.question.after, metric),
        change=change_words(case) if achieved is not None else "",
        gap_closed=gap,
        gap_words=percent_words(case.gap_closed) if gap is not None and case.gap_closed is not None else "",
        met=_met(one, balanced),
        word=one.word if aim or one.case.question.after else "",
        sentence=one.sentence if case.question.baseline or aim else "",
        outlook=one.stored_sentence("outlook") if case.question.after else "",
        caveats=() if small else caveats(one),
    )


def _readings(points: Sequence[Point], metric: Metric) -> str:
    """Return how many readings there are, from when to when; for shares also the counts and totals."""
    if not points:
        return ""
    if metric.kind != SHARE:
        return stretch_words(points)
    total = sum((point.of or Fraction() for point in points), Fraction())
    counted = sum((point.value * (point.of or Fraction()) for point in points), Fraction()) / 100
    return f"{stretch_words(points)}, {show_number(counted, 0)} of {show_number(total, 0)}"


def metrics_table(metrics: Sequence[MeasuredMetric], width: int = WIDTH) -> list[str]:
    """Return a table of at most so many cells: a head, and a line a metric; columns without a figure are left out."""
    if not metrics:
        return []
    rows = [_HEAD, *(_row(compare_metric(one)) for one in metrics)]
    columns = [column for column in zip(*rows, strict=True) if any(column[1:])]
    names, *others = columns
    widths = [max(map(cell_width, column)) for column in others]
    room = min(max(map(cell_width, names)), width - sum(widths) - 2 * len(widths))
    lines = []
    for name, *cells in zip(names, *others, strict=True):
        first = fit(name, room)
        padded = (" " * (width - cell_width(cell)) + cell for cell, width in zip(cells, widths, strict=True))
        lines.append("  ".join((first + " " * (room - cell_width(first)), *padded)).rstrip())
    return lines


def _row(each: MetricComparison) -> tuple[str, ...]:
    change = each.change.partition(" (")[0].replace(*_PERCENTAGE_POINTS)
    figures = (each.baseline_words, each.goal, each.achieved_words or "not yet", change)
    return (each.name, *(words.replace(*_DAYS) for words in figures), each.gap_words, _MET[each.met])


def _met(one: MeasuredMetric, balanced: Json) -> bool | None:
    if isinstance(balanced, dict):
        return {"kept": True, "slipping": True, "broken": False}.get(str(balanced.get("word")))
    met = one.record.get("target_met")
    return met if isinstance(met, bool) else None


def _number(record: Mapping[str, Json], *path: str) -> float | None:
    value: Json = dict(record)
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _words(one: MeasuredMetric, value: float | None) -> str:
    return "" if value is None else with_unit(show_number(Fraction(value), decimals_for(one.case)), one.unit)


Spans = tuple[ToneLine, ...]
"""One cell, in pieces."""

_NOTHING: Spans = (ToneLine("-", Tone.QUIET),)


def trend(improvement: Improvement, iteration: Iteration, metric: str, width: int, *, plain: bool) -> Spans:
    """Return the sparkline of a metric, its baseline part dimmed."""
    line = sparkline_of(improvement, iteration, metric, width, Cells.PLAIN if plain else Cells.DENSE)
    return tuple(ToneLine(span.text, Tone.QUIET if span.role is Role.BASELINE else Tone.ACCENT) for span in line)


def metric_cells(
    improvement: Improvement, iteration: Iteration, metric: str, width: int, *, plain: bool
) -> tuple[Spans, ...]:
    """Return number of baseline readings, their mean, the trend, and the latest reading of a metric."""
    one = measure(improvement, iteration).of(metric)
    readings = list(readings_in(improvement, metric, Stretch()))
    if one is None or not readings:
        return (_NOTHING, _NOTHING, (ToneLine("no readings: r", Tone.QUIET),), _NOTHING)
    limits = one.case.limits
    mean = figure(one.case, limits.mean) if limits.n else "-"
    last = readings[-1][1].value
    return (
        (ToneLine(str(limits.n)),),
        (ToneLine(mean, Tone.BASELINE),),
        trend(improvement, iteration, metric, width, plain=plain),
        (ToneLine(last),),
    )


def target_cells(improvement: Improvement, iteration: Iteration, metric: str) -> tuple[Spans, ...]:
    """Return mean and natural limits of the baseline of a metric."""
    one = measure(improvement, iteration).of(metric)
    if one is None or not one.case.limits.n:
        return (_NOTHING, _NOTHING)
    case = one.case
    values = [point.value for point in case.question.baseline]
    lower, upper = clip_limits(case.limits, values, one.metric.unit)
    places = decimals(case) + 1
    ends = [show_number(each, places) for each in (lower, upper) if each is not None]
    limits = " to ".join(ends) if len(ends) > 1 else "-"
    return ((ToneLine(figure(case, case.limits.mean), Tone.BASELINE),), (ToneLine(limits, Tone.QUIET),))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """One reading; texts are as they were typed, empty where there is nothing."""

    day: str
    """Its day, in ISO text."""
    value: str
    """Its value: for a share or a rate the count."""
    total: str
    """What it is a part of, where it has a total."""
    note: str
    """What should be known about it."""
    set_aside: str
    """Why it is not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricReadings:
    """All readings of one metric."""

    ref: str
    """Ref of the improvement."""
    metric: str
    """Name of the metric."""
    unit: str
    """Its unit."""
    rows: tuple[ReadingRow, ...]
    """The readings in the order of their days."""
    chart: RunChart
    """The same as a run chart, with limits and target."""


def lead_readings(book: Workbook, entry: Improvement) -> MetricReadings | None:
    """Return the readings of the first outcome metric that has some, else of the first metric; None without any."""
    outcomes = {row.name.strip() for row in book.latest(entry.id).baseline.metrics if row.is_outcome}
    found = list(readings_of(book, entry))
    return next(iter([*(each for each in found if each.metric in outcomes), *found]), None)


def readings_of(book: Workbook, entry: Improvement) -> Iterator[MetricReadings]:
    """Yield the metrics of the latest iteration that have readings."""
    latest = book.latest(entry.id)
    for metric in latest.baseline.metrics:
        days = sorted(entry.readings.get(metric.id, {}).items())
        if days:
            yield MetricReadings(
                ref=entry.ref,
                metric=metric.name.strip() or "a metric without a name",
                unit=metric.unit,
                rows=tuple(
                    ReadingRow(
                        day=day,
                        value=each.value,
                        total=each.of or "",
                        note=each.note,
                        set_aside=each.set_aside or "",
                    )
                    for day, each in days
                ),
                chart=run_chart(book, entry, latest, metric.id),
            )
