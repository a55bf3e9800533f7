"""Rare events: their level by exact counts, their picture by the t chart, and what is said of them."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cimodel_tui.measurement import (
    Aim,
    JudgeInputError,
    Point,
    Question,
    QuestionError,
    Rule,
    caveat_words,
    detectability_of_events,
    judge,
    judge_text,
)
from cimodel_tui.measurement.events import Counts, days_between, exact_tail, t_chart, tail
from cimodel_tui.measurement.xmr import UP

CASES: Mapping[str, Any] = json.loads((Path(__file__).parent / "totals.json").read_text(encoding="utf-8"))
FIRST = date(2025, 1, 1)


def on(*days: int) -> list[dict[str, str]]:
    return [{"date": (FIRST + timedelta(days=day)).isoformat()} for day in days]


def every(step: int, count: int, start: int = 0) -> list[dict[str, str]]:
    return on(*(start + step * at for at in range(count)))


def judgement_of(**question: object) -> dict[str, Any]:
    payload = {"better": "lower", "kind": "events", **question}
    found: dict[str, Any] = json.loads(judge_text(json.dumps(payload)))
    return found


def days(first: int, last: int) -> dict[str, str]:
    return {name: (FIRST + timedelta(days=day)).isoformat() for name, day in (("from", first), ("to", last))}


BEFORE = on(0, *range(26, 338, 26), 365)
"""14 events that are 13 gaps in 365 days."""


def test_montgomery_valve_failures_have_this_t_chart() -> None:
    """Montgomery, example 7.6, hours between failures of a valve; the book's constant is 3/1.128."""
    known = CASES["t-montgomery-7.6"]
    found, book = t_chart(known["hours"]), t_chart(known["hours"], 3 / Fraction("1.128"))
    assert found is not None
    assert book is not None
    assert float(found.mean) == pytest.approx(known["transformed_mean"], rel=1e-14)
    assert float(found.mean_moving_range) == pytest.approx(known["transformed_mean_moving_range"], rel=1e-14)
    assert float(found.centre) == pytest.approx(known["centre"], rel=1e-13)
    assert float(found.upper) == pytest.approx(known["upper_2.66"], rel=1e-13)
    assert float(book.upper) == pytest.approx(known["upper_3_over_1.128"], rel=1e-13)
    assert found.lower == known["lower"] == 0


def test_days_between_operations_have_this_t_chart() -> None:
    """The example of a t chart in the tests of qicharts2, on its data set cabg, with 2.66."""
    known = CASES["t-cabg12"]
    found = t_chart(known["gaps"])
    assert found is not None
    assert float(found.mean) == pytest.approx(known["transformed_mean"], rel=1e-13)
    assert float(found.mean_moving_range) == pytest.approx(known["transformed_mr"], rel=1e-13)
    assert float(found.centre) == pytest.approx(known["centre"], rel=1e-13)
    assert float(found.upper) == pytest.approx(known["upper_2.66"], rel=1e-13)
    assert float(found.lower) == pytest.approx(known["lower_2.66"], rel=1e-9)


def test_thirteen_in_a_year_then_none_in_156_days_is_one_in_a_hundred() -> None:
    found = judgement_of(baseline=BEFORE, after=[], target="60", **days(400, 555))
    assert (found["baseline"]["n"], found["baseline"]["mean"]) == (13, pytest.approx(365 / 13))
    assert (found["level"], found["verdict"]) == ("sustained-better", "achieved")
    assert (found["achieved"], found["after"]) == (156.0, {"n": 0, "mean": None})
    assert found["sentence"] == (
        "Achieved: from 28.1 to more than 156.0 days between, target 60; "
        "13 in 365 days, then none in 156: about one in a hundred."
    )
    assert judgement_of(baseline=BEFORE, after=[], target="60", **days(400, 554))["level"] == "early-better"


@pytest.mark.parametrize(
    ("after", "last", "better", "level"),
    [
        pytest.param([], 430, "lower", "no-signal", id="a month of quiet says nothing"),
        pytest.param([], 500, "lower", "early-better", id="a hundred quiet days are a first sign"),
        pytest.param(every(10, 30, 400), 764, "lower", "sustained-worse", id="more than twice as many"),
        pytest.param(every(10, 30, 400), 764, "higher", "sustained-better", id="where more are better"),
        pytest.param(every(10, 30, 400), 764, "none", "sustained-down", id="shorter between without a better side"),
        pytest.param(every(28, 13, 400), 764, "lower", "no-signal", id="as before"),
    ],
)
def test_level_by_exact_counts(after: list[dict[str, str]], last: int, better: str, level: str) -> None:
    assert judgement_of(baseline=BEFORE, after=after, better=better, **days(400, last))["level"] == level


def test_fewer_than_five_gaps_are_too_few() -> None:
    assert judgement_of(baseline=every(30, 5), after=[], **days(200, 900))["level"] == "too-few"
    assert judgement_of(baseline=every(30, 6), after=[], **days(200, 900))["level"] == "sustained-better"


def test_the_exact_tail_lies_within_its_bounds() -> None:
    chance = Random(5)
    for _ in range(300):
        n = chance.randint(0, 60)
        case = (n, chance.randint(0, n), chance.randint(1, 400), chance.randint(1, 400))
        low, high = tail(*case)
        assert low <= exact_tail(*case) <= high
        assert high - low < Fraction(1, 10**60)


def test_a_tail_that_equals_the_bound_counts() -> None:
    """Of six events none in half of the days: one in 64; the exact sum decides where the bounds cannot."""
    counts = Counts(before=6, days_before=100, after=0, days_after=100)
    assert counts.at_most(UP, 64)
    assert not counts.at_most(UP, 65)


