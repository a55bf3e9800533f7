"""The target lab: the baseline's chart with a target on it, and what that target requires.

It answers, while the target is being moved: how far it is, whether luck alone could meet it, how many readings are
needed and fit until its day, when a verdict is possible at the earliest, and whether the actions leave room for that.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import floor, log10

from cimodel_tui.charts import RunChart
from cimodel_tui.measurement import Detectability, Pace, detectability_of, ends_of
from cimodel_tui.measurement.figures import day_words, figure, with_unit
from cimodel_tui.measurement.readings import as_float
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.baseline import DAYS_BETWEEN
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, result_from
from cimodel_tui.model.number import UnreadableNumberError, count, decimals_in, read_number, show_number
from cimodel_tui.record import dataclass
from cimodel_tui.views.metrics import RULE_WORDS, detectability_words, gap_words
from cimodel_tui.views.pictures import run_chart
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.measure import MeasuredMetric, measure
from cimodel_tui.workbook.workbook import Workbook

STEPS = 40
"""Into about so many steps the reach of the limits is divided when a target is moved by keys."""


@dataclass(frozen=True, slots=True)
class Lab:
    """What the lab shows."""

    chart: RunChart | None
    """The baseline with the target on it; None without two readings."""
    lines: tuple[ToneLine, ...]
    """What the target would ask of the numbers."""


def lab_of(book: Workbook, improvement: Improvement, iteration: Iteration, metric: str, *, brief: bool = False) -> Lab:
    """Return the lab of one metric, with its current target; in brief without the sentence about luck."""
    one = measure(improvement, iteration, book.clock.today()).of(metric)
    if one is None:
        return Lab(None, ())
    luck = _luck(one, iteration)
    return Lab(
        _chart(run_chart(book, improvement, iteration, metric), one, luck),
        tuple(_lines(one, iteration, luck, brief=brief)),
    )


def _luck(one: MeasuredMetric, iteration: Iteration) -> Detectability | None:
    """Return the range that luck alone can reach; None without a target or a baseline, and for rare events."""
    question, aim = one.case.question, one.case.question.aim
    if aim is None or not one.case.limits.n or one.case.counts:
        return None
    pace = Pace(result_from(iteration), one.metric.frequency, question.by)
    ends = ends_of([point.value for point in question.baseline], one.unit)
    return detectability_of(one.case.limits, aim, question.rule, question.better, pace, ends)


def _chart(chart: RunChart, one: MeasuredMetric, luck: Detectability | None) -> RunChart | None:
    """Return the baseline alone, with limits, target and what luck can reach."""
    days = {point.day for point in one.case.question.baseline}
    points = tuple(point for point in chart.points if point.day in days or one.case.counts)
    phases = [phase for phase in chart.phases if any(phase.first <= point.day for point in points)]
    if len(points) <= 1 or not phases:
        return None
    baseline = replace(phases[-1], name="", first=points[0].day, last=None)
    return replace(chart, points=points, phases=(baseline,), changes=(), band=_band(one, luck))


def _band(one: MeasuredMetric, luck: Detectability | None) -> tuple[float, float] | None:
    """Return the values on the better side of the mean that luck alone could bring about."""
    mean = as_float(one.case.limits.mean)
    if luck is None or luck.low is None or luck.high is None or mean is None:
        return None
    sides = {"higher": (mean, luck.high), "lower": (luck.low, mean)}
    return sides.get(one.side, (luck.low, luck.high))


def _lines(one: MeasuredMetric, iteration: Iteration, luck: Detectability | None, *, brief: bool) -> Iterator[ToneLine]:
    if one.problem:
        yield ToneLine(f"✗ {one.problem}", Tone.BAD)
    if one.case.question.aim is None or one.case.limits.mean is None:
        yield ToneLine(gap_words(one), Tone.QUIET)
        return
    by_luck = luck.inside if luck else None
    tone = {True: Tone.WARNING, False: Tone.GOOD}.get(by_luck, Tone.PLAIN) if by_luck is not None else Tone.PLAIN
    yield ToneLine(f"{_distance_words(one)}{_luck_words(one, luck)}", tone, strong=True)
    if not brief:
        yield ToneLine(
            f"◇ {detectability_words(one, result_from(iteration))[0]}", Tone.WARNING if by_luck else Tone.QUIET
        )
    yield _time_line(one, iteration, luck)
    yield from _room_for_actions(one, iteration)


def _distance_words(one: MeasuredMetric) -> str:
    """Return the target and how far it is from the baseline."""
    aim, start = one.case.question.aim, one.case.limits.mean
    if aim is None or start is None:
        return ""
    target, gap = with_unit(aim.words(), one.unit), aim.distance(start)
    if gap <= 0:
        return f"Target {target}: the baseline meets it already"
    unit = "percentage points" if one.unit.strip() == "%" else one.unit
    upwards = aim.low is not None and start < aim.low
    share = f" ({'+' if upwards else '-'}{show_number(gap * 100 / abs(start), 0)} %)" if start else ""
    return f"Target {target}: {with_unit(figure(one.case, gap), unit)} {'more' if upwards else 'less'}{share}"


def _luck_words(one: MeasuredMetric, luck: Detectability | None) -> str:
    """Return whether the target is more than luck, and how far luck alone reaches."""
    if luck is None or luck.inside is None or luck.low is None or luck.high is None:
        return ""
    edges = {"higher": (luck.high,), "lower": (luck.low,)}.get(one.side, (luck.low, luck.high))
    reach = " to ".join(figure(one.case, Fraction(edge)) for edge in edges)
    return f" · more than luck ({reach}): {'no' if luck.inside else 'yes'}"


def _time_line(one: MeasuredMetric, iteration: Iteration, luck: Detectability | None) -> ToneLine:
    """Return whether the readings of the rule fit until the day, and when a verdict is possible at the earliest."""
    question, first = one.case.question, result_from(iteration)
    judged = RULE_WORDS[question.rule.kind].format(question.rule.n)
    if question.by is None:
        return ToneLine(f"Judged by {judged}; no date yet", Tone.QUIET)
    until, every = day_words(question.by), DAYS_BETWEEN.get(one.metric.frequency)
    if first is None or not every:
        return ToneLine(f"Judged by {judged} until {until}; step 4 says from when the result counts", Tone.QUIET)
    fit = max(((question.by - first).days + 1) // every, 0)
    earliest = f" · earliest verdict {day_words(luck.earliest, question.by.year)}" if luck and luck.earliest else ""
    words = f"{count(fit)} fit until {until}, {question.rule.needs} needed{earliest}"
    return ToneLine(words, Tone.GOOD if fit >= question.rule.needs else Tone.WARNING)


def _room_for_actions(one: MeasuredMetric, iteration: Iteration) -> Iterator[ToneLine]:
    """Yield a warning where an open action is due when the result should be in."""
    by = one.case.question.by
    still_open = (row.due for row in iteration.plan.actions if iteration.progress(row.id).status not in ENDED)
    last = as_day(max(still_open, default=""))
    if by and last and last >= by:
        words = f"The last action is due on {day_words(last)}: no room for a result before {day_words(by)}"
        yield ToneLine(words, Tone.WARNING)


def move_target(one: MeasuredMetric, text: str, direction: int) -> str:
    """Return a target moved by one step up or down, in the decimals of the step; from the mean where there is none."""
    step = _step(one)
    try:
        value = read_number(text) if text.strip() else one.case.limits.mean
    except UnreadableNumberError:
        return text
    if value is None:
        return text
    places = decimals_in(str(step)) if step < 1 else 0
    size = Fraction(str(step))
    units = round(value / size)
    if Fraction(units) * size == value or not text.strip():
        units += direction
    elif direction > 0:
        units = floor(value / size) + 1
    else:
        units = -(floor(-value / size) + 1)
    return show_number(units * size, places).replace(",", "")


def _step(one: MeasuredMetric) -> float:
    """Return the step of a move: 1, 2 or 5 times a power of ten, about a fortieth of the reach of the limits."""
    limits = one.case.limits.typical()
    reach = as_float(limits[1] - limits[0]) if limits else None
    rough = (reach or abs(as_float(one.case.limits.mean) or 1.0) or 1.0) / STEPS
    power = 10.0 ** floor(log10(rough))
    return float(f"{next(part for part in (1, 2, 5, 10) if part * power >= rough) * power:.6g}")
