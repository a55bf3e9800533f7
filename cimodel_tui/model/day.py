"""Days as people type them: `2026-07-14`, `today`, `+30`, `14 jul`, `2026-W05`; stored as ISO text.

`start_of` and `next_start` are about the periods of the calendar that days fall into.
"""

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The months as they are written on screens and in reports."""

SOON = timedelta(days=14)
"""What is due within this time is due soon."""

_LENGTH = len("2026-07-14")
_WEEK = r"(\d{4})-?w(\d{1,2})"
_QUARTER = r"(\d{4})-?q([1-4])"
_MONTH = r"(\d{4})-(\d{1,2})"
_STEP = r"([+-]\d{1,4})(d|w|m)?"
_DAY_FIRST = r"(\d{1,2})\.?[ -]*([a-z]{3})[a-z]*[ ,.-]*(\d{4})?"
_MONTH_FIRST = r"([a-z]{3})[a-z]*\.? *(\d{1,2})[ ,]*(\d{4})?"
_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1}


class UnreadableDayError(ValueError):
    """A text that is not a day; the message is a sentence for the user."""


@lru_cache(maxsize=8192)
def as_day(text: str) -> date | None:
    """Return the day of a stored ISO text, or None where nothing readable stands there.

    The days of readings and actions are asked for again and again, on every page that is drawn.
    """
    if len(text) != _LENGTH or text[4::3] != "--" or not text.isascii():
        return None  # the standard library reads weeks and days without lines too
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_day(text: str, today: date) -> date:
    """Return the day that was meant; raises UnreadableDayError with the reason."""
    wanted = text.strip().lower()
    try:
        found = _read(wanted, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise UnreadableDayError(f'"{text.strip()[:40]}" is not a date: write 2026-07-14, today, +30 or 14 jul')
    return found


def _read(text: str, today: date) -> date | None:
    if day := as_day(text):
        return day
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    return _relative(text, today) or _period(text) or _day_with_month_name(text, today)


def _full_match(pattern: str, text: str) -> re.Match[str] | None:
    """Match a pattern, which is compiled on first use."""
    return re.fullmatch(pattern, text, re.ASCII)


def _relative(text: str, today: date) -> date | None:
    found = _full_match(_STEP, text)
    if not found:
        return None
    count, unit = int(found[1]), found[2] or "d"
    if unit == "m":
        return add_months(today, count)
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _period(text: str) -> date | None:
    if found := _full_match(_WEEK, text):
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    if found := _full_match(_QUARTER, text):
        return date(int(found[1]), 3 * int(found[2]) - 2, 1)
    if found := _full_match(_MONTH, text):
        return date(int(found[1]), int(found[2]), 1)
    return None


def _day_with_month_name(text: str, today: date) -> date | None:
    if found := _full_match(_DAY_FIRST, text):
        return _nearest(found[2], int(found[1]), found[3], today)
    if found := _full_match(_MONTH_FIRST, text):
        return _nearest(found[1], int(found[2]), found[3], today)
    return None


def _nearest(month: str, day: int, year: str | None, today: date) -> date | None:
    """Take a month without a year as the one nearest to today: 5 jan typed in December is next month's."""
    if month.title() not in MONTHS:
        return None
    number = MONTHS.index(month.title()) + 1
    if year:
        return date(int(year), number, day)
    near = [date(each, number, day) for each in range(today.year - 1, today.year + 2) if _exists(each, number, day)]
    return min(near, key=lambda each: abs(each - today), default=None)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def add_months(start: date, count: int) -> date:
    """Return the same day this many months on, or the last day of a month that is too short for it.

    Raises OverflowError where the calendar has no such year.
    """
    months = start.year * 12 + start.month - 1 + count
    year, month = divmod(months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"there is no year {year}")
    day = start.day
    while not _exists(year, month + 1, day):
        day -= 1
    return date(year, month + 1, day)


EVERY = ("day", "week", "fortnight", "month", "quarter")
"""The periods there are."""

OF_FREQUENCY = {
    "daily": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
}
"""The period that belongs to how often a metric is read."""

_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS_OF = {"month": 1, "quarter": 3}
_MONDAY = date(1970, 1, 5)


def start_of(day: date, every: str, anchor: date | None = None) -> date:
    """Return the first day of the period that a day falls into; a fortnight lies where `anchor` lies."""
    if every == "month":
        return day.replace(day=1)
    if every == "quarter":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    begin = _MONDAY
    if every == "fortnight" and anchor is not None:
        begin = anchor - timedelta(days=anchor.weekday())
    return day - timedelta(days=(day - begin).days % _DAYS_OF[every])


def next_start(start: date, every: str) -> date:
    """Return the first day of the period after the one that begins on this day."""
    return add_months(start, _MONTHS_OF[every]) if every in _MONTHS_OF else start + timedelta(days=_DAYS_OF[every])


def usual_days(every: str) -> int:
    """Return about how many days a period has."""
    return _DAYS_OF.get(every) or {"month": 30, "quarter": 91}[every]
