"""The pictures of an improvement, prepared from what was measured: dumbbells, run chart, staircase, roadmap."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from cimodel_tui.charts import (
    Bar,
    Cells,
    Change,
    Dumbbell,
    Dumbbells,
    Line,
    Phase,
    Point,
    Roadmap,
    RunChart,
    Staircase,
    Step,
    sparkline,
)
from cimodel_tui.measurement import Aim, Judgement
from cimodel_tui.measurement import Point as Reading
from cimodel_tui.measurement.events import days_between
from cimodel_tui.measurement.figures import decimals
from cimodel_tui.measurement.readings import as_float
from cimodel_tui.measurement.stored_readings import figures_of, has_totals, points_of, reading_text
from cimodel_tui.measurement.xmr import DOWN, UP, Limits
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.answer import Json, row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, Stretch, baseline_stretch, readings_in, result_stretch
from cimodel_tui.model.number import UnreadableNumberError, count, read_number
from cimodel_tui.workbook.measure import MeasuredMetric, ResultCache, measure
from cimodel_tui.workbook.question import check_day, figures, points
from cimodel_tui.workbook.workbook import Workbook

_HUNDRED_PERCENT = 100.0

_A_DAY = timedelta(days=1)

_RECENT: ResultCache[RunChart] = ResultCache(4)


def dumbbell(book: Workbook, improvement: Improvement, iteration: Iteration, metric: str) -> Dumbbell | None:
    """Return baseline, achieved and target of one metric on its own scale."""
    one = measure(improvement, iteration, book.clock.today()).of(metric)
    if one is None:
        return None
    ends = _ends(one.case.question.aim)
    balancing = one.metric.role == "balancing"
    return Dumbbell(
        name=one.display_name,
        unit="d" if one.case.counts else one.unit,
        better=one.side,
        baseline=_record_number(one, "baseline", "mean"),
        achieved=_record_number(one, "achieved"),
        target=() if balancing else ends,
        limit=ends if balancing else (),
        decimals=decimals(one.case),
    )


def dumbbells(book: Workbook, improvement: Improvement, iteration: Iteration) -> Dumbbells:
    """Return all metrics of an iteration below each other."""
    found = (dumbbell(book, improvement, iteration, metric.id) for metric in iteration.baseline.metrics)
    return Dumbbells(tuple(each for each in found if each))


def sparkline_of(
    improvement: Improvement, iteration: Iteration, metric: str, width: int, cells: Cells = Cells.DENSE
) -> Line:
    """Return the course of one metric in at most so many cells, its baseline with the role BASELINE."""
    last, row = baseline_stretch(iteration).last, row_of(iteration.baseline.metrics, metric)
    counted = figures(improvement, row) if isinstance(row, Metric) else []
    baseline = sum(last is None or day <= last for day, _ in counted)
    return sparkline([as_float(value) or 0.0 for _, value in counted], width, baseline=baseline, cells=cells)


def _record_number(one: MeasuredMetric, *path: str) -> float | None:
    value: Json = dict(one.record)
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return float(value) if isinstance(value, int | float) else None


def _ends(aim: Aim | None) -> tuple[float, ...]:
    ends = (as_float(end) for end in (aim.low, aim.high) if end is not None) if aim else ()
    return tuple(dict.fromkeys(end for end in ends if end is not None))


def run_chart(book: Workbook, improvement: Improvement, iteration: Iteration, metric: str) -> RunChart:
    """Return the readings of one metric up to this iteration, each iteration with lines of its own."""
    iterations = [each for each in book.iterations(improvement.id) if each.number <= iteration.number]
    today = book.clock.today()
    name = f"{metric} {today}"
    return _RECENT.of((improvement, *iterations), name, lambda: _run_chart(improvement, iterations, metric, today))


def _run_chart(improvement: Improvement, iterations: Sequence[Iteration], metric: str, today: date) -> RunChart:
    known = [(each, one) for each in iterations if (one := measure(improvement, each, today).of(metric))]
    latest = known[-1][1] if known else None
    points_drawn = tuple(_points(improvement, known, today))
    values = [point.value for point in points_drawn]
    per_cent = latest is not None and latest.unit.strip() == "%"
    return RunChart(
        name=latest.display_name if latest else "a metric",
        unit=latest.unit if latest else "",
        better=latest.side if latest else "none",
        goal="agreed limit" if latest and latest.metric.role == "balancing" else "target",
        points=points_drawn,
        phases=tuple(sorted(_phases(improvement, known), key=lambda phase: phase.first)) if points_drawn else (),
        changes=tuple(sorted(_changes(iterations), key=lambda change: change.day)),
        least=0.0 if min(values, default=0.0) >= 0 else None,
        most=_HUNDRED_PERCENT if per_cent and max(values, default=0.0) <= _HUNDRED_PERCENT else None,
        hollow=_open_gap_words(points_drawn) if latest and latest.case.counts else "set aside",
    )


def signal_sides(one: MeasuredMetric) -> Iterator[tuple[date, str]]:
    """Yield the days of the readings that take part in a signal, and its side: better, worse or nothing."""
    case = one.case
    counted = [*signal_days(case.question.baseline, case), *signal_days(case.question.after, case)]
    for signal in (*case.trends, *case.caveats.marks, *case.signals):
        side = _SIDES.get((one.side, signal.side), "")
        yield from ((counted[at], side) for at in signal.readings if at < len(counted))


def signal_days(readings: Sequence[Reading], case: Judgement) -> list[date]:
    """Return the day of each position of a signal: of its reading, for rare events of the later event of a gap."""
    return [day for day, _ in days_between(readings)] if case.counts else [each.day for each in readings]


_SIDES = {
    ("higher", UP): "better",
    ("higher", DOWN): "worse",
    ("lower", UP): "worse",
    ("lower", DOWN): "better",
}
"""Which side of the mean is the better one; a metric with a target to be near to has none."""


def _points(
    improvement: Improvement, known: Sequence[tuple[Iteration, MeasuredMetric]], today: date
) -> Iterator[Point]:
    """Yield the readings as they are drawn, with limits of their own where totals differ; days between rare events."""
    if not known:
        return
    metric = known[-1][1].metric
    sides = {day: side for _, one in known for day, side in signal_sides(one)}
    if known[-1][1].case.counts:
        yield from _gaps(improvement, metric, sides, today)
        return
    bands, totals = _weighted_limits(known), has_totals(metric)
    readings = dict(readings_in(improvement, metric.id, Stretch()))
    for point in points_of(metric, readings.items(), aside=True):
        reading = readings[point.day]
        yield Point(
            day=point.day,
            value=as_float(point.value) or 0.0,
            flagged=point.day in sides,
            side=sides.get(point.day, ""),
            set_aside=reading.set_aside is not None,
            limits=_own_limits(bands, point),
            total=reading_text(metric, reading) if totals else "",
        )


def _weighted_limits(known: Sequence[tuple[Iteration, MeasuredMetric]]) -> list[tuple[date, Limits | None]]:
    """Return the limits of each baseline by its first day; nothing where in none of them readings have their own."""
    if not any(one.case.limits and one.case.limits.weighted for _, one in known):
        return []
    return [(first, one.case.limits) for iteration, one in known if (first := _first_day(iteration, one))]


def _own_limits(bands: Sequence[tuple[date, Limits | None]], reading: Reading) -> tuple[float, float] | None:
    """Return the limits of a reading by the latest baseline that began before it; None where all have the same."""
    begun = [limits for first, limits in bands if first <= reading.day]
    found = begun[-1] if begun else None
    band = found.at(reading.of) if found and found.weighted else None
    return (as_float(band[0]) or 0.0, as_float(band[1]) or 0.0) if band else None


def _open_gap_words(points_drawn: Sequence[Point]) -> str:
    """Return how long the gap after the latest event is open already."""
    days = int(points_drawn[-1].value) if points_drawn else 0
    return f"open for {count(days, 'day')}"


def _gaps(improvement: Improvement, metric: Metric, sides: Mapping[date, str], today: date) -> Iterator[Point]:
    """Yield the days between rare events by the day of the later one, and as a hollow point the open gap."""
    events = list(points(improvement, metric, Stretch()))
    for day, days in figures_of(metric, events):
        yield Point(day=day, value=float(days), flagged=day in sides, side=sides.get(day, ""))
    if events and today > events[-1].day:
        yield Point(day=today, value=float((today - events[-1].day).days), set_aside=True)


def _float(text: str) -> float | None:
    try:
        return as_float(read_number(text))
    except UnreadableNumberError:
        return None


def _phases(improvement: Improvement, known: list[tuple[Iteration, MeasuredMetric]]) -> Iterator[Phase]:
    """Yield each iteration's stretches; its lines end where the baseline of the next one begins."""
    several = len(known) > 1
    for at, (iteration, one) in enumerate(known):
        later = [start for each, its in known[at + 1 :] if (start := _first_day(each, its))]
        end = _day_before(min(later)) if later else None
        name = f"{iteration.number} " if several else ""
        last = check_day(improvement, iteration, one.metric).last
        yield from _iteration_phases(iteration, one, (last, end), name)


