"""What is aimed at: a value to reach or not to pass, one to meet exactly, or a range to be in."""

from dataclasses import field
from fractions import Fraction

from cimodel_tui.measurement.zones import DOWN, UP
from cimodel_tui.model.number import decimals_of, read_number, show_number
from cimodel_tui.record import dataclass

TOWARDS, AWAY = "towards", "away"


class AimError(ValueError):
    """An aim that no value can meet, or none at all; the message says so in plain words."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A target or a limit; both ends belong to it."""

    low: Fraction | None = None
    """The lowest value that meets it; none where any low value does."""
    high: Fraction | None = None
    """The highest value that meets it; none where any high value does."""
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
        """Return the aim typed as a value or as a range, none where nothing is typed.

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
        """Tell whether a value meets it."""
        return self.distance(value) <= 0

    def distance(self, value: Fraction) -> Fraction:
        """Return how far a value is from meeting it; below 0 it says how far it is inside."""
        below = [] if self.low is None else [self.low - value]
        return max(below if self.high is None else [*below, value - self.high])

    def overshot(self, before: Fraction, after: Fraction) -> bool:
        """Tell whether a value went from one side of a range past the other."""
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
