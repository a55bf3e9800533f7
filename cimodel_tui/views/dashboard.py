"""The dashboard of one improvement: its steering line, the path over its iterations, and its panels."""

import re
from datetime import date
from fractions import Fraction

from cimodel_tui.measurement import percent_words, unit_of
from cimodel_tui.measurement.figures import day_words, decimals, figure, with_unit
from cimodel_tui.measurement.stored_readings import figures_of
from cimodel_tui.model.baseline import DAYS_BETWEEN
from cimodel_tui.model.check import MET, REVISITABLE, final_verdict
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, result_from
from cimodel_tui.model.next_iteration import Opening, next_pass, revisit
from cimodel_tui.model.number import UnreadableNumberError, read_number, show_number
from cimodel_tui.model.step import STEP_KEYS, STEPS, step_of
from cimodel_tui.views.due import due_line, due_of
from cimodel_tui.views.history import amendment_words, broken_seals
from cimodel_tui.views.metrics import due_words
from cimodel_tui.views.panels import action_lines, metrics_lines, precise_word, verdict_lines
from cimodel_tui.views.status import next_of
from cimodel_tui.views.tone import Tone, ToneLine, tone_of_verdict
from cimodel_tui.workbook.measure import MeasuredIteration, MeasuredMetric, measure
from cimodel_tui.workbook.question import points_after
from cimodel_tui.workbook.sustain import relapse_day_text
from cimodel_tui.workbook.workbook import Workbook

NOT_MEASURED = "Nothing is measured yet"
"""The steering line of an iteration without a metric."""


_GAP_SHARE = re.compile(r" \([^()]* of the gap\)")

_SAME_TARGET = re.compile(r"(, target (\S+)(?: \S+)? · iteration \d+: )latest (.*?), target \2(?: \S+)?(?= ·|$)")
"""A target that the last verified result and the current iteration share: it is shown once where room is short."""


_DECISION_WORDS = 3
"""Words of a decision that are left at least."""


def steering_line(book: Workbook, improvement: Improvement, iteration: Iteration, most: int = 0) -> str:
    """Return the one line that a steering group reads.

    Where it is longer than `most` cells, the costs are dropped first, then the gap, then a repeated target, then
    words of the decision; never target, date or that a decision is needed.
    """
    parts, ending = _status_and_costs(book, improvement, iteration), _warnings(book, improvement, iteration)
    is_latest = iteration == book.latest(improvement.id)
    decision = _decision_words(improvement, book.clock.today().year) if is_latest else []
    line = " · ".join([*parts, *decision, *_spent_words(iteration), *ending])
    if not most or len(line) <= most:
        return line
    line = " · ".join([*parts, *decision, *ending])
    line = _GAP_SHARE.sub("", line) if len(line) > most else line
    line = _SAME_TARGET.sub(r"\1\3", line) if len(line) > most else line
    over = len(line) - most
    return line.replace(improvement.decision_what, _shorten(improvement.decision_what, over)) if over > 0 else line


def _shorten(words: str, over: int) -> str:
    """Return words shorter by so many characters, three words at least, with an ellipsis."""
    least = len(" ".join(words.split()[:_DECISION_WORDS]))
    room = max(len(words) - over - 1, least)
    whole = words[: room + 1].rpartition(" ")[0]
    return words if room >= len(words) else f"{whole if len(whole) >= least else words[:least]}…"


def _decision_words(improvement: Improvement, year: int) -> list[str]:
    """Return the decision that is needed, from whom and by when; empty without one."""
    if not improvement.decision_what.strip():
        return []
    by = as_day(improvement.decision_by)
    parts = [improvement.decision_from, f"by {day_words(by, year)}" if by else ""]
    whom = ", ".join(part for part in parts if part)
    return [f"decide: {improvement.decision_what}" + (f" ({whom})" if whom else "")]


def _warnings(book: Workbook, improvement: Improvement, iteration: Iteration) -> list[str]:
    """Return warnings of a relapse and of broken seals."""
    since = relapse_day_text(book, improvement)
    return [*([f"relapsed since {since}"] if since else []), *broken_seals(improvement, iteration)]


