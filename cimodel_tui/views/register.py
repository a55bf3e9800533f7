"""The register as it is shown: its lines, their order, the grid of benefit and effort, and its figures."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from cimodel_tui.model.check import Check, closes_as
from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import WITHDRAWN, Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import count
from cimodel_tui.model.status import BEFORE_PROGRESS, CLOSED, is_stale, status
from cimodel_tui.model.step import step_of
from cimodel_tui.record import dataclass
from cimodel_tui.views.status import next_of, state_of, status_of
from cimodel_tui.workbook.workbook import Workbook


def entry_text(improvement: Improvement) -> str:
    """Return the text that the filter of the register searches."""
    entry = improvement
    return f"{entry.ref} {entry.title} {entry.owner} {entry.service} {entry.tags} {entry.summary}".casefold()


def line_of(book: Workbook, improvement: Improvement) -> tuple[str, ...]:
    """Return an improvement as the register shows it: ref, title, owner, status, step, score, review, next."""
    latest, today = book.latest(improvement.id), book.clock.today()
    step = step_of(current_step(improvement, latest))
    score = improvement.score
    due = as_day(improvement.review_on)
    waits = state_of(book, improvement) in BEFORE_PROGRESS
    review = f"! {improvement.review_on}" if due and due < today and waits else improvement.review_on
    return (
        improvement.ref,
        improvement.title + (" (archived)" if improvement.archived_on else ""),
        improvement.owner,
        status_of(book, improvement),
        f"{step.number}" + (f" ({latest.number})" if latest.number > 1 else ""),
        "" if score is None else str(score),
        review,
        next_of(book, improvement),
    )


def portfolio(book: Workbook) -> str:
    """Return the figures of the whole register in one line."""
    return figures_of(book).words


_REF, _TITLE, _OWNER, _SCORE, _REVIEW = 0, 1, 2, 5, 6
"""Columns of a line of the register that are sorted by the entry itself."""

_SORT_KEYS: Mapping[int, Callable[[Improvement], tuple[object, ...]]] = {
    _TITLE: lambda each: (each.title.casefold(),),
    _OWNER: lambda each: (not each.owner, each.owner.casefold()),
    _SCORE: lambda each: (each.score is None, -(each.score or 0)),
    _REVIEW: lambda each: (not each.review_on, each.review_on),
}
"""How to sort by these; the best score comes first, empty ones last."""


class Listing:
    """Finds and sorts improvements by their ids; texts of entries are cached until the workbook changes."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._texts: dict[str, str] = {}

    def clear(self) -> None:
        """Clear the cache after a change."""
        self._texts.clear()

    def matching(self, ids: Sequence[str], words: Sequence[str]) -> Sequence[str]:
        """Return the ids whose entry contains all of these lower-case words; all ids without words."""
        found = ids
        for word in words:
            found = [each for each in found if word in self._text(each)]
        return found

    def _text(self, improvement_id: str) -> str:
        text = self._texts.get(improvement_id)
        if text is None:
            text = self._texts[improvement_id] = entry_text(self._book.improvement(improvement_id))
        return text

    def sort(self, ids: Sequence[str], column: int) -> Sequence[str]:
        """Return the ids sorted by a column of their lines; they are given in the order of their refs."""
        if column == _REF:
            return ids
        quick = _SORT_KEYS.get(column)
        if quick:
            return sorted(ids, key=lambda each: quick(self._book.improvement(each)))
        return sorted(ids, key=lambda each: self.line(each)[column].casefold() or "~")

    def line(self, improvement_id: str) -> Sequence[str]:
        """Return the columns of one improvement."""
        return line_of(self._book, self._book.improvement(improvement_id))


MAX_RATING = 5
"""The highest rating of benefit and of effort; the lowest is one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The open improvements by benefit and effort."""

    cells: Mapping[tuple[int, int], tuple[Improvement, ...]]
    """What lies in a cell, the best score first, by benefit and effort."""
    unrated: tuple[Improvement, ...]
    """Those whose benefit or effort is not rated yet."""

    def at(self, benefit: int, effort: int) -> tuple[Improvement, ...]:
        """Return what lies in one cell."""
        return self.cells.get((benefit, effort), ())

    def ordered(self) -> tuple[Improvement, ...]:
        """Return all of them: the highest benefit first, then the lowest effort, those without a rating last."""
        placed = sorted(self.cells, key=lambda cell: (-cell[0], cell[1]))
        return (*(each for cell in placed for each in self.cells[cell]), *self.unrated)


