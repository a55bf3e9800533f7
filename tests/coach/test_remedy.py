"""Remedies do what they say: pressed on generated plans they end their finding and make no other rule fire."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind, apply
from cimodel_tui.coach.rules import findings
from cimodel_tui.model.step import REGISTER, Place
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


def arrived(finding: Finding, before: Situation, after: Situation) -> bool:
    """Tell whether what a remedy moved or wrote stands where it was to go."""
    remedy, iteration = finding.remedy, after.iteration
    assert remedy
    place, texts = remedy.place, [text.rstrip(" .") for text in remedy.text.splitlines()]
    new = [row.what for row in iteration.plan.actions if row not in before.iteration.plan.actions]
    match remedy.kind:
        case RemedyKind.MOVE_TO_PLAN:
            return new == texts and not any(text in standing(after, place) for text in texts)
        case RemedyKind.MEASURE_FIRST:
            return [row.what for row in iteration.plan.actions[: len(texts)]] == texts
        case RemedyKind.MOVE_TO_TARGET:
            return all(text in iteration.target.sentence for text in texts)
        case RemedyKind.FIRST_THIRD:
            (row,) = (each for each in iteration.target.targets if each.id == place.row)
            return remedy.text.startswith(row.value) and bool(row.end_of_way and iteration.target.rest_of_way)
        case RemedyKind.APPEND:
            return standing(after, place).endswith(remedy.text)
        case _:
            return standing(after, place) == remedy.text


def standing(situation: Situation, place: Place) -> str:
    holder = situation.improvement if place.step == REGISTER else situation.iteration.part(place.step)
    value = getattr(holder, place.field)
    if place.row:
        value = next(getattr(row, place.column) for row in value if row.id == place.row)
    return str(value)


@pytest.mark.parametrize("tenth", range(10))
def test_after_the_key_the_text_is_where_it_was_to_go(tenth: int) -> None:
    for seed in range(tenth * PLANS // 10, (tenth + 1) * PLANS // 10):
        situation = plan_of(seed)
        for finding in findings(situation):
            if finding.remedy and finding.remedy.kind is not RemedyKind.OPEN:
                assert arrived(finding, situation, pressed(situation, finding)), (seed, finding)


def test_every_rule_with_a_changing_remedy_is_pressed() -> None:
    pressed_rules = {
        finding.rule
        for seed in range(PLANS)
        for finding in findings(plan_of(seed))
        if finding.remedy and finding.remedy.kind is not RemedyKind.OPEN
    }
    assert pressed_rules >= {"V1", "V2", "R1", "B2", "T2", "T5", "T7", "A3", "M2", "S1"}
