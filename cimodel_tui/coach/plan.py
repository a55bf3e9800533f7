"""Rules of step 4: a choice, causes that actions address and reach, few actions, and time to see an effect.

A hypothesis names an outcome that is measured; an action names none, because outcomes follow from actions.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from cimodel_tui.coach.finding import Finding, Rule, Situation, as_number
from cimodel_tui.coach.names import names_metric
from cimodel_tui.coach.outcome_shape import reads_like_outcome
from cimodel_tui.coach.promises import (
    EVENTS,
    aim_of,
    count_fitting,
    day_of_reading,
    decimals,
    format_number,
    is_move,
    last_due,
    name_of,
    promises,
    readings_needed,
    side_of,
    unit_of,
)
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.target import moves_nothing, why_impossible
from cimodel_tui.coach.words import is_foreign, shorten, word_list
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.baseline import Cause, Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.plan import Action

MOST_ACTIONS = 8
"""More open actions than this, and none of them gets finished."""

_REST = ("other", "others", "misc", "miscellaneous", "rest", "unknown", "various", "")
_WHOLE = 100
_SHORT_TIMES = frozenset(["h", "d", "s", "min", "ms", "hr", "hrs", "mins", "secs", "sec"])


def single_option(situation: Situation) -> Iterator[Finding]:
    """P1: one option is no choice."""
    options = situation.iteration.plan.options
    if len(options) == 1:
        yield Finding(
            "P1",
            situation.place("plan", "options"),
            f'"{shorten(options[0].name)}" is the only option. What would you do if it were forbidden? The second idea '
            "is often the cheaper one.",
            f"{options[0].id} {options[0].name}",
            Remedy("Open the options", RemedyKind.OPEN, situation.place("plan", "options")),
        )


def last_action_too_late(situation: Situation) -> Iterator[Finding]:
    """P3: between the last action and the target's day there is time for the readings that the rule needs."""
    due = last_due(situation)
    short_of = sorted(_too_late(situation, due[0]), key=lambda late: late.lacking) if due else []
    if not due or not short_of:
        return
    worst, last = short_of[-1], situation.place("plan", "actions", due[1].id, "due")
    would_do = f" From {worst.enough_on} on the target's day would do." if worst.enough_on else ""
    fit = (
        f"{worst.fit} of the {worst.need} readings that the success rule needs {'fits' if worst.fit == 1 else 'fit'} "
        "between them"
        if worst.need > 1
        else "no reading fits between them"
    )
    yield Finding(
        "P3",
        last,
        f"The last action is due on {due[0]} and {worst.name} on {worst.by}: {fit}, too few to see an effect."
        f"{would_do}",
        "\n".join(f"{due[0]} {late}" for late in short_of),
        Remedy("Open the action that is due last", RemedyKind.OPEN, last),
    )


class _Late(NamedTuple):
    """A target whose readings do not fit after the last action."""

    name: str
    by: date
    fit: int
    need: int
    enough_on: date | None

    @property
    def lacking(self) -> int:
        """How many readings do not fit."""
        return self.need - self.fit


def _too_late(situation: Situation, due: date) -> Iterator[_Late]:
    for metric, promise in promises(situation):
        by = as_day(promise.by)
        if metric.kind != EVENTS and by and by >= situation.today:
            need = readings_needed(promise)
            late = _Late(name_of(metric), by, count_fitting(metric, due, by), need, day_of_reading(metric, due, need))
            if late.lacking > 0:
                yield late


def largest_cause_untouched(situation: Situation) -> Iterator[Finding]:
    """P4: the largest cause is worth an action."""
    largest, current = _largest_causes(situation.iteration.baseline.causes), _improving_actions(situation)
    if not largest or not current or {row.cause for row in current} & {cause.id for cause in largest}:
        return
    yield Finding(
        "P4",
        situation.place("plan", "actions"),
        f'No action addresses the largest cause, "{shorten(largest[0].cause)}" ({largest[0].share.strip(" %")} %). '
        "What the actions do address can bring no more than its share. What could be done about it?",
        " ".join((largest[0].id, largest[0].share, *(f"{row.id}:{row.cause}" for row in current))),
        Remedy("Open the cause", RemedyKind.OPEN, situation.place("baseline", "causes", largest[0].id)),
    )


def _improving_actions(situation: Situation) -> list[Action]:
    """Return the actions that are to change something: not the dropped ones, nor those that measure.

    A sentence without owner, day and cause is a note: it was moved here, and nobody has planned it yet.
    """
    iteration = situation.iteration
    current = (row for row in iteration.plan.actions if situation.progress(row).status != "dropped")
    planned = (row for row in current if row.owner.strip() or row.due.strip() or row.start.strip() or row.cause)
    return [row for row in planned if row.what.strip() and not row.what.casefold().startswith("measure ")]


def _named_causes(causes: tuple[Cause, ...]) -> list[Cause]:
    """Return the causes that could be an aim; what is only "other" can not."""
    return [cause for cause in causes if cause.cause.strip().casefold() not in _REST]


def _share(cause: Cause) -> Fraction | None:
    return as_number(cause.share.replace("%", ""))


def _largest_causes(causes: tuple[Cause, ...]) -> list[Cause]:
    """Return the cause with the largest share, several where they share it."""
    shares = [(share, cause) for cause in _named_causes(causes) if (share := _share(cause))]
    most = max((share for share, _ in shares), default=None)
    return [cause for share, cause in shares if share == most]


