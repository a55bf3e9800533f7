"""The lessons of all improvements: what to keep, to stop, to do differently, and what was learned on the way."""

from collections.abc import Iterator

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.place import Place
from cimodel_tui.record import dataclass
from cimodel_tui.workbook.workbook import Workbook

KINDS = {"keep": "keep", "stop": "stop", "differently": "do differently"}
"""What a lesson says to do, by the field of step 6 in which it stands."""

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
    """Where it stands."""


def lessons(book: Workbook, words: str = "") -> tuple[Lesson, ...]:
    """Return the lessons of a workbook in which all of these words stand, also those of archived improvements."""
    wanted = words.casefold().split()
    every = (
        lesson
        for improvement in book.improvements(archived=True)
        for iteration in book.iterations(improvement.id)
        for lesson in _of(improvement, iteration)
    )
    return tuple(each for each in every if all(word in f"{each.title} {each.text}".casefold() for word in wanted))


def _of(improvement: Improvement, iteration: Iteration) -> Iterator[Lesson]:
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
