"""What is overdue and what is due soon: actions, checkpoints, sustain checks, reviews, decisions, relapses."""

from collections.abc import Iterator
from datetime import date

from cimodel_tui.model.action import ENDED
from cimodel_tui.model.check import KEEP_MEASURING
from cimodel_tui.model.day import OF_FREQUENCY, SOON, as_day, next_start
from cimodel_tui.model.improvement import WITHDRAWN, Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import ON_A_DATE
from cimodel_tui.model.status import BEFORE_PROGRESS
from cimodel_tui.record import dataclass
from cimodel_tui.views.status import state_of
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.sustain import relapse_day_text
from cimodel_tui.workbook.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a due day."""

    improvement: str
    """Ref of the improvement."""
    iteration: int
    """Number of the iteration."""
    kind: str
    """What it is: action, checkpoint, sustain check, review, decision, target, measuring, next iteration, readings or
    relapse."""
    what: str
    """In words."""
    due: str
    """Its day."""
    days: int
    """Days from today, negative where it is overdue."""


def due_line(due: Due, *, named: bool = True) -> ToneLine:
    """Return something with a day in one line, with the ref of its improvement where that is not plain."""
    ref = f"{due.improvement} " if named else ""
    late = due.days < 0
    return ToneLine(f"{'!' if late else '·'} {due.due} {ref}{due.kind}: {due.what}", Tone.BAD if late else Tone.PLAIN)


def due_in(book: Workbook) -> tuple[Due, ...]:
    """Return everything that is overdue or due soon in a workbook, the most overdue first."""
    found = [each for improvement in book.improvements() for each in due_of(book, improvement)]
    return tuple(sorted(found, key=lambda each: (each.days, each.improvement, each.kind, each.what)))


def due_of(book: Workbook, improvement: Improvement) -> tuple[Due, ...]:
    """Return what is overdue or due soon of one improvement."""
    if improvement.standing == WITHDRAWN:
        return ()
    today = book.clock.today()
    found = []
    for iteration, kind, what, text in _candidates(book, improvement):
        day = as_day(text)
        if day is not None and day - today <= SOON:
            found.append(Due(improvement.ref, iteration.number, kind, what, text, (day - today).days))
    return tuple(sorted(found, key=lambda each: each.days))


_Candidates = Iterator[tuple[Iteration, str, str, str]]


def _candidates(book: Workbook, improvement: Improvement) -> _Candidates:
    iterations = book.iterations(improvement.id)
    latest = iterations[-1]
    if improvement.is_set_aside:
        yield latest, "review", "look again", improvement.look_again_on
    elif state_of(book, improvement) in BEFORE_PROGRESS:
        yield latest, "review", improvement.title, improvement.review_on
    if improvement.decision_what.strip():
        whom = f" ({improvement.decision_from})" if improvement.decision_from.strip() else ""
        yield latest, "decision", f"{improvement.decision_what}{whom}", improvement.decision_by
    if not improvement.is_set_aside:
        yield from _latest_candidates(latest)
        yield from _silent_feeds(improvement, latest, book.clock.today())
    for iteration in iterations:
        for check in iteration.momentum.sustain_checks:
            if check.open:
                metric = next((row.name for row in iteration.baseline.metrics if row.id == check.metric), "")
                yield iteration, "sustain check", metric, check.due
    since = relapse_day_text(book, improvement)
    if since:
        yield latest, "relapse", "the gain has slipped: an iteration from step 2?", since


def _silent_feeds(improvement: Improvement, latest: Iteration, today: date) -> _Candidates:
    """Yield the metrics whose feed has given nothing for two periods, with the day on which the second one ended."""
    for metric in latest.baseline.metrics:
        every = OF_FREQUENCY.get(metric.frequency)
        last = max((day for text in improvement.readings.get(metric.id, {}) if (day := as_day(text))), default=None)
        if not (metric.feed and every and last):
            continue
        ended = next_start(next_start(next_start(last, every), every), every)
        if ended <= today:
            words = f"{metric.name}: feed {metric.feed} has given nothing for two periods"
            yield latest, "readings", words, ended.isoformat()


def _latest_candidates(latest: Iteration) -> _Candidates:
    if latest.check.verified and latest.check.decision != KEEP_MEASURING:
        if latest.momentum.next == ON_A_DATE:
            yield latest, "next iteration", "it starts", latest.momentum.next_on
        return
    for action in latest.plan.actions:
        if latest.progress(action.id).status not in ENDED:
            yield latest, "action", f"{action.what} ({action.owner})" if action.owner else action.what, action.due
    for checkpoint in latest.plan.checkpoints:
        if not checkpoint.answer.strip():
            yield latest, "checkpoint", checkpoint.question, checkpoint.on
    if latest.check.decision == KEEP_MEASURING:
        yield latest, "measuring", "check again", latest.check.measure_until
    elif latest.target.seal is not None:
        for day in dict.fromkeys(row.by for row in latest.target.targets):
            yield latest, "target", "its day: verify the result in step 6", day
