"""`cimodel-tui import`: a register that is kept in a spreadsheet, previewed first and imported with `--yes`."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cimodel_tui.cli.output import Progress, each_of
from cimodel_tui.cli.reading import read_file
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, listed_rows
from cimodel_tui.model.answer import SIZES
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import STANDINGS, TITLE_LENGTH, Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import quoted
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.model.vision import Vision
from cimodel_tui.record import dataclass
from cimodel_tui.reports.csv_format import (
    NUMBER,
    PRIORITY,
    REQUIRED,
    TIMESCALE,
    as_tag,
    tag,
    tag_value,
    unescape_formula,
)
from cimodel_tui.sources.columns import bare_name
from cimodel_tui.sources.numbers import is_nothing
from cimodel_tui.sources.recipe import Recipe, SkippedRow, SourceError
from cimodel_tui.sources.register import (
    CLOSED,
    IN_PROGRESS,
    STATUSES,
    Register,
    RegisterRow,
    one_to_five,
    read_register,
)
from cimodel_tui.sources.register import RAISED as DATE_RAISED
from cimodel_tui.sources.register import REQUIRED as DATE_REQUIRED
from cimodel_tui.sources.table import Table, read_table
from cimodel_tui.workbook import Document, Workbook
from cimodel_tui.workbook.actions import REVIEW_AFTER, next_ref

STATUS = "status"
"""The tag that holds a word for the status which is none of those that are known."""

_SIZES = {"small": "S", "medium": "M", "large": "L", "very large": "XL", "extra large": "XL"}
_URGENCY = {"low": "1", "medium": "3", "high": "5"}
_REF = re.compile(r"CI-[0-9]{4,}")
_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANKS = re.compile(r"[ \t]+")


class _RowError(Exception):
    """A row that cannot be imported, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would add to a workbook."""

    documents: tuple[Document, ...]
    """The new improvements with their first iterations; none of them are made for a preview."""
    added: tuple[str, ...]
    """A line for each of them."""
    skipped: tuple[str, ...]
    """A line for each row that is there already or is none."""
    refused: tuple[str, ...]
    """A line for each row that cannot be imported."""
    remarks: tuple[str, ...]
    """A line for each cell that is left empty or should be checked."""

    def commit(self, book: Workbook) -> None:
        """Put everything into the workbook as one change."""
        if self.documents:
            words = f"imported {_improvements(len(self.added))}"
            book.commit(Place(self.documents[0].id, step=REGISTER), list(self.documents), words=words)


def _improvements(count: int) -> str:
    return "1 improvement" if count == 1 else f"{count} improvements"


class RegisterImporter:
    """Plans the import of a register into one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        known = book.improvements(archived=True)
        self._refs = {ref: each.ref for each in known for ref in (each.ref, *each.was)}
        self._numbers = {number: each.ref for each in known if (number := tag_value(each, NUMBER))}
        self._next_number = int(next_ref(book)[3:])
        self._rows_by_number: dict[str, int] = {}

    def plan(self, register: Register, *, build: bool) -> ImportPlan:
        """Return what an import would add; nothing is changed. Documents are built only with `build`."""
        documents: list[Document] = []
        added: list[str] = []
        skipped: list[str] = []
        refused: list[str] = []
        remarks: list[str] = []
        rows = list(register.rows())
        self._next_number = max(self._next_number, 1 + max(map(_own_number, rows), default=0))
        for row in each_of(rows, "rows"):
            if isinstance(row, SkippedRow):
                skipped.append(f"row {row.row}: left out, {row.why}")
                continue
            existing = self._existing_ref(row.cells)
            if existing:
                skipped.append(f"row {row.number}: there already, as {existing}")
                continue
            try:
                entry = self._entry(register, row, remarks)
            except _RowError as problem:
                refused.append(f"row {row.number}: {problem}")
                continue
            if build:
                documents += self._documents(register, row, entry)
            added.append(f"row {row.number}: {entry.ref} {entry.title}")
        return ImportPlan(
            documents=tuple(documents),
            added=tuple(added),
            skipped=tuple(skipped),
            refused=tuple(refused),
            remarks=tuple(remarks),
        )

    def _existing_ref(self, row: Mapping[str, str]) -> str:
        """Return the ref under which a row was imported before, empty for a new one."""
        number = _number_of(row)
        return self._refs.get(number) or self._numbers.get(as_tag(number)) or ""

    def _check_unique(self, row: int, number: str) -> None:
        first = self._rows_by_number.setdefault(number, row) if number else row
        if first != row:
            raise _RowError(f"number {quoted(number)} stands in row {first} already")

    def _entry(self, register: Register, row: RegisterRow, remarks: list[str]) -> "_Entry":
        """Return the previewed part of a row; raises _RowError."""
        cells = row.cells
        number = _number_of(cells)
        self._check_unique(row.number, number)
        title, summary = _title(cells.get("description", ""))
        size = _size(cells.get("size", ""))
        for name in (DATE_RAISED, DATE_REQUIRED):
            _, problem = register.day(row, name)
            if problem:
                remarks.append(f"row {row.number}: {problem}")
        status = cells.get("status", "")
        if status and bare_name(status) not in STATUSES:
            remarks.append(f"row {row.number}: the status {quoted(status)} is not known and is stored as a tag")
        ref, number = self._ref(number)
        return _Entry(ref=ref, number=number, title=title, summary=summary, size=size)

    def _ref(self, number: str) -> tuple[str, str]:
        """Return the ref, the row's own number if it is a ref, and the number to be stored among the tags."""
        if _REF.fullmatch(number):
            return number, ""
        self._next_number += 1
        return f"CI-{self._next_number - 1:04d}", number

    def _documents(self, register: Register, row: RegisterRow, preview: "_Entry") -> tuple[Improvement, Iteration]:
        today, cells = self._book.clock.today(), row.cells
        raised, unreadable = register.day(row, DATE_RAISED)
        required, _ = register.day(row, DATE_REQUIRED)
        comments = cells.get("comments", "")
        improvement = Improvement(
            id=self._book.new_id(),
            ref=preview.ref,
            title=preview.title,
            summary="\n".join(filter(None, (preview.summary, comments))),
            raised_on=raised.isoformat() if raised else "" if unreadable else today.isoformat(),
            raised_by=cells.get("raised by", ""),
            owner=cells.get("owner", ""),
            size=preview.size,
            benefit=one_to_five(cells.get("benefit", "")),
            effort=one_to_five(cells.get("effort", "")),
            urgency=_URGENCY.get(cells.get("priority", "").casefold(), ""),
            review_on=(today + REVIEW_AFTER).isoformat(),
        )
        tags = {NUMBER: preview.number, TIMESCALE: cells.get("timescale", ""), PRIORITY: cells.get("priority", "")}
        tags[REQUIRED] = required.isoformat() if required else ""
        status = cells.get("status", "")
        tags[STATUS] = "" if bare_name(status) in STATUSES else status
        stored_tags = ", ".join(tag(name, value) for name, value in tags.items() if value.strip())
        entry = _with_status(replace(improvement, tags=stored_tags), status, today.isoformat())
        return entry, self._first(entry.id, cells)

    def _first(self, improvement: str, row: Mapping[str, str]) -> Iteration:
        names = [name for each in re.split(r"[;\n]", row.get("KPI", "")) if (name := each.strip())]
        metrics = tuple(Metric(id=self._book.new_id(), name=name, role="outcome") for name in names)
        return Iteration(
            id=self._book.new_id(),
            improvement=improvement,
            opened_on=self._book.clock.today().isoformat(),
            opened_by=self._book.me,
            vision=Vision(value=row.get("justification", "")),
            baseline=Baseline(metrics=metrics),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """The part of a row that a preview shows."""

    ref: str
    number: str
    title: str
    summary: str
    size: str


def _number_of(cells: Mapping[str, str]) -> str:
    """Return the number of a row; a ref such as ci-0012 in capitals."""
    number = cells.get("number", "")
    return number.upper() if _REF.fullmatch(number.upper()) else number


def _own_number(row: RegisterRow | SkippedRow) -> int:
    """Return the number of a ref such as CI-0012, 0 where a row has none."""
    number = _number_of(row.cells) if isinstance(row, RegisterRow) else ""
    return int(number[3:]) if _REF.fullmatch(number) else 0


def _with_status(entry: Improvement, text: str, today: str) -> Improvement:
    """Return the entry with the status of the imported register."""
    status = STATUSES.get(bare_name(text), "")
    if status in (CLOSED, IN_PROGRESS):
        return replace(entry, imported_status=status)
    if status in STANDINGS:
        return replace(entry, standing=status, standing_reason=f"imported as {text}", standing_on=today)
    return entry


def _title(description: str) -> tuple[str, str]:
    """Return the first line as title, at most as long as a title is, and the rest as summary."""
    lines = [each for line in _LINE_END.split(description) if (each := _BLANKS.sub(" ", line).strip())]
    if not lines:
        raise _RowError("there is no description")
    if len(lines[0]) <= TITLE_LENGTH[1]:
        return lines[0], "\n".join(lines[1:])
    shortened = lines[0][: TITLE_LENGTH[1] - 1]
    cut = shortened.rpartition(" ")[0] or shortened
    return f"{cut}…", "\n".join(lines)


def _size(text: str) -> str:
    if is_nothing(text):
        return "M"
    size = _SIZES.get(text.casefold(), text.upper())
    if size not in SIZES:
        raise _RowError(f"{quoted(text)} is not a size: {', '.join(SIZES)}, or small, medium, large")
    return size


def run_import(shell: Shell, values: Values) -> int:
    """Preview the import of a spreadsheet; with --yes import it in one write, all of it or nothing."""
    try:
        register = _register(shell, values)
    except SourceError as problem:
        raise WrongUseError(f"import: {problem}") from None
    if not values.yes:
        plan = RegisterImporter(shell.open_to_read(values.file)).plan(register, build=False)
        _print(shell, _preview(register, plan))
        _raise_for_refused(plan)
        shell.print("nothing is written yet: --yes imports it" if plan.added else "there is nothing to import")
        return 0
    with shell.changing(values.file) as book:
        plan = RegisterImporter(book).plan(register, build=True)
        _raise_for_refused(plan)
        plan.commit(book)
    _print(shell, (*_not_read(register), *plan.added, *plan.skipped, *(f"! {each}" for each in plan.remarks)))
    shell.print(f"{_improvements(len(plan.added))} imported")
    return 0


def _register(shell: Shell, values: Values) -> Register:
    data = shell.input_bytes() if values.csv == "-" else read_file(values.csv)
    recipe = Recipe(encoding=values.encoding, delimiter=values.delimiter, sheet=values.sheet, dates=values.dates)
    progress = Progress("rows")
    try:
        register = read_register(
            read_table(data, recipe), values.map, recipe, shell.clock.today(), unescape_formula, progress=progress
        )
    finally:
        progress.end()
    if register.questions:
        raise SourceError(" ".join(map(str, register.questions)))
    return register


def _remarks_of_table(table: Table) -> Iterator[str]:
    """Yield how the file was read, and what stands above its header."""
    yield from (f"row {number} above the header is left out: {quoted(text)}" for number, text in table.above)
    yield from table.remarks


def _not_read(register: Register) -> Iterator[str]:
    """Yield what of the file has no place in the workbook."""
    yield from (f"! {each}" for each in _remarks_of_table(register.table))
    yield from (f"! not read: column {quoted(header)}" for header, name in register.columns if header and not name)


def _preview(register: Register, plan: ImportPlan) -> Iterator[str]:
    """Yield which column is which field, and what would be added."""
    yield from _remarks_of_table(register.table)
    for header, name in register.columns:
        yield f"{header or '(no header)'} -> {name or 'left out'}"
    yield from plan.added
    yield from plan.skipped
    yield from (f"! {each}" for each in (*plan.remarks, *plan.refused))


def _print(shell: Shell, lines: Iterable[str]) -> None:
    shell.print_lines(lines)
    sys.stdout.flush()


def _raise_for_refused(plan: ImportPlan) -> None:
    if plan.refused:
        raise WrongUseError(f"import: nothing was imported: {listed_rows(plan.refused)}")
