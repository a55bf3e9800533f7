"""The figures of the whole register: what was completed, how it ended, and whether the backlog grows."""

from datetime import date, timedelta

from cimodel_tui.model.check import Check, closes_as
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import STANDINGS, WITHDRAWN, Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import count
from cimodel_tui.model.status import CLOSED, is_stale, status
from cimodel_tui.record import dataclass
from cimodel_tui.workbook.workbook import Workbook

SPAN = timedelta(days=90)
"""How far the view back goes that tells whether the backlog grows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The register in figures; what is archived counts as well, since it happened."""

    improvements: int
    """How many are in sight."""
    completed: int
    """How many are closed."""
    achieved: int
    """How many closed as achieved by their latest verified check, whether the improvement is closed yet or not."""
    with_lessons: int
    """How many have a lesson noted, in any iteration."""
    checked: int
    """How many have an iteration whose check is verified."""
    on_time: int
    """How many of those met every target by its day, in the latest verified iteration."""
    stale: int
    """How many ideas lie past their day of review."""
    raised: int
    """How many were raised within SPAN."""
    ended: int
    """How many were closed or withdrawn within SPAN."""

    @property
    def backlog(self) -> str:
        """Whether the backlog grows, shrinks or stands still."""
        change = self.raised - self.ended
        word = "growing" if change > 0 else "shrinking" if change < 0 else "steady"
        return f"backlog {word} (+{self.raised} -{self.ended} in {SPAN.days} days)"

    @property
    def words(self) -> str:
        """All of it in one line."""
        parts = [
            count(self.improvements, "improvement"),
            f"{self.completed} completed",
            f"{self.achieved} of {self.checked} checks achieved" if self.checked else "",
            f"{self.on_time} on time" if self.checked else "",
            f"{self.with_lessons} with lessons",
            f"{self.stale} stale" if self.stale else "",
            self.backlog,
        ]
        return " · ".join(part for part in parts if part)


def figures_of(book: Workbook) -> Figures:
    """Return the figures of a workbook on its day."""
    today = book.clock.today()
    everything = [(each, book.iterations(each.id)) for each in book.improvements(archived=True)]
    closed = [passes for each, passes in everything if status(each, passes[-1], today, passes[:-1]) == CLOSED]
    ends = [ended_on(each, passes, today) for each, passes in everything]
    verified = [last for _, passes in everything if (last := _last_verified(passes))]
    in_sight = [(each, passes) for each, passes in everything if not each.archived_on]
    return Figures(
        improvements=len(in_sight),
        completed=len(closed),
        achieved=sum(closes_as(each.check) == "achieved" for each in verified),
        with_lessons=sum(any(one.check.lessons for one in passes) for _, passes in everything),
        checked=len(verified),
        on_time=sum(on_time(each.check) for each in verified),
        stale=sum(is_stale(each, passes[-1], today) for each, passes in in_sight),
        raised=sum(_lately(as_day(each.raised_on), today) for each, _ in everything),
        ended=sum(_lately(day, today) for day in ends),
    )


def _lately(day: date | None, today: date) -> bool:
    return day is not None and timedelta() <= today - day < SPAN


def _last_verified(passes: tuple[Iteration, ...]) -> Iteration | None:
    return next((each for each in reversed(passes) if each.check.verified), None)


def on_time(check: Check) -> bool:
    """Tell whether every target that was promised was met, none of them after its day."""
    promised = [record for record in check.measured.values() if record.get("role") in ("", "outcome")]
    kept = [record for record in promised if record.get("verdict")]
    late = (record.get("days_late") or record.get("weeks_late") for record in kept)
    return bool(kept) and all(record.get("target_met") is True for record in kept) and not any(late)


def ended_on(improvement: Improvement, passes: tuple[Iteration, ...], today: date) -> date | None:
    """Return the day on which an improvement was closed or withdrawn; none where it was not."""
    if improvement.standing in STANDINGS:
        return as_day(improvement.standing_on) if improvement.standing == WITHDRAWN else None
    latest = passes[-1]
    if status(improvement, latest, today, passes[:-1]) != CLOSED:
        return None
    looks = [row.recorded_on for each in passes for row in each.momentum.sustain_checks if row.recorded]
    days = (as_day(text) for text in (latest.check.verified_on, latest.momentum.decided_on, *looks))
    return max((day for day in days if day), default=None)
