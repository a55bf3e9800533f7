"""Rules of step 5: done work has evidence, dates and status agree, and measuring goes on meanwhile."""

import re
from collections.abc import Iterator
from datetime import date

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.promises import EVENTS, and_list
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import contains, is_foreign, shorten, singular, words_of
from cimodel_tui.model.action import Progress
from cimodel_tui.model.answer import is_placeholder
from cimodel_tui.model.baseline import DAYS_BETWEEN, Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.plan import Action

SILENT_PERIODS = 2
"""Periods after which a reading is missed."""

_DONE_WORDS = frozenset(
    ["above", "all", "been", "complete", "done", "erledigt", "everything", "fait", "fine", "fully", "good", "has", "is",
     "it", "live", "now", "ok", "okay", "perfect", "ready", "see", "success", "successfully", "up", "was", "well",
     "work", "works", "yep", "yes"]
)  # fmt: skip
"""Words that only say that something is done, as participles do: `fixed`, `it works`, `completed successfully`."""

_STATING = frozenset(["are", "be", "can", "did", "do", "does", "have", "its", "it's", "nothing", "we", "were", "will"])
"""Words by which a text states something, beside those that say that it is done."""

_NO_REFERENCE = re.compile(r"100 ?%|\ball \d+\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
"""Numbers and names that claim: `100 %`, `all 3 points`, `since Monday`."""

_REFERENCE = re.compile(r"""\d|[/@#\\_"“”«»]|(?<=[^.!?\s] )(?!I\b)[A-Z]|\b[A-Z]{2,}""")
"""A number, a piece of an address or a path, a quotation, a name."""

_INVITING = frozenset(["ask", "call", "check", "look", "open", "try"])
"""First words of a text that tells how to see it for oneself."""

_WITNESSING = frozenset(
    ["approved", "audited", "checked", "confirmed", "counted", "measured", "reviewed", "saw", "seen", "showed",
     "signed", "tested", "thanked", "told", "tried", "verified", "watched", "witnessed", "wrote"]
)  # fmt: skip
"""What somebody does who can say that it is done."""

_NO_WITNESS = frozenset(
    ["all", "and", "are", "been", "everything", "fully", "has", "have", "i", "is", "it", "was", "we", "were"]
)
"""Words before it that name nobody else."""


def done_without_evidence(situation: Situation) -> Iterator[Finding]:
    """A1: done is shown, not said."""
    for row, progress in _progress(situation):
        if progress.status == "done" and not _is_evidence(progress.evidence):
            place = situation.place("action", "progress", row.id, "evidence")
            yield Finding(
                "A1",
                place,
                f"{_quoted_title(row)} is done: add evidence. A link, a ticket or a place where anyone can see it is "
                "enough.",
                f"{row.id} done {progress.evidence.strip()}".rstrip(),
                Remedy("Open the evidence", RemedyKind.OPEN, place),
            )


def _quoted_title(row: Action) -> str:
    return f'"{shorten(row.what)}"' if row.what.strip() else "This action"


def _is_evidence(text: str) -> bool:
    """Tell whether a text shows anything, and does not only say that it was done.

    Words that make no statement (`photo in the team folder`) point at something; a statement has to name what can be
    looked up, or who saw it. Other languages are read for bare claims only.
    """
    words = words_of(text)
    claims = [word in _DONE_WORDS or re.fullmatch(r"[a-z]+ed", word) is not None for word in words]
    if is_placeholder(text) or all(claims):
        return False
    makes_statement = any(claims) or not _STATING.isdisjoint(words)
    return not makes_statement or is_foreign(text) or _can_be_checked(text, words)


def _can_be_checked(text: str, words: list[str]) -> bool:
    """Tell whether a text has a number, an address, a name or a thing to look at, or tells who witnessed it."""
    if words[0] in _INVITING or _REFERENCE.search(_NO_REFERENCE.sub("", text)) or contains(text, "evidence_words"):
        return True
    return contains(" ".join(map(singular, words)), "evidence_words") or _is_witnessed(words)


def _is_witnessed(words: list[str]) -> bool:
    """Tell whether somebody else saw it: `the auditor signed`, `tested by the night team`, not `we tested it`."""
    seen = [at for at, word in enumerate(words) if word in _WITNESSING]
    return any("by" in words[at + 1 : at + 3] or (at and words[at - 1] not in _NO_WITNESS) for at in seen)


def _progress(situation: Situation) -> Iterator[tuple[Action, Progress]]:
    for row in situation.iteration.plan.actions:
        yield row, situation.progress(row)


def status_contradicts_day(situation: Situation) -> Iterator[Finding]:
    """A3: a day on which an action was finished and a status of done belong together."""
    for row, progress in _progress(situation):
        finished, what = progress.finished.strip(), _quoted_title(row)
        if finished and progress.status not in ("done", "dropped"):
            status = progress.status or "to do"
            words, column = f"{what} was finished on {finished}, and its status is {status}: which is true?", "status"
            remedy = ("Set its status to done", RemedyKind.SET, "done")
        elif progress.status == "done" and not finished:
            words, column = f"{what} is done, and no day says since when. When was it finished?", "finished"
            remedy = ("Open the day", RemedyKind.OPEN, "")
        else:
            continue
        place = situation.place("action", "progress", row.id, column)
        label, kind, text = remedy
        yield Finding("A3", place, words, f"{row.id} {progress.status} {finished}", Remedy(label, kind, place, text))


def no_recent_reading(situation: Situation) -> Iterator[Finding]:
    """A2: the numbers are read while things move."""
    silent = tuple(_silent(situation)) if _is_moving(situation) else ()
    if silent:
        first = silent[0][0]
        metrics_since = and_list(
            f"{shorten(metric.name, 40) or 'the metric'} (since {last})" for metric, last in silent
        )
        yield Finding(
            "A2",
            situation.place("action", "progress"),
            f"No reading for more than {SILENT_PERIODS} periods: {metrics_since}. Measure while you move: it shows "
            "early whether this is the right lever.",
            " ".join(f"{metric.id} {last}" for metric, last in silent),
            Remedy("Open the readings", RemedyKind.OPEN, situation.place("baseline", "metrics", first.id, "readings")),
        )


def _silent(situation: Situation) -> Iterator[tuple[Metric, date]]:
    """Yield each outcome metric of which a reading is overdue, with the day of its last one."""
    for metric in situation.iteration.baseline.metrics:
        if not metric.is_outcome or metric.kind == EVENTS:
            continue
        period, last = DAYS_BETWEEN.get(metric.frequency), _last_reading(situation, metric)
        if period and last and (situation.today - last).days > SILENT_PERIODS * period:
            yield metric, last


def _is_moving(situation: Situation) -> bool:
    iteration = situation.iteration
    begun = any(row.started.strip() or row.status in ("doing", "done", "blocked") for row in iteration.action.progress)
    return begun and not iteration.check.verified and not situation.improvement.is_set_aside


def _last_reading(situation: Situation, metric: Metric) -> date | None:
    days = situation.improvement.readings.get(metric.id, {})
    return max((day for text in days if (day := as_day(text))), default=None)


RULES: tuple[Rule, ...] = (done_without_evidence, status_contradicts_day, no_recent_reading)
"""The rules of step 5."""
