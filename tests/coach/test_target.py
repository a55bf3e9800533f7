"""Step 3: how much and by when, not there already, not absolute, not by luck, and no further than one step."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.target import Promise, Target

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]
Weekly: TypeAlias = Callable[..., Mapping[str, Reading]]
ApplyRemedy: TypeAlias = Callable[[Situation, Finding], Situation]


@pytest.fixture
def promised(situation_with: MakeSituation, weekly: Weekly) -> Callable[..., Situation]:
    """Return how to promise a value of one metric with a baseline; its other answers go to the situation."""

    def promised_(
        value: str, readings: str = "10 10 10", *, better: str = "lower", unit: str = "h", **answers: object
    ) -> Situation:
        names = ("promise", "by", "rule", "rule_n", "low", "high")
        promise = Promise(id="m1", value=value, **{name: str(answers.pop(name)) for name in names if name in answers})
        frequency = str(answers.pop("frequency", "weekly"))
        metric = Metric(id="m1", name="Wait", unit=unit, better=better, frequency=frequency)
        rest = str(answers.pop("rest_of_way", ""))
        return situation_with(
            readings={"m1": weekly(readings)},
            baseline=Baseline(metrics=(metric,)),
            target=Target(targets=(promise,), rest_of_way=rest),
            **answers,
        )

    return promised_


Promised: TypeAlias = Callable[..., Situation]


def test_direction_in_words_is_answered_by_a_target_with_a_day(situation_with: MakeSituation, found: Found) -> None:
    words = "Reduce the wait"
    assert found(situation_with(target=Target(sentence=words)), "T1")
    whole = Promise(id="m1", value="5", by="2026-06-30")
    assert not found(situation_with(target=Target(sentence=words, targets=(whole,))), "T1")


@pytest.mark.parametrize("promise", [Promise(id="m1", value="5"), Promise(id="m1", by="2026-06-30")])
def test_direction_needs_value_and_day_both(situation_with: MakeSituation, found: Found, promise: Promise) -> None:
    assert found(situation_with(target=Target(sentence="Reduce the wait", targets=(promise,))), "T1")


@pytest.mark.parametrize(
    ("better", "value", "words"),
    [
        ("lower", "10", "there already"),
        ("lower", "10.1", "worse than today"),
        ("lower", "9.9", ""),
        ("higher", "10", "there already"),
        ("higher", "9.9", "worse than today"),
        ("higher", "10.1", ""),
        ("target", "10", "there already"),
        ("target", "10.1", ""),
    ],
)
def test_metric_that_is_to_move_is_neither_there_nor_worse(
    promised: Promised, found: Found, better: str, value: str, words: str
) -> None:
    messages = [finding.message for finding in found(promised(value, better=better), "T2")]
    assert len(messages) == bool(words)
    assert all(words in message for message in messages)


def test_baseline_inside_the_range_is_there_already(promised: Promised, found: Found) -> None:
    assert found(promised("", better="target", low="9", high="10"), "T2")
    assert not found(promised("", better="target", low="9", high="9.9"), "T2")


def test_promise_to_hold_puts_a_target_that_is_there_right(
    promised: Promised, found: Found, apply_remedy: ApplyRemedy
) -> None:
    before = promised("10")
    (finding,) = found(before, "T2")
    after = apply_remedy(before, finding)
    assert after.iteration.target.targets[0].promise == "hold"
    assert not found(after, "T2")


def test_without_a_baseline_nothing_is_there_already(promised: Promised, found: Found) -> None:
    assert not found(promised("10", readings=""), "T2")


@pytest.mark.parametrize(
    ("value", "unit", "promise", "absolute"),
    [
        ("100", "%", "move", True),
        ("99.9", "%", "move", False),
        ("100", "h", "move", False),
        ("0", "h", "move", True),
        ("0.1", "h", "move", False),
        ("0", "h", "hold", False),
        ("100.0", " % ", "move", True),
    ],
)
def test_all_or_nothing_as_a_value_is_absolute(
    promised: Promised, found: Found, value: str, unit: str, promise: str, absolute: bool
) -> None:
    situation = promised(value, better="higher", unit=unit, promise=promise)
    assert bool(found(situation, "T3")) is absolute


def test_at_all_times_is_absolute_and_at_all_is_not(situation_with: MakeSituation, found: Found) -> None:
    assert found(situation_with(target=Target(sentence="Reachable at all times by June")), "T3")
    assert not found(situation_with(target=Target(sentence="Under 5 calls that reach no one at all by June")), "T3")


_SWINGS = " ".join(["10", "12"] * 6)


@pytest.mark.parametrize(("value", "lucky"), [("8.35", True), ("8.34", True), ("8.33", False), ("5", False)])
def test_target_inside_what_luck_shows_could_be_met_by_luck(
    promised: Promised, found: Found, value: str, lucky: bool
) -> None:
    situation = promised(value, _SWINGS, rule="mean-of-last", rule_n="6")
    assert bool(found(situation, "T4")) is lucky


def test_more_readings_take_luck_out_of_the_same_target(promised: Promised, found: Found) -> None:
    assert found(promised("8.5", _SWINGS, rule="mean-of-last", rule_n="6"), "T4")
    assert not found(promised("8.5", _SWINGS, rule="mean-of-last", rule_n="12"), "T4")


@pytest.mark.parametrize(("readings", "fires"), [("10 12 10 12 10", False), ("10 12 10 12 10 12", True)])
def test_five_readings_do_not_say_what_luck_can_do(
    promised: Promised, found: Found, readings: str, fires: bool
) -> None:
    assert bool(found(promised("10", readings, rule="mean-of-last", rule_n="6"), "T4")) is fires


def test_lucky_target_says_by_when_the_readings_can_be_in(promised: Promised, found: Found) -> None:
    plan = Plan(actions=(Action(id="a1", what="Swarm", due="2026-04-26"),))
    (finding,) = found(promised("9", _SWINGS, rule="mean-of-last", rule_n="6", plan=plan), "T4")
    assert "can be in by 2026-06-07" in finding.message


def test_target_that_is_there_already_is_not_called_lucky(promised: Promised, found: Found) -> None:
    assert not found(promised("11", _SWINGS, rule="mean-of-last", rule_n="6"), "T4")


@pytest.mark.parametrize(("value", "far"), [("4.1", False), ("4", False), ("3.9", True)])
def test_step_of_more_than_sixty_per_cent_is_better_split(
    promised: Promised, found: Found, value: str, far: bool
) -> None:
    assert bool(found(promised(value), "T5")) is far


@pytest.mark.parametrize(
    ("frequency", "by", "far"),
    [
        ("weekly", "2026-07-19", False),
        ("weekly", "2026-07-20", True),
        ("monthly", "2026-07-20", False),
        ("monthly", "2026-11-15", False),
        ("monthly", "2026-11-16", True),
        ("daily", "2026-06-30", False),
    ],
)
def test_end_over_six_months_and_ten_periods_on_is_better_split(
    promised: Promised, found: Found, frequency: str, by: str, far: bool
) -> None:
    assert bool(found(promised("9", by=by, frequency=frequency), "T5")) is far


@pytest.mark.parametrize(("size", "large"), [("S", False), ("M", False), ("L", True), ("XL", True)])
def test_large_improvement_is_better_split(promised: Promised, found: Found, size: str, large: bool) -> None:
    assert bool(found(promised("9", size=size), "T5")) is large


def test_large_improvement_without_a_target_is_asked_for_the_first_third(
    situation_with: MakeSituation, found: Found
) -> None:
    (finding,) = found(situation_with(size="L"), "T5")
    assert finding.remedy
    assert finding.remedy.kind is RemedyKind.OPEN


def test_only_the_first_pass_is_asked_to_split(promised: Promised, found: Found) -> None:
    assert not found(promised("1", number=2), "T5")


@pytest.mark.parametrize("size", ["M", "L"])
def test_first_third_is_drafted_and_the_rest_kept_for_later(
    promised: Promised, found: Found, apply_remedy: ApplyRemedy, size: str
) -> None:
    before = promised("4.6", "8.0 8.0 8.0", by="2026-12-31", size=size, today=date(2026, 3, 2))
    (finding,) = found(before, "T5")
    after = apply_remedy(before, finding)
    (promise,) = after.iteration.target.targets
    assert (promise.value, promise.by, promise.end_of_way) == ("6.9", "2026-05-15", "4.6")
    assert after.iteration.target.rest_of_way == "On to 4.6, first promised by 2026-12-31."
    assert not found(after, "T5")


def test_third_has_the_decimals_that_were_typed(promised: Promised, found: Found) -> None:
    (finding,) = found(promised("3.5", "10.0 10.0"), "T5")
    assert finding.remedy
    assert finding.remedy.text == "7.8"


@pytest.mark.parametrize(
    ("value", "unit", "readings", "words"),
    [
        ("101", "%", "90 91 92", "nothing lies above 100"),
        ("-1", "%", "4 5 6", "nothing lies below 0"),
        ("-1", "h", "4 5 6", "nothing lies below 0"),
        ("-2", "tickets", "4 5 6", "nothing lies below 0"),
        ("5.5", "points 1-5", "4 4.1 4", "nothing lies above 5"),
        ("0.5", "1 to 5", "4 4.1 4", "nothing lies below 1"),
        ("6", "stars out of 5", "4 4.1 4", "nothing lies above 5"),
        ("0.75", "%", "60 61 62", "another scale"),
        ("75", "%", "0.6 0.61 0.62", "another scale"),
        ("100", "%", "90 91 92", ""),
        ("0", "h", "4 5 6", ""),
        ("5", "points 1-5", "4 4.1 4", ""),
        ("-5", "°C", "4 5 6", ""),
        ("0.7", "h", "4 5 6", ""),
    ],
)
def test_target_that_cannot_be_met_is_told_why(
    promised: Promised, found: Found, value: str, unit: str, readings: str, words: str
) -> None:
    situation = promised(value, readings, better="target", unit=unit)
    messages = [each.message for each in found(situation, "T6")]
    assert len(messages) == bool(words)
    assert all(words in message for message in messages)
    assert not words or not any(found(situation, rule) for rule in ("T2", "T4", "T5"))


def test_growth_may_pass_a_hundred_per_cent(promised: Promised, found: Found) -> None:
    situation = promised("120", "104 108 110", better="higher", unit="%")
    assert not found(situation, "T6")


def test_same_thing_about_two_metrics_is_one_finding(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    metrics = tuple(Metric(id=f"m{at}", name=f"Wait {at}", unit="h", better="lower") for at in (1, 2))
    rows = tuple(Promise(id=f"m{at}", value="10") for at in (1, 2))
    situation = situation_with(
        readings={each.id: weekly("8 8") for each in metrics},
        baseline=Baseline(metrics=metrics),
        target=Target(targets=rows),
    )
    (finding,) = found(situation, "T2")
    assert finding.message.startswith("Wait 1 and Wait 2: this target is worse than today.")


@pytest.mark.parametrize(
    ("by", "today", "rule_n", "words"),
    [
        ("2026-05-31", date(2026, 6, 1), "1", "2026-05-31 is past"),
        ("2026-06-30", date(2026, 6, 1), "6", "4 of the 6 readings"),
        ("2026-07-12", date(2026, 6, 1), "6", ""),
        ("2026-06-30", date(2026, 6, 1), "4", ""),
    ],
)
def test_day_leaves_the_readings_that_the_rule_needs(
    promised: Promised, found: Found, by: str, today: date, rule_n: str, words: str
) -> None:
    situation = promised("5", by=by, today=today, rule="mean-of-last", rule_n=rule_n)
    messages = [each.message for each in found(situation, "T7")]
    assert len(messages) == bool(words)
    assert all(words in message for message in messages)


def test_day_that_is_too_soon_is_moved_by_one_key(promised: Promised, found: Found, apply_remedy: ApplyRemedy) -> None:
    before = promised("5", by="2026-06-30", today=date(2026, 6, 1), rule="mean-of-last", rule_n="6")
    (finding,) = found(before, "T7")
    after = apply_remedy(before, finding)
    assert after.iteration.target.targets[0].by == "2026-07-12"
    assert not found(after, "T7")


def test_result_readings_that_are_in_count(promised: Promised, found: Found) -> None:
    plan = Plan(result_from="2026-02-02")
    values = "10 10 10 10 6 5 6 5 6 5"
    situation = promised(
        "7", values, by="2026-03-15", today=date(2026, 4, 1), rule="mean-of-last", rule_n="6", plan=plan
    )
    assert not found(situation, "T7")
    situation = promised(
        "7", values, by="2026-03-08", today=date(2026, 4, 1), rule="mean-of-last", rule_n="6", plan=plan
    )
    (finding,) = found(situation, "T7")
    assert "5 of the 6 readings" in finding.message


def test_luck_says_the_value_from_which_it_would_not_be(promised: Promised, found: Found) -> None:
    (finding,) = found(promised("8.5", _SWINGS, rule="mean-of-last", rule_n="6"), "T4")
    assert "Below 8.33 h it would not be luck." in finding.message
    (finding,) = found(promised("13.5", _SWINGS, better="higher", rule="mean-of-last", rule_n="6"), "T4")
    assert "Above 13.67 h it would not be luck." in finding.message


def test_first_third_inside_luck_is_not_drafted(promised: Promised, found: Found) -> None:
    (finding,) = found(promised("4", _SWINGS, by="2027-12-31", rule="mean-of-last", rule_n="6"), "T5")
    assert finding.remedy is None


def test_number_without_a_balancing_metric_could_be_gamed(promised: Promised, found: Found) -> None:
    situation = promised("5")
    (finding,) = found(situation, "G1")
    assert "How could Wait be met without anyone being better off?" in finding.message
    guard = Metric(id="m2", name="Reopened", role="balancing")
    part = situation.iteration.baseline
    both = replace(situation.iteration, baseline=replace(part, metrics=(*part.metrics, guard)))
    assert not found(replace(situation, iteration=both), "G1")
    assert not found(promised("5", size="S"), "G1")


def test_events_are_promised_in_days_between(situation_with: MakeSituation, weekly: Weekly, found: Found) -> None:
    metric = Metric(id="m1", name="Major incidents", better="lower", kind="events")
    answers = {"readings": {"m1": weekly("1 1 1 1 1 1 1", days=20)}, "baseline": Baseline(metrics=(metric,))}
    (worse,) = found(situation_with(target=Target(targets=(Promise(id="m1", value="10"),)), **answers), "T2")
    assert "worse than today" in worse.message
    assert not found(situation_with(target=Target(targets=(Promise(id="m1", value="30"),)), **answers), "T2")


def test_luck_with_events_says_how_many_days_between_would_not_be(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    metric = Metric(id="m1", name="Major incidents", better="lower", kind="events")
    promise = Promise(id="m1", value="25", by="2027-06-30", rule="mean")
    answers = {"readings": {"m1": weekly("1 1 1 1 1 1 1 1 1", days=20)}, "baseline": Baseline(metrics=(metric,))}
    plan = Plan(result_from="2026-07-01")
    (finding,) = found(situation_with(target=Target(targets=(promise,)), plan=plan, **answers), "T4")
    assert "With 121.7 days between events, 3 in all, it would not be luck." in finding.message