def grid_of(book: Workbook) -> Grid:
    """Return the grid of everything that is neither archived, closed, withdrawn nor on hold."""
    found: dict[tuple[int, int], list[Improvement]] = {}
    unrated = []
    for improvement in book.improvements():
        if improvement.is_set_aside or state_of(book, improvement) == CLOSED:
            continue
        benefit, effort = _rating(improvement.benefit), _rating(improvement.effort)
        if benefit and effort:
            found.setdefault((benefit, effort), []).append(improvement)
        else:
            unrated.append(improvement)
    cells = {key: tuple(sorted(rows, key=_by_score)) for key, rows in found.items()}
    return Grid(cells, tuple(unrated))


def _rating(text: str) -> int | None:
    """Return a rating from one to five, None without one."""
    return int(text) if text in {str(each) for each in range(1, MAX_RATING + 1)} else None


def _by_score(improvement: Improvement) -> tuple[int, str]:
    score = improvement.score
    return (-score if score is not None else MAX_RATING * MAX_RATING, improvement.ref)


SPAN = timedelta(days=90)
"""The period over which the growth of the backlog is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The register in figures; what is archived counts as well, since it happened."""

    improvements: int
    """How many are not archived."""
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
        """Whether the backlog grows, shrinks or is steady."""
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
    histories = [(each, book.iterations(each.id)) for each in book.improvements(archived=True)]
    closed = [
        iterations for each, iterations in histories if status(each, iterations[-1], today, iterations[:-1]) == CLOSED
    ]
    ends = [ended_on(each, iterations, today) for each, iterations in histories]
    verified = [last for _, iterations in histories if (last := _last_verified(iterations))]
    in_sight = [(each, iterations) for each, iterations in histories if not each.archived_on]
    return Figures(
        improvements=len(in_sight),
        completed=len(closed),
        achieved=sum(closes_as(each.check) == "achieved" for each in verified),
        with_lessons=sum(any(one.check.lessons for one in iterations) for _, iterations in histories),
        checked=len(verified),
        on_time=sum(on_time(each.check) for each in verified),
        stale=sum(is_stale(each, iterations[-1], today) for each, iterations in in_sight),
        raised=sum(_within_span(as_day(each.raised_on), today) for each, _ in histories),
        ended=sum(_within_span(day, today) for day in ends),
    )


def _within_span(day: date | None, today: date) -> bool:
    return day is not None and timedelta() <= today - day < SPAN


def _last_verified(iterations: tuple[Iteration, ...]) -> Iteration | None:
    return next((each for each in reversed(iterations) if each.check.verified), None)


def on_time(check: Check) -> bool:
    """Tell whether every target that was promised was met, none of them after its day."""
    outcomes = [record for record in check.measured.values() if record.get("role") in ("", "outcome")]
    judged = [record for record in outcomes if record.get("verdict")]
    late = (record.get("days_late") or record.get("weeks_late") for record in judged)
    return bool(judged) and all(record.get("target_met") is True for record in judged) and not any(late)


def ended_on(improvement: Improvement, iterations: tuple[Iteration, ...], today: date) -> date | None:
    """Return the day on which an improvement was closed or withdrawn; None if it was not."""
    if improvement.is_set_aside:
        return as_day(improvement.standing_on) if improvement.standing == WITHDRAWN else None
    latest = iterations[-1]
    if status(improvement, latest, today, iterations[:-1]) != CLOSED:
        return None
    looks = [row.recorded_on for each in iterations for row in each.momentum.sustain_checks if row.recorded]
    days = (as_day(text) for text in (latest.check.verified_on, latest.momentum.decided_on, *looks))
    return max((day for day in days if day), default=None)
