"""Three-way merge of plain documents: the same for git, for changes from outside, and for the draft.

It works by table, document, field, row id and column, and by the date of a reading. Where both sides changed the same
value, ours is kept, and `{place, base, ours, theirs}` is added to the document's `conflicts` until one side is chosen.
A side on which the value did not exist is left out of the entry.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cimodel_tui.model.answer import Json
from cimodel_tui.storage.merge_units import (
    SEALED,
    Sides,
    decide_seals,
    removal_conflicts,
    restore_families,
    successor_conflicts,
)
from cimodel_tui.storage.schema import CONFLICTS, IMPROVEMENTS, SUCCESSOR, WORKBOOK, Document, Key, as_rows

FieldPath: TypeAlias = tuple[str, ...]
"""Keys and row ids from the top of a document down to a value."""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together once one of them is set."""

    marker: str
    """The field that binds them together; a conflict is placed on it."""
    fields: tuple[str, ...]
    """All of them."""

    def binds(self, sides: tuple[Document, ...]) -> bool:
        """Return whether on any side the marker is set."""
        return any(side.get(self.marker) for side in sides)

    def of(self, side: Document) -> Document:
        """Return the fields of one side."""
        return {name: side[name] for name in self.fields if name in side}


GROUPS: Mapping[FieldPath, FieldGroup] = {
    ("baseline",): FieldGroup("seal", SEALED),
    ("target",): FieldGroup("seal", ("seal", "targets", "limits", "agreed_by", "agreed_on", "amendments")),
    ("check",): FieldGroup("verdict", ("verdict", "measured", "verified_by", "verified_on", "counts_to")),
}
"""A seal and all that it covers; a verdict and what it was computed from."""


_READING = 3
"""Names on the path to a reading: `readings`, the metric and the day."""


def is_unit(path: FieldPath) -> bool:
    """Return whether a path is merged as one value although it has parts: a reading, a sealed copy."""
    return (len(path) == _READING and path[0] == "readings") or path[1:] == ("seal",)


_PREFIX = "CI-"

_TOO_LONG = 12
"""Digits of a ref that was typed by hand: it does not count when the next number is chosen."""


@dataclass(frozen=True, slots=True)
class Renumbering:
    """An improvement that got another ref."""

    id: str
    """Its id."""
    was: str
    """The ref that it gave up."""
    ref: str
    """The ref that it has now."""


def renumber_duplicate_refs(documents: dict[Key, Document], ours: Mapping[Key, Document]) -> tuple[Renumbering, ...]:
    """Give improvements that only they have another ref where ours has it, in place, and return which."""
    register = {key: each for key, each in documents.items() if key[0] == IMPROVEMENTS}
    refs_in_use = {_ref(each) for key, each in register.items() if key in ours} - {""}
    number = max(map(_number, _refs(register.values())), default=0)
    found = []
    for key in sorted(register.keys() - ours.keys(), key=lambda key: (_ref(register[key]), key)):
        was = _ref(register[key])
        if was in refs_in_use:
            number += 1
            found.append(Renumbering(key[1], was, f"{_PREFIX}{number:04d}"))
            documents[key] = {**register[key], "ref": found[-1].ref, "was": [*_former_refs(register[key]), was]}
        refs_in_use.add(was)
    return tuple(found)


def _ref(document: Document) -> str:
    ref = document.get("ref")
    return ref if isinstance(ref, str) else ""


def _former_refs(document: Document) -> list[str]:
    was = document.get("was")
    return [each for each in was if isinstance(each, str)] if isinstance(was, list) else []


def _refs(register: Iterable[Document]) -> Iterable[str]:
    for each in register:
        yield from (_ref(each), *_former_refs(each))


def _number(ref: str) -> int:
    digits = ref.removeprefix(_PREFIX)
    return int(digits) if ref != digits and digits.isascii() and digits.isdecimal() and len(digits) < _TOO_LONG else 0


@dataclass(frozen=True, slots=True)
class Absent:
    """Stands for an absent value."""


