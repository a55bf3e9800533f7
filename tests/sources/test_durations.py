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
