"""Step 5: what was done is shown, and measuring goes on meanwhile."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.plan import Action, Plan

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]
Weekly: TypeAlias = Callable[..., Mapping[str, Reading]]
ApplyRemedy: TypeAlias = Callable[[Situation, Finding], Situation]

PLAN = Plan(actions=(Action(id="a1", what="Swarm"),))
DOING = Acting(progress=(Progress(id="a1", status="doing"),))
LAST = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("status", "evidence", "fires"),
    [("done", "", True), ("done", "CHG-7", False), ("done", "  ", True), ("doing", "", False), ("dropped", "", False)],
)
def test_done_is_shown_not_said(
    situation_with: MakeSituation, found: Found, status: str, evidence: str, fires: bool
) -> None:
    progress = Progress(id="a1", status=status, evidence=evidence)
    assert bool(found(situation_with(plan=PLAN, action=Acting(progress=(progress,))), "A1")) is fires


def test_evidence_that_is_missing_is_opened_in_its_row(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(situation_with(plan=PLAN, action=Acting(progress=(Progress(id="a1", status="done"),))), "A1")
    assert finding.remedy
    assert finding.remedy.kind is RemedyKind.OPEN
    assert (finding.place.step, finding.place.row, finding.place.column) == ("action", "a1", "evidence")


def _silent_for(
    situation_with: MakeSituation, weekly: Weekly, days: int, frequency: str = "weekly", **answers: object
) -> Situation:
    metric = Metric(id="m1", name="Wait", frequency=frequency)
    return situation_with(
        readings={"m1": weekly("7")},
        today=LAST + timedelta(days=days),
        plan=PLAN,
        **{"action": DOING, "baseline": Baseline(metrics=(metric,))} | answers,
    )


@pytest.mark.parametrize(
    ("frequency", "days", "missed"),
    [
        ("weekly", 13, False),
        ("weekly", 14, False),
        ("weekly", 15, True),
        ("daily", 2, False),
        ("daily", 3, True),
        ("monthly", 60, False),
        ("monthly", 61, True),
        ("once", 400, False),
        ("other", 400, False),
    ],
)
def test_reading_is_missed_after_two_periods(
    situation_with: MakeSituation, weekly: Weekly, found: Found, frequency: str, days: int, missed: bool
) -> None:
    assert bool(found(_silent_for(situation_with, weekly, days, frequency), "A2")) is missed


def test_nothing_is_missed_before_the_first_action_or_after_the_check(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    assert not found(_silent_for(situation_with, weekly, 30, action=Acting()), "A2")
    verified = Check(verified_on="2026-02-01", verdict={"word": "achieved"})
    assert not found(_silent_for(situation_with, weekly, 30, check=verified), "A2")


def test_nothing_is_missed_while_it_is_on_hold(situation_with: MakeSituation, weekly: Weekly, found: Found) -> None:
    assert not found(_silent_for(situation_with, weekly, 30, standing="on hold"), "A2")


def test_balancing_metric_may_be_silent(situation_with: MakeSituation, weekly: Weekly, found: Found) -> None:
    metric = Metric(id="m1", name="Reopened", frequency="weekly", role="balancing")
    assert not found(_silent_for(situation_with, weekly, 30, baseline=Baseline(metrics=(metric,))), "A2")


def test_two_silent_metrics_are_named_in_one_finding(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    metrics = tuple(Metric(id=f"m{at}", name=f"Wait {at}", frequency="weekly") for at in (1, 2, 3))
    readings = {"m1": weekly("7"), "m2": weekly("7 7"), "m3": weekly("7 7 7")}
    situation = situation_with(
        readings=readings,
        today=date(2026, 1, 27),
        plan=PLAN,
        action=DOING,
        baseline=Baseline(metrics=metrics),
    )
    (finding,) = found(situation, "A2")
    assert "Wait 1 (since 2026-01-05) and Wait 2 (since 2026-01-12)." in finding.message


@pytest.mark.parametrize("text", ["done", "Done.", "-", "tbd", "yes"])
def test_done_is_no_evidence_of_being_done(situation_with: MakeSituation, found: Found, text: str) -> None:
    action = Acting(progress=(Progress(id="a1", status="done", finished="2026-01-05", evidence=text),))
    assert found(situation_with(plan=PLAN, action=action), "A1")


@pytest.mark.parametrize(
    ("status", "finished", "column"),
    [
        ("doing", "2026-01-05", "status"),
        ("to do", "2026-01-05", "status"),
        ("done", "", "finished"),
        ("done", "2026-01-05", ""),
        ("dropped", "2026-01-05", ""),
        ("doing", "", ""),
    ],
)
def test_status_and_day_belong_together(
    situation_with: MakeSituation, found: Found, status: str, finished: str, column: str
) -> None:
    action = Acting(progress=(Progress(id="a1", status=status, finished=finished),))
    assert [each.place.column for each in found(situation_with(plan=PLAN, action=action), "A3")] == [column] * bool(
        column
    )


def test_finished_action_is_set_to_done_by_one_key(
    situation_with: MakeSituation, found: Found, apply_remedy: ApplyRemedy
) -> None:
    action = Acting(progress=(Progress(id="a1", status="doing", finished="2026-01-05", evidence="CHG-1"),))
    before = situation_with(plan=PLAN, action=action)
    (finding,) = found(before, "A3")
    after = apply_remedy(before, finding)
    assert after.iteration.progress("a1").status == "done"
    assert not found(after, "A3")


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        ("It works.", False),
        ("completed successfully", False),
        ("Fixed!", False),
        ("all done", False),
        ("screenshot attached", True),
        ("CHG-7 closed", True),
        ("photo in the folder", True),
    ],
)
def test_words_that_only_say_done_are_no_evidence(
    situation_with: MakeSituation, found: Found, evidence: str, shown: bool
) -> None:
    progress = Progress(id="a1", status="done", finished="2026-01-05", evidence=evidence)
    assert bool(found(situation_with(plan=PLAN, action=Acting(progress=(progress,))), "A1")) is not shown
