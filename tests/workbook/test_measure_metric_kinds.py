"""Shares, rates, means and rare events through the workbook: the same judge, each in its own unit."""

from dataclasses import replace

import pytest

from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.iteration import result_from
from cimodel_tui.model.momentum import SustainCheck
from cimodel_tui.model.plan import Action
from cimodel_tui.model.target import Limit, Promise
from cimodel_tui.views.measurements import compare_metric
from cimodel_tui.views.metrics import baseline_words, detectability_words, gap_words
from cimodel_tui.workbook.measure import MeasuredMetric, measure
from cimodel_tui.workbook.sustain import holds, relapse_of, result_of
from cimodel_tui.workbook.workbook import RefusedError
from tests.samples.pen import Pen

SHARE = {"kind": "share", "unit": "tickets", "better": "higher"}
EVENTS = {"kind": "events", "unit": "", "better": "lower"}


def begun(pen: Pen, readings: str = "", *, target: str = "", **metric: object) -> None:
    """An improvement with one metric, its baseline from 2026-01-05 on and a result from 2026-06-01 on."""
    pen.add("Answer at once", size="M")
    pen.rows("baseline", "metrics", Metric, one={"name": "first", "definition": "all", "frequency": "weekly", **metric})
    if readings:
        pen.read("one", "2026-01-05", readings)
    pen.rows("plan", "actions", Action, act={"what": "Act", "start": "2026-05-01", "due": "2026-05-31"})
    if target:
        pen.rows("target", "targets", Promise, one={"value": target, "by": "2026-08-02"})


def one(pen: Pen) -> MeasuredMetric:
    found = measure(pen.improvement, pen.iteration, pen.clock.today()).of(pen.names["one"])
    assert found is not None
    return found


def test_a_share_is_pooled_and_in_per_cent_whatever_unit_was_typed(pen: Pen) -> None:
    begun(pen, "6/10 55/100 " * 6, target="80", **SHARE)
    pen.agree("baseline", "Grace")
    pen.read("one", "2026-06-01", "9/10 82/100 " * 4)
    found = one(pen)
    assert baseline_words(found) == "12 readings, 5 Jan to 23 Mar 2026 · mean 55.5 %"
    assert (
        gap_words(found)
        == "from 55.5 to 80 % by 2 Aug 2026: a gap of 24.5 percentage points, judged by the mean of the result"
    )
    shown = compare_metric(found)
    assert (shown.baseline_words, shown.goal, shown.achieved_words) == ("55.5 %", "80 %", "82.7 %")
    assert found.record["limits"]
    assert "percentage points higher" in found.stored_sentence("side_by_side")
    assert (found.word, found.record["target_met"]) == ("achieved", True)


def test_a_rate_goes_by_its_per_and_keeps_its_unit(pen: Pen) -> None:
    begun(pen, "3/1500 2/1000", kind="rate", per="10000", unit="per 10,000 days", better="lower")
    assert one(pen).case.limits.mean == 20
    assert "20.0 per 10,000 days" in baseline_words(one(pen))


@pytest.mark.parametrize("per", ["", "none", "-3", "0"])
def test_a_rate_without_a_readable_per_is_per_thousand(pen: Pen, per: str) -> None:
    begun(pen, "3/1000", kind="rate", per=per, unit="", better="lower")
    assert one(pen).case.limits.mean == 3


def test_a_mean_is_weighed_by_what_it_is_a_mean_of(pen: Pen) -> None:
    begun(pen, "10/1 20/3", kind="mean", unit="h", better="lower")
    assert one(pen).case.limits.mean == 17.5


@pytest.mark.parametrize("odd", ["5", "5/0", "11/10", "-1/10", "5/x", "x/10"])
def test_what_makes_no_sense_as_a_share_is_no_reading(pen: Pen, odd: str) -> None:
    begun(pen, f"6/10 {odd} 7/10", **SHARE)
    assert one(pen).case.limits.n == 2


def test_a_kind_that_nobody_knows_is_a_value(pen: Pen) -> None:
    begun(pen, "6 7", kind="colour", unit="h", better="lower")
    assert one(pen).case.limits.mean == 6.5


def rare(pen: Pen, *, target: str = "") -> None:
    begun(pen, target=target, **EVENTS)
    days = ("01-07", "01-19", "01-28", "02-09", "02-17", "03-02", "03-11", "03-23", "04-14")
    pen.happened("one", *(f"2026-{day}" for day in days))
    pen.agree("baseline", "Grace")


def test_quiet_days_of_rare_events_count_up_to_today(pen: Pen) -> None:
    rare(pen)
    pen.on("2026-06-30")
    assert one(pen).case.counts is not None
    assert one(pen).case.sentence.endswith("8 in 97 days, then none in 30: about one in 8.")
    pen.on("2026-07-31")
    assert one(pen).case.sentence.endswith("8 in 97 days, then none in 61: about one in 50.")


def test_rare_events_are_judged_in_days_between_up_to_the_agreed_day(pen: Pen) -> None:
    rare(pen, target="40")
    pen.on("2026-09-30")
    pen.happened("one", "2026-08-15")
    pen.write("check", other_causes="none found", keep="it", decision="go on to 7")
    pen.verify("Grace")
    found = one(pen)
    assert pen.iteration.check.counts_to == "2026-08-02"
    assert (found.record["level"], found.word, found.record["target_met"]) == ("early-better", "met-thin", True)
    assert "from 12.1 to more than 63.0 days between, target 40 by 2 Aug" in found.sentence
    assert compare_metric(found).goal == "40 days between"
    assert baseline_words(found) == "8 gaps in 97 days · mean 12.1 days between"


