"""`cimodel-tui import`: a register that is kept in a spreadsheet, shown first and brought in when it is asked for."""

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cimodel_tui.cli.shell import Shell, Values, WrongUseError, few
from cimodel_tui.model.answer import SIZES
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.day import UnreadableDayError, read_day
from cimodel_tui.model.improvement import TITLE_LENGTH, Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import quoted
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.vision import Vision
from cimodel_tui.record import dataclass
from cimodel_tui.reports.register_csv import NUMBER, PRIORITY, REQUIRED, TIMESCALE, as_tag, as_typed, tag, tagged
from cimodel_tui.workbook import Document, Workbook
from cimodel_tui.workbook.actions import REVIEW_AFTER, next_ref

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


_SIZES = {"small": "S", "medium": "M", "large": "L", "very large": "XL", "extra large": "XL"}
_URGENCY = {"low": "1", "medium": "3", "high": "5"}
_REF = re.compile(r"CI-[0-9]{4,}")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)


class _RefusedRowError(Exception):
    """A row that cannot be taken in, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a spreadsheet comes to in a workbook."""

    documents: tuple[Document, ...]
    """The new improvements with their first iterations."""
    added: tuple[str, ...]
    """A line for each of them."""
    skipped: tuple[str, ...]
    """A line for each row that is there already."""
    refused: tuple[str, ...]
    """A line for each row that cannot be taken in."""

    def put(self, book: Workbook) -> None:
        """Put everything into the workbook as one change."""
        if self.documents:
            words = f"brought in {len(self.added)} improvements"
            book.commit(Place(self.documents[0].id, step=REGISTER), list(self.documents), words=words)


