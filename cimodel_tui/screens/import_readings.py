"""Importing readings: from a file, a paste or a feed, with the reason that an agreed baseline asks for."""

from dataclasses import replace
from typing import cast

from textual.app import App

from cimodel_tui.forms.ask import Ask, Choose
from cimodel_tui.model.answer import row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.saving import StoreError
from cimodel_tui.model.step import Place
from cimodel_tui.screens.import_window import Import, ImportScreen
from cimodel_tui.workbook import ReasonNeededError, RefusedError, Workbook
from cimodel_tui.workbook.desk import HasDesk
from cimodel_tui.workbook.incoming import commit_readings
from cimodel_tui.workbook.session import PASTE as WAITING_PASTE

_MOST_REASONS = 5
"""Of what was left out at most so many reasons are shown with the count of what was imported."""


def import_file(app: App[object], book: Workbook, place: Place) -> None:
    """Open the window for a file, and take in what it returns."""
    screen = ImportScreen(book, place, from_file=True)
    app.push_screen(screen, lambda wanted: take_import(app, book, place, wanted))


def pull_feed(app: App[object], book: Workbook, place: Place) -> None:
    """Fetch what the feed of a metric gives; the first time it is shown what will run, and asked."""
    desk = cast("HasDesk", app).desk
    _, iteration = book.of(place)
    row = row_of(iteration.baseline.metrics, place.row)
    name = row.feed if isinstance(row, Metric) else ""
    if not name:
        app.notify("The metric names no feed: give it one with e.", severity="warning", markup=False)
        return
    try:
        feed = desk.feed(name)
    except StoreError as problem:
        app.notify(str(problem), severity="warning", markup=False)
        return

    def pull() -> None:
        screen = ImportScreen(book, place, feed=feed)
        app.push_screen(screen, lambda wanted: take_import(app, book, place, wanted))

    def chosen(answer: str | None) -> None:
        if answer != "allow":
            return
        try:
            desk.allow(book, feed)
        except StoreError as problem:
            app.notify(str(problem), severity="warning", markup=False)
        else:
            pull()

    if desk.may_run(book, feed):
        pull()
    else:
        answers = (("allow", "Allow it for this workbook"), ("leave", "Leave it"))
        app.push_screen(Choose(f"Feed {feed.name} {feed.words}.", answers), chosen)


def take_import(app: App[object], book: Workbook, place: Place, wanted: Import | None, why: str = "") -> None:
    """Take in what the window returned; where an agreed stretch is touched, ask for one reason first."""
    if wanted is None:
        return
    question = "This changes an agreed baseline. Why change it?"

    def given(reason: str | None) -> None:
        if reason and reason.strip():
            take_import(app, book, place, wanted, reason)
        else:
            book.session.end(WAITING_PASTE, place)

    def typed(reason: str) -> None:
        if waits := book.session.at(WAITING_PASTE, place):
            book.session.wait(replace(waits, reason=reason))

    waits = book.session.at(WAITING_PASTE, place)
    ask = Ask(question, value=waits.reason if waits else "", typed=typed)
    if wanted.amends and not why:
        app.push_screen(ask, given)
        return
    book.history.pause()
    try:
        count = commit_readings(book, place, wanted.comparison, replace(wanted.taking, why=why))
    except ReasonNeededError:
        app.push_screen(ask, given)
    except RefusedError as refused:
        app.notify(str(refused), severity="warning", markup=False)
    else:
        book.session.end(WAITING_PASTE, place)
        words = (
            "1 reading imported."
            if count == 1
            else f"{count} readings imported."
            if count
            else "Nothing new to import."
        )
        app.notify("\n".join((words, *wanted.left_out[:_MOST_REASONS])), markup=False)
