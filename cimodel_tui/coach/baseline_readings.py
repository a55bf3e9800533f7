"""Rules of step 2 about readings: enough of them, from before the change, of a usual time, steady and complete."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.promises import EVENTS, and_list, decimals, format_number, name_of, unit_of
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.measurement import Judgement, Point, Signal
from cimodel_tui.measurement.baseline_checks import RECENT, started_at_bad_time
from cimodel_tui.measurement.events import FEWEST_GAPS
from cimodel_tui.measurement.signals import FEWEST, FIRM
from cimodel_tui.measurement.xmr import limits_of
from cimodel_tui.model.baseline import Metric, period_end
from cimodel_tui.model.day import as_day
from cimodel_tui.model.iteration import Iteration, first_start
from cimodel_tui.record import dataclass

MAX_DAYS_LISTED = 3
"""Days that a message names before it counts the rest."""

SATURDAY = 5
"""The number of the first day of the weekend, as `date.weekday` counts."""

_OTHER_SIDE = {"higher": "lower", "lower": "higher"}


def too_few_readings(situation: Situation) -> Iterator[Finding]:
    """B1: from fewer than 6 readings nothing can be told, from fewer than 12 only provisionally."""
    counts = [
        (situation.baseline_counts[each.id], each)
        for each in situation.iteration.baseline.metrics
        if each.is_outcome and each.name.strip() and each.kind != EVENTS
    ]
    few = [pair for pair in counts if pair[0] < FEWEST]
    lacking = few or [pair for pair in counts if pair[0] < FIRM]
    if not lacking:
        return
    place = situation.place("baseline", "metrics", lacking[0][1].id, "readings")
    many = and_list(f"{name_of(each)} has {_count_words(count)}" for count, each in lacking)
    if few:
        words = (
            f"too few to tell luck from change. {FEWEST} are the least, {FIRM} make it firm; an earlier report often "
            "has more."
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


def _count_words(count: int) -> str:
    return f"{count or 'no'} baseline {'reading' if count <= 1 else 'readings'}"


def single_readings(situation: Situation) -> Iterator[Finding]:
    """S2: a small improvement is told once what one reading on each side can show."""
    metrics = [metric for metric in situation.iteration.baseline.metrics if metric.is_outcome]
    counts = [count for metric in metrics if (count := situation.baseline_counts[metric.id])]
    if situation.improvement.size == "S" and counts and min(counts) < FEWEST:
        yield Finding(
            "S2",
            situation.place("baseline", "metrics"),
            "For a small improvement this will do. One reading before and one after show a difference, not that it "
            "lasts.",
            "size S",
        )


def baseline_after_start(situation: Situation) -> Iterator[Finding]:
    """B3: a baseline that reaches into the first action measures the change, not the start."""
    last, start = _last_day(situation), first_start(_without_old_actions(situation))
    if last and start and last >= start:
        place = situation.place("baseline", "last_on")
        yield Finding(
            "B3",
            place,
            f"The baseline covers the days to {last}, and the first action began or begins on {start}. Readings of "
            "that time measure the change, not where you started: end the baseline before it.",
            f"{last} {start}",
            Remedy("Open the last day of the baseline", RemedyKind.OPEN, place),
        )


def _last_day(situation: Situation) -> date | None:
    """Return the last day that the baseline covers: its own, or that of the period of its last reading."""
    points = ((each, situation.baselines[each.id]) for each in situation.iteration.baseline.metrics if each.is_outcome)
    ends = [period_end(found[-1].day, each.frequency) for each, found in points if found and each.kind != EVENTS]
    stated = as_day(situation.iteration.baseline.last_on)
    return max((*ends, *([stated] if stated else ())), default=None)


def _without_old_actions(situation: Situation) -> Iteration:
    """Actions that an earlier iteration began are part of where this one starts."""
    old = {row.id for each in situation.earlier for row in each.plan.actions}
    iteration = situation.iteration
    plan = replace(iteration.plan, actions=tuple(row for row in iteration.plan.actions if row.id not in old))
    acting = replace(iteration.action, progress=tuple(row for row in iteration.action.progress if row.id not in old))
    return replace(iteration, plan=plan, action=acting)


def too_few_events(situation: Situation) -> Iterator[Finding]:
    """B1 of rare events: from fewer than five gaps between them nothing can be told."""
    for metric in situation.iteration.baseline.metrics:
        judgement = situation.judgements.get(metric.id)
        if metric.kind != EVENTS or not metric.is_outcome or judgement is None or judgement.limits.n >= FEWEST_GAPS:
            continue
        place = situation.place("baseline", "metrics", metric.id, "readings")
        gaps = f"{judgement.limits.n or 'no'} {'gap' if judgement.limits.n <= 1 else 'gaps'}"
        yield Finding(
            "B1",
            place,
            f"{name_of(metric)} has {gaps} between events in the baseline: too few to tell luck from change. "
            f"{FEWEST_GAPS} are the least; an older list of events often helps.",
            f"{metric.id} {judgement.limits.n}",
            Remedy("Open the readings", RemedyKind.OPEN, place),
        )


def _outcomes(situation: Situation) -> Iterator[tuple[Metric, Judgement]]:
    """Yield each outcome metric with what its baseline shows, events aside."""
    for metric in situation.iteration.baseline.metrics:
        judgement = situation.judgements.get(metric.id)
        if metric.is_outcome and metric.kind != EVENTS and judgement is not None:
            yield metric, judgement


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark about the readings of one metric."""

    metric: Metric
    """The metric."""
    words: str
    """What is found, as it follows the metric's name."""
    looked_at: str
    """The evidence."""


