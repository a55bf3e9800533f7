"""Where readings are more than columns, extremes and everything marked stay."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cimodel_tui.charts import Point, RunChart, draw, plain
from cimodel_tui.charts.downsampling import column_extremes, column_of, downsample

QUIET = settings(deadline=None, database=None)
READINGS = st.lists(st.tuples(st.integers(-50, 50), st.booleans(), st.booleans()), min_size=1, max_size=300)


def points(readings: list[tuple[int, bool, bool]]) -> list[Point]:
    return [
        Point(day=date(2026, 1, 1) + timedelta(days=at), value=value, flagged=flagged, set_aside=aside)
        for at, (value, flagged, aside) in enumerate(readings)
    ]


@QUIET
@given(READINGS, st.integers(1, 60))
def test_flagged_and_set_aside_readings_stay(readings: list[tuple[int, bool, bool]], columns: int) -> None:
    drawn = points(readings)
    marked = {at for at, point in enumerate(drawn) if point.flagged or point.set_aside}
    assert marked <= set(downsample(drawn, columns))


@QUIET
@given(READINGS, st.integers(1, 60))
def test_each_column_keeps_its_lowest_and_highest(readings: list[tuple[int, bool, bool]], columns: int) -> None:
    drawn = points(readings)
    positions = downsample(drawn, columns)
    for column in range(columns):
        here = [at for at in range(len(drawn)) if column_of(at, len(drawn), columns) == column]
        values = [drawn[at].value for at in here]
        left = [drawn[at].value for at in here if at in positions]
        assert (min(left), max(left)) == (min(values), max(values)) if here else not left


@QUIET
@given(READINGS, st.integers(1, 60))
def test_the_lowest_and_highest_counted_reading_stay(readings: list[tuple[int, bool, bool]], columns: int) -> None:
    drawn = points(readings)
    positions = [drawn[at].value for at in downsample(drawn, columns) if not drawn[at].set_aside]
    counted = [point.value for point in drawn if not point.set_aside]
    if counted:
        assert (min(positions), max(positions)) == (min(counted), max(counted))


@QUIET
@given(READINGS, st.integers(1, 60))
def test_an_upright_stands_for_readings_between_the_extremes_of_a_column(
    readings: list[tuple[int, bool, bool]], columns: int
) -> None:
    drawn = points(readings)
    found = column_extremes(drawn, columns)
    for column in range(columns):
        here = [point for at, point in enumerate(drawn) if column_of(at, len(drawn), columns) == column]
        values = [point.value for point in here if not point.set_aside]
        expected = (min(values), max(values)) if len(values) > 2 and len(drawn) > columns else None
        assert found.get(column) == expected


def test_readings_that_are_left_out_are_shown_as_uprights_and_named_below() -> None:
    many = RunChart(name="calls", points=tuple(points([(at % 50, False, False) for at in range(2000)])))
    few = replace(many, points=many.points[:20])
    assert "● extremes of 2,000 readings  ╎ others" in plain(draw(many, 80, 16))
    assert "╎" not in plain(draw(few, 80, 16))


def test_nothing_is_left_out_where_there_is_room() -> None:
    assert downsample(points([(1, False, False)] * 9), 9) == tuple(range(9))


def test_two_thousand_readings_become_few() -> None:
    assert len(downsample(points([(at % 7, False, False) for at in range(2000)]), 100)) <= 202
