"""Search over everything that was typed, and over the lessons of all improvements, with the place of each hit."""

from collections.abc import Iterator
from dataclasses import fields

from cimodel_tui.model.answer import Part, Row
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.seal import Amendment, Seal
from cimodel_tui.model.step import REGISTER, STEP_KEYS, Place
from cimodel_tui.record import dataclass
from cimodel_tui.workbook.workbook import Workbook

_NOT_TYPED = frozenset({"id", "improvement", "parent", "readings", "measured", "verdict", "seal"})

CONTEXT = 30
"""Characters shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One search result."""

    ref: str
    """Ref of the improvement."""
    title: str
    """Its title."""
    iteration: int
    """Number of the iteration; 0 for the register entry."""
    place: Place
    """Its place."""
    text: str
    """The words around it, on one line."""
    answer: str
    """The whole answer, on one line."""


def search(book: Workbook, words: str, *, most: int = 200) -> tuple[SearchHit, ...]:
    """Return the answers that contain all of these words, at most so many; case-insensitive."""
    terms = words.casefold().split()
    found: list[SearchHit] = []
    for improvement in book.improvements(archived=True) if terms else ():
        numbers = {each.id: each.number for each in book.iterations(improvement.id)}
        for place, text in _answers(book, improvement):
            folded = text.casefold()
            if all(word in folded for word in terms):
                excerpt, number = _excerpt(text, folded.find(terms[0])), numbers.get(place.iteration, 0)
                answer = " ".join(text.split())
                found.append(SearchHit(improvement.ref, improvement.title, number, place, excerpt, answer))
                if len(found) >= most:
                    return tuple(found)
    return tuple(found)


def _excerpt(text: str, at: int) -> str:
    start = max(0, at - CONTEXT)
    piece = " ".join(text[start : at + 2 * CONTEXT].split())
    return f"{'…' if start else ''}{piece}{'…' if at + 2 * CONTEXT < len(text) else ''}"


def _answers(book: Workbook, improvement: Improvement) -> Iterator[tuple[Place, str]]:
    entry = Place(improvement.id, step=REGISTER)
    yield from _texts(improvement, entry)
    for metric, days in improvement.readings.items():
        latest = book.latest(improvement.id)
        for day, reading in days.items():
            text = f"{reading.note} {reading.set_aside or ''}".strip()
            if text:
                yield Place(improvement.id, latest.id, "baseline", "metrics", metric, day), text
    for iteration in book.iterations(improvement.id):
        for step in STEP_KEYS:
            yield from _texts(iteration.part(step), Place(improvement.id, iteration.id, step))


def _texts(holder: Part | Row, place: Place) -> Iterator[tuple[Place, str]]:
    for each in fields(holder):
        if each.name in _NOT_TYPED:
            continue
        value = getattr(holder, each.name)
        here = Place(
            place.improvement,
            place.iteration,
            place.step,
            place.field or each.name,
            place.row,
            each.name if place.row else "",
        )
        if isinstance(value, str) and value:
            yield here, value
        elif isinstance(value, tuple):
            yield from _in_rows(value, here)


def _in_rows(values: tuple[object, ...], here: Place) -> Iterator[tuple[Place, str]]:
    for value in values:
        if isinstance(value, str):
            yield here, value
        elif isinstance(value, Row) and not isinstance(value, Amendment | Seal):
            yield from _texts(value, Place(here.improvement, here.iteration, here.step, here.field, value.id))


KINDS = {"keep": "keep", "stop": "stop", "differently": "do differently"}
"""The kind of a lesson by its field of step 6."""

LEARNED = "learned"
"""The kind of a log entry that is a lesson."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson."""

    ref: str
    """Ref of the improvement."""
    title: str
    """Its title."""
    iteration: int
    """Number of the iteration."""
    kind: str
    """What to do with it: keep, stop, do differently, or learned on the way."""
    text: str
    """The lesson itself."""
    on: str
    """The day on which it was verified or logged; empty where that is not known."""
    place: Place
    """Its place."""


def lessons(book: Workbook, words: str = "") -> tuple[Lesson, ...]:
    """Return the lessons of a workbook that contain all of these words, archived improvements included."""
    terms = words.casefold().split()
    every = (
        lesson
        for improvement in book.improvements(archived=True)
        for iteration in book.iterations(improvement.id)
        for lesson in _lessons_of(improvement, iteration)
    )
    return tuple(each for each in every if all(word in f"{each.title} {each.text}".casefold() for word in terms))


def _lessons_of(improvement: Improvement, iteration: Iteration) -> Iterator[Lesson]:
    check = iteration.check
    for name, kind in KINDS.items():
        text = str(getattr(check, name)).strip()
        if text:
            place = Place(improvement.id, iteration.id, "check", name)
            yield Lesson(improvement.ref, improvement.title, iteration.number, kind, text, check.verified_on, place)
    for entry in iteration.action.log:
        if entry.kind == LEARNED and entry.text.strip():
            place = Place(improvement.id, iteration.id, "action", "log", entry.id, "text")
            yield Lesson(improvement.ref, improvement.title, iteration.number, LEARNED, entry.text, entry.on, place)
