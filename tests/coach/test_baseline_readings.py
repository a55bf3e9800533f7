"""Step 2: a baseline of a usual time, steady, not moving by itself, complete, and counted by what fits."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.plan import Action, Plan

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]
Weekly: TypeAlias = Callable[..., Mapping[str, Reading]]

WAIT = Metric(id="m1", name="Wait", unit="h", better="lower", frequency="weekly")
USUAL = "7 8 7 9 8 7 9 8 7 8 9 8"


@pytest.fixture
def read(situation_with: MakeSituation, weekly: Weekly) -> Callable[..., Situation]:
    """Return how to read one metric: its values, and what else is known of baseline and iteration."""

    def read_(values: str, metric: Metric = WAIT, days: int = 7, number: int = 1, first_on: str = "") -> Situation:
        readings = {metric.id: weekly(values, days=days)}
        return situation_with(readings=readings, baseline=Baseline(metrics=(metric,), first_on=first_on), number=number)

    return read_


Read: TypeAlias = Callable[..., Situation]


def test_usual_baseline_draws_nothing(read: Read, found: Found) -> None:
    for rule in ("B1", "B6", "B7", "B8", "B9", "B10", "B11"):
        assert not found(read(USUAL), rule), rule


def test_reading_that_stands_out_is_named_with_its_day(read: Read, found: Found) -> None:
    (finding,) = found(read("7 8 7 9 8 30 9 8 7 8 9 8"), "B6")
    assert "30 h on 2026-02-09 stands out" in finding.message


def test_move_that_was_under_way_is_said_with_its_size(read: Read, found: Found) -> None:
    situation = read("9.5 9 9.2 8.5 8.6 8 7.8 7.9 7 7.1 6.5 6")
    (finding,) = found(situation, "B7")
    assert "about 0.3 h a reading" in finding.message
    assert not found(situation, "B6")


def test_move_to_the_worse_side_flatters_nobody(read: Read, found: Found) -> None:
    assert not found(read("6 6.5 7.1 7 7.9 7.8 8 8.6 8.5 9.2 9 9.5"), "B7")


@pytest.mark.parametrize(
    ("earlier", "word"), [("3 4 3 4 3 4 3 4", "worst"), ("15 14 15 14 15 14 15 14", "best"), ("8 7 9 8 7 9 8 7", "")]
)
def test_baseline_of_the_worst_or_best_time_is_named(read: Read, found: Found, earlier: str, word: str) -> None:
    messages = [each.message for each in found(read(f"{earlier} {USUAL}", first_on="2026-03-02"), "B8")]
    assert len(messages) == bool(word)
    assert all(f"the {word} of what is known, 8 earlier readings" in message for message in messages)


def test_later_pass_begins_where_the_one_before_got_to(read: Read, found: Found) -> None:
    assert not found(read(f"3 4 3 4 3 4 3 4 {USUAL}", first_on="2026-03-02", number=2), "B8")


def test_rare_events_are_better_counted_by_the_days_between(read: Read, found: Found) -> None:
    (finding,) = found(read("0 0 1 0 0 2 0 0 1 0 0 0"), "B9")
    assert "9 of 12 readings are 0 h" in finding.message
    assert "days between events" in finding.message


def test_missing_weeks_are_named(situation_with: MakeSituation, weekly: Weekly, found: Found) -> None:
    readings = dict(weekly(USUAL))
    del readings["2026-01-26"]
    (finding,) = found(situation_with(readings={"m1": readings}, baseline=Baseline(metrics=(WAIT,))), "B10")
    assert "the reading of 2026-01-26 is missing" in finding.message
    fewer = {day: each for day, each in readings.items() if day != "2026-02-09"}
    (finding,) = found(situation_with(readings={"m1": fewer}, baseline=Baseline(metrics=(WAIT,))), "B10")
    assert "the readings of 2026-01-26 and 2026-02-09 are missing" in finding.message


def test_weekends_that_differ_are_read_by_the_week(read: Read, found: Found) -> None:
    daily = Metric(id="m1", name="Calls", unit="calls", better="lower", frequency="daily")
    week = "40 42 41 43 40 5 6"
    (finding,) = found(read(" ".join([week] * 4), daily, 1), "B11")
    assert "weekdays (41.2) and weekends (5.5) differ" in finding.message
    assert not found(read(" ".join(["40 42 41 43 40 41 42"] * 4), daily, 1), "B11")


def test_two_metrics_with_few_readings_are_one_finding(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    metrics = (WAIT, Metric(id="m2", name="Calls", unit="calls", better="lower", frequency="weekly"))
    situation = situation_with(readings={"m1": weekly("7 8"), "m2": weekly("7")}, baseline=Baseline(metrics=metrics))
    (finding,) = found(situation, "B1")
    assert "Wait has 2 baseline readings and Calls has 1 baseline reading" in finding.message


EVENTS = Metric(id="m1", name="Major incidents", better="lower", kind="events")


@pytest.mark.parametrize(("events", "few"), [(5, True), (6, False)])
def test_rare_events_need_five_gaps_between_them(read: Read, found: Found, events: int, few: bool) -> None:
    situation = read(" ".join(["1"] * events), EVENTS, 20)
    assert bool(found(situation, "B1")) is few
    for rule in ("B6", "B7", "B9", "B10"):
        assert not found(situation, rule), rule


def test_share_is_judged_in_per_cent(situation_with: MakeSituation) -> None:
    share = Metric(id="m1", name="Solved at once", better="higher", kind="share", frequency="weekly")
    readings = {f"2026-01-{day:02d}": Reading(str(40 + day % 3), of="50") for day in range(1, 13)}
    situation = situation_with(readings={"m1": readings}, baseline=Baseline(metrics=(share,)))
    assert 80 < situation.baseline_means["m1"] < 84


@pytest.mark.parametrize(("start", "reaches"), [("2026-03-29", True), ("2026-03-30", False)])
def test_reading_covers_its_period_and_must_not_reach_into_the_first_action(
    situation_with: MakeSituation, weekly: Weekly, found: Found, start: str, reaches: bool
) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", start=start),))
    situation = situation_with(readings={"m1": weekly(USUAL)}, baseline=Baseline(metrics=(WAIT,)), plan=plan)
    assert situation.baselines["m1"][-1].day.isoformat() == "2026-03-23"
    assert bool(found(situation, "B3")) is reaches
