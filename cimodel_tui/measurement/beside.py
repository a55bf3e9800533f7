"""What stands beside a verdict: the level, the caveats and the outlook in words, and the line to steer by."""

from cimodel_tui.measurement.figures import count, figure, stretch_words, with_unit
from cimodel_tui.measurement.gap import percent_words
from cimodel_tui.measurement.judgement import Judgement
from cimodel_tui.measurement.leads import LEADS
from cimodel_tui.measurement.level import FEWEST, NO_SIGNAL, TOO_FEW
from cimodel_tui.measurement.verdict import judged_level

USUAL = "more than the usual variation"
"""What a level with a side says of the readings."""

UNKNOWN_USUAL = "the baseline readings are all alike, so that their usual variation is not known"
"""Why nothing is told from a baseline without any spread."""

OUTLOOKS = {
    "pass": "as it runs now, single readings will keep meeting the target",
    "hit-and-miss": "as it runs now, single readings will meet the target now and then",
    "fail": "as it runs now, single readings will not meet the target",
}
"""The outlook in words."""


def level_words(case: Judgement) -> str:
    """Return what the later readings show against the baseline."""
    level, over = judged_level(case), f"over {stretch_words(case.question.after)}"
    kind, _, side = case.level.partition("-")
    heading = {"towards": ", towards the target", "away": ", away from the target"}.get(case.heading, "")
    where = heading if side in ("up", "down") else ""
    if level == TOO_FEW and case.limits.n >= FEWEST and not case.limits.has_spread:
        return f"{UNKNOWN_USUAL}, {over}"
    if level == TOO_FEW:
        return f"too few readings to tell it from the usual variation, {over}"
    if level == NO_SIGNAL:
        return f"no more than the usual variation, {over}"
    if kind == "sustained":
        return f"{side} by {USUAL}{where}, {over}"
    if kind == "early":
        return f"first readings {side} by {USUAL}{where}, {over}"
    return f"readings stand out on both sides, {over}"


def caveat_words(case: Judgement) -> tuple[str, ...]:
    """Return what has to be said beside the level."""
    found, n = case.caveats, case.limits.n
    known = (
        (n < FEWEST, f"{count(n)} in the baseline: too few to tell luck from change"),
        (n >= FEWEST and not case.limits.has_spread, UNKNOWN_USUAL),
        (found.provisional, f"provisional: {n} readings in the baseline"),
        (found.steady is False, "the baseline was not steady"),
        (found.already_moving, "the baseline was already moving this way"),
        (found.too_rare, "half of the baseline readings are alike: count the days between events instead"),
    )
    return tuple(words for there, words in known if there)


def steering_words(case: Judgement) -> str:
    """Return verdict, where it stands and how far that is, for one short line."""
    lead = LEADS.get(case.verdict or "", "").lower()
    aim, unit = case.question.aim, case.question.unit
    stands = figure(case, case.achieved) if case.achieved is not None else "no result yet"
    target = f" of {aim.words()}" if aim else ""
    there = with_unit(f"{stands}{target}", unit) if aim or case.achieved is not None else stands
    gap = f" ({percent_words(case.gap_closed)} of the way)" if case.gap_closed is not None else ""
    return ": ".join(part for part in (lead, f"{there}{gap}") if part)
