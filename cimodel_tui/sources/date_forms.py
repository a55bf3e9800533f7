"""The forms in which a day or a moment is written, cell by cell; `dates` decides what a form leaves open."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from cimodel_tui.model.day import as_day

EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
"""Years before and after are slips, or stand for never: 9999."""

# fmt: off
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)
_GERMAN = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)
_FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)
_SHORT = {
    "sept": 9, "mrz": 3, "mär": 3, "maer": 3, "maerz": 3, "jän": 1, "jänner": 1, "okt": 10, "dez": 12,
    "janv": 1, "févr": 2, "fevr": 2, "avr": 4, "juil": 7, "aout": 8, "déc": 12,
}
# fmt: on
MONTHS = {
    **{name[:3]: at for at, name in enumerate(_ENGLISH, 1)},
    **{name: at for at, name in enumerate(_ENGLISH, 1)},
    **{name: at for at, name in enumerate(_GERMAN, 1)},
    **{name: at for at, name in enumerate(_FRENCH, 1)},
    **_SHORT,
}
"""The names of the months, in full and in short, English, German and French."""

_SECONDS_OF_DAY = 86_400
_MOST_OFFSET = timedelta(hours=14)
"""The clocks of Kiritimati."""
_CENTURY = 69
"""Two digits of a year from here on are in the twentieth century, as in POSIX."""

_NAME = r"(?P<name>[^\W\d_]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_ANY_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,?\s+)?"

_TIME = re.compile(
    r"""(?:[T\s,]\s*)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?
    \s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|z|(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?|GMT|UTC)?\Z""",
    re.VERBOSE | re.ASCII,
)

NUMERIC, YEARLESS, NAMED_NUMBER, DAY, PERIOD, MOMENT, SERIAL = (
    "numeric",
    "yearless",
    "named number",
    "day",
    "period",
    "moment",
    "serial",
)
"""Order of day and month open; a day without a year; `Mar 25`; a day; a period; a moment; perhaps a serial number."""

QUARTER = "quarter"
"""Marks a quarter, which is another one where the column is of a fiscal year."""
MONTH_NUMBER = "month number"
"""Marks a month by its number, which is a week or a quarter where the column is named so."""

_PATTERNS = (
    (DAY, rf"{_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}"),
    (NUMERIC, r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<three>\d{4}|\d{2})"),
    (DAY, rf"{_WEEKDAY}{_DAY}(?:st|nd|rd|th|\.)?[\s/-]*{_NAME}[\s,/-]*{_ANY_YEAR}"),
    (DAY, rf"{_WEEKDAY}{_NAME}[\s-]*{_DAY}(?:st|nd|rd|th)?[\s,-]+{_YEAR}"),
    (DAY, rf"{_YEAR}[\s/-]{_NAME}[\s/-]{_DAY}"),
    (DAY, rf"{_YEAR}年{_MONTH}月{_DAY}日"),
    (PERIOD, rf"{_YEAR}年{_MONTH}月"),
    (PERIOD, rf"{_NAME}[-/](?P<year>\d{{4}}|\d{{2}})"),
    (PERIOD, rf"{_NAME}\s*(?P<year>\d{{4}}|'\d{{2}})"),
    (NAMED_NUMBER, rf"{_NAME}\s+(?P<number>\d{{1,2}})"),
    (YEARLESS, rf"{_DAY}\.?[\s-]*{_NAME}"),
    (PERIOD, rf"{_YEAR}[-/]{_MONTH}"),
    (PERIOD, rf"{_MONTH}[./]{_YEAR}"),
    (PERIOD, rf"{_YEAR}[\s/-]*(?:kw|cw|w)\s*(?P<week>\d{{1,2}})"),
    (PERIOD, rf"(?:kw|cw|week|w)\s*(?P<week>\d{{1,2}})[\s./-]+{_YEAR}"),
    (PERIOD, rf"q(?P<quarter>[1-4])[\s./-]*{_YEAR}"),
    (PERIOD, rf"{_YEAR}[\s./-]*q(?P<quarter>[1-4])"),
    (DAY, r"(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"),
    (MOMENT, r"(?P<ms>[1-9]\d{11,12})(?:\.0+)?"),
    (MOMENT, r"(?P<s>[1-9]\d{8,9})(?:\.0+)?"),
    (SERIAL, r"(?P<serial>\d{1,5}(?:\.\d+)?)"),
)


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns, compiled when the first cell comes that is not in ISO form."""
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


