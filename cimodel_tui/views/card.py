"""What the card of a check says: before, after, target, and the three statements side by side."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cimodel_tui.charts.card import BAD, GOOD, PLAIN, UNSURE, Card, CardRow
from cimodel_tui.measurement import OUTLOOKS, difference_words, percent_words
from cimodel_tui.measurement.figures import change_words, decimals, with_unit
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import show_number
from cimodel_tui.views.metrics import RULE_WORDS
from cimodel_tui.views.panels import headline
from cimodel_tui.views.tone import Tone, tone_of_verdict
from cimodel_tui.workbook.measure import Measured, MeasuredMetric, measure
from cimodel_tui.workbook.workbook import Workbook

_MARKS = {Tone.GOOD: GOOD, Tone.BAD: BAD, Tone.WARNING: UNSURE}
_OUTLOOK_MARKS = {"pass": GOOD, "hit-and-miss": UNSURE, "fail": BAD}
_KEPT_MARKS = {"kept": GOOD, "slipping": UNSURE, "broken": BAD}


def card_of(book: Workbook, improvement: Improvement, iteration: Iteration) -> Card | None:
    """Return the card of an iteration; none where no metric with a target has a baseline and a result."""
    measured = measure(improvement, iteration, book.clock.today())
    lead = lead_metric(measured)
    if lead is None:
        return None
    word, check = str(measured.verdict["word"]), iteration.check
    verified = f"Verified by {check.verified_by} on {check.verified_on}" if check.verified else "Not verified"
    before, after = _number(lead, "baseline", "mean"), _number(lead, "achieved")
    return Card(
        title=f"{improvement.ref} {improvement.title}",
        metric=f"{lead.called} · iteration {iteration.number}",
        before=figure_of(lead, before),
        after=with_unit(figure_of(lead, after), lead.unit),
        target=f"target {lead.case.question.aim.words()}" if lead.case.question.aim else "",
        reach=_reach(lead, before, after),
        headline=headline(word),
        mark=_MARKS.get(tone_of_verdict(word), BAD if word in ("not-there", "not-shown") else PLAIN),
        change=_change(lead),
        rows=tuple(statements(measured, lead)),
        by=f"{verified} · {book.title}",
    )


def lead_metric(measured: Measured) -> MeasuredMetric | None:
    """Return the first outcome metric with a target, a baseline and a result."""
    return next(
        (
            one
            for one in measured.metrics
            if one.promise and _number(one, "achieved") is not None and _number(one, "baseline", "mean") is not None
        ),
        None,
    )


def statements(measured: Measured, lead: MeasuredMetric) -> Iterator[CardRow]:
    """Yield target, signal and outlook of the lead metric, the other targets, and what must not get worse."""
    yield target_row(lead)
    yield signal_row(lead)
    yield outlook_row(lead)
    for one in measured.metrics:
        if one is not lead and (one.promise or one.balance):
            mark = _KEPT_MARKS.get(one.word, PLAIN) if one.balance else _MARKS.get(tone_of_verdict(one.word), PLAIN)
            yield CardRow("Side" if one.balance else "Also", one.sentence, mark)


def target_row(one: MeasuredMetric) -> CardRow:
    """Return whether the target was met, and by which rule."""
    met, aim = one.record.get("target_met"), one.case.question.aim
    rule = RULE_WORDS[one.case.question.rule.kind].format(one.case.question.rule.n)
    achieved = with_unit(figure_of(one, _number(one, "achieved")), one.unit)
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


def figure_of(one: MeasuredMetric, value: float | None) -> str:
    """Return a computed value with the decimals of its metric."""
    return "–" if value is None else show_number(Fraction(value), decimals(one.case))


def _number(one: MeasuredMetric, *names: str) -> float | None:
    found: object = one.record
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _reach(one: MeasuredMetric, before: float | None, after: float | None) -> float | None:
    """Return where the target lies on the way from before to after; none where there is no way."""
    aim = one.case.question.aim
    ends = [float(end) for end in (aim.low, aim.high) if end is not None] if aim else []
    if len(ends) != 1 or before is None or after is None or before == after:
        return None
    return (ends[0] - before) / (after - before)


def _change(one: MeasuredMetric) -> str:
    """Return how far it moved, what the usual variation leaves open, and the share of the gap."""
    gap = one.record.get("gap_closed")
    parts = [change_words(one.case), difference_words(one.case)]
    parts += [f"gap closed {percent_words(Fraction(gap))}"] if isinstance(gap, int | float) else []
    return "; ".join(part for part in parts if part)
