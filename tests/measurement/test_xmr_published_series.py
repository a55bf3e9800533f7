"""Means, mean moving ranges and limits agree with published series to the last printed digit.

The figures are facts, cited where they stand. Sources that use 3/1.128 for 2.66 are followed with their constant.
"""

from fractions import Fraction

import pytest

from cimodel_tui.measurement import FACTOR, limits
from cimodel_tui.measurement.signals import outside, runs, signals
from cimodel_tui.measurement.xmr import DOWN, UP, Series, zones

NIST_FACTOR = 3 / Fraction("1.128")

FLOW_RATE = "49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1"
"""NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, Individuals Control Charts: flow rate of ten batches."""

RESISTANCE = "5045 4350 4350 3975 4290 4430 4485 4285 3980 3925 3645 3760 3300 3685 3463 5200"
"""D. J. Wheeler, Making Sense of Data, p. 382, the data set for verifying software; as in the tests of statprocon."""

PEAK_FLOW = "120 140 100 150 260 150 100 120 300 300 275 300 140 170 150 150 190 180"
"""Wheeler, Making Sense of Data, p. 130, fig. 9.9, peak flow rates of 18 days; as in the tests of statprocon.

The book prints 43.7 and 322.5, reckoned from mean and range as rounded; unrounded, statprocon has 43.8 and 322.3."""

ACCIDENTS_A = "43 40 37 33 30 33 34 35 29 33 31 39"
ACCIDENTS_B = "35 37 33 32 27 29 31 22 25 30 24 19"
"""Wheeler, Making Sense of Data, table 9.1, accident rates of two groups; as in the tests of statprocon."""

VISCOSITY = "33.75 33.05 34 33.81 33.46 34.02 33.68 33.27 33.49 33.20 33.62 33.00 33.54 33.12 33.84"
"""D. C. Montgomery, Introduction to Statistical Quality Control, p. 242; in the examples of the R package qcc, whose
results (centre 33.52333, sigma 0.4261651, limits 32.24484 and 34.80183) stand in the tests of the package mistat."""

ANTIFREEZE = (
    "2.23 2.53 2.62 2.63 2.58 2.44 2.49 2.34 2.95 2.54 2.60 2.45 2.17 2.58 2.57 2.44 2.38 "
    "2.23 2.23 2.54 2.66 2.84 2.81 2.39 2.56 2.70 3.00 2.81 2.77 2.89 2.54 2.98 2.35 2.53"
)
"""G. B. Wetherill and D. W. Brown, Statistical Process Control, 1991, p. 120, water content of antifreeze; in the help
page stats.xbar.one of the R package qcc, with its results in the tests of the Python package mistat."""

SMOKERS = "21.3 20.2 20.9 21.0 18.8 19.6 18.7 18.6 18.1 18.9 19.2 18.2 17.3 19.0"
"""Wheeler, Making Sense of Data, table 8.1, per cent of seniors who smoke daily; as in the tests of statprocon."""

RECEIVABLE = (
    "55.6 54.7 54.9 54.8 56.9 55.7 53.8 54.8 53.4 57.0 59.4 63.2 "
    "60.9 60.7 58.6 57.3 56.9 58.1 58.3 50.9 53.3 52.5 50.8 52.9"
)
"""Wheeler, Making Sense of Data, table 9.2, accounts receivable of two years; as in the tests of statprocon."""


def values(series: str) -> list[Fraction]:
    return [Fraction(text) for text in series.split()]


def whole(series: str) -> Series:
    return Series([int(1000 * value) for value in values(series)])


@pytest.mark.parametrize(
    ("series", "factor", "decimals", "mean", "mean_range", "lower", "upper"),
    [
        pytest.param(FLOW_RATE, NIST_FACTOR, 4, "50.81", "1.8778", "45.8159", "55.8041", id="NIST flow rate"),
        pytest.param(RESISTANCE, FACTOR, 2, "4135.50", "355.93", "3188.72", "5082.28", id="Wheeler verifying software"),
        pytest.param(PEAK_FLOW, FACTOR, 1, "183.1", "52.4", "43.8", "322.3", id="Wheeler peak flow"),
        pytest.param(ACCIDENTS_A, FACTOR, 1, "34.8", "3.5", "25.6", "43.9", id="Wheeler accident rates A"),
        pytest.param(ACCIDENTS_B, FACTOR, 1, "28.7", "4.0", "18.0", "39.3", id="Wheeler accident rates B"),
        pytest.param(
            VISCOSITY, NIST_FACTOR, 5, "33.52333", "0.48071", "32.24484", "34.80183", id="Montgomery viscosity"
        ),
    ],
)
def test_published_limits(
    series: str, factor: Fraction, decimals: int, mean: str, mean_range: str, lower: str, upper: str
) -> None:
    found = limits(values(series), factor)
    shown = [found.mean, found.mean_moving_range, found.lower, found.upper]
    assert [f"{float(each):.{decimals}f}" for each in shown if each is not None] == [
        f"{float(each):.{decimals}f}" for each in (mean, mean_range, lower, upper)
    ]


def test_wetherill_and_brown_antifreeze_with_the_constant_of_qcc() -> None:
    found = limits(values(ANTIFREEZE), NIST_FACTOR)
    assert found.mean is not None
    assert found.mean_moving_range is not None
    assert found.lower is not None
    assert found.upper is not None
    assert f"{float(found.mean):.6f}" == "2.569706"
    assert f"{float(found.mean_moving_range / Fraction('1.128')):.7f}" == "0.1794541"
    assert (f"{float(found.lower):.6f}", f"{float(found.upper):.6f}") == ("2.031344", "3.108068")


def test_montgomery_sigma_as_qcc_has_it() -> None:
    found = limits(values(VISCOSITY))
    assert found.mean_moving_range is not None
    assert f"{float(found.mean_moving_range / Fraction('1.128')):.7f}" == "0.4261651"


def test_nist_limits_follow_with_2_66_within_a_thousandth() -> None:
    found = limits(values(FLOW_RATE))
    assert found.lower is not None
    assert found.upper is not None
    assert (f"{float(found.lower):.4f}", f"{float(found.upper):.4f}") == ("45.8151", "55.8049")


def test_nist_flow_rate_has_no_reading_outside() -> None:
    flow = whole(FLOW_RATE)
    assert not list(outside(flow, zones(flow)))


def test_wheeler_accident_rates_against_the_limits_of_the_other_group() -> None:
    a, b = whole(ACCIDENTS_A), whole(ACCIDENTS_B)
    below = [each.readings.start for each in outside(b, zones(a))]
    above = [each.readings.start for each in outside(a, zones(b))]
    assert (below, above) == ([7, 8, 10, 11], [0, 1])


def test_wheeler_smokers_run_below_the_mean_is_no_run_below_the_median_too() -> None:
    smokers = whole(SMOKERS)
    lines = zones(smokers)
    assert [at for at, side in enumerate(lines.beyond_mean(smokers)) if side == DOWN][-8:] == list(range(6, 14))
    assert not list(runs(smokers, lines))


def test_wheeler_receivable_the_last_of_year_one_is_outside() -> None:
    receivable = whole(RECEIVABLE)
    first_year = zones(receivable.part(0, 11))
    assert UP in {each.side for each in signals(receivable.part(11, 12), first_year)}


def test_verifying_software_has_its_last_reading_outside() -> None:
    resistance = whole(RESISTANCE)
    assert [each.readings for each in outside(resistance, zones(resistance))] == [range(15, 16)]
