"""How a sentence about one metric ends: what the readings show, over how many of them, and how far that may go."""

from collections.abc import Callable

from cimodel_tui.measurement.beside import UNKNOWN_USUAL, USUAL, level_words
from cimodel_tui.measurement.figures import change_words, count, day_words, stretch_words
from cimodel_tui.measurement.gap import percent_words
from cimodel_tui.measurement.judgement import Judgement
from cimodel_tui.measurement.level import FEWEST, MIXED, NO_SIGNAL
from cimodel_tui.measurement.verdict import judged_level

_LASTS = "possible, if it lasts"
_MOVING = "but already moving this way before the first action"
_MOST_DAYS = 3


def seen(case: Judgement) -> str:
    """Return what the readings show, without a target."""
    if case.limits.n <= 1 and case.after_limits.n == 1:
        return _single(case)
    return level_words(case)


def _single(case: Judgement) -> str:
    change = change_words(case)
    return f"one reading before and one after, a difference of {change}" if change else "one reading"


def _over(case: Judgement) -> str:
    return f"over {stretch_words(case.question.after)}"


def _unclear(case: Judgement) -> str:
    if case.caveats.already_moving:
        return f"the numbers were already moving this way before the first action, {_over(case)}"
    return f"the numbers were not steady before the first action either, {_over(case)}"


def _thin(case: Judgement) -> str:
    if case.limits.n <= 1 and case.after_limits.n == 1:
        return _single(case)
    if case.question.rule.kind == "latest" and not judged_level(case).startswith("early"):
        return f"by the latest of {stretch_words(case.question.after)}"
    if judged_level(case) == "early-better":
        return f"first readings beyond the usual variation, {_lasting(case)}, {_over(case)}"
    return f"{_claim(case)}, {_over(case)}"


def _better(case: Judgement) -> str:
    way = f"{percent_words(case.gap_closed)} of the way, " if case.gap_closed is not None else ""
    if judged_level(case).startswith("early"):
        return f"{way}early: first readings beyond the usual variation, {_lasting(case)}, {_over(case)}"
    return f"{way}{USUAL}{f', {_MOVING}' if case.caveats.already_moving else ''}, {_over(case)}"


def _lasting(case: Judgement) -> str:
    return _MOVING if case.caveats.already_moving else _LASTS


def _claim(case: Judgement) -> str:
    """Return why no more can be said."""
    if case.limits.n >= FEWEST and not case.limits.has_spread:
        return UNKNOWN_USUAL
    if case.limits.n < FEWEST:
        return f"{count(case.limits.n)} in the baseline are too few to claim more"
    return "too few readings to claim more"


def _not_there(case: Judgement) -> str:
    if case.limits.n <= 1 and case.after_limits.n == 1:
        return f"{_single(case)}{_gap(case)}"
    return f"{_moved(case)}{_gap(case)}{_better_ones(case)}; {_claim(case)}, {_over(case)}"


def _gap(case: Judgement) -> str:
    return f", {percent_words(case.gap_closed)} of the way" if case.gap_closed is not None else ""


def _moved(case: Judgement) -> str:
    aim, start, achieved = case.question.aim, case.limits.mean, case.achieved
    if aim is None or start is None or achieved is None or start == achieved:
        return "stood still"
    gain = aim.distance(start) - aim.distance(achieved)
    return "moved towards the target" if gain > 0 else "moved away from the target" if gain < 0 else "came no nearer"


def _better_ones(case: Judgement) -> str:
    """Return how many later readings are nearer to the target than the baseline mean."""
    aim, start = case.question.aim, case.limits.mean
    if aim is None or start is None:
        return ""
    before = aim.distance(start)
    better = sum(1 for point in case.question.after if aim.distance(point.value) < before)
    return f", {better} of {count(case.after_limits.n)} better"


def _unsettled(case: Judgement) -> str:
    asked = case.question
    points = (*asked.baseline, *asked.after)
    there = sorted({at for each in case.signals for at in each.readings})
    days = [day_words(points[at].day, points[-1].day.year) for at in there[:_MOST_DAYS]]
    more = f" and {len(there) - _MOST_DAYS} more" if len(there) > _MOST_DAYS else ""
    leads = {"mixed": "on both sides"}.get(
        case.level, "on the worse side" if judged_level(case) != MIXED else "no nearer"
    )
    met = "the target is met, but " if case.met else ""
    return f"{met}readings stand out {leads}: {', '.join(days)}{more}, {_over(case)}"


def _worse(case: Judgement) -> str:
    still = ", the target is still met" if case.met else ""
    return f"worse than the baseline by {USUAL}{still}, {_over(case)}"


def _lost(case: Judgement) -> str:
    if case.limits.n <= 1 and case.after_limits.n == 1:
        return _single(case)
    level = judged_level(case)
    if level == "sustained-worse":
        return f"worse than the baseline by {USUAL}, {_over(case)}"
    if level == NO_SIGNAL:
        return f"by no more than the usual variation, {_over(case)}"
    return level_words(case)


def _already_there(case: Judgement) -> str:
    now = f"; now worse by {USUAL}" if judged_level(case) == "sustained-worse" else ""
    return f"the baseline met the target before anything was done{now}, {_over(case)}"


ENDINGS: dict[str, Callable[[Judgement], str]] = {
    "achieved": lambda case: f"{USUAL}, {_over(case)}",
    "held": seen,
    "held-slipping": lambda case: f"worse than the baseline by {USUAL}, {_over(case)}",
    "met-unclear": _unclear,
    "met-not-shown": lambda case: f"but the numbers move this much without any change, {_over(case)}",
    "met-thin": _thin,
    "already-there": _already_there,
    "better-not-there": _better,
    "not-shown": lambda case: f"no change to be seen in {stretch_words(case.question.after)}",
    "not-there": _not_there,
    "unsettled": _unsettled,
    "overshot": lambda case: f"past the far side of the range, {_over(case)}",
    "worse": _worse,
    "lost": _lost,
}
"""By the word of the verdict."""
