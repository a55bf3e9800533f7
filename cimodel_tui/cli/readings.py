"""Readings that come from a shell: CSV rows, the metric that is meant, and what of it is new."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from cimodel_tui.cli.shell import WrongUseError, few
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import UnreadableDayError, as_day, read_day
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number
from cimodel_tui.workbook import Workbook


class Row(NamedTuple):
    """One reading to be added."""

    number: int
    """Its place in what was given, from 1; 0 where it was typed alone."""
    day: str
    """Its day in ISO text."""
    value: str
    """Its value as typed."""
    note: str
    """Its note."""


def rows_of_csv(data: bytes, today: date) -> list[Row]:
    """Read `date,value[,note]`; raises WrongUseError that names every row that cannot be read, and why."""
    lines = data.decode("utf-8-sig", "replace").replace("\0", "\ufffd").splitlines(keepends=True)
    found: list[Row] = []
    refused: list[str] = []
    seen: dict[str, int] = {}
    for number, cells in _cells(lines):
        try:
            row = _row(number, cells, today)
        except (UnreadableDayError, UnreadableNumberError) as problem:
            refused.append(f"row {number}: {problem}")
            continue
        first = seen.setdefault(row.day, number)
        if first != number:
            refused.append(f"row {number}: {row.day} stands in row {first} already")
        found.append(row)
    _refuse(refused)
    if not found:
        raise WrongUseError("there is no reading on standard input: write date,value a line")
    return found


def _cells(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of the rows that are not empty; a heading above the numbers is passed over."""
    reader = csv.reader(lines, skipinitialspace=True)
    for number, cells in enumerate(_rows(reader), 1):
        heading = number == 1 and not any(mark.isdecimal() for cell in cells[:2] for mark in cell)
        if any(cell.strip() for cell in cells) and not (heading and len(lines) > 1):
            yield number, cells


def _rows(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as problem:
        raise WrongUseError(f"this is no CSV: {problem}") from None


def _row(number: int, cells: list[str], today: date) -> Row:
    day, value, *note = (*cells, "") if len(cells) < 2 else cells  # noqa: PLR2004 - a day and a value
    known = as_day(day) or read_day(day, today)
    read_number(value)
    return Row(number, known.isoformat(), value.strip(), ", ".join(each.strip() for each in note if each.strip()))


def _refuse(rows: list[str]) -> None:
    if rows:
        raise WrongUseError(f"nothing was added: {few(rows)}")


def new_readings(there: Mapping[str, Reading], rows: Iterable[Row]) -> dict[str, Reading | None]:
    """Return what is new by day; a reading that is there with another value raises WrongUseError.

    A note that is given takes the place of the one before.
    """
    found: dict[str, Reading | None] = {}
    refused: list[str] = []
    for row in rows:
        known = there.get(row.day)
        if known is None:
            found[row.day] = Reading(row.value, row.note)
        elif not _same(known.value, row.value):
            which = f"row {row.number}: " if row.number else ""
            refused.append(f"{which}{row.day} holds {known.value} already, not {row.value}")
        elif row.note not in ("", known.note):
            found[row.day] = Reading(known.value, row.note, known.set_aside)
    _refuse(refused)
    return found


def _same(known: str, given: str) -> bool:
    if known == given:
        return True
    try:
        return read_number(known) == read_number(given)
    except UnreadableNumberError:
        return False


def metric_of(book: Workbook, improvement: Improvement, wanted: str) -> Metric:
    """Return the metric that is meant: by id, name (case aside), or m1, m2 ...; raises WrongUseError."""
    latest, *earlier = reversed(book.iterations(improvement.id))
    metrics = latest.baseline.metrics
    text = " ".join(wanted.split()).casefold()
    for each in (latest, *earlier):
        found = [row for row in each.baseline.metrics if wanted == row.id or _named(row) == text]
        if len({row.id for row in found}) > 1:
            raise WrongUseError(
                f"{improvement.ref} has several metrics named {quoted(wanted)}: give its id or m1, m2 ..."
            )
        if found:
            return found[0]
    at = int(text[1:]) if text[:1] == "m" and text[1:].isascii() and text[1:].isdecimal() else 0
    if 1 <= at <= len(metrics):
        return metrics[at - 1]
    known = ", ".join(f"m{number} {row.name}" for number, row in enumerate(metrics, 1)) or "none yet"
    raise WrongUseError(f"{improvement.ref} has no metric {quoted(wanted)}: there is {known}")


def _named(metric: Metric) -> str:
    return " ".join(metric.name.split()).casefold()
