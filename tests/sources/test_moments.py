"""The periods into which moments fall, and the days on which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cimodel_tui.model.day import next_start, start_of
from cimodel_tui.sources.dates import Dates
from cimodel_tui.sources.moments import Moments


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


@pytest.mark.parametrize(
    ("zone", "year"),
    [
        ("Europe/Berlin", 2026),
        ("America/New_York", 2026),
        ("Australia/Lord_Howe", 2025),  # half an hour
        ("Africa/Casablanca", 2026),  # twice within five weeks
        ("Pacific/Apia", 2011),  # a day left out
        ("Antarctica/Troll", 2024),  # two hours
        ("America/Boa_Vista", 2000),  # twice within a week
        ("UTC", 2026),
    ],
)
def test_offset_holds_for_a_day_if_it_is_the_same_at_every_hour(zone: str, year: int) -> None:
    there = ZoneInfo(zone)
    moments = Moments(Dates(today=date(2026, 11, 23), zone=there, file_zone=there), 0)
    for at in range(365):
        day = date(year, 1, 1) + timedelta(days=at)
        start = datetime(day.year, day.month, day.day, tzinfo=there).astimezone(UTC)
        hours = {(start + timedelta(hours=hour)).astimezone(there).utcoffset() for hour in range(-1, 26)}
        assert moments.offset_of(day.isoformat()) == (hours.pop() if len(hours) == 1 else None), day
