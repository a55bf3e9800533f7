"""Which column of a table is which: by header, else by content.

A table of readings has a date, a value, perhaps a total and a note. A ticket export has its columns named as in
ServiceNow, Jira, GLPI, Zendesk or Freshdesk.
"""

import re
from collections.abc import Callable, Sequence
from itertools import islice

from cimodel_tui.model.baseline import EVENTS, WITH_TOTALS
from cimodel_tui.model.number import quoted
from cimodel_tui.record import dataclass
from cimodel_tui.sources.date_forms import looks_like_date
from cimodel_tui.sources.durations import read_duration
from cimodel_tui.sources.numbers import is_nothing, looks_like_number, split_affix
from cimodel_tui.sources.recipe import OpenQuestionError, Question, Recipe, SourceError
from cimodel_tui.sources.table import Cells, Table

_SAMPLE = 200
"""The kind of a column is detected from this many rows."""

ONE_A_ROW = "one-a-row"
"""As `--value` of events: no column holds a count, each row is one event."""

_DATES = (
    "date day datum tag time timestamp datetime period week month quarter woche monat quartal zeit zeitpunkt when on"
)
_VALUES = "value val wert y reading measurement messwert"
_COUNTS = "count value events numerator anzahl zahl"
_TOTALS = "of total n out_of denominator sample_size gesamt von base sample"
_NOTES = "note notes comment comments remark remarks bemerkung notiz kommentar anmerkung"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The places of the columns, counted from 0; None where there is none."""

    date: int | None = None
    """Where the dates are; None where only values are given."""
    value: int = 0
    """Where the values are."""
    total: int | None = None
    """Where the totals are."""
    note: int | None = None
    """Where the notes are."""
    ones: bool = False
    """Whether each row is one event, so that there is no column of values."""
    may_be_cut: bool = False
    """Whether the separator may have cut a decimal comma or a group of three in two."""
    questions: tuple[Question, ...] = ()
    """What is open."""


def bare_name(text: str) -> str:
    """Return a header as it is compared: letters and digits, words apart by an underscore, case aside."""
    return "_".join(re.findall(r"[^\W_]+", text.casefold()))


def column_at(table: Table, wanted: str, option: str) -> int:
    """Return the place of a column by its header, case aside, or by its place from 1; raises SourceError."""
    names = [bare_name(name) for name in table.header]
    exact = [at for at, name in enumerate(table.header) if name.strip() == wanted.strip()]
    found = exact or [at for at, name in enumerate(names) if name == bare_name(wanted) and name]
    if found:
        return one_of_equal(table, found, option)
    if wanted.strip().isdecimal() and 0 < int(wanted) <= len(table.columns):
        return int(wanted) - 1
    known = ", ".join(quoted(name) for name in table.columns[:12])
    raise SourceError(f"--{option} {quoted(wanted)}: there is no such column; there are {known}")


_OF_ONE_COLUMN = ("date", "value", "total", "note", "opened", "resolved", "key")
"""Options whose whole answer is a column; in the others a column is a part of the answer."""


def one_of_equal(table: Table, places: Sequence[int], option: str) -> int:
    """Return the place of a column whose header may stand more than once.

    Raises OpenQuestionError where these columns differ, for an option that takes more than a column SourceError.
    """
    if len(places) == 1 or are_equal(table, places):
        return places[0]
    numbers = " and ".join(str(at + 1) for at in places)
    words = f"columns {numbers} are both named {quoted(table.columns[places[0]])}"
    if option not in _OF_ONE_COLUMN:
        raise SourceError(f"--{option}: {words}: give the number in place of the name")
    choices = tuple((str(at + 1), _place_in_words(table, at)) for at in places)
    raise OpenQuestionError(Question(option, f"The {words}: which one is meant?", choices))


def are_equal(table: Table, places: Sequence[int]) -> bool:
    """Return whether columns are the same, cell by cell."""
    texts = ([cells[at].strip() if at < len(cells) else "" for at in places] for _, cells in table.rows())
    return all(each.count(each[0]) == len(each) for each in texts)


def find_roles(table: Table, recipe: Recipe, *, name: str, kind: str) -> Roles:
    """Return which column is what for a metric of this name and kind, and what is open about it."""
    sample = [cells for _, cells in islice(table.rows(), _SAMPLE) if any(cell.strip() for cell in cells)]
    given = {
        option: column_at(table, getattr(recipe, option), option)
        for option in ("date", "value", "total", "note")
        if (wanted := getattr(recipe, option)) and not (option == "value" and wanted == ONE_A_ROW and kind == EVENTS)
    }
    date, questions = _date(table, sample, given)
    if not table.header:
        return _by_place(table, sample, given, date, (kind, recipe.value == ONE_A_ROW))
    names = [bare_name(each) for each in table.header]
    free = [at for at in range(len(names)) if at != date and at not in given.values()]
    note = given.get("note", _first_with_header(table, free, _NOTES, "note"))
    numeric = [at for at in free if at != note and _mostly(sample, at, _is_value)]
    total = given.get("total", _first_with_header(table, numeric, _TOTALS, "total") if kind in WITH_TOTALS else None)
    if kind == EVENTS and "value" not in given and (not numeric or recipe.value == ONE_A_ROW):
        return Roles(date=date, note=note, ones=True, questions=tuple(questions))
    value, ask = _value(table, names, [at for at in numeric if at != total], given, (name, kind))
    if kind in WITH_TOTALS and total is None:
        ask += [_ask_column(table, "total", [at for at in numeric if at != value])]
    return Roles(
        date=date,
        value=value,
        total=total,
        note=note,
        may_be_cut=table.delimiter == ",",
        questions=tuple(questions + ask),
    )


def _date(table: Table, sample: Sequence[Cells], given: dict[str, int]) -> tuple[int | None, list[Question]]:
    if "date" in given:
        return given["date"], []
    names = [bare_name(each) for each in table.header]
    places = [at for at in range(len(table.columns)) if at not in given.values()]
    dated = [at for at in places if _mostly(sample, at, looks_like_date)]
    named = [at for at in places if at < len(names) and set(names[at].split("_")) & set(_DATES.split())]
    both = [at for at in dated if at in named]
    found = both or dated or [at for at in named if names[at] in _DATES.split()]
    if not found and not table.header:
        found = [at for at in places if any(looks_like_date(row[at]) for row in sample if at < len(row))]
    if len(found) == 1 or (found and (not table.header or are_equal(table, found))):
        return found[0], []
    if found:
        return found[0], [_ask_column(table, "date", found)]
    if len(table.columns) == 1 or (table.delimiter == "," and not table.header and _all_digits(sample)):
        return None, []
    raise SourceError("no column holds dates: name it with --date COLUMN")


def _all_digits(sample: Sequence[Cells]) -> bool:
    return all(cell.strip().isdecimal() for cells in sample for cell in cells)


def _by_place(
    table: Table, sample: Sequence[Cells], given: dict[str, int], date: int | None, kind_of: tuple[str, bool]
) -> Roles:
    """Return the roles where there is no header: date, value, total for a kind with totals, note."""
    kind, one_a_row = kind_of
    free = [at for at in range(len(table.columns)) if at != date and at not in given.values()]
    if kind == EVENTS and "value" not in given and (one_a_row or not (free and _mostly(sample, free[0], _is_value))):
        return Roles(date=date, note=free[0] if free else None, ones=True)
    value = given["value"] if "value" in given else free.pop(0) if free else 0
    total = given.get("total")
    if total is None and kind in WITH_TOTALS and free:
        total = free.pop(0)
    questions = []
    if kind in WITH_TOTALS and total is None:
        questions.append(Question("total", "There is no column of totals, and the metric has them."))
    note = given.get("note", free[0] if free else None)
    cut = table.delimiter == "," and "note" not in given and kind not in WITH_TOTALS
    return Roles(date=date, value=value, total=total, note=note, may_be_cut=cut, questions=tuple(questions))


def _value(
    table: Table, names: Sequence[str], numeric: Sequence[int], given: dict[str, int], metric: tuple[str, str]
) -> tuple[int, list[Question]]:
    if "value" in given:
        return given["value"], []
    name, kind = metric
    known = {EVENTS: f"{_COUNTS} {_VALUES}", **dict.fromkeys(WITH_TOTALS, _COUNTS)}.get(kind, _VALUES)
    wanted = [bare_name(name), *known.split()]
    by_name = next(filter(None, ([at for at in numeric if names[at] == each] for each in wanted)), [])
    if by_name:
        is_one = len(by_name) == 1 or are_equal(table, by_name)
        return by_name[0], [] if is_one else [_ask_column(table, "value", by_name, kind)]
    if len(numeric) == 1:
        return numeric[0], [_ask_column(table, "value", numeric, kind)] if kind == EVENTS else []
    if not numeric:
        raise SourceError("no column holds numbers: name the one that does with --value COLUMN")
    return numeric[0], [_ask_column(table, "value", numeric, kind)]


def _place_in_words(table: Table, at: int) -> str:
    """Return which column it is, with its header where that stands more than once and cannot name it."""
    name = table.columns[at]
    return f"column {at + 1}" if table.columns.count(name) == 1 else f"column {at + 1}, named {quoted(name)}"


def name_or_place(table: Table, at: int) -> str:
    """Return what names a column in an answer: its header, its place where that stands more than once."""
    name = table.columns[at]
    return name if table.columns.count(name) == 1 else str(at + 1)


def _ask_column(table: Table, option: str, places: Sequence[int], kind: str = "") -> Question:
    """Ask which column it is; columns with the same header are offered by their place.

    Of events it may be none of them: then each row is one.
    """
    choices = tuple((name_or_place(table, at), _place_in_words(table, at)) for at in places)
    if kind == EVENTS:
        choices += ((ONE_A_ROW, "none: each row is one event"),)
        return Question(option, "Which column says how many events a row stands for?", choices)
    return Question(option, f"Which column holds the {option}?", choices)


def _first_with_header(table: Table, places: Sequence[int], known: str, option: str) -> int | None:
    """Return the place of the column with the first of these names; raises OpenQuestionError where it is not one."""
    names = [bare_name(each) for each in table.header]
    for name in known.split():
        if found := [at for at in places if names[at] == name]:
            return one_of_equal(table, found, option)
    return None


def _mostly(sample: Sequence[Cells], at: int, is_one: Callable[[str], bool]) -> bool:
    """Return whether most of the non-empty cells of a column satisfy a predicate."""
    cells = [row[at].strip() for row in sample if at < len(row) and not is_nothing(row[at])]
    return bool(cells) and sum(map(is_one, cells)) * 2 > len(cells)


def _is_value(text: str) -> bool:
    return looks_like_number(text) or looks_like_number(split_affix(text)[1]) or read_duration(text) is not None


# fmt: off
_OPENED = (
    "opened_at", "opened", "sys_created_on", "created", "created_at", "created_time", "created_date",
    "creation_date", "opening_date", "date_created", "date_opened", "open_date", "ticket_created_timestamp",
    "ticket_created_date", "ticket_created", "reported_date", "submit_date", "submitted_at", "date_d_ouverture",
    "erstellt", "erstellt_am", "erstellungsdatum", "eröffnet", "geöffnet",
)
_RESOLVED = (
    "resolved_at", "resolved", "resolution_date", "resolutiondate", "resolved_time", "resolved_date",
    "date_resolved", "solved_at", "solved", "solution_date", "date_solved", "ticket_solved_timestamp",
    "ticket_solved_date", "ticket_solved", "last_resolved_date", "date_de_résolution", "date_de_solution", "gelöst",
    "gelöst_am", "erledigt", "erledigt_am",
)
READING_COLUMNS = 4
"""Date, value, total and note: a table of readings has no more columns."""
_CLOSED = (
    "closed_at", "closed", "closed_time", "closed_date", "close_date", "date_closed", "closing_date",
    "date_de_clôture", "geschlossen", "geschlossen_am",
)
_KEY = (
    "number", "issue_key", "key", "ticket_id", "ticket_number", "incident_number", "incident_id", "case_number",
    "request_id", "id", "ticket", "incident",
)
_STATES = (
    "state", "status", "incident_state", "resolution", "close_code", "ticket_status",
)
_REOPENED = (
    "reopen_count", "reopens", "reopened", "reopened_count", "ticket_reopens",
)
# fmt: on
_TOOK = ("duration", "_stc", "resolution_time", "time_to_resol", "time_to_solve", "resolve_time", "dauer")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketColumns:
    """The places of the columns of a ticket export, counted from 0; None where there is none."""

    opened: int | None = None
    """When it was opened."""
    resolved: int | None = None
    """When it was resolved."""
    key: int | None = None
    """Its key, which identifies it."""
    state: int | None = None
    """Its state, in which cancelled and duplicate ones are found."""
    reopened: int | None = None
    """How often it was reopened."""
    took: tuple[int, ...] = ()
    """The export's own durations, which may be business time."""
    questions: tuple[Question, ...] = ()
    """What is open."""


