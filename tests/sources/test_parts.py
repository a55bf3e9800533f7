"""Working hours, holidays, conditions, durations, the recipe and the comparison."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from cimodel_tui.model.agreement import counting
from cimodel_tui.sources.comparison import compare, in_words
from cimodel_tui.sources.conditions import checks_of, read_condition
from cimodel_tui.sources.durations import read_duration
from cimodel_tui.sources.hours import WorkingHours, read_holidays
from cimodel_tui.sources.moments import next_start, start_of
from cimodel_tui.sources.recipe import Recipe, recipe_of
from cimodel_tui.sources.result import FoundReading, SourceError
from cimodel_tui.sources.table import read_table

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("hours", "begin", "end", "worked"),
    [
        ("mon-fri 08:00-18:00", "2026-01-05 17:00", "2026-01-06 09:00", 2),
        ("mon-fri 08:00-18:00", "2026-01-09 17:00", "2026-01-12 09:00", 2),
        ("mon-fri 08:00-18:00", "2026-01-05 08:00", "2026-01-19 08:00", 100),
        ("mon-fri 08:00-18:00", "2026-01-10 09:00", "2026-01-11 09:00", 0),
        ("22:00-06:00", "2026-01-05 20:00", "2026-01-06 23:00", 9),
        ("sat 22:00-06:00", "2026-03-28 20:00", "2026-03-30 08:00", 7),
        ("mon-thu 08:00-17:00, fri 08:00-15:00", "2026-01-08 16:00", "2026-01-09 16:00", 8),
        ("00:00-24:00", "2026-03-28 12:00", "2026-03-29 12:00", 23),
    ],
)
def test_working_hours_are_what_passes_inside_them(hours: str, begin: str, end: str, worked: int) -> None:
    assert WorkingHours(hours, BERLIN).between(at(begin), at(end)).total_seconds() == worked * 3600


def test_a_holiday_takes_its_hours_away() -> None:
    hours = WorkingHours("mon-fri 08:00-18:00", BERLIN, ("2026-01-06",))
    assert hours.between(at("2026-01-05 08:00"), at("2026-01-08 08:00")).total_seconds() == 20 * 3600


@pytest.mark.parametrize("text", ["whenever", "mon-xyz 8-9", "mon 08:00-25:00", "mon 8-12 mon 10-14"])
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(SourceError):
        WorkingHours(text, UTC)


def test_holidays_are_days_a_line_or_a_calendar() -> None:
    assert read_holidays("2026-12-25 Christmas\n# none\n\n2026-12-26\n") == ("2026-12-25", "2026-12-26")
    event = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nEND:VEVENT\r\n"
    )
    assert read_holidays(event) == ("2026-12-25", "2026-12-26")
    with pytest.raises(SourceError, match="line 1"):
        read_holidays("Christmas")


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("priority=1", False),
        ("priority^=1", True),
        ("priority^=2|1", True),
        ("priority~CRIT", True),
        ("priority!=2 - High", True),
        ("n=3", True),
        ("n=3.0|4", True),
        ("n<3", False),
        ("n>=3", True),
        ("due<2026-02-01", True),
        ("took<=2h", True),
        ("took>2h", False),
    ],
)
def test_conditions_are_met_or_not(condition: str, met: bool) -> None:
    table = read_table(b"priority,n,due,took\n1 - Critical,3,2026-01-05,1h 59m\n", Recipe())
    (check,) = checks_of([condition], table, "where")
    assert check(["1 - Critical", "3", "2026-01-05", "1h 59m"], None) is met


@pytest.mark.parametrize("text", ["priority", "=1", "priority<soon", "duration~8h", "unknown=1"])
def test_a_condition_that_cannot_be_read_is_refused(text: str) -> None:
    table = read_table(b"priority,n\n1,2\n", Recipe())
    with pytest.raises(SourceError):
        checks_of([text], table, "where")


def test_a_condition_on_a_person_is_known() -> None:
    assert read_condition("assigned_to=Ann").is_about_a_person
    assert not read_condition("assignment_group=Desk").is_about_a_person


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


def test_a_recipe_goes_to_json_and_back() -> None:
    recipe = Recipe(measure="p90", where=("priority=1|2",), zone="Europe/Berlin", settle=7)
    document = recipe.to_json()
    assert document == {"zone": "Europe/Berlin", "measure": "p90", "where": ["priority=1|2"], "settle": 7}
    assert recipe_of({**document, "later": "unknown"}) == recipe
    assert Recipe().to_json() == {}
    assert "settle" not in counting(document)


@pytest.mark.parametrize("document", [{"where": "x"}, {"zone": 1}, {"settle": "soon"}, {"settle": True}])
def test_a_recipe_of_the_wrong_shape_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(SourceError, match="recipe"):
        recipe_of(document)


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


@pytest.mark.parametrize(
    ("every", "start", "following"),
    [
        ("day", date(2026, 2, 4), date(2026, 2, 5)),
        ("week", date(2026, 2, 2), date(2026, 2, 9)),
        ("fortnight", date(2026, 1, 26), date(2026, 2, 9)),
        ("month", date(2026, 2, 1), date(2026, 3, 1)),
        ("quarter", date(2026, 1, 1), date(2026, 4, 1)),
    ],
)
def test_periods_begin_where_they_should(every: str, start: date, following: date) -> None:
    assert start_of(date(2026, 2, 4), every, date(2026, 1, 13)) == start
    assert next_start(start, every) == following
