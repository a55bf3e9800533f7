"""Rules of step 2 about readings: enough of them, from before the change."""

from collections.abc import Iterator
from dataclasses import replace

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.promises import joined, name_of
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.model.day import as_day
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.stretch import first_start

FEWEST, FIRM = 6, 12
"""Baseline readings from which luck can be told from change, and from which limits are firm."""


def enough_readings(situation: Situation) -> Iterator[Finding]:
    """B1: from fewer than 6 readings nothing can be told, from fewer than 12 only provisionally."""
    counts = [
        (len(situation.baselines[each.id]), each)
        for each in situation.iteration.baseline.metrics
        if each.is_outcome and each.name.strip()
    ]
    few = [pair for pair in counts if pair[0] < FEWEST]
    lacking = few or [pair for pair in counts if pair[0] < FIRM]
    if not lacking:
        return
    place = situation.place("baseline", "metrics", lacking[0][1].id, "readings")
    many = joined(f"{name_of(each)} has {_readings(count)}" for count, each in lacking)
    if few:
        words = (
            f"too few to tell luck from change. {FEWEST} are the least, {FIRM} make it firm; a report often has older "
            "ones."
        )
    else:
        words = f"the limits are provisional until there are {FIRM}, and a verdict stays careful."
    yield Finding(
        "B1",
        place,
        f"{many}: {words}",
        " ".join(f"{each.id} {count}" for count, each in lacking),
        Remedy("Open the readings", RemedyKind.OPEN, place),
    )


def _readings(count: int) -> str:
    return f"{count} baseline {'reading' if count == 1 else 'readings'}"


def one_reading_each(situation: Situation) -> Iterator[Finding]:
    """S2: a small improvement is told once what one reading on each side can show."""
    metrics = [metric for metric in situation.iteration.baseline.metrics if metric.is_outcome]
    counts = [count for metric in metrics if (count := len(situation.baselines[metric.id]))]
    if situation.improvement.size == "S" and counts and min(counts) < FEWEST:
        yield Finding(
            "S2",
            situation.place("baseline", "metrics"),
            "For a small improvement this will do. One reading before and one after show a difference, not that it "
            "lasts.",
            "size S",
        )


def before_the_change(situation: Situation) -> Iterator[Finding]:
    """B3: a baseline that reaches into the first action measures the change, not the start."""
    part = situation.iteration.baseline
    last, start = as_day(part.last_on), first_start(_without_old_actions(situation))
    if last and start and last >= start:
        place = situation.place("baseline", "last_on")
        yield Finding(
            "B3",
            place,
            f"The baseline runs to {last}, and the first action began or begins on {start}. Readings from then on "
            "measure the change, not where you started: end the baseline before it.",
            f"{last} {start}",
            Remedy("Open the last day of the baseline", RemedyKind.OPEN, place),
        )


def _without_old_actions(situation: Situation) -> Iteration:
    """Actions that an earlier pass began are part of where this one starts."""
    old = {row.id for each in situation.earlier for row in each.plan.actions}
    iteration = situation.iteration
    plan = replace(iteration.plan, actions=tuple(row for row in iteration.plan.actions if row.id not in old))
    acting = replace(iteration.action, progress=tuple(row for row in iteration.action.progress if row.id not in old))
    return replace(iteration, plan=plan, action=acting)


RULES: tuple[Rule, ...] = (enough_readings, one_reading_each, before_the_change)
"""The rules of step 2 about readings."""
