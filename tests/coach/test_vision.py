"""Step 1: what its remedies do with sentences, and where a title is concerned."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind
from cimodel_tui.model.target import Target
from cimodel_tui.model.vision import Stakeholder, Vision

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]
ApplyRemedy: TypeAlias = Callable[[Situation, Finding], Situation]


@pytest.mark.parametrize(
    ("vision", "left", "target"),
    [
        ("Stores can pay again within 4 h.", "Stores can pay again.", "Stores can pay again within 4 h."),
        ("Nobody waits. Payments are back in 4 h.", "Nobody waits. Payments are back.", "Payments are back in 4 h."),
        ("Nobody waits. 90 % are served.", "Nobody waits.", "90 % are served."),
    ],
)
def test_number_moves_to_the_target_and_the_picture_stays(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy, vision: str, left: str, target: str
) -> None:
    before = situation_with(vision=Vision(vision=vision))
    (finding,) = found(before, "V1")
    after = apply_remedy(before, finding)
    assert (after.iteration.vision.vision, after.iteration.target.sentence) == (left, target)
    assert not found(after, "V1")


def test_vision_that_is_nothing_but_a_number_moves_to_the_target(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    before = situation_with(vision=Vision(vision="90 % are served."))
    (finding,) = found(before, "V1")
    after = apply_remedy(before, finding)
    assert (after.iteration.vision.vision, after.iteration.target.sentence) == ("", "90 % are served.")
    assert not found(after, "V1")


def test_number_is_not_put_in_step_3_twice(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    before = situation_with(
        vision=Vision(vision="Payments are back within 4 h."), target=Target(sentence="Payments are back within 4 h.")
    )
    (finding,) = found(before, "V1")
    assert apply_remedy(before, finding).iteration.target.sentence == "Payments are back within 4 h."


def test_action_in_the_vision_moves_to_step_4(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    before = situation_with(vision=Vision(vision="Shops trade on. Implement a paging tool."))
    (finding,) = found(before, "V2")
    after = apply_remedy(before, finding)
    assert after.iteration.vision.vision == "Shops trade on."
    assert [action.what for action in after.iteration.plan.actions] == ["Implement a paging tool"]
    assert not found(after, "V2")


def test_action_in_the_target_moves_to_step_4(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    before = situation_with(target=Target(sentence="Publish 40 knowledge articles"))
    (finding,) = found(before, "V2")
    after = apply_remedy(before, finding)
    assert after.iteration.target.sentence == ""
    assert [action.what for action in after.iteration.plan.actions] == ["Publish 40 knowledge articles"]
    assert not found(after, "V2")


@pytest.mark.parametrize(("title", "rule"), [("Buy a paging tool", "V2"), ("A paging tool", "V4")])
def test_title_that_answers_draws_one_finding_that_opens_it(
    situation_with: MakeSituation, found: Found, title: str, rule: str
) -> None:
    situation = situation_with(title=title)
    (finding,) = (*found(situation, "V2"), *found(situation, "V4"))
    assert (finding.rule, finding.place.field) == (rule, "title")
    assert "for whom" in finding.message
    assert finding.remedy
    assert finding.remedy.kind is RemedyKind.OPEN


def test_all_sentences_that_are_actions_move_to_step_4(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    before = situation_with(vision=Vision(vision="Implement a tool. Shops trade on. Train the agents."))
    (finding,) = found(before, "V2")
    after = apply_remedy(before, finding)
    assert after.iteration.vision.vision == "Shops trade on."
    assert [action.what for action in after.iteration.plan.actions] == ["Implement a tool", "Train the agents"]


def test_nothing_typed_names_nobody_and_is_not_asked(situation_with: MakeSituation, found: Found) -> None:
    assert not found(situation_with(), "V3")


def test_first_stakeholder_from_outside_answers_who_gains(situation_with: MakeSituation, found: Found) -> None:
    before = situation_with(vision=Vision(value="Less work for us."))
    (finding,) = found(before, "V3")
    assert finding.remedy
    assert (finding.remedy.kind, finding.remedy.place.field) == (RemedyKind.OPEN, "stakeholders")
    outside = (Stakeholder(id="w1", name="Night watch", kind="customer"),)
    assert not found(situation_with(vision=Vision(value="Less work for us.", stakeholders=outside)), "V3")
