"""A text that looks like markup and like commands to the terminal, and the sample workbook filled with it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

from cimodel_tui.forms.fields import Day, Field, Line, Number, Prose
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.answer import Row
from cimodel_tui.model.step import REGISTER, STEP_KEYS, Place
from cimodel_tui.screens.entry import entry_fields
from cimodel_tui.screens.navigation import page_of
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.actions import set_readings
from tests.screens.conftest import Room

TYPED = "¶[/] [x] done [@click=app.quit]x[/] \x1b[31m \u202eשלום\u202c 🚑 e\u0301"

DRAWN = "¶[/] [x] done [@click=app.quit]x[/] ␛[31m �שלום� 🚑 e\u0301"
"""How it is drawn: what a terminal would obey is a picture, the rest stands as it was typed."""

BEGINNING = "¶[/]"
"""As much of it as stands on one line wherever it appears."""

LONG = TYPED + "w" * 10_000
"""Put into CI-0005."""

_UNSAFE = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x202C)}

_EDGES = "…│╭╰▌"
"""What can stand where a text has no more room, or where a window lies over it."""

_GOES_ON = ' w"'
"""What can stand behind a text that is broken off or at its end: a blank, a quotation mark, what LONG goes on with."""


def filled(room: Room) -> Path:
    """Put it into every field of the sample that takes a text, through the facade."""
    path = room.copy_of_sample()
    book = room.desk().open(path)
    book.me = TYPED
    for improvement in book.improvements():
        text = LONG if improvement.ref == "CI-0005" else TYPED
        place = Place(improvement.id, book.latest(improvement.id).id)
        _fill(book, replace(place, iteration="", step=REGISTER), entry_fields(), text)
        for step in STEP_KEYS:
            screen = page_of(step, book, place, room.desk())
            assert isinstance(screen, StepScreen)
            _fill(book, replace(place, step=step), screen.declare(), text)
        _note(book, place)
    book.commit(Place(), [replace(book.documents.title, title=TYPED)])
    book.store.flush()
    book.store.close()
    return path


def _fill(book: Workbook, part: Place, fields: Iterable[Field], text: str) -> None:
    for field in fields:
        place = replace(part, field=field.name)
        if isinstance(field, Rows) and book.may_change(place):
            there = book.answer(place)
            assert isinstance(there, tuple)
            rows = there or (() if field.keyed else (field.row(id=book.new_id()),))
            book.change(place, tuple(_filled_row(row, field.columns, text) for row in rows), why=text)
        elif takes_text(field) and book.may_change(place):
            book.change(place, text, why=text)


def _filled_row(row: Row, columns: Iterable[Field], text: str) -> Row:
    return replace(row, **{each.name: text for each in columns if takes_text(each)})


def takes_text(field: Field) -> bool:
    """Tell whether anything at all can be typed in a field and is right."""
    return isinstance(field, Prose | Line) and not isinstance(field, Day | Number)


def _note(book: Workbook, place: Place) -> None:
    for metric, days in book.improvement(place.improvement).readings.items():
        noted = {day: replace(each, note=TYPED) for day, each in days.items()}
        noted[min(noted)] = replace(noted[min(noted)], set_aside=TYPED)
        set_readings(book, replace(place, step="baseline", field="metrics", row=metric), noted, why=TYPED)


def misread(lines: Iterable[str]) -> Iterator[str]:
    """Yield what stands on the screen otherwise than it was typed, as far as there is room for it."""
    for line in lines:
        if set(line) & _UNSAFE:
            yield repr(line)
        for part in line.split("¶")[1:]:
            if not _as_typed(_plain(f"¶{part}"), _plain(DRAWN)):
                yield f"¶{part}"


def _plain(text: str) -> str:
    return normalize("NFC", text)


def _as_typed(shown: str, wanted: str) -> bool:
    same = next((at for at, (one, two) in enumerate(zip(shown, wanted, strict=False)) if one != two), None)
    if same is None:
        return True
    return shown[same] in _EDGES or (same >= len(BEGINNING) and shown[same] in _GOES_ON)
