"""The usual ticket export in one walk: ISO moments of one zone, no key twice, the time that passed as the value.

It gives what the two walks of `tickets` give, in a third of the time; a row that is unusual goes through the same code
as there, and what needs to be known of a column as a whole hands the export over to the two walks.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import compress, islice
from operator import sub

from cimodel_tui.sources.conditions import all_of
from cimodel_tui.sources.moments import Moment, Moments
from cimodel_tui.sources.numbers import is_nothing
from cimodel_tui.sources.table import PROGRESS, Cells, Table
from cimodel_tui.sources.tickets import Plan, Reading, SecondWalk, Tickets

_LENGTH = len("2026-01-05 18:38:00")
_DAY = len("2026-01-05")
_PART = 200
"""Rows that are taken in at once: few enough to stay in the processor's cache and to wake no garbage collector."""
_NO_TIME = timedelta()
_LATEST = "9999"
"""Comes after every moment in ISO form."""


Numbered = tuple[int, Cells]
"""A row: its number and its cells."""


class _UnusualError(Exception):
    """The columns have to be understood as a whole first."""


def walk_usual(
    table: Table, plan: Plan, reading: Reading, progress: Callable[[int], None] | None = None
) -> Tickets | None:
    """Return what the walk found, none where the export is not a usual one."""
    columns, recipe = plan.columns, plan.recipe
    if columns.opened is None or columns.resolved is None or plan.value is not None or plan.less:
        return None
    if reading.hours or recipe.rows or reading.dates.file_zone is not reading.dates.zone or table.is_sheet:
        return None
    try:
        return _UsualWalk(table, plan, reading).go_through(progress)
    except _UnusualError:
        return None


class _UsualWalk(SecondWalk):
    """One walk over the rows; the tickets are gathered by the text of their day and put together at the end."""

    def __init__(self, table: Table, plan: Plan, reading: Reading) -> None:
        super().__init__(table, plan, reading)
        self._moments = Moments(reading.dates, 0)
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
        if at is not None and at < len(cells) and cells[at][4:5] != "-" and not is_nothing(cells[at]):
            raise _UnusualError
        return super().moment(moments, cells, at)

    def go_through(self, progress: Callable[[int], None] | None = None) -> Tickets:
        """Walk over all rows, some hundred at a time; raises _UnusualError where a key stands in two of them."""
        rows = self.table.rows()
        while part := list(islice(rows, _PART)):
            if progress and part[-1][0] % PROGRESS < _PART:
                progress(part[-1][0])
            self._take(part)
        self._put_together()
        return self.found

    def _take(self, part: list[Numbered]) -> None:
        """Take some rows in: column by column those that are usual, the others one by one."""
        opened_at, resolved_at = self.plan.columns.opened or 0, self.plan.columns.resolved or 0
        last = max(opened_at, resolved_at, self.plan.columns.key or 0)
        usual: list[Numbered] = []
        for row in part:
            cells = row[1]
            if len(cells) > last and len(cells[opened_at]) == _LENGTH == len(cells[resolved_at]):
                usual.append(row)
            else:
                self._other(row)
        opened = [cells[opened_at] for _, cells in usual]
        resolved = [cells[resolved_at] for _, cells in usual]
        opened_days, resolved_days = [text[:_DAY] for text in opened], [text[:_DAY] for text in resolved]
        spans = self._spans((opened, resolved), (opened_days, resolved_days))
        if spans is None:
            for row in usual:
                self._other(row)
        else:
            self._add([cells for _, cells in usual], opened, (opened_days, resolved_days), spans)

    def _spans(self, texts: tuple[list[str], list[str]], days: tuple[list[str], list[str]]) -> list[timedelta] | None:
        """Return the time between the moments; none where one is no moment, or the clocks change on one of the days."""
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
            self._keys += [cells[key] for cells in rows]
        self.found.rows += len(rows)
        self._first = min(self._first, min(opened, default=_LATEST))
        self._days.update(opened_days, resolved_days)
        if self.reading.where:
            where = all_of(self.reading.where)
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
            counts_as = all_of(self.reading.counts_as)
            met = [counts_as(cells, span) for cells, span in zip(rows, spans, strict=True)]
            self._met.update(compress(days, met))

    def _other(self, row: Numbered) -> None:
        """Take an unusual row in, by the code of the two walks."""
        number, cells = row
        if not any(cells):
            return
        self.found.rows += 1
        key = self.plan.columns.key
        if key is not None and key < len(cells):
            self._keys.append(cells[key])
        self.row(number, cells)

    def _put_together(self) -> None:
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
        self._put_ends()

    def _put_ends(self) -> None:
        """Take into account where the export begins and ends."""
        found = self.found
        days = {date.fromisoformat(day) for day in self._days}
        if max(days, default=self.latest) > self.latest:
            raise _UnusualError
        found.last_day = max(days | ({found.last_day} if found.last_day else set()), default=None)
        begun = self._moments.read(self._first) if self._first != _LATEST else None
        if begun and (found.first_opened is None or begun.utc < found.first_opened):
            found.first_opened, found.first_opened_day = begun.utc, begun.day


def _by_date(days: Counter[str]) -> dict[date, int]:
    return {date.fromisoformat(day): count for day, count in days.items()}
