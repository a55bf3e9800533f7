"""One improvement at a glance: the line to steer by, the way over its iterations, and what the dashboard says."""

from datetime import date

from cimodel_tui.measurement.figures import day_words, figure, with_unit
from cimodel_tui.measurement.stored_readings import figures_of
from cimodel_tui.model.baseline import DAYS_BETWEEN
from cimodel_tui.model.check import REVISITABLE
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.next_iteration import Opening, next_pass, revisit
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.model.outcome import MET, final_word
from cimodel_tui.model.step import STEP_KEYS, STEPS, step_of
from cimodel_tui.model.stretch import result_from
from cimodel_tui.views.due import due_of
from cimodel_tui.views.history import amended_words, broken_seals
from cimodel_tui.views.metrics import due_words
from cimodel_tui.views.panels import action_lines, verdict_lines
from cimodel_tui.views.register import next_of
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.measure import Measured, One, measure
from cimodel_tui.workbook.question import points_after
from cimodel_tui.workbook.relapse import relapsed_since
from cimodel_tui.workbook.workbook import Workbook

NOT_MEASURED = "nothing is measured yet"
"""The steering line of an iteration without a metric."""


def steering_line(book: Workbook, improvement: Improvement, iteration: Iteration) -> str:
    """Return the one line that a steering group reads."""
    today = book.clock.today()
    measured = measure(improvement, iteration, today)
    promised = [one for one in measured.metrics if one.promise]
    parts = [
        _stands(improvement, measured, promised) if _is_measured(iteration) else NOT_MEASURED,
        *[words for one in promised[:1] if (words := due_words(one, as_day(iteration.check.verified_on) or today))],
    ]
    if not iteration.check.verified and any(one.word in MET for one in promised):
        parts[0] += " (not verified)"
    parts += [*_costs(measured), *_not_known(measured)]
    if improvement.decision_what.strip():
        told = [improvement.decision_from, f"by {improvement.decision_by}" if improvement.decision_by else ""]
        whom = ", ".join(part for part in told if part)
        parts.append(f"decide: {improvement.decision_what}" + (f" ({whom})" if whom else ""))
    parts += _spent(iteration)
    since = relapsed_since(book, improvement)
    parts += [f"relapsed since {since}"] if since else []
    return " · ".join([*parts, *broken_seals(improvement, iteration)])


def _is_measured(iteration: Iteration) -> bool:
    """Tell whether there is anything that a verdict could be about."""
    return bool(iteration.baseline.metrics or iteration.check.verified or iteration.check.override)


def _stands(improvement: Improvement, measured: Measured, promised: list[One]) -> str:
    word = str(measured.verdict["word"])
    if promised and promised[0].case.achieved is None and promised[0].case.question.agreed:
        return _under_way(improvement, promised[0])
    lead = promised[0].told("steering") if promised else ""
    suggested = str(measured.verdict["suggested"])
    if word != suggested or not lead or len(promised) > 1:
        return f"{word.replace('-', ' ')}" + (f" · {lead}" if lead else "")
    return lead


def _under_way(improvement: Improvement, one: One) -> str:
    """Return where a metric stands that has no result yet: its latest reading, its baseline and its target."""
    case, unit = one.case, one.unit
    last = case.question.baseline[-1].day if case.question.baseline else None
    latest = tuple(figures_of(one.metric, points_after(improvement, one.metric, last)))
    aim = with_unit(case.question.aim.words(), unit) if case.question.aim else "not set"
    start = with_unit(figure(case, case.limits.mean), unit)
    now = f"latest {figure(case, latest[-1][1])} on {day_words(latest[-1][0])}, " if latest else ""
    return f"under way: {now}baseline {start}, target {aim}"


def _costs(measured: Measured) -> list[str]:
    names = measured.verdict["at_a_cost"]
    wanted = names if isinstance(names, list) else []
    kept = {one.called: one.record.get("balance") for one in measured.metrics}
    figures = [str(each.get("figures") or name) for name in wanted if isinstance(each := kept.get(str(name)), dict)]
    return [f"at a cost: {'; '.join(figures)}"] if figures else []


def _not_known(measured: Measured) -> list[str]:
    names = measured.verdict.get("not_known")
    return [f"side effects not known: {', '.join(map(str, names))}"] if isinstance(names, list) and names else []


def _spent(iteration: Iteration) -> list[str]:
    spent = iteration.check.cost_so_far.strip()
    of = f" of {iteration.plan.go_ahead_cost.strip()}" if iteration.plan.go_ahead_cost.strip() else ""
    return [f"spent {spent}{of}"] if spent else []


