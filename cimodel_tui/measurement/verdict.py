"""One metric, before and after: the question, what may honestly be answered, and the verdict in one word."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import localcontext
from fractions import Fraction
from sys import float_info

from cimodel_tui.measurement.baseline_checks import Caveats
from cimodel_tui.measurement.events import Counts, gaps_in, whole_events
from cimodel_tui.measurement.readings import FIFTY_DIGITS, Gaps, Point, ReadingsError, as_decimal, as_float, square_root
from cimodel_tui.measurement.signals import LATEST, MIXED, NO_SIGNAL, RUN, Signal, side_name
from cimodel_tui.measurement.target import AWAY, TOWARDS, Aim, Rule
from cimodel_tui.measurement.xmr import Limits
from cimodel_tui.model.baseline import BETTER, EVENTS, KINDS, WITH_TOTALS
from cimodel_tui.model.target import PROMISES
from cimodel_tui.record import dataclass

PER = Fraction(1000)
"""A rate is per so many where nothing else is said."""

_PER_CENT = Fraction(100)
_AT_MOST_THIN = ("achieved", "held", "met-unclear")
_AT_MOST_UNCLEAR = ("achieved", "held")
_HEADED = {TOWARDS: "better", AWAY: "worse"}
_OTHER_SIDE = {"higher": "lower", "lower": "higher"}


class QuestionError(ValueError):
    """An invalid question; the message is a sentence for the user."""


def reading_of(kind: str, day: date, value: Fraction, total: Fraction | None, per: Fraction = PER) -> Point:
    """Return a reading as typed in the figures of its kind; raises ReadingsError with the reason.

    A share is a count of its total and becomes per cent, a rate a count and becomes so many `per`; a mean stays.
    """
    if kind not in WITH_TOTALS:
        if total is not None:
            raise ReadingsError(f"a total goes with {', '.join(WITH_TOTALS)}")
        if kind == EVENTS:
            whole_events(value)
        return Point(day, value)
    if total is None:
        raise ReadingsError("the total is missing")
    if total <= 0:
        raise ReadingsError("0 of 0 is not a reading: leave it out" if not total else "a total is above 0")
    if kind == "mean":
        return Point(day, value, total)
    if value < 0:
        raise ReadingsError("a count is not below 0")
    if kind == "share" and value > total:
        raise ReadingsError("the count is above its total")
    return Point(day, (_PER_CENT if kind == "share" else per) * value / total, total)


@dataclass(frozen=True, slots=True)
class Question:
    """What was promised for one metric, and the readings by which it is judged."""

    better: str
    """The better side: higher, lower, target or none; of events that of their number."""
    promise: str
    """`move` or `hold`."""
    aim: Aim | None
    """The target; None where there is none. Of events it is in days between."""
    rule: Rule
    """Which result readings have to meet it."""
    baseline: tuple[Point, ...]
    """The readings before; sorted by date where they are not."""
    after: tuple[Point, ...]
    """The result readings; all of them are later than the baseline."""
    agreed: bool = True
    """Whether the baseline was agreed."""
    by: date | None = None
    """The day by which the target is to be met."""
    name: str = ""
    """The metric's name, for words."""
    unit: str = ""
    """The metric's unit, for words."""
    kind: str = "value"
    """One of KINDS."""
    frequency: str = ""
    """How often it is read: what a reading covers, and where one is missing; empty is inferred from the readings."""
    earlier: tuple[Point, ...] = ()
    """Readings before the baseline that do not belong to it."""
    counts_from: date | None = None
    """The first day of the result, for events."""
    counts_to: date | None = None
    """The last day of the result, for events."""
    on_agreed_day: bool = True
    """Whether the result ends on the day that was agreed, or on one that was named in advance."""
    checked: int = 1
    """How many times it is checked up to a later day that was named in advance."""
    counted_same_way: bool = True
    """Whether before and after are counted the same way."""

    def __post_init__(self) -> None:
        if self.better not in BETTER:
            raise QuestionError(f"better is one of {', '.join(BETTER)}")
        if self.promise not in PROMISES:
            raise QuestionError(f"a promise is one of {', '.join(PROMISES)}")
        if self.kind not in KINDS:
            raise QuestionError(f"kind is one of {', '.join(KINDS)}")
        if self.kind == EVENTS and self.rule.kind != "mean":
            raise QuestionError("events are judged by the mean of the days between them: leave the rule out")

    @property
    def side(self) -> str:
        """The better side of the figures: fewer events are longer days between."""
        return side_of_figures(self.kind, self.better)