def _first_day(iteration: Iteration, one: MeasuredMetric) -> date | None:
    """Return the first day of its baseline; where none is given, of its readings."""
    days = (point.day for point in one.case.question.baseline)
    return baseline_stretch(iteration).first or next(days, None)


def _iteration_phases(
    iteration: Iteration, one: MeasuredMetric, ends: tuple[date | None, date | None], name: str
) -> Iterator[Phase]:
    """Yield baseline, during, result and after; `ends` are the day of the check and that on which all of it ends."""
    checked, end = ends
    before, result = baseline_stretch(iteration), result_stretch(iteration)
    first = _first_day(iteration, one)
    if first is None:
        return
    last = before.last or max((point.day for point in one.case.question.baseline), default=first)
    yield from _phase(one, f"{name}baseline", first, last, end)
    start = result.first if result and result.first else None
    yield from _phase(one, "during", _day_after(last), _day_before(start) if start else None, end)
    if start and result:
        yield from _phase(one, f"{name}result", start, checked or result.last, end)
        if checked or result.last:
            yield from _phase(one, "after", _day_after(checked or result.last or start), None, end)


def _day_before(day: date) -> date:
    """Return the day before, clamped to the calendar."""
    return day - min(_A_DAY, day - date.min)


def _day_after(day: date) -> date:
    """Return the day after, clamped to the calendar."""
    return day + min(_A_DAY, date.max - day)