def test_whether_a_target_of_rare_events_could_be_met_by_luck(pen: Pen) -> None:
    rare(pen, target="20")
    words, lucky = detectability_words(one(pen), result_from(pen.iteration))
    assert "without any change bring about" in words
    assert lucky


def test_a_target_in_days_between_is_at_least_that_many(pen: Pen) -> None:
    rare(pen, target="40")
    aim = one(pen).case.question.aim
    assert aim is not None
    assert aim.low == 40
    assert aim.high is None


def test_a_limit_of_a_balancing_share_is_in_per_cent(pen: Pen) -> None:
    begun(pen, "1/10 10/100 " * 4, kind="share", unit="", better="lower", role="balancing")
    pen.rows("target", "limits", Limit, one={"value": "12"})
    pen.read("one", "2026-06-01", "2/10 10/100 " * 3)
    assert one(pen).word == "kept"
    assert one(pen).sentence.startswith("Kept: first 10.9 %, limit 12")


def test_an_unmeasured_balancing_metric_is_side_effects_not_known(pen: Pen) -> None:
    begun(pen, "6/10 55/100 " * 6, target="80", **SHARE)
    pen.rows("baseline", "metrics", Metric, two={"name": "again", "better": "lower", "role": "balancing", "unit": "%"})
    pen.rows("target", "limits", Limit, two={"value": "12"})
    pen.agree("baseline", "Grace")
    pen.read("one", "2026-06-01", "9/10 82/100 " * 4)
    verdict = measure(pen.improvement, pen.iteration).verdict
    assert (verdict["at_a_cost"], verdict["not_known"], verdict["closes_as"]) == ([], ["again"], "partly")
    assert str(verdict["sentence"]).endswith("Side effects not known: again not measured, limit 12.")


def test_a_sustain_check_pools_shares(pen: Pen) -> None:
    begun(pen, "6/10 55/100 " * 6, **SHARE)
    pen.on("2026-07-01")
    pen.read("one", "2026-06-01", "9/10 82/100")
    look = SustainCheck(id="look", metric=pen.names["one"], due="2026-07-01")
    looked = replace(pen.iteration, check=replace(pen.iteration.check, counts_to="2026-05-31"))
    assert result_of(pen.book, looked, look) == "82.7"


def test_a_sustain_check_of_rare_events_counts_the_days_between(pen: Pen) -> None:
    rare(pen)
    pen.on("2026-07-01")
    pen.happened("one", "2026-06-10")
    look = SustainCheck(id="look", metric=pen.names["one"], due="2026-07-01", limit="20")
    looked = replace(pen.iteration, check=replace(pen.iteration.check, counts_to="2026-05-02"))
    assert result_of(pen.book, looked, look) == "60.0"
    assert holds(looked, replace(look, result="60")) is True
    assert holds(looked, replace(look, result="19")) is False


def test_a_relapse_goes_by_shares_and_by_days_between(pen: Pen) -> None:
    begun(pen, "6/10 55/100 " * 6, target="80", **SHARE)
    pen.on("2026-09-30")
    pen.read("one", "2026-06-01", "9/10 82/100 " * 4 + "9/10 5/10 70/100 71/100")
    pen.write("check", other_causes="none found", keep="it", decision="go on to 7")
    pen.verify("Grace")
    pen.write("momentum", relapse_metric=pen.names["one"], relapse_side="below")
    pen.write("momentum", relapse_limit="75", relapse_count="3")
    found = relapse_of(pen.improvement, pen.iteration)
    assert found is not None
    assert found.isoformat() == "2026-08-03"


@pytest.mark.parametrize(
    ("was", "readings", "becomes", "refused"),
    [
        pytest.param("value", "45/50 46/50", "share", "", id="with a total for all of them"),
        pytest.param(
            "value", "45/50 46", "share", "of 2026-01-12 is none of a share: the total is missing", id="not all"
        ),
        pytest.param("value", "55/50", "share", "the count is above its total", id="no share"),
        pytest.param("share", "45/50", "rate", "", id="from one with totals to another"),
        pytest.param("share", "45/50", "value", "of 2026-01-05 has a total", id="the total would be lost"),
        pytest.param("value", "7.1", "events", "events are counted in whole numbers", id="no number of events"),
        pytest.param("value", "1 2", "events", "", id="numbers of events"),
        pytest.param("value", "soon", "share", "", id="what is no reading anyway"),
        pytest.param("value", "", "share", "", id="no reading yet"),
    ],
)
def test_a_metric_changes_its_kind_only_with_all_of_its_readings(
    pen: Pen, was: str, readings: str, becomes: str, refused: str
) -> None:
    begun(pen, readings, kind=was, unit="", better="higher")
    if refused:
        with pytest.raises(RefusedError, match=refused):
            pen.cells("baseline", "metrics", "one", kind=becomes)
        assert pen.iteration.baseline.metrics[0].kind == was
    else:
        pen.cells("baseline", "metrics", "one", kind=becomes)
        assert pen.iteration.baseline.metrics[0].kind == becomes