def is_ticket_export(table: Table, recipe: Recipe) -> bool:
    """Return whether a table holds tickets rather than readings: one row a ticket, two moments."""
    if recipe.measure:
        return True
    moments, key = count_ticket_columns(table)
    pair = 2
    return moments >= pair or (moments == 1 and key)


def count_ticket_columns(table: Table) -> tuple[int, bool]:
    """Return how many columns of moments a table has, and whether it has one of keys."""
    names = [bare_name(each) for each in table.header]
    opened, resolved, closed, key = (_first_with_name(names, known) for known in (_OPENED, _RESOLVED, _CLOSED, _KEY))
    return sum(each is not None for each in (opened, resolved, closed)), key is not None


def find_ticket_columns(table: Table, recipe: Recipe) -> TicketColumns:
    """Return which column is which, and what is open about it; raises SourceError for a column that is not there."""
    names = [bare_name(each) for each in table.header]
    opened = _column_or_default(table, recipe.opened, "opened", names, _OPENED)
    resolved = _column_or_default(table, recipe.resolved, "resolved", names, _RESOLVED)
    questions = []
    needs_opened = recipe.by == "opened" or recipe.measure == "backlog"
    if opened is None and needs_opened:
        questions.append(ask_opened(table))
    if resolved is None and not (recipe.by == "opened" and recipe.measure in ("count", "")):
        questions.append(_ask_resolved(table, names))
    return TicketColumns(
        opened=opened,
        resolved=resolved,
        key=_column_or_default(table, recipe.key, "key", names, _KEY),
        state=_first_with_name(names, _STATES),
        reopened=_first_with_name(names, _REOPENED),
        took=tuple(at for at, name in enumerate(names) if any(part in name for part in _TOOK)),
        questions=tuple(questions),
    )


