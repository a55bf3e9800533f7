"""A table of readings of one metric: day, value, total and note, skipped rows, and open questions."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta, tzinfo

from cimodel_tui.model.baseline import DAYS_BETWEEN, EVENTS, MONTHS_BETWEEN
from cimodel_tui.model.day import UnreadableDayError, add_months, read_day
from cimodel_tui.model.number import UnreadableNumberError, count, quoted, read_number
from cimodel_tui.sources.columns import Roles, bare_name, find_roles
from cimodel_tui.sources.date_forms import looks_like_date
from cimodel_tui.sources.dates import Dates, understand_dates, zone_remarks, zones_of
from cimodel_tui.sources.numbers import (
    NumberColumn,
    Numbers,
    is_nothing,
    understand_numbers,
)
from cimodel_tui.sources.plausibility import (
    CutNumber,
    ask_share,
    ask_unit_of_column,
    count_problem,
    find_cut_number,
    is_number_behind,
    refuse_per_cents,
    refuse_per_cents_as_shares,
    refuse_several_series,
    refuse_shares_as_counts,
    refuse_ticket_options,
)
from cimodel_tui.sources.recipe import (
    PROGRESS,
    FoundReading,
    ImportResult,
    MetricFacts,
    OpenQuestionError,
    Question,
    Recipe,
    SkippedRow,
    SourceError,
    TwoPassProgress,
    one_per_option,
)
from cimodel_tui.sources.table import Cells, Table

# fmt: off
TOTAL_ROWS = frozenset(
    (
        "total", "totals", "sum", "summe", "gesamt", "gesamtergebnis", "grand_total", "grand_totals", "subtotal",
        "average", "avg", "mean", "mittelwert", "durchschnitt", "median", "count", "gesamtsumme", "total_général",
        "somme", "moyenne", "totaal", "eindtotaal", "som", "gemiddelde", "totale", "totale_complessivo", "media",
        "total_general", "suma", "blank", "leer", "vide",
    )
)
# fmt: on
"""Words in the place of a date that make a row one of totals."""


_MOST_COLUMNS = 12
"""At most this many unread columns are named."""


def read_readings(
    table: Table,
    metric: MetricFacts,
    recipe: Recipe,
    today: date,
    progress: Callable[[int], None] | None = None,
) -> ImportResult:
    """Return the readings that a table holds for a metric; raises SourceError where it cannot be one of readings.

    `progress` is called from time to time with the number of rows read; each of the two passes counts for half.
    """
    refuse_ticket_options(recipe)
    roles = find_roles(table, recipe, name=metric.name, kind=metric.kind)
    refuse_several_series(table, (roles.date, roles.value, roles.total, roles.note))
    scan = _ColumnScan(table, roles, metric, recipe, progress)
    zones = zones_of([_name_of(table, roles.date)], recipe.zone, recipe.file_zone)
    try:
        dates, numbers, totals = scan.column_formats(today, zones)
        first = _first_day(recipe.first, today) if roles.date is None else None
    except OpenQuestionError as opened:
        return ImportResult(questions=(*roles.questions, opened.question), remarks=table.remarks)
    questions = (*roles.questions, *scan.questions, *dates.questions, *numbers.questions, *totals.questions)
    questions += ask_unit_of_column(table, roles.note, metric, recipe.unit)
    refuse_per_cents(metric.kind, recipe.unit, numbers.questions)
    builder = _ReadingBuilder(scan, dates, (numbers, totals), first)
    builder.build()
    if not questions and not recipe.unit:
        shown = [read_number(each.value) for each in builder.found if each.of is None]
        share = ask_share(metric.unit, shown, list(metric.levels), is_sheet=table.is_sheet)
        questions = (share,) if share else ()
    if recipe.unit == "share":
        refuse_per_cents_as_shares([read_number(each.value) for each in builder.found])
    if not questions and metric.kind == "share":
        refuse_shares_as_counts(builder.found)
    value = None if roles.ones else roles.value
    used = ((roles.date, "date"), (value, "value"), (roles.total, "total"), (roles.note, "note"))
    return ImportResult(
        readings=tuple(sorted(builder.found, key=lambda each: each.day)),
        left_out=tuple(builder.left_out),
        questions=one_per_option(questions),
        problems=tuple(builder.problems) if not questions else (),
        remarks=(
            *_rows_above_header_remarks(table),
            *table.remarks,
            *zone_remarks([_name_of(table, roles.date)], dates),
            *_unused_column_remarks(table, [at for at, _ in used]),
            *_future_remarks(builder.found, today),
        ),
        columns=tuple((table.columns[at], role) for at, role in used if at is not None and at < len(table.columns)),
    )


def _rows_above_header_remarks(table: Table) -> list[str]:
    return [f"row {number} above the header is left out: {quoted(text)}" for number, text in table.above]


def _unused_column_remarks(table: Table, used: Sequence[int | None]) -> list[str]:
    """Return which columns that have a name are not read."""
    unused = [quoted(name.strip()) for at, name in enumerate(table.header) if at not in used and name.strip()]
    if not unused:
        return []
    more = f" and {len(unused) - _MOST_COLUMNS} more" if len(unused) > _MOST_COLUMNS else ""
    return [f"not read: {'column' if len(unused) == 1 else 'columns'} {', '.join(unused[:_MOST_COLUMNS])}{more}"]


def _future_remarks(found: Sequence[FoundReading], today: date) -> list[str]:
    later = [each for each in found if each.day > today.isoformat()]
    if not later:
        return []
    words = count(len(later), "reading lies", "readings lie")
    return [f"{words} in the future: row {later[0].row}, {later[0].day}"]


def _first_day(text: str, today: date) -> date:
    if not text:
        raise OpenQuestionError(Question("first", "There are values and no dates: on which day was the first?"))
    try:
        return read_day(text, today)
    except UnreadableDayError as problem:
        raise SourceError(f"--first: {problem}") from None


class _ColumnScan:
    """The first pass over the rows: the format of each column, and numbers that a separator cut in two."""

    def __init__(
        self,
        table: Table,
        roles: Roles,
        metric: MetricFacts,
        recipe: Recipe,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.progress = TwoPassProgress(progress)
        self.table, self.roles, self.metric, self.recipe = table, roles, metric, recipe
        self.dates = table.date_column(_name_of(table, roles.date))
        self.values = NumberColumn(_name_of(table, roles.value), "" if metric.kind == "share" else metric.unit)
        self.totals = NumberColumn("total", "")
        self.cut: tuple[int, CutNumber] | None = None
        """The first number that the separator may have cut in two."""
        self.odd_cut: tuple[int, CutNumber] | None = None
        """The first of them whose second part is no group of three digits."""
        self.questions: list[Question] = []
        self.number_behind: tuple[int, str] | None = None
        """The first cell behind a value that may be a number, where no header says that it is a note."""
        self._may_be_cut_anywhere = roles.may_be_cut and self._notes_are_digits()
        for number, cells in self.rows():
            self._add(number, cells)

    def column_formats(self, today: date, zones: tuple[tzinfo, tzinfo]) -> tuple[Dates, Numbers, Numbers]:
        """Return how dates, values and totals are read."""
        self._ask_about_cuts()
        dates = understand_dates(
            [self.dates], today=today, answer=self.recipe.dates, frequency=self.metric.frequency, zones=zones
        )
        values = understand_numbers(self.values, decimal=self.recipe.decimal, unit=self.recipe.unit)
        return dates, values, understand_numbers(self.totals, decimal=self.recipe.decimal, unit="plain")

    def _ask_about_cuts(self) -> None:
        """Ask what is meant by `7,1`; that a point is the decimal mark answers it before three digits alone."""
        if self.cut and not self.recipe.decimal:
            row, found = self.cut
            words = f"Row {row}: did the separator cut the number {quoted(found.text)} in two?"
            self.questions.append(Question("decimal", words, found.choices))
        elif self.odd_cut and self.recipe.decimal == "point" and not self.table.header:
            row, found = self.odd_cut
            words = f"Row {row}: {quoted(found.text)} has no meaning with a decimal point"
            words = f"{words}: are the cells behind the value notes?"
            self.questions.append(Question("note", words, ((str(self.roles.value + 2), "notes"),)))
        elif self.number_behind:
            row, text = self.number_behind
            words = f"Row {row}: {quoted(text)} beside the value may be a number. Are the cells there notes?"
            self.questions.append(Question("note", words, ((str((self.roles.note or 0) + 1), "notes"),)))

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Walk over the rows with what a separator cut joined again, as far as that was answered."""
        for number, cells in self.table.rows():
            if number % PROGRESS == 0:
                self.progress(number)
            found = self._cut_number(cells) if self.roles.may_be_cut else None
            yield number, self._join_cut_number(number, cells, found) if found else cells

    def _cut_number(self, cells: Cells) -> CutNumber | None:
        header = self.table.header
        surplus = len(cells) - len(header) if header else len(cells)
        if self._may_be_cut_anywhere or (header and surplus > 0):
            return find_cut_number(cells, self.roles.value, max(surplus, 1), self.metric.unit)
        return None

    def _notes_are_digits(self) -> bool:
        """Return whether the cells behind the value may be parts of numbers: all, without a header one."""
        at = self.roles.value
        header = self.table.header
        if header and (self.roles.note != at + 1 or len(header) != at + 2):
            return False
        behind = (cells for _, cells in self.table.rows() if len(cells) > at + 1 and cells[at + 1].strip())
        found = [find_cut_number(cells, at, 1 if header else len(cells), self.metric.unit) for cells in behind]
        return any(found) and (not header or all(found))

    def _join_cut_number(self, number: int, cells: Cells, found: CutNumber) -> Cells:
        at = self.roles.value
        self.cut = self.cut or (number, found)
        if not found.joined_for("point"):
            self.odd_cut = self.odd_cut or (number, found)
        return (
            [*cells[:at], found.text, *cells[at + found.length :]] if found.joined_for(self.recipe.decimal) else cells
        )

    def _add(self, number: int, cells: Cells) -> None:
        roles = self.roles
        dated = roles.date is None
        if roles.date is not None:
            text = _cell(cells, roles.date)
            dated = not _is_undated(text)
            if dated:
                self.dates.add(number, text)
            elif not self.values.count and not roles.ones:
                self.values.name = f"{self.values.name} {_cell(cells, roles.value).strip()}"  # units below the names
        if dated and not roles.ones and not is_nothing(value := _cell(cells, roles.value)):
            self.values.add(number, value)
            self._look_behind(number, cells)
            if roles.total is not None and not is_nothing(total := _cell(cells, roles.total)):
                self.totals.add(number, total)

    def _look_behind(self, number: int, cells: Cells) -> None:
        """Notice a number in the place of a note: a note begins with a number seldom, and is never nothing else."""
        at = self.roles.note
        if at is None or self.table.header or self.recipe.note or at >= len(cells) or self.number_behind:
            return
        is_dated = self.roles.date is None or looks_like_date(_cell(cells, self.roles.date))
        if is_dated and is_number_behind(cells[at], may_be_grouped=self.table.delimiter == " "):
            self.number_behind = (number, cells[at].strip())