def _reading_finding(
    situation: Situation, rule: str, remarks: Iterable[Remark], advice: str, label: str = "Open the readings"
) -> Iterator[Finding]:
    """Yield one finding about the readings of one or several metrics, with the advice at its end."""
    found = list(remarks)
    if found:
        place = situation.place("baseline", "metrics", found[0].metric.id, "readings")
        message = " ".join(f"{name_of(each.metric)}: {each.words}." for each in found)
        looked_at = "\n".join(f"{each.metric.id} {each.looked_at}" for each in found)
        yield Finding(rule, place, f"{message} {advice}", looked_at, Remedy(label, RemedyKind.OPEN, place))


def unsteady_baseline(situation: Situation) -> Iterator[Finding]:
    """B6: a baseline in which something stands out is no picture of the usual."""
    remarks = []
    for metric, judgement in _outcomes(situation):
        mark = _first_outlier(judgement)
        if judgement.caveats.steady is False and not judgement.caveats.too_rare and mark is not None:
            readings = [judgement.question.baseline[at] for at in mark.readings if at < judgement.limits.n]
            words = f"the baseline is not steady, {_outlier_words(situation, metric, readings)}"
            remarks.append(Remark(metric, words, f"{mark.rule} {readings[0].day}"))
    advice = (
        "What happened then? Keep it in, unless it cannot happen again; then the reading is set aside with a reason."
    )
    yield from _reading_finding(situation, "B6", remarks, advice)


def _first_outlier(judgement: Judgement) -> Signal | None:
    """Return the first outlier; None if the baseline moves, which is reported by B7."""
    if judgement.caveats.already_moving:
        return None
    marks = [each for each in judgement.caveats.marks if each.readings.start >= judgement.limits.n - RECENT]
    return next((each for each in marks if each.rule == "outside"), next(iter(marks), None))


def _outlier_words(situation: Situation, metric: Metric, readings: list[Point]) -> str:
    if len(readings) == 1:
        value = format_number(readings[0].value, decimals(situation, metric) + 1)
        return f"{value} {unit_of(metric)}".rstrip() + f" on {readings[0].day} stands out"
    return f"its readings from {readings[0].day} to {readings[-1].day} lie apart"


def moving_baseline(situation: Situation) -> Iterator[Finding]:
    """B7: what was getting better before goes on by itself."""
    remarks = []
    for metric, judgement in _outcomes(situation):
        if judgement.caveats.already_moving and not judgement.caveats.too_rare:
            values = [point.value for point in judgement.question.baseline]
            step = f"{format_number(abs(_slope(values)), decimals(situation, metric) + 1)} {unit_of(metric)}".rstrip()
            words = f"it was already getting better by about {step} a reading"
            remarks.append(Remark(metric, words, f"{judgement.limits.n} {step}"))
    yield from _reading_finding(situation, "B7", remarks, "What do the actions add to that?")


def _slope(values: list[Fraction]) -> Fraction:
    """Return how much a reading differs from the one before, by least squares."""
    middle, mean = Fraction(len(values) - 1, 2), sum(values, Fraction()) / len(values)
    spread = sum((at - middle) ** 2 for at in range(len(values)))
    return sum(((at - middle) * (value - mean) for at, value in enumerate(values)), Fraction()) / spread


