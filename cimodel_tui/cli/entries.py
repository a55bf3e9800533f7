"""Rows of a spreadsheet as register entries: what each becomes, and why a row cannot be taken in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from cimodel_tui.cli.import_csv import Sheet
from cimodel_tui.model.answer import SIZES
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.day import UnreadableDayError, read_day
from cimodel_tui.model.improvement import TITLE_LENGTH, Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import quoted
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.vision import Vision
from cimodel_tui.record import dataclass
from cimodel_tui.reports.register_csv import NUMBER, PRIORITY, REQUIRED, TIMESCALE, as_tag, tag, tagged
from cimodel_tui.workbook import Document, Workbook
from cimodel_tui.workbook.actions import REVIEW_AFTER, next_ref

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
