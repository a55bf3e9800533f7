"""Rules of step 4: a choice, a hypothesis with a number, the largest cause, few actions, and time to see an effect."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from cimodel_tui.coach.finding import Finding, Rule, Situation, as_number
from cimodel_tui.coach.promises import fitting, last_due, promises, readings_needed
from cimodel_tui.coach.outcome import names_metric, reads_like_outcome
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import is_foreign, short
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.baseline import Cause
from cimodel_tui.model.day import as_day

MOST_ACTIONS = 8
"""More open actions than this, and none of them gets finished."""

_REST = ("other", "others", "misc", "miscellaneous", "rest", "unknown", "various", "")


def a_choice(situation: Situation) -> Iterator[Finding]:
    """P1: one option is no choice."""
    options = situation.iteration.plan.options
    if len(options) == 1:
        yield Finding(
            "P1",
            situation.place("plan", "options"),
            "One option is no choice. What would you do if that were forbidden? The second idea is often the cheaper "
            "one.",
            f"{options[0].id} {options[0].name}",
            Remedy("Open the options", RemedyKind.OPEN, situation.place("plan", "options")),
        )


def a_number_moves(situation: Situation) -> Iterator[Finding]:
    """P2: a hypothesis says which number moves, and why."""
    part, metrics = situation.iteration.plan, situation.iteration.baseline.metrics
    told = f"{part.hypothesis_if}\n{part.hypothesis_then}\n{part.hypothesis_because}"
    bound = any(metric.id == part.hypothesis_metric for metric in metrics)
    if not told.strip() or bound or is_foreign(told):
        return
    if not names_metric(part.hypothesis_then, told, (metric.name for metric in metrics)):
        yield Finding(
            "P2",
            situation.place("plan", "hypothesis_then"),
            "Which number moves, and why? A hypothesis that names no metric can be neither confirmed nor refuted.",
            told,
            Remedy("Choose the metric", RemedyKind.OPEN, situation.place("plan", "hypothesis_metric")),
        )


def time_to_see(situation: Situation) -> Iterator[Finding]:
    """P3: between the last action and the target's day there is time for the readings that the rule needs."""
    due = last_due(situation)
    short_of = sorted(_too_late(situation, due[0]), key=lambda late: late.lacking) if due else []
    if due and short_of:
        worst, last = short_of[-1], situation.place("plan", "actions", due[1].id, "due")
        yield Finding(
            "P3",
            last,
            f"The last action is due on {due[0]} and {worst.name} on {worst.by}: {worst.fit} of the {worst.need} "
            "readings that the success rule needs fit between them. No time is left to see an effect.",
            "\n".join(f"{due[0]} {late}" for late in short_of),
            Remedy("Open the action that is due last", RemedyKind.OPEN, last),
        )


class _Late(NamedTuple):
    """A target whose readings do not fit after the last action."""

    name: str
    by: date
    fit: int
    need: int

    @property
    def lacking(self) -> int:
        """How many readings do not fit."""
        return self.need - self.fit


def _too_late(situation: Situation, due: date) -> Iterator[_Late]:
    for metric, promise in promises(situation):
        if by := as_day(promise.by):
            late = _Late(metric.name.strip() or "the target", by, fitting(metric, due, by), readings_needed(promise))
            if late.lacking > 0:
                yield late


def largest_cause(situation: Situation) -> Iterator[Finding]:
    """P4: the largest cause is worth an action."""
    iteration = situation.iteration
    largest = _largest(iteration.baseline.causes)
    kept = [row for row in iteration.plan.actions if iteration.progress(row.id).status != "dropped"]
    if not largest or not kept or {row.cause for row in kept} & {cause.id for cause in largest}:
        return
    yield Finding(
        "P4",
        situation.place("plan", "actions"),
        f'No action addresses the largest cause, "{short(largest[0].cause)}" ({largest[0].share.strip()} %). What the '
        "actions do address can bring no more than its share.",
        " ".join((largest[0].id, largest[0].share, *(f"{row.id}:{row.cause}" for row in kept))),
        Remedy("Open the cause", RemedyKind.OPEN, situation.place("baseline", "causes", largest[0].id)),
    )


def _largest(causes: tuple[Cause, ...]) -> list[Cause]:
    """Return the cause with the largest share, several where they share it; what is only "other" can be no aim."""
    named = (cause for cause in causes if cause.cause.strip().casefold() not in _REST)
    shares: list[tuple[Fraction, Cause]] = []
    for cause in named:
        share = as_number(cause.share.replace("%", ""))
        shares += [(share, cause)] if share else []
    most = max((share for share, _ in shares), default=None)
    return [cause for share, cause in shares if share == most]


def few_actions(situation: Situation) -> Iterator[Finding]:
    """P5: start fewer, finish more."""
    iteration = situation.iteration
    opened = [row for row in iteration.plan.actions if iteration.progress(row.id).status not in ENDED]
    if len(opened) > MOST_ACTIONS:
        yield Finding(
            "P5",
            situation.place("plan", "actions"),
            f"{len(opened)} actions are open at once. Start fewer, finish more: which three would show an effect "
            "first?",
            " ".join(row.id for row in opened),
            Remedy("Open the actions", RemedyKind.OPEN, situation.place("plan", "actions")),
        )


def something_to_do(situation: Situation) -> Iterator[Finding]:
    """P6: an action is done, an outcome follows from it."""
    names = tuple(metric.name for metric in situation.iteration.baseline.metrics)
    for row in situation.iteration.plan.actions:
        if reads_like_outcome(row.what, names):
            place = situation.place("plan", "actions", row.id, "what")
            yield Finding(
                "P6",
                place,
                f'"{short(row.what)}" is the target again. What is done on Monday, by whom, so that it comes about?',
                row.what,
                Remedy("Open the action", RemedyKind.OPEN, place),
            )


RULES: tuple[Rule, ...] = (a_choice, a_number_moves, largest_cause, few_actions, something_to_do, time_to_see)
"""The rules of step 4."""
