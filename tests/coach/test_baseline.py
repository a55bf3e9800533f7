"""Step 2: enough readings, honestly known, from before the change, and something that must not get worse."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Action, Plan

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]
Weekly: TypeAlias = Callable[..., Mapping[str, Reading]]
ApplyRemedy: TypeAlias = Callable[[Situation, Finding], Situation]

RESTORE = Metric(id="m1", name="Time to restore", unit="h", better="lower", frequency="weekly")
REOPENED = Metric(id="m2", name="Reopened", unit="%", better="lower", role="balancing")


def _with_readings(situation_with: MakeSituation, weekly: Weekly, count: int, size: str = "M") -> Situation:
    readings = {"m1": weekly(" ".join(["7"] * count))}
    return situation_with(size=size, readings=readings, baseline=Baseline(metrics=(RESTORE,)))


@pytest.mark.parametrize(
    ("count", "words"), [(0, "too few"), (5, "too few"), (6, "provisional"), (11, "provisional"), (12, ""), (13, "")]
)
def test_readings_are_too_few_below_six_and_provisional_below_twelve(
    situation_with: MakeSituation, weekly: Weekly, found: Found, count: int, words: str
) -> None:
    messages = [finding.message for finding in found(_with_readings(situation_with, weekly, count), "B1")]
    assert len(messages) == bool(words)
    assert all(words in message for message in messages)


def test_reading_that_is_set_aside_does_not_count(situation_with: MakeSituation, weekly: Weekly, found: Found) -> None:
    readings = dict(weekly(" ".join(["7"] * 12)))
    readings["2026-01-12"] = Reading("99", set_aside="power failure")
    situation = situation_with(readings={"m1": readings}, baseline=Baseline(metrics=(RESTORE,)))
    (finding,) = found(situation, "B1")
    assert "has 11 baseline readings" in finding.message


def test_one_reading_is_spoken_of_as_one(situation_with: MakeSituation, weekly: Weekly, found: Found) -> None:
    (finding,) = found(_with_readings(situation_with, weekly, 1), "B1")
    assert "has 1 baseline reading:" in finding.message


def test_few_readings_open_the_readings_of_that_metric(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    (finding,) = found(_with_readings(situation_with, weekly, 3), "B1")
    assert finding.remedy
    assert (finding.remedy.kind, finding.remedy.place.row) == (RemedyKind.OPEN, "m1")


def test_balancing_metric_needs_no_dozen(situation_with: MakeSituation, found: Found) -> None:
    assert not found(situation_with(baseline=Baseline(metrics=(REOPENED,))), "B1")


@pytest.mark.parametrize(("count", "says"), [(0, False), (1, True), (5, True), (6, False)])
def test_small_improvement_is_told_once_what_one_reading_shows(
    situation_with: MakeSituation, weekly: Weekly, found: Found, count: int, says: bool
) -> None:
    situation = _with_readings(situation_with, weekly, count, size="S")
    assert bool(found(situation, "S2")) is says
    assert not found(situation, "B1")


def test_small_improvement_with_two_metrics_is_told_once(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    metrics = (RESTORE, replace(RESTORE, id="m9", name="Time to detect"))
    readings = {"m1": weekly("7"), "m9": weekly("3")}
    assert len(found(situation_with(size="S", readings=readings, baseline=Baseline(metrics=metrics)), "S2")) == 1


@pytest.mark.parametrize(
    ("how", "guess"), [("", False), ("measured", False), ("sampled", False), ("estimated", True), ("assumed", True)]
)
def test_number_that_nobody_measured_is_a_guess(
    situation_with: MakeSituation, found: Found, how: str, guess: bool
) -> None:
    situation = situation_with(baseline=Baseline(metrics=(replace(RESTORE, how_known=how),)))
    assert bool(found(situation, "B2")) is guess


def test_measuring_becomes_the_first_action_and_the_guess_is_answered(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm"),))
    before = situation_with(baseline=Baseline(metrics=(replace(RESTORE, how_known="assumed"),)), plan=plan)
    (finding,) = found(before, "B2")
    after = apply_remedy(before, finding)
    assert [action.what for action in after.iteration.plan.actions] == ["Measure Time to restore", "Swarm"]
    assert not found(after, "B2")


@pytest.mark.parametrize(("last", "late"), [("2026-03-29", False), ("2026-03-30", True), ("2026-03-31", True)])
def test_baseline_ends_before_the_first_action_begins(
    situation_with: MakeSituation, found: Found, last: str, late: bool
) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", start="2026-03-30"),))
    assert bool(found(situation_with(baseline=Baseline(last_on=last), plan=plan), "B3")) is late


def test_action_that_really_began_earlier_than_planned_counts(situation_with: MakeSituation, found: Found) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", start="2026-03-30"),))
    action = Acting(progress=(Progress(id="a1", status="doing", started="2026-03-20"),))
    assert found(situation_with(baseline=Baseline(last_on="2026-03-23"), plan=plan, action=action), "B3")


def test_action_that_an_earlier_pass_began_is_part_of_the_start(situation_with: MakeSituation, found: Found) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", start="2026-03-30"),))
    before = Iteration(id="before", improvement="improvement", plan=plan)
    situation = situation_with(
        baseline=Baseline(last_on="2026-05-30"), plan=plan, number=2, parent="before", earlier=(before,)
    )
    assert not found(situation, "B3")


def test_baseline_that_ends_sooner_is_no_longer_late(situation_with: MakeSituation, found: Found) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", start="2026-03-30"),))
    situation = situation_with(baseline=Baseline(last_on="2026-04-06"), plan=plan)
    (finding,) = found(situation, "B3")
    assert finding.remedy
    assert (finding.remedy.kind, finding.remedy.place.field) == (RemedyKind.OPEN, "last_on")


@pytest.mark.parametrize(("metrics", "fires"), [((), False), ((RESTORE,), True), ((RESTORE, REOPENED), False)])
def test_something_must_not_get_worse(
    situation_with: MakeSituation, found: Found, metrics: tuple[Metric, ...], fires: bool
) -> None:
    assert bool(found(situation_with(baseline=Baseline(metrics=metrics)), "B5")) is fires


def test_word_that_judges_is_named_in_the_message(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(situation_with(baseline=Baseline(current_state="Restoring stores is slow.")), "B4")
    assert finding.message.startswith('"slow"')
    assert (finding.place.step, finding.place.field) == ("baseline", "current_state")
