"""Durations: as tools write them, and working hours between two moments.

A written duration (`1:23:45`, `2d 4h`, `3 Days 12 Hours`, `P1DT4H`, `90 s`) is exact, in seconds. Working hours are
local hours by weekday, also past midnight, less holidays. A stretch of hours belongs to the day on which it begins, so
a holiday removes the whole of it. Its length is the time that really passes: on the day on which the clocks change it
is an hour shorter or longer.
"""

import itertools
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction

from cimodel_tui.model.day import as_day
from cimodel_tui.model.number import quoted
from cimodel_tui.sources.recipe import SourceError

SECONDS = {"ms": Fraction(1, 1000), "s": Fraction(1), "min": Fraction(60), "h": Fraction(3600), "d": Fraction(86400)}
"""Seconds of each unit of time."""

_WEEK = 7
_NAMES = {
    "ms": "ms msec millisecond milliseconds millis",
    "s": "s sec secs second seconds sek sekunde sekunden",
    "min": "m min mins minute minutes minuten",
    "h": "h hr hrs hour hours std stunde stunden",
    "d": "d day days tag tage tagen",
    "w": "w wk week weeks woche wochen",
}
_UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split()}

_LONGEST = 100
"""Characters of a duration, at most."""

_NUMBER = r"\d+(?:[.,]\d+)?"
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_PIECE = re.compile(rf"({_NUMBER})\s*([^\W\d_]+)\.?[\s,]*(?:and\s+|und\s+)?")
_WORDS = re.compile(rf"(?:{_PIECE.pattern})+")
_CLOCK = re.compile(r"(?:(\d+)\s*(?:d|days?|tage?),?\s+)?(\d+):([0-5]?\d):([0-5]\d(?:\.\d+)?)", re.IGNORECASE)
_SHORT_CLOCK = re.compile(r"(\d+):([0-5]\d)")
_ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?(?<![PT])", re.IGNORECASE)


def unit_of_time(text: str) -> str:
    """Return the unit of time that is meant: ms, s, min, h or d; empty where it is none."""
    unit = _UNITS.get(text.strip().strip(".").casefold(), "")
    return unit if unit in SECONDS else ""


def is_short_clock(text: str) -> bool:
    """Return whether a duration is written as `7:06`, which may be hours and minutes or minutes and seconds."""
    return bool(_SHORT_CLOCK.fullmatch(text.strip().removeprefix("-")))


def numbers_of_words(text: str) -> list[str]:
    """Return the numbers of a duration in words, as they are written: `1,234` and `5` of `1,234 h 5 min`."""
    text = text.strip().removeprefix("-")
    return [number for number, _ in _PIECE.findall(text)] if _WORDS.fullmatch(text) else []


def has_days(text: str) -> bool:
    """Return whether a duration counts days, which may be of 24 hours or working days."""
    found = _ISO.fullmatch(text.strip())
    if found:
        return bool(found[1] or found[2])
    return any(_UNITS.get(name.casefold()) in ("d", "w") for _, name in _PIECE.findall(text))


