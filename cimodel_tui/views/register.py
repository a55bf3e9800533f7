"""What the register shows of an improvement: status, next thing, promise; its figures, its order, and the grid."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from cimodel_tui import coach, workbook
from cimodel_tui.model.check import closes_as
from cimodel_tui.model.completeness import complete, current_step
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.status import BEFORE_PROGRESS, CLOSED, is_imported, is_stale, status
from cimodel_tui.model.step import STEPS, step_of
from cimodel_tui.model.stretch import baseline_stretch, result_stretch
from cimodel_tui.model.target import Promise
from cimodel_tui.record import dataclass
from cimodel_tui.views.portfolio import figures_of
from cimodel_tui.workbook.workbook import Workbook


def state_of(book: Workbook, improvement: Improvement) -> str:
    """Return the derived status alone, one of STATUSES."""
    *earlier, latest = book.iterations(improvement.id)
    return status(improvement, latest, book.clock.today(), earlier)


def next_of(book: Workbook, improvement: Improvement) -> str:
    """Return the next useful thing for an improvement, in one line."""
    *earlier, latest = book.iterations(improvement.id)
    since = (
        "" if improvement.standing or not latest.check.verified else workbook.sustain.relapsed_since(book, improvement)
    )
    if since:
        return f"open an iteration at step 2: the gain has slipped since {since}"

    return coach.next_thing.next_thing(improvement, latest, book.clock.today(), tuple(earlier))


def status_of(book: Workbook, improvement: Improvement, *, measured: bool = True) -> str:
    """Return the status in words, with how it closed and whether it is stale or, where that is measured, relapsed."""
    latest, today = book.latest(improvement.id), book.clock.today()
    words = [state_of(book, improvement)]
    if words[0] == CLOSED:
        words.append(closes_as(latest.check))
    elif is_imported(improvement, latest) and not improvement.standing:
        words[0] += " (imported)"
    if is_stale(improvement, latest, today):
        words.append("stale")
    if measured and workbook.sustain.relapsed_since(book, improvement):
        words.append("relapsed")
    return ", ".join(words)


def promise_line(iteration: Iteration, step: str) -> str:
    """Return the earlier promise: from step 2 on the vision, from step 4 on baseline and target."""
    if step_of(step).number == 1:
        return ""
    vision = " ".join(iteration.vision.vision.split()) or "no vision yet"
    targets = promised_words(iteration)
    number = step_of(step).number
    return f"⇢ {vision}\n◎ {targets}" if number > STEPS[2].number and targets else f"⇢ {vision}"


def promised_words(iteration: Iteration) -> str:
    """Return every target with its day: `P2 time to restore to 5.0 h by 2026-06-21`; empty where there is none."""
    return "; ".join(_promise(iteration, row) for row in iteration.target.targets if row.value or row.low)


def _promise(iteration: Iteration, promise: Promise) -> str:
    metric = next((row for row in iteration.baseline.metrics if row.id == promise.id), None)
    if metric is None:
        return ""
    goal = promise.value or f"{promise.low} to {promise.high}"
    verb = "hold at" if promise.promise == "hold" else "to"
    by = f" by {promise.by}" if promise.by else ""
    return f"{metric.name} {verb} {goal} {metric.unit}{by}".replace("  ", " ")


def phase_of(iteration: Iteration, day: str) -> str:
    """Return the stretch of the iteration in which a day lies."""
    when, result = as_day(day), result_stretch(iteration)
    if when is None:
        return ""
    if baseline_stretch(iteration).holds(when):
        return "baseline"
    if result and result.holds(when):
        return "result"
    if result and result.last and when > result.last:
        return "after"
    first = baseline_stretch(iteration).first
    return "before" if first and when < first else "during"


def entry_text(improvement: Improvement) -> str:
    """Return what the filter of the register looks at."""
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


def steps_done(improvement: Improvement, iteration: Iteration) -> int:
    """Return how many of the seven steps are complete."""
    return sum(complete(improvement, iteration, step.key) for step in STEPS)


def days_left(day: str, today: date) -> int | None:
    """Return how many days there are until a stored day, negative past it; none where it is no day."""
    when = as_day(day)
    return (when - today).days if when else None


_REF, _TITLE, _OWNER, _SCORE, _REVIEW = 0, 1, 2, 5, 6
"""Columns of a line of the register by which the entry itself says how to sort."""

_QUICK: Mapping[int, Callable[[Improvement], tuple[object, ...]]] = {
    _TITLE: lambda each: (each.title.casefold(),),
    _OWNER: lambda each: (not each.owner, each.owner.casefold()),
    _SCORE: lambda each: (each.score is None, -(each.score or 0)),
    _REVIEW: lambda each: (not each.review_on, each.review_on),
}
"""How to sort by these; the best score comes first, empty ones last."""


class Listing:
    """Finds and sorts improvements by their ids; what was read of an entry is kept until the workbook changes."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._texts: dict[str, str] = {}

    def forget(self) -> None:
        """Read the entries anew: something was changed."""
        self._texts.clear()

    def holding(self, ids: Sequence[str], words: Sequence[str]) -> Sequence[str]:
        """Return those whose entry holds all of these words, in small letters; all of them without words."""
        left = ids
        for word in words:
            left = [each for each in left if word in self._text(each)]
        return left

    def _text(self, improvement_id: str) -> str:
        text = self._texts.get(improvement_id)
        if text is None:
            text = self._texts[improvement_id] = entry_text(self._book.improvement(improvement_id))
        return text

    def in_order(self, ids: Sequence[str], column: int) -> Sequence[str]:
        """Return them sorted by a column of their lines; they come in the order of their refs."""
        if column == _REF:
            return ids
        quick = _QUICK.get(column)
        if quick:
            return sorted(ids, key=lambda each: quick(self._book.improvement(each)))
        return sorted(ids, key=lambda each: self.line(each)[column].casefold() or "~")

    def line(self, improvement_id: str) -> Sequence[str]:
        """Return what stands in the columns of one of them."""
        return line_of(self._book, self._book.improvement(improvement_id))


