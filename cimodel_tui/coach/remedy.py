"""Remedies of findings: described by a rule, and applied here to copies of the improvement and iteration."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from typing import TypeAlias

from cimodel_tui.coach.quantities import without_ending
from cimodel_tui.model.answer import Row
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Action
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.record import dataclass, with_values


class RemedyKind(StrEnum):
    """The ways in which a finding can be corrected."""

    OPEN = "open"
    """Change nothing and go to the place."""
    SET = "set"
    """Replace the text of the place."""
    APPEND = "append"
    """Append to the text of the place."""
    MOVE_TO_PLAN = "move to plan"
    """Take sentences out of the place and make each an action of step 4."""
    MEASURE_FIRST = "measure first"
    """Make each text a first action of step 4."""
    MOVE_TO_TARGET = "move to target"
    """Put sentences in step 3 and keep in the place what is no number of them."""
    FIRST_THIRD = "first third"
    """Promise a value, and a day after "by", that is a third of the way; keep the rest for later iterations."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What could be done, in words and as a description that `apply` understands."""

    label: str
    """What the key does, for example "Move it to step 4"."""
    kind: RemedyKind
    """How it is done."""
    place: Place
    """Where it is done."""
    text: str = ""
    """The words or the value that it needs; several sentences on lines of their own."""


Pair: TypeAlias = tuple[Improvement, Iteration]


def apply(remedy: Remedy, improvement: Improvement, iteration: Iteration, new_id: Callable[[], str]) -> Pair:
    """Return register entry and iteration with a remedy carried out; the same two where there is nothing to change."""
    place, text = remedy.place, remedy.text
    pair = (improvement, iteration)
    match remedy.kind:
        case RemedyKind.SET:
            pair = _set_text(improvement, iteration, place, text)
        case RemedyKind.APPEND:
            pair = _set_text(
                improvement, iteration, place, f"{_current_text(improvement, iteration, place)} {text}".strip()
            )
        case RemedyKind.MEASURE_FIRST:
            pair = improvement, _add_actions(iteration, text, new_id, first=True)
        case RemedyKind.MOVE_TO_PLAN:
            pair = _remove_sentences(improvement, _add_actions(iteration, text, new_id, first=False), place, text)
        case RemedyKind.MOVE_TO_TARGET:
            pair = _move_to_target(improvement, iteration, remedy)
        case RemedyKind.FIRST_THIRD:
            pair = improvement, _first_third(iteration, remedy)
    return pair


def _current_text(improvement: Improvement, iteration: Iteration, place: Place) -> str:
    holder = improvement if place.step == REGISTER else iteration.part(place.step)
    return str(getattr(holder, place.field))


def _set_text(improvement: Improvement, iteration: Iteration, place: Place, text: str) -> Pair:
    if place.step == REGISTER:
        return with_values(improvement, {place.field: text}), iteration
    part = iteration.part(place.step)
    new: object = text
    if place.row:
        new = tuple(_with_cell(row, place, text) for row in getattr(part, place.field))
    return improvement, with_values(iteration, {place.step: with_values(part, {place.field: new})})


def _with_cell(row: Row, place: Place, text: str) -> Row:
    return with_values(row, {place.column: text}) if row.id == place.row else row


def _add_actions(iteration: Iteration, texts: str, new_id: Callable[[], str], *, first: bool) -> Iteration:
    known = iteration.plan.actions
    actions = tuple(Action(id=new_id(), what=text.rstrip(" .")) for text in texts.splitlines())
    return replace(iteration, plan=replace(iteration.plan, actions=(*actions, *known) if first else (*known, *actions)))


def _remove_sentences(
    improvement: Improvement, iteration: Iteration, place: Place, texts: str, instead: Iterable[str] = ()
) -> Pair:
    """Return both without these sentences in a place, each replaced by another where one is given."""
    text = _current_text(improvement, iteration, place)
    others = list(instead) or [""] * len(texts.splitlines())
    for sentence, other in zip(texts.splitlines(), others, strict=True):
        text = text.replace(sentence, other, 1)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _set_text(improvement, iteration, place, "\n".join(line for line in lines if line.strip(" -*•")))


def _move_to_target(improvement: Improvement, iteration: Iteration, remedy: Remedy) -> Pair:
    known = iteration.target.sentence.strip()
    moved = " ".join(text for text in remedy.text.splitlines() if text not in known)
    iteration = replace(iteration, target=replace(iteration.target, sentence=f"{known} {moved}".strip()))
    pictures = [without_ending(text) for text in remedy.text.splitlines()]
    return _remove_sentences(improvement, iteration, remedy.place, remedy.text, pictures)


def _first_third(iteration: Iteration, remedy: Remedy) -> Iteration:
    value, _, by = remedy.text.partition(" by ")
    targets = iteration.target.targets
    promise = next((row for row in targets if row.id == remedy.place.row), None)
    if promise is None:
        return iteration
    changed = replace(promise, value=value, by=by or promise.by, end_of_way=promise.end_of_way or promise.value)
    rest = f"On to {promise.value}, first promised by {promise.by or 'no day'}."
    part = replace(
        iteration.target,
        targets=tuple(changed if row is promise else row for row in targets),
        rest_of_way=f"{iteration.target.rest_of_way} {rest}".strip(),
    )
    return replace(iteration, target=part)