def read_duration(
    text: str, short_clock: str = "h:mm", day: Fraction = SECONDS["d"], decimal: str = ""
) -> Fraction | None:
    """Return the seconds of a duration, or None where it is none; `day` is how many seconds a day has.

    `decimal` is point or comma; the other mark stands between groups of three. Without it either is the decimal mark.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    sign = -1 if text.startswith("-") else 1
    bare = text.removeprefix("-")
    seconds = _clock(bare, short_clock) or _iso(bare, day) or _words(bare, day, decimal)
    return None if seconds is None else sign * seconds[0]


def _clock(text: str, short_clock: str) -> tuple[Fraction] | None:
    if found := _CLOCK.fullmatch(text):
        days, hours, minutes, seconds = (Fraction(each or 0) for each in found.groups())
        return (days * SECONDS["d"] + hours * 3600 + minutes * 60 + seconds,)
    if found := _SHORT_CLOCK.fullmatch(text):
        large = Fraction(3600) if short_clock == "h:mm" else Fraction(60)
        return (int(found[1]) * large + int(found[2]) * large / 60,)
    return None


def _iso(text: str, day: Fraction) -> tuple[Fraction] | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    weeks, days, hours, minutes, seconds = (Fraction((each or "0").replace(",", ".")) for each in found.groups())
    return ((weeks * _WEEK + days) * day + hours * 3600 + minutes * 60 + seconds,)


def _words(text: str, day: Fraction, decimal: str) -> tuple[Fraction] | None:
    if not _WORDS.fullmatch(text):
        return None
    total = Fraction(0)
    for number, name in _PIECE.findall(text):
        unit, amount = _UNITS.get(name.casefold()), _amount(number, decimal)
        if unit is None or amount is None:
            return None
        size = day * _WEEK if unit == "w" else day if unit == "d" else SECONDS[unit]
        total += amount * size
    return (total,)


def _amount(number: str, decimal: str) -> Fraction | None:
    """Return a number beside a unit, or None where its mark is neither the decimal one nor before a group of three."""
    grouping = {"point": ",", "comma": "."}.get(decimal, "")
    if not grouping or grouping not in number:
        return Fraction(number.replace(",", "."))
    return Fraction(number.replace(grouping, "")) if _GROUPED.fullmatch(number) else None


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(
    r"(?P<days>[a-z]{3}(?:\s*[-,]\s*[a-z]{3})*)?\s*"
    r"(?P<from>\d{1,2}(?::\d{2})?)\s*-\s*(?P<to>\d{1,2}(?::\d{2})?)",
    re.IGNORECASE,
)
_DAY = timedelta(days=1)
_NOTHING = timedelta()
_MINUTES = 60
_AT_THE_ENDS = 3
"""Days between two moments that are counted one by one, as the first and the last of a longer time are."""

Stretch = tuple[timedelta, timedelta]
"""Beginning and end of working hours, from midnight on."""


def read_hours(text: str) -> tuple[tuple[Stretch, ...], ...]:
    """Return the stretches of each weekday, Monday first; raises SourceError where the text holds no hours."""
    week: list[list[Stretch]] = [[] for _ in _WEEKDAYS]
    rest = text.strip()
    while rest:
        found = _PART.match(rest)
        if not found:
            raise SourceError(f'{quoted(text)} are no working hours: write "mon-fri 08:00-18:00, sat 09:00-12:00"')
        begin, end = _time_of_day(found["from"]) % _DAY, _time_of_day(found["to"])
        for weekday in _days(found["days"]):
            week[weekday].append((begin, end if end > begin else end + _DAY))
        rest = rest[found.end() :].lstrip(" ,;")
    if not any(week):
        raise SourceError('no working hours were given: write "mon-fri 08:00-18:00"')
    return tuple(_require_disjoint(each, text) for each in week)


def _require_disjoint(stretches: list[Stretch], text: str) -> tuple[Stretch, ...]:
    ordered = sorted(stretches)
    if any(one[1] > two[0] for one, two in itertools.pairwise(ordered)):
        raise SourceError(f"the working hours {quoted(text)} overlap")
    return tuple(ordered)


def _time_of_day(text: str) -> timedelta:
    hour, _, minute = text.partition(":")
    span = timedelta(hours=int(hour), minutes=int(minute or 0))
    if span > _DAY or int(minute or 0) >= _MINUTES:
        raise SourceError(f"{quoted(text)} is not a time of day")
    return span


def _days(text: str | None) -> Iterable[int]:
    if not text:
        return range(len(_WEEKDAYS))
    found: list[int] = []
    for part in text.lower().split(","):
        first, _, last = (each.strip() for each in part.partition("-"))
        if first not in _WEEKDAYS or (last and last not in _WEEKDAYS):
            raise SourceError(f"{quoted(part)} is not a weekday: {', '.join(_WEEKDAYS)}")
        begin = _WEEKDAYS.index(first)
        count = (_WEEKDAYS.index(last) - begin) % len(_WEEKDAYS) if last else 0
        found += [(begin + at) % len(_WEEKDAYS) for at in range(count + 1)]
    return found


class WorkingHours:
    """Counts working time between two moments, each given in UTC without a zone."""

    def __init__(self, text: str, zone: tzinfo, holidays: Iterable[str] = ()) -> None:
        self._week, self._zone = read_hours(text), zone
        self._holidays = frozenset(filter(None, map(as_day, holidays)))
        self._stretches: dict[date, tuple[tuple[datetime, datetime], ...]] = {}
        self._sums: dict[date, timedelta] = {}
        self._first: date | None = None

    @property
    def working_day(self) -> timedelta:
        """How long a working day is, on average over the week."""
        spans = [sum((end - begin for begin, end in each), _NOTHING) for each in self._week if each]
        return sum(spans, _NOTHING) / len(spans)

    def between(self, begin: datetime, end: datetime) -> timedelta:
        """Return the working time from one moment to another that is not before it."""
        first, last = self._local_day(begin) - _DAY, self._local_day(end)
        if (last - first).days <= _AT_THE_ENDS:
            days = (first + at * _DAY for at in range((last - first).days + 1))
            return sum((self._within(day, begin, end) for day in days), _NOTHING)
        ends = (first, first + _DAY, last - _DAY, last)
        inner = self._sum_before(last - _DAY) - self._sum_before(first + 2 * _DAY)
        return sum((self._within(day, begin, end) for day in ends), inner)

    def _local_day(self, moment: datetime) -> date:
        return moment.replace(tzinfo=UTC).astimezone(self._zone).date()

    def _within(self, day: date, begin: datetime, end: datetime) -> timedelta:
        total = _NOTHING
        for opens, closes in self._of(day):
            if closes > begin and opens < end:
                total += min(closes, end) - max(opens, begin)
        return total

    def _of(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the stretches that begin on a day, in UTC."""
        found = self._stretches.get(day)
        if found is None:
            hours = () if day in self._holidays else self._week[day.weekday()]
            found = tuple((self._utc(day, begin), self._utc(day, end)) for begin, end in hours)
            self._stretches[day] = found
        return found

    def _utc(self, day: date, span: timedelta) -> datetime:
        local = datetime.combine(day, time(), self._zone) + span
        return local.astimezone(UTC).replace(tzinfo=None)

    def _sum_before(self, day: date) -> timedelta:
        """Return the working time of all days before this one, counted from the first day that was ever requested."""
        if self._first is None:
            self._first = day
            self._sums[day] = _NOTHING
        known = self._sums.get(day)
        if known is None:
            self._extend(day)
            known = self._sums[day]
        return known

    def _extend(self, day: date) -> None:
        last = max(self._sums)
        while last < day:
            self._sums[last + _DAY] = self._sums[last] + self._whole(last)
            last += _DAY
        first = min(self._sums)
        while first > day:
            self._sums[first - _DAY] = self._sums[first] - self._whole(first - _DAY)
            first -= _DAY

    def _whole(self, day: date) -> timedelta:
        return sum((closes - opens for opens, closes in self._of(day)), _NOTHING)