def action_without_cause(situation: Situation) -> Iterator[Finding]:
    """P8: where causes are known, an action says which one it addresses."""
    known = {cause.id for cause in _named_causes(situation.iteration.baseline.causes)}
    without = [row for row in _improving_actions(situation) if row.cause not in known]
    if not known or not without:
        return
    more = f" and {len(without) - 1} more" if len(without) > 1 else ""
    place = situation.place("plan", "actions", without[0].id, "cause")
    yield Finding(
        "P8",
        place,
        f'"{shorten(without[0].what)}"{more}: which cause is this for? An action without one may be good work and '
        "change nothing here.",
        " ".join(row.id for row in without),
        Remedy("Choose the cause", RemedyKind.OPEN, place),
    )


def causes_too_small(situation: Situation) -> Iterator[Finding]:
    """P7: counts, shares and totals: what the addressed causes can bring at most reaches the target."""
    rows = [(metric, promise) for metric, promise in promises(situation) if is_move(promise)]
    addressed = _addressed_share(situation)
    if len(rows) != 1 or addressed is None:
        return
    metric, promise = rows[0]
    start, aim = situation.baseline_means.get(metric.id), aim_of(metric, promise)
    if start is None or aim is None:
        return
    moot = moves_nothing(metric, promise, aim, start) or why_impossible(situation, metric, promise)
    best = _best_possible(metric, start, min(addressed, Fraction(_WHOLE)) / _WHOLE)
    if moot or best is None or (best >= aim[0] if side_of(metric) == "higher" else best <= aim[1]):
        return
    places = decimals(situation, metric, promise.value) + 1
    target = f"{format_number(aim[0], places)} {unit_of(metric)}".rstrip()
    yield Finding(
        "P7",
        situation.place("plan", "actions"),
        f"The causes that the actions address are {format_number(addressed, 1)} % of it. Even if all of that went, "
        f"{name_of(metric)} would be {format_number(best, places)}; the target is {target}. Address a further cause, "
        "or promise less.",
        f"{start} {aim} {addressed}",
        Remedy("Open the actions", RemedyKind.OPEN, situation.place("plan", "actions")),
    )


def _addressed_share(situation: Situation) -> Fraction | None:
    """Return the share of the causes that the actions address, in per cent; None if one of them has none."""
    causes = {
        cause.id: share for cause in _named_causes(situation.iteration.baseline.causes) if (share := _share(cause))
    }
    addressed = {row.cause for row in _improving_actions(situation)}
    return sum((causes[cause] for cause in addressed), Fraction()) if addressed and addressed <= causes.keys() else None


def _best_possible(metric: Metric, start: Fraction, addressed: Fraction) -> Fraction | None:
    """Return where a metric would be if all that is addressed went; None where causes do not add up like that.

    They do in counts and shares and in totals of time, not in means: half of the tickets are not half of a mean.
    """
    unit = unit_of(metric).casefold()
    if metric.kind == EVENTS:
        return start / (1 - addressed) if metric.better == "lower" and addressed < 1 else None
    times = word_list("time_words") | _SHORT_TIMES
    total = unit in times and "total" in metric.name.casefold()
    counted = metric.kind == "rate" or unit in word_list("unit_words") - times
    if metric.better == "lower" and (unit == "%" or counted or total):
        return start * (1 - addressed)
    if metric.better == "higher" and unit == "%":
        return start + (_WHOLE - start) * addressed
    return None


def too_many_actions(situation: Situation) -> Iterator[Finding]:
    """P5: start fewer, finish more."""
    iteration = situation.iteration
    opened = [row for row in iteration.plan.actions if situation.progress(row).status not in ENDED]
    if len(opened) > MOST_ACTIONS:
        yield Finding(
            "P5",
            situation.place("plan", "actions"),
            f"{len(opened)} actions are open at once. Start fewer, finish more: which three would show an effect "
            "first?",
            " ".join(row.id for row in opened),
            Remedy("Open the actions", RemedyKind.OPEN, situation.place("plan", "actions")),
        )


def hypothesis_without_metric(situation: Situation) -> Iterator[Finding]:
    """P2: a hypothesis says which number moves, and why."""
    part, metrics = situation.iteration.plan, situation.iteration.baseline.metrics
    hypothesis = f"{part.hypothesis_if}\n{part.hypothesis_then}\n{part.hypothesis_because}"
    bound = any(metric.id == part.hypothesis_metric for metric in metrics)
    if not hypothesis.strip() or bound or is_foreign(hypothesis):
        return
    if not names_metric(part.hypothesis_then, hypothesis, tuple(metric.name for metric in metrics)):
        yield Finding(
            "P2",
            situation.place("plan", "hypothesis_then"),
            "Which number moves, and why? A hypothesis that names none of the metrics can be neither confirmed nor "
            "refuted.",
            hypothesis,
            Remedy("Choose the metric", RemedyKind.OPEN, situation.place("plan", "hypothesis_metric")),
        )


def outcome_as_action(situation: Situation) -> Iterator[Finding]:
    """P6: an action is done, an outcome follows from it."""
    names = tuple(metric.name for metric in situation.iteration.baseline.metrics)
    for row in situation.iteration.plan.actions:
        if reads_like_outcome(row.what, names):
            place = situation.place("plan", "actions", row.id, "what")
            yield Finding(
                "P6",
                place,
                f'"{shorten(row.what)}" reads like an outcome, which is what the target of step 3 is for. What is done '
                "on Monday, and by whom, so that it comes about?",
                row.what,
                Remedy("Open the action", RemedyKind.OPEN, place),
            )


RULES: tuple[Rule, ...] = (
    single_option,
    largest_cause_untouched,
    causes_too_small,
    action_without_cause,
    too_many_actions,
    last_action_too_late,
    hypothesis_without_metric,
    outcome_as_action,
)
"""The rules of step 4."""
