"""Step 4: a choice, a hypothesis with a number, the largest cause, few actions, and time to see an effect."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Cause, Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.plan import Action, Option, Plan
from cimodel_tui.model.target import Promise, Target

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]

WAIT = Metric(id="m1", name="Wait", unit="h", better="lower", frequency="weekly")


def _actions(count: int) -> tuple[Action, ...]:
    return tuple(Action(id=f"a{at}", what="Write a runbook") for at in range(count))


@pytest.mark.parametrize(("count", "fires"), [(0, False), (1, True), (2, False)])
def test_one_option_is_no_choice(situation_with: MakeSituation, found: Found, count: int, fires: bool) -> None:
    options = tuple(Option(id=f"o{at}", name="Swarm") for at in range(count))
    (situation, small) = (situation_with(size=size, plan=Plan(options=options)) for size in ("M", "S"))
    assert bool(found(situation, "P1")) is fires
    assert not found(small, "P1")


@pytest.mark.parametrize(("chosen", "fires"), [("m1", False), ("", True), ("gone", True)])
def test_hypothesis_is_bound_to_a_metric_by_choice(
    situation_with: MakeSituation, found: Found, chosen: str, fires: bool
) -> None:
    plan = Plan(hypothesis_if="we swarm", hypothesis_then="people are happy", hypothesis_metric=chosen)
    assert bool(found(situation_with(baseline=Baseline(metrics=(WAIT,)), plan=plan), "P2")) is fires


def test_no_hypothesis_is_asked_for_no_metric(situation_with: MakeSituation, found: Found) -> None:
    assert not found(situation_with(plan=Plan(hypothesis_if=" ")), "P2")


def _due(situation_with: MakeSituation, due: str, by: str, rule_n: str = "6", **answers: object) -> Situation:
    promise = Promise(id="m1", value="5", by=by, rule="mean-of-last", rule_n=rule_n)
    plan = Plan(actions=(Action(id="a1", what="Swarm", due=due), Action(id="a0", what="Ask", due="2026-01-05")))
    part = Baseline(metrics=(WAIT,))
    return situation_with(
        baseline=part, target=Target(targets=(promise,)), plan=plan, today=date(2026, 3, 2), **answers
    )


@pytest.mark.parametrize(
    ("by", "late"), [("2026-06-06", True), ("2026-06-07", False), ("2026-06-08", False), ("2026-04-01", True)]
)
def test_readings_of_the_rule_fit_after_the_last_action(
    situation_with: MakeSituation, found: Found, by: str, late: bool
) -> None:
    assert bool(found(_due(situation_with, "2026-04-26", by), "P3")) is late


def test_late_action_is_opened_and_says_how_many_readings_fit(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(_due(situation_with, "2026-04-26", "2026-06-06"), "P3")
    assert finding.remedy
    assert (finding.remedy.kind, finding.remedy.place.row) == (RemedyKind.OPEN, "a1")
    assert "5 of the 6 readings" in finding.message


def test_target_that_lacks_most_readings_speaks_for_all(situation_with: MakeSituation, found: Found) -> None:
    situation = _due(situation_with, "2026-04-26", "2026-06-06")
    other = replace(WAIT, id="m2", name="Reopened")
    soon = Promise(id="m2", value="5", by="2026-05-03", rule="mean-of-last", rule_n="6")
    both = replace(
        situation.iteration,
        baseline=Baseline(metrics=(WAIT, other)),
        target=Target(targets=(*situation.iteration.target.targets, soon)),
    )
    (finding,) = found(replace(situation, iteration=both), "P3")
    assert "Reopened on 2026-05-03: 1 of the 6 readings" in finding.message


def test_dropped_action_takes_no_time(situation_with: MakeSituation, found: Found) -> None:
    dropped = Acting(progress=(Progress(id="a1", status="dropped"),))
    assert not found(_due(situation_with, "2026-04-26", "2026-05-01", action=dropped), "P3")


CAUSES = (
    Cause(id="c1", cause="Waiting", share="46"),
    Cause(id="c2", cause="No runbook", share="24 %"),
    Cause(id="c3", cause="other", share="60"),
)


@pytest.mark.parametrize(("cause", "touched"), [("c1", True), ("c2", False), ("", False), ("c3", False)])
def test_largest_cause_that_has_a_name_is_addressed(
    situation_with: MakeSituation, found: Found, cause: str, touched: bool
) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", owner="Anna", cause=cause),))
    assert bool(found(situation_with(baseline=Baseline(causes=CAUSES), plan=plan), "P4")) is not touched


def test_either_of_two_largest_causes_will_do(situation_with: MakeSituation, found: Found) -> None:
    causes = (CAUSES[0], Cause(id="c4", cause="No spare part", share="46.0"))
    plan = Plan(actions=(Action(id="a1", what="Swarm", cause="c4"),))
    assert not found(situation_with(baseline=Baseline(causes=causes), plan=plan), "P4")


def test_dropped_action_addresses_nothing(situation_with: MakeSituation, found: Found) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", cause="c1"), Action(id="a2", what="Ask", cause="c2")))
    action = Acting(progress=(Progress(id="a1", status="dropped"),))
    assert found(situation_with(baseline=Baseline(causes=CAUSES), plan=plan, action=action), "P4")


def test_causes_without_a_share_are_not_ranked(situation_with: MakeSituation, found: Found) -> None:
    causes = (Cause(id="c1", cause="Waiting"), Cause(id="c2", cause="Searching", share="a lot"))
    assert not found(situation_with(baseline=Baseline(causes=causes), plan=Plan(actions=_actions(1))), "P4")


@pytest.mark.parametrize(("count", "many"), [(8, False), (9, True)])
def test_more_than_eight_open_actions_are_many(
    situation_with: MakeSituation, found: Found, count: int, many: bool
) -> None:
    assert bool(found(situation_with(plan=Plan(actions=_actions(count))), "P5")) is many


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_finished_action_is_not_open(situation_with: MakeSituation, found: Found, status: str) -> None:
    action = Acting(progress=(Progress(id="a0", status=status),))
    assert not found(situation_with(plan=Plan(actions=_actions(9)), action=action), "P5")


def test_outcome_among_the_actions_is_named_and_opened(situation_with: MakeSituation, found: Found) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm"), Action(id="a2", what="Reduce the wait to 4 h")))
    (finding,) = found(situation_with(baseline=Baseline(metrics=(WAIT,)), plan=plan), "P6")
    assert finding.place.row == "a2"
    assert "Reduce the wait to 4 h" in finding.message


def _shares(
    situation_with: MakeSituation, better: str, unit: str, value: str, cause: str, name: str = "Solved at once"
) -> Situation:
    metric = Metric(id="m1", name=name, unit=unit, better=better, frequency="weekly")
    readings = {f"2026-01-{day:02d}": Reading("58") for day in range(1, 8)}
    return situation_with(
        readings={"m1": readings},
        baseline=Baseline(metrics=(metric,), causes=CAUSES),
        target=Target(targets=(Promise(id="m1", value=value),)),
        plan=Plan(actions=(Action(id="a1", what="Swarm", owner="Anna", cause=cause),)),
    )


@pytest.mark.parametrize(
    ("better", "unit", "value", "cause", "best"),
    [
        ("higher", "%", "70", "c2", "68.1"),  # 58 + 42 x 24 %
        ("higher", "%", "68", "c2", ""),
        ("lower", "tickets", "40", "c2", "44.1"),  # 58 less 24 %
        ("lower", "tickets", "45", "c2", ""),
        ("lower", "h", "40", "c2", ""),  # a mean: causes do not add up
    ],
)
def test_addressed_causes_can_bring_the_target(
    situation_with: MakeSituation, found: Found, better: str, unit: str, value: str, cause: str, best: str
) -> None:
    messages = [each.message for each in found(_shares(situation_with, better, unit, value, cause), "P7")]
    assert len(messages) == bool(best)
    assert all(f"would be {best}; the target is {value} {unit}" in message for message in messages)


def test_total_of_times_adds_up(situation_with: MakeSituation, found: Found) -> None:
    assert found(_shares(situation_with, "lower", "h", "40", "c2", "Total downtime"), "P7")


def test_action_that_is_for_no_cause_is_asked_once(situation_with: MakeSituation, found: Found) -> None:
    actions = tuple(Action(id=f"a{at}", what=f"Swarm {at}", owner="Anna") for at in range(3))
    (finding,) = found(situation_with(baseline=Baseline(causes=CAUSES), plan=Plan(actions=actions)), "P8")
    assert '"Swarm 0" and 2 more: which cause is this for?' in finding.message
    assert finding.remedy
    assert finding.remedy.place.column == "cause"


@pytest.mark.parametrize(
    ("action", "causes"),
    [
        (Action(id="a1", what="Swarm", owner="Anna", cause="c1"), CAUSES),
        (Action(id="a1", what="Measure the wait", owner="Anna"), CAUSES),
        (Action(id="a1", what="Swarm", owner="Anna"), ()),
        (Action(id="a1", what="A note that was moved here"), CAUSES),
    ],
)
def test_action_with_a_cause_or_that_measures_is_not_asked(
    situation_with: MakeSituation, found: Found, action: Action, causes: tuple[Cause, ...]
) -> None:
    assert not found(situation_with(baseline=Baseline(causes=causes), plan=Plan(actions=(action,))), "P8")


def test_late_last_action_says_which_day_would_do(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(_due(situation_with, "2026-04-26", "2026-05-17"), "P3")
    assert "From 2026-06-07 on the target's day would do" in finding.message
