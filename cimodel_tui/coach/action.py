"""Rules of step 5: what was done is shown, and measuring goes on meanwhile."""

from collections.abc import Iterator
from datetime import date

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import short
from cimodel_tui.model.baseline import DAYS_BETWEEN, Metric
from cimodel_tui.model.day import as_day

SILENT_PERIODS = 2
"""Periods after which a reading is missed."""


def evidence(situation: Situation) -> Iterator[Finding]:
    """A1: done is shown, not said."""
    for row in situation.iteration.plan.actions:
        progress = situation.iteration.progress(row.id)
        if progress.status == "done" and not progress.evidence.strip():
            place = situation.place("action", "progress", row.id, "evidence")
            yield Finding(
                "A1",
                place,
                f'"{short(row.what) or "This action"}" is done: show it. A link, a ticket or a date by which anyone '
                "can see it is enough.",
                f"{row.id} done",
                Remedy("Open the evidence", RemedyKind.OPEN, place),
            )


def keep_measuring(situation: Situation) -> Iterator[Finding]:
    """A2: the numbers are read while things move."""
    silent = tuple(_silent(situation)) if _is_moving(situation) else ()
    if silent:
        first = silent[0][0]
        named = ", ".join(f"{short(metric.name, 40) or 'the metric'} (since {last})" for metric, last in silent)
        yield Finding(
            "A2",
            situation.place("action", "progress"),
            f"No reading for more than {SILENT_PERIODS} periods: {named}. Measure while you move: it shows early "
            "whether this is the right lever.",
            " ".join(f"{metric.id} {last}" for metric, last in silent),
            Remedy("Open the readings", RemedyKind.OPEN, situation.place("baseline", "metrics", first.id, "readings")),
        )


def _silent(situation: Situation) -> Iterator[tuple[Metric, date]]:
    """Yield each outcome metric of which a reading is overdue, with the day of its last one."""
    for metric in situation.iteration.baseline.metrics:
        period, last = DAYS_BETWEEN.get(metric.frequency), _last_reading(situation, metric)
        if metric.is_outcome and period and last and (situation.today - last).days > SILENT_PERIODS * period:
            yield metric, last


def _is_moving(situation: Situation) -> bool:
    iteration = situation.iteration
    begun = any(row.started.strip() or row.status in ("doing", "done", "blocked") for row in iteration.action.progress)
    return begun and not iteration.check.verified and not situation.improvement.standing


def _last_reading(situation: Situation, metric: Metric) -> date | None:
    days = situation.improvement.readings.get(metric.id, {})
    return max((day for text in days if (day := as_day(text))), default=None)


RULES: tuple[Rule, ...] = (evidence, keep_measuring)
"""The rules of step 5."""
