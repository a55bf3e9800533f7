"""Rules of step 6: what else changed, a second pair of eyes, goalposts that stay, and a fair comparison."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cimodel_tui.coach.finding import Finding, Points, Rule, Situation
from cimodel_tui.coach.promises import EVENTS, and_list, decimals, format_number, name_of, unit_of
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.measurement.readings import weighted_mean
from cimodel_tui.model.agreement import counted_same_way
from cimodel_tui.model.answer import is_placeholder, row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.day import add_months, as_day
from cimodel_tui.model.iteration import Iteration, Stretch
from cimodel_tui.model.seal import Amendment
from cimodel_tui.record import dataclass

ENOUGH_TO_COMPARE = 3
"""Readings that each stretch needs, this year and last, before the two years are compared."""

_NIL = Fraction()
_DEFINING = ("definition", "unit", "better")
_PROMISED = ("promise", "value", "low", "high", "by", "rule", "rule_n")


def no_other_causes(situation: Situation) -> Iterator[Finding]:
    """C1: something else may have moved the numbers."""
    check = situation.iteration.check
    if not is_placeholder(check.other_causes) or (check == Check() and _first_later(situation) is None):
        return
    place = situation.place("check", "other_causes")
    yield Finding(
        "C1",
        place,
        "What else changed meanwhile: season, staff, volume, another project? Write what you found, or "
        '"none found" where you looked.',
        "empty",
        Remedy("Open other causes", RemedyKind.OPEN, place),
    )


def verified_by_involved(situation: Situation) -> Iterator[Finding]:
    """C2: whoever verifies should have nothing to gain."""
    verifier = _normalize(situation.iteration.check.verified_by)
    involved = _involved_people(situation)
    if not verifier or verifier not in involved:
        return
    others = {_normalize(name): name.strip() for name in sorted(situation.names)}
    others = {key: name for key, name in others.items() if key and key not in involved}
    if others:
        place = situation.place("check", "verified_by")
        name = situation.iteration.check.verified_by.strip()
        part = (
            "owns this improvement" if verifier == _normalize(situation.improvement.owner) else "collects its numbers"
        )
        yield Finding(
            "C2",
            place,
            f"{name} {part}. A result that somebody else has seen is easier to trust: could "
            f"{next(iter(others.values()))} verify it, or another colleague who has no part in it?",
            f"{verifier} {' '.join(sorted(involved))}",
            Remedy("Open the verifier", RemedyKind.OPEN, place),
        )


def _normalize(name: str) -> str:
    return " ".join(name.split()).casefold()


def _involved_people(situation: Situation) -> set[str]:
    """Return who owns the improvement or pulls its numbers."""
    iteration = situation.iteration
    pulled = [metric.collector for metric in iteration.baseline.metrics]
    pulled += [row.who for row in iteration.plan.measurement_plan]
    return {_normalize(name) for name in (situation.improvement.owner, *pulled)} - {""}


def goalposts_moved(situation: Situation) -> Iterator[Finding]:
    """C3: what is judged is not changed once the first later reading is in, but through a revisit."""
    first = _first_later(situation, _reopened_on(situation.iteration))
    amendments = [each for each in _amendments(situation) if first and (day := as_day(each.on)) and day > first]
    if amendments:
        step = "target" if amendments[0].path[0] in ("targets", "limits") else "baseline"
        yield Finding(
            "C3",
            situation.place(step, "amendments"),
            f"The goalposts moved: definition or target was changed on {amendments[0].on}, after the first result "
            f"reading of {first}. Both versions are shown. A better target is set by revisiting that step.",
            " ".join(each.id for each in amendments),
        )


def _amendments(situation: Situation) -> Iterator[Amendment]:
    """Yield what was changed about definitions and targets in this iteration; what it inherited was judged before."""
    earlier = situation.earlier
    inherited = {row.id for each in earlier for part in (each.baseline, each.target) for row in part.amendments}
    for row in (*situation.iteration.baseline.amendments, *situation.iteration.target.amendments):
        if row.id not in inherited and _moves_goalposts(row.path):
            yield row


def _moves_goalposts(path: tuple[str, ...]) -> bool:
    """Tell whether a change at this path of what was agreed changes how the result is judged."""
    if path[:1] == ("metrics",):
        return len(path) < len(("metrics", "id", "name")) or path[2] in _DEFINING
    if path[:1] in (("targets",), ("limits",)):
        return len(path) < len(("targets", "id", "name")) or path[2] in _PROMISED
    return False


def _reopened_on(iteration: Iteration) -> date | None:
    """Return the day on which a revisit or a next iteration began; what was read before is no result of this one."""
    return as_day(iteration.opened_on) if iteration.parent else None


def _first_later(situation: Situation, since: date | None = None) -> date | None:
    """Return the day of the first reading that belongs to the result."""
    outcomes = (metric.id for metric in situation.iteration.baseline.metrics if metric.is_outcome)
    days = (point.day for metric in outcomes for point in situation.results[metric])
    return min((day for day in days if since is None or day >= since), default=None)


def counted_differently(situation: Situation) -> Iterator[Finding]:
    """C5: before and after are counted the same way."""
    known = {row.id for each in situation.earlier for row in each.baseline.amendments}
    changed = [
        row
        for row in situation.iteration.baseline.amendments
        if row.id not in known and _changes_counting(situation.iteration, row)
    ]
    metrics = {metric.id: metric for metric in situation.iteration.baseline.metrics}
    affected = {row.path[1] for row in changed} & metrics.keys()
    if affected:
        first = next(each for each in metrics.values() if each.id in affected)
        names = and_list(name_of(each) for each in metrics.values() if each.id in affected)
        yield Finding(
            "C5",
            situation.place("check", "measured", first.id),
            f"{names}: before and after are not counted the same way, since {changed[0].on}. Reckon the baseline anew "
            "from the same export, so that the two can be compared.",
            " ".join(row.id for row in changed),
            Remedy("Open the readings", RemedyKind.OPEN, situation.place("baseline", "metrics", first.id, "readings")),
        )


_RECIPE = ("metrics", "id", "recipe")
"""The path to a recipe; a longer one names one key of it, which may have been empty before."""


def _changes_counting(iteration: Iteration, amendment: Amendment) -> bool:
    """Tell whether an amendment changed how a metric is counted, and its baseline was not recalculated since."""
    path = amendment.path
    if path[:1] != _RECIPE[:1] or set(path[2:3]).isdisjoint(("recipe", "zone", "kind", "per")):
        return False
    if path[2] != _RECIPE[2]:
        return amendment.before is not None
    metric = row_of(iteration.baseline.metrics, path[1])
    if iteration.baseline.seal is not None and isinstance(metric, Metric) and counted_same_way(iteration, metric):
        return False
    return amendment.before is not None or len(path) > len(_RECIPE)


@dataclass(frozen=True, slots=True)
class YearAgo:
    """What the same months did a year ago, and what they do now."""

    metric: Metric
    """The metric."""
    before: Fraction
    """Mean of the year-ago readings in the months of the baseline."""
    after: Fraction
    """Mean of the year-ago readings in the months of the result."""
    change: Fraction
    """The change of this year."""

    @property
    def explains(self) -> bool:
        """Whether last year's change went the same way and was at least half of this one."""
        last = self.after - self.before
        return last * self.change > 0 and 2 * abs(last) >= abs(self.change)


