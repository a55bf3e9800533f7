"""The register entry: one owner, and no entry that only grows old."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind
from cimodel_tui.model.plan import Plan

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]
ApplyRemedy: TypeAlias = Callable[[Situation, Finding], Situation]


@pytest.mark.parametrize(("review_on", "stale"), [("2026-11-22", True), ("2026-11-23", False), ("", False)])
def test_entry_is_stale_the_day_after_its_review(
    situation_with: MakeSituation, found: Found, review_on: str, stale: bool
) -> None:
    assert bool(found(situation_with(review_on=review_on), "S1")) is stale


def test_entry_under_way_does_not_grow_stale(situation_with: MakeSituation, found: Found) -> None:
    assert not found(situation_with(review_on="2026-11-01", plan=Plan(result_from="2026-11-10")), "S1")


def test_stale_entry_that_is_kept_is_looked_at_again_in_a_month(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    before = situation_with(review_on="2026-11-01")
    (finding,) = found(before, "S1")
    after = apply_remedy(before, finding)
    assert after.improvement.review_on == "2026-12-23"
    assert not found(after, "S1")


def test_last_day_of_the_calendar_is_no_trouble(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(situation_with(review_on="2026-11-01", today=date.max), "S1")
    assert finding.remedy
    assert finding.remedy.text == "9999-12-31"


def test_first_of_two_owners_becomes_the_one(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    before = situation_with(owner="Anna Meyer & Ben Schulz")
    (finding,) = found(before, "R1")
    after = apply_remedy(before, finding)
    assert after.improvement.owner == "Anna Meyer"
    assert not found(after, "R1")


def test_team_has_to_name_somebody_itself(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(situation_with(owner="Service desk"), "R1")
    assert finding.remedy
    assert finding.remedy.kind is RemedyKind.OPEN
