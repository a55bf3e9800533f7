"""Readings as people type and paste them: a date and a value a line, or a bare column; the rest is marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cimodel_tui.model.baseline import DAYS_BETWEEN
from cimodel_tui.model.day import UnreadableDayError, add_months, read_day
from cimodel_tui.model.number import UnreadableNumberError, read_number

_DAY_TOKENS = 3
"""A day may be written in up to this many words: `14 jul 2026`."""

_NUMERIC_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)", re.ASCII)
_MONTHS_BETWEEN = {"monthly": 1, "quarterly": 3}

DECIMAL_COMMA, MONTH_FIRST, PER_CENT, HOURS_AND_MINUTES, ONE_COLUMN = (
    "decimal comma",
    "month first",
    "per cent",
    "hours and minutes",
    "one column",
)
"""What a paste may leave open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a paste is meant to be read."""

    decimal_comma: bool = False
    """Whether `12,5` is twelve and a half."""
    month_first: bool = False
    """Whether `3/4/2026` is in March."""
    per_cent: bool = False
    """Whether `5%` is 5 of a metric in per cent."""
    hours: bool = False
    """Whether `7:06` is 7.1 hours."""
    first: date | None = None
    """The day of the first value, where there is a value a line only."""
    frequency: str = "weekly"
    """How far apart such values are."""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One line as it was understood."""

    number: int
    """Its place, from 1."""
    text: str
    """As it was typed."""
    day: str = ""
    """Its day in ISO text."""
    value: str = ""
    """Its value as it will be kept."""
    note: str = ""
    """Its note."""
    problem: str = ""
    """Why it cannot be taken in; empty where it can."""


def split(line: str) -> tuple[str, str, str]:
    """Return day, value and note of a line as they stand, the day empty where there is a value only."""
    for mark in ("\t", ";"):
        if mark in line:
            cells = [cell.strip().strip('"') for cell in line.split(mark)]
            return cells[0], cells[1], " ".join(cells[2:]).strip()
    if (
        line.count(",")
        and not line[:1].isspace()
        and re.match(r"[^,\s]+,\s*\S", line)
        and not _COMMA_NUMBER.match(line)
    ):
        day, value, *note = (cell.strip().strip('"') for cell in line.split(","))
        return day, value, ", ".join(note)
    return _by_words(line.split())


def _by_words(words: list[str]) -> tuple[str, str, str]:
    if len(words) <= 1:
        return "", " ".join(words), ""
    for length in range(min(_DAY_TOKENS, len(words) - 1), 0, -1):
        text = " ".join(words[:length])
        if _NUMERIC_DAY.fullmatch(text) or _is_day(text):
            return text, words[length], " ".join(words[length + 1 :])
    return words[0], words[1], " ".join(words[2:])


def _is_day(text: str) -> bool:
    try:
        read_day(text, date(2000, 1, 1))
    except UnreadableDayError:
        return False
    return True


def open_questions(text: str) -> tuple[str, ...]:
    """Return what a paste leaves open, so that it is asked once and not guessed."""
    rows = [split(line) for line in text.splitlines() if line.strip()]
    found = {
        DECIMAL_COMMA: any(_COMMA_NUMBER.fullmatch(value) for _, value, _ in rows),
        MONTH_FIRST: any(_NUMERIC_DAY.fullmatch(day) for day, _, _ in rows),
        PER_CENT: any(value.endswith("%") for _, value, _ in rows),
        HOURS_AND_MINUTES: any(_CLOCK.fullmatch(value) for _, value, _ in rows),
        ONE_COLUMN: len(rows) > 1 and all(not day for day, _, _ in rows),
    }
    return tuple(name for name, is_open in found.items() if is_open)


def understand(text: str, manner: Manner, today: date) -> tuple[PastedRow, ...]:
    """Read every line that is not empty; a heading above the numbers is passed over."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and not any(mark.isdecimal() for mark in lines[0]):
        lines[0] = ""
    days: dict[str, int] = {}
    return tuple(_marked(row, days) for row in _rows(lines, manner, today))


def _rows(lines: list[str], manner: Manner, today: date) -> Iterator[PastedRow]:
    count = 0
    for number, line in enumerate(lines, 1):
        if line:
            yield _row(number, line, manner, today, count)
            count += 1


def _row(number: int, line: str, manner: Manner, today: date, count: int) -> PastedRow:
    day, value, note = split(line)
    try:
        read = _day(day, manner, today) if day else _counted(manner, today, count)
        kept = _value(value, manner)
        read_number(kept)
    except (UnreadableDayError, UnreadableNumberError) as problem:
        return PastedRow(number, line, note=note, problem=str(problem))
    except OverflowError:
        return PastedRow(number, line, note=note, problem="its day lies beyond the calendar")
    return PastedRow(number, line, read.isoformat(), kept, note)


def _marked(row: PastedRow, days: dict[str, int]) -> PastedRow:
    if row.problem:
        return row
    first = days.setdefault(row.day, row.number)
    if first == row.number:
        return row
    return PastedRow(row.number, row.text, note=row.note, problem=f"{row.day} stands in row {first} already")


def _day(text: str, manner: Manner, today: date) -> date:
    found = _NUMERIC_DAY.fullmatch(text)
    if not found:
        return read_day(text, today)
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    day, month = (two, one) if manner.month_first else (one, two)
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDayError(
            f'"{text}" is no day with the {"month" if manner.month_first else "day"} first'
        ) from None


def _counted(manner: Manner, today: date, count: int) -> date:
    first = manner.first or today
    if manner.frequency in _MONTHS_BETWEEN:
        return add_months(first, _MONTHS_BETWEEN[manner.frequency] * count)
    return first + timedelta(days=DAYS_BETWEEN.get(manner.frequency, 1) * count)


def _value(text: str, manner: Manner) -> str:
    if manner.per_cent and text.endswith("%"):
        text = text[:-1].rstrip()
    clock = _CLOCK.fullmatch(text)
    if manner.hours and clock:
        return f"{int(clock[1]) + int(clock[2]) / 60:.4f}".rstrip("0").rstrip(".")
    if manner.decimal_comma and _COMMA_NUMBER.fullmatch(text):
        return text.replace(",", ".")
    return text
