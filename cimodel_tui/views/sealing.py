"""What is shown when something is sealed: the agreement, the stages of a verification, and the card of a check.

The card sets before, after and target beside each other, with the three statements about them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from cimodel_tui.charts import Phase, RunChart
from cimodel_tui.charts.card import BAD, GOOD, PLAIN, UNSURE, Card, CardRow
from cimodel_tui.measurement import OUTLOOKS, difference_words, percent_words
from cimodel_tui.measurement.figures import change_words, day_words, decimals, with_unit
from cimodel_tui.measurement.readings import as_float
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, result_from
from cimodel_tui.model.number import show_number
from cimodel_tui.record import dataclass
from cimodel_tui.views.metrics import RULE_WORDS, baseline_words, caveats, detectability_words, gap_words
from cimodel_tui.views.panels import headline
from cimodel_tui.views.pictures import run_chart
from cimodel_tui.views.tone import Tone, ToneLine, tone_of_verdict
from cimodel_tui.workbook.measure import MeasuredIteration, MeasuredMetric, measure
from cimodel_tui.workbook.workbook import Workbook

_MARKS = {Tone.GOOD: GOOD, Tone.BAD: BAD, Tone.WARNING: UNSURE}
_OUTLOOK_MARKS = {"pass": GOOD, "hit-and-miss": UNSURE, "fail": BAD}
_BALANCE_MARKS = {"kept": GOOD, "slipping": UNSURE, "broken": BAD}


def card_of(book: Workbook, improvement: Improvement, iteration: Iteration) -> Card | None:
    """Return the card of an iteration; None if no metric with a target has a baseline and a result."""
    measured = measure(improvement, iteration, book.clock.today())
    lead = lead_metric(measured)
    if lead is None:
        return None
    word, check = str(measured.verdict["word"]), iteration.check
    verified = f"Verified by {check.verified_by} on {check.verified_on}" if check.verified else "Not verified"
    before, after = _number(lead, "baseline", "mean"), _number(lead, "achieved")
    return Card(
        title=f"{improvement.ref} {improvement.title}",
        metric=f"{lead.display_name} · iteration {iteration.number}",
        before=value_words(lead, before),
        after=with_unit(value_words(lead, after), lead.unit),
        target=f"target {lead.case.question.aim.words()}" if lead.case.question.aim else "",
        reach=_target_share(lead, before, after),
        headline=headline(word),
        mark=_MARKS.get(tone_of_verdict(word), BAD if word in ("not-there", "not-shown") else PLAIN),
        change=_change_words(lead),
        rows=tuple(statements(measured, lead)),
        by=f"{verified} · {book.title}",
    )


def lead_metric(measured: MeasuredIteration) -> MeasuredMetric | None:
    """Return the first outcome metric with a target, a baseline and a result."""
    return next(
        (
            one
            for one in measured.metrics
            if one.promise and _number(one, "achieved") is not None and _number(one, "baseline", "mean") is not None
        ),
        None,
    )


def statements(measured: MeasuredIteration, lead: MeasuredMetric) -> Iterator[CardRow]:
    """Yield target, signal and outlook of the lead metric, the other targets, and what must not get worse."""
    yield target_row(lead)
    yield signal_row(lead)
    yield outlook_row(lead)
    for one in measured.metrics:
        if one is not lead and (one.promise or one.balance):
            mark = _BALANCE_MARKS.get(one.word, PLAIN) if one.balance else _MARKS.get(tone_of_verdict(one.word), PLAIN)
            yield CardRow("Side" if one.balance else "Also", one.sentence, mark)


def target_row(one: MeasuredMetric) -> CardRow:
    """Return whether the target was met, and by which rule."""
    met, aim = one.record.get("target_met"), one.case.question.aim
    rule = RULE_WORDS[one.case.question.rule.kind].format(one.case.question.rule.n)
    achieved = with_unit(value_words(one, _number(one, "achieved")), one.unit)
    target = aim.words() if aim else "none"
    if not isinstance(met, bool):
        return CardRow("Target", f"{rule} is {achieved}, target {target}: too early to tell", PLAIN)
    return CardRow(
        "Target", f"{'met' if met else 'not met'}: {rule} is {achieved}, target {target}", GOOD if met else BAD
    )


def signal_row(one: MeasuredMetric) -> CardRow:
    """Return whether the change is more than the usual variation."""
    level = one.stored_sentence("level")
    kind, _, side = str(one.record.get("level") or "").partition("-")
    sustained = {"better": GOOD, "worse": BAD}.get(side, UNSURE)
    mark = sustained if kind == "sustained" else UNSURE if kind in ("early", "mixed") else PLAIN
    return CardRow("Signal", level or "too few readings to tell", mark)


def outlook_row(one: MeasuredMetric) -> CardRow:
    """Return whether single readings will keep meeting the target."""
    outlook = str(one.record.get("outlook") or "")
    words = one.stored_sentence("outlook") or OUTLOOKS.get(outlook, "")
    return CardRow("Outlook", words or "too few readings to tell", _OUTLOOK_MARKS.get(outlook, PLAIN))


def value_words(one: MeasuredMetric, value: float | None) -> str:
    """Return a computed value with the decimals of its metric."""
    return "–" if value is None else show_number(Fraction(value), decimals(one.case))


def _number(one: MeasuredMetric, *names: str) -> float | None:
    found: object = one.record
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _target_share(one: MeasuredMetric, before: float | None, after: float | None) -> float | None:
    """Return where the target lies on the way from before to after; None without a move."""
    aim = one.case.question.aim
    ends = [float(end) for end in (aim.low, aim.high) if end is not None] if aim else []
    if len(ends) != 1 or before is None or after is None or before == after:
        return None
    return (ends[0] - before) / (after - before)


def _change_words(one: MeasuredMetric) -> str:
    """Return the change, its likely range, and the share of the gap."""
    gap = one.record.get("gap_closed")
    parts = [change_words(one.case), difference_words(one.case)]
    parts += [f"gap closed {percent_words(Fraction(gap))}"] if isinstance(gap, int | float) else []
    return "; ".join(part for part in parts if part)


_MARK_TONES = {"✓": Tone.GOOD, "✗": Tone.BAD, "~": Tone.WARNING}


def agreement_lines(
    book: Workbook, improvement: Improvement, iteration: Iteration, step: str, by: str, on: str
) -> list[ToneLine]:
    """Return what is agreed, by whom and when, and what that means."""
    day = as_day(on)
    lines = [
        *(
            _baseline_agreement(book, improvement, iteration)
            if step == "baseline"
            else _target_agreement(book, improvement, iteration)
        ),
        ToneLine(""),
        ToneLine(f"Agreed by {by} on {day_words(day) if day else on}", strong=True),
    ]
    sealed = "the readings of the baseline and its limits" if step == "baseline" else "targets, dates and success rules"
    return [
        *lines,
        ToneLine(f"This seals {sealed}. Every later change asks for a reason and stays visible.", Tone.QUIET),
    ]


def _baseline_agreement(book: Workbook, improvement: Improvement, iteration: Iteration) -> Iterator[ToneLine]:
    for one in measure(improvement, iteration, book.clock.today()).metrics:
        yield ToneLine(one.display_name, strong=True)
        yield ToneLine(f"  {baseline_words(one)}", Tone.BASELINE)
        yield from (ToneLine(f"  ◇ {each}", Tone.WARNING) for each in caveats(one))


def _target_agreement(book: Workbook, improvement: Improvement, iteration: Iteration) -> Iterator[ToneLine]:
    for one in measure(improvement, iteration, book.clock.today()).metrics:
        if one.promise:
            yield ToneLine(one.display_name, strong=True)
            yield ToneLine(f"  {gap_words(one)}", Tone.TARGET)
            words, by_luck = detectability_words(one, result_from(iteration))
            yield from [ToneLine(f"  ◇ {words}", Tone.WARNING if by_luck else Tone.QUIET)] if words else []
        elif one.balance:
            aim = one.case.question.aim
            yield ToneLine(f"{one.display_name}: limit {aim.words() if aim else 'not set'}")


def agreement_chart(book: Workbook, improvement: Improvement, iteration: Iteration, step: str) -> RunChart | None:
    """Return the run chart of the metric that is agreed first, None with fewer than two readings."""
    measured = measure(improvement, iteration, book.clock.today()).metrics
    preferred = [one for one in measured if step == "baseline" or one.promise] or list(measured)
    charts = (run_chart(book, improvement, iteration, one.metric.id) for one in preferred)
    return next((chart for chart in charts if len(chart.points) > 1), None)


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three statements of a check, with the chart that shows it."""

    name: str
    """Target, Signal or Outlook."""
    question: str
    """The question."""
    answer: ToneLine
    """The answer by the readings."""
    chart: RunChart | None
    """The readings with the lines that matter here; None without readings."""


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
    pictures = (_with_target(chart), _with_limits(chart), _with_result_limits(chart, one))
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


def _with_result_limits(chart: RunChart, one: MeasuredMetric) -> RunChart:
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
