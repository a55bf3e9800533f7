"""What `show` prints for people: the register a line each, or one improvement with everything that was answered."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from cimodel_tui.charts import cell_width, fitted
from cimodel_tui.cli.show_json import metrics_of
from cimodel_tui.escaping import escaped
from cimodel_tui.measurement.stored_readings import problem_with, reading_words, unit_of_metric
from cimodel_tui.model.answer import Part, Row, label
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.completeness import complete
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.seal import Seal
from cimodel_tui.model.step import STEPS
from cimodel_tui.reports.escaping import lines_of, one_line
from cimodel_tui.views.dashboard import steering_line, way_of
from cimodel_tui.views.history import history_of
from cimodel_tui.views.panels import baseline_lines, check_lines, target_lines, verdict_lines
from cimodel_tui.views.register import line_of, portfolio, status_of
from cimodel_tui.workbook import Workbook

_TITLE, _OWNER = 60, 30
_LEFT_OUT = {"id", "readings", "measured", "verdict", "amendments", "title", "ref"}


def register(book: Workbook) -> list[str]:
    """Return the register: a line for each improvement, and under it what is useful next."""
    lines = [one_line(book.title), portfolio(book), ""]
    rows = [line_of(book, each) for each in book.improvements()]
    table: list[tuple[str, ...]] = [("ref", "status", "step", "score", "review", "title", "owner")]
    table += [_cells(row) for row in rows]
    for index, line in enumerate(_aligned(table) if rows else ()):
        lines.append(line)
        if index:
            lines.append(f"         next: {one_line(rows[index - 1][7])}")
    return lines if rows else [*lines, "no improvement yet: cimodel-tui add FILE TITLE"]


def _cells(row: tuple[str, ...]) -> tuple[str, ...]:
    ref, title, owner, status, step, score, review, _ = row
    return ref, status, step[:1], score, review, fitted(one_line(title), _TITLE), fitted(one_line(owner), _OWNER)


def _aligned(table: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(cell_width, column)) for column in zip(*table, strict=True)]
    return ["  ".join(_padded(row, widths)).rstrip() for row in table]


def _padded(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for cell, width in zip(row, widths, strict=True):
        yield cell + " " * (width - cell_width(cell))


def improvement(book: Workbook, entry: Improvement) -> list[str]:
    """Return one improvement: where it stands, its entry, its iterations step by step, its readings, its history."""
    latest = book.latest(entry.id)
    lines = [f"{entry.ref} {one_line(entry.title)}", status_of(book, entry), steering_line(book, entry, latest)]
    lines += [f"history: {way_of(book, entry)}", "", *_fields(entry, {}, "  ")]
    for iteration in book.iterations(entry.id):
        lines += ["", *_iteration(entry, iteration, book.clock.today())]
    for metric in metrics_of(book, entry):
        lines += [
            "",
            f"Readings of {one_line(metric.name)} ({one_line(unit_of_metric(metric))})",
            *_readings(entry, metric),
        ]
    events = history_of(book, entry)
    return [
        *lines,
        "",
        "History",
        *(f"  {each.on}  {each.kind}  {one_line(f'{each.by}: {each.words}')}" for each in events),
    ]


def _readings(entry: Improvement, metric: Metric) -> list[str]:
    found = []
    for day, reading in sorted(entry.readings.get(metric.id, {}).items()):
        aside = f"set aside: {reading.set_aside}" if reading.set_aside is not None else ""
        wrong = f"! {problem}" if (problem := problem_with(metric, as_day(day) or date.min, reading)) else ""
        told = one_line(" ".join(filter(None, (aside, reading.note, wrong))))
        found.append("  ".join(part for part in (f"  {day}", one_line(reading_words(metric, reading)), told) if part))
    return found or ["  none yet"]


def _iteration(entry: Improvement, iteration: Iteration, today: date) -> list[str]:
    names = _names(iteration)
    opened = f", opened {iteration.opened_on} at step {iteration.entered_at}" if iteration.number > 1 else ""
    lines = [f"Iteration {iteration.number}{opened}"]
    said = {"baseline": (baseline_lines,), "target": (target_lines,), "check": (verdict_lines, check_lines)}
    for step in STEPS:
        mark = "x" if complete(entry, iteration, step.key) else " "
        lines.append(f"[{mark}] {step.heading}")
        lines += _fields(iteration.part(step.key), names, "    ")
        found = [line for lines in said.get(step.key, ()) for line in lines(entry, iteration, today)]
        lines += [f"    = {escaped(line.text)}" for line in found if line.text]
    return lines


def _names(iteration: Iteration) -> dict[str, str]:
    """Return what ids stand for: metrics, causes and actions."""
    metrics = {row.id: row.name for row in iteration.baseline.metrics}
    causes = {row.id: row.cause for row in iteration.baseline.causes}
    return {**metrics, **causes, **{row.id: row.what for row in iteration.plan.actions}}


def _fields(part: Part | Row, names: dict[str, str], indent: str) -> Iterator[str]:
    """Yield every answer of a part with its label; rows stand under theirs."""
    for each in fields(part):
        value = getattr(part, each.name)
        if each.name in _LEFT_OUT or not value:
            continue
        if isinstance(value, tuple) and isinstance(value[0], Row):
            yield f"{indent}{label(each.name)}"
            yield from (f"{indent}  - {_row(row, names)}" for row in value)
        else:
            yield from _answer(label(each.name), _said(value, names), indent)


def _answer(named: str, lines: tuple[str, ...], indent: str) -> Iterator[str]:
    if len(lines) == 1:
        yield f"{indent}{named}: {lines[0]}"
    elif lines:
        yield f"{indent}{named}:"
        yield from (f"{indent}  {line}" for line in lines)


def _said(value: object, names: dict[str, str]) -> tuple[str, ...]:
    if isinstance(value, Seal):
        return (one_line(f"agreed by {value.by} on {value.on}, sha256 {value.sha256[:12]}"),)
    if isinstance(value, tuple):
        return (one_line(", ".join(names.get(str(each), str(each)) for each in value)),)
    text = str(value)
    return lines_of(names.get(text, text))


def _row(row: Row, names: dict[str, str]) -> str:
    """Return a row on one line; a row that belongs to another by its id begins with that one's name."""
    cells = [names[row.id]] if row.id in names and not hasattr(row, "name") and not hasattr(row, "cause") else []
    cells = [] if hasattr(row, "what") else cells
    for each in fields(row):
        value = getattr(row, each.name)
        if each.name != "id" and value:
            cells.append(f"{label(each.name).lower()}: {one_line(' '.join(_said(value, names)))}")
    return one_line(" · ".join(cells))
