"""Durations as tools write them."""

from fractions import Fraction

import pytest

from cimodel_tui.sources.durations import read_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:23:45", 5025),
        ("0:45", 2700),
        ("2d 4h", 187_200),
        ("3 Days 12 Hours", 302_400),
        ("P1DT4H", 100_800),
        ("PT1.5S", Fraction(3, 2)),
        ("90 s", 90),
        ("1 day, 2:03:04", 93_784),
        ("-1h", -3600),
        ("P", None),
        ("PT", None),
        ("7.1", None),
        ("", None),
        ("2 apples", None),
    ],
)
def test_durations_are_read_exactly(text: str, seconds: Fraction | None) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "decimal", "seconds"),
    [
        ("1,234 s", "point", 1234),
        ("1,234 s", "comma", Fraction(1234, 1000)),
        ("1.234 s", "comma", 1234),
        ("1.234 s", "point", Fraction(1234, 1000)),
        ("1,5 h", "comma", 5400),
        ("1,5 h", "point", None),
    ],
)
def test_the_decimal_mark_of_the_column_holds_beside_a_unit(text: str, decimal: str, seconds: Fraction | None) -> None:
    assert read_duration(text, decimal=decimal) == seconds
