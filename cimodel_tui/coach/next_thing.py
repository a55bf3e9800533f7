"""The next useful thing for an improvement, in one line, whatever its state.

Two transitions are missed most often, and are suggested most strongly: from the baseline to the target, from the last
action to the check.
"""

from collections.abc import Callable
from datetime import date

from cimodel_tui.coach.finding import Situation
from cimodel_tui.coach.promises import aim_of, decimals, format_number, promises, readings_needed
from cimodel_tui.coach.words import shorten
from cimodel_tui.measurement.signals import FEWEST
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.answer import label
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.check import GO_ON, KEEP_MEASURING, REVISIT, STOP
from cimodel_tui.model.completeness import Missing, missing
from cimodel_tui.model.day import SOON, as_day
from cimodel_tui.model.improvement import ON_HOLD, WITHDRAWN, Improvement
from cimodel_tui.model.iteration import Iteration, result_from
from cimodel_tui.model.momentum import NOW, ON_A_DATE
from cimodel_tui.model.number import count
from cimodel_tui.model.plan import Action
from cimodel_tui.model.status import is_closed, is_stale
from cimodel_tui.model.step import STEP_KEYS, step_of


def next_thing(improvement: Improvement, iteration: Iteration, today: date, earlier: tuple[Iteration, ...] = ()) -> str:
    """Return the next useful thing for an improvement with this latest iteration, in one line."""
    situation = Situation(improvement=improvement, iteration=iteration, earlier=earlier, today=today)
    return next((line for candidate in _CANDIDATES if (line := candidate(situation))), "look at it again")


def _on_hold_or_withdrawn(situation: Situation) -> str:
    entry = situation.improvement
    if entry.standing == WITHDRAWN:
        return "nothing: it was withdrawn"
    if entry.standing == ON_HOLD:
        again = as_day(entry.look_again_on)
        waits = again is not None and again > situation.today
        return (
            f"nothing before {again}: it is on hold" if waits else "decide whether to take it up again: it is on hold"
        )
    return ""


def _closing(situation: Situation) -> str:
    if is_closed(situation.improvement, situation.iteration, situation.earlier):
        return "nothing: it is closed"
    check = situation.iteration.check
    if check.decision != STOP:
        return ""
    return _due_sustain_check(situation, situation.today) if check.lessons else "note one lesson: it was stopped"


def _due_sustain_check(situation: Situation, until: date) -> str:
    """Return what is to be done about the sustain check that is due first, in whichever iteration it is open."""
    rows = (row for each in (*situation.earlier, situation.iteration) for row in each.momentum.sustain_checks)
    due = min((day for row in rows if row.open and (day := as_day(row.due))), default=None)
    if due is None:
        return ""
    return f"record the sustain check: it was due on {due}" if due <= until else f"wait for the sustain check on {due}"


def _after_verification(situation: Situation) -> str:
    check = situation.iteration.check
    if not check.verified:
        return ""
    if check.decision == REVISIT:
        step = f"at step {step_of(check.revisit_step).number}" if check.revisit_step in STEP_KEYS else "at a step"
        return f"open the next iteration {step}: the check led back there"
    return _sustaining(situation) if check.decision == GO_ON else "decide what follows from the check"


def _sustaining(situation: Situation) -> str:
    part, today = situation.iteration.momentum, situation.today
    sustain_check = _due_sustain_check(situation, today)
    if sustain_check.startswith("record"):
        return sustain_check
    needed = missing(situation.improvement, situation.iteration, "momentum")
    if needed:
        return _missing_words(needed[0])
    starts = as_day(part.next_on)
    if part.next == NOW or (part.next == ON_A_DATE and starts and starts <= today):
        return "start the next iteration"
    if sustain_check:
        return sustain_check
    return f"start the next iteration on {part.next_on}" if part.next == ON_A_DATE else ""


def _missing_words(missing_answer: Missing) -> str:
    number = step_of(missing_answer.place.step).number
    if missing_answer.words == "needed":
        return f"step {number} still needs: {label(missing_answer.place.field).lower()}"
    return f"step {number}: {shorten(missing_answer.words)}"


def _decision(situation: Situation) -> str:
    entry = situation.improvement
    by = as_day(entry.decision_by)
    if not entry.decision_what.strip() or (by and by - situation.today > SOON):
        return ""
    late = f", due on {by}" if by else ""
    return (
        f"get the decision of {entry.decision_from.strip() or 'whoever decides'}{late}: {shorten(entry.decision_what)}"
    )


