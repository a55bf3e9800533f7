"""How a column of dates is read: the order of day and month, `Mar 25`, days without a year, time zones.

All columns of dates of a file decide together about the order, since one program wrote them. What remains open becomes
a question. Dates in the future are no evidence, and no inferred date lies in the future.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cimodel_tui.model.number import quoted
from cimodel_tui.record import dataclass
from cimodel_tui.sources.date_columns import ORDERS, SERIAL_ZERO, SERIALS, DateColumn
from cimodel_tui.sources.date_forms import (
    DAY,
    MOMENT,
    NAMED_NUMBER,
    NUMERIC,
    PERIOD,
    YEARLESS,
    DateForm,
    day_in_order,
    form_of,
    full_year,
)
from cimodel_tui.sources.recipe import OpenQuestionError, Question, SourceError

_ANSWERS = frozenset((*ORDERS, "ymd", "my", "md", "excel"))
_LONG_PERIODS = ("monthly", "quarterly")
_MOST_DAYS = 31
_LEAP_CYCLE = 9
"""The latest 29 February lies within this many years."""


class DateCell(NamedTuple):
    """A cell as it was understood."""

    day: date
    """The day in the metric's zone."""
    moment: datetime | None = None
    """The moment: aware where the zone is known from the cell, else naive; None where only a day is written."""
    is_inferred: bool = False
    """Whether its year was inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How the columns of dates of a file are read, and the questions that are still open."""

    order: str = "dmy"
    """dmy, mdy or ymd."""
    months: tuple[bool, ...] = ()
    """For each column, whether `Mar 25` is a month."""
    has_serials: bool = False
    """Whether a number is a serial number of Excel."""
    serial_zero: date = SERIAL_ZERO
    """The day of the serial number 0."""
    today: date
    """The day that counts as today."""
    zone: tzinfo = UTC
    """The zone whose days count."""
    file_zone: tzinfo = UTC
    """The zone of times without one."""
    questions: tuple[Question, ...] = ()
    """What is open."""

    def read(self, text: str, column: int = 0) -> DateCell | None:
        """Return the day of a cell of the column with this index, or None where it holds none."""
        form = form_of(text)
        if form is None:
            return None
        day, inferred = self._day(form, column)
        if form.moment is not None:
            return DateCell(form.moment.astimezone(self.zone).date(), form.moment)
        if day is None:
            return None
        if form.time is None:
            return DateCell(day, None, inferred)
        moment = datetime(day.year, day.month, day.day) + form.time  # noqa: DTZ001 - as written, its zone may follow
        if form.zone is not None:
            moment = moment.replace(tzinfo=form.zone)
        return DateCell(self.day_of(moment), moment, inferred)

    def day_of(self, moment: datetime) -> date:
        """Return the day of a moment in the metric's zone; one without a zone is read in the zone of the file."""
        if moment.tzinfo is None:
            if self.file_zone is self.zone:
                return moment.date()
            moment = moment.replace(tzinfo=self.file_zone)
        return moment.astimezone(self.zone).date()

    def _day(self, form: DateForm, column: int) -> tuple[date | None, bool]:
        if form.kind in (DAY, PERIOD, MOMENT):
            return form.day, False
        if form.kind == NUMERIC:
            return day_in_order(form, self._order_of(form)), False
        if form.kind == YEARLESS:
            return latest(form.numbers[0], form.numbers[1], self.today), True
        if form.kind == NAMED_NUMBER:
            if column < len(self.months) and self.months[column]:
                return date(full_year(f"{form.numbers[1]:02d}"), form.numbers[0], 1), False
            return latest(form.numbers[0], form.numbers[1], self.today), True
        return self._serial(form), False

    def _order_of(self, form: DateForm) -> str:
        """Points between the numbers are written by those who put the day first."""
        if form.mark.startswith(".") and self.order != "ymd" and day_in_order(form, "dmy"):
            return "dmy"
        return self.order

    def _serial(self, form: DateForm) -> date | None:
        whole = int(form.serial.partition(".")[0])
        return self.serial_zero + timedelta(days=whole) if self.has_serials and whole in SERIALS else None


