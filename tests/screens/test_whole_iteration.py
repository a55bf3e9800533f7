"""The main job, whole: an improvement is walked through its seven steps by keyboard alone, left, and found again."""

from datetime import UTC, datetime

import pytest
from textual.widgets import Input

from cimodel_tui.model.completeness import missing
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.step import STEP_KEYS
from tests.screens.conftest import Hands, Room

TITLE = "Neue Kollegen früher arbeitsfähig — 新人 [x] 🚀"

VISION = """A new colleague can work from the first morning on.
"Everything was there" [see 4.2] — на месте, 準備完了, مرحبا 👩‍🔧

  \\ and / and {braces} stay, as do [/] and [b]brackets[/b]"""

VALUE = "New staff gain days of their first week; teams gain their help; the aim is “one day to productive”."

CURRENT_STATE = "7.4 days from contract to first login (mean of 12 weeks), 41 of 96 tickets reopened once or more."

DEFINITION = "Counted: calendar days from signature to first login with all rights.\nNot counted: contractors; moves."

WEEKS_BEFORE = """2025-12-08\t7.1
2025-12-15\t7.9
2025-12-22\t6.8
2025-12-29\t7.6
2026-01-05\t8.0
2026-01-12\t7.2
2026-01-19\t6.9
2026-01-26\t7.7
2026-02-02\t7.4
2026-02-09\t7.0
2026-02-16\t7.8
2026-02-23\t7.3"""

WEEKS_AFTER = """2026-04-06\t4.1
2026-04-13\t3.8
2026-04-20\t4.3
2026-04-27\t3.6
2026-05-04\t3.9
2026-05-11\t4.0
2026-05-18\t3.7
2026-05-25\t4.2
2026-06-01\t3.8
2026-06-08\t3.9"""


@pytest.mark.long
async def test_whole_iteration_is_typed_by_keyboard_left_and_found_again(room: Room) -> None:
    path = room.new("Onboarding")
    async with room.at(path) as hands:
        await enter_the_improvement(hands)
        await write_the_vision(hands)
        await agree_the_baseline(hands)
        await agree_the_target(hands)
        await write_the_plan(hands)
        room.clock.moment = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)
        await take_action(hands)
        await verify_the_check(hands)
        await hold_the_gain(hands)
        left = hands.place
        await hands.press("ctrl+q")
        assert hands.app.book is None
        assert hands.app.return_code == 0

    improvement, iteration = room.only_improvement(path)
    assert_entry(improvement)
    assert_answers(improvement, iteration)
    assert {step: missing(improvement, iteration, step) for step in STEP_KEYS} == dict.fromkeys(STEP_KEYS, ())

    async with room.at(path) as hands:
        assert left[0] == hands.place[0] == "momentum"
        hands.see("Neue Kollegen")
        improvement, iteration = hands.book.of(hands.app.front.place)  # type: ignore[union-attr]  # a page is in front
        assert_answers(improvement, iteration)
        await begin_the_next_iteration(hands)


async def enter_the_improvement(hands: Hands) -> None:
    hands.see("No improvement yet")
    await hands.press("a")
    await hands.paste(TITLE)
    await hands.press("enter")
    await hands.write(summary="Too many wait\ntoo long.", owner="Grace Hopper", benefit="5", effort="2")
    await hands.write(urgency="4", risk="1")
    await hands.press("escape")
    assert hands.place[0] == "register"
    hands.see("CI-0001")
    await hands.press("enter")
    assert hands.place == ("vision", "objective")


async def write_the_vision(hands: Hands) -> None:
    await hands.write(objective="One day to productive", vision=VISION, value=VALUE)
    await hands.add_row(
        "stakeholders", name="New staff", kind="user", effect="gains", what="days of their first week", consulted="yes"
    )
    await hands.add_row("stakeholders", name="Access desk", kind="team", effect="both")
    await hands.open_more()
    await hands.add_row("principles", principle="Focus on value", how="We ask them after their first day.")
    await hands.to("value_types")
    await hands.press("space", "down", "space")
    await hands.write(scope_in="Offices", scope_out="Contractors", why_now="40 start in July")
    await hands.press("f3")


