"""Runs the rules: what the coach finds in an iteration, in which order, and which of it has been answered."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from cimodel_tui.coach import (
    action,
    baseline,
    baseline_readings,
    check,
    momentum,
    pace,
    plan,
    register,
    target,
    vision,
)
from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.remedy import Remedy, RemedyKind, apply
from cimodel_tui.model.improvement import WITHDRAWN
from cimodel_tui.model.iteration import Acknowledgement, Iteration
from cimodel_tui.model.status import is_closed
from cimodel_tui.model.step import REGISTER, STEP_KEYS, Place

IN_SMALL = frozenset(("V2", "V4", "T1", "T2", "T3", "T6", "B2", "C1", "S2"))
"""The rules for small improvements; S2 explains once what one reading on each side shows."""

MOST_OPEN = 3
"""Findings of a step that are expanded at once; the rest is collapsed."""

ORDER = (REGISTER, *STEP_KEYS)
"""The order in which findings are listed."""

WEIGHT = (
    "T6", "T7", "B3", "T2", "C3", "V2", "V4", "V1", "P6", "T3", "T1", "C1", "C5", "B1", "S2", "B8", "B6", "B7", "B9",
    "P7", "P3", "T4", "T5", "P2", "P4", "V3", "R1", "B4", "B2", "A3", "A1", "A2", "C4", "C2", "G1", "B5", "P8", "P1",
    "P5", "B10", "B11", "M2", "M1", "S1",
)  # fmt: skip
"""Ids of the rules, the weightiest first: what cannot be, then what misleads the verdict, then what is left vague."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, from the register entry to step 7."""
    parts = (register, vision, baseline, baseline_readings, target, pace, plan, action, check, momentum)
    return tuple(rule for part in parts for rule in part.RULES)


def findings(situation: Situation) -> tuple[Finding, ...]:
    """Return all findings about an iteration and its register entry, in the order of the steps, weightiest first."""
    steps = frozenset(_coached_steps(situation))
    return tuple(_with_helpful_remedies(situation, tuple(_find(situation, steps))))


def findings_of(situation: Situation, step_key: str) -> tuple[Finding, ...]:
    """Return the findings of one step, or of the register entry (`register`)."""
    return tuple(finding for finding in findings(situation) if finding.place.step == step_key)


def _find(situation: Situation, steps: frozenset[str]) -> list[Finding]:
    if not steps:
        return []
    found = [finding for rule in all_rules() for finding in rule(situation) if finding.place.step in steps]
    if situation.improvement.size == "S":
        found = [finding for finding in found if finding.rule in IN_SMALL]
    return sorted(found, key=_rank)


def _coached_steps(situation: Situation) -> Iterator[str]:
    """Yield the steps that can still be changed: none of a closed entry, a past iteration, or inherited by a revisit.

    An iteration that has a successor is history but for its step 7; a vision that was carried over was coached before.
    """
    entry, iteration = situation.improvement, situation.iteration
    if entry.standing == WITHDRAWN or is_closed(entry, iteration, situation.earlier):
        return
    if not situation.is_latest:
        yield "momentum"
        return
    inherited = STEP_KEYS.index(iteration.entry) if iteration.reason.strip() else 0
    carried = any(each.id == iteration.parent and _same_vision(each, iteration) for each in situation.earlier)
    yield REGISTER
    yield from STEP_KEYS[max(inherited, int(carried)) :]


def _same_vision(before: Iteration, after: Iteration) -> bool:
    """Tell whether a vision was carried over as it stood, the answers to "still true?" aside."""
    return replace(before.vision, still_true="", what_changed="") == replace(
        after.vision, still_true="", what_changed=""
    )


def _rank(finding: Finding) -> tuple[int, int]:
    return ORDER.index(finding.place.step), WEIGHT.index(finding.rule)


def _with_helpful_remedies(situation: Situation, found: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the findings, a remedy only where a trial shows that it ends its finding and makes no other rule fire.

    What would not help is replaced by a way to the place; of a target that should be split there is a way already.
    """
    known = {_key(each) for each in found}
    for finding in found:
        changing = finding.remedy is not None and finding.remedy.kind is not RemedyKind.OPEN
        if changing and not _helps(situation, finding, known):
            opening = Remedy("Open it", RemedyKind.OPEN, finding.place)
            yield replace(finding, remedy=None if finding.rule == "T5" else opening)
        else:
            yield finding


def _helps(situation: Situation, finding: Finding, known: set[tuple[str, Place]]) -> bool:
    if finding.remedy is None:
        return False
    improvement, iteration = apply(finding.remedy, situation.improvement, situation.iteration, lambda: "trial")
    trial = replace(situation, improvement=improvement, iteration=iteration)
    after = {_key(each) for each in _find(trial, frozenset(_coached_steps(trial)))}
    return _key(finding) not in after and after <= known


def _key(finding: Finding) -> tuple[str, Place]:
    return finding.rule, finding.place


def answered_findings(situation: Situation) -> tuple[tuple[Finding, Acknowledgement], ...]:
    """Return the findings that were answered, with the answer; closed improvements included."""
    found = _find(situation, frozenset(ORDER))
    answers = ((finding, acknowledgement_of(finding, situation.iteration)) for finding in found)
    return tuple((finding, answer) for finding, answer in answers if answer is not None)


def acknowledgement_of(
    finding: Finding, iteration: Iteration, earlier: tuple[Iteration, ...] = ()
) -> Acknowledgement | None:
    """Return the answer to a finding, valid while the rule's input is the same, also in later iterations; or None."""
    place = finding.place
    key = (finding.rule, place.step, place.field, place.row)
    rows = (row for each in (iteration, *reversed(earlier)) for row in each.acknowledged)
    answers = (row for row in rows if (row.rule, row.step, row.field, row.row) == key)
    return next((row for row in answers if row.fingerprint == finding.fingerprint), None)
