"""Refusals of tables of readings that would make wrong figures, and of readings that their kind forbids."""

from collections.abc import Sequence

from cimodel_tui.model.baseline import EVENTS, WITH_TOTALS
from cimodel_tui.model.number import quoted, read_number
from cimodel_tui.sources.columns import bare_name
from cimodel_tui.sources.durations import unit_of_time
from cimodel_tui.sources.numbers import is_nothing
from cimodel_tui.sources.recipe import FoundReading, MetricFacts, Question, Recipe, SourceError
from cimodel_tui.sources.table import Table

# fmt: off
_TICKET_OPTIONS = (
    "where", "less", "counts_as", "hours", "rows", "by", "opened", "resolved", "key", "incomplete", "holidays", "day",
)
# fmt: on
"""What would change the numbers of tickets."""
_UNITS = frozenset(("unit", "units", "uom", "einheit", "unité", "eenheid"))
"""Headers of a column of units."""
_SERIES = frozenset(("metric", "metric_name", "kpi", "series", "measure", "indicator", "kennzahl", "metrik"))
"""Headers of a column that names the metric of each row."""


def refuse_ticket_options(recipe: Recipe) -> None:
    """Raise SourceError where an answer about tickets was given, which a table of readings would ignore."""
    for option in _TICKET_OPTIONS:
        if getattr(recipe, option):
            name = option.replace("_", "-")
            raise SourceError(f"--{name} is for tickets, and these are readings: --measure says what is counted")


def refuse_several_series(table: Table, used: Sequence[int | None]) -> None:
    """Raise SourceError where a column names the metric of each row, and there is more than one."""
    named = [at for at, name in enumerate(table.header) if at not in used and bare_name(name) in _SERIES]
    for at in named:
        found: set[str] = set()
        for _, cells in table.rows():
            found.update(filter(None, (cells[at].strip() if at < len(cells) else "",)))
            if len(found) > 1:
                one, other = sorted(found)
                raise SourceError(
                    f"the column {quoted(table.columns[at])} holds {quoted(one)} and {quoted(other)}: "
                    "keep the rows of one metric"
                )


def ask_unit_of_column(table: Table, note: int | None, metric: MetricFacts, answer: str) -> tuple[Question, ...]:
    """Ask where a column, or the notes, name another unit than the metric's; raises SourceError where it changes."""
    named = [at for at, name in enumerate(table.header) if bare_name(name) in _UNITS]
    for at in named or ([] if note is None else [note]):
        units = _units_in(table, at)
        name = quoted(table.columns[at])
        if len(units) > 1:
            raise SourceError(f"the column {name} holds {' and '.join(sorted(units))}: keep the rows of one unit")
        if units and not answer and not units & {metric.unit.strip(), unit_of_time(metric.unit)}:
            return (_ask_unit_that_says(name, units.pop(), metric),)
    return ()


def _units_in(table: Table, at: int) -> set[str]:
    """Return the units that a column holds, none where a cell of it is something else."""
    found: set[str] = set()
    for _, cells in table.rows():
        text = cells[at].strip() if at < len(cells) else ""
        if is_nothing(text):
            continue
        unit = text if text == "%" else unit_of_time(text)
        if not unit:
            return set()
        found.add(unit)
    return found


def _ask_unit_that_says(name: str, unit: str, metric: MetricFacts) -> Question:
    words = f"The column {name} says {unit}, and the metric is in {metric.unit or 'no unit'}."
    plain = ("plain", "the numbers as they stand")
    if unit == "%":
        return Question("unit", words, (("percent", "a hundredth of them"), plain))
    return Question(
        "unit", words, ((unit, f"{unit}, taken to {metric.unit}"), plain) if unit_of_time(metric.unit) else (plain,)
    )


def refuse_per_cents(kind: str, answer: str, questions: Sequence[Question]) -> None:
    """Raise SourceError where per cents stand for the counts that a share has."""
    in_per_cent = any(answer == "percent" for each in questions for answer, _ in each.choices)
    if kind == "share" and (in_per_cent or answer in ("share", "percent")):
        raise SourceError(
            "the values are in per cent, and a share is a count out of a total: name both columns "
            "with --value COLUMN and --total COLUMN"
        )


def refuse_shares_as_counts(found: Sequence[FoundReading]) -> None:
    """Raise SourceError where parts of 1 stand for the counts that a share has: 0.9 of 50 would be 1.8 %."""
    pairs = [(read_number(each.value), read_number(each.of)) for each in found if each.of is not None]
    are_parts = all(0 <= value <= 1 < total for value, total in pairs)
    if are_parts and any(value.denominator > 1 for value, _ in pairs):
        raise SourceError(
            "the values are parts of 1, and a share is a count out of a total: name both columns "
            "with --value COLUMN and --total COLUMN"
        )


def count_problem(kind: str, value: str, of: str | None) -> str:
    """Return why value and total are invalid: a share is a part of its total, and events are whole numbers."""
    count = read_number(value)
    if of is not None and kind not in WITH_TOTALS:
        return f"a total goes with a metric of kind share, rate or mean, and this one is of kind {kind}"
    if kind == EVENTS:
        is_whole = count.denominator == 1 and count > 0
        return "" if is_whole else f"{value}: events are counted in whole numbers, 1 or more a day"
    if of is None:
        return ""
    total = read_number(of)
    if total < 0 or (kind != "mean" and count < 0):
        return f"{value} of {of}: there is nothing below 0 to count"
    return f"{value} of {of}: the count is above its total" if kind == "share" and count > total else ""