async def agree_the_baseline(hands: Hands) -> None:
    assert hands.place == ("baseline", "current_state")
    hands.see("A new colleague can work")
    await hands.write(current_state=CURRENT_STATE, works_well="Laptops are there on time.")
    await hands.add_row(
        "metrics",
        name="Days to first login",
        definition=DEFINITION,
        unit="days",
        better="lower",
        role="outcome",
        source="HR system",
        frequency="weekly",
        how_known="measured",
        collector="Ada Byron",
    )
    await hands.add_row(
        "metrics",
        name="Wrong rights",
        definition="Rights that were taken back within a month.",
        unit="%",
        better="lower",
        role="balancing",
        source="Access review",
        frequency="weekly",
        how_known="sampled",
    )
    await paste_readings(hands, WEEKS_BEFORE, at=0)
    await paste_readings(
        hands, WEEKS_BEFORE.replace("\t7.", "\t2.").replace("\t6.", "\t1.").replace("\t8.", "\t3."), at=1
    )
    await hands.add_row("causes", cause="Approvals wait in one mailbox", evidence="61 of 96 tickets", share="64")
    await hands.add_row("causes", cause="Rights are copied from a neighbour", share="20")
    await hands.write(agreed_by="Grace Hopper", agreed_on="today")
    await hands.seal()
    hands.see("2 Mar 2026")
    await hands.press("f3")


async def paste_readings(hands: Hands, text: str, *, at: int) -> None:
    await hands.to("metrics")
    await hands.press("g", *["down"] * at, "r")
    await hands.paste(text)
    hands.see(f"{len(text.splitlines())} readings understood")
    await hands.press("f9")
    await hands.press("escape")


async def agree_the_target(hands: Hands) -> None:
    assert hands.place[0] == "target"
    await hands.edit_row(
        "targets",
        0,
        promise="change",
        value="4.5",
        by="2026-06-30",
        rule="Mean of the last n",
        rule_n="6",
        why="Half a week is what a team can bridge.",
    )
    await hands.edit_row("limits", 0, value="4")
    await hands.write(agreed_by="Grace Hopper", agreed_on="2026-03-02")
    await hands.seal()
    await hands.press("f3")


async def write_the_plan(hands: Hands) -> None:
    assert hands.place[0] == "plan"
    await hands.write(approach="change in daily work")
    await hands.add_row(
        "options", name="Role bundles", what="Rights by role", effect="-3 d", effort="2", risk="2", cost="8"
    )
    await hands.add_row("options", name="More people", what="Two more at the desk", effort="4", risk="1")
    await hands.write(
        chosen="Role bundles",
        why="It takes the mailbox away instead of staffing it.",
        hypothesis_if="we grant rights by role",
        hypothesis_then="the days to first login fall below five",
        hypothesis_because="two in three tickets wait for an approval",
        hypothesis_metric="Days to first login",
    )
    await hands.add_row(
        "actions",
        what="Describe twelve role bundles",
        owner="Alan Turing",
        start="2026-03-03",
        due="2026-03-20",
        cause="Approvals wait in one mailbox",
    )
    await hands.add_row("actions", what="Grant by bundle", owner="Alan Turing", start="21 mar", due="2026-04-03")
    await hands.add_row("actions", what="Clean up old rights", owner="Alan Turing", due="2026-04-03")
    await hands.add_row("measurement_plan", metric="Days to first login", who="Ada Byron", how_often="every Monday")
    await hands.write(result_from="2026-04-04")
    await hands.add_row("checkpoints", on="2026-03-23", question="Do twelve bundles cover nine in ten starters?")
    await hands.write(go_ahead_by="Grace Hopper", go_ahead_on="today", go_ahead_cost="8,000 [EUR]")
    await hands.press("f3")


async def take_action(hands: Hands) -> None:
    assert hands.place[0] == "action"
    await hands.edit_row(
        "progress", 0, status="done", started="2026-03-03", finished="2026-03-19", evidence="Bundle list v1 [x]"
    )
    await hands.edit_row("progress", 1, status="done", started="2026-03-21", finished="2026-04-02", evidence="CR 811")
    await hands.edit_row("progress", 2, status="dropped", dropped_because="Audit does it in autumn.")
    await hands.add_row("log", on="2026-03-24", kind="learned", text="Nine bundles were enough.")
    await hands.press("f2", "f2", "f2")
    assert hands.place[0] == "baseline"
    await paste_readings(hands, WEEKS_AFTER, at=0)
    await paste_readings(hands, WEEKS_AFTER.replace("\t4.", "\t2.").replace("\t3.", "\t2."), at=1)
    await hands.press("escape", "6")


