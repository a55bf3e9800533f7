"""What is new, what moved, what slipped and what closed since a day, read off the dates of a workbook."""

from collections.abc import Iterator
from datetime import date

from cimodel_tui.measurement.stored_readings import has_totals, reading_words
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import STANDINGS, WITHDRAWN, Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.status import CLOSED
from cimodel_tui.reports.summary import Since
from cimodel_tui.views.due import due_of
from cimodel_tui.views.history import Event, history_of
from cimodel_tui.views.register import state_of
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.relapse import relapsed_since

_NEW = {"raised", "started", "revisited"}
_ENDS = {WITHDRAWN, "archived"}


def since_of(book: Workbook, entry: Improvement, day: date) -> Since:
    """Return what happened to an improvement since a day, that day and today included."""
    first, today = day.isoformat(), book.clock.today().isoformat()
    events = [each for each in history_of(book, entry) if first <= each.on <= today]
    new = [_words(each) for each in events if each.kind in _NEW]
    closed = [_words(each) for each in events if each.kind in _ENDS]
    moved = [_words(each) for each in events if each.kind not in {*_NEW, *_ENDS}]
    return Since(
        day=first,
        new=tuple(new),
        moved=(*moved, *_measured(book, entry, first, today)),
        slipped=tuple(sorted(_slipped(book, entry, first, today))),
        closed=(*closed, *_closed(book, entry, first)),
    )


def joined(day: date, found: list[tuple[str, Since]]) -> Since:
    """Return the changes of several improvements, each line with its ref."""

    def lines(name: str) -> tuple[str, ...]:
        return tuple(f"{ref} {line}" for ref, each in found for line in getattr(each, name))

    return Since(
        day=day.isoformat(), new=lines("new"), moved=lines("moved"), slipped=lines("slipped"), closed=lines("closed")
    )


def _words(event: Event) -> str:
    return f"{event.on} {event.kind}: {event.words}" if event.words else f"{event.on} {event.kind}"


def _measured(book: Workbook, entry: Improvement, first: str, today: str) -> Iterator[str]:
    """Yield for each metric that was read how it moved: from the last reading before to the latest."""
    for metric in book.latest(entry.id).baseline.metrics:
        days = sorted(entry.readings.get(metric.id, {}))
        before = [day for day in days if day < first]
        read = [day for day in days if first <= day <= today]
        if read:
            readings = entry.readings[metric.id]
            latest = readings[read[-1]]
            start = f"from {_told(metric, readings[before[-1]])} " if before else ""
            count = f"{len(read)} reading{'' if len(read) == 1 else 's'}"
            unit = f" {metric.unit}" if metric.unit and not has_totals(metric) else ""
            yield f"{read[-1]} measured: {metric.name} {start}to {_told(metric, latest)}{unit} ({count})"


def _told(metric: Metric, reading: Reading) -> str:
    """Return a reading as typed, one with a total as `90.0 % (45 of 50)`."""
    return reading_words(metric, reading) if has_totals(metric) else reading.value


def _slipped(book: Workbook, entry: Improvement, first: str, today: str) -> Iterator[str]:
    """Yield what went past its day since, what was done late, and a gain that slipped."""
    for each in due_of(book, entry):
        if each.days < 0 and first <= each.due:
            yield f"{each.due} {each.kind} not done: {each.what}" if each.kind != "relapse" else f"{each.due} relapse"
    for iteration in book.iterations(entry.id):
        yield from _done_late(iteration, first, today)
        yield from _put_off(iteration, first, today)
    since = relapsed_since(book, entry)
    if since and since < first:
        yield f"{since} relapse, not taken up yet"


def _done_late(iteration: Iteration, first: str, today: str) -> Iterator[str]:
    for action in iteration.plan.actions:
        progress = iteration.progress(action.id)
        due, done = as_day(action.due), as_day(progress.finished)
        if progress.status in ENDED and due and done and done > due and first <= done.isoformat() <= today:
            days = (done - due).days
            yield f"{done} done {days} day{'' if days == 1 else 's'} late: {action.what}"


def _put_off(iteration: Iteration, first: str, today: str) -> Iterator[str]:
    """Yield the targets whose agreed day was moved to a later one."""
    for each in iteration.target.amendments:
        before, after = str(each.before or ""), str(each.after or "")
        if each.path[-1] == "by" and as_day(before) and before < after and first <= each.on <= today:
            yield f"{each.on} target put off from {before} to {after}: {each.why}"


def _closed(book: Workbook, entry: Improvement, first: str) -> Iterator[str]:
    latest = book.latest(entry.id)
    if entry.standing in STANDINGS or state_of(book, entry) != CLOSED:
        return
    recorded = [row.recorded_on for row in latest.momentum.sustain_checks if row.recorded]
    on = max([latest.check.verified_on, latest.momentum.decided_on, *recorded])
    if on >= first:
        yield f"{on} closed: {latest.check.verdict.get('sentence') or 'it was stopped'!s}"
