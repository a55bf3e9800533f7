"""Runs the rules: everything that the coach finds in an iteration, and which of it has been answered."""

from collections.abc import Iterator
from functools import cache

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.model.iteration import Acknowledgement, Iteration
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.step import STEP_KEYS

IN_SMALL = frozenset(("V2", "V4", "T1", "T2", "T3", "T6", "B2", "C1", "S2"))
"""The rules that a small improvement is asked by; S2 says once what one reading on each side shows."""

ORDER = (REGISTER, *STEP_KEYS)
"""The order in which findings are listed."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, from the register entry to step 7."""
    from cimodel_tui.coach import action, baseline, check, momentum, plan, register, target, vision  # noqa: PLC0415 - loaded when the coach first speaks

    parts = (register, vision, baseline, target, plan, action, check, momentum)
    return tuple(rule for part in parts for rule in part.RULES)


def findings(situation: Situation) -> tuple[Finding, ...]:
    """Return all findings about an iteration and its register entry, in the order of the steps."""
    found = [finding for rule in all_rules() for finding in rule(situation)]
    if situation.improvement.size == "S":
        found = [finding for finding in found if finding.rule in IN_SMALL]
    return tuple(sorted(_one_a_text(found), key=_rank))


WEIGHT = (
    "T6", "T7", "B3", "T2", "C3", "V2", "V4", "V1", "P6", "T3", "T1", "C1", "C5", "B1", "S2", "B8", "B6", "B7", "B9",
    "P7", "P3", "T4", "T5", "P2", "P4", "V3", "R1", "B4", "B2", "A3", "A1", "A2", "C4", "C2", "G1", "B5", "P8", "P1",
    "P5", "B10", "B11", "M2", "M1", "S1",
)  # fmt: skip
"""Ids of the rules, the weightiest first: what cannot be, then what misleads the verdict, then what is left vague."""

TEXTS = frozenset(["title", "vision", "sentence"])
"""Fields of free text in which several rules may fire; only the weightiest is said."""


def _rank(finding: Finding) -> tuple[int, int]:
    return ORDER.index(finding.place.step), WEIGHT.index(finding.rule)


def _one_a_text(found: list[Finding]) -> Iterator[Finding]:
    """Yield one finding for each text, and all others."""
    said: set[Place] = set()
    for finding in sorted(found, key=_rank):
        if finding.place.field not in TEXTS or finding.place not in said:
            yield finding
        said.add(finding.place)


def findings_of(situation: Situation, step_key: str) -> tuple[Finding, ...]:
    """Return the findings that stand in one step, or in the register entry (`register`)."""
    return tuple(finding for finding in findings(situation) if finding.place.step == step_key)


def acknowledged(finding: Finding, iteration: Iteration) -> Acknowledgement | None:
    """Return the answer to a finding, which holds while the rule looks at the same; none where there is none."""
    place = finding.place
    key = (finding.rule, place.step, place.field, place.row)
    answers = (row for row in iteration.acknowledged if (row.rule, row.step, row.field, row.row) == key)
    return next((row for row in answers if row.fingerprint == finding.fingerprint), None)