def steering_tone(book: Workbook, improvement: Improvement, iteration: Iteration) -> Tone:
    """Return the tone of the steering line: that of the verdict, a warning if it came at a cost."""
    verdict = measure(improvement, iteration, book.clock.today()).verdict
    tone = tone_of_verdict(str(verdict["word"]))
    return Tone.WARNING if tone is Tone.GOOD and verdict["at_a_cost"] else tone


def _status_and_costs(book: Workbook, improvement: Improvement, iteration: Iteration) -> list[str]:
    """Return status, due day, and side effects."""
    today = book.clock.today()
    measured = measure(improvement, iteration, today)
    promised = [one for one in measured.metrics if one.promise]
    status = _headline(book, improvement, iteration, measured)
    if not iteration.check.verified and any(one.word in MET for one in promised):
        status += " (not verified)"
    looked_at = as_day(iteration.check.verified_on) or today
    due = [words for one in promised[:1] if (words := due_words(one, looked_at))]
    return [status, *due, *_cost_words(measured), *_unknown_side_effects(measured)]


def _headline(book: Workbook, improvement: Improvement, iteration: Iteration, measured: MeasuredIteration) -> str:
    """Return the status; without result readings the last verified result comes first."""
    promised = [one for one in measured.metrics if one.promise]
    status = _status_words(improvement, measured, promised) if _is_measured(iteration) else NOT_MEASURED
    before = _last_verified(book, improvement, iteration)
    last = verified_words(improvement, before) if before else ""
    if not last or any(one.case.question.after for one in measured.metrics):
        return status
    since = _since_baseline(improvement, promised[0]) if promised else ()
    now = _latest_words(promised[0], since[-1], book.clock.today().year) if since else "no numbers yet"
    return f"{last} · iteration {iteration.number}: {now}"


def _latest_words(one: MeasuredMetric, latest: tuple[date, Fraction], year: int) -> str:
    aim = one.case.question.aim
    target = f", target {with_unit(aim.words(), unit_of(one.case))}" if aim else ""
    return f"latest {figure(one.case, latest[1])} on {day_words(latest[0], year)}{target}"


def _last_verified(book: Workbook, improvement: Improvement, iteration: Iteration) -> Iteration | None:
    """Return the latest iteration before this one whose check was verified."""
    earlier = (each for each in book.iterations(improvement.id) if each.number < iteration.number)
    return next((each for each in reversed(tuple(earlier)) if each.check.verified), None)


def verified_words(improvement: Improvement, iteration: Iteration) -> str:
    """Return the verified result of an iteration in a few words: achieved 20.4 min, target 22."""
    measured = measure(improvement, iteration)
    promised = next((one for one in measured.metrics if one.promise and achieved_words(one)), None)
    if promised is None or promised.case.question.aim is None:
        return ""
    lead = precise_word(str(measured.verdict["word"])).capitalize()
    return f"{lead}: {achieved_words(promised)}, target {promised.case.question.aim.words()}"


def _since_baseline(improvement: Improvement, one: MeasuredMetric) -> tuple[tuple[date, Fraction], ...]:
    last = one.case.question.baseline[-1].day if one.case.question.baseline else None
    return tuple(figures_of(one.metric, points_after(improvement, one.metric, last)))


def _is_measured(iteration: Iteration) -> bool:
    """Tell whether a verdict is possible at all."""
    return bool(iteration.baseline.metrics or iteration.check.verified or iteration.check.override)


def _status_words(improvement: Improvement, measured: MeasuredIteration, promised: list[MeasuredMetric]) -> str:
    """Return the verdict with the figures of the first metric that was promised."""
    if promised and promised[0].case.achieved is None and promised[0].case.question.agreed:
        return _under_way(improvement, promised[0])
    lead = precise_word(str(measured.verdict["word"])).capitalize()
    figures = figures_line(promised[0]) if promised else ""
    return f"{lead}: {figures}" if figures else lead


