"""Readings of a file against those that are there."""

from dataclasses import dataclass
from datetime import date

from cimodel_tui.sources.comparison import compare, in_words
from cimodel_tui.sources.recipe import FoundReading


@dataclass(frozen=True)
class There:
    value: str
    of: str | None = None


def test_readings_are_new_the_same_restated_or_sealed() -> None:
    there = {
        "2026-01-05": There("7.1"),
        "2026-01-12": There("6.20"),
        "2026-11-16": There("5"),
        "2026-01-19": There("4"),
    }
    found = [FoundReading(2, day, value) for day, value in (("2026-01-05", "7.2"), ("2026-01-12", "6.2"))]
    found += [
        FoundReading(3, day, value)
        for day, value in (("2026-11-16", "5.1"), ("2026-01-19", "4.1"), ("2026-11-23", "3"))
    ]
    seen = compare(
        found, there, today=date(2026, 11, 30), frequency="weekly", settle=28, is_sealed=lambda day: day < "2026-01-11"
    )
    assert [each.day for each in seen.new] == ["2026-11-23"]
    assert [each.day for each in seen.same] == ["2026-01-12"]
    assert [each.reading.day for each in seen.settling] == ["2026-11-16"]
    assert [each.reading.day for each in seen.restated] == ["2026-01-19"]
    assert [each.day for each in seen.sealed] == ["2026-01-05"]
    assert in_words(seen, 1) == ("1 new, 1 the same, 2 restated (4 becomes 4.1), 1 in a sealed stretch, 1 row left out")


def test_a_total_that_changed_restates_too() -> None:
    seen = compare(
        [FoundReading(1, "2026-01-05", "45", "51")], {"2026-01-05": There("45", "50")}, today=date(2026, 11, 30)
    )
    assert [each.words for each in seen.restated] == ["2026-01-05 45 of 50 becomes 45 of 51"]
