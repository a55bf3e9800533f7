"""The history of an improvement, derived from its seals, amendments, checks, parents and closings."""

from collections.abc import Iterator, Mapping

from cimodel_tui.measurement.figures import with_unit
from cimodel_tui.measurement.stored_readings import unit_of_metric
from cimodel_tui.model.agreement import SEALED_STEPS, seal_problems, sealed_part
from cimodel_tui.model.answer import Json
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.check import GO_ON, closes_as, final_verdict
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import NONE, ON_A_DATE, Momentum
from cimodel_tui.model.number import count
from cimodel_tui.model.seal import Amendment
from cimodel_tui.model.step import REGISTER, step_of
from cimodel_tui.record import dataclass
from cimodel_tui.views.register import ended_on
from cimodel_tui.workbook.workbook import Workbook

_MAX_SEALS_LISTED = 2

MOMENTUM = "momentum"
"""Key of step 7, in which closings, sustain checks and what comes next are recorded."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an improvement."""

    on: str
    """The day."""
    iteration: int
    """Number of the iteration."""
    kind: str
    """What it was: raised, agreed, amended, verified, revisited, started, carried over, dropped, archived ..."""
    by: str
    """Who did it."""
    words: str
    """What happened, in words."""
    step: str = ""
    """Key of the step in which it is recorded, `register` for the entry."""


def history_of(book: Workbook, improvement: Improvement) -> tuple[Event, ...]:
    """Return the events of an improvement, oldest first."""
    events = list(_entry_events(improvement))
    iterations = book.iterations(improvement.id)
    known: set[str] = set()
    for iteration in iterations:
        events += _iteration_events(iteration, known)
    closed = ended_on(improvement, iterations, book.clock.today())
    if closed and not improvement.is_set_aside:
        latest = iterations[-1]
        by = latest.momentum.decided_by or latest.check.verified_by
        events.append(Event(closed.isoformat(), latest.number, "closed", by, closes_as(latest.check), MOMENTUM))
    return tuple(sorted(events, key=lambda event: (event.on, event.iteration)))


def _entry_events(improvement: Improvement) -> Iterator[Event]:
    yield Event(improvement.raised_on, 0, "raised", improvement.raised_by, improvement.title, REGISTER)
    if improvement.is_set_aside:
        yield Event(improvement.standing_on, 0, improvement.standing, "", improvement.standing_reason, REGISTER)
    if improvement.archived_on:
        yield Event(improvement.archived_on, 0, "archived", "", "archived", REGISTER)


def _iteration_events(iteration: Iteration, known: set[str]) -> Iterator[Event]:
    """Yield the events of an iteration; inherited ones belong to the iteration before, and are `known`."""
    number = iteration.number
    if iteration.parent:
        kind = "revisited" if iteration.reason else "started"
        words = f"iteration {number} from step {step_of(iteration.entry).heading}"
        words = f"{words}. {iteration.reason}".rstrip(". ")
        yield Event(iteration.opened_on, number, kind, iteration.opened_by, words, iteration.entry)
    for step in SEALED_STEPS:
        yield from _seal_events(iteration, step, known)
    for amendment in iteration.plan.amendments:
        yield _amendment_event(number, "plan", amendment)
    yield from _plan_events(iteration, known)
    yield from _check_events(iteration)
    yield from _momentum_events(iteration)


def _seal_events(iteration: Iteration, step: str, known: set[str]) -> Iterator[Event]:
    part = sealed_part(iteration, step)
    if part.seal and _is_new(f"{step} {part.seal.at} {part.seal.sha256}", known):
        words = _agreed_words(iteration, step, part.seal.copy)
        yield Event(part.seal.on, iteration.number, "agreed", part.seal.by, words, step)
    for amendment in part.amendments:
        if _is_new(amendment.id, known):
            yield _amendment_event(iteration.number, step, amendment)


def _agreed_words(iteration: Iteration, step: str, copy: Mapping[str, Json]) -> str:
    """Return what a seal holds as it was agreed: metrics with their readings, or values and days that were promised."""
    metrics = iteration.baseline.metrics
    if step == "baseline":
        rows, readings = _rows_of(copy, "metrics"), _rows_of(copy, "readings")
        counted = [f"{each.name} ({count(len(readings.get(each.id, ())))})" for each in metrics if each.id in rows]
        return f"the baseline of {', '.join(counted)}" if counted else "the baseline"
    promised = ["the target"]
    for field, words in (("targets", "{} to"), ("limits", "limit of {}")):
        rows = _rows_of(copy, field)
        promised += [f"{words.format(each.name)} {_aim(each, rows[each.id])}" for each in metrics if each.id in rows]
    return ", ".join(promised)


