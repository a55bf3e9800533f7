"""Working hours between two moments, and holidays."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cimodel_tui.sources.durations import WorkingHours, read_holidays
from cimodel_tui.sources.recipe import SourceError

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
