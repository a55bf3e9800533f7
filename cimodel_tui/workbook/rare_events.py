"""Counting the days between rare events instead of their number: what step 2 offers where they are too rare.

A count of a period becomes that many events on its first day; periods without an event are left out. Where
the readings are not counts they cannot be converted, and a new metric is added.
"""

from collections import Counter
from dataclasses import replace

from cimodel_tui.measurement.signals import FEWEST
from cimodel_tui.measurement.stored_readings import kind_of
from cimodel_tui.model.baseline import EVENTS, Metric
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import is_number, read_number
from cimodel_tui.model.step import Place
from cimodel_tui.workbook.question import stretches
from cimodel_tui.workbook.workbook import RefusedError, Workbook


def too_rare(improvement: Improvement, iteration: Iteration) -> Metric | None:
    """Return the first metric with half of its baseline readings equal and without a metric that counts its events."""
    metrics = iteration.baseline.metrics
    counted = {metric.name for metric in metrics if kind_of(metric) == EVENTS}
    return next(
        (each for each in metrics if _is_rare(improvement, iteration, each) and _name_of(each) not in counted), None
    )


def _is_rare(improvement: Improvement, iteration: Iteration, metric: Metric) -> bool:
    if kind_of(metric) == EVENTS:
        return False
    values = Counter(point.value for point in stretches(improvement, iteration, metric)[0])
    return values.total() >= FEWEST and 2 * max(values.values()) >= values.total()


def count_days_between(book: Workbook, iteration: Iteration) -> None:
    """Make events of the counts of a metric that is too rare, or add a metric for them; one step to undo."""
    improvement = book.improvement(iteration.improvement)
    metric = too_rare(improvement, iteration)
    if metric is None:
        raise RefusedError("no metric is too rare to be counted")
    if iteration.baseline.seal is not None:
        raise RefusedError("the baseline is agreed: what is counted is changed before that, or in the next iteration")
    place = Place(improvement.id, iteration.id, "baseline", "metrics", metric.id)
    readings = improvement.readings.get(metric.id, {})
    book.history.pause()
    if kind_of(metric) == "value" and all(_is_count(each) for each in readings.values()):
        events = {day: replace(each, of=None) for day, each in readings.items() if read_number(each.value)}
        every = {**improvement.readings, metric.id: events}
        converted = replace(improvement, readings={name: days for name, days in every.items() if days})
        changed = _with(iteration, tuple(_as_events(each, metric) for each in iteration.baseline.metrics))
        book.commit(place, [converted, changed], words=f"counts the days between events of {metric.name}")
    else:
        added = Metric(id=book.new_id(), name=_name_of(metric), better="lower", role="process", kind=EVENTS)
        changed = _with(iteration, (*iteration.baseline.metrics, added))
        book.commit(replace(place, row=added.id), [changed], words=f"added {added.name}")
    book.history.pause()


def _name_of(metric: Metric) -> str:
    return f"{metric.name.strip()}: days between".strip(": ")


def _is_count(reading: Reading) -> bool:
    """Return whether a reading is a whole number of events."""
    return is_number(reading.value) and read_number(reading.value).denominator == 1 and read_number(reading.value) >= 0


def _as_events(each: Metric, metric: Metric) -> Metric:
    return replace(each, kind=EVENTS) if each.id == metric.id else each


def _with(iteration: Iteration, metrics: tuple[Metric, ...]) -> Iteration:
    return replace(iteration, baseline=replace(iteration.baseline, metrics=metrics))