def test_days_between_count_two_on_one_day_as_a_gap_of_nothing() -> None:
    points = [Point(FIRST, Fraction(1)), Point(FIRST + timedelta(days=9), Fraction(2))]
    assert [gap for _, gap in days_between(points)] == [9, 0]
    twice = [*every(10, 5), {"date": "2025-03-01", "value": "2"}]
    assert judgement_of(baseline=twice, after=[])["baseline"]["n"] == 6


def test_without_days_the_result_runs_from_its_first_event_to_its_last() -> None:
    found = judgement_of(baseline=BEFORE, after=every(60, 5, 400), target="50")
    assert found["after"] == {"n": 4, "mean": 60.0}
    assert "13 in 365 days, then 4 in 240" in found["sentence"]


@pytest.mark.parametrize("after", [[], every(1, 1, 400)])
def test_without_any_day_of_result_it_is_too_early(after: list[dict[str, str]]) -> None:
    found = judgement_of(baseline=BEFORE, after=after, target="50")
    assert (found["level"], found["verdict"], found["achieved"]) == ("too-few", "too-early", None)
    assert found["sentence"] == "Too early: no day of the result has passed yet."


def test_limits_and_signals_go_by_the_gaps() -> None:
    steady = on(0, 20, 45, 66, 90, 117, 140, 160, 188, 210, 230, 257, 280)
    found = judgement_of(baseline=steady, after=on(400, 700), **days(400, 800))
    assert len(found["limits"]) == 12 + 1
    assert found["signals"] == [{"rule": "outside", "side": "better", "readings": [12]}]
    assert found["limits"][0] == [found["baseline"]["lower_limit"], found["baseline"]["upper_limit"]]


def test_what_needs_a_series_of_readings_does_not_apply() -> None:
    found = judgement_of(baseline=BEFORE, after=[], target="60", **days(400, 555))
    nothing = (
        *("difference", "outlook", "gaps", "too_rare", "moving_within", "follow_one_another"),
        *("already_moving", "baseline_steady", "provisional"),
    )
    assert [found[key] for key in nothing] == [None] * len(nothing)


@pytest.mark.parametrize(
    ("target", "last", "met", "gap"),
    [("156", 555, True, 1), ("156.1", 555, False, 127.9230769 / 128.0230769), ("20", 555, True, None)],
)
def test_a_target_in_days_between(target: str, last: int, met: bool, gap: float | None) -> None:
    found = judgement_of(baseline=BEFORE, after=[], target=target, **days(400, last))
    assert found["target_met"] is met
    assert found["gap_closed"] == (None if gap is None else pytest.approx(gap))


@pytest.mark.parametrize(
    ("last", "target", "words"),
    [
        (430, "20", "Already met: from 28.1 to more than 31.0 days between"),
        (430, "30", "Target met: from 28.1 to more than 31.0 days between, target 30; too few to claim more, 13 in"),
        (500, "60", "first signs, possible, if it lasts, 13 in 365 days, then none in 101: about one in 24."),
        (
            430,
            "60",
            "Target not met: from 28.1 to more than 31.0 days between, target 60; 9 % of the gap, 13 in 365 days",
        ),
    ],
)
def test_what_is_said_of_rare_events(last: int, target: str, words: str) -> None:
    assert words in judgement_of(baseline=BEFORE, after=[], target=target, **days(400, last))["sentence"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rule": {"kind": "latest"}}, "leave the rule out"),
        ({"from": "2026-02-01"}, "from and to go together"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "to: 2026-01-01 lies before 2026-02-01"),
        ({"from": "2025-12-31", "to": "2026-06-01"}, "from: 2025-12-31 is not later than the last baseline event"),
        ({"from": "2026-06-01", "to": "2026-07-01"}, "2026-02-05 does not lie from 2026-06-01 to 2026-07-01"),
        ({"kind": "value", "from": "2026-02-01"}, "from goes with kind = events"),
        ({"after": [{"date": "2026-02-05", "value": "100001"}]}, "events are not rare"),
        ({"after": [{"date": "2026-02-05", "value": "0"}]}, "after row 1: events are counted in whole numbers"),
    ],
)
def test_questions_about_events_that_are_refused(changes: dict[str, object], words: str) -> None:
    value = {"value": "1"} if changes.get("kind") == "value" else {}
    payload = {"baseline": [{**row, **value} for row in BEFORE], "after": [{**on(400)[0], **value}], **changes}
    with pytest.raises(JudgeInputError, match=words):
        judgement_of(**payload)


def test_a_rule_for_readings_makes_no_sense_of_events() -> None:
    with pytest.raises(QuestionError):
        Question("lower", "move", None, Rule("mean-of-last", 3), (), (), kind="events")


@pytest.mark.parametrize(("target", "days_", "inside"), [("60", 365, True), ("150", 365, False), ("100", 90, True)])
def test_whether_a_target_in_days_between_could_be_met_by_luck(target: str, days_: int, inside: bool) -> None:
    found = detectability_of_events(Counts(13, 365, 0, 0), Aim(low=Fraction(target)), days_)
    assert found.inside is inside
    assert ("by luck" in found.sentence) is inside


def test_too_few_gaps_say_nothing_of_luck() -> None:
    assert detectability_of_events(Counts(4, 365, 0, 0), Aim(low=Fraction(60)), 365).inside is None


@pytest.mark.parametrize(("events", "words"), [(5, ("4 gaps",)), (12, ())])
def test_gaps_are_too_few_only_where_they_are(events: int, words: tuple[str, ...]) -> None:
    points = tuple(Point(FIRST + timedelta(days=7 * at), Fraction(1)) for at in range(events))
    found = caveat_words(judge(Question("lower", "move", None, Rule(), points, (), kind="events")))
    assert tuple(each.partition(" between")[0] for each in found) == words
