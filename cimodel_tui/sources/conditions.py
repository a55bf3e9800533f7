"""Conditions on the columns of a ticket: `priority=1|2`, `made_sla=true`, `duration<=8h`.

There are no regular expressions: a stranger's recipe must not be able to make the program hang.
"""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import islice

from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number
from cimodel_tui.record import dataclass
from cimodel_tui.sources.columns import bare_name, column_at
from cimodel_tui.sources.date_forms import form_of
from cimodel_tui.sources.durations import numbers_of_words, read_duration
from cimodel_tui.sources.numbers import is_nothing
from cimodel_tui.sources.recipe import SourceError
from cimodel_tui.sources.table import Cells, Table

DURATION = "duration"
"""The column that stands for the time a ticket took, unless the export has one of that name."""

_CONDITION = re.compile(r"\s*(?P<column>[^=!<>~^]+?)\s*(?P<sign>!=|<=|>=|\^=|=|<|>|~)\s*(?P<value>.*?)\s*", re.DOTALL)
# fmt: off
_PERSONS = frozenset(
    (
        "assigned", "assignee", "caller", "reporter", "requester", "requestor", "agent", "opened_by", "resolved_by",
        "closed_by", "user", "customer", "contact", "technician", "owner", "creator", "submitter", "employee",
        "author",
    )
)
# fmt: on

_YES_NO = tuple(
    frozenset(each.split())
    for each in (
        "true false",
        "yes no",
        "y n",
        "t f",
        "1 0",
        "ja nein",
        "wahr falsch",
        "oui non",
        "si no",
        "met missed",
    )
)
"""Pairs of words for yes and no."""
_COMMA_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}")
"""`1,234 min` is either 1234 min or little more than one."""
_SAMPLE = 500
"""The words of a column are collected from this many rows."""

Check = Callable[[Cells, timedelta | None], bool]
"""Returns whether a row meets a condition, given its cells and how long the ticket took."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it is written."""

    column: str
    """The header of the column."""
    sign: str
    """= != < <= > >= ^= (begins) or ~ (contains)."""
    values: tuple[str, ...]
    """What it is compared with; one of them is enough."""

    @property
    def is_about_a_person(self) -> bool:
        """Whether its column names a person."""
        name = bare_name(self.column)
        return name in _PERSONS or any(part in _PERSONS for part in name.split("_"))


def read_condition(text: str) -> Condition:
    """Return the condition that a text holds; raises SourceError where it is none."""
    found = _CONDITION.fullmatch(text)
    if not found:
        raise SourceError(f'{quoted(text)} is not a condition: write it like "priority=1|2" (= != < <= > >= ^= ~)')
    return Condition(found["column"], found["sign"], tuple(map(_with_plain_blanks, found["value"].split("|"))))


def _with_plain_blanks(text: str) -> str:
    """Return a text without blanks around it, and plain ones for no-break ones: they look the same."""
    text = text.strip()
    return text if text.isascii() else text.replace("\u00a0", " ").replace("\u202f", " ")


def checks_of(texts: Sequence[str], table: Table, option: str) -> list[Check]:
    """Return a check for each condition; all of them have to be met."""
    return [_check(read_condition(each), table, option) for each in texts]


def all_of(checks: Sequence[Check]) -> Check:
    """Return one check that is met where all of these are."""
    if len(checks) == 1:
        return checks[0]
    return lambda cells, took: all(check(cells, took) for check in checks)


def takes_duration(texts: Sequence[str], table: Table) -> bool:
    """Return whether one of the conditions looks at how long a ticket took."""
    names = {bare_name(name) for name in table.header}
    wanted = (bare_name(read_condition(each).column) for each in texts)
    return any(name == DURATION and name not in names for name in wanted)


def refuse_other_words(texts: Sequence[str], table: Table) -> None:
    """Raise SourceError where a condition uses other words for yes and no than its column, such as `yes` for true."""
    for condition in map(read_condition, texts):
        at = next((at for at, name in enumerate(table.header) if bare_name(name) == bare_name(condition.column)), None)
        if at is None or condition.sign not in ("=", "!="):
            continue
        sample = (cells[at].strip().casefold() for _, cells in islice(table.rows(), _SAMPLE) if at < len(cells))
        there, wanted = {each for each in sample if each}, {each.casefold() for each in condition.values}
        pairs = [each for each in _YES_NO if there and there <= each]
        if pairs and not any(wanted & each for each in pairs) and any(wanted <= each for each in _YES_NO):
            words = " and ".join(sorted(there))
            raise SourceError(
                f"{quoted(condition.column)} holds {words}, and the condition asks for "
                f"{quoted('|'.join(condition.values))}"
            )


