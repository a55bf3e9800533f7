"""Readings that are missing within a stretch, named by the days on which they were due."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from cimodel_tui.measurement.readings import Point
from cimodel_tui.model.baseline import DAYS_BETWEEN, MONTHS_BETWEEN
from cimodel_tui.model.day import add_months
from cimodel_tui.record import dataclass

_WEEK = 7
_MONTH_LONG = {range(28, 32): 1, range(89, 93): 3}
"""Distances in days that are whole months where the days of the month agree."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The days on which readings are missing."""

    baseline: tuple[date, ...] = ()
    """Within the baseline."""
    after: tuple[date, ...] = ()
    """Within the result."""


@dataclass(frozen=True, slots=True)
class _Period:
    days: int
    """How long it is, about."""
    months: int = 0
    """How many months of the calendar it has; 0 where it goes by days."""

    def after(self, day: date, count: int) -> date:
        """Return the day on which a reading is due so many periods later."""
        return add_months(day, count * self.months) if self.months else day + timedelta(days=count * self.days)


def gaps(baseline: Sequence[Point], after: Sequence[Point], frequency: str = "") -> Gaps:
    """Return what is missing between readings farther apart than one and a half periods of the metric.

    Without a frequency the period is the most common distance, the smallest of equally common ones. A weekday on which
    there is never a reading is none on which one is missing, where readings are due more often than weekly.
    """
    days = [[point.day for point in stretch] for stretch in (baseline, after)]
    period = _known(frequency) or _most_common(days)
    if period is None:
        return Gaps()
    weekdays = {day.weekday() for stretch in days for day in stretch} if period.days < _WEEK else set(range(_WEEK))
    before, later = (tuple(day for day in _missing(stretch, period) if day.weekday() in weekdays) for stretch in days)
    return Gaps(before, later)


def _known(frequency: str) -> _Period | None:
    days = DAYS_BETWEEN.get(frequency)
    return _Period(days, MONTHS_BETWEEN.get(frequency, 0)) if days else None


def _most_common(stretches: Sequence[Sequence[date]]) -> _Period | None:
    counted = Counter((later - earlier).days for days in stretches for earlier, later in pairwise(days))
    if not counted:
        return None
    most = max(counted.values())
    usual = min(distance for distance, count in counted.items() if count == most)
    months = next((months for reach, months in _MONTH_LONG.items() if usual in reach), 0)
    return _Period(usual, months if months and _on_one_day([day for days in stretches for day in days]) else 0)


def _on_one_day(days: Sequence[date]) -> bool:
    """Tell whether all days are the same one of their months, or all of them the last."""
    return len({day.day for day in days}) == 1 or all(day.day == monthrange(day.year, day.month)[1] for day in days)


def _missing(days: Sequence[date], period: _Period) -> Iterator[date]:
    for earlier, later in pairwise(days):
        due, count = earlier, 0
        while 2 * (later - due).days > 3 * period.days:
            count += 1
            due = period.after(earlier, count)
            if 2 * (later - due).days > period.days:
                yield due
