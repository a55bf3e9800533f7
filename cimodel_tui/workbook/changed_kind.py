"""A metric changes its kind only where all of its readings can be read in the new one; else it is another metric."""

from collections.abc import Iterator

from cimodel_tui.measurement.stored_readings import has_totals, problem_with
from cimodel_tui.model.answer import row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration

_ANOTHER = "what is counted would be another thing: add a metric of its own"


def objection_to_kind(improvement: Improvement, before: Iteration, after: Iteration) -> str:
    """Return why a metric cannot change its kind as it does, in words; empty where none does or all of them can."""
    return next(_objections(improvement, before, after), "")


def _objections(improvement: Improvement, before: Iteration, after: Iteration) -> Iterator[str]:
    for metric in after.baseline.metrics:
        was = row_of(before.baseline.metrics, metric.id)
        if isinstance(was, Metric) and was.kind != metric.kind:
            yield from _about(improvement, was, metric)


def _about(improvement: Improvement, was: Metric, metric: Metric) -> Iterator[str]:
    for text, reading in sorted(improvement.readings.get(metric.id, {}).items()):
        day = as_day(text)
        if day is None or problem_with(was, day, reading):
            continue
        if problem := problem_with(metric, day, reading):
            yield f"the reading of {text} is none of a {metric.kind}: {problem}; {_ANOTHER}"
        elif has_totals(was) and not has_totals(metric):
            yield f"the reading of {text} has a total: {_ANOTHER}"