def _check(condition: Condition, table: Table, option: str) -> Check:
    names = {bare_name(name) for name in table.header}
    if bare_name(condition.column) == DURATION and DURATION not in names:
        return _of_duration(condition)
    at = column_at(table, condition.column, option)
    is_met = _COMPARERS[condition.sign](condition)

    def check(cells: Cells, _took: timedelta | None) -> bool:
        return is_met(_with_plain_blanks(cells[at]) if at < len(cells) else "")

    return check


def _of_duration(condition: Condition) -> Check:
    seconds = [read_duration(each) for each in condition.values]
    if None in seconds or condition.sign in ("^=", "~"):
        raise SourceError(f'{quoted(condition.values[0])} is not a duration: write it like "duration<=8h"')
    spans = [timedelta(microseconds=round(each * 10**6)) for each in seconds if each is not None]
    compare = _ORDER[condition.sign]

    def check(_cells: Cells, took: timedelta | None) -> bool:
        return took is not None and any(compare(took, each) for each in spans)

    return check


def _equal(condition: Condition) -> Callable[[str], bool]:
    texts = frozenset(each.casefold() for each in condition.values)
    numbers = frozenset(each for each in map(_number, condition.values) if each is not None)
    wanted = condition.sign == "="
    known: dict[str, bool] = {}

    def is_met(cell: str) -> bool:
        found = known.get(cell)
        if found is None:
            found = (cell.casefold() in texts or (bool(numbers) and _number(cell) in numbers)) is wanted
            if len(known) < 1 << 12:
                known[cell] = found
        return found

    return is_met


def _begins(condition: Condition) -> Callable[[str], bool]:
    beginnings = tuple(each.casefold() for each in condition.values)
    return lambda cell: cell.casefold().startswith(beginnings)


def _contains(condition: Condition) -> Callable[[str], bool]:
    parts = tuple(each.casefold() for each in condition.values)
    return lambda cell: any(each in cell.casefold() for each in parts)


def _ordered(condition: Condition) -> Callable[[str], bool]:
    compare = _ORDER[condition.sign]
    values = [_measure(each) for each in condition.values]
    if None in values:
        raise SourceError(f"{quoted(condition.values[0])} cannot be compared: give a number, a duration or a day")

    def is_met(cell: str) -> bool:
        if is_nothing(cell):
            return False
        found = _measure(cell)
        if found is None or any(each and found[0] != each[0] for each in values):
            wanted = "|".join(condition.values)
            raise SourceError(f"{quoted(cell)} in {quoted(condition.column)} cannot be compared with {quoted(wanted)}")
        return any(each and compare(found[1], each[1]) for each in values)

    return is_met


def _measure(text: str) -> tuple[str, Fraction] | None:
    """Return what kind of quantity a text is, and how much."""
    if (number := _number(text)) is not None:
        return "number", number
    if (seconds := read_duration(text)) is not None:
        return None if any(map(_COMMA_GROUP.fullmatch, numbers_of_words(text))) else ("duration", seconds)
    form = form_of(text)
    if form is None or form.day is None:
        return None
    return "day", form.day.toordinal() + Fraction(form.time / timedelta(days=1) if form.time else 0)


def _number(text: str) -> Fraction | None:
    try:
        return read_number(text)
    except UnreadableNumberError:
        return None


_ORDER: dict[str, Callable[..., bool]] = {
    "<": lambda one, two: one < two,
    "<=": lambda one, two: one <= two,
    ">": lambda one, two: one > two,
    ">=": lambda one, two: one >= two,
    "=": lambda one, two: one == two,
    "!=": lambda one, two: one != two,
}
_COMPARERS: dict[str, Callable[[Condition], Callable[[str], bool]]] = {
    "=": _equal,
    "!=": _equal,
    "^=": _begins,
    "~": _contains,
    **dict.fromkeys(("<", "<=", ">", ">="), _ordered),
}
