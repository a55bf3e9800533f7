"""Readings from the periods of tickets: figures, incomplete periods that are left out, and remarks about them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from typing import Protocol, Self, TypeVar, cast

from cimodel_tui.model.day import next_start, start_of, usual_days
from cimodel_tui.model.number import count, quoted
from cimodel_tui.sources.conditions import read_condition
from cimodel_tui.sources.dates import zone_remarks
from cimodel_tui.sources.durations import unit_of_time
from cimodel_tui.sources.numbers import format_stored
from cimodel_tui.sources.recipe import (
    FoundReading,
    ImportResult,
    MetricFacts,
    Recipe,
    SkippedRow,
    SourceError,
    TwoPassProgress,
    one_per_option,
)
from cimodel_tui.sources.table import Table
from cimodel_tui.sources.ticket_plan import (
    CellFormats,
    TicketPlan,
    Tickets,
    is_of_values,
    percentile_of,
    plan_of,
    scan_columns,
)
from cimodel_tui.sources.ticket_walks import TicketWalk, may_skip, walk_usual

_LIMITS = (1_000, 5_000, 10_000, 50_000)
"""An export of exactly this many rows was probably cut off at a limit of the tool."""

_MOST_ROWS = 20
"""At most this many rows are named."""

_HALF = 2
_SLOW = Fraction(9, 10)
"""The percentile of the time that tickets take by which the reach of an export is estimated."""

_SECOND = timedelta(seconds=1)

FEW_FOR_MEDIAN, FEW_FOR_PERCENTILE = 10, 20
"""With fewer tickets than that a median or a percentile is weak."""


def read_tickets(
    table: Table,
    metric: MetricFacts,
    recipe: Recipe,
    today: date,
    *,
    span: tuple[date | None, date | None] = (None, None),
    skip_unreadable: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ImportResult:
    """Return the readings that a ticket export gives for a metric; raises SourceError where it gives none.

    `span` holds the first and the last day that are wanted.
    """
    plan = plan_of(table, metric, recipe)
    if any(each.option in ("resolved", "opened") for each in plan.questions):
        return ImportResult(questions=plan.questions, remarks=table.remarks, is_tickets=True)
    formats = scan_columns(table, plan, today, scan=False)
    found = None if formats.questions else walk_usual(table, plan, formats, progress)
    if found is None:
        progress_of_passes = TwoPassProgress(progress)
        formats = scan_columns(table, plan, today, progress=progress_of_passes)
        if formats.questions:
            return ImportResult(questions=one_per_option(formats.questions), remarks=table.remarks, is_tickets=True)
        progress_of_passes.start_second_pass()
        found = TicketWalk(table, plan, formats).go_through(progress_of_passes)
    if found.problems and skip_unreadable and may_skip(found):
        found.left_out += [_as_skipped_row(each) for each in found.problems]
        found.problems.clear()
    periods = _Periods(plan, formats, found)
    moments = [table.columns[at] for at in (plan.columns.opened, plan.columns.resolved) if at is not None]
    readings = [each for each in periods.readings() if _is_within(each.day, plan.every, span)]
    return ImportResult(
        readings=tuple(readings),
        left_out=tuple(sorted(found.left_out, key=lambda each: each.row)),
        problems=tuple(found.problems),
        remarks=(
            *table.remarks,
            *zone_remarks(moments, formats.dates),
            *_remarks(table, plan, found),
            *periods.weakness_remarks(readings),
        ),
        periods_left_out=tuple(sorted(periods.left_out.items())),
        columns=_columns(table, plan),
        is_tickets=True,
    )


def _as_skipped_row(problem: str) -> SkippedRow:
    row, _, why = problem.removeprefix("row ").partition(": ")
    return SkippedRow(int(row), f"unreadable: {why}")


def _is_within(day: str, every: str, span: tuple[date | None, date | None]) -> bool:
    first, last = span
    start = date.fromisoformat(day)
    if first and start < first:
        return False
    return not last or next_start(start, every) - timedelta(days=1) <= last


def _columns(table: Table, plan: TicketPlan) -> tuple[tuple[str, str], ...]:
    at = plan.columns
    used = ((at.key, "key"), (at.opened, "opened"), (at.resolved, "resolved"), (plan.value, "value"))
    named = [(table.columns[place], role) for place, role in used if place is not None]
    return (*named, *((table.columns[place], "pause") for place in plan.less))


class _Periods:
    """The periods of an export, which of them are incomplete, and the reading of each other one."""

    def __init__(self, plan: TicketPlan, formats: CellFormats, found: Tickets) -> None:
        self.plan, self.formats, self.found = plan, formats, found
        self.starts = list(self._all())
        self.left_out: dict[str, str] = {}
        if plan.recipe.incomplete not in ("", "keep"):
            raise SourceError(f"--incomplete {quoted(plan.recipe.incomplete)}: give keep")
        if not plan.recipe.incomplete:
            self._leave_out()

    def _start(self, day: date) -> date:
        return start_of(day, self.plan.every, self.plan.metric.first)

    def _all(self) -> Iterator[date]:
        """Yield the first day of every period from the first ticket to the latest moment of the export."""
        days = self.found.opened if self.plan.measure == "backlog" else self.found.counts
        if not days or self.found.last_day is None:
            return
        start, last = self._start(min(days)), self._start(self.found.last_day)
        while start <= last:
            yield start
            start = next_start(start, self.plan.every)

    def _leave_out(self) -> None:
        found = self.found
        if not self.starts or found.last_day is None:
            return
        first, last = self.starts[0], self.starts[-1]
        if found.first_opened_day and first < found.first_opened_day and first == self._start(found.first_opened_day):
            self.left_out[first.isoformat()] = f"the first ticket was opened on {found.first_opened_day}"
        if found.last_day < next_start(last, self.plan.every):
            self.left_out[last.isoformat()] = f"the export ends on {found.last_day}"
        if self.plan.by == "resolved" or self.plan.measure == "backlog":
            self._leave_out_reached()

    def _leave_out_reached(self) -> None:
        """Leave out the periods in which tickets were resolved that the export is too young to hold."""
        spans, first = self.found.spans, self.found.first_opened
        if not spans or first is None:
            return
        half = timedelta(days=usual_days(self.plan.every)) / _HALF
        if sum(1 for span in spans if span > half) <= len(spans) - ceil(_SLOW * len(spans)):
            return
        slow = nearest_rank(sorted(spans), _SLOW)
        reach = first + slow
        for start in self.starts:
            if self._utc(start) < reach:
                days = format_stored(Fraction(round(slow / _SECOND), 86_400)).partition(".")[0]
                self.left_out.setdefault(
                    start.isoformat(), f"one ticket in ten takes longer than {days} days, and the export begins then"
                )

    def _utc(self, day: date) -> datetime:
        local = datetime.combine(day, time(), self.formats.dates.zone)
        return local.astimezone(UTC).replace(tzinfo=None)

    def readings(self) -> Iterator[FoundReading]:
        """Yield the reading of each complete period that has one; of future periods only those that have tickets."""
        made = self._backlog() if self.plan.measure == "backlog" else self._of_periods()
        known = {self._start(day) for day in (*self.found.counts, *self.found.opened, *self.found.resolved)}
        today = self.formats.dates.today
        there = {each.isoformat() for each in self.starts if each <= today or each in known}
        return (each for each in made if each.day in there and each.day not in self.left_out)

    def _backlog(self) -> Iterator[FoundReading]:
        opened, resolved = self._by_period(self.found.opened), self._by_period(self.found.resolved)
        first = self.starts[0] if self.starts else None
        still = -sum(some for start, some in resolved.items() if first and start < first)
        for start in self.starts:
            still += opened.get(start, 0) - resolved.get(start, 0)
            yield FoundReading(0, start.isoformat(), str(still), n=still)

    def _by_period(self, days: dict[date, int]) -> dict[date, int]:
        found: dict[date, int] = {}
        for day, some in days.items():
            start = self._start(day)
            found[start] = found.get(start, 0) + some
        return found

    def _of_periods(self) -> Iterator[FoundReading]:
        counts, met = self._by_period(self.found.counts), self._by_period(self.found.met)
        values: dict[date, list[timedelta | Fraction]] = {}
        for day, some in self.found.values.items():
            values.setdefault(self._start(day), []).extend(some)
        measure = self.plan.measure
        for start in self.starts:
            n = counts.get(start, 0)
            if measure == "count":
                yield FoundReading(0, start.isoformat(), str(n), n=n)
            elif n and measure == "share":
                yield FoundReading(0, start.isoformat(), str(met.get(start, 0)), str(n), n=n)
            elif n:
                yield self._of_values(start, values[start])

    def _of_values(self, start: date, values: list[timedelta | Fraction]) -> FoundReading:
        measure, n = self.plan.measure, len(values)
        of = str(n) if measure == "mean" else None
        weak = weakness(measure, n)
        note = "" if measure in ("mean", "sum") else f"n {n}" + (f", {weak}" if weak else "")
        return FoundReading(0, start.isoformat(), format_stored(self._figure(values)), of, note, n)

    def _figure(self, values: list[timedelta | Fraction]) -> Fraction:
        measure, share = self.plan.measure, percentile_of(self.plan.measure)
        if measure in ("mean", "sum"):
            total = sum(map(self._number, values), Fraction(0))
            return total / len(values) if measure == "mean" else total
        ordered = sorted(cast("list[timedelta]", values))  # or numbers, but never both in one export
        if share is not None:
            return self._number(nearest_rank(ordered, share))
        low, high = middle(ordered)
        return (self._number(low) + self._number(high)) / 2

    def _number(self, value: timedelta | Fraction) -> Fraction:
        """Return a value in the metric's unit."""
        if isinstance(value, Fraction):
            return value
        seconds = Fraction(value.days * 86_400 + value.seconds) + Fraction(value.microseconds, 10**6)
        return seconds / self.formats.unit_seconds

    def weakness_remarks(self, readings: list[FoundReading]) -> list[str]:
        """Return remarks about readings that are made of too few tickets."""
        if not is_of_values(self.plan.measure):
            return []
        by_word: dict[str, list[str]] = {}
        for each in readings:
            if word := weakness(self.plan.measure, each.n or 0):
                by_word.setdefault(word, []).append(each.day)
        return [
            f"{len(days)} {'period is' if len(days) == 1 else 'periods are'} weak ({word}), the first {days[0]}"
            for word, days in by_word.items()
        ]


