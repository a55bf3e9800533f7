"""A run chart read one reading at a time: one reading in words, and the chart as it was when that reading came in.

The replay shows what was known at each reading: the limits move with every baseline reading until the baseline is
agreed, are frozen from then on, and the level turns at the reading that made it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from cimodel_tui.charts import Phase, Point, RunChart
from cimodel_tui.charts.axes import format_number
from cimodel_tui.measurement import Judgement, clip_limits, judge, level_words
from cimodel_tui.measurement.figures import day_words, figure, with_unit
from cimodel_tui.measurement.readings import as_float
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.record import dataclass
from cimodel_tui.views.pictures import run_chart, signal_days, signal_sides
from cimodel_tui.views.status import phase_of
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.measure import MeasuredMetric, measure
from cimodel_tui.workbook.workbook import Workbook

_RULES = {
    "outside": "outside the limits",
    "run": "part of a run of 8 or more on one side of mean and median",
    "two-of-three": "two of three in a row near a limit",
    "ten-of-eleven": "10 of the latest 11 on one side",
    "trend": "part of 7 or more steadily up or down",
}
"""The rules in words."""

_SIDES = {"better": Tone.GOOD, "worse": Tone.BAD}


def reading_lines(
    book: Workbook, improvement: Improvement, iteration: Iteration, metric: str, position: int
) -> list[ToneLine]:
    """Return one reading of a run chart in words: day, value, total, rules, note."""
    chart = run_chart(book, improvement, iteration, metric)
    one = measure(improvement, iteration, book.clock.today()).of(metric)
    if one is None or not 0 <= position < len(chart.points):
        return []
    point = chart.points[position]
    reading = improvement.readings.get(metric, {}).get(point.day.isoformat())
    parts = [day_words(point.day), value_words(one, point), phase_of(iteration, point.day.isoformat())]
    lines = [ToneLine(" · ".join(part for part in parts if part), strong=True)]
    if reading and reading.set_aside is not None:
        lines.append(ToneLine(f"○ set aside, not counted: {reading.set_aside}", Tone.WARNING))
    elif point.flagged:
        rules = "; ".join(_RULES[rule] for rule in _rules(one.case).get(point.day, ()))
        words = ", ".join(part for part in (point.side, rules) if part) or "part of a signal of an earlier iteration"
        lines.append(ToneLine(f"{'✗' if point.side == 'worse' else '◆'} {words}", _SIDES.get(point.side, Tone.WARNING)))
    if reading and reading.note.strip():
        lines.append(ToneLine(f"Note: {reading.note}", Tone.QUIET))
    return lines


def value_words(one: MeasuredMetric, point: Point) -> str:
    """Return the value of a reading with its unit and total; the days between of rare events."""
    total = f" ({point.total})" if point.total else ""
    typed = format_number(point.value, 0) if one.case.counts else figure(one.case, Fraction(point.value))
    return f"{with_unit(typed, one.unit)}{total}"


def _rules(case: Judgement) -> Mapping[date, tuple[str, ...]]:
    """Return the rules that a reading takes part in, by its day."""
    days = [*signal_days(case.question.baseline, case), *signal_days(case.question.after, case)]
    found: dict[date, tuple[str, ...]] = {}
    for signal in (*case.signals, *case.caveats.marks, *case.trends):
        for at in signal.readings:
            if at < len(days) and signal.rule not in found.get(days[at], ()):
                found[days[at]] = (*found.get(days[at], ()), signal.rule)
    return found


@dataclass(frozen=True, slots=True)
class Frame:
    """The chart as it was after one more reading."""

    chart: RunChart
    """What was to be seen."""
    lines: tuple[ToneLine, ...]
    """The lines below the chart."""


def frame(book: Workbook, improvement: Improvement, iteration: Iteration, metric: str, count: int) -> Frame:
    """Return the chart of one metric as it was with so many readings, from 1 on."""
    chart = run_chart(book, improvement, iteration, metric)
    one = measure(improvement, iteration, book.clock.today()).of(metric)
    count = min(max(count, 1), len(chart.points))
    if one is None or not chart.points:
        return Frame(chart, ())
    day = chart.points[count - 1].day
    case = _judgement_as_of(one, day)
    sides = {each: side for each, side in signal_sides(replace(one, case=case)) if each <= day}
    first = min((point.day for point in one.case.question.baseline), default=date.max)
    points = tuple(
        point if point.day < first else replace(point, flagged=point.day in sides, side=sides.get(point.day, ""))
        for point in chart.points
    )
    phases = tuple(_phase_as_of(phase, iteration, one, case, day) for phase in chart.phases)
    drawn = replace(chart, points=points, phases=phases, shown=count, cursor=count - 1)
    before = _judgement_as_of(one, chart.points[count - 2].day) if count > 1 else None
    head = f"Reading {count} of {len(chart.points)} · {day_words(day)} · "
    value = value_words(one, chart.points[count - 1])
    return Frame(drawn, (ToneLine(head + value, strong=True), *_frame_lines(iteration, one, case, before, day)))


def _judgement_as_of(one: MeasuredMetric, day: date) -> Judgement:
    """Return the judgement with the readings up to a day."""
    question = one.case.question
    before = tuple(point for point in question.baseline if point.day <= day)
    after = tuple(point for point in question.after if point.day <= day)
    until = (
        max(min(day, question.counts_to), question.counts_from) if question.counts_from and question.counts_to else None
    )
    return judge(replace(question, baseline=before, after=after, counts_to=until))


def _phase_as_of(phase: Phase, iteration: Iteration, one: MeasuredMetric, case: Judgement, day: date) -> Phase:
    """Return a phase with the lines that were known on a day; those of earlier iterations stay."""
    first = min((point.day for point in one.case.question.baseline), default=date.max)
    if phase.first < first:
        return phase
    target_agreed = as_day(iteration.target.seal.on) if iteration.target.seal else None
    found = case.limits
    return replace(
        phase,
        mean=as_float(found.mean),
        lower=as_float(found.lower),
        upper=as_float(found.upper),
        target=phase.target if target_agreed is None or day >= target_agreed else (),
    )


def _frame_lines(
    iteration: Iteration, one: MeasuredMetric, case: Judgement, before: Judgement | None, day: date
) -> Iterator[ToneLine]:
    """Yield the baseline so far; after it the level, and whether it turns at this reading."""
    after = case.question.after
    if not after:
        yield ToneLine(_baseline_so_far(iteration, one, case, day), Tone.BASELINE)
        return
    _, _, side = case.level.partition("-")
    turned = before is None or before.level != case.level
    words = f"{level_words(case)}{' ← turns here' if turned else ''}"
    yield ToneLine(f"{words[:1].upper()}{words[1:]}", _SIDES.get(side, Tone.PLAIN), strong=turned)


def _baseline_so_far(iteration: Iteration, one: MeasuredMetric, case: Judgement, day: date) -> str:
    found, seal = case.limits, iteration.baseline.seal
    if found.mean is None:
        return "Before the baseline"
    words = f"mean {figure(case, found.mean)}"
    lower, upper = clip_limits(found, [point.value for point in case.question.baseline], one.unit)
    if lower is not None and upper is not None:
        words += f", limits {figure(case, lower)} to {figure(case, upper)}"
    agreed = as_day(seal.on) if seal else None
    complete = len(case.question.baseline) == len(one.case.question.baseline)
    if seal and agreed and (day >= agreed or complete):
        return f"Baseline agreed by {seal.by}, limits frozen: {words}"
    return f"Baseline so far: {words}"
