"""Readings with totals: published charts to their printed digits, and XmR itself where all totals are equal.

The series of `totals.json` are facts from the sources that stand beside them. The tests reckon the p, u and Laney's
p prime limits of those sources too, which are not this chart's, to show that the data were read rightly.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import pi, sqrt
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cimodel_tui.measurement import (
    Aim,
    Pace,
    Point,
    Question,
    ReadingsError,
    Rule,
    detectability_of,
    judge,
    judge_text,
    reading_of,
)
from cimodel_tui.measurement.xmr import limits_of, weighted_limits

QUIET = settings(deadline=None, database=None, max_examples=60)
CASES: Mapping[str, Any] = json.loads((Path(__file__).parent / "totals.json").read_text(encoding="utf-8"))
FIRST = date(2026, 1, 5)
MIRRORED = {"better": "worse", "worse": "better"}


def series(counts: list[int], totals: list[float], kind: str = "share", per: int = 1000) -> list[Point]:
    """Return weekly readings of counts and totals."""
    pairs = zip(counts, totals, strict=True)
    return [
        reading_of(kind, FIRST + timedelta(days=7 * at), Fraction(count), Fraction(str(total)), Fraction(per))
        for at, (count, total) in enumerate(pairs)
    ]


def bands(points: list[Point], factor: Fraction | None = None) -> list[tuple[float, float]]:
    known = weighted_limits(points, factor) if factor else limits_of(points)
    found = [known.at(point.of) for point in points]
    return [(float(each[0]), float(each[1])) for each in found if each]


def outside(points: list[Point]) -> list[int]:
    pairs = zip(points, bands(points), strict=True)
    return [at for at, (point, (low, high)) in enumerate(pairs) if not low <= point.value <= high]


def test_montgomery_p_chart_has_this_centre_and_one_reading_outside() -> None:
    """Montgomery, table 7.4, with the binomial limits of the book reckoned beside it."""
    known = CASES["p-montgomery-table-7.4"]
    points = series(known["count"], known["total"])
    centre = limits_of(points).mean
    assert centre is not None
    assert float(centre / 100) == pytest.approx(known["centre"], rel=1e-14)
    assert outside(points) == known["outside"]
    p = known["centre"]
    for total, upper in zip(known["total"], known["upper_first_three"], strict=False):
        assert p + 3 * sqrt(p * (1 - p) / total) == pytest.approx(upper, rel=1e-12)
    assert p - 3 * sqrt(p * (1 - p) / known["total"][0]) == pytest.approx(known["lower_first"], rel=1e-12)


def test_montgomery_u_chart_has_this_centre() -> None:
    """Montgomery, example 7.5, defects per 50 square metres, with the Poisson limits of the book beside it."""
    known = CASES["u-montgomery-7.5"]
    points = series(known["count"], known["square_metres"], "rate", known["per"])
    centre = limits_of(points).mean
    assert centre is not None
    assert float(centre) == pytest.approx(known["centre"], rel=1e-14)
    for metres, upper, lower in zip(
        known["square_metres"], known["upper_first_three"], known["lower_first_three"], strict=False
    ):
        half = 3 * sqrt(known["centre"] * known["per"] / metres)
        assert (known["centre"] + half, known["centre"] - half) == pytest.approx((upper, lower), rel=1e-12)


def test_nhs_accidents_have_this_centre_and_none_outside() -> None:
    """Mohammed and Laney, 2006: the plain p chart flags 16 of 20; `i_prime_pi` is the factor 3 sqrt(pi)/2."""
    known = CASES["p-prime-nhs-accidents"]
    points = series(known["count"], known["total"])
    centre = limits_of(points).mean
    assert centre is not None
    assert float(centre / 100) == pytest.approx(known["centre"], rel=1e-14)
    assert outside(points) == []
    low, high = bands(points, Fraction(3 * sqrt(pi) / 2))[0]
    assert low / 100 == pytest.approx(known["i_prime_pi"]["lower_first"], rel=1e-12)
    assert high / 100 == pytest.approx(known["i_prime_pi"]["upper_first"], rel=1e-12)


def test_nhs_accidents_were_read_rightly_by_the_p_and_p_prime_charts() -> None:
    known = CASES["p-prime-nhs-accidents"]
    p, totals = known["centre"], known["total"]
    shares = [count / total for count, total in zip(known["count"], totals, strict=True)]
    sigmas = [sqrt(p * (1 - p) / total) for total in totals]
    plain = [abs(share - p) > 3 * sigma for share, sigma in zip(shares, sigmas, strict=True)]
    assert sum(plain) == known["plain_p_outside"]
    z = [(share - p) / sigma for share, sigma in zip(shares, sigmas, strict=True)]
    sigma_z = sum(abs(b - a) for a, b in pairwise(z)) / (len(z) - 1) / 1.128
    assert sigma_z == pytest.approx(known["sigma_z_3_over_1.128"], rel=1e-9)
    half = 3 * sigmas[0] * sigma_z
    assert round(100 * (p + half), 3) == known["upper_first_percent"]
    assert round(100 * (p - half), 3) == known["lower_first_percent"]


def test_clostridium_difficile_per_ten_thousand_bed_days() -> None:
    """The data set `cdi` of qicharts2: 24 months before and 12 after an intervention, with the factor 2.66."""
    known = CASES["u-i-prime-cdi"]
    points = series(known["count"], known["days"], "rate", known["per"])
    split = known["baseline_months"]
    case = judge(
        Question("lower", "move", None, Rule(), tuple(points[:split]), tuple(points[split:]), kind="rate", unit="")
    )
    assert case.limits.mean is not None
    assert case.limits.mean_moving_range is not None
    assert float(case.limits.mean) == pytest.approx(known["centre"], rel=1e-10)
    each = case.limits_of_each()
    assert each is not None
    assert [round(end, 3) for end in each[split]] == known["i_prime_2.66"]["limits_month_25"]
    outside = [signal.readings.start for signal in case.signals if signal.rule == "outside"]
    assert outside == known["i_prime_2.66"]["outside_after"]
    assert case.level == known["expected_level"]
    u = known["centre"] / known["per"]
    half = 3 * sqrt(u / known["days"][0])
    assert [known["per"] * (u - half), known["per"] * (u + half)] == pytest.approx(known["u_first"], rel=1e-9)


def question_with_totals(kind: str, rows: list[tuple[int, int]], n: int, **more: object) -> dict[str, Any]:
    """Return a question in JSON with a total for each reading."""
    written = [
        {"date": (FIRST + timedelta(days=7 * at)).isoformat(), "value": str(count), "of": str(total)}
        for at, (count, total) in enumerate(rows)
    ]
    return {"better": "higher", "kind": kind, "baseline": written[:n], "after": written[n:], **more}


def judgement_of(question: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(judge_text(json.dumps(question)))
    return found


def without(question: Mapping[str, Any], factor: int) -> dict[str, Any]:
    """Return the same question by values alone, each its count times a whole number."""
    plain = {
        name: [{"date": row["date"], "value": str(int(row["value"]) * factor)} for row in question[name]]
        for name in ("baseline", "after")
    }
    return {**{key: value for key, value in question.items() if key not in ("kind", "per")}, **plain}


@pytest.mark.parametrize(("kind", "total", "per"), [("share", 50, None), ("rate", 25, "1000")])
def test_equal_totals_give_the_same_object_as_none_to_the_last_digit(kind: str, total: int, per: str | None) -> None:
    chance = Random(f"{kind} of {total}")
    factor = int(per or 100) // total
    for _ in range(500):
        n, m = chance.randrange(0, 20), chance.randrange(0, 20)
        rows = [(chance.randint(0, total), total) for _ in range(n + m)]
        target = str(chance.randint(0, 100))
        better, rule = chance.choice(["higher", "lower", "target", "none"]), chance.choice(["mean", "latest"])
        question = question_with_totals(kind, rows, n, target=target, better=better, rule={"kind": rule})
        if per:
            question["per"] = per
        assert judgement_of(question) == judgement_of(without(question, factor))


COUNTS = st.lists(st.tuples(st.integers(0, 20), st.sampled_from([20, 25, 40, 160])), min_size=12, max_size=40)


@QUIET
@given(COUNTS, st.integers(2, 10**6))
def test_multiplying_all_totals_changes_no_level(rows: list[tuple[int, int]], factor: int) -> None:
    many = [(count * factor, total * factor) for count, total in rows]
    before, after = (
        judgement_of(question_with_totals("share", rows, 8, target="50")),
        judgement_of(question_with_totals("share", many, 8, target="50")),
    )
    for key in ("level", "signals", "verdict", "achieved", "gap_closed", "outlook", "follow_one_another"):
        assert before[key] == after[key]


@QUIET
@given(COUNTS, st.integers(0, 10))
def test_merging_two_readings_of_one_share_moves_no_centre(rows: list[tuple[int, int]], at: int) -> None:
    (count, total), (_, more) = rows[at], rows[at + 1]
    parts = [*rows[:at], (count * 4, total * 4), (count * more * 4, total * more * 4), *rows[at + 2 :]]
    whole = [*rows[:at], (count * (4 + more * 4), total * (4 + more * 4)), *rows[at + 2 :]]
    centres = [limits_of(series([c for c, _ in each], [float(t) for _, t in each])).mean for each in (parts, whole)]
    assert centres[0] == centres[1]


@QUIET
@given(COUNTS)
def test_mirroring_shares_swaps_better_and_worse(rows: list[tuple[int, int]]) -> None:
    mirrored = [(total - count, total) for count, total in rows]
    one, other = (
        judgement_of(question_with_totals("share", rows, 8)),
        judgement_of(question_with_totals("share", mirrored, 8)),
    )
    kind, dash, side = one["level"].partition("-")
    swapped = f"{kind}{dash}{MIRRORED.get(side, side)}"
    assert other["level"] == swapped
    assert [{**each, "side": MIRRORED[each["side"]]} for each in one["signals"]] == other["signals"]


@QUIET
@given(COUNTS, st.randoms())
def test_shuffling_readings_with_totals_changes_nothing(rows: list[tuple[int, int]], chance: Random) -> None:
    question = question_with_totals("share", rows, 8, target="50")
    shuffled = {**question, **{name: list(question[name]) for name in ("baseline", "after")}}
    chance.shuffle(shuffled["baseline"])
    chance.shuffle(shuffled["after"])
    assert judgement_of(shuffled) == judgement_of(question)


def test_weeks_of_ten_and_of_a_hundred_are_pooled_not_averaged() -> None:
    """Ten of ten and 82 of 100 in turn are 92 of 110, which is 83.6 %; the mean of 100 and 82 is 91."""
    rows = [(6, 10), (55, 100)] * 6 + [(10, 10), (82, 100)] * 6
    found = judgement_of(question_with_totals("share", rows, 12, target="90"))
    assert found["achieved"] == pytest.approx(100 * 92 / 110)
    assert (found["target_met"], found["level"]) == (False, "sustained-better")
    assert "to 83.6, target 90" in found["sentence"]
    assert found["baseline"]["lower_limit"] is found["baseline"]["upper_limit"] is None


def test_limits_are_narrower_where_the_total_is_larger() -> None:
    found = judgement_of(question_with_totals("share", [(6, 10), (55, 100)] * 6 + [(7, 10), (60, 100)] * 4, 12))
    widths = [high - low for low, high in found["limits"]]
    assert len(widths) == 20
    assert widths[0] == pytest.approx(widths[1] * sqrt(10))


def test_totals_that_differ_more_than_fourfold_are_said() -> None:
    uneven = judgement_of(question_with_totals("share", [(6, 10), (30, 41)] * 12, 12))["sentence"]
    even = judgement_of(question_with_totals("share", [(6, 10), (30, 40)] * 12, 12))["sentence"]
    assert "The totals differ more than fourfold: the limits of the biggest periods may be too narrow." in uneven
    assert "fourfold" not in even


def test_each_of_last_looks_at_each_share() -> None:
    rows = [(6, 10), (60, 100)] * 6 + [(8, 10), (95, 100)]
    rule = {"kind": "each-of-last", "n": 2}
    assert judgement_of(question_with_totals("share", rows, 12, target="80", rule=rule))["target_met"] is True
    assert judgement_of(question_with_totals("share", rows, 12, target="81", rule=rule))["target_met"] is False


def test_a_mean_of_means_is_weighed_by_its_totals() -> None:
    found = judgement_of(question_with_totals("mean", [(10, 1), (20, 3)] * 4, 6, target="17"))
    assert found["achieved"] == pytest.approx(17.5)
    assert found["baseline"]["mean"] == pytest.approx(17.5)


@pytest.mark.parametrize(
    ("kind", "value", "total", "words"),
    [
        ("share", "1", "0", "0 of 0 is not a reading"),
        ("share", "11", "10", "the count is above its total"),
        ("share", "-1", "10", "a count is not below 0"),
        ("rate", "-1", "10", "a count is not below 0"),
        ("rate", "1", "-10", "a total is above 0"),
        ("mean", "1", None, "the total is missing"),
        ("value", "1", "10", "a total goes with share, rate, mean"),
        ("events", "1", "10", "a total goes with share, rate, mean"),
        ("events", "1.5", None, "events are counted in whole numbers"),
        ("events", "0", None, "events are counted in whole numbers"),
    ],
)
def test_totals_that_make_no_sense_get_a_word(kind: str, value: str, total: str | None, words: str) -> None:
    with pytest.raises(ReadingsError, match=words):
        reading_of(kind, FIRST, Fraction(value), None if total is None else Fraction(total))


def test_a_rate_may_count_more_than_its_total() -> None:
    assert reading_of("rate", FIRST, Fraction(30), Fraction(10), Fraction(100)).value == 300


def test_a_total_on_some_readings_only_is_refused_by_the_judge(weekly: Callable[..., tuple[Point, ...]]) -> None:
    with pytest.raises(ReadingsError, match="a total is missing"):
        judge(Question("higher", "move", None, Rule(), weekly("1 2"), (), kind="share"))


def test_luck_reckons_with_the_mean_total() -> None:
    points = series([6, 55] * 6, [10, 100] * 6)
    found = detectability_of(points, Aim(low=Fraction(60)), Rule("mean-of-last", 6), "higher", Pace())
    known = limits_of(points)
    assert known.mean_moving_range is not None
    half = 2.66 * float(known.mean_moving_range) * sqrt(1 / (6 * 55) + 1 / (12 * 55))
    assert known.mean is not None
    assert found.high == pytest.approx(float(known.mean) + half)


def test_give_or_take_goes_by_the_sums_of_totals() -> None:
    rows = [(6, 10), (55, 100)] * 6 + [(8, 10), (70, 100)] * 4
    found, points = (
        judgement_of(question_with_totals("share", rows, 12)),
        series([c for c, _ in rows], [float(t) for _, t in rows]),
    )
    known = weighted_limits(points[:12])
    assert known.mean_moving_range is not None
    half = 2.66 * float(known.mean_moving_range) * sqrt(1 / 440 + 1 / 660)
    middle = found["after"]["mean"] - found["baseline"]["mean"]
    assert found["difference"] == pytest.approx({"low": middle - half, "high": middle + half})


def test_what_is_said_of_a_share_shows_one_decimal() -> None:
    found = judgement_of(
        question_with_totals("share", [(6, 11), (55, 103)] * 6 + [(8, 13), (70, 99)] * 4, 12, target="60", unit="%")
    )
    assert "from 53.5 to 69.6 %, target 60" in found["sentence"]