def figures_line(one: MeasuredMetric) -> str:
    """Return the achieved value of a metric, target and share of the gap: 62.9 %, target 68 (42 % of the gap)."""
    achieved, aim = achieved_words(one), one.case.question.aim
    if not achieved or aim is None:
        return achieved
    gap = one.record.get("gap_closed")
    share = f" ({percent_words(Fraction(gap))} of the gap)" if isinstance(gap, int | float) else ""
    return f"{achieved}, target {aim.words()}{share}"


def achieved_words(one: MeasuredMetric) -> str:
    """Return the recorded achieved value with its unit; empty without one."""
    value = one.record.get("achieved")
    if not isinstance(value, int | float):
        return ""
    verified = show_number(Fraction(value), decimals(one.case))
    return with_unit(verified, unit_of(one.case))


def _under_way(improvement: Improvement, one: MeasuredMetric) -> str:
    """Return latest reading, baseline and target of a metric without a result."""
    case, unit = one.case, one.unit
    latest = _since_baseline(improvement, one)
    aim = with_unit(case.question.aim.words(), unit) if case.question.aim else "not set"
    start = with_unit(figure(case, case.limits.mean), unit)
    now = f"latest {figure(case, latest[-1][1])} on {day_words(latest[-1][0])}, " if latest else ""
    return f"Under way: {now}baseline {start}, target {aim}"


def _cost_words(measured: MeasuredIteration) -> list[str]:
    names = measured.verdict["at_a_cost"]
    costly = names if isinstance(names, list) else []
    balances = {one.display_name: one.record.get("balance") for one in measured.metrics}
    figures = [str(each.get("figures") or name) for name in costly if isinstance(each := balances.get(str(name)), dict)]
    return [f"at a cost: {'; '.join(figures)}"] if figures else []


def _unknown_side_effects(measured: MeasuredIteration) -> list[str]:
    names = measured.verdict.get("not_known")
    return [f"side effects not known: {', '.join(map(str, names))}"] if isinstance(names, list) and names else []


def _spent_words(iteration: Iteration) -> list[str]:
    spent = iteration.check.cost_so_far.strip()
    of = f" of {iteration.plan.go_ahead_cost.strip()}" if iteration.plan.go_ahead_cost.strip() else ""
    return [f"spent {spent}{of}"] if spent else []


def purpose_lines(improvement: Improvement, iteration: Iteration) -> list[ToneLine]:
    """Return the vision and the summary, which are shown while there are no numbers."""
    vision = " ".join(iteration.vision.vision.split())
    known = [ToneLine(vision, strong=True)] if vision else []
    known += [ToneLine(improvement.summary)] if improvement.summary.strip() else []
    return [*known, ToneLine("")] if known else []


def result_lines(book: Workbook, improvement: Improvement, iteration: Iteration) -> list[ToneLine]:
    """Return verdict and decision; before the check the readings that it still needs."""
    check, today = iteration.check, book.clock.today()
    lines = verdict_lines(improvement, iteration, today) if _is_measured(iteration) else []
    lines += metrics_lines(improvement, iteration, today)
    if check.decision:
        to = f" {step_of(check.revisit_step).heading}" if check.revisit_step in STEP_KEYS else ""
        lines.append(ToneLine(f"Decision: {check.decision}{to}. {check.decision_reason}".rstrip()))
    if not check.verified:
        lines += _readings_needed(improvement, iteration, today)
    return [*lines, *(ToneLine(f"± {words}", Tone.WARNING) for words in amendment_words(iteration))]


def next_line(book: Workbook, improvement: Improvement, iteration: Iteration) -> str:
    """Return the next useful thing, and how much is due soon or late, in one line."""
    due = due_of(book, improvement)
    late = sum(each.days < 0 for each in due)
    parts = [f"▸ Next: {next_of(book, improvement)}"] if iteration == book.latest(improvement.id) else []
    parts += [f"{late} late"] if late else []
    parts += [f"{len(due) - late} due soon"] if len(due) > late else []
    return " · ".join(parts)