class Entries:
    """Makes entries for one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        known = book.improvements(archived=True)
        self._refs = {ref: each.ref for each in known for ref in (each.ref, *each.was)}
        self._numbers = {number: each.ref for each in known if (number := tagged(each, NUMBER))}
        self._next = int(next_ref(book)[3:])
        self._seen: dict[str, int] = {}

    def of(self, sheet: Sheet) -> Taken:
        """Return what the rows come to; nothing is changed."""
        documents: list[Document] = []
        added, skipped, refused = [], [], []
        month_first = _month_first(sheet)
        ours = (int(row["number"][3:]) for _, row in sheet.rows if _REF.fullmatch(row.get("number", "")))
        self._next = max(self._next, 1 + max(ours, default=0))
        for number, row in sheet.rows:
            there = self._there(row)
            if there:
                skipped.append(f"row {number}: there already, as {there}")
                continue
            try:
                self._once(number, row.get("number", ""))
                entry, first = self._entry(row, month_first=month_first)
            except _RefusedRowError as problem:
                refused.append(f"row {number}: {problem}")
                continue
            documents += [entry, first]
            added.append(f"row {number}: {entry.ref} {entry.title}")
        return Taken(documents=tuple(documents), added=tuple(added), skipped=tuple(skipped), refused=tuple(refused))

    def _there(self, row: Mapping[str, str]) -> str:
        """Return the improvement that a row was brought in as before, empty for a new one."""
        number = row.get("number", "")
        return self._refs.get(number) or self._numbers.get(as_tag(number)) or ""

    def _once(self, row: int, number: str) -> None:
        first = self._seen.setdefault(number, row) if number else row
        if first != row:
            raise _RefusedRowError(f"number {quoted(number)} stands in row {first} already")

    def _entry(self, row: Mapping[str, str], *, month_first: bool | None) -> tuple[Improvement, Iteration]:
        today = self._book.clock.today()
        raised = _day(row, "date raised", today, month_first) or today
        required = _day(row, "date required", today, month_first)
        title, summary = _title(row["description"])
        entry = Improvement(
            id=self._book.new_id(),
            ref="",
            title=title,
            summary=summary,
            raised_on=raised.isoformat(),
            raised_by=row.get("raised by", ""),
            owner=row.get("owner", ""),
            size=_size(row.get("size", "")),
            urgency=_URGENCY.get(row.get("priority", "").casefold(), ""),
            review_on=(today + REVIEW_AFTER).isoformat(),
        )
        ref, number = self._ref(row.get("number", ""))
        tags = {NUMBER: number, TIMESCALE: row.get("timescale", ""), PRIORITY: row.get("priority", "")}
        tags[REQUIRED] = required.isoformat() if required else ""
        told = ", ".join(tag(name, value) for name, value in tags.items() if value.strip())
        return replace(entry, ref=ref, tags=told), self._first(entry.id, row, today)

    def _ref(self, number: str) -> tuple[str, str]:
        """Return the ref, which is a number of our kind where it is free, and the number to be kept among the tags."""
        if _REF.fullmatch(number):
            return number, ""
        self._next += 1
        return f"CI-{self._next - 1:04d}", number

    def _first(self, improvement: str, row: Mapping[str, str], today: date) -> Iteration:
        names = [name for each in re.split(r"[;\n]", row.get("KPI", "")) if (name := each.strip())]
        metrics = tuple(Metric(id=self._book.new_id(), name=name, role="outcome") for name in names)
        return Iteration(
            id=self._book.new_id(),
            improvement=improvement,
            opened_on=today.isoformat(),
            opened_by=self._book.me,
            vision=Vision(value=row.get("justification", "")),
            baseline=Baseline(metrics=metrics),
        )


def _title(description: str) -> tuple[str, str]:
    """Return the first line as title, at most as long as a title is, and the rest as summary."""
    lines = [" ".join(line.split()) for line in description.splitlines() if line.strip()]
    if not lines:
        raise _RefusedRowError("there is no description")
    if len(lines[0]) <= TITLE_LENGTH[1]:
        return lines[0], "\n".join(lines[1:])
    kept = lines[0][: TITLE_LENGTH[1] - 1]
    cut = kept.rpartition(" ")[0] or kept
    return f"{cut}…", "\n".join(lines)


def _size(text: str) -> str:
    size = _SIZES.get(text.casefold(), text.upper())
    if text and size not in SIZES:
        raise _RefusedRowError(f"{quoted(text)} is no size: {', '.join(SIZES)}, or small, medium, large")
    return size or "M"


def _month_first(sheet: Sheet) -> bool | None:
    """Tell from all days of a file whether the month stands first; none where that is open."""
    found = [match for _, row in sheet.rows for match in _numeric(row)]
    if any(int(match[1]) > 12 for match in found):  # noqa: PLR2004 - the months of a year
        return False
    if any(int(match[3]) > 12 for match in found):  # noqa: PLR2004 - as above
        return True
    return False if any(match[2] == "." for match in found) else None


def _numeric(row: Mapping[str, str]) -> Iterator[re.Match[str]]:
    for name in ("date raised", "date required"):
        match = _NUMERIC.fullmatch(row.get(name, ""))
        if match:
            yield match


def _day(row: Mapping[str, str], name: str, today: date, month_first: bool | None) -> date | None:
    text = row.get(name, "")
    match = _NUMERIC.fullmatch(text)
    try:
        if match and month_first is None and match[1] != match[3]:
            raise _RefusedRowError(f"{name}: is {quoted(text)} written day or month first? Write 2026-07-14")
        if match:
            day, month = (match[3], match[1]) if month_first else (match[1], match[3])
            return date(int(match[4]), int(month), int(day))
        return read_day(text, today) if text else None
    except (UnreadableDayError, ValueError):
        raise _RefusedRowError(f"{name}: {quoted(text)} is no day: write 2026-07-14") from None


def run_import(shell: Shell, values: Values) -> int:
    """Show what a CSV file would bring in; with --yes bring it in, as one write, all of it or nothing."""
    sheet = read_sheet(_data(shell, values.csv), values.map)
    if not values.yes:
        taken = Entries(shell.look(values.file)).of(sheet)
        _preview(shell, sheet, taken)
        _refuse(taken)
        shell.say("nothing is written yet: --yes brings it in" if taken.documents else "there is nothing to bring in")
        return 0
    with shell.changing(values.file) as book:
        taken = Entries(book).of(sheet)
        _refuse(taken)
        taken.put(book)
    for line in (*taken.added, *taken.skipped):
        shell.say(line)
    shell.say(f"{len(taken.added)} improvements brought in")
    return 0


def _data(shell: Shell, file: str) -> bytes:
    if file == "-":
        return shell.input_bytes()
    try:
        return Path(file).expanduser().read_bytes()
    except OSError as problem:
        raise WrongUseError(f"{file} cannot be read: {(problem.strerror or str(problem)).lower()}") from None


def _preview(shell: Shell, sheet: "Sheet", taken: "Taken") -> None:
    """Print which column is which field, and what would be added."""
    for header, field in sheet.columns:
        shell.say(f"{header or '(no header)'} -> {field or 'left out'}")
    for line in (*taken.added, *taken.skipped, *(f"! {each}" for each in taken.refused)):
        shell.say(line)
    sys.stdout.flush()


def _refuse(taken: "Taken") -> None:
    if taken.refused:
        raise WrongUseError(f"import: nothing was brought in: {few(taken.refused)}")
