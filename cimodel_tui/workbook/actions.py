"""Changes of more than one value (add, archive, agree, verify, go back, next), and which are available now."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from cimodel_tui.model.action import ENDED
from cimodel_tui.model.agreement import SEALED_STEPS, sealed_part, with_seal
from cimodel_tui.model.baseline import period_end
from cimodel_tui.model.check import GO_ON, KEEP_MEASURING, REVISIT, REVISITABLE
from cimodel_tui.model.clock import moment
from cimodel_tui.model.completeness import missing
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration, readings_in, result_stretch
from cimodel_tui.model.momentum import NOW, ON_A_DATE
from cimodel_tui.model.next_iteration import Opening, next_pass, reopening, revisit, with_checks_handed_over
from cimodel_tui.model.plan import Action
from cimodel_tui.model.step import REGISTER, STEPS, Place
from cimodel_tui.record import with_values
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.question import agreed_day
from cimodel_tui.workbook.rare_events import too_rare
from cimodel_tui.workbook.sustain import relapse_day_text
from cimodel_tui.workbook.workbook import RefusedError, Workbook

_REF = re.compile(r"CI-[0-9]{1,11}")
"""A ref that counts when the next one is given; a longer number is somebody's own."""

REVIEW_AFTER = timedelta(days=30)
"""How long after it was raised a new entry is reviewed."""


def add_improvement(book: Workbook, title: str, **answers: object) -> Improvement:
    """Add an improvement with its first iteration; returns it."""
    today = book.clock.today()
    given: dict[str, object] = {
        "raised_by": book.me,
        "raised_on": today.isoformat(),
        "review_on": (today + REVIEW_AFTER).isoformat(),
        **answers,
    }
    if given.get("size") == "S":
        given.setdefault("owner", book.me)
    improvement = with_values(Improvement(id=book.new_id(), ref=next_ref(book), title=title), given)
    first = Iteration(id=book.new_id(), improvement=improvement.id, opened_on=today.isoformat(), opened_by=book.me)
    place = Place(improvement.id, step=REGISTER)
    book.history.pause()
    book.commit(place, [improvement, first], words=f"added {improvement.ref}")
    return improvement


def next_ref(book: Workbook) -> str:
    """Return the next free ref; numbers that were given up stay taken."""
    numbers_in_use = [ref for each in book.documents.improvements.values() for ref in (each.ref, *each.was)]
    numbers = [int(ref[3:]) for ref in numbers_in_use if _REF.fullmatch(ref)]
    return f"CI-{max(numbers, default=0) + 1:04d}"


def archive(book: Workbook, improvement: Improvement, *, back: bool = False) -> None:
    """Put an improvement out of sight, or back into it; nothing is deleted."""
    day = "" if back else book.clock.today().isoformat()
    words = f"{'restored' if back else 'archived'} {improvement.ref}"
    book.history.pause()
    book.commit(Place(improvement.id, step=REGISTER), [replace(improvement, archived_on=day)], words=words)


def set_readings(
    book: Workbook, place: Place, readings: Mapping[str, Reading | None], *, why: str = "", words: str = ""
) -> None:
    """Put readings of one metric (the place's row) in by day; None removes one.

    Raises ReasonNeededError where a day lies inside a sealed stretch and no reason is given.
    """
    improvement = book.improvement(place.improvement)
    days = dict(improvement.readings.get(place.row, {}))
    for day, reading in readings.items():
        if reading is None:
            days.pop(day, None)
        else:
            days[day] = reading
    every = {**improvement.readings, place.row: days}
    changed = replace(improvement, readings={metric: each for metric, each in every.items() if each})
    book.commit(replace(place, iteration=""), [changed], why=why, words=words)


def rename(book: Workbook, title: str) -> None:
    """Give the workbook another title."""
    book.history.pause()
    book.commit(Place(), [replace(book.documents.title, title=title)], words="renamed the workbook")
    book.history.pause()


def open_actions(iteration: Iteration) -> tuple[Action, ...]:
    """Return the actions that are neither done nor dropped, the one due first on top."""
    left = [each for each in iteration.plan.actions if iteration.progress(each.id).status not in ENDED]
    return tuple(sorted(left, key=lambda each: (as_day(each.due) is None, each.due)))


def finish_action(book: Workbook, iteration: Iteration, action: str) -> str:
    """Set an action done as of today, unless it ended before; returns what it is. Raises RefusedError for history."""
    what = next(each.what for each in iteration.plan.actions if each.id == action) or "the action"
    before = iteration.progress(action)
    if before.status in ENDED:
        raise RefusedError(f"{what}: {before.status} already")
    today = book.clock.today().isoformat()
    after = replace(before, status="done", finished=today, started=before.started or today)
    others = [row for row in iteration.action.progress if row.id != action]
    place = Place(iteration.improvement, iteration.id, "action", "progress")
    book.history.pause()
    book.change(place, (*others, after), words=f"finished: {what}")
    book.history.pause()
    return what


