"""The next useful thing, at each stage of an improvement's life."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Situation
from cimodel_tui.coach.next_thing import next_thing
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.momentum import Control, Momentum, SustainCheck
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.seal import Seal
from cimodel_tui.model.target import Promise, Target
from cimodel_tui.model.vision import Vision

MakeSituation: TypeAlias = Callable[..., Situation]
Weekly: TypeAlias = Callable[..., Mapping[str, Reading]]
Stage: TypeAlias = Callable[..., str]

SEAL = Seal(by="Anna", on="2026-04-01", at="2026-04-01T10:00:00Z", sha256="", copy={})
METRIC = Metric(id="m1", name="Time to restore", definition="P2", unit="h", better="lower", frequency="weekly")
VISION = Vision(vision="Stores are helped at once.")
BASELINE = Baseline(metrics=(METRIC,), last_on="2026-03-23")
AGREED = replace(BASELINE, seal=SEAL)
PROMISE = Promise(id="m1", value="5", by="2026-06-21", rule="mean-of-last", rule_n="6")
TARGET = Target(targets=(PROMISE,), seal=SEAL)
PLAN = Plan(actions=(Action(id="a1", what="Swarm", due="2026-12-01"), Action(id="a2", what="Ask", due="2026-11-30")))
BEFORE = "7.1 6.2 7.9 6.6 5.9 7.4 6.9 8.1 6.3 6.7 7.2 6.5"


def _done(*ids: str, status: str = "done") -> Acting:
    return Acting(progress=tuple(Progress(id=each, status=status) for each in ids))


@pytest.fixture
def stage(situation_with: MakeSituation, weekly: Weekly) -> Stage:
    """Return what is next with these answers; a vision and twelve readings are there where nothing else is said."""

    def stage_(values: str = BEFORE, **answers: object) -> str:
        given = {"vision": VISION, "readings": {"m1": weekly(values)}, "size": "S"} | answers
        situation = situation_with(**given)
        return next_thing(situation.improvement, situation.iteration, situation.today)

    return stage_


def test_idea_asks_for_what_will_be_different(stage: Stage) -> None:
    assert stage("", vision=Vision()) == "describe the vision"


def test_vision_asks_for_an_outcome_metric(stage: Stage) -> None:
    assert stage() == "name the number that would show it: an outcome metric"
    balancing = Baseline(metrics=(replace(METRIC, role="balancing"),))
    assert stage(baseline=balancing) == "name the number that would show it: an outcome metric"


def test_metric_asks_for_its_first_reading(stage: Stage) -> None:
    assert stage("", baseline=BASELINE) == "enter the first reading of Time to restore"


@pytest.mark.parametrize(
    ("size", "count", "words"),
    [
        ("M", 5, "enter baseline readings of Time to restore: 5 of 6 are there"),
        ("M", 6, "agree the baseline: 6 readings are there"),
        ("M", 12, "agree the baseline: 12 readings are there"),
        ("S", 1, "agree the baseline: 1 reading is there"),
    ],
)
def test_readings_ask_for_the_agreement_once_there_are_enough(stage: Stage, size: str, count: int, words: str) -> None:
    assert stage(" ".join(["7"] * count), size=size, baseline=BASELINE) == words


def test_metric_with_the_fewest_readings_comes_first(stage: Stage, weekly: Weekly) -> None:
    metrics = (METRIC, replace(METRIC, id="m2", name="Time to detect"))
    readings = {"m1": weekly("7 7 7"), "m2": weekly("3")}
    words = stage(size="M", readings=readings, baseline=Baseline(metrics=metrics))
    assert words == "enter baseline readings of Time to detect: 1 of 6 are there"


def test_agreed_baseline_asks_for_the_target(stage: Stage) -> None:
    assert stage(baseline=AGREED) == "set the target: the baseline is agreed at 6.9 h"


def test_target_without_a_day_asks_by_when(stage: Stage) -> None:
    target = Target(targets=(replace(PROMISE, by=""),))
    assert stage(baseline=AGREED, target=target) == "say by when: Time to restore has a value and no day"


def test_whole_target_asks_for_the_agreement(stage: Stage) -> None:
    target = replace(TARGET, seal=None)
    assert stage(baseline=AGREED, target=target) == "agree the target: it has a value and a day"


def test_agreed_target_asks_for_the_first_action(stage: Stage) -> None:
    assert stage(baseline=AGREED, target=TARGET) == "plan the first action: the target is agreed"


def test_plan_asks_for_what_it_still_needs(stage: Stage) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm"),))
    assert stage(baseline=AGREED, target=TARGET, plan=plan) == "step 4: due is needed"


def test_action_that_is_due_first_is_started_first(stage: Stage) -> None:
    assert stage(baseline=AGREED, target=TARGET, plan=PLAN) == "start: Ask (due on 2026-11-30)"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("doing", "finish: Ask (due on 2026-11-30)"),
        ("blocked", "unblock: Ask"),
        ("done", "start: Swarm (due on 2026-12-01)"),
        ("dropped", "start: Swarm (due on 2026-12-01)"),
    ],
)
def test_action_under_way_is_finished_before_the_next_one(stage: Stage, status: str, words: str) -> None:
    assert stage(baseline=AGREED, target=TARGET, plan=PLAN, action=_done("a2", status=status)) == words


def test_late_action_is_finished_or_dropped(stage: Stage) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", due="2026-11-22"),))
    assert stage(baseline=AGREED, target=TARGET, plan=plan) == "finish or drop: Swarm (due on 2026-11-22)"


def _after_the_last_action(stage: Stage, weekly: Weekly, later: str, **answers: object) -> str:
    readings = {"m1": {**weekly(BEFORE), **weekly(later, "2026-04-27")}}
    plan = Plan(actions=(Action(id="a1", what="Swarm", due="2026-04-26"),))
    return stage(readings=readings, baseline=AGREED, target=TARGET, plan=plan, **{"action": _done("a1")} | answers)


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ("", "measure Time to restore again: every action is done or dropped"),
        ("5 5 5 5 5", "measure Time to restore: 5 of the 6 result readings are in"),
        ("5 5 5 5 5 5", "check the result and have it verified: the readings are in"),
    ],
)
def test_last_action_asks_for_the_check_and_its_readings(stage: Stage, weekly: Weekly, later: str, words: str) -> None:
    assert _after_the_last_action(stage, weekly, later) == words


def test_result_that_counts_from_no_day_is_asked_for_one(stage: Stage) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm"),))
    words = stage(baseline=AGREED, target=TARGET, plan=plan, action=_done("a1"))
    assert words == "say from when the result counts"


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-11-24", "keep measuring until 2026-11-24"),
        ("2026-11-23", "check the result and have it verified: the readings are in"),
    ],
)
def test_measuring_goes_on_until_its_day(stage: Stage, weekly: Weekly, until: str, words: str) -> None:
    check = Check(decision="keep measuring", measure_until=until)
    assert _after_the_last_action(stage, weekly, "5 5 5 5 5 5", check=check) == words


VERIFIED = Check(
    other_causes="none found",
    keep="Swarm",
    verified_by="Ben",
    verified_on="2026-06-22",
    verdict={"word": "achieved"},
    measured={"m1": {"role": "outcome", "verdict": "achieved"}},
)


def test_verified_check_asks_what_follows(stage: Stage) -> None:
    assert stage(baseline=AGREED, check=VERIFIED) == "decide what follows from the check"


def test_no_leads_back_to_its_step(stage: Stage) -> None:
    check = replace(VERIFIED, decision="revisit", revisit_step="baseline")
    assert stage(check=check) == "open the next iteration at step 2: the check led back there"


@pytest.mark.parametrize(
    ("lesson", "words"), [("", "note one lesson: it was stopped"), ("Ask", "nothing: it is closed")]
)
def test_stopped_improvement_leaves_a_lesson(stage: Stage, lesson: str, words: str) -> None:
    assert stage(check=Check(decision="stop", differently=lesson)) == words


GO_ON = replace(VERIFIED, decision="go on to 7")
HELD = Momentum(
    controls=(Control(id="k1", what="Swarm rule"),),
    sustain_checks=(SustainCheck(id="s1", due="2026-12-21", metric="m1"),),
    next="on a date",
    next_on="2027-01-11",
)


def _embedding(stage: Stage, momentum: Momentum) -> str:
    return stage(baseline=AGREED, target=TARGET, check=GO_ON, momentum=momentum)


def test_gain_asks_for_what_holds_it(stage: Stage) -> None:
    assert _embedding(stage, Momentum()) == "step 7 still needs: controls"


def test_open_sustain_check_is_waited_for_and_then_recorded(stage: Stage) -> None:
    assert _embedding(stage, HELD) == "wait for the sustain check on 2026-12-21"
    due = replace(HELD, sustain_checks=(SustainCheck(id="s1", due="2026-11-23", metric="m1"),))
    assert _embedding(stage, due) == "record the sustain check: it was due on 2026-11-23"


RECORDED = (SustainCheck(id="s1", due="2026-07-21", metric="m1", result="4.9", recorded_on="2026-07-21"),)


@pytest.mark.parametrize(
    ("when", "on", "words"),
    [
        ("now", "", "start the next iteration"),
        ("on a date", "2026-11-23", "start the next iteration"),
        ("on a date", "2027-01-11", "start the next iteration on 2027-01-11"),
    ],
)
def test_last_sustain_check_asks_for_the_next_iteration(stage: Stage, when: str, on: str, words: str) -> None:
    assert _embedding(stage, replace(HELD, sustain_checks=RECORDED, next=when, next_on=on)) == words


def test_improvement_without_a_next_iteration_is_closed(stage: Stage) -> None:
    last = replace(HELD, sustain_checks=RECORDED, next="none", next_on="", next_reason="the aim is reached")
    assert _embedding(stage, last) == "nothing: it is closed"


@pytest.mark.parametrize(
    ("again", "words"),
    [
        ("2026-12-01", "nothing before 2026-12-01: it is on hold"),
        ("2026-11-23", "decide whether to take it up again: it is on hold"),
        ("", "decide whether to take it up again: it is on hold"),
    ],
)
def test_entry_on_hold_rests_until_its_day(stage: Stage, again: str, words: str) -> None:
    assert stage(standing="on hold", look_again_on=again) == words


def test_withdrawn_entry_asks_for_nothing(stage: Stage) -> None:
    assert stage(standing="withdrawn") == "nothing: it was withdrawn"


@pytest.mark.parametrize(("by", "first"), [("2026-12-07", True), ("2026-12-08", False), ("", True)])
def test_decision_that_is_due_soon_comes_first(stage: Stage, by: str, first: bool) -> None:
    words = stage(decision_what="the remaining rights", decision_from="the CIO", decision_by=by)
    assert words.startswith("get the decision of the CIO") is first


def test_stale_entry_asks_for_a_decision(stage: Stage) -> None:
    words = stage(review_on="2026-11-22", baseline=AGREED)
    assert words == "review overdue (2026-11-22): keep, start or drop"


def test_every_answer_fits_on_one_line(stage: Stage) -> None:
    long = replace(METRIC, name="Time to\nrestore " * 20)
    words = stage("", baseline=Baseline(metrics=(long,)))
    assert "\n" not in words
    assert len(words) < 80
