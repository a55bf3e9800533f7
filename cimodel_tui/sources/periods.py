"""Periods of time: where the day, week, fortnight, month or quarter of a day begins, and where the next one does."""

from datetime import date, timedelta

from cimodel_tui.model.day import add_months

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

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3}
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
    return day - timedelta(days=(day - begin).days % _DAYS[every])


def next_start(start: date, every: str) -> date:
    """Return the first day of the period after the one that begins on this day."""
    return add_months(start, _MONTHS[every]) if every in _MONTHS else start + timedelta(days=_DAYS[every])


def usual_days(every: str) -> int:
    """Return about how many days a period has."""
    return _DAYS.get(every) or {"month": 30, "quarter": 91}[every]
