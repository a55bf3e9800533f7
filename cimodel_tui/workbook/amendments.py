"""What a change entails: amendments of sealed values, and the clean-up of references to removed rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from cimodel_tui.model.agreement import SEALED_STEPS, unamended_differences, with_amendments
from cimodel_tui.model.answer import Json
from cimodel_tui.model.immutability import moved_result
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Documents, Iteration
from cimodel_tui.model.references import loose_ends, referable_rows, with_readings_of, without_loose_ends
from cimodel_tui.model.seal import Amendment
from cimodel_tui.workbook.store import Document

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
    passes = {each.id: each for each in found if isinstance(each, Iteration) and each.improvement == improvement_id}
    orphans = (each.id for each in passes.values() if each.parent and each.parent not in passes)
    faults: set[tuple[str, ...]] = {("parent", each) for each in orphans}
    if not isinstance(improvement, Improvement):
        return faults | {("improvement", each) for each in passes}
    faults |= {("loose", each) for each in loose_ends(improvement, passes.values())}
    for each in passes.values():
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