MOST = 5
"""The highest judgement of benefit and of effort; the lowest is one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The open improvements by benefit and effort."""

    cells: Mapping[tuple[int, int], tuple[Improvement, ...]]
    """What lies in a cell, the best score first, by benefit and effort."""
    unjudged: tuple[Improvement, ...]
    """Those of which benefit or effort is not judged yet."""

    def at(self, benefit: int, effort: int) -> tuple[Improvement, ...]:
        """Return what lies in one cell."""
        return self.cells.get((benefit, effort), ())

    def in_order(self) -> tuple[Improvement, ...]:
        """Return all of them: the highest benefit first, of the same benefit the lowest effort, then the unjudged."""
        placed = sorted(self.cells, key=lambda cell: (-cell[0], cell[1]))
        return (*(each for cell in placed for each in self.cells[cell]), *self.unjudged)


def grid_of(book: Workbook) -> Grid:
    """Return the grid of everything that is in sight and neither closed, withdrawn nor on hold."""
    found: dict[tuple[int, int], list[Improvement]] = {}
    unjudged = []
    for improvement in book.improvements():
        if improvement.standing or state_of(book, improvement) == CLOSED:
            continue
        benefit, effort = _judged(improvement.benefit), _judged(improvement.effort)
        if benefit and effort:
            found.setdefault((benefit, effort), []).append(improvement)
        else:
            unjudged.append(improvement)
    cells = {key: tuple(sorted(rows, key=_best_first)) for key, rows in found.items()}
    return Grid(cells, tuple(unjudged))


def _judged(text: str) -> int | None:
    """Return a judgement from one to five; none where none stands there."""
    return int(text) if text in {str(each) for each in range(1, MOST + 1)} else None


def _best_first(improvement: Improvement) -> tuple[int, str]:
    score = improvement.score
    return (-score if score is not None else MOST * MOST, improvement.ref)
