"""Moments of tickets in UTC. Reading is fast for ISO form: an export has two moments in every row."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from cimodel_tui.sources.date_forms import form_of
from cimodel_tui.sources.dates import Dates

_ISO_LENGTH = len("2026-01-05 18:38:00")
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_LONG_DAY = timedelta(hours=25)


class Moment(NamedTuple):
    """A moment as it was understood."""

    utc: datetime
    """In UTC, without a zone."""
    day: date
    """Its day in the metric's zone."""
    later: datetime | None = None
    """The same time of day for the second time, where the clocks were set back; in UTC, without a zone."""


class NoSuchTimeError(ValueError):
    """A time of day that was skipped when the clocks were set forward."""


class Moments:
    """Reads the moments of one column."""

    def __init__(self, dates: Dates, column: int) -> None:
        self._dates, self._column = dates, column
        self._is_same_zone = dates.file_zone is dates.zone
        self._offsets: dict[str, timedelta | None] = {}

    def read(self, text: str) -> Moment | None:
        """Return the moment of a cell, or None where it holds none; raises NoSuchTimeError."""
        if len(text) == _ISO_LENGTH and text[4] == "-" and text[13] == ":":
            day = text[:10]
            offset = self._offsets[day] if day in self._offsets else self._learn(day)
            if offset is not None:
                try:
                    moment = datetime.fromisoformat(text)
                except ValueError:
                    return None
                utc = moment - offset
                return Moment(utc, moment.date() if self._is_same_zone else self._local_day(utc))
        return self._read_other_form(text)

    def has_time(self, text: str) -> bool:
        """Return whether a cell says a time of day other than midnight."""
        cell = self._dates.read(text, self._column)
        return cell is not None and cell.moment is not None and cell.moment.time() != time()

    def offset_of(self, day: str) -> timedelta | None:
        """Return the offset from UTC that holds throughout a day in ISO text; None where the clocks change."""
        return self._offsets[day] if day in self._offsets else self._learn(day)

    def _learn(self, text: str) -> timedelta | None:
        """Return the offset from UTC that holds throughout a day, none on a day on which the clocks change.

        Both ends of the day tell: nowhere in the tz database (2025) do clocks change twice within three days.
        """
        form = form_of(text)
        if form is None or form.day is None:
            return self._offsets.setdefault(text, None)
        midnight = datetime.combine(form.day, time(), self._dates.file_zone)
        start = midnight.astimezone(UTC)
        before, after = (
            each.astimezone(self._dates.file_zone).utcoffset() for each in (start - _HOUR, start + _LONG_DAY)
        )
        return self._offsets.setdefault(text, before if before == after else None)

    def _read_other_form(self, text: str) -> Moment | None:
        day = self._dates.read(text, self._column)
        if day is None:
            return None
        moment = day.moment or datetime.combine(day.day, time())
        if moment.tzinfo is not None:
            utc = moment.astimezone(UTC).replace(tzinfo=None)
            return Moment(utc, self._local_day(utc))
        early, late = (in_utc(moment.replace(fold=fold), self._dates.file_zone) for fold in (0, 1))
        if _from_utc(early, self._dates.file_zone) != moment:
            if day.moment is not None:
                raise NoSuchTimeError(text)
            return Moment(early, day.day)
        return Moment(early, self._local_day(early), late if late != early else None)

    def _local_day(self, utc: datetime) -> date:
        return utc.replace(tzinfo=UTC).astimezone(self._dates.zone).date()


def in_utc(moment: datetime, zone: tzinfo) -> datetime:
    """Return a local moment without a zone in UTC, without a zone."""
    return moment.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def _from_utc(utc: datetime, zone: tzinfo) -> datetime:
    return utc.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, fold=0)


def elapsed(opened: Moment, resolved: Moment) -> timedelta:
    """Return the time between two moments; an hour that exists twice is the earlier one unless that is negative."""
    took = resolved.utc - opened.utc
    if took.days < 0 and resolved.later is not None:
        return resolved.later - opened.utc
    return took