_MAKES_NO_SENSE_ALONE = re.compile(r"\d{1,4}(?:\.\d+)?|\d+\.\d+")
"""Plain numbers, which are values rather than serial numbers of Excel unless the column is one of dates."""


class DateForm(NamedTuple):
    """A cell as far as it can be understood without its column."""

    kind: str
    """One of the kinds above."""
    numbers: tuple[int, ...]
    """What the kind leaves open: the three numbers of a numeric day, month and day without a year, month and number."""
    day: date | None = None
    """The day, where nothing is open; of a period its first."""
    time: timedelta | None = None
    """The time of day."""
    zone: timezone | None = None
    """The zone that was written beside it."""
    moment: datetime | None = None
    """The moment, of seconds since 1970."""
    mark: str = ""
    """The mark between the numbers of a numeric day; MONTH_NUMBER of a period that is written as `2026-05`."""
    serial: str = ""
    """The serial number."""


@lru_cache(maxsize=1 << 14)
def form_of(text: str) -> DateForm | None:
    """Parse a cell as a day or moment; None where that is impossible."""
    text = text.strip()
    if day := _iso_day(text):
        return DateForm(DAY, (), day)
    if not any(map(str.isdecimal, text)):
        return None
    found = _TIME.search(text)
    try:
        time, zone = (_time(found), _zone(found["zone"])) if found else (None, None)
    except ValueError:
        return None
    form = _form_of_day(text[: found.start()].rstrip(" ,") if found else text)
    if form is None or (found and (form.kind in (PERIOD, MOMENT, SERIAL))):
        return None
    return form._replace(time=time, zone=zone) if found else form


def _iso_day(text: str) -> date | None:
    """Return the day of ISO text; None for all other forms, which the patterns handle."""
    day = as_day(text)
    return day if day and EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def _form_of_day(text: str) -> DateForm | None:
    for kind, pattern in _forms():
        found = pattern.fullmatch(text)
        if found and (form := _read(kind, found.groupdict())):
            return form
    return None


def _read(kind: str, part: dict[str, str]) -> DateForm | None:
    try:
        return _READERS[kind](part)
    except (ValueError, OverflowError, KeyError):
        return None


def _numeric(part: dict[str, str]) -> DateForm | None:
    numbers = (int(part["one"]), int(part["two"]), int(part["three"]))
    form = DateForm(NUMERIC, numbers, mark=part["mark"] + ("yy" if len(part["three"]) < len("2026") else ""))
    return form if any(day_in_order(form, order) for order in ("dmy", "mdy", "ymd")) else None


def _yearless(part: dict[str, str]) -> DateForm | None:
    month, day = MONTHS[part["name"].lower()], int(part["day"])
    return DateForm(YEARLESS, (month, day)) if 1 <= day <= monthrange(2024, month)[1] else None


def _named_number(part: dict[str, str]) -> DateForm:
    return DateForm(NAMED_NUMBER, (MONTHS[part["name"].lower()], int(part["number"])))


def _day(part: dict[str, str]) -> DateForm:
    month = MONTHS[part["name"].lower()] if part.get("name") else int(part["month"])
    return DateForm(DAY, (), _valid_date(full_year(part["year"]), month, int(part["day"])))


