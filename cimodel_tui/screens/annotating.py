"""Writing readings back from a screen: with the reason that an agreed baseline asks for, and notes to a reading."""

from collections.abc import Mapping
from dataclasses import replace

from textual.app import App

from cimodel_tui.forms.ask import Ask
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.place import Place
from cimodel_tui.workbook import ReasonNeededError, RefusedError, Workbook
from cimodel_tui.workbook.actions import set_readings

WHY = "This changes an agreed baseline. Why is it changed?"
"""What is asked where a reading lies in a sealed stretch."""


def put_readings(
    app: App[None], book: Workbook, place: Place, readings: Mapping[str, Reading | None], why: str = "", words: str = ""
) -> None:
    """Put readings in by day, none to remove one; asks for a reason where one is needed."""
    said = words or ("1 reading" if len(readings) == 1 else f"{len(readings)} readings")
    book.history.pause()
    try:
        set_readings(book, place, readings, why=why, words=said)
    except ReasonNeededError:
        app.push_screen(
            Ask(WHY), lambda reason: put_readings(app, book, place, readings, reason, words) if reason else None
        )
    except RefusedError as refused:
        app.notify(str(refused), severity="warning", markup=False)


def annotate(app: App[None], book: Workbook, place: Place, metric: Metric, day: str) -> None:
    """Ask for the note to a reading, and keep it."""
    improvement, _ = book.of(place)
    reading = improvement.readings.get(metric.id, {}).get(day)
    if reading is None:
        return
    where = replace(place, step=place.step or "baseline", field="metrics", row=metric.id)

    def given(note: str | None) -> None:
        if note is not None and note.strip() != reading.note:
            put_readings(app, book, where, {day: replace(reading, note=note.strip())}, words="note to a reading")

    app.push_screen(Ask(f"Note to {day}: {reading.value} {metric.unit}".rstrip(), value=reading.note), given)
