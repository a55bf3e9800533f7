"""What a recipe means for a ticket export, and the first of two passes over its rows.

Only the columns that are needed are read. The first pass finds out how dates and numbers are written and whether a key
stands in more than one row; the second (`ticket_walks`) assigns each ticket to its period. `aggregate` makes readings
of the periods.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime, timedelta
from fractions import Fraction

from cimodel_tui.model.day import EVERY, OF_FREQUENCY
from cimodel_tui.model.number import quoted
from cimodel_tui.record import dataclass
from cimodel_tui.sources.columns import (
    READING_COLUMNS,
    TicketColumns,
    ask_opened,
    bare_name,
    column_at,
    count_ticket_columns,
    find_ticket_columns,
    name_or_place,
)
from cimodel_tui.sources.conditions import Check, checks_of, read_condition, refuse_other_words, takes_duration
from cimodel_tui.sources.date_forms import starts_with_year
from cimodel_tui.sources.dates import Dates, understand_dates, zones_of
from cimodel_tui.sources.durations import SECONDS, WorkingHours, unit_of_time
from cimodel_tui.sources.numbers import NumberColumn, Numbers, is_nothing, understand_numbers, unit_in_header
from cimodel_tui.sources.recipe import PROGRESS, MetricFacts, Question, Recipe, SkippedRow, SourceError
from cimodel_tui.sources.table import Table

ELAPSED = "elapsed"
"""As `--value`: resolved less opened."""

MEASURES = ("count", "median", "mean", "p90", "share", "sum", "backlog")
"""The measures there are; any percentile is written like p90."""

OF_VALUES = ("median", "mean", "sum")
"""Measures of a value of each ticket, percentiles aside."""

Add = Callable[[int, str], None]
"""Shows a cell to its column: the number of the row, and the text."""


def percentile_of(measure: str) -> Fraction | None:
    """Return the share that a percentile stands for, or None where the measure is none; raises SourceError."""
    found = re.fullmatch(r"p(\d{1,2}(?:\.\d+)?)", measure)
    if measure in MEASURES and not found:
        return None
    if not found or not float(found[1]) > 0:
        raise SourceError(f"--measure {quoted(measure)}: give {', '.join(MEASURES)}, or another percentile")
    return Fraction(found[1]) / 100


def is_of_values(measure: str) -> bool:
    """Return whether a measure needs a value of each ticket."""
    return measure in OF_VALUES or percentile_of(measure) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPlan:
    """What a recipe means for this export: every option with its default, and what is open."""

    recipe: Recipe
    """The recipe as it was given."""
    metric: MetricFacts
    """What is known of the metric."""
    columns: TicketColumns
    """Where the columns are."""
    measure: str
    """What one period's tickets become."""
    by: str
    """resolved or opened."""
    every: str
    """The period."""
    value: int | None
    """The column of the value; None where it is the time that passed."""
    less: tuple[int, ...]
    """The columns of the pauses."""
    questions: tuple[Question, ...]
    """What is open."""


def plan_of(table: Table, metric: MetricFacts, recipe: Recipe) -> TicketPlan:
    """Return what a recipe means for a ticket export; raises SourceError where it cannot be meant."""
    measure = recipe.measure
    if measure and measure not in MEASURES:
        is_of_values(measure)
    columns = find_ticket_columns(table, recipe)
    questions = list(columns.questions)
    if not measure:
        questions.insert(0, Question("measure", "What is measured?", tuple((each, "") for each in MEASURES)))
    value = None
    if recipe.value and recipe.value != ELAPSED:
        value = column_at(table, recipe.value, "value")
    elif measure and is_of_values(measure):
        questions += _ask_value(table, columns, recipe)
        questions += _ask_unit(metric, recipe)
    if measure == "share" and not recipe.counts_as:
        questions.append(Question("counts_as", 'What counts as one, for example "made_sla=true"?'))
    if columns.opened is None and _needs_time(table, recipe) and all(each.option != "opened" for each in questions):
        questions.append(ask_opened(table))
    every = recipe.every or OF_FREQUENCY.get(metric.frequency, "")
    if every not in EVERY:
        if recipe.every:
            raise SourceError(f"--every {quoted(every)}: give {', '.join(EVERY)}")
        questions.append(Question("every", "How long is a period?", tuple((each, "") for each in EVERY)))
    return TicketPlan(
        recipe=recipe,
        metric=metric,
        columns=columns,
        measure=measure,
        by=_by(recipe, columns),
        every=every if every in EVERY else "week",
        value=value,
        less=tuple(column_at(table, each, "less") for each in recipe.less),
        questions=tuple(questions),
    )


def _needs_time(table: Table, recipe: Recipe) -> bool:
    """Return whether the time that a ticket took is the value, or a condition looks at it."""
    is_value = bool(recipe.measure) and is_of_values(recipe.measure) and recipe.value in ("", ELAPSED)
    return is_value or takes_duration((*recipe.where, *recipe.counts_as), table)