def understand_dates(
    columns: Sequence[DateColumn],
    *,
    today: date,
    answer: str = "",
    frequency: str = "",
    zones: tuple[tzinfo, tzinfo] = (UTC, UTC),
) -> Dates:
    """Return how these columns are read; `answer` holds the answers that were given, with commas.

    Raises SourceError where no order fits all of them.
    """
    answers = frozenset(filter(None, (each.strip() for each in answer.split(","))))
    if answers - _ANSWERS:
        raise SourceError(f"--dates {quoted(answer)}: give {', '.join(sorted(_ANSWERS))}, or several with commas")
    _refuse_fiscal_quarters(columns)
    order, questions = _order(columns, answers)
    if not answers & {*ORDERS, "ymd"}:
        questions += [_ask_swapped(each) for each in columns if each.may_be_swapped]
    months = tuple(_are_months(each, answers, today, frequency) for each in columns)
    questions += [_ask_months(each) for each, known in zip(columns, months, strict=True) if known is None]
    questions += [_ask_period(each) for each in columns if each.other_period and "my" not in answers]
    serials = [each.serial for each in columns if each.serial and not each.is_sheet]
    if serials and "excel" not in answers:
        row, text = serials[0]
        words = f"Row {row}: is {quoted(text.strip())} a day as Excel counts them ({_serial_day(text)})?"
        questions.append(Question("dates", words, (("excel", "yes"),)))
    return Dates(
        order=order,
        months=tuple(bool(each) for each in months),
        has_serials="excel" in answers or any(each.is_sheet for each in columns),
        serial_zero=columns[0].serial_zero if columns else SERIAL_ZERO,
        today=today,
        zone=zones[0],
        file_zone=zones[1],
        questions=tuple(questions),
    )


def _refuse_fiscal_quarters(columns: Sequence[DateColumn]) -> None:
    """Raise SourceError where it is not known when a quarter begins."""
    for column in columns:
        if column.fiscal:
            row, text = column.fiscal
            raise SourceError(
                f"row {row}: {quoted(text.strip())} in the column {quoted(column.name)} is a quarter of a fiscal year: "
                "write its first day"
            )


def _order(columns: Sequence[DateColumn], answers: frozenset[str]) -> tuple[str, list[Question]]:
    given = [each for each in (*ORDERS, "ymd") if each in answers]
    if given:
        return given[0], []
    refuted = {order: each.refuted[order] for each in columns for order in ORDERS if order in each.refuted}
    year_first = any(each.may_be_year_first for each in columns)
    if len(refuted) == len(ORDERS):
        if year_first:
            return "ymd", []
        (one, text), (two, other) = sorted(refuted.values())
        if one == two:
            raise SourceError(f"row {one}: {quoted(text.strip())} is not a date, whichever comes first")
        raise SourceError(
            f"row {one} {quoted(text.strip())} and row {two} {quoted(other.strip())} cannot both be meant: "
            "one has the day first, the other the month"
        )
    opened = next((each.open for each in columns if each.open), None)
    if refuted and not year_first:
        return ("mdy" if "dmy" in refuted else "dmy"), []
    if opened is None and not year_first:
        return "dmy", []
    orders = [each for each in ORDERS if each not in refuted] + ["ymd"] * year_first
    return "dmy", [_ask_order(opened, columns, orders)]


def _ask_order(opened: tuple[int, str] | None, columns: Sequence[DateColumn], orders: list[str]) -> Question:
    row, text = opened or next((each.refuted[order] for each in columns for order in each.refuted), (1, ""))
    form = form_of(text)
    days = [(order, day_in_order(form, order)) for order in orders] if form else [(order, None) for order in orders]
    choices = tuple((order, day.isoformat() if day else "") for order, day in days)
    return Question("dates", f"Row {row}: which day is {quoted(text.strip())}?", choices)