def _of_options(table: Table, plan: TicketPlan) -> Iterator[str]:
    """Yield which options do not fit: a saved recipe may hold them for another measure, and a unit is no count."""
    recipe = plan.recipe
    if plan.value is not None and is_of_values(plan.measure):
        named = [name for name, given in (("pauses", recipe.less), ("working hours", recipe.hours)) if given]
        if named:
            yield f"{quoted(table.columns[plan.value])} is taken as it stands, without the {' and '.join(named)}"
    if recipe.counts_as and plan.measure != "share":
        yield f"--counts-as changes nothing: it is for --measure share, not {plan.measure}"
    unit = plan.metric.unit.strip()
    if plan.measure in ("count", "backlog") and (unit == "%" or unit_of_time(unit)):
        yield f"tickets are counted, and the metric is in {unit}"
    if recipe.value and not is_of_values(plan.measure):
        yield f"--value changes nothing: {plan.measure} counts tickets"


def _remarks(table: Table, plan: TicketPlan, found: Tickets) -> Iterator[str]:
    if found.rows in _LIMITS:
        yield f"exactly {found.rows:,} rows: the export looks cut off at the tool's limit"
    if found.not_wanted:
        yield f"{_tickets(found.not_wanted, 'does', 'do')} not meet the conditions"
    if found.still_open:
        flatters = ": figures by opened flatter the last periods" if plan.by == "opened" else ""
        yield f"{_tickets(found.still_open, 'is', 'are')} still open{flatters}"
    if found.idle:
        was = _tickets(len(found.idle), "was", "were")
        yield f"{was} opened and resolved outside working hours and took no working time: {_rows(found.idle)}"
    if found.future:
        yield f"{_tickets(len(found.future), 'lies', 'lie')} in the future: {_rows(found.future)}"
    if plan.value is None and is_of_values(plan.measure) and found.spans and _are_days(found):
        yield "opened and resolved are days without a time: the time tickets take is counted in whole days"
    if plan.measure == "share" and found.counts and not any(found.met.values()):
        yield f"no ticket meets {' and '.join(map(quoted, plan.recipe.counts_as))}"
    yield from _of_options(table, plan)
    yield from _of_states(table, plan, found)
    for each in (*plan.recipe.where, *plan.recipe.counts_as):
        if read_condition(each).is_about_a_person:
            yield f"the condition {quoted(each)} is about a person: figures of single persons are not for this"


