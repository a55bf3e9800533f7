"""Readings that follow one another are told from independent ones by the correlation of neighbours."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from cimodel_tui.measurement.baseline_checks import (
    CRITICAL,
    correlation,
    critical_correlation,
    follow_one_another,
)


def naive(*stretches: list[int]) -> Fraction:
    product = square = Fraction()
    for values in stretches:
        n = len(values)
        times = [Fraction(at) - Fraction(n - 1, 2) for at in range(n)]
        mean = Fraction(sum(values), n)
        slope = Fraction(sum(t * v for t, v in zip(times, values, strict=True))) / Fraction(sum(t * t for t in times))
        away = [v - mean - slope * t for t, v in zip(times, values, strict=True)]
        product += sum((a * b for a, b in pairwise(away)), Fraction())
        square += sum((each * each for each in away), Fraction())
    return product / square


def test_correlation_is_that_of_the_distances_from_each_line() -> None:
    chance = Random(3)
    for n, m in ((8, 8), (9, 12), (30, 11)):
        before, after = ([chance.randint(-50, 50) for _ in range(size)] for size in (n, m))
        assert correlation(before, after) == naive(before, after)
        decimals = [[Decimal(value) for value in part] for part in (before, after)]
        found = correlation(*decimals)
        assert found is not None
        assert abs(found - naive(before, after)) < Fraction(1, 10**40)


def test_readings_on_their_lines_do_not_follow_one_another() -> None:
    line = list(range(12))
    assert correlation(line, line) is None
    assert not follow_one_another(line, line)


def test_a_step_between_the_stretches_is_no_correlation() -> None:
    before, after = [3, -3] * 6, [103, 97] * 6
    assert not follow_one_another(before, after)


def test_slow_waves_follow_one_another() -> None:
    wave = [0, 5, 9, 10, 9, 5, 0, -5, -9, -10, -9, -5]
    assert follow_one_another(wave, wave)


def test_the_table_has_an_entry_for_every_pair_of_lengths() -> None:
    assert len(CRITICAL) == 33 * 34 // 2
    assert float(critical_correlation(12, 12)) == pytest.approx(0.137, abs=0.003)
    assert critical_correlation(9, 30) == critical_correlation(30, 9)


@pytest.mark.parametrize(("n", "m", "like"), [(41, 12, (40, 12)), (9, 400, (9, 40)), (99, 99, (40, 40))])
def test_longer_stretches_take_the_nearest_entry(n: int, m: int, like: tuple[int, int]) -> None:
    assert critical_correlation(n, m) == critical_correlation(*like)