async def verify_the_check(hands: Hands) -> None:
    assert hands.place == ("check", "other_causes")
    await hands.write(
        other_causes="none found",
        keep="Ask the starters themselves.",
        differently="Measure by team from the first week on.",
        verified_by="Katherine Johnson",
        verified_on="today",
        decision="go on to 7",
    )
    await hands.verify()
    hands.see("15 Jun 2026")
    await hands.press("f3")


async def hold_the_gain(hands: Hands) -> None:
    assert hands.place[0] == "momentum"
    await hands.add_row("controls", what="Bundles are part of the joiner form", kind="built in", owner="Alan Turing")
    await hands.write(daily_owner="Alan Turing")
    await hands.push("Plan the sustain checks")
    await hands.press("escape", "enter")
    await hands.write(
        relapse_metric="Days to first login", relapse_side="above", relapse_limit="5.6", relapse_count="3"
    )
    await hands.write(
        story_audience="Hiring managers",
        story_message="From 7.4 to 3.9 days",
        story_channel="Intranet",
        story_sent_on="+4",
    )
    await hands.write(lessons_shared="Practice meeting of June", next="on a date", next_on="2026-09-01")
    await hands.to("relapse_limit")


def assert_entry(improvement: Improvement) -> None:
    assert improvement.title == TITLE
    assert improvement.summary == "Too many wait\ntoo long."
    assert improvement.owner == "Grace Hopper"
    assert improvement.score == 2 * 5 + 4 - 2 - 1


def assert_answers(improvement: Improvement, iteration: Iteration) -> None:
    vision = iteration.vision
    assert (vision.objective, vision.vision, vision.value) == ("One day to productive", VISION, VALUE)
    assert [(row.name, row.kind, row.effect, row.what, row.consulted) for row in vision.stakeholders] == [
        ("New staff", "user", "gains", "days of their first week", "yes"),
        ("Access desk", "team", "both", "", ""),
    ]
    assert [(row.principle, row.how) for row in vision.principles] == [
        ("Focus on value", "We ask them after their first day.")
    ]
    assert vision.value_types == ("time", "quality")
    assert (vision.scope_in, vision.scope_out, vision.why_now) == ("Offices", "Contractors", "40 start in July")
    assert_measured(improvement, iteration)
    assert_planned(iteration)
    assert_checked(iteration)


def assert_measured(improvement: Improvement, iteration: Iteration) -> None:
    baseline, target = iteration.baseline, iteration.target
    assert (baseline.current_state, baseline.works_well) == (CURRENT_STATE, "Laptops are there on time.")
    days, wrong = baseline.metrics
    assert (days.name, days.definition, days.unit) == ("Days to first login", DEFINITION, "days")
    assert (days.better, days.role, days.source, days.frequency) == ("lower", "outcome", "HR system", "weekly")
    assert (days.how_known, days.collector) == ("measured", "Ada Byron")
    assert (wrong.name, wrong.role, wrong.how_known) == ("Wrong rights", "balancing", "sampled")
    wanted = dict(line.split("\t") for line in f"{WEEKS_BEFORE}\n{WEEKS_AFTER}".splitlines())
    assert {day: each.value for day, each in improvement.readings[days.id].items()} == wanted
    assert improvement.readings[wrong.id]["2026-02-23"].value == "2.3"
    assert [(row.cause, row.evidence, row.share) for row in baseline.causes] == [
        ("Approvals wait in one mailbox", "61 of 96 tickets", "64"),
        ("Rights are copied from a neighbour", "", "20"),
    ]
    assert baseline.seal is not None
    assert (baseline.seal.by, baseline.seal.on) == ("Grace Hopper", "2026-03-02")
    assert (baseline.first_on, baseline.last_on) == ("2025-12-08", "2026-02-23")
    (promise,) = target.targets
    assert (promise.id, promise.promise, promise.value, promise.by) == (days.id, "move", "4.5", "2026-06-30")
    assert (promise.rule, promise.rule_n) == ("mean-of-last", "6")
    assert promise.why == "Half a week is what a team can bridge."
    assert [(row.id, row.value) for row in target.limits] == [(wrong.id, "4")]
    assert target.seal is not None


