"""Search over everything that was typed, with the place of each find."""

from collections.abc import Iterator
from dataclasses import fields

from cimodel_tui.model.answer import Part, Row
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.seal import Amendment, Seal
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.record import dataclass
from cimodel_tui.workbook.workbook import Workbook

_MACHINE_MADE = frozenset({"id", "improvement", "parent", "readings", "measured", "verdict", "seal"})

AROUND = 30
"""Characters shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One find."""

    ref: str
    """Ref of the improvement."""
    place: Place
    """Where it stands."""
    text: str
    """The words around it, on one line."""


def search(book: Workbook, words: str, *, most: int = 200) -> tuple[SearchHit, ...]:
    """Return where all of these words stand in one answer, at most so many; upper and lower case are the same."""
    wanted = words.casefold().split()
    found: list[SearchHit] = []
    for improvement in book.improvements(archived=True) if wanted else ():
        for place, text in _answers(book, improvement):
            folded = text.casefold()
            if all(word in folded for word in wanted):
                found.append(SearchHit(improvement.ref, place, _around(text, folded.find(wanted[0]))))
                if len(found) >= most:
                    return tuple(found)
    return tuple(found)


def _around(text: str, at: int) -> str:
    start = max(0, at - AROUND)
    piece = " ".join(text[start : at + 2 * AROUND].split())
    return f"{'…' if start else ''}{piece}{'…' if at + 2 * AROUND < len(text) else ''}"


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
        if each.name in _MACHINE_MADE:
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
