"""Every sentence about one metric. They state what was seen and no more: no cause, no proof, no promise.

With a single reading on each side there are only the difference, the target and the gap. A benefit is mentioned where
the level is sustained on the better side, and as possible where it is early.
"""

from collections.abc import Callable, Iterator

from cimodel_tui.measurement.events import FEWEST_GAPS
from cimodel_tui.measurement.figures import (
    achieved_figure,
    chance_words,
    change_words,
    day_words,
    figure,
    late_words,
    stretch_words,
    unit_of,
    with_unit,
)
from cimodel_tui.measurement.signals import FEWEST, MIXED, NO_SIGNAL, TOO_FEW, Signal, side_name
from cimodel_tui.measurement.target import percent_words
from cimodel_tui.measurement.verdict import Judgement, level_for_verdict
from cimodel_tui.measurement.xmr import DOWN, UP
from cimodel_tui.model.number import count

LEADS = {
    "cannot-tell": "Cannot tell",
    "too-early": "Too early",
    "achieved": "Achieved",
    "held": "Held",
    "held-slipping": "Held, but slipping",
    "met-unclear": "Target met",
    "met-not-shown": "Target met",
    "met-thin": "Target met",
    "already-there": "Already met",
    "better-not-there": "Better, target not met",
    "partly": "Partly",
    "not-shown": "Target not met",
    "not-there": "Target not met",
    "unsettled": "Unsettled",
    "overshot": "Overshot",
    "worse": "Worse",
    "lost": "Lost",
}
"""How the sentence of each verdict begins."""

USUAL = "more than the usual variation"
"""Phrases for a level with a side."""

UNKNOWN_USUAL = "the baseline readings are all alike, so that their usual variation is not known"
"""Why a baseline without any spread tells nothing."""

OUTLOOKS = {
    "pass": "at this level, single readings will keep meeting the target",
    "hit-and-miss": "at this level, single readings will meet the target only sometimes",
    "fail": "at this level, single readings will not meet the target",
}
"""The outlook in words."""

MOVING_WITHIN = "the readings also move within each stretch: part of the change may have come by itself"
FOLLOWING = "each reading resembles the one before: the limits may be too narrow"
BAD_TIME = "the baseline was measured in a bad spell: part of the improvement would have come by itself"
NOT_ALIKE = "before and after are not counted the same way"
CHOSEN_DAY = "the day of the check was chosen after seeing the numbers"
UNEVEN = "the totals differ more than fourfold: the limits of the biggest periods may be too narrow"
TOO_RARE = "half of the baseline readings are alike: count the days between events instead"

_LASTS = "possible, if it lasts"
_MOVING = "but already moving this way before the first action"
_MOST_DAYS = 3


def sentence_of(case: Judgement) -> str:
    """Return what a director reads."""
    word = case.verdict
    if word is None:
        return (
            f"{_start(case)}; {_seen(case)}."
            if case.achieved is not None
            else f"{_start(case)}; no result reading yet."
        )
    if word == "cannot-tell":
        why = "was never agreed" if case.question.baseline else "has no readings"
        return f"{LEADS[word]}: the baseline{_of_name(case)} {why}."
    if word == "too-early":
        return f"{LEADS[word]}: {_waiting(case)}."
    ending = _events_ending(word, case) if case.counts else _ENDINGS[word](case)
    return f"{LEADS[word]}: {_facts(case)}; {ending}."


def _start(case: Judgement) -> str:
    """Return name, from and to with the unit."""
    question, before, after = case.question, figure(case, case.limits.mean), achieved_figure(case)
    subject = f"{question.name.strip()} " if question.name.strip() else ""
    if case.limits.mean is None:
        return f"{subject}at {with_unit(after, unit_of(case))}"
    if case.achieved is None:
        return f"{subject}at {with_unit(before, unit_of(case))}"
    return f"{subject}from {before} to {with_unit(after, unit_of(case))}"