def _period(part: dict[str, str]) -> DateForm:
    year = full_year(part["year"])
    if part.get("week"):
        return DateForm(PERIOD, (), date.fromisocalendar(year, int(part["week"]), 1))
    if part.get("quarter"):
        return DateForm(PERIOD, (), _valid_date(year, 3 * int(part["quarter"]) - 2, 1), mark=QUARTER)
    month = MONTHS[part["name"].lower()] if part.get("name") else int(part["month"])
    return DateForm(PERIOD, (), _valid_date(year, month, 1), mark="" if part.get("name") else MONTH_NUMBER)


def _moment(part: dict[str, str]) -> DateForm | None:
    seconds = int(part["s"]) if part.get("s") else int(part["ms"]) / 1000
    return DateForm(MOMENT, (), moment=datetime.fromtimestamp(seconds, UTC))


def _serial(part: dict[str, str]) -> DateForm:
    whole, _, behind = part["serial"].partition(".")
    seconds = round(Fraction(f"0.{behind or 0}") * _SECONDS_OF_DAY)
    time = timedelta(seconds=min(seconds, _SECONDS_OF_DAY - 1)) if seconds else None
    return DateForm(SERIAL, (), time=time, serial=whole)


_READERS = {
    NUMERIC: _numeric,
    YEARLESS: _yearless,
    NAMED_NUMBER: _named_number,
    DAY: _day,
    PERIOD: _period,
    MOMENT: _moment,
    SERIAL: _serial,
}


def full_year(text: str) -> int:
    """Return the year that two or four digits mean."""
    digits = text.lstrip("'")
    year = int(digits)
    if len(digits) > len("26"):
        return year
    return year + (EARLIEST_YEAR if year >= _CENTURY else EARLIEST_YEAR + 100)


def _valid_date(year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"the year {year} is a slip")
    return date(year, month, day)


@lru_cache(maxsize=1 << 14)
def day_in_order(form: DateForm, order: str) -> date | None:
    """Return the day of a numeric form in this order, or None where there is no such day."""
    parts = dict(zip(order, form.numbers, strict=True))
    is_short = form.mark.endswith("yy")
    if order == "ymd" and not is_short:
        return None
    year = full_year(f"{parts['y']:02d}") if is_short else parts["y"]
    try:
        return _valid_date(year, parts["m"], parts["d"])
    except ValueError:
        return None


def _time(found: re.Match[str]) -> timedelta:
    """Return the time of day; raises ValueError where there is no such time."""
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found["half"] or "")[:1].lower()
    noon, last_hour, last = 12, 23, 59
    if half:
        if not 1 <= hour <= noon:
            raise ValueError("no such hour")
        hour = hour % noon + (noon if half == "p" else 0)
    if hour > last_hour or minute > last or second > last:
        raise ValueError("no such time")
    fraction = int((found["fraction"] or "0").ljust(6, "0")[:6])
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=fraction)


def _zone(text: str | None) -> timezone | None:
    """Return the offset that is written beside a time; raises ValueError for more than there is on Earth."""
    if not text:
        return None
    found = re.fullmatch(r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?", text)
    if not found:
        return UTC
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if offset > _MOST_OFFSET:
        raise ValueError("no such offset from UTC")
    return timezone(-offset if found[1] == "-" else offset)


def starts_with_year(text: str) -> bool:
    """Return whether a cell begins with a year and a hyphen, as ISO days do; `5-12-2026` has a hyphen there too."""
    return text[4:5] == "-" and text[:4].isdecimal()


def looks_like_date(text: str) -> bool:
    """Return whether a cell alone is a day, a moment or a period; plain numbers are not."""
    text = text.strip()
    if not text or _MAKES_NO_SENSE_ALONE.fullmatch(text):
        return False
    form = form_of(text)
    return form is not None and form.kind != SERIAL


def date_words(words: list[str]) -> int:
    """Return how many of these words make up the date at their beginning, 0 where there is none."""
    most = 7
    for length in range(min(most, len(words)), 0, -1):
        if looks_like_date(" ".join(words[:length])):
            return length
    return 0
