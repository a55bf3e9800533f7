"""The stretches of an iteration: which days belong to its baseline, and which to its result.

Readings belong to the improvement; an iteration holds days only. What lies between baseline and result is "during".
"""

from collections.abc import Iterator
from datetime import date, timedelta

from cimodel_tui.model.baseline import period_end
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.record import dataclass

_SECOND_DAY = date.min + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days, both ends included; an open end reaches as far as there are readings."""

    first: date | None = None
    """Its first day."""
    last: date | None = None
    """Its last day."""

    def holds(self, day: date) -> bool:
        """Return whether a day lies in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def covers(self, day: date, frequency: str) -> bool:
        """Return whether a reading lies in it with all of the period that it covers."""
        return self.holds(day) and (self.last is None or period_end(day, frequency) <= self.last)


def readings_in(improvement: Improvement, metric: str, stretch: Stretch) -> Iterator[tuple[date, Reading]]:
    """Yield day and reading of a metric within a stretch in date order, those that are set aside included."""
    for text, reading in sorted(improvement.readings.get(metric, {}).items()):
        day = as_day(text)
        if day and stretch.holds(day):
            yield day, reading


def opening_day(iteration: Iteration) -> date | None:
    """Return the day on which a later pass was opened; none for the first, to which everything before belongs."""
    return as_day(iteration.opened_on) if iteration.number > 1 else None


def first_start(iteration: Iteration) -> date | None:
    """Return the day on which the first action began or is to begin, or None where no day is known.

    What an earlier pass began is part of where a later one starts.
    """
    days = [as_day(row.started) for row in iteration.action.progress]
    days += [as_day(row.start) for row in iteration.plan.actions]
    opened = opening_day(iteration)
    return min((day for day in days if day and (opened is None or day >= opened)), default=None)


def result_from(iteration: Iteration) -> date | None:
    """Return the first day of the result: the one given, else the day after the last action is due.

    None where that is not known; the days of actions that were due before a later pass was opened say nothing of it.
    """
    given = as_day(iteration.plan.result_from)
    if given:
        return given
    dropped = {row.id for row in iteration.action.progress if row.status == "dropped"}
    due = [as_day(row.due) for row in iteration.plan.actions if row.id not in dropped]
    last = max((day for day in due if day), default=None)
    opened = opening_day(iteration)
    if last is None or last == date.max or (opened is not None and last < opened):
        return None
    return last + timedelta(days=1)


def baseline_stretch(iteration: Iteration) -> Stretch:
    """Return the baseline's days. Where no last day can be read they end before the first action and the result."""
    first, last = as_day(iteration.baseline.first_on), as_day(iteration.baseline.last_on)
    if last is None:
        ends = [day for day in (first_start(iteration), result_from(iteration)) if day]
        last = max(min(ends), _SECOND_DAY) - timedelta(days=1) if ends else None
    return Stretch(first, last)


def result_stretch(iteration: Iteration) -> Stretch | None:
    """Return the result's days; none while it is not known from when the result counts.

    A result never reaches into the baseline: it begins after the baseline's last day at the earliest.
    """
    first, last = result_from(iteration), baseline_stretch(iteration).last
    if first is None or last == date.max:
        return None
    if last is not None and first <= last:
        first = last + timedelta(days=1)
    return Stretch(first, as_day(iteration.check.counts_to))