def _phase(one: MeasuredMetric, name: str, first: date, last: date | None, end: date | None) -> Iterator[Phase]:
    last = min(last, end) if last and end else last or end
    if last is not None and last < first:
        return
    found = one.case.limits
    yield Phase(
        name=name,
        first=first,
        last=last,
        mean=as_float(found.mean),
        lower=as_float(found.lower),
        upper=as_float(found.upper),
        target=_ends(one.case.question.aim),
    )


def _changes(iterations: Sequence[Iteration]) -> Iterator[Change]:
    for iteration in iterations:
        for action in iteration.plan.actions:
            progress = iteration.progress(action.id)
            day = as_day(progress.finished)
            if progress.status == "done" and day:
                yield Change(day=day, name=action.what)


def staircase(book: Workbook, improvement: Improvement, iteration: Iteration) -> Staircase | None:
    """Return the iterations as steps of the first outcome metric, None for a single iteration without an aim."""
    iterations = [each for each in book.iterations(improvement.id) if each.number <= iteration.number]
    outcome = next((row.id for row in iteration.baseline.metrics if row.is_outcome), "")
    today = book.clock.today()
    known = [(each, one) for each in iterations if (one := measure(improvement, each, today).of(outcome))]
    aim = next((value for _, one in reversed(known) if (value := _aim_of(one)) is not None), None)
    if not known or (len(known) == 1 and aim is None):
        return None
    last = known[-1][1]
    return Staircase(
        name=last.display_name,
        unit=last.unit,
        better=last.side,
        baseline=_record_number(known[0][1], "baseline", "mean"),
        steps=tuple(_step(each, one) for each, one in known),
        aim=aim,
        decimals=min(decimals(one.case) for _, one in known),
    )


def _aim_of(one: MeasuredMetric) -> float | None:
    return _float(one.promise.end_of_way) if one.promise and one.promise.end_of_way.strip() else None


def _step(iteration: Iteration, one: MeasuredMetric) -> Step:
    target = _ends(one.case.question.aim)
    achieved = _record_number(one, "achieved") if iteration.check.verified else None
    return Step(name=str(iteration.number), achieved=achieved, target=target[0] if target else None)


def roadmap(iteration: Iteration, today: date) -> Roadmap:
    """Return the actions of the plan in time."""
    bars = []
    for action in iteration.plan.actions:
        progress = iteration.progress(action.id)
        status = progress.status or "to do"
        last = as_day(progress.finished) or as_day(action.due)
        late = status not in ENDED and last is not None and last < today
        first = as_day(progress.started) or as_day(action.start)
        bars.append(Bar(name=action.what or "(no name)", status=status, first=first, last=last, late=late))
    return Roadmap(bars=tuple(bars), today=today)
