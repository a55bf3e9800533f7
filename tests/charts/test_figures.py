"""Numbers in pictures show enough decimals to be told apart."""

import pytest

from cimodel_tui.charts.axes import decimals_for, format_number, format_range, format_set_value, require_finite


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
