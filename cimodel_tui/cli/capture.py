"""The commands that put something in: a new workbook, an idea, readings."""

from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain, improvement_of
from cimodel_tui.model.day import UnreadableDayError, read_day
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.reports.escaping import one_line

if TYPE_CHECKING:
    from cimodel_tui.cli.capture import Row
    from cimodel_tui.workbook import Workbook


def run_new(shell: Shell, values: Values) -> int:
    """Make an empty workbook."""
    from cimodel_tui.storage.kit import Kit  # noqa: PLC0415 - loaded with the command
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
    from cimodel_tui.cli.capture import rows_of_csv  # noqa: PLC0415 - as above

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
    from cimodel_tui.cli.capture import Row  # noqa: PLC0415 - as above

    try:
        day = read_day(values.day, shell.clock.today())
        read_number(values.value)
    except (UnreadableDayError, UnreadableNumberError) as problem:
        raise WrongUseError(str(problem)) from None
    return Row(0, day.isoformat(), values.value.strip(), values.note.strip())


def _put(book: "Workbook", values: Values, rows: "list[Row]") -> str:
    """Put the rows in as one change; returns what was done, in words."""
    from cimodel_tui.cli.capture import metric_of, new_readings  # noqa: PLC0415 - as above
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
