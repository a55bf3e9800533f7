"""The changes of a workbook: what each entails, and how it is undone and redone.

A change of a sealed value is amended, and references to removed rows are cleaned up. A step of undo is the changes of
one visit to a field; it is reverted value by value where nothing changed since.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from cimodel_tui.model.agreement import SEALED_STEPS, moved_result, unamended_differences, with_amendments
from cimodel_tui.model.answer import Json, Part
from cimodel_tui.model.improvement import Improvement, Reading, Readings
from cimodel_tui.model.iteration import (
    Documents,
    Iteration,
    loose_ends,
    referable_rows,
    with_readings_of,
    without_loose_ends,
)
from cimodel_tui.model.seal import Amendment
from cimodel_tui.model.step import Place
from cimodel_tui.record import dataclass, with_values
from cimodel_tui.workbook.store import Document

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


Amend: TypeAlias = Callable[[tuple[str, ...], Json, Json], Amendment]
"""Makes an amendment of path, before and after."""

Pair: TypeAlias = tuple[Improvement, Iteration]
"""An improvement, and one of its iterations."""

Before: TypeAlias = tuple[Improvement | None, Iteration | None]
"""The same as they were before a change; None where they were not there."""

AGREED = "this was agreed: a change of it needs a reason"
COUNTED = "a reading lies in the result already: moving its first day needs a reason"


def amend_sealed_values(known: Documents, documents: Sequence[Document], amend: Amend) -> tuple[list[Document], str]:
    """Return the documents with an amendment for each sealed value that they touch, and why a reason is needed.

    Every iteration of an improvement is checked, since readings belong to several of them. The reason is empty where
    nothing was agreed.
    """
    given = {each.id: each for each in documents}
    needed = ""
    for after in tuple(_pairs(known, given)):
        entry, iteration = after
        before = known.improvements.get(entry.id), known.iterations.get(iteration.id)
        if not _may_touch(before, after):
            continue
        changed, words = _with_amendments(before, after, amend)
        if words:
            given[iteration.id], needed = changed, words
    return list(given.values()), needed


def _pairs(known: Documents, given: Mapping[str, Document]) -> Iterator[Pair]:
    for improvement_id in dict.fromkeys(improvement_of(each) for each in given.values()):
        improvement = given.get(improvement_id) or known.improvements.get(improvement_id)
        ids = dict.fromkeys((*known.lineage.get(improvement_id, ()), *given))
        for each in (given.get(iteration_id) or known.iterations.get(iteration_id) for iteration_id in ids):
            if (
                isinstance(improvement, Improvement)
                and isinstance(each, Iteration)
                and each.improvement == improvement_id
            ):
                yield improvement, each


def _with_amendments(before: Before, after: Pair, amend: Amend) -> tuple[Iteration, str]:
    """Return the iteration with its amendments, and why it takes a reason; what was past its seal before stays so."""
    (old_entry, old), (entry, new) = before, after
    known_differences = (
        {step: unamended_differences(old_entry, old, step) for step in SEALED_STEPS} if old_entry and old else {}
    )
    amended = with_amendments(entry, new, amend=amend, known=known_differences)
    words = "" if amended is new else AGREED
    moved = moved_result(entry, old, new) if old else None
    if moved is None:
        return amended, words
    row = amend(("result_from",), moved[0], moved[1] or None)
    return replace(amended, plan=replace(new.plan, amendments=(*new.plan.amendments, row))), words or COUNTED


def _may_touch(before: Before, after: Pair) -> bool:
    """Return whether anything changed that a seal covers or that moves the result: typing elsewhere costs nothing."""
    (old_entry, old), (entry, new) = before, after
    if old_entry is None or old is None or old_entry.readings is not entry.readings:
        return True
    parts = ("baseline", "target", "plan", "action")
    return any(getattr(old, name) is not getattr(new, name) for name in parts)


def undo_is_sound(known: Documents, changed: Mapping[str, Document | None]) -> bool:
    """Return whether undoing a change leaves the workbook consistent.

    No iteration may lose its improvement or parent, no reference its row, and no seal its amendments.
    """
    touched = {improvement_of(each) for key in changed if (each := changed[key] or _current(known, key))}
    return all(_faults(known, changed, each) <= _faults(known, {}, each) for each in touched - {""})


def _current(known: Documents, document_id: str) -> Document | None:
    return known.improvements.get(document_id) or known.iterations.get(document_id)


def _faults(known: Documents, changed: Mapping[str, Document | None], improvement_id: str) -> set[tuple[str, ...]]:
    """Return what is not whole about an improvement with these changes."""
    improvement = changed.get(improvement_id, known.improvements.get(improvement_id))
    ids = dict.fromkeys((*known.lineage.get(improvement_id, ()), *changed))
    found = (changed.get(each, known.iterations.get(each)) for each in ids)
    iterations = {each.id: each for each in found if isinstance(each, Iteration) and each.improvement == improvement_id}
    orphans = (each.id for each in iterations.values() if each.parent and each.parent not in iterations)
    faults: set[tuple[str, ...]] = {("parent", each) for each in orphans}
    if not isinstance(improvement, Improvement):
        return faults | {("improvement", each) for each in iterations}
    faults |= {("loose", each) for each in loose_ends(improvement, iterations.values())}
    for each in iterations.values():
        for step in SEALED_STEPS:
            faults |= {
                ("sealed", each.id, step, *path) for path, _, _ in unamended_differences(improvement, each, step)
            }
    return faults


def improvement_of(document: Document) -> str:
    """Return the id of the improvement to which a document belongs; empty for the workbook itself."""
    if isinstance(document, Iteration):
        return document.improvement
    return document.id if isinstance(document, Improvement) else ""


def without_loose_ends_of_rows(known: Documents, documents: Sequence[Document]) -> list[Document]:
    """Return the documents of a change, and the improvement with them where a metric left its last iteration."""
    given = {each.id: each for each in documents}
    for each in documents:
        before = known.iterations.get(each.id)
        if isinstance(each, Iteration) and before is not None and referable_rows(before) - referable_rows(each):
            given[each.id] = without_loose_ends(before, each)
            _with_readings(known, given, before, each)
    return list(given.values())


def _with_readings(known: Documents, given: dict[str, Document], before: Iteration, after: Iteration) -> None:
    others = [known.iterations[each] for each in known.lineage.get(after.improvement, ()) if each != after.id]
    remaining = {metric.id for each in (*others, after) for metric in each.baseline.metrics}
    gone = {metric.id for metric in before.baseline.metrics} - remaining
    improvement = given.get(after.improvement) or known.improvements.get(after.improvement)
    if isinstance(improvement, Improvement) and gone & improvement.readings.keys():
        given[improvement.id] = with_readings_of(improvement, improvement.readings.keys() - gone)


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
