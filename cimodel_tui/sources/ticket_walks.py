"""The passes over a ticket export that assign each ticket to its period.

`TicketWalk` is the second pass; the first (in `ticket_plan`) found out how the columns are written. `walk_usual` takes
the usual export in one pass and a third of the time: ISO moments of one zone, no key twice, elapsed time as the value.
An unusual row goes through the code of `TicketWalk`, and an export whose columns have to be understood as a whole goes
through both passes.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import compress, islice
from operator import sub

from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number
from cimodel_tui.sources.conditions import all_of, read_condition, takes_duration
from cimodel_tui.sources.date_forms import starts_with_year
from cimodel_tui.sources.durations import has_days
from cimodel_tui.sources.moments import Moment, Moments, NoSuchTimeError, elapsed
from cimodel_tui.sources.numbers import is_nothing
from cimodel_tui.sources.recipe import PROGRESS, SkippedRow, SourceError
from cimodel_tui.sources.table import Cells, Table
from cimodel_tui.sources.ticket_plan import CellFormats, TicketPlan, Tickets, is_of_values

_LENGTH = len("2026-01-05 18:38:00")
_DAY = len("2026-01-05")
_MIDNIGHT = "00:00:00"
"""What stands behind a day where the export has no times."""
_PART = 200
"""Rows that are processed at once: few enough to stay in the processor's cache and to trigger no garbage collection."""
_NO_TIME = timedelta()
_A_DAY = timedelta(days=1)
"""Somewhere it is tomorrow already."""
_LATEST = "9999"
"""Comes after every moment in ISO form."""


Numbered = tuple[int, Cells]
"""A row: its number and its cells."""


_MOST_UNREADABLE = 100
"""One row of this many may be unreadable and skipped."""


