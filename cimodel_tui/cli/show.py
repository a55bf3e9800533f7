"""The commands that look without changing anything: `list`, `show` and `where`.

`show` prints the register, a line for each improvement, or one improvement with every answer.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from cimodel_tui.charts import cell_width, fit
from cimodel_tui.cli import show_json
from cimodel_tui.cli.arguments import files_and_ref
from cimodel_tui.cli.output import each_of
from cimodel_tui.cli.shell import Shell, Values, improvement_of
from cimodel_tui.cli.show_json import metrics_of
from cimodel_tui.cli.version_control import conflict_words
from cimodel_tui.escaping import escaped, lines_of, one_line
from cimodel_tui.measurement.stored_readings import problem_with, reading_words, unit_of_metric
from cimodel_tui.model.answer import Part, Row, label
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.clock import moment
from cimodel_tui.model.completeness import complete
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.saving import StoreError
from cimodel_tui.model.seal import Seal
from cimodel_tui.model.step import STEPS
from cimodel_tui.storage.user_state import saved_workbooks
from cimodel_tui.views.dashboard import iteration_path, steering_line
from cimodel_tui.views.due import due_in
from cimodel_tui.views.history import history_of
from cimodel_tui.views.panels import baseline_lines, check_lines, target_lines, verdict_lines
from cimodel_tui.views.register import line_of, portfolio
from cimodel_tui.views.status import status_of
from cimodel_tui.workbook import Workbook

if TYPE_CHECKING:
    from cimodel_tui.storage.user_state import Recent
    from cimodel_tui.workbook import Workbook


def run_list(shell: Shell, values: Values) -> int:
    """Print the saved workbooks, the one opened last on top."""
    found = [_workbook_summary(shell, each) for each in saved_workbooks(shell.places)]
    if values.json:
        shell.print_json(found)
        return 0
    for each in found:
        figures = [f"{each['improvements']} improvements" if each["improvements"] is not None else "cannot be opened"]
        figures += [f"{each['overdue']} overdue"] if each["overdue"] else []
        shell.print(f"{each['path']}  {each['title'] or ''}  ({', '.join(figures)})")
    if not found:
        shell.print("no saved workbook yet: cimodel-tui new FILE makes one, cimodel-tui demo shows the sample")
    return 0


def _workbook_summary(shell: Shell, known: "Recent") -> dict[str, object]:
    """Return one saved workbook with its figures of today; for one that cannot be opened those of the last time."""
    figures: dict[str, object] = {name: known.figures.get(name) for name in ("improvements", "overdue")}
    title = known.title
    try:
        book = shell.open_to_read(known.path)
    except StoreError:
        pass
    else:
        title = book.title
        figures = {"improvements": len(book.improvements()), "overdue": sum(each.days < 0 for each in due_in(book))}
    opened: datetime | None = known.last_opened
    last = moment(opened) if opened else None
    return {"path": str(known.path), "title": title or None, **figures, "last_opened": last}


def run_show(shell: Shell, values: Values) -> int:
    """Print the register, or one improvement with everything in it."""
    files, ref = files_and_ref(values, "show")
    if ref:
        book = shell.open_to_read(files[0])
        improvement = improvement_of(book, ref)
        if values.json:
            shell.print_json(show_json.improvement(book, improvement))
        else:
            shell.print_lines(improvement_lines(book, improvement))
        _print_conflicts(shell, book, listed=not values.json)
        return 0
    books = [(path, shell.open_to_read(path)) for path in each_of(files, "workbooks")]
    if values.json:
        found = [show_json.register(book) | {"workbook": str(path)} for path, book in books]
        shell.print_json(found if len(books) > 1 else show_json.register(books[0][1]))
        return 0
    for path, book in books:
        if len(books) > 1:
            shell.print(f"== {path}")
        shell.print_lines(register_lines(book))
        _print_conflicts(shell, book, listed=True)
    return 0


def _print_conflicts(shell: Shell, book: "Workbook", *, listed: bool) -> None:
    """Name every answer that was changed on both sides, until one side is chosen."""
    for each in book.store.conflicts() if listed else ():
        shell.print(f"! {conflict_words(book, each)}")


def run_where(shell: Shell, values: Values) -> int:
    """Print the folders that are used."""
    import platformdirs  # noqa: PLC0415 - 5 ms that no other command of this module needs

    del values
    places = shell.places
    logs = platformdirs.user_log_path("cimodel-tui", appauthor=False)
    for name, path in (("config", places.config), ("data", places.data), ("state", places.state), ("logs", logs)):
        shell.print(f"{name:6} {path}")
    return 0


_TITLE_WIDTH, _OWNER_WIDTH = 60, 30
_NOT_PRINTED = {"id", "readings", "measured", "verdict", "amendments", "title", "ref"}


def register_lines(book: Workbook) -> list[str]:
    """Return the register: a line for each improvement, and under it what is useful next."""
    lines = [one_line(book.title), portfolio(book), ""]
    rows = [line_of(book, each) for each in book.improvements()]
    table: list[tuple[str, ...]] = [("ref", "status", "step", "score", "review", "title", "owner")]
    table += [_table_row(row) for row in rows]
    for index, line in enumerate(_align_columns(table) if rows else ()):
        lines.append(line)
        if index:
            lines.append(f"         next: {one_line(rows[index - 1][7])}")
    return lines if rows else [*lines, "no improvement yet: cimodel-tui add FILE TITLE"]


def _table_row(row: tuple[str, ...]) -> tuple[str, ...]:
    ref, title, owner, status, step, score, review, _ = row
    return (
        ref,
        status,
        step[:1],
        score,
        review,
        fit(one_line(title), _TITLE_WIDTH),
        fit(one_line(owner), _OWNER_WIDTH),
    )


def _align_columns(table: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(cell_width, column)) for column in zip(*table, strict=True)]
    return ["  ".join(_pad_cells(row, widths)).rstrip() for row in table]


def _pad_cells(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for cell, width in zip(row, widths, strict=True):
        yield cell + " " * (width - cell_width(cell))


def improvement_lines(book: Workbook, entry: Improvement) -> list[str]:
    """Return one improvement: its status, its entry, its iterations step by step, its readings, its history."""
    latest = book.latest(entry.id)
    lines = [f"{entry.ref} {one_line(entry.title)}", status_of(book, entry), steering_line(book, entry, latest)]
    lines += [f"history: {iteration_path(book, entry)}", "", *_field_lines(entry, {}, "  ")]
    for iteration in book.iterations(entry.id):
        lines += ["", *_iteration_lines(entry, iteration, book.clock.today())]
    for metric in metrics_of(book, entry):
        unit = one_line(unit_of_metric(metric))
        lines += [
            "",
            f"Readings of {one_line(metric.name) or 'a metric without a name'}{f' ({unit})' if unit else ''}",
            *_reading_lines(entry, metric),
        ]
    events = history_of(book, entry)
    return [
        *lines,
        "",
        "History",
        *(f"  {each.on}  {each.kind}  {one_line(f'{each.by}: {each.words}')}" for each in events),
    ]


def _reading_lines(entry: Improvement, metric: Metric) -> list[str]:
    found = []
    for day, reading in sorted(entry.readings.get(metric.id, {}).items()):
        aside = f"set aside: {reading.set_aside}" if reading.set_aside is not None else ""
        wrong = f"! {problem}" if (problem := problem_with(metric, as_day(day) or date.min, reading)) else ""
        remarks = one_line(" ".join(filter(None, (aside, reading.note, wrong))))
        found.append(
            "  ".join(part for part in (f"  {day}", one_line(reading_words(metric, reading)), remarks) if part)
        )
    return found or ["  none yet"]


def _iteration_lines(entry: Improvement, iteration: Iteration, today: date) -> list[str]:
    names = _names_by_id(iteration)
    opened = f", opened {iteration.opened_on} at step {iteration.entered_at}" if iteration.number > 1 else ""
    lines = [f"Iteration {iteration.number}{opened}"]
    computed = {"baseline": (baseline_lines,), "target": (target_lines,), "check": (verdict_lines, check_lines)}
    for step in STEPS:
        mark = "x" if complete(entry, iteration, step.key) else " "
        lines.append(f"[{mark}] {step.heading}")
        lines += _field_lines(iteration.part(step.key), names, "    ")
        found = [line for lines in computed.get(step.key, ()) for line in lines(entry, iteration, today)]
        lines += [f"    = {escaped(line.text)}" for line in found if line.text]
    return lines


def _names_by_id(iteration: Iteration) -> dict[str, str]:
    """Return the names of metrics, causes and actions by their ids."""
    metrics = {row.id: row.name for row in iteration.baseline.metrics}
    causes = {row.id: row.cause for row in iteration.baseline.causes}
    return {**metrics, **causes, **{row.id: row.what for row in iteration.plan.actions}}


def _field_lines(part: Part | Row, names: dict[str, str], indent: str) -> Iterator[str]:
    """Yield every answer of a part with its label; rows follow below theirs."""
    for each in fields(part):
        value = getattr(part, each.name)
        if each.name in _NOT_PRINTED or not value:
            continue
        if isinstance(value, tuple) and isinstance(value[0], Row):
            yield f"{indent}{label(each.name)}"
            yield from (f"{indent}  - {_row_line(row, names)}" for row in value)
        else:
            yield from _answer_lines(label(each.name), _value_lines(value, names), indent)


def _answer_lines(named: str, lines: tuple[str, ...], indent: str) -> Iterator[str]:
    if len(lines) == 1:
        yield f"{indent}{named}: {lines[0]}"
    elif lines:
        yield f"{indent}{named}:"
        yield from (f"{indent}  {line}" for line in lines)


def _value_lines(value: object, names: dict[str, str]) -> tuple[str, ...]:
    if isinstance(value, Seal):
        return (one_line(f"agreed by {value.by} on {value.on}, sha256 {value.sha256[:12]}"),)
    if isinstance(value, tuple):
        return (one_line(", ".join(names.get(str(each), str(each)) for each in value)),)
    text = str(value)
    return lines_of(names.get(text, text))


def _row_line(row: Row, names: dict[str, str]) -> str:
    """Return a row on one line; a row that belongs to another by its id begins with that one's name."""
    cells = [names[row.id]] if row.id in names and not hasattr(row, "name") and not hasattr(row, "cause") else []
    cells = [] if hasattr(row, "what") else cells
    for each in fields(row):
        value = getattr(row, each.name)
        if each.name != "id" and value:
            cells.append(f"{label(each.name).lower()}: {one_line(' '.join(_value_lines(value, names)))}")
    return one_line(" · ".join(cells))
