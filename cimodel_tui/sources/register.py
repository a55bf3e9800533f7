"""A register that is kept in a spreadsheet: which column is which field, and the contents of each row.

All columns of days are interpreted together. Benefit and effort are numbers from 1 to 5 where the whole column is,
else words. A word for the status is mapped to one of the known ones, or is stored unchanged.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import NamedTuple

from cimodel_tui.model.number import quoted
from cimodel_tui.record import dataclass
from cimodel_tui.sources.columns import are_equal, bare_name
from cimodel_tui.sources.dates import Dates, understand_dates
from cimodel_tui.sources.numbers import is_nothing, looks_like_number
from cimodel_tui.sources.readings import TOTAL_ROWS
from cimodel_tui.sources.recipe import PROGRESS, Question, Recipe, SkippedRow, SourceError
from cimodel_tui.sources.table import Cells, Table

RAISED, REQUIRED = "date raised", "date required"
"""The fields that hold days."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "no",
        "nr",
        "id",
        "ref",
        "reference",
        "opportunity number",
        "csi number",
        "nummer",
        "opportunity no",
        "issue key",
        "key",
    ),
    RAISED: (
        *("raised", "raised on", "date", "date logged", "logged", "created", "date created", "opened", "timestamp"),
        *("erstellt", "erstellt am", "angelegt", "angelegt am", "erfasst", "erfasst am", "datum", "gemeldet am"),
    ),
    "size": ("effort size", "size of opportunity", "t shirt size", "größe"),
    "timescale": ("time scale", "timeframe", "time frame", "term"),
    "description": (
        "title",
        "summary",
        "opportunity",
        "improvement",
        "idea",
        "what",
        "initiative",
        "short description",
        "titel",
        "idee",
        "kurzbeschreibung",
        "beschreibung",
    ),
    "priority": ("prio", "rank", "ranking", "priorität"),
    "KPI": ("kpi metric", "kpi metrics", "kpis", "metric", "metrics", "measure", "key performance indicator"),
    "justification": ("reason", "why", "benefits", "business case", "value"),
    "raised by": (
        "requester",
        "requested by",
        "submitted by",
        "reporter",
        "originator",
        "author",
        "gemeldet von",
        "erstellt von",
    ),
    "owner": (
        *("assigned to", "assignee", "responsible", "to be actioned by", "action by", "accountable", "lead"),
        *("verantwortlich", "zuständig", "zugewiesen an"),
    ),
    REQUIRED: (
        *("required by", "date required by", "due", "due date", "target date", "deadline", "needed by"),
        *("fällig", "fällig am", "frist", "termin"),
    ),
    "status": ("state", "stage"),
    "benefit": ("benefit score", "impact", "nutzen"),
    "effort": ("effort score", "aufwand"),
    "comments": (
        *("comment", "notes", "note", "remarks", "remark", "progress notes", "work notes"),
        *("kommentar", "kommentare", "bemerkung", "bemerkungen", "notizen"),
    ),
}
"""The fields, each with the headers that are usual for it."""

_TITLES = ("title", "summary", "short_description", "titel", "kurzbeschreibung")
"""Headers beside which a description is more than the title."""

CLOSED, WITHDRAWN, ON_HOLD, IN_PROGRESS, NEW = "closed", "withdrawn", "on hold", "in progress", "new"

_STATUS_WORDS = {
    CLOSED: (
        "closed, closed complete, closed incomplete, complete, completed, done, resolved, implemented, finished, "
        "achieved, live, delivered, abgeschlossen, erledigt"
    ),
    WITHDRAWN: (
        "withdrawn, cancelled, canceled, rejected, declined, abandoned, won't do, wont do, duplicate, closed skipped, "
        "not approved, dropped, abgelehnt, verworfen"
    ),
    ON_HOLD: (
        "on hold, hold, paused, deferred, postponed, parked, waiting, pending, blocked, awaiting info, stalled, "
        "zurückgestellt, pausiert"
    ),
    IN_PROGRESS: (
        "in progress, work in progress, wip, doing, started, ongoing, on going, under way, underway, active, "
        "in development, in review, implementing, implementation, in arbeit, laufend"
    ),
    NEW: (
        "new, open, to do, todo, backlog, proposed, draft, idea, logged, submitted, raised, assess, assessing, "
        "under assessment, approved, planned, selected for development, reopened, offen, neu"
    ),
}
STATUSES: Mapping[str, str] = {
    bare_name(word): status for status, words in _STATUS_WORDS.items() for word in words.split(",")
}
"""The status that the words of ServiceNow, Jira, English and German mean."""