def _stale(situation: Situation) -> str:
    stale = is_stale(situation.improvement, situation.iteration, situation.today)
    return f"review overdue ({situation.improvement.review_on}): keep, start or drop" if stale else ""


def _vision(situation: Situation) -> str:
    described = situation.iteration.vision.vision.strip() or situation.iteration.baseline.metrics
    return "" if described else "describe the vision"


def _outcomes(situation: Situation) -> list[Metric]:
    return [metric for metric in situation.iteration.baseline.metrics if metric.is_outcome]


def _baseline(situation: Situation) -> str:
    if situation.iteration.baseline.seal:
        return ""
    counts = [(situation.baseline_counts[each.id], each) for each in _outcomes(situation)]
    if not counts:
        return "name the number that would show it: an outcome metric"
    number, metric = min(counts, key=lambda pair: pair[0])
    name = shorten(metric.name, 40) or "the metric"
    if not number:
        return f"enter the first reading of {name}"
    if number < FEWEST and situation.improvement.size != "S":
        return f"enter baseline readings of {name}: {number} of {FEWEST} are there"
    return f"agree the baseline: {count(number, 'reading is', 'readings are')} there"


def _target(situation: Situation) -> str:
    if situation.iteration.target.seal:
        return ""
    rows = {metric.id: (metric, promise) for metric, promise in promises(situation) if aim_of(metric, promise)}
    for metric in _outcomes(situation):
        if metric.id not in rows:
            return f"set the target: the baseline is agreed{_baseline_words(situation, metric)}"
    undated = next((metric for metric, promise in rows.values() if not as_day(promise.by)), None)
    if undated:
        return f"say by when: {shorten(undated.name, 40) or 'the target'} has a value and no day"
    return "agree the target: it has a value and a day"


def _baseline_words(situation: Situation, metric: Metric) -> str:
    start = situation.baseline_means.get(metric.id)
    if start is None:
        return ""
    return f" at {format_number(start, decimals(situation, metric) + 1)} {metric.unit.strip()}".rstrip()


def _plan(situation: Situation) -> str:
    iteration = situation.iteration
    if not iteration.plan.actions:
        return "plan the first action: the target is agreed"
    if any(iteration.progress(row.id).status not in ("", "to do") for row in iteration.plan.actions):
        return ""
    needed = missing(situation.improvement, iteration, "plan")
    return _missing_words(needed[0]) if needed else ""


def _acting(situation: Situation) -> str:
    iteration, today = situation.iteration, situation.today
    opened = [row for row in iteration.plan.actions if iteration.progress(row.id).status not in ENDED]
    if not opened:
        return ""
    row = min(opened, key=lambda each: as_day(each.due) or date.max)
    due = as_day(row.due)
    what = shorten(row.what, 40) or "the action"
    if due and due < today:
        return f"finish or drop: {what} (due on {due})"
    status = iteration.progress(row.id).status
    if status == "blocked":
        return f"unblock: {what}"
    return f"{'finish' if status == 'doing' else 'start'}: {what}{_on_day(row, due, status)}"


def _on_day(row: Action, due: date | None, status: str) -> str:
    start = as_day(row.start)
    if status != "doing" and start:
        return f" (on {start})"
    return f" (due on {due})" if due else ""


def _measuring(situation: Situation) -> str:
    until = as_day(situation.iteration.check.measure_until)
    waits = situation.iteration.check.decision == KEEP_MEASURING and until and until > situation.today
    return f"keep measuring until {until}" if waits else ""


def _check(situation: Situation) -> str:
    if result_from(situation.iteration) is None:
        return "say from when the result counts"
    for metric, promise in promises(situation):
        count, need = situation.result_counts[metric.id], readings_needed(promise)
        name = shorten(metric.name, 40) or "the metric"
        if not count:
            return f"measure {name} again: every action is done or dropped"
        if count < need:
            return f"measure {name}: {count} of the {need} result readings are in"
    return "check the result and have it verified: the readings are in"


_CANDIDATES: tuple[Callable[[Situation], str], ...] = (
    _on_hold_or_withdrawn,
    _closing,
    _after_verification,
    _decision,
    _stale,
    _vision,
    _baseline,
    _target,
    _plan,
    _measuring,
    _acting,
    _check,
)