def side_of_figures(kind: str, better: str) -> str:
    """Return the better side of a metric's figures; those of events are days between: longer where fewer are better."""
    return _OTHER_SIDE.get(better, better) if kind == EVENTS else better


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer: target, signal and outlook stand beside each other and are never merged."""

    question: Question
    """The question, its readings in date order."""
    limits: Limits
    """Mean and limits of the baseline; of events its days between."""
    after_limits: Limits
    """Mean and limits of the result readings on their own."""
    level: str
    """Section 4 of the method: what the later readings show against the baseline."""
    signals: tuple[Signal, ...]
    """Why; positions count from the first baseline reading, of events from the first gap between them."""
    caveats: Caveats
    """Caveats to show beside the level, and what fired within the baseline."""
    trends: tuple[Signal, ...]
    """Steady rises and falls among the later readings, for the chart only."""
    achieved: Fraction | None
    """The value that the rule uses; None without a result."""
    change: Fraction | None
    """From the baseline mean to the achieved value."""
    percent_change: Fraction | None
    """The same in per cent of the baseline mean; None where that is 0."""
    too_early: bool
    """Whether there are fewer result readings than the rule needs."""
    gaps: Gaps | None = None
    """The days on which readings are missing; none for events."""
    counts: Counts | None = None
    """Events and days of both stretches; none for the other kinds."""
    difference: tuple[Fraction, Fraction] | None = None
    """What the usual variation leaves open of the mean difference; none below 6 readings on either side."""
    met: bool | None = None
    """Whether the target is met; None where that cannot be said."""
    baseline_meets: bool = False
    """Whether the baseline met the target already."""
    gap_closed: Fraction | None = None
    """The closed share of the gap; None where there was none."""
    heading: str = ""
    """Where a level with a side leads: `towards` the target, `away` from it, or neither."""
    outlook: str | None = None
    """`pass`, `fail` or `hit-and-miss`: whether single readings will keep meeting the target."""
    days_late: int = 0
    """How many days after its date the target was met; 0 in time, and where it is not met."""
    verdict: str | None = None
    """The word of section 7; None where nothing was promised or there is no better side."""
    sentence: str = ""
    """All of it in one sentence."""

    @property
    def hold_result(self) -> str | None:
        """`held` or `lost` where the baseline met the target already."""
        if not self.baseline_meets or self.met is None:
            return None
        return "held" if self.met else "lost"

    @property
    def benefit(self) -> str:
        """What may be claimed of a benefit: `claimed`, `possible, if it lasts`, or nothing."""
        if self.caveats.already_moving or self.question.better == "none":
            return ""
        good = self.level.endswith("-better") or (self.question.better == "target" and self.heading == "towards")
        kinds = {"sustained": "claimed", "early": "possible, if it lasts"}
        return kinds.get(self.level.partition("-")[0], "") if good else ""

    @property
    def yearly_figure_allowed(self) -> bool:
        """Whether a yearly figure may be computed from it: a benefit is claimed, over at least eight readings."""
        return self.benefit == "claimed" and self.after_limits.n >= RUN

    @property
    def standing_out(self) -> tuple[Signal, ...]:
        """The signals that touch the latest twelve later readings."""
        return tuple(each for each in self.signals if self.is_recent(each))

    def is_recent(self, signal: Signal) -> bool:
        """Return whether a signal touches the latest twelve later readings; of rare events all do."""
        return self.counts is not None or signal.readings.stop > self.limits.n + self.after_limits.n - LATEST

    def limits_of_each(self) -> list[tuple[float, float]] | None:
        """Return lower and upper limit of every reading in date order; none below two baseline readings."""
        every, lower, upper = (*self.question.baseline, *self.question.after), self.limits.lower, self.limits.upper
        if self.limits.weighted and self.limits.mean_moving_range is not None:
            return _limits_by_total(self.limits, every)
        if lower is None or upper is None:
            return None
        shown = self.limits.n + (self.after_limits.n if self.counts is None else gaps_in(self.question.after))
        return [(as_float(lower) or 0.0, as_float(upper) or 0.0)] * shown

    def as_json(self) -> dict[str, object]:
        """Return the record of it, in numbers that JSON has; it is enough to show the judgement later."""
        return {
            "baseline": {
                "n": self.limits.n,
                "mean": as_float(self.limits.mean),
                "mean_moving_range": as_float(self.limits.mean_moving_range),
                "lower_limit": as_float(self.limits.lower),
                "upper_limit": as_float(self.limits.upper),
            },
            "after": {"n": self.after_limits.n, "mean": as_float(self.after_limits.mean)},
            "achieved": as_float(self.achieved),
            "difference": self._difference(),
            "limits": [list(pair) for pair in self.limits_of_each() or ()] or None,
            "signals": [self._signal(each) for each in self.signals],
            "level": self.level,
            "provisional": self.caveats.provisional,
            "baseline_steady": self.caveats.steady,
            "already_moving": self.caveats.already_moving,
            "moving_within": self.caveats.moving_within,
            "follow_one_another": self.caveats.follow_one_another,
            "too_rare": self.caveats.too_rare,
            "gaps": self._gaps(),
            "target_met": self.met,
            "gap_closed": as_float(self.gap_closed),
            "held": self.hold_result,
            "outlook": self.outlook,
            "verdict": self.verdict,
            "sentence": self.sentence,
        }

    def _signal(self, found: Signal) -> dict[str, object]:
        side = side_name(found.side, self.question.side)
        return {"rule": found.rule, "side": side, "readings": list(found.readings)}

    def _difference(self) -> Mapping[str, float | None] | None:
        return dict(zip(("low", "high"), map(as_float, self.difference), strict=True)) if self.difference else None

    def _gaps(self) -> Mapping[str, list[str]] | None:
        if self.gaps is None:
            return None
        stretches = {"baseline": self.gaps.baseline, "after": self.gaps.after}
        return {name: [day.isoformat() for day in days] for name, days in stretches.items()}


def _limits_by_total(known: Limits, points: Sequence[Point]) -> list[tuple[float, float]]:
    """Return the limits of readings with totals that differ."""
    roots = {total: square_root(total) for total in {point.of or Fraction(1) for point in points}}
    with localcontext(FIFTY_DIGITS):
        centre = as_decimal(known.mean or Fraction())
        half = as_decimal(known.factor * (known.mean_moving_range or Fraction()))
        ends = {total: (centre - half / root, centre + half / root) for total, root in roots.items()}
    finite = {
        total: (max(-float_info.max, float(low)), min(float_info.max, float(high)))
        for total, (low, high) in ends.items()
    }
    return [finite[point.of or Fraction(1)] for point in points]


def verdict_of(case: Judgement) -> str | None:
    """Return the word, or None where nothing was promised or the metric has no better side."""
    question = case.question
    if not question.agreed or not question.baseline:
        return "cannot-tell"
    if question.aim is None:
        return None
    if case.too_early:
        return "too-early"
    if question.better == "none":
        return None
    word = _verdict_word(case)
    if not question.on_agreed_day and word in _AT_MOST_UNCLEAR:
        word = "met-unclear"
    return "met-thin" if question.rule.kind == "latest" and word in _AT_MOST_THIN else word


def level_for_verdict(case: Judgement) -> str:
    """Return the level as the verdict sees it: towards a target is better, away from it is worse."""
    if case.question.better != "target" or case.level in (MIXED, NO_SIGNAL) or "-" not in case.level:
        return case.level
    kind, _, side = case.level.partition("-")
    if side not in ("up", "down"):
        return case.level
    return f"{kind}-{_HEADED[case.heading]}" if case.heading else MIXED


def _verdict_word(case: Judgement) -> str:
    """Return the verdict of the rules that do not depend on the level alone, else that of the level."""
    if case.question.promise == "hold":
        if not case.met:
            return "lost"
        return "held-slipping" if level_for_verdict(case) == "sustained-worse" else "held"
    if case.met and case.baseline_meets:
        return "already-there"
    return "overshot" if _overshot(case) else _by_level(case)


def _overshot(case: Judgement) -> bool:
    aim, before, after = case.question.aim, case.limits.mean, case.achieved
    if case.met or aim is None or before is None or after is None or case.question.better != "target":
        return False
    return aim.overshot(before, after)


def _by_level(case: Judgement) -> str:
    level = level_for_verdict(case)
    if level == "sustained-better":
        unclear = case.caveats.unclear or not case.question.counted_same_way
        return ("met-unclear" if unclear else "achieved") if case.met else "better-not-there"
    if level == "early-better":
        return "met-thin" if case.met else "better-not-there"
    if level == "sustained-worse":
        return "worse"
    if level in (MIXED, "early-worse"):
        return "unsettled"
    if level == NO_SIGNAL and case.after_limits.n >= RUN:
        return "met-not-shown" if case.met else "not-shown"
    return "met-thin" if case.met else "not-there"