_FIGURE_BEHIND = re.compile(r"[\s:=]*[\d.,\s%]*\Z")
"""What may stand behind a word for a total in its cell."""
_WORDS_OF_SCORES: Mapping[str, str] = {
    **dict.fromkeys(("very low", "lowest", "minimal", "sehr niedrig", "sehr gering"), "12"),
    **dict.fromkeys(("low", "minor", "small", "niedrig", "gering", "klein"), "12"),
    **dict.fromkeys(("medium", "moderate", "mittel"), "3"),
    **dict.fromkeys(("high", "significant", "large", "major", "hoch", "groß"), "45"),
    **dict.fromkeys(("critical", "very high", "highest", "extensive", "sehr hoch"), "45"),
}
"""The scores that go with a word: ServiceNow's `1 - High` is on a scale that runs the other way, `2 - Medium` on a
shorter one."""


class RegisterRow(NamedTuple):
    """A row of the register."""

    number: int
    """Its number in the file."""
    cells: Mapping[str, str]
    """Its contents, by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A table of a register, with every column assigned to a field or left out."""

    table: Table
    """The table."""
    columns: tuple[tuple[str, str], ...]
    """Header and field of every column, the field empty where it is left out."""
    dates: Dates
    """How the days are read."""
    date_places: Mapping[str, int] = field(default_factory=dict)
    """The place of each field of days among those that were understood together."""
    unquote: Callable[[str], str] = str
    """Takes back what was done to a cell so that no spreadsheet takes it for a formula."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is open."""
        return self.dates.questions

    def rows(self) -> Iterator[RegisterRow | SkippedRow]:
        """Yield each row, or why it is skipped. Empty lines at the end are ignored."""
        for number, cells in self.table.rows():
            if not cells:
                continue
            row = RegisterRow(number, self._fields(cells))
            if not any(cell.strip() for cell in cells):
                yield SkippedRow(number, "blank")
            elif _is_total(row.cells, cells):
                yield SkippedRow(number, "a row of totals")
            else:
                yield row

    def _fields(self, cells: Cells) -> dict[str, str]:
        found: dict[str, str] = {}
        for (_, name), cell in zip(self.columns, cells, strict=False):
            text = cell.strip()
            if name and text:
                text = self.unquote(text)
                found[name] = f"{found[name]}\n{text}" if name in found else text
        return found

    def day(self, row: RegisterRow, name: str) -> tuple[date | None, str]:
        """Return the day of a field, and what is wrong with it; a day due whose year is not written is left empty."""
        text = row.cells.get(name, "")
        if is_nothing(text):
            return None, ""
        found = self.dates.read(text, self.date_places.get(name, 0))
        if found is None:
            return None, f"{name} {quoted(text)} is not a date and is left empty"
        if name == REQUIRED and found.is_inferred:
            return None, f"{name} {quoted(text)} has no year and is left empty"
        if name == RAISED and found.day > self.dates.today:
            return found.day, f"{name} {found.day} lies in the future"
        return found.day, ""


def read_register(
    table: Table,
    maps: Sequence[str],
    recipe: Recipe,
    today: date,
    unquote: Callable[[str], str] = str,
    *,
    progress: Callable[[int], None] | None = None,
) -> Register:
    """Return the register that a table holds; raises SourceError where no column holds the description.

    `progress` is called with a row number from time to time.
    """
    if not table.header:
        raise SourceError("the first row holds no headers: name the columns there")
    columns = tuple(_match_headers(table.header, _requested_fields(maps, table.header)))
    columns = _move_worded_scores(table, _without_repeated(table, columns))
    if not any(name == "description" for _, name in columns):
        known = ", ".join(quoted(header) for header in table.header[:12])
        raise SourceError(f'no column holds the description: give it with --map "Header=description" ({known})')
    places = {name: at for at, (_, name) in enumerate(columns) if name in (RAISED, REQUIRED)}
    watched = [table.date_column(name) for name in places]
    for number, cells in table.rows():
        if progress and number % PROGRESS == 0:
            progress(number)
        for column, at in zip(watched, places.values(), strict=True):
            if at < len(cells) and not is_nothing(cells[at]):
                column.add(number, cells[at])
    dates = understand_dates(watched, today=today, answer=recipe.dates)
    order = {name: index for index, name in enumerate(places)}
    return Register(table=table, columns=columns, dates=dates, date_places=order, unquote=unquote)


