"""Prepares the report of the register."""

from datetime import date

from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.status import BEFORE_PROGRESS, is_stale
from cimodel_tui.model.step import step_of
from cimodel_tui.reports.prepare import decisions, steering
from cimodel_tui.reports.since import joined, since_of
from cimodel_tui.reports.summary import Register, RegisterRow, Said
from cimodel_tui.views.due import Due, due_in
from cimodel_tui.views.register import next_of, portfolio, state_of, status_of
from cimodel_tui.workbook import Workbook


def register(book: Workbook, since: date | None = None) -> Register:
    """Return everything that the report of the register says."""
    entries = book.improvements()
    needed = [(each.ref, found) for each in entries for found in decisions(book, each)]
    return Register(
        workbook=book.title,
        as_of=book.clock.today().isoformat(),
        figures=portfolio(book),
        rows=tuple(_row(book, each) for each in entries),
        decisions=tuple(Said(what=f"{ref}: {each.what}", text=each.text) for ref, each in needed),
        due=tuple(map(_due, due_in(book))),
        since=joined(since, [(each.ref, since_of(book, each, since)) for each in entries]) if since else None,
    )


def _row(book: Workbook, entry: Improvement) -> RegisterRow:
    latest, today = book.latest(entry.id), book.clock.today()
    return RegisterRow(
        ref=entry.ref,
        title=entry.title,
        owner=entry.owner,
        status=status_of(book, entry),
        step=step_of(current_step(entry, latest)).heading,
        score=entry.score,
        review_on=_review(book, entry),
        stale=is_stale(entry, latest, today),
        steering=steering(book, entry),
        next=next_of(book, entry),
    )


def _review(book: Workbook, entry: Improvement) -> str:
    """Return the day to look at it again, of what is not begun or set aside; what is under way has days of its own."""
    if entry.standing:
        return entry.look_again_on
    begun = state_of(book, entry) not in BEFORE_PROGRESS
    return "" if begun else entry.review_on


def _due(due: Due) -> Said:
    late = f", {-due.days} days late" if due.days < 0 else ""
    return Said(what=f"{due.due}{late}", text=f"{due.improvement} {due.kind}: {due.what}")
