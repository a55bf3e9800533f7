"""What stands behind a metric or a target in the tables of steps 2 and 3: figures that its readings give."""

from cimodel_tui.charts import Cells, Role
from cimodel_tui.measurement import clipped, figure
from cimodel_tui.measurement.figures import decimals
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import show_number
from cimodel_tui.model.stretch import Stretch, readings_in
from cimodel_tui.views.pictures import sparkline_of
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.measure import measure

Spans = tuple[ToneLine, ...]
"""One cell, in pieces."""

_NOTHING: Spans = (ToneLine("-", Tone.QUIET),)


def trend(improvement: Improvement, iteration: Iteration, metric: str, width: int, *, plain: bool) -> Spans:
    """Return the course of a metric, the part of the baseline in the background."""
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
    lower, upper = clipped(case.limits, values, one.metric.unit)
    places = decimals(case) + 1
    ends = [show_number(each, places) for each in (lower, upper) if each is not None]
    limits = " to ".join(ends) if len(ends) > 1 else "-"
    return ((ToneLine(figure(case, case.limits.mean), Tone.BASELINE),), (ToneLine(limits, Tone.QUIET),))
