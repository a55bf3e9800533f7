"""Where a metric is too rare to count, step 2 offers the days between its events, and undo takes that back."""

import pytest

from cimodel_tui.model.baseline import Metric
from cimodel_tui.workbook.actions import available_actions
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.rare_events import count_days_between, too_rare
from cimodel_tui.workbook.workbook import RefusedError
from tests.samples.pen import Pen

COUNTS = "0 1 0 0 2 0 1 0 0 1 0 0"


def begun(pen: Pen, readings: str = COUNTS, **metric: object) -> str:
    pen.add("Fewer outages", size="M")
    row = {"name": "outages", "definition": "all", "unit": "outages", "better": "lower", "frequency": "weekly"}
    pen.rows("baseline", "metrics", Metric, one={**row, **metric})
    pen.read("one", "2026-01-05", readings)
    return pen.names["one"]


def test_counts_become_events_on_the_days_of_their_periods(pen: Pen) -> None:
    metric = begun(pen)
    assert "events" in available_actions(pen.book, pen.iteration, "baseline")
    count_days_between(pen.book, pen.iteration)
    (row,) = pen.iteration.baseline.metrics
    assert (row.id, row.kind) == (metric, "events")
    readings = pen.improvement.readings[metric]
    assert {day: each.value for day, each in readings.items()} == {
        "2026-01-12": "1",
        "2026-02-02": "2",
        "2026-02-16": "1",
        "2026-03-09": "1",
    }
    found = measure(pen.improvement, pen.iteration).of(metric)
    assert found is not None
    assert found.case.limits.n == 4
    assert found.case.limits.mean == 14
    assert "events" not in available_actions(pen.book, pen.iteration, "baseline")


def test_undo_brings_the_counts_back(pen: Pen) -> None:
    metric = begun(pen)
    before, metrics = pen.improvement.readings, pen.iteration.baseline.metrics
    count_days_between(pen.book, pen.iteration)
    pen.book.undo()
    assert pen.improvement.readings == before
    assert pen.iteration.baseline.metrics == metrics
    assert len(pen.improvement.readings[metric]) == len(COUNTS.split())


@pytest.mark.parametrize("readings", ["100 99.5 100 100 97.5 100", "1.5 0 0 0 0 2"])
def test_what_is_no_count_gets_a_metric_of_its_own(pen: Pen, readings: str) -> None:
    metric = begun(pen, readings, unit="%", better="higher")
    count_days_between(pen.book, pen.iteration)
    first, added = pen.iteration.baseline.metrics
    assert (first.id, first.kind) == (metric, "value")
    assert (added.name, added.kind, added.better, added.role) == ("outages: days between", "events", "lower", "process")
    assert too_rare(pen.improvement, pen.iteration) is None


@pytest.mark.parametrize("readings", ["0 1 2 3 4 5", "0 0 0 0 1"])
def test_what_is_not_too_rare_or_too_short_is_not_offered(pen: Pen, readings: str) -> None:
    begun(pen, readings)
    assert "events" not in available_actions(pen.book, pen.iteration, "baseline")
    with pytest.raises(RefusedError, match="too rare"):
        count_days_between(pen.book, pen.iteration)


def test_an_agreed_baseline_is_counted_as_it_was_agreed(pen: Pen) -> None:
    begun(pen)
    pen.agree("baseline", "Grace")
    assert "events" not in available_actions(pen.book, pen.iteration, "baseline")
    with pytest.raises(RefusedError, match="agreed"):
        count_days_between(pen.book, pen.iteration)
