"""The history of an improvement, derived from its seals, amendments, checks, parents and closings."""

from collections.abc import Iterator

from cimodel_tui.model.agreement import SEALED_STEPS, seal_problems, sealed_part
from cimodel_tui.model.check import closes_as, final_verdict
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.seal import Amendment
from cimodel_tui.model.step import step_of
from cimodel_tui.record import dataclass
from cimodel_tui.views.register import ended_on
from cimodel_tui.workbook.workbook import Workbook

_MAX_SEALS_LISTED = 2


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an improvement."""

    on: str
    """The day."""
    iteration: int
    """Number of the iteration."""
    kind: str
    """What it was: raised, agreed, amended, verified, revisited, started, carried, recorded, archived ..."""
    by: str
    """Who did it."""
    words: str
    """What happened, in words."""


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
        events.append(Event(closed.isoformat(), latest.number, "closed", by, closes_as(latest.check)))
    return tuple(sorted(events, key=lambda event: (event.on, event.iteration)))


def _entry_events(improvement: Improvement) -> Iterator[Event]:
    yield Event(improvement.raised_on, 0, "raised", improvement.raised_by, improvement.title)
    if improvement.is_set_aside:
        yield Event(improvement.standing_on, 0, improvement.standing, "", improvement.standing_reason)
    if improvement.archived_on:
        yield Event(improvement.archived_on, 0, "archived", "", "archived")


def _iteration_events(iteration: Iteration, known: set[str]) -> Iterator[Event]:
    """Yield the events of an iteration; inherited ones belong to the iteration before, and are `known`."""
    number = iteration.number
    if iteration.parent:
        kind = "revisited" if iteration.reason else "started"
        words = f"iteration {number} from step {step_of(iteration.entry).heading}"
        yield Event(iteration.opened_on, number, kind, iteration.opened_by, f"{words}. {iteration.reason}".rstrip(". "))
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
        yield Event(part.seal.on, iteration.number, "agreed", part.seal.by, f"the {step}")
    for amendment in part.amendments:
        if _is_new(amendment.id, known):
            yield _amendment_event(iteration.number, step, amendment)


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
    return Event(amendment.on, number, "amended", amendment.by, f"{change}. {amendment.why}")


def _value_words(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("value") or value.get("name") or "a row")
    return "nothing" if value in (None, "") else str(value)


def _plan_events(iteration: Iteration, known: set[str]) -> Iterator[Event]:
    plan = iteration.plan
    if plan.go_ahead_on and _is_new(f"{plan.go_ahead_by} {plan.go_ahead_on} {plan.go_ahead_cost}", known):
        cost = f", up to {plan.go_ahead_cost}" if plan.go_ahead_cost else ""
        yield Event(
            iteration.plan.go_ahead_on, iteration.number, "go-ahead", iteration.plan.go_ahead_by, f"given{cost}"
        )
    for action in iteration.plan.actions:
        progress = iteration.progress(action.id)
        if progress.status == "done" and progress.finished and _is_new(f"{action.id} {progress.finished}", known):
            yield Event(progress.finished, iteration.number, "done", action.owner, action.what)


def _check_events(iteration: Iteration) -> Iterator[Event]:
    check = iteration.check
    if not check.verified:
        return
    yield Event(
        check.verified_on, iteration.number, "verified", check.verified_by, str(check.verdict.get("sentence") or "")
    )
    computed = str(check.verdict.get("word") or "")
    if final_verdict(check) != computed:
        words = f"{check.override} instead of {computed}: {check.override_reason}"
        yield Event(check.verified_on, iteration.number, "overridden", check.verified_by, words)
    if check.decision:
        words = f"{check.decision}. {check.decision_reason}".rstrip(". ")
        yield Event(check.verified_on, iteration.number, "decided", check.verified_by, words)


def _momentum_events(iteration: Iteration) -> Iterator[Event]:
    for row in iteration.momentum.sustain_checks:
        if row.recorded:
            yield Event(
                row.recorded_on, iteration.number, "sustain check", row.recorded_by, f"{row.result}, due {row.due}"
            )
    for carried in iteration.momentum.carried:
        if carried.decision and iteration.momentum.decided_on:
            what = next((row.what for row in iteration.plan.actions if row.id == carried.id), "an action")
            words = f"{what}: {carried.decision}. {carried.reason}".rstrip(". ")
            yield Event(
                iteration.momentum.decided_on, iteration.number, "carried", iteration.momentum.decided_by, words
            )
    if iteration.momentum.next and iteration.momentum.decided_on:
        words = (
            f"next iteration: {iteration.momentum.next} {iteration.momentum.next_on} {iteration.momentum.next_reason}"
        )
        event = Event(
            iteration.momentum.decided_on, iteration.number, "decided", iteration.momentum.decided_by, words.strip()
        )
        yield event
