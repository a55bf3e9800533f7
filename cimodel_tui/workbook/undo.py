"""Undo and redo: the changes of one visit to a field, reverted value by value where nothing changed since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cimodel_tui.model.answer import Part
from cimodel_tui.model.improvement import Improvement, Reading, Readings
from cimodel_tui.model.place import Place
from cimodel_tui.record import dataclass, with_values
from cimodel_tui.workbook.store import Document

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PAUSE = timedelta(seconds=2)
"""Changes to the same place within this time are one step of undo."""

DEPTH = 1_000
"""How many steps are kept."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One value of one document, before and after; None stands for an absent value."""

    document: str
    """Id of the document."""
    path: tuple[str, ...]
    """Attribute, or part and attribute, or `readings`, metric and day; empty for the whole document."""
    before: object
    """The value before."""
    after: object
    """The value after."""


@dataclass(frozen=True, slots=True)
class UndoStep:
    """What is undone at once."""

    place: Place
    """Where it happened; it is brought back into view."""
    words: str
    """What was done."""
    edits: tuple[Edit, ...]
    """Its values."""
    at: datetime
    """When it last grew."""


def compare(before: Document | None, after: Document | None) -> Iterator[Edit]:
    """Yield what differs between two states of one document."""
    either = after or before
    if either is None:
        return
    if before is None or after is None:
        yield Edit(either.id, (), before, after)
        return
    for path, old, new in _leaves(before, after):
        yield Edit(either.id, path, old, new)


def _leaves(
    before: "DataclassInstance", after: "DataclassInstance"
) -> Iterator[tuple[tuple[str, ...], object, object]]:
    for each in fields(after):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if old is new or old == new:
            continue
        if isinstance(new, Part):
            yield from (((each.name, *path), was, now) for path, was, now in _leaves(old, new))
        elif each.name == "readings":
            yield from _readings(old, new)
        else:
            yield (each.name,), old, new


def _readings(
    before: Mapping[str, Mapping[str, object]], after: Mapping[str, Mapping[str, object]]
) -> Iterator[tuple[tuple[str, ...], object, object]]:
    for metric in sorted(before.keys() | after.keys()):
        old, new = before.get(metric, {}), after.get(metric, {})
        for day in sorted(old.keys() | new.keys()):
            if old.get(day) != new.get(day):
                yield ("readings", metric, day), old.get(day), new.get(day)


def value_at(document: Document | None, path: tuple[str, ...]) -> object:
    """Return the value at a path of a document, or None."""
    if not path or document is None:
        return document
    if path[0] == "readings" and isinstance(document, Improvement):
        return document.readings.get(path[1], {}).get(path[2])
    found: object = document
    for name in path:
        found = getattr(found, name)
    return found


def with_value(document: Document, path: tuple[str, ...], value: object) -> Document:
    """Return the document with another value at a path."""
    if path[0] == "readings" and isinstance(document, Improvement):
        return replace(document, readings=_with_reading(document.readings, path[1], path[2], value))
    if len(path) == 1:
        return with_values(document, {path[0]: value})
    part = with_values(getattr(document, path[0]), {path[1]: value})
    return with_values(document, {path[0]: part})


def _with_reading(readings: Readings, metric: str, day: str, value: object) -> dict[str, dict[str, Reading]]:
    changed = {key: dict(days) for key, days in readings.items()}
    days = changed.setdefault(metric, {})
    if isinstance(value, Reading):
        days[day] = value
    else:
        days.pop(day, None)
    return {key: days for key, days in changed.items() if days}


class UndoHistory:
    """The steps that can be undone and redone, newest last."""

    def __init__(self) -> None:
        self.undo_steps: list[UndoStep] = []
        """What can be undone."""
        self.redo_steps: list[UndoStep] = []
        """What can be redone."""
        self.open = False
        """Whether the newest step may still grow."""

    def record(self, step: UndoStep) -> None:
        """Add a step, or let the newest one grow where it is the same visit to the same place."""
        last = self.undo_steps[-1] if self.undo_steps else None
        if last and self.open and last.place == step.place and step.at - last.at <= PAUSE:
            step = replace(step, edits=_combine(last.edits, step.edits))
            self.undo_steps.pop()
        self.redo_steps.clear()
        self.open = True
        if step.edits:
            self.undo_steps.append(step)
            del self.undo_steps[:-DEPTH]

    def clear(self) -> None:
        """Forget everything: what was there is another file now."""
        self.undo_steps.clear()
        self.redo_steps.clear()
        self.open = False

    def pause(self) -> None:
        """End the visit: the next change is a step of its own."""
        self.open = False


def _combine(first: Sequence[Edit], then: Sequence[Edit]) -> tuple[Edit, ...]:
    joined = {(edit.document, edit.path): edit for edit in first}
    for edit in then:
        key = (edit.document, edit.path)
        joined[key] = replace(edit, before=joined[key].before) if key in joined else edit
    return tuple(edit for edit in joined.values() if edit.before != edit.after)