def assert_planned(iteration: Iteration) -> None:
    plan, days = iteration.plan, iteration.baseline.metrics[0].id
    assert (plan.approach, plan.chosen) == ("change in daily work", "Role bundles")
    assert [(row.name, row.what, row.effect, row.effort, row.risk, row.cost) for row in plan.options] == [
        ("Role bundles", "Rights by role", "-3 d", "2", "2", "8"),
        ("More people", "Two more at the desk", "", "4", "1", ""),
    ]
    assert (plan.why, plan.hypothesis_metric) == ("It takes the mailbox away instead of staffing it.", days)
    assert (plan.hypothesis_if, plan.hypothesis_then, plan.hypothesis_because) == (
        "we grant rights by role",
        "the days to first login fall below five",
        "two in three tickets wait for an approval",
    )
    assert [(row.what, row.owner, row.start, row.due) for row in plan.actions] == [
        ("Describe twelve role bundles", "Alan Turing", "2026-03-03", "2026-03-20"),
        ("Grant by bundle", "Alan Turing", "2026-03-21", "2026-04-03"),
        ("Clean up old rights", "Alan Turing", "", "2026-04-03"),
    ]
    assert plan.actions[0].cause == iteration.baseline.causes[0].id
    assert [(row.metric, row.who, row.how_often) for row in plan.measurement_plan] == [
        (days, "Ada Byron", "every Monday")
    ]
    assert plan.result_from == "2026-04-04"
    assert [(row.on, row.question) for row in plan.checkpoints] == [
        ("2026-03-23", "Do twelve bundles cover nine in ten starters?")
    ]
    assert (plan.go_ahead_by, plan.go_ahead_on, plan.go_ahead_cost) == ("Grace Hopper", "2026-03-02", "8,000 [EUR]")


def assert_checked(iteration: Iteration) -> None:
    acting, check, momentum = iteration.action, iteration.check, iteration.momentum
    assert [(row.status, row.started, row.finished, row.evidence, row.dropped_because) for row in acting.progress] == [
        ("done", "2026-03-03", "2026-03-19", "Bundle list v1 [x]", ""),
        ("done", "2026-03-21", "2026-04-02", "CR 811", ""),
        ("dropped", "", "", "", "Audit does it in autumn."),
    ]
    assert [(row.on, row.kind, row.text) for row in acting.log] == [
        ("2026-03-24", "learned", "Nine bundles were enough.")
    ]
    assert (check.other_causes, check.keep) == ("none found", "Ask the starters themselves.")
    assert check.differently == "Measure by team from the first week on."
    assert (check.verified_by, check.verified_on) == ("Katherine Johnson", "2026-06-15")
    assert check.verdict["word"] == "achieved"
    assert check.decision == "go on to 7"
    assert [(row.what, row.kind, row.owner) for row in momentum.controls] == [
        ("Bundles are part of the joiner form", "built in", "Alan Turing")
    ]
    assert [row.due for row in momentum.sustain_checks] == ["2026-07-15", "2026-09-13", "2026-12-12"]
    assert momentum.relapse_metric == iteration.baseline.metrics[0].id
    assert (momentum.relapse_side, momentum.relapse_limit, momentum.relapse_count) == ("above", "5.6", "3")
    assert (momentum.daily_owner, momentum.lessons_shared) == ("Alan Turing", "Practice meeting of June")
    assert (momentum.story_audience, momentum.story_channel) == ("Hiring managers", "Intranet")
    assert (momentum.story_message, momentum.story_sent_on) == ("From 7.4 to 3.9 days", "2026-06-19")
    assert (momentum.next, momentum.next_on) == ("on a date", "2026-09-01")


async def begin_the_next_iteration(hands: Hands) -> None:
    await hands.push("Start the next iteration")
    await hands.push("Start iteration 2 today")
    assert hands.place[0] == "vision"
    hands.see("iteration 2")
    hands.see("Still true?")
    assert not isinstance(hands.app.focused, Input)
