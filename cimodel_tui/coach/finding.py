"""What a rule looks at, and what it finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeAlias

from cimodel_tui.coach.remedy import Remedy
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import UnreadableNumberError, read_number
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.seal import digest
from cimodel_tui.model.stretch import Stretch, baseline_stretch, readings_in, result_stretch
from cimodel_tui.record import dataclass

Days: TypeAlias = tuple[tuple[date, Fraction], ...]
"""Readings of one metric: day and value, in date order."""


@lru_cache(maxsize=4096)
def as_number(text: str) -> Fraction | None:
    """Return the number that a text is, exactly; none where it is no number or none that can be reckoned with."""
    try:
        return read_number(text)
    except UnreadableNumberError:
        return None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a good coach would ask about."""

    rule: str
    """Id of the rule, for example `V1`."""
    place: Place
    """Where it stands."""
    message: str
    """What does not fit yet, and why that matters."""
    looked_at: str
    """What the rule read; an answer to the finding holds while this is the same."""
    remedy: Remedy | None = None
    """What one key can do about it."""

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal characters that stand for the rule and what it looked at."""
        text = f"{self.rule}\n{self.looked_at}".encode("utf-8", "surrogatepass")
        return digest(text)[:12]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All that the rules may look at. It has no slots: what several rules reckon with is kept once it was reckoned."""

    improvement: Improvement
    """The register entry with its readings."""
    iteration: Iteration
    """The pass that is looked at."""
    earlier: tuple[Iteration, ...] = ()
    """The passes before it."""
    is_latest: bool = True
    """Whether no pass came after it."""
    look_up: Callable[[], Iterable[str]] = tuple
    """Gives every owner, collector and verifier that the workbook names; all of it has to be read for that."""
    today: date
    """The day that the workbook takes for today."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Every owner, collector and verifier that the workbook names."""
        return frozenset(self.look_up())

    @cached_property
    def baselines(self) -> Mapping[str, Days]:
        """Day and value of the baseline readings that count, in date order, by metric id."""
        stretch = baseline_stretch(self.iteration)
        return {each.id: self._counted(each.id, stretch) for each in self.iteration.baseline.metrics}

    @cached_property
    def baseline_means(self) -> Mapping[str, Fraction]:
        """Mean of the baseline readings that count, by the id of each metric that has some."""
        return {
            metric: sum((value for _, value in days), Fraction()) / len(days)
            for metric, days in self.baselines.items()
            if days
        }

    @cached_property
    def results(self) -> Mapping[str, Days]:
        """Day and value of the result readings that count, in date order, by metric id; none without a first day."""
        stretch = result_stretch(self.iteration)
        return {each.id: self._counted(each.id, stretch) for each in self.iteration.baseline.metrics}

    def _counted(self, metric: str, stretch: Stretch | None) -> Days:
        found = readings_in(self.improvement, metric, stretch) if stretch else ()
        counted = ((day, as_number(each.value)) for day, each in found if each.set_aside is None)
        return tuple((day, value) for day, value in counted if value is not None)

    def place(self, step: str, name: str, row: str = "", column: str = "") -> Place:
        """Return a place in this iteration, or in the register entry."""
        iteration = "" if step == REGISTER else self.iteration.id
        return Place(self.improvement.id, iteration, step, name, row, column)


Rule: TypeAlias = Callable[[Situation], Iterator[Finding]]
"""Yields what it finds; most rules find one thing at most."""