def _of_name(case: Judgement) -> str:
    name = case.question.name.strip()
    return f" of {name}" if name else ""


def _facts(case: Judgement) -> str:
    """Return from, to, target and its date."""
    question = case.question
    year = question.after[-1].day.year if question.after else None
    due = f" by {day_words(question.by, year)}" if question.by else ""
    late = f", {late_words(case.days_late)}" if case.days_late else ""
    often = f", checked {question.checked} times, planned once" if question.checked > 1 else ""
    each = f", {_hits(case)}" if question.rule.kind == "each-of-last" else ""
    return f"{_start(case)}, target {question.aim.words() if question.aim else 'none'}{due}{late}{often}{each}"


def _hits(case: Judgement) -> str:
    question = case.question
    looked_at = question.rule.looks_at(question.after)
    meeting = sum(1 for point in looked_at if question.aim and question.aim.holds(point.value))
    return f"met by {meeting} of the last {len(looked_at)}"


def _waiting(case: Judgement) -> str:
    question, there = case.question, case.after_limits.n
    if case.counts:
        return f"no day of the result{_of_name(case)} has passed yet"
    if not there:
        return f"no result reading{_of_name(case)} yet"
    return f"the rule{_of_name(case)} needs {question.rule.needs}, {there} {'is' if there == 1 else 'are'} in"


def _seen(case: Judgement) -> str:
    """Return what the readings show, without a target."""
    if _is_single(case):
        return _single(case)
    return level_words(case)


def _is_single(case: Judgement) -> bool:
    return case.counts is None and case.limits.n <= 1 and case.after_limits.n == 1


def _single(case: Judgement) -> str:
    change = change_words(case)
    return f"one reading before and one after, a difference of {change}" if change else "one reading"


def _over(case: Judgement) -> str:
    return f"over {stretch_words(case.question.after)}"


def _events_ending(word: str, case: Judgement) -> str:
    """Return how a sentence about rare events ends: by counts and days."""
    way = f"{percent_words(case.gap_closed)} of the gap, " if case.gap_closed is not None else ""
    early = f"first signs, {_LASTS}, " if level_for_verdict(case) == "early-better" else ""
    leads = {
        "held-slipping": "more often than before, ",
        "met-unclear": "; ".join([*_doubts(case), ""]),
        "met-not-shown": "but chance gives this much without any change, ",
        "met-thin": early or "too few to claim more, ",
        "already-there": "the baseline met the target before anything was done, ",
        "better-not-there": f"{way}{early}",
        "not-there": way,
        "overshot": "beyond the far end of the range, ",
    }
    return f"{leads.get(word, '')}{chance_words(case)}"


def _unclear(case: Judgement) -> str:
    return f"{'; '.join(_doubts(case))}, {_over(case)}"


def _doubts(case: Judgement) -> Iterator[str]:
    """Yield the reasons why a target that was met proves less than it seems to."""
    question, found = case.question, case.caveats
    if not question.on_agreed_day:
        yield CHOSEN_DAY
    if not question.counted_same_way:
        yield NOT_ALIKE
    if found.already_moving:
        yield "the numbers were already moving this way before the first action"
    elif found.steady is False:
        yield "the numbers were not steady before the first action either"
    yield from (words for there, words in _moving(case) if there)


def _moving(case: Judgement) -> tuple[tuple[bool | None, str], ...]:
    found = case.caveats
    return (
        (found.moving_within, MOVING_WITHIN),
        (found.follow_one_another, FOLLOWING),
        (found.bad_time, BAD_TIME),
    )


def _thin(case: Judgement) -> str:
    if _is_single(case):
        return _single(case)
    if case.question.rule.kind == "latest" and not level_for_verdict(case).startswith("early"):
        return f"by the latest of {stretch_words(case.question.after)}"
    if level_for_verdict(case) == "early-better":
        return f"first readings beyond the usual variation, {_lasting(case)}, {_over(case)}"
    return f"{_claim(case)}, {_over(case)}"