def _aim(metric: Metric, row: Mapping[str, Json]) -> str:
    """Return the value or the range that was agreed for a metric, with the day where there is one."""
    value = row.get("value") or f"{row.get('low', '')} to {row.get('high', '')}"
    by = f" by {row['by']}" if row.get("by") else ""
    return with_unit(str(value), unit_of_metric(metric)) + by


def _rows_of(copy: Mapping[str, Json], field: str) -> Mapping[str, Mapping[str, Json]]:
    """Return the rows of a sealed copy by their ids; a file written by hand may hold anything there."""
    rows = copy.get(field)
    return {key: row for key, row in rows.items() if isinstance(row, Mapping)} if isinstance(rows, Mapping) else {}


def _is_new(key: str, known: set[str]) -> bool:
    """Tell whether an event is new, and record it as known."""
    new = key not in known
    known.add(key)
    return new


def broken_seals(improvement: Improvement, iteration: Iteration) -> tuple[str, ...]:
    """Return which seals are broken, in words, to be shown beside every figure that depends on them."""
    found = seal_problems(improvement, iteration)
    more = f" and {len(found) - _MAX_SEALS_LISTED} more" if len(found) > _MAX_SEALS_LISTED else ""
    return (f"A seal does not hold: {'; '.join(found[:_MAX_SEALS_LISTED])}{more}",) if found else ()


def amendment_words(iteration: Iteration) -> tuple[str, ...]:
    """Return what was changed of an iteration after it was agreed: from, to, why, who and when."""
    sealed = [(step, sealed_part(iteration, step).amendments) for step in SEALED_STEPS]
    known = (*sealed, ("plan", iteration.plan.amendments))
    events = (_amendment_event(iteration.number, step, each) for step, rows in known for each in rows)
    return tuple(f"{each.words} ({', '.join(filter(None, (each.by, each.on)))})" for each in events)


def _amendment_event(number: int, step: str, amendment: Amendment) -> Event:
    last = "".join(amendment.path[-1:]).replace("_", " ")
    change = f"{step}, {last}: from {_value_words(amendment.before)} to {_value_words(amendment.after)}"
    return Event(amendment.on, number, "amended", amendment.by, f"{change}. {amendment.why}", step)


def _value_words(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("value") or value.get("name") or "a row")
    return "nothing" if value in (None, "") else str(value)


def _plan_events(iteration: Iteration, known: set[str]) -> Iterator[Event]:
    plan, number = iteration.plan, iteration.number
    if plan.go_ahead_on and _is_new(f"{plan.go_ahead_by} {plan.go_ahead_on} {plan.go_ahead_cost}", known):
        cost = f", up to {plan.go_ahead_cost}" if plan.go_ahead_cost else ""
        yield Event(plan.go_ahead_on, number, "go-ahead", plan.go_ahead_by, f"given{cost}", "plan")
    for action in plan.actions:
        progress = iteration.progress(action.id)
        if progress.status == "done" and progress.finished and _is_new(f"{action.id} {progress.finished}", known):
            yield Event(progress.finished, number, "done", action.owner, action.what, "action")


def _check_events(iteration: Iteration) -> Iterator[Event]:
    check = iteration.check
    if not check.verified:
        return

    def event(kind: str, words: str) -> Event:
        return Event(check.verified_on, iteration.number, kind, check.verified_by, words, "check")

    yield event("verified", str(check.verdict.get("sentence") or ""))
    computed = str(check.verdict.get("word") or "")
    if final_verdict(check) != computed:
        yield event("overridden", f"{check.override} instead of {computed}: {check.override_reason}")
    if check.decision:
        decision = "go on to step 7" if check.decision == GO_ON else check.decision
        yield event("decided", _with_reason(decision, check.decision_reason))


def _momentum_events(iteration: Iteration) -> Iterator[Event]:
    part, number = iteration.momentum, iteration.number
    for row in part.sustain_checks:
        if row.recorded:
            words = f"{row.result}, due {row.due}"
            yield Event(row.recorded_on, number, "sustain check", row.recorded_by, words, MOMENTUM)
    if not part.decided_on:
        return
    for carried in part.carried:
        if carried.decision:
            what = next((row.what for row in iteration.plan.actions if row.id == carried.id), "an action")
            kind = {"carry": "carried over", "drop": "dropped"}.get(carried.decision, carried.decision)
            words = _with_reason(what, carried.reason)
            yield Event(part.decided_on, number, kind, part.decided_by, words, MOMENTUM)
    if part.next:
        words = _with_reason(_next_words(part), part.next_reason)
        yield Event(part.decided_on, number, "decided", part.decided_by, words, MOMENTUM)


def _next_words(part: Momentum) -> str:
    """Return when the next iteration begins, as it was decided."""
    if part.next == ON_A_DATE:
        return f"next iteration on {part.next_on}"
    return "no next iteration" if part.next == NONE else f"next iteration {part.next}"


def _with_reason(words: str, reason: str) -> str:
    return f"{words}: {reason.strip()}" if reason.strip() else words
