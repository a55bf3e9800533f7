"""Compare the readings of a file with those of the metric: new, the same, or restated."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol

from cimodel_tui.model.day import OF_FREQUENCY, next_start
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.record import dataclass
from cimodel_tui.sources.recipe import FoundReading


class ExistingReading(Protocol):
    """A reading that is there."""

    @property
    def value(self) -> str:
        """Its value as it is stored."""

    @property
    def of(self) -> str | None:
        """Its total; None where it has none."""


@dataclass(frozen=True, slots=True)
class RestatedReading:
    """A reading that is there with another value."""

    reading: FoundReading
    """As the file gives it."""
    value: str
    """The value that is there."""
    of: str | None
    """The total that is there."""

    @property
    def words(self) -> str:
        """What would become what."""
        return (
            f"{self.reading.day} {_figure(self.value, self.of)} becomes {_figure(self.reading.value, self.reading.of)}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Readings by what would happen to them."""

    new: tuple[FoundReading, ...] = ()
    """Days that are not there."""
    same: tuple[FoundReading, ...] = ()
    """Days that are there with this value."""
    settling: tuple[RestatedReading, ...] = ()
    """Restated so soon after the end of their period that it is accepted without asking."""
    restated: tuple[RestatedReading, ...] = ()
    """Restated, to be decided on by a person."""
    sealed: tuple[FoundReading, ...] = ()
    """New or restated days inside a sealed stretch, which no file changes."""
    sealed_differences: tuple[RestatedReading, ...] = ()
    """Those of them that are there with another value."""


def compare(
    found: Sequence[FoundReading],
    known: Mapping[str, ExistingReading],
    *,
    today: date,
    frequency: str = "",
    settle: int = 0,
    is_sealed: Callable[[str], bool] = lambda _day: False,
) -> Comparison:
    """Compare the readings of a file with those of the metric.

    `settle` is how many days after the end of its period a reading may be restated without asking; `is_sealed` tells
    whether a day lies in a stretch that was agreed.
    """
    new: list[FoundReading] = []
    same: list[FoundReading] = []
    inside: list[FoundReading] = []
    settling: list[RestatedReading] = []
    restated: list[RestatedReading] = []
    for reading in found:
        there = known.get(reading.day)
        if there is not None and is_same(there, reading):
            same.append(reading)
        elif is_sealed(reading.day):
            inside.append(reading)
        elif there is None:
            new.append(reading)
        else:
            within = today <= period_end(reading.day, frequency) + timedelta(days=settle)
            (settling if settle and within else restated).append(RestatedReading(reading, there.value, there.of))
    differences = (
        RestatedReading(each, known[each.day].value, known[each.day].of) for each in inside if each.day in known
    )
    return Comparison(
        new=tuple(new),
        same=tuple(same),
        settling=tuple(settling),
        restated=tuple(restated),
        sealed=tuple(inside),
        sealed_differences=tuple(differences),
    )


def is_same(there: ExistingReading, reading: FoundReading) -> bool:
    """Return whether the stored reading has the same value and total."""
    return _equal(there.value, reading.value) and _equal(there.of, reading.of)


def _equal(one: str | None, two: str | None) -> bool:
    if one == two:
        return True
    if one is None or two is None:
        return False
    try:
        return read_number(one) == read_number(two)
    except UnreadableNumberError:
        return False


def period_end(day: str, frequency: str) -> date:
    """Return the day after the period that begins on this day."""
    start = date.fromisoformat(day)
    every = OF_FREQUENCY.get(frequency, "")
    return next_start(start, every) if every else start + timedelta(days=1)


def _figure(value: str, of: str | None) -> str:
    return value if of is None else f"{value} of {of}"


def in_words(comparison: Comparison, left_out: int) -> str:
    """Describe what happens: `14 new, 3 the same, 2 restated (6.2 becomes 6.4), 1 row left out`."""
    restated = (*comparison.restated, *comparison.settling)
    parts = [f"{len(comparison.new)} new"]
    if comparison.same:
        parts.append(f"{len(comparison.same)} the same")
    if restated:
        first = restated[0]
        change = f"{_figure(first.value, first.of)} becomes {_figure(first.reading.value, first.reading.of)}"
        parts.append(f"{len(restated)} restated ({change})")
    if comparison.sealed:
        parts.append(f"{len(comparison.sealed)} in a sealed stretch")
    if left_out:
        parts.append(f"{left_out} {'row' if left_out == 1 else 'rows'} left out")
    return ", ".join(parts)
