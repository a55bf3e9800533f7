"""Going somewhere by a few typed characters: `CI-3 4`, `4`, `due`, `home`."""

import re
from collections.abc import Sequence

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.step import STEP_KEYS, STEPS
from cimodel_tui.record import dataclass
from cimodel_tui.views.due import Due
from cimodel_tui.workbook import Workbook

DUE = "due"
"""What lists the things that are overdue and due soon."""

_PAGES = {
    "home": "home",
    "register": REGISTER,
    "grid": "grid",
    "lessons": "lessons",
    "search": "search",
    "backups": "backups",
    "knowledge": "knowledge",
    "dashboard": "dashboard",
    "history": "history",
    **{step.key: step.key for step in STEPS},
}
"""Pages by the words that lead to them."""

_OF_AN_IMPROVEMENT = {"dashboard", "history", *STEP_KEYS}

_REF = re.compile(r"(?:ci)?[-\s]?(\d+)(?:\s+(\S+))?", re.IGNORECASE)

_STEP_OF = {
    "action": "action",
    "checkpoint": "plan",
    "sustain check": "momentum",
    "measuring": "check",
    "next iteration": "momentum",
    "relapse": "momentum",
}
"""The step at which a thing with a day is dealt with; the register entry where none is named."""


class UnknownPlaceError(ValueError):
    """Nothing is called like this."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to go."""

    page: str
    """Name of the page, or DUE."""
    place: Place = Place()
    """The place on it."""


def destination(text: str, book: Workbook, here: Place) -> Destination:
    """Return where some typed characters lead; raises UnknownPlaceError with a sentence."""
    words = text.strip().removeprefix(":").strip().casefold()
    if words == DUE:
        return Destination(DUE)
    if words in _PAGES:
        return _page(words, book, here)
    if here.improvement and words in {str(step.number) for step in STEPS}:
        return _of(book, book.improvement(here.improvement), words)
    found = _REF.fullmatch(words)
    if found is None:
        raise UnknownPlaceError(f"Nothing is called {text.strip()!r}. Try CI-3 4, due, register, grid or home.")
    ref = f"CI-{int(found[1]):04d}"
    improvement = next((each for each in book.improvements(archived=True) if each.ref == ref), None)
    if improvement is None:
        raise UnknownPlaceError(f"There is no {ref} here.")
    return _of(book, improvement, found[2] or "dashboard")


def _page(words: str, book: Workbook, here: Place) -> Destination:
    page = _PAGES[words]
    if page not in _OF_AN_IMPROVEMENT:
        return Destination(page)
    if not here.improvement:
        raise UnknownPlaceError(f"Which improvement? Try CI-1 {words}.")
    return _of(book, book.improvement(here.improvement), words)


def _of(book: Workbook, improvement: Improvement, where: str) -> Destination:
    """Return a page of an improvement: a step by its number or key, the dashboard, the history."""
    by_number = {str(step.number): step.key for step in STEPS}
    page = by_number.get(where, where)
    if page not in _OF_AN_IMPROVEMENT:
        raise UnknownPlaceError(f"There is no step {where}: the steps are 1 to 7.")
    return Destination(page, Place(improvement.id, book.latest(improvement.id).id))


def place_of_due(book: Workbook, due: Due) -> Destination:
    """Return where a thing with a day is dealt with."""
    improvement = next(each for each in book.improvements(archived=True) if each.ref == due.improvement)
    iteration = next(each for each in book.iterations(improvement.id) if each.number == due.iteration)
    step = _STEP_OF.get(due.kind)
    return Destination(step or "dashboard", Place(improvement.id, iteration.id))


def due_choices(due: Sequence[Due]) -> tuple[tuple[str, str], ...]:
    """Return what is due as entries to choose from, by their position."""
    return tuple(
        (str(at), f"{'!' if each.days < 0 else '·'} {each.due} {each.improvement} {each.kind}: {each.what}")
        for at, each in enumerate(due)
    )
