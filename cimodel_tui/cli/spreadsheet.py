"""A register that is kept in a spreadsheet, read from CSV: which column is which field, and what each row says."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cimodel_tui.cli.shell import WrongUseError
from cimodel_tui.model.number import quoted
from cimodel_tui.reports.register_csv import as_typed

FIELDS: Mapping[str, tuple[str, ...]] = {
    "number": ("no", "nr", "id", "ref", "reference", "opportunity number", "csi number", "opportunity no"),
    "date raised": ("raised", "raised on", "date", "date logged", "logged", "created", "date created", "opened"),
    "size": ("effort size", "size of opportunity", "t shirt size"),
    "timescale": ("time scale", "timeframe", "time frame", "term"),
    "description": ("opportunity", "improvement", "idea", "title", "summary", "what", "initiative"),
    "priority": ("prio", "rank", "ranking"),
    "KPI": ("kpi metric", "kpi metrics", "kpis", "metric", "metrics", "measure", "key performance indicator"),
    "justification": ("reason", "why", "benefit", "benefits", "business case", "value"),
    "raised by": ("requester", "requested by", "submitted by", "reporter", "originator", "author"),
    "owner": ("assigned to", "responsible", "to be actioned by", "action by", "accountable", "lead"),
    "date required": ("required by", "date required by", "due", "due date", "target date", "deadline", "needed by"),
}
"""The fields, each with the headers that are usual for it."""

_ENCODED = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Sheet(NamedTuple):
    """What a CSV file holds, with every column given to a field or left out."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    """Number in the file, counted from 1 with the headers, and the cells by field."""
    columns: tuple[tuple[str, str], ...]
    """Header and field of every column, the field empty where it is left out."""


def read_sheet(data: bytes, maps: Sequence[str]) -> Sheet:
    """Read a CSV file; raises WrongUseError where it has no headers that are known, or is no CSV."""
    lines = list(_lines(_text(data)))
    head = next((index for index, cells in enumerate(lines) if any(cell.strip() for cell in cells)), None)
    if head is None:
        raise WrongUseError("import: the file is empty: its first row holds the headers")
    given = _given(maps, lines[head])
    columns = tuple(_matched(lines[head], given))
    if not any(field == "description" for _, field in columns):
        known = ", ".join(quoted(header) for header in lines[head][:12])
        raise WrongUseError(
            f'import: no column holds the description: give it with --map "Header=description" ({known})'
        )
    rows = ((number, _cells(columns, cells)) for number, cells in enumerate(lines, 1) if number > head + 1)
    return Sheet(tuple((number, row) for number, row in rows if any(row.values())), columns)


def _text(data: bytes) -> str:
    for mark, name in _ENCODED:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(text: str) -> Iterator[list[str]]:
    first = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        yield from csv.reader(text.replace("\0", "\ufffd").splitlines(keepends=True), delimiter=mark)
    except csv.Error as problem:
        raise WrongUseError(f"import: this is no CSV: {problem}") from None


def _given(maps: Sequence[str], headers: Sequence[str]) -> dict[str, str]:
    """Return the fields that were given for headers, an empty field for a column that is left out."""
    fields = {_bare(field): field for field in FIELDS}
    known = {_bare(header) for header in headers}
    found = {}
    for each in maps:
        header, equals, field = each.rpartition("=")
        if not equals or (field.strip() and _bare(field) not in fields):
            raise WrongUseError(
                f"import: --map {quoted(each)}: write Header=field, the field one of {', '.join(FIELDS)}"
            )
        if _bare(header) not in known:
            raise WrongUseError(f"import: --map {quoted(each)}: there is no column {quoted(header)}")
        found[_bare(header)] = fields.get(_bare(field), "")
    return found


def _matched(headers: Iterable[str], given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield header and field; a field that is taken already is not taken twice."""
    usual = {_bare(name): field for field, names in FIELDS.items() for name in (field, *names)}
    taken = set(given.values())
    for header in headers:
        field = given.get(_bare(header))
        if field is None:
            field = usual.get(_bare(header), "")
            field = "" if field in taken else field
            taken.add(field)
        yield header.strip(), field


def _bare(header: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", header.casefold()))


def _cells(columns: Sequence[tuple[str, str]], cells: Sequence[str]) -> Mapping[str, str]:
    pairs = zip(columns, cells, strict=False)
    return {field: as_typed(cell.strip()) for (_, field), cell in pairs if field}
