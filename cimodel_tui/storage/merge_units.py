"""What a merge decides as one unit although it spans several documents or fields.

- A sealed baseline and the readings of its stretch: a blend of two sides would fit neither seal.
- An improvement and its iterations: removed on one side and changed on the other, all of it stays.
- Next iterations that both sides began from one iteration: both stay until one is chosen.

A seal is decided before the documents are merged field by field, so that all three sides agree on it then.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from cimodel_tui.model.answer import Json
from cimodel_tui.storage.schema import IMPROVEMENTS, ITERATIONS, SUCCESSOR, Document, Key, as_rows

DocumentMap: TypeAlias = dict[Key, Document]

Cell: TypeAlias = tuple[str, str]
"""Metric and day of a reading."""

SEALED = ("seal", "metrics", "first_on", "last_on", "agreed_by", "agreed_on", "amendments")
"""The fields of a baseline that its seal binds together."""

READINGS, OTHERS = "readings", "iterations"
"""What a conflict about a seal holds besides those fields: readings of the stretch, and iterations that share it."""


class Sides(NamedTuple):
    """The three states of a merge."""

    base: DocumentMap
    """What both come from."""
    ours: DocumentMap
    """Ours."""
    theirs: DocumentMap
    """Theirs."""

    def get(self, key: Key) -> tuple[Document | None, Document | None, Document | None]:
        """Return one document on the three sides."""
        return self.base.get(key), self.ours.get(key), self.theirs.get(key)


Entries: TypeAlias = list[tuple[Key, Document]]
"""Conflicts, each with the document that holds it."""


def entry(place: Iterable[str], sides: Iterable[Json]) -> Document:
    """Return a conflict entry; a side that is None is left out of it."""
    named = zip(("base", "ours", "theirs"), sides, strict=True)
    return {"place": list(place), **{name: each for name, each in named if each is not None}}


@dataclass(slots=True)
class _Seal:
    """Sealed baselines of one improvement that share readings which differ between the sides."""

    iterations: list[str]
    cells: set[Cell] = field(default_factory=set)


def decide_seals(sides: Sides) -> tuple[Sides, Entries]:
    """Decide each sealed baseline with the readings of its stretch; returns the sides that agree on it, and conflicts.

    Where both sides changed it, ours stands and theirs is in the conflict.
    """
    sides = Sides(*(dict(each) for each in sides))
    entries: Entries = []
    for improvement, iterations in _sealed_iterations(sides).items():
        for seal in _overlapping_seals(sides, improvement, iterations):
            found = _decide(sides, improvement, seal)
            entries += [((ITERATIONS, seal.iterations[0]), found)] if found else []
    return sides, entries


def _sealed_iterations(sides: Sides) -> dict[str, list[str]]:
    """Return by improvement the iterations that are sealed on some side."""
    found: dict[str, list[str]] = {}
    for table, doc_id in dict.fromkeys([*sides.ours, *sides.theirs]):
        versions = [each for each in sides.get((table, doc_id)) if each is not None]
        if table == ITERATIONS and any(_baseline(each).get("seal") for each in versions):
            found.setdefault(str(versions[-1].get("improvement")), []).append(doc_id)
    return found


def _overlapping_seals(sides: Sides, improvement: str, iterations: Iterable[str]) -> list[_Seal]:
    """Return the seals of an improvement, those as one that share a reading on which the sides differ."""
    differing = _differing([_readings(each, improvement) for each in sides])
    found: list[_Seal] = []
    for doc_id in iterations:
        cells = {cell for each in sides.get((ITERATIONS, doc_id)) for cell in differing if _covers(each, cell)}
        overlapping = _Seal([doc_id], cells)
        for other in [each for each in found if each.cells & cells]:
            found.remove(other)
            overlapping = _Seal([*other.iterations, *overlapping.iterations], other.cells | overlapping.cells)
        found.append(overlapping)
    return found


def _differing(readings: list[Document]) -> set[Cell]:
    if all(each == readings[0] for each in readings):
        return set()
    cells = {(metric, day) for each in readings for metric, days in each.items() for day in _object(days)}
    return {cell for cell in cells if any(_cell(each, cell) != _cell(readings[0], cell) for each in readings)}


def _cell(readings: Document, cell: Cell) -> Json:
    return _days(readings, cell[0]).get(cell[1])


def _covers(iteration: Document | None, cell: Cell) -> bool:
    """Return whether a reading lies in the sealed stretch of an iteration."""
    baseline, (metric, day) = _baseline(iteration or {}), cell
    first, last = (str(baseline.get(name) or "") for name in ("first_on", "last_on"))
    if not baseline.get("seal") or metric not in (as_rows(baseline.get("metrics")) or {}):
        return False
    return first <= day and (not last or day <= last)


def _decide(sides: Sides, improvement: str, seal: _Seal) -> Document | None:
    base, ours, theirs = (_unit(each, improvement, seal) for each in sides)
    if theirs in (ours, base):
        _copy_unit(sides, sides.ours, improvement, seal)
        return None
    if ours == base:
        _copy_unit(sides, sides.theirs, improvement, seal)
        return None
    _unseal_new_iterations(sides, seal)
    _copy_unit(sides, sides.ours, improvement, seal)
    return entry(("baseline", "seal"), (base, ours, theirs))


def _unit(documents: DocumentMap, improvement: str, seal: _Seal) -> Document:
    """Return one side of a seal: its fields, the readings in question, and the iterations that share them."""
    first, *others = seal.iterations
    found = _group(documents.get((ITERATIONS, first)))
    if seal.cells:
        readings = _readings(documents, improvement)
        days: dict[str, Json] = {}
        for metric, day in sorted(seal.cells):
            _object(days.setdefault(metric, {}))[day] = _cell(readings, (metric, day))
        found[READINGS] = days
    if others:
        found[OTHERS] = {each: _group(documents.get((ITERATIONS, each))) for each in others}
    return found


_UNSEALED: Document = {"seal": None, "agreed_by": "", "agreed_on": "", "amendments": []}


def _group(iteration: Document | None) -> Document:
    """Return the sealed fields; a side that does not have the iteration has not agreed to it."""
    if iteration is None:
        return dict(_UNSEALED)
    baseline = _baseline(iteration)
    return {name: baseline[name] for name in SEALED if name in baseline}


def _unseal_new_iterations(sides: Sides, seal: _Seal) -> None:
    """Take the seal off iterations that are new there, for our readings do not fit it; the conflict has the seal."""
    for key in [(ITERATIONS, each) for each in seal.iterations]:
        document = sides.theirs.get(key)
        if document is not None and key not in sides.ours and key not in sides.base:
            sides.theirs[key] = {**document, "baseline": {**_baseline(document), **_UNSEALED}}


def _copy_unit(sides: Sides, chosen: DocumentMap, improvement: str, seal: _Seal) -> None:
    """Copy the chosen side of a seal to all sides."""
    unit = _unit(chosen, improvement, seal)
    for documents in sides:
        for each in seal.iterations:
            if (ITERATIONS, each) in chosen and documents is not chosen:
                _put_group(documents, each, _group(chosen[ITERATIONS, each]), without=SEALED)
        put_readings(documents, improvement, _object(unit.get(READINGS)))


def _put_group(documents: DocumentMap, doc_id: str, group: Document, *, without: Collection[str] = ()) -> None:
    document = documents.get((ITERATIONS, doc_id))
    if document is not None:
        rest = {name: each for name, each in _baseline(document).items() if name not in without}
        documents[ITERATIONS, doc_id] = {**document, "baseline": {**rest, **group}}


def put_readings(documents: DocumentMap, improvement: str, cells: Mapping[str, Json]) -> None:
    """Put readings in by metric and day; None removes one."""
    document = documents.get((IMPROVEMENTS, improvement))
    if document is None or not cells:
        return
    readings = dict(_readings(documents, improvement))
    for metric, days in cells.items():
        changed = {**_days(readings, metric), **_object(days)}
        readings[metric] = {day: each for day, each in changed.items() if each is not None}
    documents[IMPROVEMENTS, improvement] = {**document, READINGS: {key: each for key, each in readings.items() if each}}


def put_seal(documents: DocumentMap, iteration: str, unit: Document) -> None:
    """Apply one side of a seal: its fields, its readings, and the iterations that share them."""
    improvement = str(documents[ITERATIONS, iteration].get("improvement"))
    _put_group(documents, iteration, {name: unit[name] for name in SEALED if name in unit})
    for other, group in _object(unit.get(OTHERS)).items():
        _put_group(documents, other, _object(group))
    put_readings(documents, improvement, _object(unit.get(READINGS)))


def _baseline(iteration: Document) -> Document:
    return _object(iteration.get("baseline"))


def _readings(documents: DocumentMap, improvement: str) -> Document:
    return _object(documents.get((IMPROVEMENTS, improvement), {}).get(READINGS))


def _days(readings: Document, metric: str) -> Document:
    return _object(readings.get(metric))


def _object(value: Json) -> Document:
    return value if isinstance(value, dict) else {}


def family_of(documents: Mapping[Key, Document], improvement: str) -> list[Key]:
    """Return an improvement and its iterations, as far as they are there."""
    found = [(IMPROVEMENTS, improvement)] if (IMPROVEMENTS, improvement) in documents else []
    return found + [key for key, each in documents.items() if _is_iteration_of(key, each, improvement)]


def _is_iteration_of(key: Key, document: Document, improvement: str) -> bool:
    return key[0] == ITERATIONS and document.get("improvement") == improvement


def removal_conflicts(sides: Sides) -> Iterator[tuple[Document, DocumentMap]]:
    """Yield each improvement that one side removed and the other changed: the conflict, and all of it as it stays."""
    for key, before in sides.base.items():
        if key[0] != IMPROVEMENTS or (key in sides.ours) == (key in sides.theirs):
            continue
        side = sides.ours if key in sides.ours else sides.theirs
        stays = {each: side[each] for each in family_of(side, key[1])}
        if stays != {each: sides.base[each] for each in family_of(sides.base, key[1])}:
            yield entry((), (before, sides.ours.get(key), sides.theirs.get(key))), stays


def restore_families(documents: DocumentMap, sides: Sides) -> Entries:
    """Restore improvements without iterations, and iterations without improvement; returns the conflicts about them."""
    improvements = {doc_id for table, doc_id in documents if table == IMPROVEMENTS}
    iterations = {str(each.get("improvement")) for (table, _), each in documents.items() if table == ITERATIONS}
    entries: Entries = []
    for improvement in sorted(improvements ^ iterations):
        for key in _missing(sides, improvement, documents):
            documents[key] = next(each for each in (sides.ours.get(key), *sides.get(key)) if each is not None)
            entries.append((key, entry((), (_without_conflicts(each) for each in sides.get(key)))))
    return entries


def _without_conflicts(document: Document | None) -> Document | None:
    return None if document is None else {name: each for name, each in document.items() if name != "conflicts"}


def _missing(sides: Sides, improvement: str, documents: DocumentMap) -> list[Key]:
    """Return what one side, ours first, has of an improvement where it is whole, and the merge has not."""
    for side in (sides.ours, sides.theirs, sides.base):
        family = family_of(side, improvement)
        if {table for table, _ in family} == {IMPROVEMENTS, ITERATIONS}:
            return [key for key in family if key not in documents]
    return []


def successor_conflicts(documents: DocumentMap, sides: Sides) -> Entries:
    """Return a conflict for each two next iterations that the two sides began from one iteration."""
    mine = _new_iterations(documents, sides.ours, {*sides.base, *sides.theirs})
    others = _new_iterations(documents, sides.theirs, {*sides.base, *sides.ours})
    found = ((mine[parent], others[parent]) for parent in mine if parent in others)
    return [
        ((IMPROVEMENTS, str(documents[our].get("improvement"))), _successor_conflict(documents, our, their))
        for our, their in found
    ]


def _new_iterations(documents: DocumentMap, side: DocumentMap, known: Collection[Key]) -> dict[str, Key]:
    """Return the iterations that only one side has begun, by their parent."""
    new = (key for key in side if key[0] == ITERATIONS and key not in known and key in documents)
    return {str(parent): key for key in new if (parent := documents[key].get("parent"))}


_NAMES = ("number", "entered_at", "opened_on", "opened_by")


def _successor_conflict(documents: DocumentMap, ours: Key, theirs: Key) -> Document:
    sides = ({"id": key[1], **{name: documents[key].get(name) for name in _NAMES}} for key in (ours, theirs))
    return entry((SUCCESSOR,), (None, *sides))


def choose_successor(documents: DocumentMap, improvement: str, chosen: str, other: str) -> None:
    """Remove one of two next iterations with its descendants; the chosen one takes over its sustain checks."""
    for key in _descendants(documents, improvement, other):
        del documents[key]
    for key in family_of(documents, improvement)[1:]:
        momentum = _object(documents[key].get("momentum"))
        rows = as_rows(momentum.get("sustain_checks"))
        if rows and any(row.get("taken_over_by") == other for row in rows.values()):
            moved: Json = [
                {**row, "taken_over_by": chosen} if row.get("taken_over_by") == other else row for row in rows.values()
            ]
            documents[key] = {**documents[key], "momentum": {**momentum, "sustain_checks": moved}}


def _descendants(documents: DocumentMap, improvement: str, first: str) -> list[Key]:
    found = [(ITERATIONS, first)] if (ITERATIONS, first) in documents else []
    for key in found:
        children = (each for each in family_of(documents, improvement) if documents[each].get("parent") == key[1])
        found += [each for each in children if each not in found]
    return found
