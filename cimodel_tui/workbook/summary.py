"""What the screens say in a line: status, promise, the rows of the register, the figures of the workbook."""

from datetime import date

from cimodel_tui.model.completeness import complete, current_step
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.outcome import closes_as
from cimodel_tui.model.status import BEFORE_PROGRESS, CLOSED, is_stale, status
from cimodel_tui.model.step import STEPS, step_of
from cimodel_tui.model.stretch import baseline_stretch, result_stretch
from cimodel_tui.model.target import Promise
from cimodel_tui.views.portfolio import figures_of
from cimodel_tui.workbook.workbook import Workbook


def state_of(book: Workbook, improvement: Improvement) -> str:
    """Return the derived status alone, one of STATUSES."""
    *earlier, latest = book.iterations(improvement.id)
    return status(improvement, latest, book.clock.today(), earlier)


def next_of(book: Workbook, improvement: Improvement) -> str:
    """Return the next useful thing for an improvement, in one line."""
    *earlier, latest = book.iterations(improvement.id)
    from cimodel_tui.coach.next_thing import next_thing  # noqa: PLC0415 - a form does not say it

    return next_thing(improvement, latest, book.clock.today(), tuple(earlier))


def status_of(book: Workbook, improvement: Improvement, *, measured: bool = True) -> str:
    """Return the status in words, with how it closed and whether it is stale or, where that is measured, relapsed."""
    latest, today = book.latest(improvement.id), book.clock.today()
    words = [state_of(book, improvement)]
    if words[0] == CLOSED:
        words.append(closes_as(latest.check))
    if is_stale(improvement, latest, today):
        words.append("stale")
    if measured and relapsed(book, improvement):
        words.append("relapsed")
    return ", ".join(words)


def relapsed(book: Workbook, improvement: Improvement) -> str:
    """Return the day since which a gain has slipped by its relapse rule; empty where none has, or a pass was begun."""
    from cimodel_tui.workbook.relapse import relapse_of  # noqa: PLC0415 - measurement is loaded where a rule is set

    ruled = [each for each in book.iterations(improvement.id) if each.momentum.relapse_metric]
    day = relapse_of(improvement, ruled[-1]) if ruled else None
    if day is None or any(each.opened_on >= day.isoformat() for each in book.iterations(improvement.id)[1:]):
        return ""
    return day.isoformat()


def promise_line(iteration: Iteration, step: str) -> str:
    """Return the earlier promise: from step 2 on the vision, from step 4 on baseline and target."""
    if step_of(step).number == 1:
        return ""
    vision = " ".join(iteration.vision.vision.split()) or "no vision yet"
    targets = "; ".join(_promise(iteration, row) for row in iteration.target.targets if row.value or row.low)
    number = step_of(step).number
    return f"⇢ {vision}\n◎ {targets}" if number > STEPS[2].number and targets else f"⇢ {vision}"


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


def entry_text(improvement: Improvement) -> str:
    """Return what the filter of the register looks at."""
    entry = improvement
    return f"{entry.ref} {entry.title} {entry.owner} {entry.service} {entry.tags} {entry.summary}".casefold()


def line_of(book: Workbook, improvement: Improvement) -> tuple[str, ...]:
    """Return an improvement as the register shows it: ref, title, owner, status, step, score, review, next."""
    latest, today = book.latest(improvement.id), book.clock.today()
    step = step_of(current_step(improvement, latest))
    score = improvement.score
    due = as_day(improvement.review_on)
    waits = state_of(book, improvement) in BEFORE_PROGRESS
    review = f"! {improvement.review_on}" if due and due < today and waits else improvement.review_on
    return (
        improvement.ref,
        improvement.title + (" (archived)" if improvement.archived_on else ""),
        improvement.owner,
        status_of(book, improvement),
        f"{step.number}" + (f" ({latest.number})" if latest.number > 1 else ""),
        "" if score is None else str(score),
        review,
        next_of(book, improvement),
    )


def portfolio(book: Workbook) -> str:
    """Return the figures of the whole register in one line."""
    return figures_of(book).words


def steps_done(improvement: Improvement, iteration: Iteration) -> int:
    """Return how many of the seven steps are complete."""
    return sum(complete(improvement, iteration, step.key) for step in STEPS)


def days_left(day: str, today: date) -> int | None:
    """Return how many days there are until a stored day, negative past it; none where it is no day."""
    when = as_day(day)
    return (when - today).days if when else None