def is_plain_table(table: Table, recipe: Recipe) -> bool:
    """Return whether a table is certainly one of readings, although the metric is counted from tickets.

    It has only columns of date, value, total and note, and none that is typical of tickets.
    """
    moments, key = count_ticket_columns(table)
    names = {bare_name(each) for each in table.header}
    conditions = (read_condition(each).column for each in (*recipe.where, *recipe.counts_as))
    wanted = (recipe.opened, recipe.resolved, recipe.key, *recipe.less, *conditions)
    named = any(bare_name(each) in names for each in wanted if each)
    return not moments and not key and not named and len(table.columns) <= READING_COLUMNS


def _by(recipe: Recipe, columns: TicketColumns) -> str:
    if recipe.by not in ("", "resolved", "opened"):
        raise SourceError(f"--by {quoted(recipe.by)}: give resolved or opened")
    return recipe.by or ("opened" if columns.resolved is None else "resolved")


def _ask_value(table: Table, columns: TicketColumns, recipe: Recipe) -> list[Question]:
    """Ask where the export has durations of its own: they may be business time."""
    if not columns.took or recipe.value == ELAPSED or recipe.hours:
        return []
    names = [name_or_place(table, at) for at in columns.took]
    choices = ((ELAPSED, "resolved less opened"), *((name, "the export's own") for name in names))
    return [Question("value", "Which time is meant?", choices)]


def _ask_unit(metric: MetricFacts, recipe: Recipe) -> list[Question]:
    unit = unit_of_time(metric.unit)
    if not unit:
        named = f"in {quoted(metric.unit)}" if metric.unit.strip() else "without a unit"
        raise SourceError(f"the metric is {named}: the time tickets take needs h, min, s or d")
    if unit == "d" and recipe.hours and recipe.day not in ("24h", "work"):
        return [ask_day()]
    return []