def ready_to_agree(book: Workbook, iteration: Iteration, step: str) -> tuple[str, str]:
    """Return by whom and on which day a part would be agreed; raises RefusedError where it cannot be agreed now."""
    part = sealed_part(iteration, step)
    if part.seal is not None:
        raise RefusedError(f"agreed already, by {part.seal.by} on {part.seal.on}")
    by, on = part.agreed_by.strip() or book.me, part.agreed_on or book.clock.today().isoformat()
    if not by:
        raise RefusedError("who agrees? Put a name in 'agreed by'")
    _needs(book.improvement(iteration.improvement), iteration, step)
    return by, on


def agree(book: Workbook, iteration: Iteration, step: str) -> None:
    """Seal the baseline or the target: by whom and on which day as typed, else by me, today."""
    by, on = ready_to_agree(book, iteration, step)
    improvement = book.improvement(iteration.improvement)
    done = with_seal(improvement, iteration, step, by=by, on=on, at=moment(book.clock.now()))
    book.history.pause()
    book.commit(Place(improvement.id, iteration.id, step, "agreed_by"), [done], words=f"agreed the {step}")


def _needs(improvement: Improvement, iteration: Iteration, step: str) -> None:
    """Nothing can be agreed that is not there: a metric with a reading, a target with its value.

    Whatever else is starred does not hold it up.
    """
    field, column = ("metrics", "readings") if step == "baseline" else ("targets", "value")
    for each in missing(improvement, iteration, step):
        if each.place.field == field and each.place.column in ("", column):
            raise RefusedError(f"before it can be agreed: {each.words}")


def ready_to_verify(book: Workbook, iteration: Iteration) -> tuple[str, str]:
    """Return by whom and on which day a check would be verified; raises RefusedError where it cannot be now."""
    part = iteration.check
    if part.verified:
        raise RefusedError(f"verified already, by {part.verified_by} on {part.verified_on}")
    if part.decision == KEEP_MEASURING:
        raise RefusedError("it was decided to keep measuring: until then it stays unverified")
    by, on = part.verified_by.strip() or book.me, part.verified_on or book.clock.today().isoformat()
    if not by:
        raise RefusedError("who verifies? Put a name in 'verified by'")
    return by, on


def verify(book: Workbook, iteration: Iteration) -> None:
    """Fix the result and its verdict, by whom and on which day as typed, else by me, today.

    What is computed is kept: later readings change no verified verdict.
    """
    by, on = ready_to_verify(book, iteration)
    improvement, part = book.improvement(iteration.improvement), iteration.check
    last = _last_day_that_counts(improvement, iteration, as_day(on) or book.clock.today())
    fixed = replace(iteration, check=replace(part, verified_by=by, verified_on=on, counts_to=last))
    measured = measure(improvement, fixed, book.clock.today())
    check = replace(fixed.check, measured=measured.records(), verdict=measured.verdict_record())
    book.history.pause()
    place = Place(improvement.id, iteration.id, "check", "verified_by")
    book.commit(place, [replace(fixed, check=check)], words="verified the check")


def _last_day_that_counts(improvement: Improvement, iteration: Iteration, on: date) -> str:
    """Return the day that was agreed for the check where it has come, else the last one that a reading covers."""
    stretch, metrics = result_stretch(iteration), iteration.baseline.metrics
    if stretch is None:
        return ""
    agreed = [day for metric in metrics if (day := agreed_day(improvement, iteration, metric)[0])]
    if agreed and max(agreed) <= on:
        return max(agreed).isoformat()
    found = ((metric, day) for metric in metrics for day, _ in readings_in(improvement, metric.id, stretch))
    days = [period_end(day, metric.frequency) for metric, day in found]
    return max(days).isoformat() if days else ""


def go_back(book: Workbook, iteration: Iteration, *, trusted: bool = True) -> Iteration:
    """Open the iteration that a no leads back to, as the check decided; returns it."""
    part = iteration.check
    if not part.verified:
        raise RefusedError("verify the check first: its verdict goes on record")
    if part.decision != REVISIT or part.revisit_step not in REVISITABLE:
        raise RefusedError("decide to revisit, and name the step to go back to")
    if not part.decision_reason.strip():
        raise RefusedError("a revisit needs a reason")
    _is_last(book, iteration)
    child = revisit(iteration, _opening(book), part.revisit_step, part.decision_reason, trusted=trusted)
    return _commit_next_iteration(
        book, iteration, child, f"opened iteration {child.number} at step {part.revisit_step}"
    )