def _better(case: Judgement) -> str:
    way = f"{percent_words(case.gap_closed)} of the gap, " if case.gap_closed is not None else ""
    if level_for_verdict(case).startswith("early"):
        return f"{way}early: first readings beyond the usual variation, {_lasting(case)}, {_over(case)}"
    return f"{way}{USUAL}{f', {_MOVING}' if case.caveats.already_moving else ''}, {_over(case)}"


def _lasting(case: Judgement) -> str:
    return _MOVING if case.caveats.already_moving else _LASTS


def _claim(case: Judgement) -> str:
    """Return why no more can be claimed."""
    if case.limits.n >= FEWEST and not case.limits.has_spread:
        return UNKNOWN_USUAL
    if case.limits.n < FEWEST:
        return f"{count(case.limits.n)} in the baseline are too few to claim more"
    return "too few readings to claim more"


def _not_there(case: Judgement) -> str:
    if _is_single(case):
        return f"{_single(case)}{_gap(case)}"
    return f"{_moved(case)}{_gap(case)}{_better_ones(case)}; {_claim(case)}, {_over(case)}"


def _gap(case: Judgement) -> str:
    return f", {percent_words(case.gap_closed)} of the gap" if case.gap_closed is not None else ""


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
    leads = {"mixed": "on both sides"}.get(
        case.level, "on the worse side" if level_for_verdict(case) != MIXED else "no nearer"
    )
    met = "the target is met, but " if case.met else ""
    there = sorted({at for each in case.standing_out for at in each.readings})
    return f"{met}readings stand out {leads}: {_days(case, there)}, {_over(case)}"


def _days(case: Judgement, there: list[int]) -> str:
    """Return the first days of readings by their positions, and how many more there are."""
    points = (*case.question.baseline, *case.question.after)
    days = [day_words(points[at].day, points[-1].day.year) for at in there[:_MOST_DAYS]]
    more = f" and {len(there) - _MOST_DAYS} more" if len(there) > _MOST_DAYS else ""
    return f"{', '.join(days)}{more}"


def _worse(case: Judgement) -> str:
    still = ", the target is still met" if case.met else ""
    return f"worse than the baseline by {USUAL}{still}, {_over(case)}"


def _lost(case: Judgement) -> str:
    if _is_single(case):
        return _single(case)
    level = level_for_verdict(case)
    if level == "sustained-worse":
        return f"worse than the baseline by {USUAL}, {_over(case)}"
    if level == NO_SIGNAL:
        return f"by no more than the usual variation, {_over(case)}"
    return level_words(case)


def _already_there(case: Judgement) -> str:
    now = f"; now worse by {USUAL}" if level_for_verdict(case) == "sustained-worse" else ""
    return f"the baseline met the target before anything was done{now}, {_over(case)}"


_ENDINGS: dict[str, Callable[[Judgement], str]] = {
    "achieved": lambda case: f"{USUAL}, {_over(case)}",
    "held": _seen,
    "held-slipping": lambda case: f"worse than the baseline by {USUAL}, {_over(case)}",
    "met-unclear": _unclear,
    "met-not-shown": lambda case: f"but the numbers move this much without any change, {_over(case)}",
    "met-thin": _thin,
    "already-there": _already_there,
    "better-not-there": _better,
    "not-shown": lambda case: f"no clear change in {stretch_words(case.question.after)}",
    "not-there": _not_there,
    "unsettled": _unsettled,
    "overshot": lambda case: f"beyond the far end of the range, {_over(case)}",
    "worse": _worse,
    "lost": _lost,
}
"""By the word of the verdict."""