ABSENT = Absent()

Value: TypeAlias = "Json | Absent"

Rows: TypeAlias = dict[str, Document]


@dataclass(frozen=True, slots=True)
class MergedDocuments:
    """What came out of a merge."""

    documents: dict[Key, Document]
    """Every document, ours first."""
    conflicts: tuple[tuple[Key, FieldPath], ...]
    """Where both sides had changed the same thing."""
    renumbered: tuple[Renumbering, ...]
    """Improvements of theirs that got another ref."""


def merge_documents(
    base: Mapping[Key, Document], ours: Mapping[Key, Document], theirs: Mapping[Key, Document]
) -> MergedDocuments:
    """Merge two states that both come from the base."""
    given = Sides(dict(_with_our_workbook_id(base, ours)), dict(ours), dict(_with_our_workbook_id(theirs, ours)))
    removed = list(removal_conflicts(given))
    apart = {key for _, stays in removed for key in stays}
    sides, entries = decide_seals(Sides(*({key: side[key] for key in side if key not in apart} for side in given)))
    documents: dict[Key, Document] = {}
    conflicts: list[tuple[Key, FieldPath]] = []
    for key in union(sides.ours, sides.theirs):
        merge = _Merge()
        document = merge.document(*sides.get(key))
        if document is not None:
            documents[key] = document
            conflicts += [(key, path) for path in merge.paths]
    for entry, stays in removed:
        documents |= stays
        entries.append((next(iter(stays)), entry))
    entries += restore_families(documents, given)
    entries += successor_conflicts(documents, given)
    conflicts += _with_entries(documents, entries)
    dropped = {*_drop_implied_conflicts(documents)}
    found = tuple(each for each in dict.fromkeys(conflicts) if each not in dropped)
    return MergedDocuments(documents, found, renumber_duplicate_refs(documents, ours))


def _with_entries(
    documents: dict[Key, Document], entries: Iterable[tuple[Key, Document]]
) -> Iterator[tuple[Key, FieldPath]]:
    """Add conflicts to the documents that hold them, and yield where they are."""
    for key, entry in entries:
        known = _conflicts(documents[key])
        if entry not in known:
            documents[key] = {**documents[key], CONFLICTS: [*known, entry]}
        yield key, _place(entry)


def _drop_implied_conflicts(documents: dict[Key, Document]) -> Iterator[tuple[Key, FieldPath]]:
    """Drop the conflicts about who took over a sustain check that follow from which next iteration is chosen.

    Yields where they were.
    """
    entries = (each for document in documents.values() for each in _conflicts(document) if isinstance(each, dict))
    chosen = (each for each in entries if each.get("place") == [SUCCESSOR])
    sides = [[_id(entry.get(side)) for side in ("ours", "theirs")] for entry in chosen]
    for key, document in documents.items() if sides else ():
        known = _conflicts(document)
        follows = [each for each in known if isinstance(each, dict) and _is_takeover(each, sides)]
        if follows:
            yield from ((key, _place(each)) for each in follows)
            remaining = [each for each in known if each not in follows]
            documents[key] = {**document, CONFLICTS: remaining} if remaining else _without(document, CONFLICTS)


def _is_takeover(entry: Document, sides: list[list[Json]]) -> bool:
    return _place(entry)[-1:] == ("taken_over_by",) and [entry.get("ours"), entry.get("theirs")] in sides


def _place(entry: Document) -> FieldPath:
    place = entry.get("place")
    return tuple(map(str, place)) if isinstance(place, list) else ()


def _id(side: Json) -> Json:
    return side.get("id") if isinstance(side, dict) else None


def _without(document: Document, name: str) -> Document:
    return {key: each for key, each in document.items() if key != name}


def union(first: Iterable[Key], second: Iterable[Key]) -> list[Key]:
    """Return all of the first and then what only the second has, each in its order."""
    return list(dict.fromkeys([*first, *second]))


