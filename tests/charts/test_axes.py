"""Scales: figures are 1, 2 or 5 times a power of ten and stand exactly on a row."""

import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cimodel_tui.charts.axes import (
    Scale,
    decimals_for,
    format_number,
    format_range,
    format_set_value,
    require_finite,
    scale_for,
)

QUIET = settings(deadline=None, database=None)
VALUES = st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=6)


def figures(scale: Scale) -> list[str]:
    return [text for _, text in scale.ticks()]


@pytest.mark.parametrize(
    ("values", "rows", "expected"),
    [
        ((4.19, 9.61), 7, ["4", "6", "8", "10"]),
        ((55.0, 68.0), 8, ["56", "58", "60", "62", "64", "66", "68"]),
        ((0.0, 100.0), 6, ["0", "20", "40", "60", "80", "100"]),
        ((0.01, 0.02), 5, ["0.010", "0.015", "0.020"]),
    ],
)
def test_figures_are_round(values: tuple[float, ...], rows: int, expected: list[str]) -> None:
    assert [text for text in figures(scale_for(values, rows)) if text in expected] == expected


@QUIET
@given(VALUES, st.integers(1, 40), st.booleans())
def test_every_value_lies_on_the_scale(values: list[float], rows: int, dense: bool) -> None:
    scale = scale_for(values, rows, dense=dense)
    assert scale.rows <= max(rows, 2)
    for value in values:
        assert -0.5001 <= scale.place(value) <= scale.rows - 0.4999
        assert abs(scale.row(value) - scale.place(value)) <= 0.5001


@QUIET
@given(VALUES, st.integers(3, 40))
def test_a_figure_stands_at_its_own_value(values: list[float], rows: int) -> None:
    scale = scale_for(values, rows)
    step = scale.unit * scale.every
    for row, _ in scale.ticks():
        value = (scale.first + row) * scale.unit
        assert value % step == 0
        if not value or Fraction(sys.float_info.min) <= abs(value) <= Fraction(sys.float_info.max):
            assert abs(scale.row(float(value)) - row) <= abs(value) / scale.unit / 2**52


@QUIET
@given(VALUES, st.integers(4, 40))
def test_a_larger_value_is_never_lower(values: list[float], rows: int) -> None:
    scale = scale_for(values, rows)
    placed = [scale.row(value) for value in sorted(values)]
    assert placed == sorted(placed)


@QUIET
@given(st.lists(st.floats(0, 100), min_size=1, max_size=6), st.integers(2, 40))
def test_rows_left_over_do_not_go_where_no_value_can_be(values: list[float], rows: int) -> None:
    free = scale_for(values, rows)
    scale = scale_for(values, rows, least=0, most=100)
    for row in range(scale.rows):
        value = (scale.first + row) * scale.unit
        assert 0 <= value <= 100 or row in {scale.row(min(values)), scale.row(max(values))} or len(set(values)) == 1
    assert free.rows == rows


def test_equal_values_lie_within_the_scale_and_not_at_its_ends() -> None:
    scale = scale_for([5.0, 5.0], 7)
    assert 0 < scale.row(5.0) < scale.rows - 1


def test_no_value_at_all_still_has_a_scale() -> None:
    assert scale_for([], 5).rows == 5


@pytest.mark.parametrize(
    ("values", "targets", "decimals"),
    [
        ((6.9, 4.68333), (5.0,), 1),
        ((59.083, 62.867), (68.0,), 1),
        ((412.0, 380.0), (350.0,), 0),
        ((0.42, 0.38), (), 2),
        ((6.9, 4.996), (5.0,), 3),
        ((99.95, 99.97), (99.97,), 2),
        ((99.96, 98.0), (), 2),
        ((), (), 2),
    ],
)
def test_decimals_tell_measured_values_and_targets_apart(
    values: tuple[float, ...], targets: tuple[float, ...], decimals: int
) -> None:
    assert decimals_for(values, targets) == decimals


def test_a_miss_never_prints_as_the_target() -> None:
    assert format_number(4.96, decimals_for([4.96], [5.0])) == "4.96"


def test_a_target_has_no_zeros_at_its_end() -> None:
    assert [format_set_value(value) for value in (68.0, 5.5, 0.0, 100.0, 12000.0)] == [
        "68",
        "5.5",
        "0",
        "100",
        "12,000",
    ]


def test_nought_has_no_sign() -> None:
    assert format_number(-0.04, 1) == "0.0"


def test_very_long_numbers_are_shown_in_powers_of_ten() -> None:
    assert format_number(1.5e300, 1) == "1.5e+300"
    assert format_set_value(-2.5e-9) == "-2.5e-09"


def test_a_range_is_both_of_its_ends() -> None:
    assert format_range((40, 60)) == "40 to 60"


def test_what_no_scale_can_show_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="target"):
        require_finite(baseline=[1.0], target=[None, float("nan")])
    with pytest.raises(ValueError, match="baseline"):
        require_finite(baseline=[float("inf")])
