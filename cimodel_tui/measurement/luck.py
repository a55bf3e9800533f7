"""Could you even tell? Whether a target could be met by luck, and from when on that can be known."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, sqrt

from cimodel_tui.measurement.aim import Aim
from cimodel_tui.measurement.figures import count
from cimodel_tui.measurement.judgement import as_float
from cimodel_tui.measurement.level import FEWEST
from cimodel_tui.measurement.point import Point, in_order
from cimodel_tui.measurement.rule import Rule
from cimodel_tui.measurement.signals import RUN
from cimodel_tui.measurement.xmr import FACTOR, Limits, limits, within
from cimodel_tui.model.baseline import DAYS_BETWEEN
from cimodel_tui.model.day import add_months
from cimodel_tui.model.number import decimals_of, decimals_to_tell, show_number
from cimodel_tui.record import dataclass

_MONTHS_BETWEEN = {"monthly": 1, "quarterly": 3}
_TWO_SIDED = Fraction("7.84")


@dataclass(frozen=True, slots=True)
class Pace:
    """When result readings come in."""

    first: date | None = None
    """The day from which the result counts."""
    frequency: str = ""
    """How often the metric is read."""
    by: date | None = None
    """The day of the target."""


_UNKNOWN_PACE = Pace()


@dataclass(frozen=True, slots=True)
class Luck:
    """How a target lies to what the readings show without any change."""

    inside: bool | None
    """Whether the target could be met by luck; none where the baseline is too short or has no spread."""
    low: float | None
    """Lower end of what the mean of so many readings shows without any change."""
    high: float | None
    """Upper end of it."""
    readings: int
    """How many result readings were reckoned with."""
    earliest: date | None
    """The day on which the last reading that the rule needs can be in; none where it is not known."""
    sentence: str
    """All of it in one sentence."""


def could_you_tell(
    baseline: Limits | Sequence[Point],
    aim: Aim,
    rule: Rule,
    better: str,
    pace: Pace = _UNKNOWN_PACE,
    ends: tuple[Fraction | None, Fraction | None] = (None, None),
) -> Luck:
    """Return whether a target could be met by luck, and the earliest day on which the rule can be followed.

    The mean takes every reading that fits until `by`, or the eight of a lasting change where no date is known.
    The words do not go beyond the ends, which are those of `ends_of`; the arithmetic does.
    """
    found = (
        baseline if isinstance(baseline, Limits) else limits([each.value for each in in_order(baseline, "baseline")])
    )
    k = rule.needs if rule.kind != "mean" else _fitting(pace.first, pace.frequency, pace.by)
    earliest = _nth_day(pace.first, pace.frequency, rule.needs)
    if (
        better == "none"
        or found.n < FEWEST
        or not found.has_spread
        or found.mean is None
        or not found.mean_moving_range
    ):
        return Luck(None, None, None, k, earliest, f"{_unknown(found, better)}{_when(earliest)}.")
    share = Fraction(1, k) + Fraction(1, found.n)
    half = FACTOR * found.mean_moving_range * Fraction(sqrt(share))
    gap = aim.distance(found.mean)
    inside = gap <= 0 or gap**2 <= (FACTOR * found.mean_moving_range) ** 2 * share
    band = (found.mean - half, found.mean + half)
    words = _words(found, inside=inside, already=gap <= 0, k=k, band=within(band, ends))
    return Luck(inside, as_float(band[0]), as_float(band[1]), k, earliest, f"{words}{_when(earliest)}.")


def readings_needed_for_share(before: Fraction, wanted: Fraction) -> int | None:
    """Return how many cases each side needs so that a share of one can be told from another; none where they are equal.

    Shares lie between 0 and 1; else ValueError is raised.
    """
    if not 0 <= before <= 1 or not 0 <= wanted <= 1:
        raise ValueError("a share lies between 0 and 1")
    if before == wanted:
        return None
    spread = before * (1 - before) + wanted * (1 - wanted)
    return max(1, ceil(_TWO_SIDED * spread / (before - wanted) ** 2))


def _fitting(start: date | None, frequency: str, by: date | None) -> int:
    """Return how many readings fit between two days, both included."""
    if start is None or by is None or frequency not in DAYS_BETWEEN:
        return RUN
    return max(1, (by - start).days // DAYS_BETWEEN[frequency] + 1)


def _nth_day(start: date | None, frequency: str, n: int) -> date | None:
    if start is None or (n > 1 and frequency not in DAYS_BETWEEN):
        return None
    try:
        if months := _MONTHS_BETWEEN.get(frequency):
            return add_months(start, (n - 1) * months)
        return start + timedelta(days=(n - 1) * DAYS_BETWEEN.get(frequency, 0))
    except (OverflowError, ValueError):
        return None


def _unknown(found: Limits, better: str) -> str:
    if better == "none":
        return "Without a better side there is nothing to be met"
    if found.n < FEWEST:
        return f"{count(found.n)} in the baseline are too few to say what luck can do"
    return "All baseline readings are alike: they do not say what luck can do"


def _words(found: Limits, *, inside: bool, already: bool, k: int, band: tuple[Fraction, Fraction]) -> str:
    if already:
        return "The baseline meets this target already"
    typed = decimals_of(found.mean) if found.mean is not None else 0
    places = decimals_to_tell(band, min(typed, 2))
    reach = " and ".join(show_number(end, places) for end in band)
    means = f"the mean of {count(k)}" if k > 1 else "a single reading"
    verdict = "this target could be met by luck" if inside else "this target lies outside it"
    return f"Without any change {means} lies between {reach}: {verdict}"


def _when(earliest: date | None) -> str:
    return f"; the readings that the rule needs can be in by {earliest}" if earliest else ""
