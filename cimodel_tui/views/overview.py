"""Every improvement of several workbooks in one table: grouped, counted, and its amounts of money added up."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from cimodel_tui.model.number import UnreadableNumberError, count, read_number
from cimodel_tui.model.status import CLOSED
from cimodel_tui.record import dataclass
from cimodel_tui.views.glance import count_words
from cimodel_tui.views.improvement_row import ImprovementRow, improvement_row
from cimodel_tui.workbook.workbook import Workbook

GROUPINGS: Mapping[str, Callable[[ImprovementRow], str]] = {
    "workbook": lambda row: row.workbook,
    "owner": lambda row: row.owner.strip() or "nobody yet",
    "service": lambda row: row.service.strip() or "no service named",
    "status": lambda row: row.state,
}
"""By what the rows can be grouped, and the group of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Amounts of money added up."""

    amount: Fraction
    """The sum of those that are numbers."""
    count_words: int
    """How many are numbers."""
    in_words: int
    """How many are typed in words and are not in the sum."""

    @property
    def words(self) -> str:
        """The sum with how many amounts are in it; empty where there is none."""
        if not self.count_words:
            return ""
        left = f" ({self.in_words} more in words)" if self.in_words else ""
        whole = self.amount.denominator == 1
        return f"{int(self.amount):,}{left}" if whole else f"{float(self.amount):,.2f}{left}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Improvements in figures."""

    improvements: int
    """How many there are."""
    states: tuple[tuple[str, int], ...]
    """How many are in each state, in the order in which the states first come."""
    achieved: int
    """How many have a verified check that closes as achieved, closed or not."""
    verified: int
    """How many have a verified check."""
    late: int
    """How many have something overdue."""
    spent: Sum
    """Cost so far."""
    gained: Sum
    """Benefit so far."""

    @property
    def words(self) -> str:
        """The figures in one line."""
        many = count(self.improvements, "improvement")
        parts = [
            many,
            count_words(self.states),
            f"{self.achieved} of {self.verified} checks achieved" if self.verified else "",
            f"{self.late} with something overdue" if self.late else "",
            f"spent {self.spent.words}" if self.spent.words else "",
            f"gained {self.gained.words}" if self.gained.words else "",
        ]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that belong together."""

    name: str
    """What they have in common."""
    rows: tuple[ImprovementRow, ...]
    """The improvements, in the order of workbook and ref."""
    totals: Totals
    """The same in figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Every improvement of several workbooks."""

    as_of: str
    """The day that counts as today."""
    by: str
    """By what the rows are grouped, one of GROUPINGS."""
    groups: tuple[Group, ...]
    """The groups, in the order of their names."""
    totals: Totals
    """All of it in figures."""

    @property
    def rows(self) -> tuple[ImprovementRow, ...]:
        """All rows, group after group."""
        return tuple(row for group in self.groups for row in group.rows)


def overview(books: Sequence[Workbook], *, by: str = "workbook", owner: str = "") -> Overview:
    """Return the improvements of workbooks that are not archived, of one owner if given (case-insensitive)."""
    owner_key = owner.strip().casefold()
    rows = [
        improvement_row(book, entry)
        for book in books
        for entry in book.improvements()
        if not owner_key or entry.owner.strip().casefold() == owner_key
    ]
    return overview_of(rows, books[0].clock.today().isoformat() if books else "", by=by)


def overview_of(rows: Sequence[ImprovementRow], as_of: str, *, by: str = "workbook") -> Overview:
    """Return existing rows, grouped and added up."""
    return Overview(as_of=as_of, by=by, groups=_group_rows(rows, GROUPINGS[by]), totals=totals_of(rows))


def _group_rows(rows: Iterable[ImprovementRow], name_of: Callable[[ImprovementRow], str]) -> tuple[Group, ...]:
    found: dict[str, list[ImprovementRow]] = {}
    for row in rows:
        found.setdefault(name_of(row), []).append(row)
    return tuple(
        Group(name=name, rows=tuple(group), totals=totals_of(group))
        for name, group in sorted(found.items(), key=lambda item: item[0].casefold())
    )


def totals_of(rows: Sequence[ImprovementRow]) -> Totals:
    """Return improvements in figures."""
    states: dict[str, int] = {}
    for row in rows:
        states[row.state] = states.get(row.state, 0) + 1
    return Totals(
        improvements=len(rows),
        states=tuple(sorted(states.items(), key=lambda item: (item[0] == CLOSED, item[0]))),
        achieved=sum(row.closes_as == "achieved" for row in rows),
        verified=sum(bool(row.verified) for row in rows),
        late=sum(bool(row.late) for row in rows),
        spent=sum_amounts(row.spent for row in rows),
        gained=sum_amounts(row.gained for row in rows),
    )


_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


def amount_of(text: str) -> Fraction | None:
    """Return an amount that was typed as a number, commas between groups of three left out; None for words."""
    plain = text.strip()
    try:
        return read_number(plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain)
    except UnreadableNumberError:
        return None


def sum_amounts(texts: Iterable[str]) -> Sum:
    """Return the sum of the amounts that are numbers."""
    amounts = [text for text in texts if text.strip()]
    numbers = [amount for text in amounts if (amount := amount_of(text)) is not None]
    return Sum(amount=sum(numbers, Fraction()), count_words=len(numbers), in_words=len(amounts) - len(numbers))
