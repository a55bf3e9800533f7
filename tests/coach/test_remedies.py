"""Remedies do what they say: pressed on generated plans they end their finding and make no other rule fire."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind, apply
from cimodel_tui.coach.rules import findings
from tests.coach.plans import plan_of

PLANS = 500


def keys(found: tuple[Finding, ...]) -> set[tuple[str, str, str, str]]:
    return {(each.rule, each.place.step, each.place.field, each.place.row) for each in found}


def pressed(situation: Situation, finding: Finding) -> Situation:
    assert finding.remedy
    new_id = map("pressed{}".format, count(1)).__next__
    improvement, iteration = apply(finding.remedy, situation.improvement, situation.iteration, new_id)
    return replace(situation, improvement=improvement, iteration=iteration)


@pytest.mark.parametrize("tenth", range(10))
def test_pressing_any_remedy_ends_its_finding_and_makes_no_other_rule_fire(tenth: int) -> None:
    for seed in range(tenth * PLANS // 10, (tenth + 1) * PLANS // 10):
        situation = plan_of(seed)
        found = findings(situation)
        for finding in found:
            if finding.remedy and finding.remedy.kind is not RemedyKind.OPEN:
                after = keys(findings(pressed(situation, finding)))
                assert not keys((finding,)) & after, (seed, finding)
                assert after <= keys(found), (seed, finding)


def test_opening_changes_nothing() -> None:
    for seed in range(50):
        situation = plan_of(seed)
        for finding in findings(situation):
            if finding.remedy and finding.remedy.kind is RemedyKind.OPEN:
                assert pressed(situation, finding) == situation


def test_generated_plans_offer_remedies_of_every_kind_and_most_rules_fire() -> None:
    kinds: Counter[RemedyKind] = Counter()
    rules: Counter[str] = Counter()
    for seed in range(PLANS):
        for finding in findings(plan_of(seed)):
            rules[finding.rule] += 1
            if finding.remedy:
                kinds[finding.remedy.kind] += 1
    assert set(kinds) == set(RemedyKind)
    assert min(kinds.values()) >= 3
    assert len(rules) >= 35