def _with_our_workbook_id(documents: Mapping[Key, Document], ours: Mapping[Key, Document]) -> Mapping[Key, Document]:
    """Two files that were made apart have two ids for the one document that a workbook has."""
    mine = next((key for key in ours if key[0] == WORKBOOK), None)
    if mine is None or mine in documents:
        return documents
    return {mine if key[0] == WORKBOOK else key: document for key, document in documents.items()}


@dataclass(slots=True)
class _Merge:
    """The merge of one document, and the conflicts that it met."""

    found: list[Document] = field(default_factory=list)
    paths: list[FieldPath] = field(default_factory=list)

    def document(self, base: Document | None, ours: Document | None, theirs: Document | None) -> Document | None:
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        if ours is None or theirs is None:
            self._conflict((), *(ABSENT if each is None else each for each in (base, ours, theirs)))
            return self._with_conflicts(dict(ours or theirs or {}), _conflicts(ours or theirs))
        known = _unresolved(_conflicts(base), _conflicts(ours), _conflicts(theirs))
        return self._with_conflicts(self._fields((), base or {}, ours, theirs), known)

    def _with_conflicts(self, document: Document, known: list[Json]) -> Document:
        document.pop(CONFLICTS, None)
        new = [each for each in self.found if each not in known]
        return {**document, CONFLICTS: [*known, *new]} if known or new else document

    def _value(self, path: FieldPath, base: Value, ours: Value, theirs: Value) -> Value:
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        if not is_unit(path):
            if isinstance(ours, dict) and isinstance(theirs, dict):
                return self._fields(path, base if isinstance(base, dict) else {}, ours, theirs)
            mine, others = as_rows(ours), as_rows(theirs)
            if mine is not None and others is not None:
                return list(self._rows(path, as_rows(base) or {}, mine, others))
        return self._conflict(path, base, ours, theirs)

    def _fields(self, path: FieldPath, base: Document, ours: Document, theirs: Document) -> Document:
        result = self._group(path, base, ours, theirs)
        group = GROUPS.get(path)
        done = {CONFLICTS} if not path else set(group.fields) if group and result else set()
        for name in dict.fromkeys([*ours, *theirs]):
            if name not in done:
                sides = (side.get(name, ABSENT) for side in (base, ours, theirs))
                value = self._value((*path, name), *sides)
                if not isinstance(value, Absent):
                    result[name] = value
        return result

    def _group(self, path: FieldPath, base: Document, ours: Document, theirs: Document) -> Document:
        """Take the fields that belong together from one side."""
        group = GROUPS.get(path)
        if not group or not group.binds((base, ours, theirs)):
            return {}
        before, mine, others = group.of(base), group.of(ours), group.of(theirs)
        if others in (mine, before):
            return mine
        if mine == before:
            return others
        self._conflict((*path, group.marker), before, mine, others)
        return mine

    def _rows(self, path: FieldPath, base: Rows, ours: Rows, theirs: Rows) -> Iterator[Json]:
        for row_id in dict.fromkeys([*ours, *theirs]):
            sides = (side.get(row_id, ABSENT) for side in (base, ours, theirs))
            value = self._value((*path, row_id), *sides)
            if not isinstance(value, Absent):
                yield value

    def _conflict(self, path: FieldPath, base: Value, ours: Value, theirs: Value) -> Value:
        entry: Document = {"place": list(path)}
        for side, value in (("base", base), ("ours", ours), ("theirs", theirs)):
            if not isinstance(value, Absent):
                entry[side] = value
        self.found.append(entry)
        self.paths.append(path)
        return ours


def _conflicts(document: Document | None) -> list[Json]:
    known = (document or {}).get(CONFLICTS)
    return list(known) if isinstance(known, list) else []


def _unresolved(base: list[Json], ours: list[Json], theirs: list[Json]) -> list[Json]:
    """Return the conflicts that neither side has resolved."""
    unresolved = [each for each in ours if each in theirs or each not in base]
    return unresolved + [each for each in theirs if each not in unresolved and each not in base]