def _ask_resolved(table: Table, names: Sequence[str]) -> Question:
    """Closed is not resolved: a ticket is often closed days later, by itself."""
    closed = _first_with_name(names, _CLOSED)
    if closed is not None:
        choices = ((name_or_place(table, closed), "closed, which is often days after resolved"),)
        return Question("resolved", "No column says when a ticket was resolved. Is another one meant?", choices)
    return _ask_ticket_column(table, "resolved", "Which column says when a ticket was resolved?")


def ask_opened(table: Table) -> Question:
    """Ask when a ticket was opened."""
    return _ask_ticket_column(table, "opened", "Which column says when a ticket was opened?")


def _ask_ticket_column(table: Table, option: str, words: str) -> Question:
    """Ask for a column of moments; the others are offered where none seems to be one."""
    most = 12
    sample = [cells for _, cells in islice(table.rows(), _SAMPLE)]
    places = range(len(table.columns))
    dated = [at for at in places if _mostly(sample, at, looks_like_date)]
    return Question(option, words, tuple((name_or_place(table, at), "") for at in (dated or places)[:most]))


def _column_or_default(
    table: Table, wanted: str, option: str, names: Sequence[str], known: Sequence[str]
) -> int | None:
    if wanted:
        return column_at(table, wanted, option)
    first = _first_with_name(names, known)
    if first is None:
        return None
    return one_of_equal(table, [at for at, name in enumerate(names) if name == names[first]], option)


def _first_with_name(names: Sequence[str], known: Sequence[str]) -> int | None:
    """Return the place of the first of these names, perhaps with its time zone behind it: `created_at_utc`."""
    bare = [name.removesuffix("_utc").removesuffix("_gmt") for name in names]
    found = [(known.index(name), at) for at, name in enumerate(bare) if name in known]
    return min(found)[1] if found else None