def read_holidays(text: str) -> tuple[str, ...]:
    """Return the days of a file of holidays: an ISO date a line, or a calendar (`.ics`); raises SourceError."""
    if text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCALENDAR"):
        return _of_calendar(text)
    found = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text.lstrip("\ufeff")), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if as_day(words[0]) is None:
            raise SourceError(
                f"line {number} of the holidays: {quoted(line)} does not begin with a day like 2026-12-25"
            )
        found.append(words[0])
    return tuple(sorted(set(found)))


def _of_calendar(text: str) -> tuple[str, ...]:
    """Return every day of the events of a calendar that last whole days."""
    days: set[str] = set()
    for event in re.findall(r"BEGIN:VEVENT(.*?)END:VEVENT", text, re.DOTALL):
        begin = re.search(r"DTSTART[^:\r\n]*:(\d{4})(\d{2})(\d{2})", event)
        end = re.search(r"DTEND[^:\r\n]*:(\d{4})(\d{2})(\d{2})", event)
        first = as_day("-".join(begin.groups())) if begin else None
        last = as_day("-".join(end.groups())) if end else None
        if first:
            count = max((last - first).days if last else 1, 1)
            days |= {(first + at * _DAY).isoformat() for at in range(count)}
    if not days:
        raise SourceError("the calendar of holidays holds no day")
    return tuple(sorted(days))