def check_start_next(book: Workbook, iteration: Iteration) -> None:
    """Raise RefusedError, saying why, where the next iteration cannot be started now."""
    if not iteration.check.verified:
        raise RefusedError("verify the check first: without it there is nothing to build on")
    if iteration.check.decision != GO_ON:
        raise RefusedError("decide in step 6 to go on to 7 first: the next iteration starts from there")
    for each in missing(book.improvement(iteration.improvement), iteration, "momentum"):
        if each.place.field == "carried":
            raise RefusedError(each.words)
    _is_last(book, iteration)


def start_next(book: Workbook, iteration: Iteration) -> Iteration:
    """Start the next iteration from step 7; returns it."""
    check_start_next(book, iteration)
    part, today = iteration.momentum, book.clock.today().isoformat()
    when = ON_A_DATE if part.next == ON_A_DATE else NOW
    momentum = replace(part, next=when, decided_by=part.decided_by or book.me, decided_on=part.decided_on or today)
    closed = replace(iteration, momentum=momentum)
    child = next_pass(closed, _opening(book))
    return _commit_next_iteration(book, closed, child, f"started iteration {child.number}")


def reopen(book: Workbook, improvement: Improvement) -> Iteration:
    """Open the iteration that a relapse asks for: entered at step 2, with everything at hand; returns it."""
    latest, since = book.latest(improvement.id), relapse_day_text(book, improvement)
    if not since:
        raise RefusedError("no gain has slipped by its relapse rule")
    if not latest.check.verified:
        raise RefusedError(f"iteration {latest.number} is under way already: take the relapse up there")
    child = reopening(latest, _opening(book), f"relapsed since {since}")
    return _commit_next_iteration(
        book, latest, child, f"opened iteration {child.number} at step baseline: relapsed since {since}"
    )


def _is_last(book: Workbook, iteration: Iteration) -> None:
    if book.latest(iteration.improvement).id != iteration.id:
        raise RefusedError("the next iteration has begun already")


def _opening(book: Workbook) -> Opening:
    return Opening(id=book.new_id(), by=book.me, on=book.clock.today())


def _commit_next_iteration(book: Workbook, closed: Iteration, child: Iteration, words: str) -> Iteration:
    book.history.pause()
    place = Place(child.improvement, closed.id, "check" if child.reason else "momentum")
    book.commit(place, [with_checks_handed_over(closed, child), child], words=words)
    return child


def available_actions(book: Workbook, iteration: Iteration, step: str) -> frozenset[str]:
    """Return the names of the acts that a step can do now: agree, count events, verify, revisit, sustain, next ..."""
    found = set() if step == STEPS[-1].key else {"turn"}
    if book.store.read_only:
        return frozenset(found)
    is_last = book.latest(iteration.improvement).id == iteration.id
    check = iteration.check
    if step in SEALED_STEPS and is_last and sealed_part(iteration, step).seal is None:
        found.add("agree")
    if step == "baseline" and is_last and iteration.baseline.seal is None:
        found |= {"events"} if too_rare(book.improvement(iteration.improvement), iteration) else set()
    if step == "check" and is_last:
        found |= {"verify"} if not check.verified else {"revisit"} if check.decision == REVISIT else set()
        if "revisit" in found:
            found.discard("turn")  # the way on leads back: Tab and Enter behind Verify shall not leave it out
    if step == "momentum" and check.verified:
        found |= _of_momentum(book, iteration, is_last=is_last)
    return frozenset(found)


def _of_momentum(book: Workbook, iteration: Iteration, *, is_last: bool) -> set[str]:
    rows, today = iteration.momentum.sustain_checks, book.clock.today()
    found = set() if rows else {"sustain"}
    if any(row.open and (day := as_day(row.due)) and day <= today for row in rows):
        found.add("record")
    if is_last and relapse_day_text(book, book.improvement(iteration.improvement)):
        found.add("reopen")
    return found | {"next"} if is_last and iteration.check.decision == GO_ON else found


def sealed_words(iteration: Iteration, step: str) -> str:
    """Return who agreed or verified, when, and the fingerprint; empty where nobody has."""
    if step == "check" and iteration.check.verified:
        return f"◆ verified by {iteration.check.verified_by} on {iteration.check.verified_on}; the result is on record"
    if step not in SEALED_STEPS:
        return ""
    part = sealed_part(iteration, step)
    if part.seal is None:
        return ""
    changed = len(part.amendments)
    later = f" · amended {changed} time{'s' if changed > 1 else ''} since" if changed else " · as agreed"
    return f"◆ agreed by {part.seal.by} on {part.seal.on} · seal {part.seal.sha256[:12]}{later}"
