"""The target: its aim, the rule for the readings that have to meet it, the gap closed, and the outlook."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import floor

from cimodel_tui.measurement.readings import Point, on_grid, values_of, weighted_mean
from cimodel_tui.measurement.signals import FEWEST
from cimodel_tui.measurement.xmr import DOWN, UP, Limits
from cimodel_tui.model.number import decimals_of, read_number, show_number
from cimodel_tui.record import dataclass

TOWARDS, AWAY = "towards", "away"
PASS, FAIL, HIT_AND_MISS = "pass", "fail", "hit-and-miss"

KINDS = ("mean", "mean-of-last", "each-of-last", "latest")
"""The mean of all, the mean of the last n, each of the last n, the latest one."""


class AimError(ValueError):
    """An aim that no value can meet, or an empty one; the message is a sentence for the user."""


class RuleError(ValueError):
    """A rule that cannot be followed; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A target or a limit; both ends belong to it."""

    low: Fraction | None = None
    """The lowest value that meets it; None where any low value does."""
    high: Fraction | None = None
    """The highest value that meets it; None where any high value does."""
    low_text: str = field(default="", compare=False)
    """The low end as typed, for words."""
    high_text: str = field(default="", compare=False)
    """The high end as typed, for words."""

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise AimError("a target needs a value or a range")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise AimError("the low end of a range lies above its high end")

    @classmethod
    def of(cls, better: str, value: Fraction, text: str = "") -> "Aim":
        """Return the aim that a single value is: at least that, at most that, or exactly that."""
        low = None if better == "lower" else value
        high = None if better == "higher" else value
        return cls(low, high, text if low is not None else "", text if high is not None else "")

    @classmethod
    def from_texts(cls, better: str, value: str = "", low: str = "", high: str = "") -> "Aim | None":
        """Return the aim typed as a value or as a range, or None where nothing is typed.

        A metric with a better side takes the end that is met first. Raises UnreadableNumberError or AimError.
        """
        one = value.strip() or {"higher": low, "lower": high}.get(better, "").strip()
        if one:
            return cls.of(better, read_number(one), one)
        if not low.strip() and not high.strip():
            return None
        ends = [read_number(text) if text.strip() else None for text in (low, high)]
        return cls(ends[0], ends[1], low.strip(), high.strip())

    @property
    def is_range(self) -> bool:
        """Whether it has two ends that differ."""
        return self.low is not None and self.high is not None and self.low != self.high

    def holds(self, value: Fraction) -> bool:
        """Return whether a value meets it."""
        return self.distance(value) <= 0

    def distance(self, value: Fraction) -> Fraction:
        """Return how far a value is from meeting it; negative where it is met, by how far it is inside."""
        below = [] if self.low is None else [self.low - value]
        return max(below if self.high is None else [*below, value - self.high])

    def overshot(self, before: Fraction, after: Fraction) -> bool:
        """Return whether a value went from one side of a range past the other."""
        if self.low is None or self.high is None or not self.is_range:
            return False
        return (before < self.low and after > self.high) or (before > self.high and after < self.low)

    def heading(self, side: int, before: Fraction, after: Fraction) -> str:
        """Return whether readings above or below a value lead TOWARDS it or AWAY; empty where neither.

        What is achieved leads away too, where it went past and is farther off than before.
        """
        gain = self.distance(before) - self.distance(after)
        if self.distance(before) > 0:
            wanted = UP if self.low is not None and before < self.low else DOWN
            if side != wanted:
                return AWAY
            if (after - before) * wanted <= 0:
                return TOWARDS
        return TOWARDS if gain > 0 else AWAY if gain < 0 else ""

    def words(self) -> str:
        """Return it as typed, a range by both of its ends."""
        ends = ((self.low, self.low_text), (self.high, self.high_text))
        texts = [text or show_number(end, decimals_of(end)) for end, text in ends if end is not None]
        return " to ".join(dict.fromkeys(texts))


@dataclass(frozen=True, slots=True)
class Rule:
    """Which result readings have to meet the target; it is agreed before there is a result."""

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
        """Whether the rule takes a number of readings."""
        return self.kind.endswith("-of-last")

    @property
    def needs(self) -> int:
        """How many result readings are needed before the target can be met."""
        return self.n if self.n is not None and self.takes_number else 1

    def looks_at(self, after: Sequence[Point]) -> Sequence[Point]:
        """Return the result readings, in date order, that count for the rule."""
        return after if self.kind == "mean" else after[-self.needs :]

    def achieved(self, after: Sequence[Point]) -> Fraction | None:
        """Return the one value that is compared with the target; none without readings."""
        return weighted_mean(self.looks_at(after))

    def met(self, aim: Aim, after: Sequence[Point]) -> bool | None:
        """Return whether the target is met; none while there are too few readings."""
        achieved = self.achieved(after)
        if achieved is None or len(after) < self.needs:
            return None
        if self.kind == "each-of-last":
            return all(aim.holds(point.value) for point in self.looks_at(after))
        return aim.holds(achieved)

    def met_each_time(self, aim: Aim, after: Sequence[Point]) -> Iterator[bool]:
        """Yield for every reading whether the target was met once it was in."""
        weights = on_grid([point.of or Fraction(1) for point in after])
        counts = on_grid([point.value * (point.of or 1) for point in after])
        sums, totals = (list(accumulate(each.values, initial=0)) for each in (counts, weights))
        in_a_row = 0
        for count, value in enumerate(values_of(after), start=1):
            in_a_row = in_a_row + 1 if aim.holds(value) else 0
            window = count if self.kind == "mean" else self.needs
            if self.kind == "each-of-last" or count < window:
                yield in_a_row >= window
            else:
                weight = totals[count] - totals[count - window]
                yield aim.holds(counts.exact((sums[count] - sums[count - window]) * weights.parts, weight))


def days_late(rule: Rule, aim: Aim, after: Sequence[Point], ends: Sequence[date], by: date) -> int:
    """Return how many days after its date a target was first met; 0 where it was met in time.

    `ends` are the last days of the periods that the readings cover. A target was met in time if the readings whose
    periods had ended by that date met it.
    """
    met = list(rule.met_each_time(aim, after))
    in_time = [was for day, was in zip(ends, met, strict=True) if day <= by]
    if in_time and in_time[-1]:
        return 0
    late = (day for day, was in zip(ends, met, strict=True) if day > by and was)
    return (next(late, by) - by).days


def percent_change(before: Fraction, after: Fraction) -> Fraction | None:
    """Return the change in per cent of the size of the value before; None where that is 0."""
    return 100 * (after - before) / abs(before) if before else None


def gap_closed(before: Fraction, after: Fraction, aim: Aim, better: str) -> Fraction | None:
    """Return the closed share of the gap, never clamped: below 0 it moved away, above 1 it went past.

    None where there was no gap, and where a range was overshot.
    """
    if aim.holds(before) or aim.overshot(before, after):
        return None
    left = aim.distance(after)
    if better == "target":
        left = max(left, Fraction())
    return 1 - left / aim.distance(before)


def percent_words(share: Fraction) -> str:
    """Return a share in whole per cent, always rounded down, so that a miss never prints as 100 %."""
    percent = 100 * share
    return "<1 %" if 0 < percent < 1 else f"{show_number(Fraction(floor(percent)), 0)} %"


def outlook(aim: Aim, baseline: Limits, after: Limits, level: str) -> str | None:
    """Return PASS, FAIL or HIT_AND_MISS, or None where no limits describe the process as it runs now.

    Where totals differ the limits are those of a reading with the mean total.
    """
    lasting = level.startswith("sustained")
    now = after if after.n >= FEWEST else baseline if baseline.n >= FEWEST and not lasting else None
    band = now.typical() if now else None
    if band is None:
        return None
    lower, upper = band
    if aim.holds(lower) and aim.holds(upper):
        return PASS
    below = aim.low is not None and upper < aim.low
    above = aim.high is not None and lower > aim.high
    return FAIL if below or above else HIT_AND_MISS