def selected_baseline(situation: Situation) -> Iterator[Finding]:
    """B8: a baseline picked at the worst or the best time is followed by another one by itself.

    That of a later iteration is what the one before has achieved, and differs from what was before on purpose.
    """
    remarks = []
    for metric, judgement in _outcomes(situation) if situation.iteration.number == 1 else ():
        question, best = judgement.question, _OTHER_SIDE.get(metric.side, "none")
        worst = judgement.caveats.bad_time
        if worst or started_at_bad_time(question.earlier, question.baseline, judgement.limits, best):
            which = "worst" if worst else "best"
            words = (
                f"the baseline is the {which} of what is known, {len(question.earlier)} earlier readings were left out"
            )
            remarks.append(
                Remark(metric, words, f"{len(question.earlier)} {judgement.limits.n} {judgement.limits.mean}")
            )
    advice = "What follows will look different for that reason alone. Include them, or say why not."
    yield from _reading_finding(situation, "B8", remarks, advice)


def rare_events(situation: Situation) -> Iterator[Finding]:
    """B9: where most readings are alike, days between events say more."""
    remarks = []
    for metric, judgement in _outcomes(situation):
        if judgement.caveats.too_rare:
            values = [point.value for point in judgement.question.baseline]
            usual = max(set(values), key=lambda value: (values.count(value), -value))
            figure = f"{format_number(usual, decimals(situation, metric))} {unit_of(metric)}".rstrip()
            words = f"{values.count(usual)} of {len(values)} readings are {figure}, too rare to count by the period"
            remarks.append(Remark(metric, words, f"{values.count(usual)} of {len(values)}"))
    yield from _reading_finding(situation, "B9", remarks, "Count the days between events instead.", "Open the metric")


def missing_readings(situation: Situation) -> Iterator[Finding]:
    """B10: periods without a reading are named."""
    remarks = []
    for metric, judgement in _outcomes(situation):
        days = [day.isoformat() for day in judgement.gaps.baseline] if judgement.gaps else []
        if days:
            more = f" and {len(days) - MAX_DAYS_LISTED} more" if len(days) > MAX_DAYS_LISTED else ""
            listed_days = ", ".join(days[:MAX_DAYS_LISTED]) + more if more else and_list(days)
            words = (
                f"the reading of {listed_days} is missing"
                if len(days) == 1
                else f"the readings of {listed_days} are missing"
            )
            remarks.append(Remark(metric, words, " ".join(days)))
    yield from _reading_finding(situation, "B10", remarks, "Add what a report still has, or note why there is none.")


def weekend_pattern(situation: Situation) -> Iterator[Finding]:
    """B11: where weekends differ, daily readings are better read by the week."""
    remarks = []
    for metric, judgement in _outcomes(situation):
        means = _weekend_difference(judgement.question.baseline) if metric.frequency == "daily" else None
        if means:
            weekdays, weekends = (format_number(mean, decimals(situation, metric) + 1) for mean in means)
            words = f"weekdays ({weekdays}) and weekends ({weekends}) differ"
            remarks.append(Remark(metric, words, f"{weekdays} {weekends}"))
    advice = "Every weekend would look like a change: read it by the week, or on weekdays only."
    yield from _reading_finding(situation, "B11", remarks, advice, "Open the metric")


def _weekend_difference(points: Sequence[Point]) -> tuple[Fraction, Fraction] | None:
    """Return the means of weekdays and weekends where they differ by more than the weekdays stray."""
    days = [point for point in points if point.day.weekday() < SATURDAY]
    ends = [point for point in points if point.day.weekday() >= SATURDAY]
    if min(len(days), len(ends)) < FEWEST:
        return None
    weekdays, weekends = limits_of(days), limits_of(ends).mean
    if weekdays.mean is None or weekends is None or weekdays.mean == weekends:
        return None
    share = Fraction(1, len(days)) + Fraction(1, len(ends))
    differ = weekdays.is_beyond(abs(weekdays.mean - weekends), share)
    return (weekdays.mean, weekends) if differ else None


RULES: tuple[Rule, ...] = (
    too_few_readings,
    too_few_events,
    single_readings,
    baseline_after_start,
    unsteady_baseline,
    moving_baseline,
    selected_baseline,
    rare_events,
    missing_readings,
    weekend_pattern,
)
"""The rules of step 2 about readings."""
