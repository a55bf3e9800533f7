"""What happened to an improvement and when, read off its seals, amendments, checks, parents and closings."""

from collections.abc import Iterator
from dataclasses import dataclass

from cimodel_tui.model.agree import SEALED_STEPS, sealed_part
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.outcome import final_word
from cimodel_tui.model.seal import Amendment
from cimodel_tui.model.step import step_of
from cimodel_tui.workbook.book import Workbook


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
    events = list(_of_entry(improvement))
    for iteration in book.iterations(improvement.id):
        events += _of_iteration(iteration)
    return tuple(sorted(events, key=lambda event: (event.on, event.iteration)))


def _of_entry(improvement: Improvement) -> Iterator[Event]:
    yield Event(improvement.raised_on, 0, "raised", improvement.raised_by, improvement.title)
    if improvement.standing:
        yield Event(improvement.standing_on, 0, improvement.standing, "", improvement.standing_reason)
    if improvement.archived_on:
        yield Event(improvement.archived_on, 0, "archived", "", "put out of sight")


def _of_iteration(iteration: Iteration) -> Iterator[Event]:
    number = iteration.number
    if iteration.parent:
        kind = "revisited" if iteration.reason else "started"
        words = f"iteration {number} from step {step_of(iteration.entered_at).heading}"
        yield Event(iteration.opened_on, number, kind, iteration.opened_by, f"{words}. {iteration.reason}".rstrip(". "))
    for step in SEALED_STEPS:
        yield from _of_seal(iteration, step)
    for amendment in iteration.plan.amendments:
        yield _amended(number, "plan", amendment)
    yield from _of_plan(iteration)
    yield from _of_check(iteration)
    yield from _of_momentum(iteration)


def _of_seal(iteration: Iteration, step: str) -> Iterator[Event]:
    part = sealed_part(iteration, step)
    if part.seal:
        yield Event(part.seal.on, iteration.number, "agreed", part.seal.by, f"the {step}")
    for amendment in part.amendments:
        yield _amended(iteration.number, step, amendment)


def _amended(number: int, step: str, amendment: Amendment) -> Event:
    last = amendment.path[-1].replace("_", " ")
    change = f"{step}, {last}: from {_shown(amendment.before)} to {_shown(amendment.after)}"
    return Event(amendment.on, number, "amended", amendment.by, f"{change}. {amendment.why}")


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("value") or value.get("name") or "a row")
    return "nothing" if value in (None, "") else str(value)


def _of_plan(iteration: Iteration) -> Iterator[Event]:
    if iteration.plan.go_ahead_on:
        cost = f", up to {iteration.plan.go_ahead_cost}" if iteration.plan.go_ahead_cost else ""
        yield Event(
            iteration.plan.go_ahead_on, iteration.number, "go-ahead", iteration.plan.go_ahead_by, f"given{cost}"
        )
    for action in iteration.plan.actions:
        progress = iteration.progress(action.id)
        if progress.status == "done" and progress.finished:
            yield Event(progress.finished, iteration.number, "done", action.owner, action.what)


def _of_check(iteration: Iteration) -> Iterator[Event]:
    check = iteration.check
    if not check.verified:
        return
    yield Event(
        check.verified_on, iteration.number, "verified", check.verified_by, str(check.verdict.get("sentence") or "")
    )
    computed = str(check.verdict.get("word") or "")
    if final_word(check) != computed:
        words = f"{check.override} instead of {computed}: {check.override_reason}"
        yield Event(check.verified_on, iteration.number, "overridden", check.verified_by, words)
    if check.decision:
        words = f"{check.decision}. {check.decision_reason}".rstrip(". ")
        yield Event(check.verified_on, iteration.number, "decided", check.verified_by, words)


def _of_momentum(iteration: Iteration) -> Iterator[Event]:
    for row in iteration.momentum.sustain_checks:
        if row.recorded_on:
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