def dashboard_lines(book: Workbook, improvement: Improvement, iteration: Iteration) -> list[ToneLine]:
    """Return verdict, decision, what is needed before the check, progress, the way, and what is due next."""
    check, today = iteration.check, book.clock.today()
    lines = verdict_lines(improvement, iteration, today) if _is_measured(iteration) else []
    if iteration == book.latest(improvement.id):
        lines.append(ToneLine(f"▸ Next: {next_of(book, improvement)}", strong=True))
    if check.decision:
        to = f" {step_of(check.revisit_step).heading}" if check.revisit_step in STEP_KEYS else ""
        lines.append(ToneLine(f"Decision: {check.decision}{to}. {check.decision_reason}".rstrip()))
    if not check.verified:
        lines += _before_the_check(improvement, iteration, today)
    lines += action_lines(iteration, today)
    lines.append(ToneLine(f"History: {way_of(book, improvement)}", Tone.QUIET))
    lines += [ToneLine(f"± {words}", Tone.WARNING) for words in amended_words(iteration)]
    lines += [
        ToneLine(
            f"{'!' if each.days < 0 else '·'} {each.due} {each.kind}: {each.what}",
            Tone.BAD if each.days < 0 else Tone.PLAIN,
        )
        for each in due_of(book, improvement)
    ]
    return lines


def _before_the_check(improvement: Improvement, iteration: Iteration, today: date) -> list[ToneLine]:
    """Return for each promise how many readings are in and missing, and whether it can still be judged by its day."""
    lines: list[ToneLine] = []
    for one in measure(improvement, iteration, today).metrics:
        if one.promise is None or one.case.question.aim is None:
            continue
        needs, there = one.case.question.rule.needs, one.case.after_limits.n
        left = max(0, needs - there)
        words = f"{one.called}: {there} result readings are in"
        if left:
            words += f", {left} more needed"
        start = result_from(iteration)
        if start is None:
            words += "; say in step 4 from when the result counts"
        elif start > today:
            words += f"; the result counts from {start}"
        fits = _can_be_judged(one, start, today, left)
        words += "" if fits else "; they cannot all be in by its day"
        lines.append(ToneLine(words, Tone.QUIET if fits else Tone.WARNING))
    return lines


def _can_be_judged(one: One, start: date | None, today: date, left: int) -> bool:
    by = as_day(one.promise.by) if one.promise else None
    between = DAYS_BETWEEN.get(one.metric.frequency)
    if by is None or between is None or not left:
        return True
    first = max(today, start) if start else today
    return (by - first).days >= (left - 1) * between


def way_of(book: Workbook, improvement: Improvement) -> str:
    """Return the path over the iterations: 1 to 6 not there, back to 2, on to 4."""
    parts: list[str] = []
    before: Iteration | None = None
    for each in book.iterations(improvement.id):
        entered, word = step_of(each.entered_at).number, final_word(each.check).replace("-", " ")
        reached = 6 if each.check.verified else _reached(each, before)
        walked = f"{entered}" if reached == entered else f"{entered} to {reached}"
        path = f"back to {entered}, on to {reached}" if each.reason else f"again {walked}" if parts else walked
        before = each
        parts.append(path + (f" ({word})" if word else ""))
    return ", ".join(parts)


def _reached(iteration: Iteration, before: Iteration | None) -> int:
    """Return the last step in which anything was done, not counting what came from the iteration before."""
    opening = Opening(id=iteration.id, by=iteration.opened_by, on=as_day(iteration.opened_on) or date.min)
    fresh = Iteration(id=iteration.id, improvement=iteration.improvement)
    if before is not None:
        again = iteration.reason and iteration.entered_at in REVISITABLE
        fresh = revisit(before, opening, iteration.entered_at, "") if again else next_pass(before, opening)
    begun = [step.number for step in STEPS if iteration.part(step.key) != fresh.part(step.key)]
    return max((step_of(iteration.entered_at).number, *begun))


def payback(iteration: Iteration) -> str:
    """Return payback time and yearly return from the costs and benefits of step 4; empty where they are not there."""
    plan = iteration.plan
    try:
        once, yearly, gain = (
            read_number(text or "0") for text in (plan.one_off_cost, plan.yearly_cost, plan.yearly_benefit)
        )
    except UnreadableNumberError:
        return ""
    if gain <= yearly or not plan.yearly_benefit.strip() or not once:
        return ""
    months = round(float(once / (gain - yearly)) * 12, 1)
    share = round(float((gain - yearly - once) / once) * 100)
    return f"pays back in {months:g} months; {share} % in the first year"
