"""The status of an improvement: its state, the next useful thing and the field for it, its promise and phase."""

from datetime import date

from cimodel_tui import coach, workbook
from cimodel_tui.model.check import GO_ON, REVISIT, STOP, closes_as
from cimodel_tui.model.completeness import complete, current_step, missing
from cimodel_tui.model.day import SOON, as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, baseline_stretch, result_stretch
from cimodel_tui.model.status import CLOSED, is_closed, is_imported, is_stale, status
from cimodel_tui.model.step import REGISTER, STEPS, Place, step_of
from cimodel_tui.model.target import Promise
from cimodel_tui.workbook.workbook import Workbook


def next_place(book: Workbook, improvement: Improvement) -> Place:
    """Return the place to fill in next; without a field it is the page as a whole."""
    *earlier, latest = book.iterations(improvement.id)
    entry = _entry_field(book, improvement, latest)
    if entry:
        return Place(improvement.id, step=REGISTER, field=entry)
    here = Place(improvement.id, latest.id)
    if is_closed(improvement, latest, earlier):
        return here
    if latest.check.verified:
        return _after_the_check(book, improvement, latest)
    step = current_step(improvement, latest)
    unanswered = missing(improvement, latest, step)
    return unanswered[0].place if unanswered else Place(improvement.id, latest.id, step)


def _entry_field(book: Workbook, improvement: Improvement, latest: Iteration) -> str:
    """Return the field of the register entry that needs attention first; empty without one."""
    if improvement.is_set_aside:
        return "standing"
    today, by = book.clock.today(), as_day(improvement.decision_by)
    if improvement.decision_what.strip() and not (by and by - today > SOON) and not latest.check.verified:
        return "decision_what"
    return "review_on" if is_stale(improvement, latest, today) else ""


def _after_the_check(book: Workbook, improvement: Improvement, latest: Iteration) -> Place:
    """Return the place after a verified check: decision, step 7's open fields, sustain checks or next iteration."""
    check = latest.check
    if check.decision in ("", REVISIT):
        return Place(improvement.id, latest.id, "check", "decision")
    if check.decision not in (GO_ON, STOP):
        return Place(improvement.id, latest.id, "check")
    unanswered = missing(improvement, latest, "momentum")
    if unanswered:
        return unanswered[0].place
    today = book.clock.today()
    due = any(row.open and (day := as_day(row.due)) and day <= today for row in latest.momentum.sustain_checks)
    return Place(improvement.id, latest.id, "momentum", "sustain_checks" if due else "next")


def state_of(book: Workbook, improvement: Improvement) -> str:
    """Return the derived status alone, one of STATUSES."""
    *earlier, latest = book.iterations(improvement.id)
    return status(improvement, latest, book.clock.today(), earlier)


def next_of(book: Workbook, improvement: Improvement) -> str:
    """Return the next useful thing for an improvement, in one line."""
    *earlier, latest = book.iterations(improvement.id)
    since = (
        ""
        if improvement.is_set_aside or not latest.check.verified
        else workbook.sustain.relapse_day_text(book, improvement)
    )
    if since:
        return f"open an iteration at step 2: the gain has slipped since {since}"

    return coach.next_thing.next_thing(improvement, latest, book.clock.today(), tuple(earlier))


def status_of(book: Workbook, improvement: Improvement, *, measured: bool = True) -> str:
    """Return the status in words, with how it closed and whether it is stale or, with `measured`, relapsed."""
    latest, today = book.latest(improvement.id), book.clock.today()
    words = [state_of(book, improvement)]
    if words[0] == CLOSED:
        words.append(closes_as(latest.check))
    elif is_imported(improvement, latest) and not improvement.is_set_aside:
        words[0] += " (imported)"
    if is_stale(improvement, latest, today):
        words.append("stale")
    if measured and workbook.sustain.relapse_day_text(book, improvement):
        words.append("relapsed")
    return ", ".join(words)


def promise_line(iteration: Iteration, step: str) -> str:
    """Return the earlier promise: from step 2 on the vision, from step 4 on baseline and target."""
    if step_of(step).number == 1:
        return ""
    vision = " ".join(iteration.vision.vision.split()) or "no vision yet"
    targets = promised_words(iteration)
    number = step_of(step).number
    return f"⇢ {vision}\n◎ {targets}" if number > STEPS[2].number and targets else f"⇢ {vision}"


def promised_words(iteration: Iteration) -> str:
    """Return every target with its day: `P2 time to restore to 5.0 h by 2026-06-21`; empty where there is none."""
    return "; ".join(_promise(iteration, row) for row in iteration.target.targets if row.value or row.low)


def _promise(iteration: Iteration, promise: Promise) -> str:
    metric = next((row for row in iteration.baseline.metrics if row.id == promise.id), None)
    if metric is None:
        return ""
    goal = promise.value or f"{promise.low} to {promise.high}"
    verb = "hold at" if promise.promise == "hold" else "to"
    by = f" by {promise.by}" if promise.by else ""
    return f"{metric.name} {verb} {goal} {metric.unit}{by}".replace("  ", " ")


def phase_of(iteration: Iteration, day: str) -> str:
    """Return the stretch of the iteration in which a day lies."""
    when, result = as_day(day), result_stretch(iteration)
    if when is None:
        return ""
    if baseline_stretch(iteration).holds(when):
        return "baseline"
    if result and result.holds(when):
        return "result"
    if result and result.last and when > result.last:
        return "after"
    first = baseline_stretch(iteration).first
    return "before" if first and when < first else "during"


def steps_done(improvement: Improvement, iteration: Iteration) -> int:
    """Return how many of the seven steps are complete."""
    return sum(complete(improvement, iteration, step.key) for step in STEPS)


def days_left(day: str, today: date) -> int | None:
    """Return how many days there are until a stored day, negative past it; None if it is not a day."""
    when = as_day(day)
    return (when - today).days if when else None