def _name_of(table: Table, at: int | None) -> str:
    return table.columns[at] if at is not None and at < len(table.columns) else ""


def _cell(cells: Cells, at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _is_undated(text: str) -> bool:
    if text[:1].isdecimal():
        return False
    return is_nothing(text) or bare_name(text) in TOTAL_ROWS


class _ReadingBuilder:
    """The second pass over the rows: each is a reading, is skipped, or cannot be read."""

    def __init__(self, scan: _ColumnScan, dates: Dates, numbers: tuple[Numbers, Numbers], first: date | None) -> None:
        self.scan, self.dates, self.first = scan, dates, first
        self.values, self.totals = numbers
        self.found: list[FoundReading] = []
        self.left_out: list[SkippedRow] = []
        self.problems: list[str] = []
        self._rows_by_day: dict[str, FoundReading] = {}
        self._count = 0

    def build(self) -> None:
        """Make a reading of each row."""
        self.scan.progress.start_second_pass()
        for number, cells in self.scan.rows():
            if cells:
                self._row(number, cells)
        if self.scan.roles.ones:
            self.found = list(self._rows_by_day.values())

    def _row(self, number: int, cells: Cells) -> None:
        roles = self.scan.roles
        text = "" if roles.date is None else _cell(cells, roles.date)
        if roles.date is not None and _is_undated(text):
            words = " ".join(filter(None, (cell.strip() for cell in cells)))
            self.left_out.append(SkippedRow(number, f"no date: {quoted(words)}" if words else "blank"))
            return
        day = self._day(text)
        if day is None:
            self.problems.append(f"row {number}: {quoted(text.strip())} is not a date")
            return
        if roles.ones:
            self._event(number, day, cells)
            return
        value = _cell(cells, roles.value)
        if is_nothing(value):
            self.left_out.append(SkippedRow(number, f"no value: {quoted(value.strip())}", day))
            return
        if problem := self._surplus(cells):
            self.problems.append(f"row {number}: {problem}")
            return
        try:
            self._add_reading(number, day, cells)
        except UnreadableNumberError as problem:
            self.problems.append(f"row {number}: {problem}")

    def _event(self, number: int, day: str, cells: Cells) -> None:
        """Count one event on its day."""
        there = self._rows_by_day.get(day)
        count = int(there.value) + 1 if there else 1
        notes = "; ".join(filter(None, (there.note if there else "", self._note(cells))))
        self._rows_by_day[day] = FoundReading(there.row if there else number, day, str(count), note=notes)

    def _surplus(self, cells: Cells) -> str:
        """Return what is wrong with a row that has more cells than the header; a note may have been cut."""
        header, roles = self.scan.table.header, self.scan.roles
        more = len(cells) > len(header) > 0 and any(cell.strip() for cell in cells[len(header) :])
        if not more or roles.note == len(header) - 1:
            return ""
        return f"there are {len(cells)} cells, and {len(header)} in the header"

    def _day(self, text: str) -> str | None:
        if self.first is not None:
            self._count += 1
            return _nth_day(self.first, self.scan.metric.frequency, self._count - 1).isoformat()
        day = self.dates.read(text)
        return day.day.isoformat() if day else None

    def _add_reading(self, number: int, day: str, cells: Cells) -> None:
        roles = self.scan.roles
        value = self.values.read(_cell(cells, roles.value))
        of = None
        if roles.total is not None:
            total = _cell(cells, roles.total)
            of = self.totals.read(total) if not is_nothing(total) else None
            if of is None or read_number(of) == 0:
                why = "no total" if of is None else "a total of 0 is not a reading"
                self.left_out.append(SkippedRow(number, why, day))
                return
        elif self.scan.metric.kind == EVENTS and read_number(value) == 0:
            self.left_out.append(SkippedRow(number, "no event on that day"))
            return
        if problem := count_problem(self.scan.metric.kind, value, of):
            self.problems.append(f"row {number}: {problem}")
            return
        reading = FoundReading(number, day, value, of, self._note(cells))
        earlier = self._rows_by_day.setdefault(day, reading)
        if earlier is reading:
            self.found.append(reading)
        elif (earlier.value, earlier.of) == (value, of):
            self.left_out.append(SkippedRow(number, f"{day} stands in row {earlier.row} with the same value"))
        else:
            self.problems.append(f"row {number}: {day} stands in row {earlier.row} already")

    def _note(self, cells: Cells) -> str:
        at, header = self.scan.roles.note, self.scan.table.header
        if at is None:
            return ""
        rest = cells[at:] if not header or at == len(header) - 1 else cells[at : at + 1]
        return ", ".join(cell.strip() for cell in rest if cell.strip())


def _nth_day(first: date, frequency: str, count: int) -> date:
    if frequency in MONTHS_BETWEEN:
        return add_months(first, MONTHS_BETWEEN[frequency] * count)
    return first + timedelta(days=DAYS_BETWEEN.get(frequency, 1) * count)
