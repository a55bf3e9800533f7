"""Runs the rules: everything that the coach finds in an iteration, and which of it has been answered."""

from functools import cache

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.model.iteration import Acknowledgement, Iteration
from cimodel_tui.model.place import REGISTER
from cimodel_tui.model.step import STEP_KEYS

IN_SMALL = frozenset(("V2", "V4", "T1", "T3", "B2", "C1", "S2"))
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
    return tuple(sorted(found, key=lambda finding: ORDER.index(finding.place.step)))


def findings_of(situation: Situation, step_key: str) -> tuple[Finding, ...]:
    """Return the findings that stand in one step, or in the register entry (`register`)."""
    return tuple(finding for finding in findings(situation) if finding.place.step == step_key)


def acknowledged(finding: Finding, iteration: Iteration) -> Acknowledgement | None:
    """Return the answer to a finding, which holds while the rule looks at the same; none where there is none."""
    place = finding.place
    key = (finding.rule, place.step, place.field, place.row)
    answers = (row for row in iteration.acknowledged if (row.rule, row.step, row.field, row.row) == key)
    return next((row for row in answers if row.fingerprint == finding.fingerprint), None)
