"""Tables of readings that would make wrong figures, and readings that their kind forbids: refused, or asked about.

A comma as the separator may have cut a number in two cells, as in `2026-01-05,7,1` and `2026-01-05,$1,234.50`: the cell
behind the value is no note where the two make a number with a comma between them, perhaps with a unit.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from statistics import median

from cimodel_tui.model.baseline import EVENTS, WITH_TOTALS
from cimodel_tui.model.number import quoted, read_number
from cimodel_tui.record import dataclass
from cimodel_tui.sources.columns import bare_name
from cimodel_tui.sources.durations import unit_of_time
from cimodel_tui.sources.numbers import format_stored, is_nothing, looks_like_number, shape_beside_unit
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
_NEAR = (10, 1000)
"""Two levels that are this many times apart, one of them at most _MOST_SHARE, may differ by a factor of a hundred."""
_MOST_SHARE = 2
"""A share is seldom above this: 1.05 is 105 %, of what was aimed at."""


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


def ask_share(unit: str, values: list[Fraction], known: list[Fraction], *, is_sheet: bool = False) -> Question | None:
    """Ask where a column differs from the known readings of a metric in % by about a factor of a hundred."""
    if unit.strip() != "%" or not values:
        return None
    if not known:
        return _ask_first_shares(values, is_sheet=is_sheet)
    new, old = median(values), median(known)
    if not new or not old:
        return None
    low, high = _NEAR
    choices: tuple[tuple[str, str], ...] = ()
    if low <= old / new <= high and max(values) <= _MOST_SHARE:
        choices = (("share", "shares of 1, taken times 100"), ("plain", "per cent as they stand"))
    elif low <= new / old <= high and max(known) <= _MOST_SHARE:
        choices = (("percent", "divided by 100"), ("plain", "as they stand"))
    words = "The numbers differ from the known readings by about a factor of 100."
    return Question("unit", words, choices) if choices else None


def refuse_per_cents_as_shares(per_cents: list[Fraction]) -> None:
    """Raise SourceError where an answer, perhaps one of last month, takes 97.5 for a share of 1."""
    far = next((each for each in per_cents if each > _MOST_SHARE * 100), None)
    if far is not None:
        raise SourceError(f"--unit share makes {format_stored(far)} % of {format_stored(far / 100)}: give --unit plain")


def _ask_first_shares(values: list[Fraction], *, is_sheet: bool) -> Question | None:
    """Ask where the first readings of a metric in % are shares: a sheet shows 0.75 as 75 % and 1.05 as 105 %."""
    have_decimals = any(each.denominator > 1 or (is_sheet and each == 1) for each in values)
    most = _MOST_SHARE if is_sheet else 1
    if not have_decimals or not all(0 <= each <= most for each in values):
        return None
    choices = (("share", "shares of 1, taken times 100"), ("plain", "per cent as they stand"))
    return Question("unit", f"The metric is in per cent, and no number is above {most}.", choices)


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


_FRONT = re.compile(r"[^\d+\-.,]*[+-]?\d+")
"""What may stand in front of the comma: a whole number, perhaps behind a currency."""

_DECIMAL, _GROUPED = "comma", "point"


@dataclass(frozen=True, slots=True)
class CutNumber:
    """A number in two cells or more."""

    text: str
    """The cells with their commas, as they were before the cut."""
    length: int
    """How many cells it takes."""
    shape: str
    """comma where its comma can only be a decimal one, point where it can only group, else it is either."""

    def joined_for(self, decimal: str) -> bool:
        """Return whether the answer of a decimal mark joins it; what then makes no sense is refused when it is read."""
        return decimal == "comma" or (decimal == "point" and self.shape != _DECIMAL)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The answers that may be meant, each with what it makes of the number."""
        whole, _, behind = self.text.partition(",")
        apart = f"{whole}, and {behind} is a note"
        comma = ("comma", self.text.replace(",", ".")) if self.shape != _GROUPED else None
        point = ("point", apart if self.shape == _DECIMAL else self.text.replace(",", ""))
        return (comma, point) if comma else (point,)


_GROUP_OF_THREE = re.compile(r"\d{3}(?:[.,]\d+)?(?![^\s])", re.ASCII)
"""What follows `1` in `1 234,5 h`."""
_OTHER_NUMBER = re.compile(r"\d[\d.,]*\s*[;|,\t]\s*\d.*", re.ASCII | re.DOTALL)
"""A number, another separator and a number again."""


def is_number_behind(text: str, *, may_be_grouped: bool = False) -> bool:
    """Return whether the cell behind a value may be a number or a part of one: `2`, `1;2`."""
    bare = text.strip()
    is_group = may_be_grouped and bool(_GROUP_OF_THREE.match(bare))
    return is_group or looks_like_number(bare) or bool(_OTHER_NUMBER.fullmatch(bare))


def find_cut_number(cells: Sequence[str], at: int, most: int, unit: str) -> CutNumber | None:
    """Return the number that begins in the cell `at` and takes at most `most` further cells, or None."""
    if len(cells) <= at + 1 or not cells[at + 1].strip()[:1].isdecimal() or not _FRONT.fullmatch(cells[at].strip()):
        return None
    for more in range(min(most, len(cells) - at - 1), 0, -1):
        text = ",".join(cell.strip() for cell in cells[at : at + 1 + more])
        if shape := shape_beside_unit(text, unit):
            return CutNumber(text, 1 + more, shape)
    return None
