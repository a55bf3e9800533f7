"""Step 7: gains are held by more than documents, and told with numbers."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind
from cimodel_tui.model.answer import Json
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.momentum import Control, Momentum

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]
ApplyRemedy: TypeAlias = Callable[[Situation, Finding], Situation]


@pytest.mark.parametrize(
    ("kinds", "fires"),
    [
        ((), False),
        (("written",), True),
        (("written", "written"), True),
        (("written", "trained"), False),
        (("",), False),
    ],
)
def test_documents_do_not_hold_gains(
    situation_with: MakeSituation, found: Found, kinds: tuple[str, ...], fires: bool
) -> None:
    controls = tuple(Control(id=f"k{at}", what="Swarm rule", kind=kind) for at, kind in enumerate(kinds))
    assert bool(found(situation_with(momentum=Momentum(controls=controls)), "M1")) is fires


def test_story_without_a_number_is_given_from_and_to(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    measured: dict[str, dict[str, Json]] = {"m1": {"baseline": {"mean": 6.9}, "achieved": 4.6833}}
    before = situation_with(
        baseline=Baseline(metrics=(Metric(id="m1", name="Time to restore", unit="h"),)),
        check=Check(measured=measured),
        momentum=Momentum(story_message="Stores are back sooner."),
    )
    (finding,) = found(before, "M2")
    after = apply_remedy(before, finding)
    story = after.iteration.momentum.story_message
    assert story == "Stores are back sooner. Time to restore: from 6.9 to 4.683 h."
    assert not found(after, "M2")


def test_story_told_before_the_check_has_no_numbers_to_offer(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(situation_with(momentum=Momentum(story_message="Stores are back sooner.")), "M2")
    assert finding.remedy
    assert finding.remedy.kind is RemedyKind.OPEN
