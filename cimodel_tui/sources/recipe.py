"""A recipe and its result: how a file is read, and what reading it gives.

A recipe holds every answer that was given, and how tickets become readings. It is stored with its metric as a plain
JSON object: columns, conditions, zone and hours; never a text, a name or a key from an export. The result is readings,
skipped rows, open questions and problems; and how far the reading is.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from cimodel_tui.record import dataclass, with_values


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a file leaves open and that must not be guessed."""

    option: str
    """The field of the recipe that holds the answer, which is also the name of the option in the shell."""
    words: str
    """The question, in one line."""
    choices: tuple[tuple[str, str], ...] = ()
    """Each possible answer and what it would mean."""

    @property
    def flag(self) -> str:
        """The option as it is typed in a shell, with its possible answers."""
        return f"--{self.option.replace('_', '-')} {'|'.join(answer for answer, _ in self.choices) or 'VALUE'}"

    def __str__(self) -> str:
        """Return the question and the option which answers it, in one line."""
        return f"{self.words} Answer with {self.flag}"


def one_per_option(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the first question about each option: its answer may answer the others."""
    by_option: dict[str, Question] = {}
    for each in questions:
        by_option.setdefault(each.option, each)
    return tuple(by_option.values())


class SourceError(ValueError):
    """A file that cannot be read; the message gives the reason in one line."""


class OpenQuestionError(SourceError):
    """A question without whose answer the file cannot be read any further."""

    def __init__(self, question: Question) -> None:
        super().__init__(str(question))
        self.question = question


class FoundReading(NamedTuple):
    """A reading as a file gives it."""

    row: int
    """Its row; 0 where it was made of several."""
    day: str
    """Its day in ISO text."""
    value: str
    """Its value as it is stored."""
    of: str | None = None
    """Its total; None where it has none."""
    note: str = ""
    """Its note."""
    n: int | None = None
    """How many tickets it was made of; None where it was not made of tickets."""


ROW, POINT = "row", "point"
"""What a file is made of, and what an answer of Prometheus is made of."""


class SkippedRow(NamedTuple):
    """A row that is no reading, and why."""

    row: int
    """Its number."""
    why: str
    """Why it is left out."""
    day: str = ""
    """Its day in ISO text, where it has one."""


def skipped_in_words(left_out: Sequence[SkippedRow], noun: str = ROW, most: int = 20) -> Iterator[str]:
    """Yield a line for each row that is left out; those of one reason are a single line where they are several.

    At most so many days or numbers of rows are named.
    """
    by_reason: dict[str, list[SkippedRow]] = {}
    for each in left_out:
        by_reason.setdefault(each.why, []).append(each)
    for why, rows in by_reason.items():
        places = [each.day or f"row {each.row}" for each in rows]
        if len(places) == 1:
            yield f"{noun} {rows[0].row if noun == ROW else places[0]} is left out: {why}"
            continue
        more = f" and {len(places) - most} more" if len(places) > most else ""
        yield f"{len(places)} {noun}s are left out, {why}: {', '.join(places[:most])}{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was understood of a file, for one metric."""

    readings: tuple[FoundReading, ...] = ()
    """The readings, by day."""
    left_out: tuple[SkippedRow, ...] = ()
    """Rows that are none."""
    questions: tuple[Question, ...] = ()
    """What is open; nothing is stored until all are answered."""
    problems: tuple[str, ...] = ()
    """Rows that cannot be read; one of them refuses all."""
    remarks: tuple[str, ...] = ()
    """Remarks for the user."""
    periods_left_out: tuple[tuple[str, str], ...] = ()
    """Periods of tickets that are incomplete: first day, and why."""
    columns: tuple[tuple[str, str], ...] = ()
    """Header and role of the columns that were used."""
    is_tickets: bool = False
    """Whether it is an export of tickets."""


PROGRESS = 5000
"""Progress is reported after this many rows."""


class TwoPassProgress:
    """Reports the progress of two passes over the same rows; each counts for half."""

    def __init__(self, progress: Callable[[int], None] | None) -> None:
        self._progress = progress
        self._last = self._first_pass_rows = 0

    def start_second_pass(self) -> None:
        """Begin the second walk."""
        self._first_pass_rows = self._last

    def __call__(self, number: int) -> None:
        """Take the number of a row into account."""
        self._last = max(self._last, number)
        if self._progress:
            self._progress((self._first_pass_rows + number) // 2)


SETTLE_DAYS = 28
"""Reopened tickets restate the figures of the last weeks, so restatements are accepted without asking for this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The options of `reading from`; an empty one is not given."""

    encoding: str = ""
    """The encoding of the bytes, as Python names it."""
    delimiter: str = ""
    """The separator: one character, or `tab`, `comma`, `semicolon`, `pipe`, `blank`."""
    sheet: str = ""
    """The sheet of a workbook of Excel."""
    dates: str = ""
    """dmy, mdy or ymd; my or md for `Mar 25`; excel where serial numbers are days; several with commas."""
    decimal: str = ""
    """comma or point; plain for the output of programs, which has a point and no groups."""
    unit: str = ""
    """What the numbers of the column are: plain, share, percent, a unit of time, `h:mm` or `m:ss`."""
    date: str = ""
    """The column of the dates: its header, or its place from 1."""
    value: str = ""
    """The column of the values; of tickets also `elapsed`, which is resolved less opened."""
    total: str = ""
    """The column of the totals."""
    note: str = ""
    """The column of the notes."""
    first: str = ""
    """The day of the first value, where there is no column of dates."""
    zone: str = ""
    """The time zone whose days count, as the tz database names it."""
    file_zone: str = ""
    """The zone in which times without one are read; empty is `zone`."""
    measure: str = ""
    """count, median, mean, p90 ..., share, sum or backlog; empty where the file holds readings."""
    less: tuple[str, ...] = ()
    """Columns of pauses to take off the time."""
    counts_as: tuple[str, ...] = ()
    """For a share: the conditions under which a ticket counts as one."""
    where: tuple[str, ...] = ()
    """The conditions that a ticket has to meet."""
    opened: str = ""
    """The column that says when a ticket was opened."""
    resolved: str = ""
    """The column that says when it was resolved."""
    key: str = ""
    """The column that identifies a ticket."""
    by: str = ""
    """resolved or opened: which of them puts a ticket into its period."""
    every: str = ""
    """day, week, fortnight, month or quarter."""
    hours: str = ""
    """Working hours, for example `mon-fri 08:00-18:00`; empty is round the clock."""
    holidays: tuple[str, ...] = ()
    """Days without working hours, in ISO text."""
    day: str = ""
    """What a day of duration is where there are working hours: `24h` or `work`."""
    rows: str = ""
    """one, last or first: which row of a key counts."""
    incomplete: str = ""
    """`keep` where first and last period are used although they are incomplete."""
    settle: int = SETTLE_DAYS
    """Days from the end of a period in which its reading may be restated without asking."""

    def to_json(self) -> dict[str, object]:
        """Return what was given as a plain JSON object, in the order of the fields."""
        given = ((each.name, getattr(self, each.name), each.default) for each in fields(self))
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value, default in given
            if value != default
        }

    @property
    def digest(self) -> str:
        """A hash of the recipe, by which one that was reviewed before is recognised."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricFacts:
    """The facts about a metric that are needed to read numbers for it."""

    name: str = ""
    """Its name, which a header may repeat."""
    unit: str = ""
    """The unit of its values."""
    kind: str = "value"
    """value, share, rate, mean or events."""
    frequency: str = "weekly"
    """How often it is read."""
    levels: tuple[Fraction, ...] = ()
    """The values that it has, as they are shown."""
    first: date | None = None
    """The day of its first reading."""


def recipe_of(document: Mapping[str, object]) -> Recipe:
    """Return the recipe of a JSON object; raises SourceError for an invalid one. Unknown keys are ignored."""
    recipe = Recipe()
    kinds = {each.name: type(each.default) for each in fields(Recipe)}
    for key, value in document.items():
        if key in kinds:
            recipe = with_values(recipe, {key: _value(key, value, kinds[key])})
    return recipe


def _value(key: str, value: object, kind: type) -> object:
    if kind is tuple and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if isinstance(value, kind) and kind is not tuple and not isinstance(value, bool):
        return value
    raise SourceError(f"the recipe is unreadable: {key} is {value!r:.40}")
