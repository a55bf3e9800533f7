"""Input on the screen that is not in a document yet: state of the workbook's session, stored in the draft.

A widget tells the session what is typed into it, and when that was accepted or discarded. A kill loses none of it:
`restore` returns it at the next opening. Each piece of input is identified by its kind and its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import Raw, Waiting, raw_of
from cimodel_tui.model.step import STEP_KEYS, Place
from cimodel_tui.workbook.store import Store

if TYPE_CHECKING:
    from cimodel_tui.workbook.workbook import Workbook

CHANGE: Final = "change"
"""A change of an agreed answer that needs a reason."""

ROWS: Final = "rows"
"""Rows of an agreed table that are removed or moved: the ids as they shall stand."""

READING: Final = "reading"
"""The line of the readings' window; its place names the metric as row."""

PASTE: Final = "paste"
"""Columns that were pasted and not imported; its place names the metric as row."""

ASIDE: Final = "aside"
"""The reason for which a reading is to be set aside; `before` is its day, and its place names the metric as row."""

REMOVAL: Final = "removal"
"""An agreed reading that is to be removed, for which a reason is needed; `before` is its day."""

TITLE: Final = "title"
"""The title of an improvement that is not in the register yet."""

ACKNOWLEDGE: Final = "acknowledge"
"""Why a finding of the coach does not apply; `before` is its fingerprint, and its place is the step."""

REMEDY: Final = "remedy"
"""The reason for which the coach's remedy changes what was agreed; `before` and place as for an acknowledgement."""

NOTE: Final = "note"
"""The note to a reading; `before` is its day, and its place names the metric as row."""

RENAME: Final = "rename"
"""The new title of the workbook; `before` is the title that it has."""

KINDS: Final = (CHANGE, ROWS, READING, PASTE, ASIDE, REMOVAL, TITLE, ACKNOWLEDGE, REMEDY, NOTE, RENAME)
"""What can wait."""


class Session:
    """What waits on the screens of one open workbook."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[tuple[str, Place], Waiting] = {}

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What waits now, in the order in which it came."""
        return tuple(self._waiting.values())

    def restore(self) -> tuple[Waiting, ...]:
        """Return what waited when an earlier session was killed; it waits on until it is taken or given up."""
        found = tuple(_read(self._store.waiting))
        self._waiting = {_key(each): each for each in found}
        return found

    def wait(self, waiting: Waiting) -> None:
        """Store in the draft this, in place of what of this kind waited at the same place."""
        if self._store.read_only or self._waiting.get(_key(waiting)) == waiting:
            return
        self._waiting[_key(waiting)] = waiting
        self._write_draft()

    def at(self, kind: str, place: Place) -> Waiting | None:
        """Return what of this kind waits at a place, or None where nothing does."""
        return self._waiting.get((kind, place))

    def end(self, kind: str, place: Place) -> None:
        """Take note that this was taken or given up; nothing happens where it does not wait."""
        if self._waiting.pop((kind, place), None) is not None:
            self._write_draft()

    def _write_draft(self) -> None:
        if not self._store.read_only:
            self._store.wait([_plain(each) for each in self.waiting])


def _key(waiting: Waiting) -> tuple[str, Place]:
    return waiting.kind, waiting.place


def _plain(waiting: Waiting) -> Json:
    place: dict[str, Json] = dict(asdict(waiting.place))
    raw, before = _plain_raw(waiting.raw), _plain_raw(waiting.before)
    beside: dict[str, Json] = {"reason": waiting.reason, "answers": list(waiting.answers)}
    return {"kind": waiting.kind, "place": place, "raw": raw, "before": before, **beside}


def _plain_raw(raw: Raw) -> Json:
    return raw if isinstance(raw, str) else list(raw)


def _read(found: Iterable[Json]) -> Iterator[Waiting]:
    """Yield what can be read; a draft may come from another version, which has other things that wait."""
    for each in found:
        if isinstance(each, dict) and each.get("kind") in KINDS and isinstance(each.get("place"), dict):
            raw, before = raw_of(each.get("raw")), raw_of(each.get("before"))
            reason, answers = str(each.get("reason") or ""), each.get("answers")
            answer_texts = tuple(map(str, answers)) if isinstance(answers, list) else ()
            yield Waiting(str(each["kind"]), _place(each["place"]), raw, before, reason, answer_texts)


def _place(plain: Json) -> Place:
    known = asdict(Place())
    texts: Mapping[str, Json] = plain if isinstance(plain, dict) else {}
    return Place(**{name: each for name, each in texts.items() if name in known and isinstance(each, str)})


def lost_input_words(waiting: Waiting) -> str:
    """Return a sentence for input that was restored and has no place any more."""
    return f"Typed but not saved when the program ended: {waiting.typed}"


def still_applies(book: "Workbook", waiting: Waiting) -> bool:
    """Return whether restored input still applies: its place exists, and the answer there is unchanged."""
    place = waiting.place
    if not book.has(place):
        return False
    if waiting.kind in (TITLE, RENAME):
        return waiting.kind == TITLE or waiting.before == book.title
    if waiting.kind in (ACKNOWLEDGE, REMEDY):
        return place.step in STEP_KEYS and bool(place.iteration)
    if waiting.kind in (CHANGE, ROWS):
        return _answer_unchanged(book, waiting)
    return bool(place.improvement) and _metric_exists(book, waiting)


def _metric_exists(book: "Workbook", waiting: Waiting) -> bool:
    """Return whether the metric is there to which something was typed, and for a note its reading."""
    improvement, iteration = book.of(waiting.place)
    row = waiting.place.row
    known = waiting.kind != NOTE or waiting.before in improvement.readings.get(row, {})
    return known and any(each.id == row for each in iteration.baseline.metrics)


def _answer_unchanged(book: "Workbook", waiting: Waiting) -> bool:
    place = waiting.place
    if place.step not in STEP_KEYS or not place.iteration:
        return False
    try:
        answer = book.answer(place)
        if waiting.kind == ROWS and isinstance(answer, tuple):
            answer = tuple(row.id for row in answer)
        return raw_of(answer) == waiting.before and book.may_change(place)
    except (AttributeError, TypeError):  # what is kept between two starts may name what was never there
        return False
