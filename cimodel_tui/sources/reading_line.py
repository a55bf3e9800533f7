"""One reading as it is typed: `5 jan 7.1 after the move`, `today 45/50`.

Words for days, such as `today`, are accepted from the keyboard only.
"""

from datetime import date

from cimodel_tui.model.baseline import EVENTS, WITH_TOTALS
from cimodel_tui.model.day import UnreadableDayError, read_day
from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number
from cimodel_tui.sources.date_forms import EARLIEST_YEAR, YEARLESS, form_of
from cimodel_tui.sources.dates import latest
from cimodel_tui.sources.recipe import FoundReading

_DAY_WORDS = 3
"""A day may be typed in up to this many words: `14 jul 2026`."""


class UnreadableLineError(ValueError):
    """A line that is not a reading; the message gives the reason."""


def read_line(text: str, today: date, kind: str = "value") -> FoundReading | None:
    """Return the reading of a typed line, None for an empty one; raises UnreadableLineError with the reason."""
    words = text.replace("\t", " ").split()
    if not words:
        return None
    try:
        length, day = _day(words, today)
        number = " ".join(words[length : length + 1])
        value, of = ("1", None) if kind == EVENTS and not number else _value(number, kind)
    except (UnreadableDayError, UnreadableNumberError) as problem:
        raise UnreadableLineError(str(problem)) from None
    return FoundReading(1, day.isoformat(), value, of, " ".join(words[length + 1 :]))


def _day(words: list[str], today: date) -> tuple[int, date]:
    for length in range(min(_DAY_WORDS, max(len(words) - 1, 1)), 0, -1):
        try:
            return length, read_reading_day(" ".join(words[:length]).rstrip(",;"), today)
        except UnreadableDayError:
            continue
    raise UnreadableDayError(f"{quoted(words[0])} is not a date: write 2026-07-14, today or 14 jul")


def read_reading_day(text: str, today: date) -> date:
    """Return the day of a reading as it is typed; raises UnreadableDayError.

    Without a year it is the latest such day: nothing is measured in the future. A year before 1900 is a typing error.
    """
    form = form_of(text)
    if form is not None and form.kind == YEARLESS and (past := latest(form.numbers[0], form.numbers[1], today)):
        return past
    try:
        day = read_day(text, today)
    except UnreadableDayError:
        if form is None or form.day is None:
            raise
        day = form.day
    if day.year < EARLIEST_YEAR:
        raise UnreadableDayError(f"{quoted(text)} is not the date of a reading: it lies before {EARLIEST_YEAR}")
    return day


def _value(text: str, kind: str) -> tuple[str, str | None]:
    """Return value and total; for a kind with totals they are typed as `45/50`."""
    value, slash, total = text.partition("/")
    if slash and kind in WITH_TOTALS:
        read_number(value)
        read_number(total)
        return value, total
    read_number(text)
    return text, None
