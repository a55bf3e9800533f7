"""A recipe: how a file is read (every answer that was given), and how tickets become readings.

It is stored with its metric as a plain JSON object. It holds columns, conditions, zone and hours; never a text, a name
or a key from an export.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from fractions import Fraction

from cimodel_tui.record import dataclass, with_values
from cimodel_tui.sources.result import SourceError

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
