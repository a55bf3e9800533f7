"""What is shown when something is sealed: the baseline or the target as agreed, and the check step by step."""

from collections.abc import Iterator
from dataclasses import replace

from cimodel_tui.charts import Phase, RunChart
from cimodel_tui.charts.card import CardRow
from cimodel_tui.measurement.figures import day_words
from cimodel_tui.measurement.readings import as_float
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.stretch import result_from
from cimodel_tui.record import dataclass
from cimodel_tui.views.card import lead_metric, outlook_row, signal_row, target_row
from cimodel_tui.views.metrics import baseline_words, caveats, could_tell, gap_words
from cimodel_tui.views.pictures import run_chart
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.measure import MeasuredMetric, measure
from cimodel_tui.workbook.workbook import Workbook

_MARK_TONES = {"✓": Tone.GOOD, "✗": Tone.BAD, "~": Tone.WARNING}


def agreement_lines(
    book: Workbook, improvement: Improvement, iteration: Iteration, step: str, by: str, on: str
) -> list[ToneLine]:
    """Return what is agreed, by whom and when, and what that means."""
    day = as_day(on)
    lines = [
        *(
            _of_baseline(book, improvement, iteration)
            if step == "baseline"
            else _of_target(book, improvement, iteration)
        ),
        ToneLine(""),
        ToneLine(f"Agreed by {by} on {day_words(day) if day else on}", strong=True),
    ]
    kept = "the readings of the baseline and its limits" if step == "baseline" else "targets, dates and success rules"
    return [*lines, ToneLine(f"This seals {kept}. Every later change asks for a reason and stays visible.", Tone.QUIET)]


def _of_baseline(book: Workbook, improvement: Improvement, iteration: Iteration) -> Iterator[ToneLine]:
    for one in measure(improvement, iteration, book.clock.today()).metrics:
        yield ToneLine(one.called, strong=True)
        yield ToneLine(f"  {baseline_words(one)}", Tone.BASELINE)
        yield from (ToneLine(f"  ◇ {each}", Tone.WARNING) for each in caveats(one))


def _of_target(book: Workbook, improvement: Improvement, iteration: Iteration) -> Iterator[ToneLine]:
    for one in measure(improvement, iteration, book.clock.today()).metrics:
        if one.promise:
            yield ToneLine(one.called, strong=True)
            yield ToneLine(f"  {gap_words(one)}", Tone.TARGET)
            words, by_luck = could_tell(one, result_from(iteration))
            yield from [ToneLine(f"  ◇ {words}", Tone.WARNING if by_luck else Tone.QUIET)] if words else []
        elif one.balance:
            aim = one.case.question.aim
            yield ToneLine(f"{one.called}: limit {aim.words() if aim else 'not set'}")


def agreement_chart(book: Workbook, improvement: Improvement, iteration: Iteration, step: str) -> RunChart | None:
    """Return the run chart of the metric that is agreed first, none where it has fewer than two readings."""
    measured = measure(improvement, iteration, book.clock.today()).metrics
    wanted = [one for one in measured if step == "baseline" or one.promise] or list(measured)
    charts = (run_chart(book, improvement, iteration, one.metric.id) for one in wanted)
    return next((chart for chart in charts if len(chart.points) > 1), None)


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three statements of a check, with the chart that shows it."""

    name: str
    """Target, Signal or Outlook."""
    question: str
    """What is asked."""
    answer: ToneLine
    """What the readings say."""
    chart: RunChart | None
    """The readings with the lines that matter here; none without readings."""


_QUESTIONS = {
    "Target": "Was the target met?",
    "Signal": "Is the change more than the usual variation?",
    "Outlook": "Will single readings keep meeting the target?",
}


def verification_stages(book: Workbook, improvement: Improvement, iteration: Iteration) -> tuple[Stage, ...]:
    """Return target, signal and outlook of the first metric with a target and a result; nothing without one."""
    one = lead_metric(measure(improvement, iteration, book.clock.today()))
    if one is None:
        return ()
    chart = run_chart(book, improvement, iteration, one.metric.id)
    pictures = (_with_target(chart), _with_limits(chart), _as_it_runs_now(chart, one))
    rows = (target_row(one), signal_row(one), outlook_row(one))
    return tuple(_stage(row, picture) for row, picture in zip(rows, pictures, strict=True))


def _stage(row: CardRow, chart: RunChart) -> Stage:
    words = f"{row.mark} {row.text[:1].upper()}{row.text[1:]}"
    answer = ToneLine(words, _MARK_TONES.get(row.mark, Tone.PLAIN), strong=True)
    return Stage(row.name, _QUESTIONS[row.name], answer, chart if len(chart.points) > 1 else None)


def _with_target(chart: RunChart) -> RunChart:
    """Return the chart with the target alone."""
    points = tuple(replace(point, flagged=False, limits=None) for point in chart.points)
    return replace(chart, points=points, phases=tuple(map(_without_limits, chart.phases)))


def _without_limits(phase: Phase) -> Phase:
    return replace(phase, lower=None, upper=None)


def _with_limits(chart: RunChart) -> RunChart:
    """Return the chart with the limits of the baseline and the signals."""
    return replace(chart, phases=tuple(replace(phase, target=()) for phase in chart.phases))


def _as_it_runs_now(chart: RunChart, one: MeasuredMetric) -> RunChart:
    """Return the chart with the target, and from the result on the limits of the result readings on their own."""
    found, first = one.case.after_limits, min(point.day for point in one.case.question.after)
    now = {"mean": as_float(found.mean), "lower": as_float(found.lower), "upper": as_float(found.upper)}
    phases = tuple(
        replace(phase, mean=now["mean"], lower=now["lower"], upper=now["upper"])
        if phase.first >= first or (phase.last is None or phase.last >= first)
        else replace(phase, lower=None, upper=None, mean=None)
        for phase in chart.phases
    )
    return replace(chart, points=tuple(replace(point, flagged=False) for point in chart.points), phases=phases)
