"""What keeps a gain: sustain checks, planned from the verification of step 6, and the relapse rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from cimodel_tui.measurement import first_relapse
from cimodel_tui.measurement.figures import figure
from cimodel_tui.measurement.readings import Point, weighted_mean
from cimodel_tui.measurement.stored_readings import figures_of, side_of_metric
from cimodel_tui.model.answer import row_of
from cimodel_tui.model.baseline import EVENTS, Metric
from cimodel_tui.model.check import GAINED, GO_ON
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import SIDES, SustainCheck
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.model.step import Place
from cimodel_tui.workbook.measure import MeasuredIteration, MeasuredMetric, measure
from cimodel_tui.workbook.question import points_after
from cimodel_tui.workbook.workbook import RefusedError, Workbook

AFTER = (timedelta(days=30), timedelta(days=90), timedelta(days=180))
"""How long after the check was verified to look again; a small improvement takes the first only."""


def plan_sustain_checks(book: Workbook, iteration: Iteration) -> None:
    """Plan the looks at every metric that gained something; what is planned already stays as it is."""
    verified = as_day(iteration.check.verified_on)
    if not iteration.check.verified or verified is None:
        raise RefusedError("verify the check first: the days count from then")
    improvement = book.improvement(iteration.improvement)
    measured = measure(improvement, iteration)
    gained = [one for one in measured.metrics if one.metric.is_outcome and one.word in GAINED]
    if not gained:
        raise RefusedError("nothing was gained that could be sustained")
    after = AFTER[:1] if improvement.size == "S" else AFTER
    known = iteration.momentum.sustain_checks
    there = {(row.metric, row.due) for row in known}
    if verified > date.max - after[-1]:
        raise RefusedError(f"the calendar ends before the last look after {verified}")
    planned = (
        SustainCheck(id=book.new_id(), due=(verified + span).isoformat(), metric=one.metric.id)
        for one in gained
        for span in after
    )
    new = tuple(row for row in planned if (row.metric, row.due) not in there)
    if new:
        _put(book, iteration, (*known, *new), "planned the sustain checks")


def fill_in_sustain_checks(book: Workbook, iteration: Iteration) -> bool:
    """Plan the sustain checks of a verified gain that goes on to step 7; returns whether that was done.

    Nothing is done where there are any, where nothing was gained, or where the iteration is history.
    """
    place = Place(iteration.improvement, iteration.id, "momentum", "sustain_checks")
    goes_on = iteration.check.verified and iteration.check.decision == GO_ON
    if not goes_on or iteration.momentum.sustain_checks or not book.may_change(place):
        return False
    try:
        plan_sustain_checks(book, iteration)
    except RefusedError:
        return False
    return True


def record_sustain_check(book: Workbook, iteration: Iteration, row_id: str) -> None:
    """Record a sustain check: the mean of the readings since the one before, up to its day or to today."""
    rows = iteration.momentum.sustain_checks
    row = row_of(rows, row_id)
    if not isinstance(row, SustainCheck) or not row.open:
        raise RefusedError("this sustain check is not open")
    due, day = as_day(row.due), book.clock.today()
    if due and due > day:
        raise RefusedError(f"this sustain check is due on {due}: it is looked at then, or waived with a reason")
    result = result_of(book, iteration, row)
    if not result:
        raise RefusedError("there is no reading since the last check: add one first (r in the metrics of step 2)")
    today = book.clock.today().isoformat()
    done = replace(
        row, result=result, recorded_on=today, recorded_by=book.me, limit=row.limit or limit_of(book, iteration, row)
    )
    _put(
        book,
        iteration,
        tuple(done if each is row else each for each in rows),
        f"recorded the sustain check of {row.due}",
    )


def record_due(book: Workbook, iteration: Iteration) -> None:
    """Record the sustain checks whose day has come, the earliest first."""
    today = book.clock.today()
    rows = iteration.momentum.sustain_checks
    due = sorted((day, row.id) for row in rows if row.open and (day := as_day(row.due)) and day <= today)
    if not due:
        raise RefusedError("no sustain check is due yet")
    record_sustain_check(book, iteration, due[0][1])


def _put(book: Workbook, iteration: Iteration, rows: tuple[SustainCheck, ...], words: str) -> None:
    book.history.pause()
    place = Place(iteration.improvement, iteration.id, "momentum", "sustain_checks")
    book.commit(place, [replace(iteration, momentum=replace(iteration.momentum, sustain_checks=rows))], words=words)
    book.history.pause()


def result_of(book: Workbook, iteration: Iteration, check: SustainCheck) -> str:
    """Return the mean of the readings since the check before, as text; empty where there is no such reading."""
    one = _measurements(book, iteration).of(check.metric)
    if one is None:
        return ""
    improvement, today = book.improvement(iteration.improvement), book.clock.today()
    later = [point for point in points_after(improvement, one.metric, _since(iteration, check)) if point.day <= today]
    if one.metric.kind == EVENTS:
        return _days_between(one, _since(iteration, check), later, today)
    mean = weighted_mean(later)
    return "" if mean is None else figure(one.case, mean)


def _days_between(one: MeasuredMetric, since: date | None, later: Sequence[Point], today: date) -> str:
    """Return the days between rare events since an earlier look; without any event all of the days."""
    first = since or (later[0].day if later else today)
    events = sum(int(point.value) for point in later)
    days = (today - first).days
    return figure(one.case, Fraction(days, events or 1)) if days > 0 else ""


def _since(iteration: Iteration, check: SustainCheck) -> date | None:
    """Return the last day that an earlier look has seen: of the check before, or of the verified result."""
    recorded = (row for row in iteration.momentum.sustain_checks if row.recorded and row.metric == check.metric)
    done = (as_day(row.recorded_on) for row in recorded)
    known = [day for day in (*done, as_day(iteration.check.counts_to)) if day]
    return max(known, default=None)


def _measurements(book: Workbook, iteration: Iteration) -> MeasuredIteration:
    return measure(book.improvement(iteration.improvement), iteration)


def holds(iteration: Iteration, check: SustainCheck) -> bool | None:
    """Return whether a recorded sustain check lies within its limit; None where that cannot be told."""
    metric = row_of(iteration.baseline.metrics, check.metric)
    try:
        result, limit = read_number(check.result), read_number(check.limit)
    except UnreadableNumberError:
        return None
    better = side_of_metric(metric) if isinstance(metric, Metric) else ""
    if better not in ("higher", "lower"):
        return None
    return result >= limit if better == "higher" else result <= limit


def limit_of(book: Workbook, iteration: Iteration, check: SustainCheck) -> str:
    """Return the limit of a sustain check: the one given, else half-way between baseline and achieved."""
    one = _measurements(book, iteration).of(check.metric)
    return check.limit or (_half_way(one) if one else "")


def _half_way(one: MeasuredMetric) -> str:
    start, achieved = one.case.limits.mean, one.case.achieved
    return "" if start is None or achieved is None else figure(one.case, (start + achieved) / 2)


def relapse_of(improvement: Improvement, iteration: Iteration) -> date | None:
    """Return the first day of the relapse after the verified result; None where the rule is not set or holds."""
    part = iteration.momentum
    if not iteration.check.verified or part.relapse_side not in SIDES:
        return None
    try:
        limit, count = read_number(part.relapse_limit), read_number(part.relapse_count)
    except UnreadableNumberError:
        return None
    if count.denominator != 1 or count < 1:
        return None
    last = as_day(iteration.check.counts_to) or as_day(iteration.check.verified_on)
    metric = row_of(iteration.baseline.metrics, part.relapse_metric)
    metric = metric if isinstance(metric, Metric) else Metric(id=part.relapse_metric)
    every = figures_of(metric, points_after(improvement, metric, None))
    later = [Point(day, value) for day, value in every if last is None or day > last]
    return first_relapse(later, part.relapse_side, limit, int(count))


def relapse_day_text(book: Workbook, improvement: Improvement) -> str:
    """Return the day since which a gain has slipped by its relapse rule; empty where none has, or it was acted on."""
    ruled = [each for each in book.iterations(improvement.id) if each.momentum.relapse_metric]
    day = relapse_of(improvement, ruled[-1]) if ruled else None
    if day is None or any(each.opened_on >= day.isoformat() for each in book.iterations(improvement.id)[1:]):
        return ""
    return day.isoformat()