def _without_repeated(table: Table, columns: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Leave out columns that stand twice; raises SourceError where two of one name differ and are no comments."""
    places: dict[str, list[int]] = {}
    for at, (header, _) in enumerate(columns):
        places.setdefault(bare_name(header), []).append(at)
    kept = list(columns)
    for name, (first, *others) in places.items():
        if not name or not others or columns[first][1] in ("", "comments"):
            continue
        if not are_equal(table, [first, *others]):
            numbers = " and ".join(str(at + 1) for at in (first, *others))
            raise SourceError(f"columns {numbers} are both named {quoted(columns[first][0])} and differ: rename one")
        for at in others:
            kept[at] = (columns[at][0], "")
    return tuple(kept)


def _is_total(row: Mapping[str, str], cells: Cells) -> bool:
    """Return whether a row is one of totals: its first filled cell is a word for that, and it describes nothing."""
    first = next((cell for cell in cells if cell.strip()), "").strip()
    word = "_".join(_FIGURE_BEHIND.sub("", first).casefold().split())
    description = row.get("description", first)
    return word in TOTAL_ROWS and (description == first or looks_like_number(description))


def _requested_fields(maps: Sequence[str], headers: Sequence[str]) -> dict[str, str]:
    """Return the fields that were given for headers, an empty field for a column that is left out."""
    fields = {bare_name(name): name for name in FIELDS}
    known = {bare_name(header) for header in headers}
    found = {}
    for each in maps:
        header, equals, name = each.rpartition("=")
        if not equals or (name.strip() and bare_name(name) not in fields):
            raise SourceError(f"--map {quoted(each)}: write Header=field, the field one of {', '.join(FIELDS)}")
        if bare_name(header) not in known:
            raise SourceError(f"--map {quoted(each)}: there is no column {quoted(header)}")
        found[bare_name(header)] = fields.get(bare_name(name), "")
    return found


def _match_headers(headers: Sequence[str], given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield header and field. Only the comments may have several columns, such as a second description."""
    usual = {bare_name(word): name for name, words in FIELDS.items() for word in (name, *words)}
    fields_in_use = set(given.values())
    titled = any(bare_name(header) in _TITLES for header in headers)
    for header in headers:
        bare = bare_name(header)
        name = given.get(bare)
        if name is None:
            name = usual.get(bare, "")
            if name == "description" and (name in fields_in_use or (titled and bare == "description")):
                name = "comments"
            elif name in fields_in_use and name != "comments":
                name = ""
            fields_in_use.add(name)
        yield header.strip(), name


def _move_worded_scores(table: Table, columns: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Give benefit and effort to the fields of words where they are not numbers from 1 to 5 throughout."""
    words = {"benefit": "justification", "effort": "size"}
    places = {at: name for at, (_, name) in enumerate(columns) if name in words}
    if not places:
        return columns
    numbers = set(places)
    for _, cells in table.rows():
        for at in tuple(numbers):
            if at < len(cells) and not is_nothing(cells[at]) and _one_to_five(cells[at]) is None:
                numbers.discard(at)
    fields_in_use = {name for _, name in columns}
    changed = list(columns)
    for at in places.keys() - numbers:
        other = words[places[at]]
        changed[at] = (columns[at][0], other if other not in fields_in_use else "comments")
    return tuple(changed)


def _one_to_five(text: str) -> str | None:
    """Return the number from 1 to 5 that a cell holds, perhaps with a word behind it; None where it holds none."""
    found = re.fullmatch(r"\s*([1-5])(?:\.0+)?(?:\s*[-–:/(]\s*(.*?)\)?)?\s*", text)
    if not found:
        return None
    return found[1] if found[1] in _WORDS_OF_SCORES.get((found[2] or "").casefold(), "12345") else None


def one_to_five(text: str) -> str:
    """Return the number from 1 to 5 of a cell, empty where it holds none."""
    return _one_to_five(text) or ""
