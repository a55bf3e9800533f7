"""All rules together: what a small improvement is asked, in which order, and how an answer holds."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind, apply
from cimodel_tui.coach.rules import ORDER, WEIGHT, acknowledgement_of, answered_findings, findings, findings_of
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Cause, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Acknowledgement, Iteration
from cimodel_tui.model.momentum import Control, Momentum
from cimodel_tui.model.plan import Action, Option, Plan
from cimodel_tui.model.target import Promise, Target
from cimodel_tui.model.vision import Vision

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]

IN_TABLE = {
    "V1", "V2", "V3", "V4", "R1", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11",
    "T1", "T2", "T3", "T4", "T5", "T6", "T7", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "G1",
    "A1", "A2", "A3", "C1", "C2", "C3", "C4", "C5", "M1", "M2", "S1",
}  # fmt: skip
AT_SIZE_S = {"V2", "V4", "T1", "T2", "T3", "T6", "B2", "C1", "S2"}


def _everything_wrong(situation_with: MakeSituation, size: str) -> Situation:
    """Return an improvement that makes about every mistake at once."""
    actions = tuple(Action(id=f"a{at}", what="Reduce downtime to 4 h", due="2026-04-01") for at in range(9))
    metric = Metric(id="m1", name="Wait", unit="h", better="lower", frequency="weekly", how_known="assumed")
    return situation_with(
        size=size,
        title="Implement a ticket tool",
        owner="Service desk",
        names=("Service desk", "Ben"),
        review_on="2026-01-01",
        standing="",
        readings={"m1": {f"2026-01-0{day}": Reading(value) for day, value in enumerate("9898989", start=1)}},
        vision=Vision(vision="Implement it by June.", value="We save work."),
        baseline=Baseline(
            current_state="All is slow.",
            metrics=(metric,),
            last_on="2026-01-31",
            causes=(Cause(id="c1", cause="Waiting", share="46"),),
        ),
        target=Target(sentence="Never wait, be faster.", targets=(Promise(id="m1", value="9", by="2026-04-02"),)),
        plan=Plan(
            actions=actions, options=(Option(id="o1", name="One"),), hypothesis_if="we try", result_from="2026-12-31"
        ),
        action=Acting(progress=(Progress(id="a0", status="done", started="2026-01-01"),)),
        check=Check(verified_by="Service desk"),
        momentum=Momentum(story_message="All is well.", controls=(Control(id="k1", what="Page", kind="written"),)),
    )


def test_every_finding_has_a_rule_of_the_table_and_says_why(situation_with: MakeSituation) -> None:
    found = findings(_everything_wrong(situation_with, "M"))
    assert {finding.rule for finding in found} <= IN_TABLE
    assert len({finding.rule for finding in found}) >= 20
    assert all(len(finding.message.split()) >= 8 for finding in found)
    assert all(finding.message[-1] in ".?!" for finding in found)


def test_small_improvement_keeps_to_its_list(situation_with: MakeSituation) -> None:
    assert {finding.rule for finding in findings(_everything_wrong(situation_with, "S"))} <= AT_SIZE_S


def test_small_improvement_is_still_asked_what_its_list_holds(situation_with: MakeSituation) -> None:
    situation = _everything_wrong(situation_with, "S")
    undated = replace(situation.iteration, target=Target(sentence="Be faster."))
    titled = replace(situation.improvement, title="A ticket tool")
    found = {finding.rule for finding in findings(replace(situation, iteration=undated, improvement=titled))}
    assert found >= {"V2", "V4", "T1", "B2", "C1"}


def test_findings_stand_in_the_order_of_the_steps(situation_with: MakeSituation) -> None:
    steps = [ORDER.index(finding.place.step) for finding in findings(_everything_wrong(situation_with, "M"))]
    assert steps == sorted(steps)
    assert len(set(steps)) == len(ORDER)


def test_steps_share_all_findings_among_them(situation_with: MakeSituation) -> None:
    situation = _everything_wrong(situation_with, "M")
    apart = tuple(finding for step in ORDER for finding in findings_of(situation, step))
    assert apart == findings(situation)


def test_no_two_findings_of_a_rule_share_a_place_so_each_has_its_own_answer(situation_with: MakeSituation) -> None:
    situation = _everything_wrong(situation_with, "M")
    part, target = situation.iteration.baseline, situation.iteration.target
    twice = replace(
        situation.iteration,
        baseline=replace(part, metrics=(*part.metrics, replace(part.metrics[0], id="m2", name="Queue"))),
        target=replace(target, targets=(*target.targets, replace(target.targets[0], id="m2"))),
    )
    readings = {"m1": situation.improvement.readings["m1"], "m2": situation.improvement.readings["m1"]}
    found = findings(replace(situation, improvement=replace(situation.improvement, readings=readings), iteration=twice))
    keys = [(each.rule, each.place.step, each.place.field, each.place.row) for each in found]
    assert len(set(keys)) == len(keys)
    assert {"B1", "B2", "T2", "T7", "A2"} <= {each.rule for each in found}


def test_empty_improvement_is_left_in_peace(situation_with: MakeSituation) -> None:
    assert findings(situation_with()) == ()


def _answered(finding: Finding) -> Acknowledgement:
    place = finding.place
    return Acknowledgement(
        id="k1",
        rule=finding.rule,
        step=place.step,
        field=place.field,
        row=place.row,
        fingerprint=finding.fingerprint,
        reason="required by law",
    )


def _with_target(situation_with: MakeSituation, words: str, *answers: Acknowledgement) -> Situation:
    return situation_with(target=Target(sentence=words), acknowledged=answers)


def test_answer_holds_while_the_rule_looks_at_the_same(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(_with_target(situation_with, "Zero lost files by June"), "T3")
    situation = _with_target(situation_with, "Zero lost files by June", _answered(finding))
    (again,) = found(situation, "T3")
    answer = acknowledgement_of(again, situation.iteration)
    assert answer is not None
    assert answer.reason == "required by law"


def test_finding_comes_back_when_what_the_rule_looked_at_changes(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(_with_target(situation_with, "Zero lost files by June"), "T3")
    situation = _with_target(situation_with, "Zero lost files by July", _answered(finding))
    (again,) = found(situation, "T3")
    assert acknowledgement_of(again, situation.iteration) is None


def test_answer_holds_again_when_the_old_words_come_back(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(_with_target(situation_with, "Zero lost files by June"), "T3")
    other = replace(_answered(finding), id="k2", fingerprint="0" * 12)
    situation = _with_target(situation_with, "Zero lost files by June", other, _answered(finding))
    assert acknowledgement_of(finding, situation.iteration) == _answered(finding)


def test_answer_to_one_rule_or_place_is_no_answer_to_another(situation_with: MakeSituation) -> None:
    situation = _everything_wrong(situation_with, "M")
    first, *others = findings(situation)
    iteration = replace(situation.iteration, acknowledged=(_answered(first),))
    assert acknowledgement_of(first, iteration)
    assert not any(acknowledgement_of(other, iteration) for other in others)


def test_finding_that_was_put_right_goes_away_by_itself(situation_with: MakeSituation, found: Found) -> None:
    assert found(_with_target(situation_with, "Zero lost files by June"), "T3")
    assert not found(_with_target(situation_with, "At most 2 lost files by June"), "T3")


def test_same_mistake_has_the_same_fingerprint_on_any_day(situation_with: MakeSituation) -> None:
    one, other = _everything_wrong(situation_with, "M"), _everything_wrong(situation_with, "M")
    assert [each.fingerprint for each in findings(one)] == [each.fingerprint for each in findings(other)]


def test_every_remedy_can_be_carried_out(situation_with: MakeSituation) -> None:
    situation = _everything_wrong(situation_with, "M")
    for finding in findings(situation):
        if finding.remedy:
            after = apply(finding.remedy, situation.improvement, situation.iteration, lambda: "new")
            changes = after != (situation.improvement, situation.iteration)
            assert changes is (finding.remedy.kind is not RemedyKind.OPEN)


ANY = st.text(max_size=60)


@settings(deadline=None)
@given(ANY, ANY, ANY, ANY, ANY)
def test_coach_reads_whatever_was_typed(one: str, two: str, three: str, four: str, five: str) -> None:
    metric = Metric(id="m1", name=one, unit=two, better=three, frequency="weekly", how_known=four)
    situation = Situation(
        improvement=Improvement(
            id="i", ref="CI-0001", title=one, owner=two, review_on=three, readings={"m1": {"2026-01-05": Reading(four)}}
        ),
        iteration=Iteration(
            id="t",
            improvement="i",
            vision=Vision(vision=three, value=four),
            baseline=Baseline(current_state=five, metrics=(metric,), last_on=one),
            target=Target(sentence=one, targets=(Promise(id="m1", value=two, by=three, rule=four, rule_n=five),)),
            plan=Plan(hypothesis_if=two, actions=(Action(id="a", what=three, due=four, start=five),)),
            check=Check(verified_by=one),
            momentum=Momentum(story_message=five),
        ),
        today=date(2026, 11, 23),
    )
    for finding in findings(situation):
        assert finding.message
        if finding.remedy:
            apply(finding.remedy, situation.improvement, situation.iteration, lambda: "new")


@pytest.mark.parametrize("module", ["app", "coach", "coach.remedy"])
def test_start_loads_neither_measurement_nor_the_rules(module: str) -> None:
    program = f"import sys, cimodel_tui.{module}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"cimodel_tui.measurement", "cimodel_tui.coach.rules", "cimodel_tui.coach.pace", "tomllib"}


@pytest.mark.parametrize(
    "closed",
    [
        {"standing": "withdrawn"},
        {"check": Check(decision="stop", keep="Ask earlier")},
    ],
)
def test_what_is_closed_is_not_coached(situation_with: MakeSituation, closed: dict[str, object]) -> None:
    assert findings(situation_with(title="Implement a ticket tool", owner="Service desk"))
    assert findings(situation_with(title="Implement a ticket tool", owner="Service desk", **closed)) == ()


def test_past_pass_is_coached_on_step_7_only(situation_with: MakeSituation) -> None:
    past = replace(_everything_wrong(situation_with, "M"), is_latest=False)
    assert {finding.place.step for finding in findings(past)} == {"momentum"}


def test_what_a_revisit_inherited_is_settled(situation_with: MakeSituation) -> None:
    situation = _everything_wrong(situation_with, "M")
    again = replace(situation.iteration, number=2, parent="before", reason="wrong lever", entered_at="plan")
    steps = {finding.place.step for finding in findings(replace(situation, iteration=again))}
    assert steps == {"register", "plan", "action", "check", "momentum"}


def test_findings_of_a_step_come_weightiest_first(situation_with: MakeSituation) -> None:
    found = findings_of(_everything_wrong(situation_with, "M"), "target")
    ranks = [WEIGHT.index(finding.rule) for finding in found]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1


def test_every_rule_has_its_weight() -> None:
    assert {*WEIGHT} == IN_TABLE | {"S2"}
    assert len(set(WEIGHT)) == len(WEIGHT)


def test_answers_hold_for_what_is_closed(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(_with_target(situation_with, "Never wait"), "T3")
    situation = replace(_with_target(situation_with, "Never wait", _answered(finding)), is_latest=False)
    assert findings(situation) == ()
    assert [each.rule for each, _ in answered_findings(situation)] == ["T3"]


def test_vision_that_was_carried_over_was_coached_before(situation_with: MakeSituation, found: Found) -> None:
    before = Iteration(id="before", improvement="improvement", vision=Vision(vision="Implement a tool."))
    carried = situation_with(
        vision=replace(before.vision, still_true="yes"), number=2, parent="before", earlier=(before,)
    )
    assert not found(carried, "V2")
    changed = situation_with(vision=Vision(vision="Install a tool."), number=2, parent="before", earlier=(before,))
    assert found(changed, "V2")


def test_answer_of_an_earlier_pass_holds_while_the_text_is_the_same(
    situation_with: MakeSituation, found: Found
) -> None:
    (finding,) = found(situation_with(title="Implement a tool"), "V2")
    before = Iteration(id="before", improvement="improvement", acknowledged=(_answered(finding),))
    again = situation_with(title="Implement a tool", number=2, parent="before", earlier=(before,))
    assert acknowledgement_of(finding, again.iteration) is None
    assert acknowledgement_of(finding, again.iteration, again.earlier) is not None
    (other,) = found(situation_with(title="Install a tool"), "V2")
    assert acknowledgement_of(other, again.iteration, again.earlier) is None
