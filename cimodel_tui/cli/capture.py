"""The commands that put something in: a new workbook, an idea, readings."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain, few, improvement_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import UnreadableDayError, as_day, read_day
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number
from cimodel_tui.reports.escaping import one_line
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


def run_new(shell: Shell, values: Values) -> int:
    """Make an empty workbook."""
    from cimodel_tui.storage.kit import Kit  # noqa: PLC0415 - storage is loaded with the command
    from cimodel_tui.storage.open import create  # noqa: PLC0415 - as above

    path = Path(values.file).expanduser()
    title = one_line(values.title) or path.stem
    create(path, title, shell.places, Kit(clock=shell.clock))
    shell.say(f"{path}: {title}")
    return 0


def run_add(shell: Shell, values: Values) -> int:
    """Put one idea into the register, or an idea a line from standard input in one write."""
    from cimodel_tui.workbook.actions import add_improvement  # noqa: PLC0415 - as above

    titles = _titles(shell, values.title)
    if not titles:
        raise WrongUseError("an idea needs a title: what should get better?")
    with shell.changing(values.file) as book:
        added = [add_improvement(book, title) for title in titles]
    for each in added:
        shell.say(f"{each.ref} {each.title}")
    return 0


def _titles(shell: Shell, title: str) -> list[str]:
    text = shell.input_bytes().decode("utf-8", "replace") if title == "-" else " ".join(title.split())
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]


def run_reading(shell: Shell, values: Values) -> int:
    """Add one reading, or many from standard input in one write."""
    if values.day == "-" and values.value is None:
        rows = rows_of_csv(shell.input_bytes(), shell.clock.today())
    elif values.value is None:
        raise WrongUseError("reading add: a day needs its value; - instead of the day takes CSV from standard input")
    else:
        rows = [_typed(shell, values)]
    with shell.changing(values.file) as book:
        said = _put(book, values, rows)
    shell.say(said)
    ahead = [row.day for row in rows if row.day > shell.clock.today().isoformat()]
    if ahead:
        complain(f"{ahead[0]} lies in the future")
    return 0


def _typed(shell: Shell, values: Values) -> "Row":

    try:
        day = read_day(values.day, shell.clock.today())
        read_number(values.value)
    except (UnreadableDayError, UnreadableNumberError) as problem:
        raise WrongUseError(str(problem)) from None
    return Row(0, day.isoformat(), values.value.strip(), values.note.strip())


def _put(book: "Workbook", values: Values, rows: "list[Row]") -> str:
    """Put the rows in as one change; returns what was done, in words."""
    from cimodel_tui.model.place import Place  # noqa: PLC0415 - as above
    from cimodel_tui.workbook import ReasonNeededError  # noqa: PLC0415 - as above
    from cimodel_tui.workbook.actions import set_readings  # noqa: PLC0415 - as above

    improvement = improvement_of(book, values.ref)
    metric = metric_of(book, improvement, values.metric)
    there = improvement.readings.get(metric.id, {})
    new = new_readings(there, rows)
    place = Place(improvement.id, book.latest(improvement.id).id, "baseline", "metrics", metric.id)
    try:
        set_readings(book, place, new, why=values.why, words="added readings from the shell")
    except ReasonNeededError as problem:
        raise WrongUseError(f"{problem}; give it with --why") from None
    added = sum(day not in there for day in new)
    return f"{improvement.ref} {metric.name}: {_told(added, len(new) - added, len(rows) - len(new))}"


def _told(added: int, noted: int, known: int) -> str:
    parts = [f"{added} reading{'' if added == 1 else 's'} added"]
    parts += [f"{noted} noted anew"] if noted else []
    parts += [f"{known} there already"] if known else []
    return ", ".join(parts)
