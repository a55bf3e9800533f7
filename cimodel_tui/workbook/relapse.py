"""The relapse rule at work: whether a gain has slipped since its check was verified."""

from datetime import date

from cimodel_tui.measurement import Point, relapsed
from cimodel_tui.measurement.stored_readings import figures_of
from cimodel_tui.model.answer import row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import SIDES
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.workbook.question import points_after
from cimodel_tui.workbook.workbook import Workbook


def relapse_of(improvement: Improvement, iteration: Iteration) -> date | None:
    """Return the first day of the relapse after the verified result; none where the rule is not set or holds."""
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
    return relapsed(later, part.relapse_side, limit, int(count))


def relapsed_since(book: Workbook, improvement: Improvement) -> str:
    """Return the day since which a gain has slipped by its relapse rule; empty where none has, or a pass was begun."""
    ruled = [each for each in book.iterations(improvement.id) if each.momentum.relapse_metric]
    day = relapse_of(improvement, ruled[-1]) if ruled else None
    if day is None or any(each.opened_on >= day.isoformat() for each in book.iterations(improvement.id)[1:]):
        return ""
    return day.isoformat()
