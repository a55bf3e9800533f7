"""One metric, before and after: what is asked, and everything that may honestly be answered."""

from datetime import date
from fractions import Fraction
from sys import float_info

from cimodel_tui.measurement.aim import Aim
from cimodel_tui.measurement.caveats import Caveats
from cimodel_tui.measurement.level import side_name
from cimodel_tui.measurement.point import Point
from cimodel_tui.measurement.rule import Rule
from cimodel_tui.measurement.signals import RUN, Signal
from cimodel_tui.measurement.xmr import Limits
from cimodel_tui.model.baseline import BETTER
from cimodel_tui.model.target import PROMISES
from cimodel_tui.record import dataclass


class QuestionError(ValueError):
    """A question that cannot be asked; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was promised for one metric, and the readings by which it is judged."""

    better: str
    """The better side: higher, lower, target or none."""
    promise: str
    """`move` or `hold`."""
    aim: Aim | None
    """The target; none where there is none."""
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

    def __post_init__(self) -> None:
        if self.better not in BETTER:
            raise QuestionError(f"better is one of {', '.join(BETTER)}")
        if self.promise not in PROMISES:
            raise QuestionError(f"a promise is one of {', '.join(PROMISES)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer: target, signal and outlook stand beside each other and are never merged."""

    question: Question
    """What was asked, its readings in date order."""
    limits: Limits
    """Mean and limits of the baseline."""
    after_limits: Limits
    """Mean and limits of the result readings on their own."""
    level: str
    """Section 4 of the method: what the later readings show against the baseline."""
    signals: tuple[Signal, ...]
    """Why; positions count from the first baseline reading."""
    caveats: Caveats
    """What has to be said beside the level, and what fired within the baseline."""
    trends: tuple[Signal, ...]
    """Steady rises and falls among the later readings, for the chart only."""
    achieved: Fraction | None
    """The value that the rule looks at; none without a result."""
    change: Fraction | None
    """From the baseline mean to the achieved value."""
    percent_change: Fraction | None
    """The same in per cent of the baseline mean; none where that is 0."""
    too_early: bool
    """Whether there are fewer result readings than the rule needs."""
    met: bool | None = None
    """Whether the target is met; none where that cannot be said."""
    baseline_meets: bool = False
    """Whether the baseline met the target already."""
    gap_closed: Fraction | None = None
    """The closed share of the gap; none where there was none."""
    heading: str = ""
    """Where a level with a side leads: `towards` the target, `away` from it, or neither."""
    outlook: str | None = None
    """`pass`, `fail` or `hit-and-miss`: whether single readings will keep meeting the target."""
    weeks_late: int = 0
    """How many weeks after its date the target was met; 0 in time, and where it is not met."""
    verdict: str | None = None
    """The word of section 7; none where nothing was promised or there is no better side."""
    sentence: str = ""
    """All of it in one sentence."""

    @property
    def held(self) -> str | None:
        """`held` or `lost` where the baseline met the target already."""
        if not self.baseline_meets or self.met is None:
            return None
        return "held" if self.met else "lost"

    @property
    def benefit(self) -> str:
        """What may be said of a benefit: `claimed`, `possible, if it lasts`, or nothing."""
        if self.caveats.already_moving or self.question.better == "none":
            return ""
        good = self.level.endswith("-better") or (self.question.better == "target" and self.heading == "towards")
        kinds = {"sustained": "claimed", "early": "possible, if it lasts"}
        return kinds.get(self.level.partition("-")[0], "") if good else ""

    @property
    def yearly_figure_allowed(self) -> bool:
        """Whether a yearly figure may be reckoned from it: a benefit is claimed, over at least eight readings."""
        return self.benefit == "claimed" and self.after_limits.n >= RUN

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
            "signals": [self._signal(each) for each in self.signals],
            "level": self.level,
            "provisional": self.caveats.provisional,
            "baseline_steady": self.caveats.steady,
            "already_moving": self.caveats.already_moving,
            "target_met": self.met,
            "gap_closed": as_float(self.gap_closed),
            "held": self.held,
            "outlook": self.outlook,
            "verdict": self.verdict,
            "sentence": self.sentence,
        }

    def _signal(self, found: Signal) -> dict[str, object]:
        side = side_name(found.side, self.question.better)
        return {"rule": found.rule, "side": side, "readings": list(found.readings)}


def as_float(value: Fraction | None) -> float | None:
    """Return the nearest number that JSON has; what is larger than all of them becomes the largest."""
    if value is None:
        return None
    try:
        return float(value)
    except OverflowError:
        return float_info.max if value > 0 else -float_info.max