def next_lines(book: Workbook, improvement: Improvement, iteration: Iteration) -> list[ToneLine]:
    """Return the next useful thing, and how far the actions are."""
    lines = action_lines(iteration, book.clock.today())
    if iteration == book.latest(improvement.id):
        return [ToneLine(f"▸ Next: {next_of(book, improvement)}", Tone.ACCENT, strong=True), *lines]
    return lines


def due_lines(book: Workbook, improvement: Improvement) -> list[ToneLine]:
    """Return what is overdue or due soon, a line each."""
    return [due_line(each, named=False) for each in due_of(book, improvement)]


def history_line(book: Workbook, improvement: Improvement) -> ToneLine:
    """Return the path over the iterations; of a first one that is not verified, when it began and how far it is."""
    first, *later = book.iterations(improvement.id)
    path = iteration_path(book, improvement)
    if later or first.check.verified:
        return ToneLine(f"History: {path}", Tone.QUIET)
    began = as_day(improvement.raised_on)
    raised = f"raised {day_words(began)}" if began else ""
    by = f" by {improvement.raised_by}" if raised and improvement.raised_by else ""
    so_far = f"{'steps' if ' ' in path else 'step'} {path} so far"
    return ToneLine("Iteration 1: " + " · ".join(filter(None, (so_far, raised + by))), Tone.QUIET)


def _readings_needed(improvement: Improvement, iteration: Iteration, today: date) -> list[ToneLine]:
    """Return for each promise how many readings are in and missing, and whether it can still be judged by its day."""
    lines: list[ToneLine] = []
    for one in measure(improvement, iteration, today).metrics:
        if one.promise is None or one.case.question.aim is None:
            continue
        needs, there = one.case.question.rule.needs, one.case.after_limits.n
        missing = max(0, needs - there)
        words = f"{one.display_name}: {there} result readings are in"
        if missing:
            words += f", {missing} more needed"
        start = result_from(iteration)
        if start is None:
            words += "; say in step 4 from when the result counts"
        elif start > today:
            words += f"; the result counts from {start}"
        fits = _can_be_judged_in_time(one, start, today, missing)
        words += "" if fits else "; they cannot all be in by that day"
        lines.append(ToneLine(words, Tone.QUIET if fits else Tone.WARNING))
    return lines


def _can_be_judged_in_time(one: MeasuredMetric, start: date | None, today: date, missing: int) -> bool:
    by = as_day(one.promise.by) if one.promise else None
    between = DAYS_BETWEEN.get(one.metric.frequency)
    if by is None or between is None or not missing:
        return True
    first = max(today, start) if start else today
    return (by - first).days >= (missing - 1) * between


def iteration_path(book: Workbook, improvement: Improvement) -> str:
    """Return the path over the iterations: 1 to 6 (not met), back to 2, on to 4."""
    parts: list[str] = []
    before: Iteration | None = None
    for each in book.iterations(improvement.id):
        entered, word = step_of(each.entry).number, precise_word(final_verdict(each.check))
        reached = 6 if each.check.verified else _last_step_with_work(each, before)
        walked = f"{entered}" if reached == entered else f"{entered} to {reached}"
        path = f"back to {entered}, on to {reached}" if each.reason else f"again {walked}" if parts else walked
        before = each
        parts.append(path + (f" ({word})" if word else ""))
    return ", ".join(parts)


def _last_step_with_work(iteration: Iteration, before: Iteration | None) -> int:
    """Return the last step in which anything was done, not counting what came from the iteration before."""
    opening = Opening(id=iteration.id, by=iteration.opened_by, on=as_day(iteration.opened_on) or date.min)
    fresh = Iteration(id=iteration.id, improvement=iteration.improvement)
    if before is not None:
        again = iteration.reason and iteration.entered_at in REVISITABLE
        fresh = revisit(before, opening, iteration.entered_at, "") if again else next_pass(before, opening)
    begun = [step.number for step in STEPS if iteration.part(step.key) != fresh.part(step.key)]
    return max((step_of(iteration.entry).number, *begun))


def payback(iteration: Iteration) -> str:
    """Return payback time and yearly return from the costs and benefits of step 4; empty if they are missing."""
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