class TicketWalk:
    """Puts each ticket into its period."""

    def __init__(self, table: Table, plan: TicketPlan, formats: CellFormats) -> None:
        self.table, self.plan, self.formats = table, plan, formats
        self.found = Tickets()
        dates, columns = formats.dates, plan.columns
        self._opened = Moments(dates, 0)
        self._resolved = Moments(dates, 1 if columns.opened is not None else 0)
        texts = (*plan.recipe.where, *plan.recipe.counts_as)
        self.is_of_values = is_of_values(plan.measure)
        self.latest = dates.today + _A_DAY
        self._needs_time = takes_duration(texts, table) or (self.is_of_values and plan.value is None)
        named = {read_condition(each).column.casefold() for each in plan.recipe.where}
        self.state = self._unless(columns.state, named)
        self.reopened = self._unless(columns.reopened, named)

    def _unless(self, at: int | None, named: set[str]) -> int | None:
        """Return a column to warn about, unless a condition takes care of it already."""
        return None if at is None or self.table.columns[at].casefold() in named else at

    def go_through(self, progress: Callable[[int], None] | None = None) -> Tickets:
        """Walk over all rows; `progress` is called with a row number from time to time."""
        chosen = self.formats.rows_of_keys
        for number, cells in self.table.rows():
            if progress and number % PROGRESS == 0:
                progress(number)
            if (chosen is None or number in chosen) and any(cells):
                self.found.rows += 1
                self.row(number, cells)
        return self.found

    def row(self, number: int, cells: Cells) -> None:
        """Put the ticket of one row into its period, or say why it is left out."""
        columns, found = self.plan.columns, self.found
        try:
            opened = self.moment(self._opened, cells, columns.opened)
            resolved = self.moment(self._resolved, cells, columns.resolved)
        except NoSuchTimeError as problem:
            found.left_out.append(SkippedRow(number, f"{quoted(str(problem))} was skipped when the clocks changed"))
            return
        except SourceError as problem:
            found.problems.append(f"row {number}: {problem}")
            return
        if opened is None and resolved is None:
            found.left_out.append(SkippedRow(number, "no date"))
            return
        if any(each and each.day > self.latest for each in (opened, resolved)):
            found.future.append(number)
        self._extend_range(opened, resolved)
        took = None
        if opened and resolved:
            took = elapsed(opened, resolved)
            if took.days < 0:
                found.left_out.append(SkippedRow(number, "resolved before it was opened"))
                return
        self._ticket(number, cells, (opened, resolved), took)

    def moment(self, moments: Moments, cells: Cells, at: int | None) -> Moment | None:
        """Return the moment of a cell, or None where it is empty; raises SourceError for anything else."""
        if at is None or at >= len(cells) or not (text := cells[at]):
            return None
        moment = moments.read(text)
        if moment is None and not is_nothing(text):
            raise SourceError(f"{quoted(text.strip())} in {quoted(self.table.columns[at])} is not a date and time")
        self.found.has_times = self.found.has_times or (moment is not None and moments.has_time(text))
        return moment

    def _extend_range(self, opened: Moment | None, resolved: Moment | None) -> None:
        found = self.found
        if opened and (found.first_opened is None or opened.utc < found.first_opened):
            found.first_opened, found.first_opened_day = opened.utc, opened.day
        for each in (opened, resolved):
            if each and (found.last_day is None or each.day > found.last_day):
                found.last_day = each.day

    def _ticket(
        self, number: int, cells: Cells, moments: tuple[Moment | None, Moment | None], took: timedelta | None
    ) -> None:
        opened, resolved = moments
        formats, found = self.formats, self.found
        time = took
        if self._needs_time and opened is None:
            found.left_out.append(SkippedRow(number, "there is no time at which it was opened"))
            return
        if self._needs_time and took is not None and opened and resolved:
            try:
                time = self._working(number, cells, opened, took)
            except UnreadableNumberError as problem:
                found.problems.append(f"row {number}: {problem}")
                return
            if time is None:
                return
        for check in formats.where:
            if not check(cells, time):
                found.not_wanted += 1
                return
        self.warn_of(cells)
        if took is not None:
            found.spans.append(took)
        if opened:
            found.opened[opened.day] += 1
        if resolved:
            found.resolved[resolved.day] += 1
        else:
            found.still_open += 1
        self._count(number, cells, moments, time)

    def warn_of(self, cells: Cells) -> None:
        """Count tickets that the user may not want to count: by state, and reopened ones."""
        most = 200
        if self.state is not None and self.state < len(cells) and len(self.found.states) < most:
            self.found.states[cells[self.state]] += 1
        if self.reopened is not None and self.reopened < len(cells):
            self.found.reopened += cells[self.reopened].strip() not in ("", "0", "false", "no")

    def _working(self, number: int, cells: Cells, opened: Moment, took: timedelta) -> timedelta | None:
        """Return the time a ticket took in working hours, less its pauses; None where the pauses are longer."""
        hours, plan = self.formats.hours, self.plan
        time = hours.between(opened.utc, opened.utc + took) if hours else took
        if hours and not time:
            self.found.idle.append(number)
        for at, numbers in zip(plan.less, self.formats.less, strict=True):
            text = cells[at] if at < len(cells) else ""
            if not is_nothing(text):
                pause = _not_negative(numbers.read(text)) * self.formats.unit_seconds
                time -= timedelta(microseconds=round(pause * 10**6))
        if time.days < 0:
            self.found.left_out.append(SkippedRow(number, "its pauses are longer than the time it took"))
            return None
        return time

    def _count(
        self, number: int, cells: Cells, moments: tuple[Moment | None, Moment | None], time: timedelta | None
    ) -> None:
        moment = moments[0] if self.plan.by == "opened" else moments[1]
        if moment is None:
            return
        found = self.found
        if self.is_of_values:
            value = self._value(number, cells, time)
            if value is None:
                return
            found.values.setdefault(moment.day, []).append(value)
        elif self.plan.measure == "share":
            found.met[moment.day] += all(check(cells, time) for check in self.formats.counts_as)
        found.counts[moment.day] += 1

    def _value(self, number: int, cells: Cells, time: timedelta | None) -> timedelta | Fraction | None:
        at, numbers = self.plan.value, self.formats.value
        if at is None or numbers is None:
            return time
        text = cells[at] if at < len(cells) else ""
        if is_nothing(text):
            self.found.left_out.append(SkippedRow(number, f"no value in {quoted(self.table.columns[at])}"))
            return None
        if self.plan.recipe.hours and self.plan.recipe.day not in ("24h", "work") and has_days(text):
            self.found.problems.append(f"row {number}: {quoted(text)} counts days. Answer with --day 24h|work")
            return None
        try:
            return _not_negative(numbers.read(text)) if numbers.time_unit else read_number(numbers.read(text))
        except UnreadableNumberError as problem:
            self.found.problems.append(f"row {number}: {problem}")
            return None


