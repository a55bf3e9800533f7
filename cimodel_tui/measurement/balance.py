"""Balancing metrics: what must not get worse while the outcome gets better."""

from collections.abc import Sequence
from fractions import Fraction

from cimodel_tui.measurement.aim import Aim
from cimodel_tui.measurement.figures import figure, stretch_words, with_unit
from cimodel_tui.measurement.judgement import Judgement, Question, as_float
from cimodel_tui.measurement.judging import judge
from cimodel_tui.measurement.point import Point
from cimodel_tui.measurement.rule import Rule
from cimodel_tui.measurement.verdict import judged_level
from cimodel_tui.record import dataclass

KEPT, SLIPPING, BROKEN, NOT_MEASURED = "kept", "slipping", "broken", "not-measured"


@dataclass(frozen=True, slots=True)
class Balance:
    """Whether a balancing metric kept its limit."""

    word: str
    """`kept`, `slipping` (worse for good, inside the limit), `broken` or `not-measured`."""
    mean: Fraction | None
    """The mean of the result readings, by which it is judged."""
    limit: Aim | None
    """What it must not pass; none where no limit was set."""
    sentence: str
    """All of it in one sentence."""
    n: int
    """How many result readings there are."""
    figures: str = ""
    """Mean and limit with the metric's name, for the words after "at a cost"."""

    def as_json(self) -> dict[str, object]:
        """Return the record of it, enough to show it later."""
        limit = {"low": as_float(self.limit.low), "high": as_float(self.limit.high)} if self.limit else None
        return {
            "word": self.word,
            "mean": as_float(self.mean),
            "limit": limit,
            "n": self.n,
            "figures": self.figures,
            "sentence": self.sentence,
        }


def judge_balance(
    better: str, limit: Aim | None, baseline: Sequence[Point], after: Sequence[Point], *, name: str = "", unit: str = ""
) -> Balance:
    """Return whether the mean of the result readings keeps the limit; a metric with no better side has a range."""
    side = better if better in ("higher", "lower") else "target"
    case = judge(Question(side, "hold", limit, Rule(), tuple(baseline), tuple(after), name=name, unit=unit))
    word = _word(case)
    figures = _figures(case)
    return Balance(word, case.achieved, limit, _sentence(word, case, figures), len(case.question.after), figures)


def _word(case: Judgement) -> str:
    if case.met is None:
        return NOT_MEASURED
    if not case.met:
        return BROKEN
    return SLIPPING if judged_level(case) == "sustained-worse" else KEPT


def _figures(case: Judgement) -> str:
    asked = case.question
    stands = with_unit(figure(case, case.achieved), asked.unit) if case.achieved is not None else "not measured"
    return f"{asked.name.strip()} {stands}, {_limit(case)}".strip()


def _limit(case: Judgement) -> str:
    aim = case.question.aim
    return f"limit {aim.words()}" if aim else "no limit set"


def _sentence(word: str, case: Judgement, figures: str) -> str:
    after, before = case.question.after, case.limits.mean
    if not after:
        return f"Not measured: {case.question.name.strip()}, {_limit(case)}."
    if case.question.aim is None:
        return f"Not measured: {figures}."
    start = f", before {figure(case, before)}" if before is not None else ""
    worse = "; worse than the baseline by more than the usual variation" if word == SLIPPING else ""
    return f"{word.capitalize()}: {figures}{start}{worse}, over {stretch_words(after)}."