def a_year_ago(situation: Situation) -> Iterator[YearAgo]:
    """Yield what the same months did a year ago, of each outcome metric whose readings reach back so far."""
    for metric in situation.iteration.baseline.metrics:
        stretches = (situation.baselines[metric.id], situation.results[metric.id])
        if not metric.is_outcome or metric.kind == EVENTS or min(map(len, stretches)) < ENOUGH_TO_COMPARE:
            continue
        old = [situation.readings(metric, _earlier_by_a_year(points)) for points in stretches]
        now, then = ([weighted_mean(points) for points in pair] for pair in (stretches, old))
        if min(map(len, old)) >= ENOUGH_TO_COMPARE and None not in (*now, *then):
            (start, end), (before, after) = now, then
            yield YearAgo(metric, before or _NIL, after or _NIL, (end or _NIL) - (start or _NIL))


def _earlier_by_a_year(points: Points) -> Stretch | None:
    try:
        return Stretch(add_months(points[0].day, -12), add_months(points[-1].day, -12))
    except OverflowError:  # a day of the year 1
        return None


def seasonal_change(situation: Situation) -> Iterator[Finding]:
    """C4: what the same months do every year is no gain."""
    sentences = [_season_sentence(situation, each) for each in a_year_ago(situation) if each.explains]
    if sentences:
        place = situation.place("check", "other_causes")
        opening = Remedy("Open other causes", RemedyKind.OPEN, place)
        words = " ".join(sentences)
        yield Finding("C4", place, f"{words} What part of the change is the season?", words, opening)


def seasons(situation: Situation) -> tuple[str, ...]:
    """Return what the same months did last year where that is no finding, a sentence a metric."""
    return tuple(_season_sentence(situation, each) for each in a_year_ago(situation) if not each.explains)


def _season_sentence(situation: Situation, year: YearAgo) -> str:
    places = decimals(situation, year.metric) + 1
    before, after = format_number(year.before, places), format_number(year.after, places)
    unit = unit_of(year.metric)
    return f"{name_of(year.metric)}: last year these months went from {before} to {after} {unit}".rstrip() + "."


RULES: tuple[Rule, ...] = (no_other_causes, verified_by_involved, goalposts_moved, counted_differently, seasonal_change)
"""The rules of step 6."""