def _are_months(column: DateColumn, answers: frozenset[str], today: date, frequency: str) -> bool | None:
    """Return whether `Mar 25` is a month in this column; None where it may be either."""
    if not column.named or "md" in answers:
        return False
    if "my" in answers:
        return True
    months = [date(full_year(f"{number:02d}"), month, 1) for month, number in column.named]
    if column.has_periods:
        return True
    if any(number not in range(1, _MOST_DAYS + 1) for _, number in column.named):
        return True
    days = [latest(month, number, today) for month, number in column.named]
    if frequency in _LONG_PERIODS or (_is_in_order(months) and not (None not in days and _is_in_order(days))):
        return True if max(months) <= today else None
    return None


def _is_in_order(days: Sequence[date | None]) -> bool:
    known = [each for each in days if each is not None]
    rising = all(one < two for one, two in pairwise(known))
    return len(known) > 1 and (rising or all(one > two for one, two in pairwise(known)))


def _ask_months(column: DateColumn) -> Question:
    row, text = column.first_named or (0, "")
    choices = (("my", "a month and a year"), ("md", "a month and a day"))
    return Question("dates", f"Row {row}: what is {quoted(text.strip())}?", choices)


def _ask_swapped(column: DateColumn) -> Question:
    row, day = column.date_of_sheet or column.dotted or (0, "")
    later, text = next(iter(column.refuted.values()))
    order = next(each for each in ORDERS if each not in column.refuted)
    words = (
        f"Row {row} is the date {day.strip()}, and row {later} {quoted(text.strip())} is text: Excel may have swapped"
    )
    return Question(
        "dates", f"{words} day and month of the former. Are the dates right?", ((order, "yes, as they stand"),)
    )


def _ask_period(column: DateColumn) -> Question:
    row, text = column.other_period or (0, "")
    form = "2026-W05" if column.period_in_name == "week" else "2026-Q1"
    words = f"Row {row}: is {quoted(text.strip())} a month? The column is named {quoted(column.name)}"
    return Question(
        "dates", f"{words}, and a {column.period_in_name} is written {form}.", (("my", "a month and a year"),)
    )


def _serial_day(text: str) -> str:
    return (SERIAL_ZERO + timedelta(days=int(text.strip().partition(".")[0]))).isoformat()


def latest(month: int, day: int, today: date) -> date | None:
    """Return the latest day with this month and day that is not after today."""
    for year in range(today.year, today.year - _LEAP_CYCLE, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None


_ZONE_IN_HEADER = re.compile(r"(?<![^\W_])(?:utc|gmt)(?![^\W_])", re.IGNORECASE)


def zones_of(names: Sequence[str], zone: str, file_zone: str) -> tuple[tzinfo, tzinfo]:
    """Return the zone whose days count, and that of times without one: as given, as the headers say, or the same.

    Raises OpenQuestionError where only some of the columns of moments name a zone, SourceError for an unknown zone.
    """
    days = time_zone(zone)
    if file_zone:
        return days, time_zone(file_zone)
    in_utc = [name for name in names if _ZONE_IN_HEADER.search(name)]
    if in_utc and len(in_utc) < len(names) and days is not UTC:
        other = next(name for name in names if name not in in_utc)
        words = f"The column {quoted(in_utc[0])} is in UTC. In which zone is {quoted(other)}?"
        raise OpenQuestionError(Question("file_zone", words, (("UTC", "the same"), (zone, "that of the metric"))))
    return days, UTC if in_utc else days


def zone_remarks(names: Sequence[str], dates: Dates) -> tuple[str, ...]:
    """Return that the times are in another zone than that whose days count, where a header says so."""
    named = [quoted(name) for name in names if _ZONE_IN_HEADER.search(name)]
    if not named or dates.file_zone is dates.zone or dates.file_zone is not UTC:
        return ()
    return (f"times are in UTC, as {named[0]} says; days are those of {dates.zone}",)


def time_zone(name: str) -> tzinfo:
    """Return a zone by its name in the tz database; raises SourceError where there is none."""
    if not name or name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SourceError(f"there is no time zone named {quoted(name)}: give one such as Europe/Berlin") from None