def ask_day() -> Question:
    """Ask what a day of duration is where there are working hours."""
    choices = (("24h", "24 hours"), ("work", "a working day"))
    return Question("day", "There are working hours: what is a day of duration?", choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFormats:
    """How the cells of an export are read, after the first walk."""

    dates: Dates
    """How days and moments are read: opened first, then resolved."""
    value: Numbers | None
    """How the column of the value is read."""
    less: tuple[Numbers, ...]
    """How the columns of the pauses are read."""
    hours: WorkingHours | None
    """The working hours; none round the clock."""
    where: tuple[Check, ...]
    """The conditions on tickets."""
    counts_as: tuple[Check, ...]
    """The conditions of a share."""
    rows_of_keys: frozenset[int] | None
    """The rows that count where a key stands in more than one; None where all count."""
    questions: tuple[Question, ...]
    """What is open."""
    unit_seconds: Fraction = field(default=Fraction(1))
    """Seconds of the metric's unit of time."""


def scan_columns(
    table: Table, plan: TicketPlan, today: date, *, scan: bool = True, progress: Callable[[int], None] | None = None
) -> CellFormats:
    """Find out how the cells are written; raises SourceError where they contradict each other.

    Without `scan` no row is read: the result is valid for moments in ISO form and unique keys.
    `progress` is called with a row number from time to time.
    """
    recipe, columns = plan.recipe, plan.columns
    places = [at for at in (columns.opened, columns.resolved) if at is not None]
    dates = [table.date_column(table.columns[at]) for at in places]
    numbers = [NumberColumn(table.columns[at], plan.metric.unit) for at in plan.less]
    value = NumberColumn(table.columns[plan.value], plan.metric.unit) if plan.value is not None else None
    keys = _Keys(columns.key, recipe)
    watched: list[tuple[int, Add]] = [(at, dates[index].add) for index, at in enumerate(places)]
    counted: list[tuple[int, Add]] = [(at, each.add) for at, each in zip(plan.less, numbers, strict=True)]
    if value and plan.value is not None:
        counted.append((plan.value, value.add))
    if scan:
        _scan(table, watched, counted, keys, progress)
    zones = zones_of([each.name for each in dates], recipe.zone, recipe.file_zone)
    understood = understand_dates(dates, today=today, answer=recipe.dates, zones=zones)
    hours = WorkingHours(recipe.hours, zones[0], recipe.holidays) if recipe.hours else None
    day = _day_seconds(recipe, hours)
    decimal, unit = recipe.decimal, recipe.unit
    less = tuple(
        understand_numbers(each, decimal=decimal, unit=_unit_of_pause(each, unit), day=day) for each in numbers
    )
    of_value = understand_numbers(value, decimal=decimal, unit=unit, day=day) if value else None
    questions = [
        *plan.questions,
        *understood.questions,
        *_ask_durations([*([value] if value else []), *numbers], unit),
    ]
    questions += [question for each in less for question in each.questions]
    refuse_other_words((*recipe.where, *recipe.counts_as), table)
    return CellFormats(
        dates=understood,
        value=of_value,
        less=less,
        hours=hours,
        where=tuple(checks_of(recipe.where, table, "where")),
        counts_as=tuple(checks_of(recipe.counts_as, table, "counts-as")),
        rows_of_keys=keys.rows_that_count(),
        questions=(*questions, *(of_value.questions if of_value else ())),
        unit_seconds=_unit_seconds(plan, day),
    )


def _unit_of_pause(column: NumberColumn, answer: str) -> str:
    """Return the unit of plain numbers of pauses: the header takes precedence over the answer."""
    named = unit_in_header(column.name)
    return named if named in SECONDS and column.time_unit else answer


def _ask_durations(columns: list[NumberColumn], answer: str) -> list[Question]:
    """Ask for the unit of plain numbers that are durations, where no header names it: tools export seconds or hours."""
    plain = [each for each in columns if each.is_plain and each.time_unit and unit_in_header(each.name) not in SECONDS]
    if answer or not plain:
        return []
    names = " and ".join(quoted(each.name) for each in plain)
    text = next(iter(plain[0].marks.values()))[1]
    choices = tuple((each, f"{text} {each}") for each in SECONDS)
    return [Question("unit", f"In which unit are the numbers of {names}?", choices)]


def _day_seconds(recipe: Recipe, hours: WorkingHours | None) -> Fraction:
    if hours and recipe.day == "work":
        return Fraction(hours.working_day / timedelta(seconds=1))
    return SECONDS["d"]


def _unit_seconds(plan: TicketPlan, day: Fraction) -> Fraction:
    unit = unit_of_time(plan.metric.unit)
    return day if unit == "d" else SECONDS.get(unit, Fraction(1))


def _scan(
    table: Table,
    watched: list[tuple[int, Add]],
    counted: list[tuple[int, Add]],
    keys: "_Keys",
    progress: Callable[[int], None] | None,
) -> None:
    """Pass each cell to the column that it belongs to; ISO days of text are skipped: nothing about them is open."""
    key = keys.place
    for number, cells in table.rows():
        if progress and number % PROGRESS == 0:
            progress(number)
        width = len(cells)
        for at, add in watched:
            if at < width:
                text = cells[at]
                if (table.is_sheet or not starts_with_year(text)) and not is_nothing(text):
                    add(number, text)
        for at, add in counted:
            if at < width and not is_nothing(cells[at]):
                add(number, cells[at])
        if key is not None and key < width:
            keys.add(number, cells[key])


class _Keys:
    """Which row of a key counts; a key on more than one row is refused unless that is answered."""

    def __init__(self, place: int | None, recipe: Recipe) -> None:
        if recipe.rows not in ("", "one", "last", "first"):
            raise SourceError(f"--rows {quoted(recipe.rows)}: give one, last or first")
        self.place, self._wanted = place, recipe.rows
        self._rows: dict[str, int] = {}
        self._again: tuple[int, int] | None = None

    def add(self, number: int, text: str) -> None:
        """Take a key into account; blanks around it, no-break ones too, are no part of it."""
        text = text.strip()
        if not text:
            return
        first = self._rows.setdefault(text, number)
        if first != number:
            self._again = self._again or (first, number)
            if self._wanted == "last":
                self._rows[text] = number

    def rows_that_count(self) -> frozenset[int] | None:
        """Return the rows that count, or None where all do; raises SourceError where a key stands in two rows."""
        if self._again is None:
            return None
        if self._wanted in ("last", "first"):
            return frozenset(self._rows.values())
        one, two = self._again
        raise SourceError(
            f"rows {one} and {two} have the same key: this is a log of events or an export with duplicates. "
            "Answer with --rows last|first"
        )


class Tickets:
    """The result of the passes: tickets by period, and what was left out."""

    def __init__(self) -> None:
        self.values: dict[date, list[timedelta | Fraction]] = {}
        """For each day the values of its tickets."""
        self.counts: Counter[date] = Counter()
        """For each day how many tickets."""
        self.met: Counter[date] = Counter()
        """For each day how many of them met the conditions of a share."""
        self.opened: Counter[date] = Counter()
        """For each day how many tickets were opened."""
        self.resolved: Counter[date] = Counter()
        """For each day how many were resolved."""
        self.spans: list[timedelta] = []
        """How long each ticket took, round the clock."""
        self.has_times = False
        """Whether any moment is another one than the beginning of its day."""
        self.first_opened: datetime | None = None
        self.first_opened_day: date | None = None
        self.last_day: date | None = None
        """The day of the latest moment of the export."""
        self.left_out: list[SkippedRow] = []
        self.problems: list[str] = []
        self.rows = 0
        self.still_open = 0
        self.not_wanted = 0
        self.idle: list[int] = []
        """The rows of tickets without any working time."""
        self.future: list[int] = []
        """The rows of tickets that were opened or resolved after today."""
        self.states: Counter[str] = Counter()
        self.reopened = 0
