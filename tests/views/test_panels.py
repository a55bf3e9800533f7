"""Step 6 says as a fact what the same months did a year ago, unless the coach asks about it."""

from datetime import date

import pytest

from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Plan
from cimodel_tui.views.panels import check_lines


@pytest.mark.parametrize(("last_year", "fact"), [("9 9 9 8.5 8.5 8.5", True), ("9 9 9 7 7 7", False)])
def test_year_ago_is_a_fact_where_it_explains_little(last_year: str, fact: bool) -> None:
    days = [f"{year}-{month:02d}-01" for year in (2025, 2026) for month in range(1, 7)]
    readings = {day: Reading(value) for day, value in zip(days, f"{last_year} 8 8 8 6 6 6".split(), strict=True)}
    metric = Metric(id="m1", name="Wait", unit="h", better="lower", frequency="monthly")
    part = Baseline(metrics=(metric,), first_on="2026-01-01", last_on="2026-03-31")
    entry = Improvement(id="i1", ref="CI-0001", readings={"m1": readings})
    iteration = Iteration(id="n1", improvement="i1", baseline=part, plan=Plan(result_from="2026-04-01"))
    lines = [line.text for line in check_lines(entry, iteration, date(2026, 7, 1))]
    assert ("  · Wait: last year these months went from 9 to 8.5 h." in lines) is fact
