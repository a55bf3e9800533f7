"""The verdict of one metric: one word for target and signal together, from the table of the method."""

from cimodel_tui.measurement.aim import AWAY, TOWARDS
from cimodel_tui.measurement.judgement import Judgement
from cimodel_tui.measurement.level import MIXED, NO_SIGNAL
from cimodel_tui.measurement.signals import RUN

_AT_MOST_THIN = ("achieved", "held", "met-unclear")
_HEADED = {TOWARDS: "better", AWAY: "worse"}


def verdict_of(case: Judgement) -> str | None:
    """Return the word, none where nothing was promised or the metric has no better side."""
    asked = case.question
    if not asked.agreed or not asked.baseline:
        return "cannot-tell"
    if asked.aim is None:
        return None
    if case.too_early:
        return "too-early"
    if asked.better == "none":
        return None
    word = _promised(case)
    return "met-thin" if asked.rule.kind == "latest" and word in _AT_MOST_THIN else word


def judged_level(case: Judgement) -> str:
    """Return the level as the verdict sees it: towards a target is better, away from it is worse."""
    if case.question.better != "target" or case.level in (MIXED, NO_SIGNAL) or "-" not in case.level:
        return case.level
    kind, _, side = case.level.partition("-")
    if side not in ("up", "down"):
        return case.level
    return f"{kind}-{_HEADED[case.heading]}" if case.heading else MIXED


def _promised(case: Judgement) -> str:
    """Return the word of the rows that do not look at the level alone, else that of the level."""
    if case.question.promise == "hold":
        if not case.met:
            return "lost"
        return "held-slipping" if judged_level(case) == "sustained-worse" else "held"
    if case.met and case.baseline_meets:
        return "already-there"
    return "overshot" if _overshot(case) else _by_level(case)


def _overshot(case: Judgement) -> bool:
    aim, before, after = case.question.aim, case.limits.mean, case.achieved
    if case.met or aim is None or before is None or after is None or case.question.better != "target":
        return False
    return aim.overshot(before, after)


def _by_level(case: Judgement) -> str:
    level = judged_level(case)
    if level == "sustained-better":
        unclear = case.caveats.already_moving or not case.caveats.steady
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
