"""The success rule: which result readings have to meet the target. It is agreed before there is a result."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate

from cimodel_tui.measurement.aim import Aim
from cimodel_tui.measurement.grid import mean_of, on_grid
from cimodel_tui.measurement.point import Point
from cimodel_tui.record import dataclass

KINDS = ("mean", "mean-of-last", "each-of-last", "latest")
"""The mean of all, the mean of the last n, each of the last n, the latest one."""

_WEEK = 7


class RuleError(ValueError):
    """A rule that cannot be followed; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What of the result readings is looked at."""

    kind: str = "mean"
    """One of KINDS."""
    n: int | None = None
    """How many of the last readings, where the kind takes a number."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise RuleError(f"a rule is one of {', '.join(KINDS)}")
        if self.takes_number and (self.n is None or self.n < 1):
            raise RuleError(f"the rule {self.kind} needs a whole number n of at least 1")

    @property
    def takes_number(self) -> bool:
        """Whether the rule says how many readings it looks at."""
        return self.kind.endswith("-of-last")

    @property
    def needs(self) -> int:
        """How many result readings there must be before the target can be said to be met."""
        return self.n if self.n is not None and self.takes_number else 1

    def looks_at(self, values: Sequence[Fraction]) -> Sequence[Fraction]:
        """Return the result readings, in date order, that count for the rule."""
        return values if self.kind == "mean" else values[-self.needs :]

    def achieved(self, values: Sequence[Fraction]) -> Fraction | None:
        """Return the one value that is compared with the target; none without readings."""
        return mean_of(self.looks_at(values))

    def met(self, aim: Aim, values: Sequence[Fraction]) -> bool | None:
        """Tell whether the target is met; none while there are too few readings."""
        achieved = self.achieved(values)
        if achieved is None or len(values) < self.needs:
            return None
        if self.kind == "each-of-last":
            return all(map(aim.holds, self.looks_at(values)))
        return aim.holds(achieved)

    def met_each_time(self, aim: Aim, values: Sequence[Fraction]) -> Iterator[bool]:
        """Yield for every reading whether the target was met once it was in."""
        grid, in_a_row = on_grid(values), 0
        sums = list(accumulate(grid.values, initial=0))
        for count, value in enumerate(values, start=1):
            in_a_row = in_a_row + 1 if aim.holds(value) else 0
            taken = count if self.kind == "mean" else self.needs
            if self.kind == "each-of-last":
                yield in_a_row >= taken
            else:
                yield count >= taken and aim.holds(grid.exact(sums[count] - sums[count - taken], taken))


def weeks_late(rule: Rule, aim: Aim, after: Sequence[Point], by: date) -> int:
    """Return how many weeks, begun ones included, after its date a target was first met; 0 where it was met in time.

    It was met in time if the readings up to that date met it.
    """
    days = [point.day for point in after]
    met = list(rule.met_each_time(aim, [point.value for point in after]))
    in_time = [was for day, was in zip(days, met, strict=True) if day <= by]
    if in_time and in_time[-1]:
        return 0
    late = (day for day, was in zip(days, met, strict=True) if day > by and was)
    first = next(late, by)
    return -(-(first - by).days // _WEEK)