def _rows(numbers: list[int]) -> str:
    """Name the rows, the first ones of many."""
    more = f" and {len(numbers) - _MOST_ROWS} more" if len(numbers) > _MOST_ROWS else ""
    return f"{'row' if len(numbers) == 1 else 'rows'} {', '.join(map(str, numbers[:_MOST_ROWS]))}{more}"


def _are_days(found: Tickets) -> bool:
    """Return whether every ticket took whole days and no moment has a time: then the export has no times of day."""
    return not found.has_times and all(not span.seconds and not span.microseconds for span in found.spans)


def _tickets(number: int, one: str, several: str) -> str:
    return count(number, f"ticket {one}", f"tickets {several}")


def _of_states(table: Table, plan: TicketPlan, found: Tickets) -> Iterator[str]:
    """Return which tickets the user may not want to count, and the condition that leaves them out."""
    state, reopened = plan.columns.state, plan.columns.reopened
    for part, word in (("cancel", "cancelled"), ("duplicate", "duplicate"), ("reject", "rejected")):
        named = [text for text in found.states if part in text.casefold()]
        if named and state is not None:
            marked = _tickets(sum(found.states[text] for text in named), "is", "are")
            condition = f"{table.columns[state]}!={'|'.join(named)}"
            yield f'{marked} marked as {word}: --where "{condition}" leaves them out'
    if found.reopened and reopened is not None:
        were = _tickets(found.reopened, "was", "were")
        yield f'{were} reopened: --where "{table.columns[reopened]}=0" leaves them out'


class Ordered(Protocol):
    """What can be put in order."""

    def __lt__(self, other: Self, /) -> bool:
        """Return whether it is less."""


Value = TypeVar("Value", bound=Ordered)


def nearest_rank(ordered: Sequence[Value], share: Fraction) -> Value:
    """Return the smallest value that so large a share of all does not exceed: s[ceil(p n)], a real ticket."""
    return ordered[ceil(share * len(ordered)) - 1]


def middle(ordered: Sequence[Value]) -> tuple[Value, Value]:
    """Return the two values whose mean is the median; with an odd number both are the same one."""
    half = len(ordered) // 2
    return (ordered[half], ordered[half]) if len(ordered) % 2 else (ordered[half - 1], ordered[half])


def weakness(measure: str, n: int) -> str:
    """Return why a figure of this many tickets is weak; empty where it is not."""
    share = percentile_of(measure)
    if share is not None and ceil(share * n) == n:
        return "the slowest single ticket"
    if share is not None and n < FEW_FOR_PERCENTILE:
        return f"fewer than {FEW_FOR_PERCENTILE} tickets"
    return f"fewer than {FEW_FOR_MEDIAN} tickets" if measure == "median" and n < FEW_FOR_MEDIAN else ""