def level_words(case: Judgement) -> str:
    """Return what the later readings show against the baseline."""
    if case.counts:
        return chance_words(case)
    level, over = level_for_verdict(case), _over(case)
    kind, _, side = case.level.partition("-")
    heading = {"towards": ", towards the target", "away": ", away from the target"}.get(case.heading, "")
    where = heading if side in ("up", "down") else ""
    if level == TOO_FEW and case.limits.n >= FEWEST and not case.limits.has_spread:
        return f"{UNKNOWN_USUAL}, {over}"
    if level == TOO_FEW:
        return f"too few readings to tell it from the usual variation, {over}"
    phrases = {
        "no": "no more than the usual variation",
        "sustained": f"{side} by {USUAL}{where}",
        "early": f"first readings {side} by {USUAL}{where}",
    }
    return f"{phrases.get(kind, 'readings stand out on both sides')}, {over}"


def caveat_words(case: Judgement) -> tuple[str, ...]:
    """Return the caveats to show beside the level."""
    found, n = case.caveats, case.limits.n
    if case.counts:
        few = n < FEWEST_GAPS
        return (f"{count(n, 'gap')} between events in the baseline: too few to tell luck from change",) if few else ()
    known = (
        (n < FEWEST, f"{count(n)} in the baseline: too few to tell luck from change"),
        (n >= FEWEST and not case.limits.has_spread, UNKNOWN_USUAL),
        (found.provisional, f"provisional: {n} readings in the baseline"),
        (found.steady is False, "the baseline was not steady"),
        (found.already_moving, "the baseline was already moving this way"),
        *_moving(case),
        (not case.question.counted_same_way, NOT_ALIKE),
        (found.uneven_totals, UNEVEN),
        (found.too_rare, TOO_RARE),
    )
    return (*(words for there, words in known if there), *_missing(case), *_stood_out(case))


def _missing(case: Judgement) -> Iterator[str]:
    """Yield the days on which readings are missing."""
    stretches = {"baseline": case.gaps.baseline, "result": case.gaps.after} if case.gaps else {}
    for name, days in stretches.items():
        if days:
            shown = days[:_MOST_DAYS]
            named = ", ".join([*(day_words(day, shown[-1].year) for day in shown[:-1]), day_words(shown[-1])])
            more = f" and {len(days) - _MOST_DAYS} more" if len(days) > _MOST_DAYS else ""
            yield f"no reading within the {name} for {named}{more}"


def _stood_out(case: Judgement) -> Iterator[str]:
    """Yield the readings outside the limits that the level does not cover: older ones, and any on its other side."""
    silent = [each for each in case.signals if each.rule == "outside" and not _level_says(case, each)]
    for at in (UP, DOWN):
        side, there = side_name(at, case.question.side), [each.readings.start for each in silent if each.side == at]
        if there:
            yield f"was outside on the {side} side on {_days(case, there)}"


def _level_says(case: Judgement, signal: Signal) -> bool:
    kind, _, side = case.level.partition("-")
    return case.is_recent(signal) and (kind != "sustained" or side == side_name(signal.side, case.question.side))


def remarks(case: Judgement, *, already: str = "") -> str:
    """Return the caveats that change how a level is read as sentences, those that `already` says left out."""
    if case.counts:
        return ""
    plain = {words for there, words in _moving(case) if there} | set(_missing(case)) | set(_stood_out(case))
    plain |= {
        words for there, words in ((case.caveats.uneven_totals, UNEVEN), (case.caveats.too_rare, TOO_RARE)) if there
    }
    phrases = (words for words in caveat_words(case) if words in plain and words not in already)
    return " ".join(f"{words[0].upper()}{words[1:]}." for words in phrases)


def steering_words(case: Judgement) -> str:
    """Return verdict, where it stands and how far that is, for one short line."""
    lead = LEADS.get(case.verdict or "", "").lower()
    aim, unit = case.question.aim, unit_of(case)
    stands = with_unit(achieved_figure(case), unit) if case.achieved is not None else "no result yet"
    there = f"{stands}, target {aim.words()}" if aim else stands
    gap = f" ({percent_words(case.gap_closed)} of the gap)" if case.gap_closed is not None else ""
    return ": ".join(part for part in (lead, f"{there}{gap}") if part)
