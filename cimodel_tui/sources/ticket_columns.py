"""The columns of ticket exports as ServiceNow, Jira, GLPI, Zendesk and Freshdesk name them."""

from collections.abc import Sequence

from cimodel_tui.record import dataclass
from cimodel_tui.sources.columns import bare_name, column_at
from cimodel_tui.sources.conditions import read_condition
from cimodel_tui.sources.question import Question
from cimodel_tui.sources.recipe import Recipe
from cimodel_tui.sources.table import Table

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
_READING_COLUMNS = 4
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
    """The places of the columns of a ticket export, counted from 0; none where there is none."""

    opened: int | None = None
    """When it was opened."""
    resolved: int | None = None
    """When it was resolved."""
    key: int | None = None
    """What tells it from others."""
    state: int | None = None
    """Its state, in which cancelled and duplicate ones are found."""
    reopened: int | None = None
    """How often it was reopened."""
    took: tuple[int, ...] = ()
    """The export's own durations, which may be business time."""
    questions: tuple[Question, ...] = ()
    """What is open."""


def is_ticket_export(table: Table, recipe: Recipe) -> bool:
    """Tell whether a table holds tickets rather than readings: one row a ticket, two moments."""
    if recipe.measure:
        return True
    moments, key = _recognised(table)
    pair = 2
    return moments >= pair or (moments == 1 and key)


def is_plain_table(table: Table, recipe: Recipe) -> bool:
    """Tell whether a table is one of readings for certain, though the metric is counted from tickets.

    It has the few columns of date, value, total and note, and none by which tickets are known.
    """
    moments, key = _recognised(table)
    names = {bare_name(each) for each in table.header}
    conditions = (read_condition(each).column for each in (*recipe.where, *recipe.counts_as))
    wanted = (recipe.opened, recipe.resolved, recipe.key, *recipe.less, *conditions)
    named = any(bare_name(each) in names for each in wanted if each)
    return not moments and not key and not named and len(table.columns) <= _READING_COLUMNS


def _recognised(table: Table) -> tuple[int, bool]:
    """Return how many columns of moments a table has, and whether it has one of keys."""
    names = [bare_name(each) for each in table.header]
    opened, resolved, closed, key = (_place(names, known) for known in (_OPENED, _RESOLVED, _CLOSED, _KEY))
    return sum(each is not None for each in (opened, resolved, closed)), key is not None


def find_ticket_columns(table: Table, recipe: Recipe) -> TicketColumns:
    """Return which column is which, and what is open about it; raises SourceError for a column that is not there."""
    names = [bare_name(each) for each in table.header]
    opened = _given(table, recipe.opened, "opened", names, _OPENED)
    resolved = _given(table, recipe.resolved, "resolved", names, _RESOLVED)
    questions = []
    needs_opened = recipe.by == "opened" or recipe.measure == "backlog"
    if opened is None and needs_opened:
        questions.append(_which(table, "opened", "Which column says when a ticket was opened?"))
    if resolved is None and not (recipe.by == "opened" and recipe.measure in ("count", "")):
        questions.append(_ask_resolved(table, names))
    return TicketColumns(
        opened=opened,
        resolved=resolved,
        key=_given(table, recipe.key, "key", names, _KEY),
        state=_place(names, _STATES),
        reopened=_place(names, _REOPENED),
        took=tuple(at for at, name in enumerate(names) if any(part in name for part in _TOOK)),
        questions=tuple(questions),
    )


def _ask_resolved(table: Table, names: Sequence[str]) -> Question:
    """Closed is not resolved: a ticket is often closed days later, by itself."""
    closed = _place(names, _CLOSED)
    if closed is not None:
        name = table.columns[closed]
        choices = ((name, "closed, which is often days after resolved"),)
        return Question("resolved", "No column says when a ticket was resolved. Is another one meant?", choices)
    return _which(table, "resolved", "Which column says when a ticket was resolved?")


def _which(table: Table, option: str, words: str) -> Question:
    most = 12
    return Question(option, words, tuple((name, "") for name in table.columns[:most]))


def _given(table: Table, wanted: str, option: str, names: Sequence[str], known: Sequence[str]) -> int | None:
    return column_at(table, wanted, option) if wanted else _place(names, known)


def _place(names: Sequence[str], known: Sequence[str]) -> int | None:
    found = [(known.index(name), at) for at, name in enumerate(names) if name in known]
    return min(found)[1] if found else None