def _not_negative(text: str) -> Fraction:
    """Return a span of time; raises UnreadableNumberError where it is below nothing."""
    value = read_number(text)
    if value < 0:
        raise UnreadableNumberError(f"{quoted(text)} is no span of time: it is below 0")
    return value


def may_skip(found: Tickets) -> bool:
    """Return whether so few rows are unreadable that they may be skipped."""
    return len(found.problems) * _MOST_UNREADABLE <= found.rows


class _UnusualError(Exception):
    """The columns have to be understood as a whole first."""


def walk_usual(
    table: Table, plan: TicketPlan, formats: CellFormats, progress: Callable[[int], None] | None = None
) -> Tickets | None:
    """Return what the walk found, or None where the export is not a usual one."""
    columns, recipe = plan.columns, plan.recipe
    if columns.opened is None or columns.resolved is None or plan.value is not None or plan.less:
        return None
    if formats.hours or recipe.rows or formats.dates.file_zone is not formats.dates.zone or table.is_sheet:
        return None
    try:
        return _UsualTicketWalk(table, plan, formats).go_through(progress)
    except _UnusualError:
        return None


class _UsualTicketWalk(TicketWalk):
    """One walk over the rows; the tickets are gathered by the text of their day and put together at the end."""

    def __init__(self, table: Table, plan: TicketPlan, formats: CellFormats) -> None:
        super().__init__(table, plan, formats)
        self._moments = Moments(formats.dates, 0)
        self._offsets: dict[str, timedelta | None] = {}
        self._opened_days: Counter[str] = Counter()
        self._resolved_days: Counter[str] = Counter()
        self._values: defaultdict[str, list[timedelta]] = defaultdict(list)
        self._met: Counter[str] = Counter()
        self._keys: list[str] = []
        self._first = _LATEST
        self._days: set[str] = set()

    def moment(self, moments: Moments, cells: Cells, at: int | None) -> Moment | None:
        """Return the moment of a cell; raises _UnusualError where it is not in ISO form."""
        if at is not None and at < len(cells) and not starts_with_year(cells[at]) and not is_nothing(cells[at]):
            raise _UnusualError
        return super().moment(moments, cells, at)

    def go_through(self, progress: Callable[[int], None] | None = None) -> Tickets:
        """Walk over all rows, some hundred at a time; raises _UnusualError where a key stands in two of them."""
        rows = self.table.rows()
        while part := list(islice(rows, _PART)):
            if progress and part[-1][0] % PROGRESS < _PART:
                progress(part[-1][0])
            self._add_rows(part)
        self._finish()
        return self.found

    def _add_rows(self, part: list[Numbered]) -> None:
        """Take some rows in: column by column those that are usual, the others one by one."""
        opened_at, resolved_at = self.plan.columns.opened or 0, self.plan.columns.resolved or 0
        last = max(opened_at, resolved_at, self.plan.columns.key or 0)
        usual: list[Numbered] = []
        for row in part:
            cells = row[1]
            if len(cells) > last and len(cells[opened_at]) == _LENGTH == len(cells[resolved_at]):
                usual.append(row)
            else:
                self._add_one_by_one(row)
        opened = [cells[opened_at] for _, cells in usual]
        resolved = [cells[resolved_at] for _, cells in usual]
        opened_days, resolved_days = [text[:_DAY] for text in opened], [text[:_DAY] for text in resolved]
        if not self.found.has_times:
            self.found.has_times = any(text[_DAY + 1 :] != _MIDNIGHT for text in (*opened, *resolved))
        spans = self._spans((opened, resolved), (opened_days, resolved_days))
        if spans is None:
            for row in usual:
                self._add_one_by_one(row)
        else:
            self._add([cells for _, cells in usual], opened, (opened_days, resolved_days), spans)

    def _spans(self, texts: tuple[list[str], list[str]], days: tuple[list[str], list[str]]) -> list[timedelta] | None:
        """Return the time between the moments; None where one is unreadable, or the clocks change on a day."""
        offsets = self._offsets
        for day in {*days[0], *days[1]} - offsets.keys():
            offsets[day] = self._moments.offset_of(day)
        shifts = {offsets[day] for day in {*days[0], *days[1]}}
        if None in shifts:
            return None
        try:
            spans = list(map(sub, map(datetime.fromisoformat, texts[1]), map(datetime.fromisoformat, texts[0])))
        except ValueError:
            return None
        if len(shifts) > 1:
            pairs = zip(spans, days[0], days[1], strict=True)
            spans = [span + ((offsets[one] or _NO_TIME) - (offsets[two] or _NO_TIME)) for span, one, two in pairs]
        return spans if min(spans, default=_NO_TIME) >= _NO_TIME else None

    def _add(
        self, rows: list[Cells], opened: list[str], days: tuple[list[str], list[str]], spans: list[timedelta]
    ) -> None:
        """Add tickets to their days."""
        opened_days, resolved_days = days
        key = self.plan.columns.key
        if key is not None:
            self._keys += [cells[key].strip() for cells in rows]
        self.found.rows += len(rows)
        self._first = min(self._first, min(opened, default=_LATEST))
        self._days.update(opened_days, resolved_days)
        if self.formats.where:
            where = all_of(self.formats.where)
            wanted = [where(cells, span) for cells, span in zip(rows, spans, strict=True)]
            self.found.not_wanted += wanted.count(False)
            rows, spans = list(compress(rows, wanted)), list(compress(spans, wanted))
            opened_days, resolved_days = list(compress(opened_days, wanted)), list(compress(resolved_days, wanted))
        if self.state is not None or self.reopened is not None:
            for cells in rows:
                self.warn_of(cells)
        self.found.spans += spans
        self._opened_days.update(opened_days)
        self._resolved_days.update(resolved_days)
        self._add_measured(rows, opened_days if self.plan.by == "opened" else resolved_days, spans)

    def _add_measured(self, rows: list[Cells], days: list[str], spans: list[timedelta]) -> None:
        """Add what is measured of each ticket."""
        if self.is_of_values:
            values = self._values
            for day, span in zip(days, spans, strict=True):
                values[day].append(span)
        elif self.plan.measure == "share":
            counts_as = all_of(self.formats.counts_as)
            met = [counts_as(cells, span) for cells, span in zip(rows, spans, strict=True)]
            self._met.update(compress(days, met))

    def _add_one_by_one(self, row: Numbered) -> None:
        """Take an unusual row in, by the code of the two walks."""
        number, cells = row
        if not any(cells):
            return
        self.found.rows += 1
        key = self.plan.columns.key
        if key is not None and key < len(cells):
            self._keys.append(cells[key].strip())
        self.row(number, cells)

    def _finish(self) -> None:
        known = [key for key in self._keys if key]
        if len(set(known)) < len(known):
            raise _UnusualError
        found = self.found
        opened, resolved = _by_date(self._opened_days), _by_date(self._resolved_days)
        found.opened.update(opened)
        found.resolved.update(resolved)
        found.counts.update(opened if self.plan.by == "opened" else resolved)
        found.met.update(_by_date(self._met))
        for day, some in self._values.items():
            found.values.setdefault(date.fromisoformat(day), []).extend(some)
        self._finish_range()

    def _finish_range(self) -> None:
        """Take into account where the export begins and ends."""
        found = self.found
        days = {date.fromisoformat(day) for day in self._days}
        if max(days, default=self.latest) > self.latest:
            raise _UnusualError
        found.last_day = max(days | ({found.last_day} if found.last_day else set()), default=None)
        start = self._moments.read(self._first) if self._first != _LATEST else None
        if start and (found.first_opened is None or start.utc < found.first_opened):
            found.first_opened, found.first_opened_day = start.utc, start.day


def _by_date(days: Counter[str]) -> dict[date, int]:
    return {date.fromisoformat(day): count for day, count in days.items()}
