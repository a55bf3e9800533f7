"""Could you even tell? Whether a target could be met by luck, and the earliest day on which that can be known."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from cimodel_tui.measurement.events import Counts
from cimodel_tui.measurement.readings import Point, as_float, in_order
from cimodel_tui.measurement.signals import FEWEST, RUN
from cimodel_tui.measurement.target import Aim, Rule
from cimodel_tui.measurement.xmr import UP, Band, Limits, limits_of, within
from cimodel_tui.model.baseline import DAYS_BETWEEN, MONTHS_BETWEEN, period_end
from cimodel_tui.model.day import add_months
from cimodel_tui.model.number import count, decimals_of, decimals_to_tell, show_number
from cimodel_tui.record import dataclass

_BOTH_WIDTHS = Fraction("14.7")
"""The square of 3 + 0.84: four times in five at the width of the limits."""
_MOST_DECIMALS = 2
_EARLY = 100


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
class Detectability:
    """How a target compares with what the readings show without any change."""

    inside: bool | None
    """Whether the target could be met by luck; None where the baseline is too short or has no spread."""
    low: float | None
    """Lower end of what the mean of this many readings shows without any change."""
    high: float | None
    """Upper end of it."""
    readings: int
    """How many result readings were assumed in the computation."""
    earliest: date | None
    """The day on which the last reading that the rule needs can be in; None where it is not known."""
    sentence: str
    """All of it in one sentence."""


def detectability_of(
    baseline: Limits | Sequence[Point],
    aim: Aim,
    rule: Rule,
    better: str,
    pace: Pace = _UNKNOWN_PACE,
    ends: tuple[Fraction | None, Fraction | None] = (None, None),
) -> Detectability:
    """Return whether a target could be met by luck, and the earliest day on which the rule can be followed.

    The mean takes every reading that fits until `by`, or the eight of a lasting change where no date is known; where
    totals differ each of them is taken to have the mean total of the baseline. The words do not go beyond the ends,
    which are those of `ends_of`; the arithmetic does.
    """
    found = baseline if isinstance(baseline, Limits) else limits_of(in_order(baseline, "baseline"))
    k = rule.needs if rule.kind != "mean" else _fitting(pace.first, pace.frequency, pace.by)
    earliest = _nth_day(pace.first, pace.frequency, rule.needs)
    if better == "none" or found.n < FEWEST or not found.has_spread or found.mean is None:
        return Detectability(None, None, None, k, earliest, f"{_unknown(found, better)}{_when(earliest)}.")
    share = (Fraction(found.n, k) + 1) / found.weight
    half, gap = found.reach(share), aim.distance(found.mean)
    inside = gap <= 0 or not found.is_beyond(gap, share)
    band = (found.mean - half, found.mean + half)
    words = _words(found, inside=inside, already=gap <= 0, k=k, band=within(band, ends))
    return Detectability(inside, as_float(band[0]), as_float(band[1]), k, earliest, f"{words}{_when(earliest)}.")


def detectability_of_events(before: Counts, aim: Aim, days: int) -> Detectability:
    """Return whether a target in days between events could be met by luck within this many days of result."""
    wanted = aim.low if aim.low is not None else aim.high
    if not Counts(before.before, before.days_before, 0, days).can_tell or not wanted:
        return Detectability(
            None, None, None, 0, None, f"{count(before.before, 'gap')} between events in the baseline are too few."
        )
    most = floor(days / wanted)
    counts = Counts(before.before, before.days_before, most, days)
    inside = not counts.at_most(UP, _EARLY)
    verdict = "this target could be met by luck" if inside else "luck alone hardly meets this target"
    usual = show_number(Fraction(days * before.before, before.days_before), 1)
    events = f"{count(days, 'day')} without any change bring about {usual} events, the target allows {most}"
    return Detectability(inside, None, None, most, None, f"{events}: {verdict}.")


def most_events_beyond_luck(before: Counts, days: int) -> int | None:
    """Return the most events in this many days that luck alone hardly leaves; None where even no event at all is luck.

    Fewer events are less likely by chance, so that the number can be closed in on from both sides.
    """
    usual = ceil(Fraction(days * before.before, before.days_before)) if before.days_before else 0
    least, most = -1, usual
    while least < most:
        middle = (least + most + 1) // 2
        if Counts(before.before, before.days_before, middle, days).at_most(UP, _EARLY):
            least = middle
        else:
            most = middle - 1
    return least if least >= 0 else None


def readings_needed_for_share(before: Fraction, wanted: Fraction) -> int | None:
    """Return how many cases each side needs so that a share of one can be told from another; None where they are equal.

    Shares lie between 0 and 1; else ValueError is raised.
    """
    if not 0 <= before <= 1 or not 0 <= wanted <= 1:
        raise ValueError("a share lies between 0 and 1")
    if before == wanted:
        return None
    spread = before * (1 - before) + wanted * (1 - wanted)
    return max(1, ceil(_BOTH_WIDTHS * spread / (before - wanted) ** 2))


def _fitting(start: date | None, frequency: str, by: date | None) -> int:
    """Return how many readings have periods that lie between two days, both included."""
    if start is None or by is None or frequency not in DAYS_BETWEEN:
        return RUN
    return max(1, ((by - start).days + 1) // DAYS_BETWEEN[frequency])


def _nth_day(start: date | None, frequency: str, n: int) -> date | None:
    """Return the last day of the period that the n-th reading covers."""
    if start is None or (n > 1 and frequency not in DAYS_BETWEEN):
        return None
    try:
        if months := MONTHS_BETWEEN.get(frequency):
            return period_end(add_months(start, (n - 1) * months), frequency)
        return period_end(start + timedelta(days=(n - 1) * DAYS_BETWEEN.get(frequency, 0)), frequency)
    except (OverflowError, ValueError):
        return None


def _unknown(found: Limits, better: str) -> str:
    if better == "none":
        return "Without a better side there is nothing to be met"
    if found.n < FEWEST:
        return f"{count(found.n)} in the baseline are too few to say what luck can do"
    return "All baseline readings are alike: they do not say what luck can do"


def _words(found: Limits, *, inside: bool, already: bool, k: int, band: Band) -> str:
    if already:
        return "The baseline meets this target already"
    typed = decimals_of(found.mean) if found.mean is not None else 0
    places = decimals_to_tell(band, min(typed, _MOST_DECIMALS))
    reach = " and ".join(show_number(end, places) for end in band)
    means = f"the mean of {count(k)}" if k > 1 else "a single reading"
    verdict = "this target could be met by luck" if inside else "this target lies outside it"
    return f"Without any change {means} lies between {reach}: {verdict}"


def _when(earliest: date | None) -> str:
    return f"; the readings that the rule needs can be in by {earliest}" if earliest else ""
