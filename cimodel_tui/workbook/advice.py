"""The findings of the coach for a step, by field and as a whole, and the answers given to them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind, apply
from cimodel_tui.coach.rules import MOST_OPEN, acknowledgement_of, answered_findings, findings
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Acknowledgement, Iteration
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.record import dataclass
from cimodel_tui.workbook.workbook import RefusedError, Workbook, known_values


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice of the coach about one step."""

    open: tuple[Finding, ...]
    """Findings without an answer, the most important first and at most three, so that they are read."""
    answered: tuple[tuple[Finding, Acknowledgement], ...]
    """Findings with an answer, each with that."""
    folded: tuple[Finding, ...] = ()
    """The other findings without an answer."""

    @property
    def by_field(self) -> Mapping[str, tuple[str, ...]]:
        """The messages beside each field, one sentence each."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self.open:
            found[each.place.field] = (*found.get(each.place.field, ()), _first_sentence(each.message))
        return found

    @property
    def lines(self) -> tuple[str, ...]:
        """The messages about the step, one line each."""
        lines_shown = [f"{each.rule}  {each.message}" for each in self.open]
        if self.folded:
            lines_shown.append(f"{len(self.folded)} more with F6")
        return (
            *lines_shown,
            *(f"{each.rule}  answered: {answer.reason} ({answer.by}, {answer.on})" for each, answer in self.answered),
        )


def _first_sentence(message: str) -> str:
    return re.split(r"(?<=[.?!])\s", message, maxsplit=1)[0]


def situation(book: Workbook, improvement: Improvement, iteration: Iteration) -> Situation:
    """Return all that the rules may look at."""
    iterations = book.iterations(improvement.id)
    return Situation(
        improvement=improvement,
        iteration=iteration,
        earlier=tuple(each for each in iterations if each.number < iteration.number),
        is_latest=not any(each.number > iteration.number for each in iterations),
        look_up=lambda: known_values(book, "person"),
        today=book.clock.today(),
    )


def all_findings(book: Workbook, improvement: Improvement, iteration: Iteration) -> tuple[Finding, ...]:
    """Return everything that the coach finds in an iteration and its register entry."""
    return findings(situation(book, improvement, iteration))


def advice(book: Workbook, place: Place) -> Advice:
    """Return the advice about the step of a place, or about the register entry."""
    improvement, iteration = book.of(place)
    found = [each for each in all_findings(book, improvement, iteration) if each.place.step == (place.step or REGISTER)]
    answers = [(each, answer_to(book, iteration, each)) for each in found]
    unanswered = tuple(each for each, answer in answers if answer is None)
    answered = tuple((each, answer) for each, answer in answers if answer is not None)
    return Advice(unanswered[:MOST_OPEN], answered, unanswered[MOST_OPEN:])


def answer_to(book: Workbook, iteration: Iteration, finding: Finding) -> Acknowledgement | None:
    """Return the answer to a finding, also one of an earlier iteration; None where there is none."""
    iterations = book.iterations(iteration.improvement)
    return acknowledgement_of(finding, iteration, tuple(each for each in iterations if each.number < iteration.number))


def acknowledged_findings(
    book: Workbook, improvement: Improvement, iteration: Iteration
) -> tuple[tuple[Finding, Acknowledgement], ...]:
    """Return what was answered in an iteration, also where it is closed and not coached any more."""
    return answered_findings(situation(book, improvement, iteration))


def acknowledge(book: Workbook, iteration: Iteration, finding: Finding, reason: str) -> None:
    """Answer a finding with a reason; the answer is valid while the inputs of the rule stay the same."""
    if not reason.strip():
        raise RefusedError("an answer to the coach needs a reason")
    place = finding.place
    answer = Acknowledgement(
        id=book.new_id(),
        rule=finding.rule,
        step=place.step,
        field=place.field,
        row=place.row,
        fingerprint=finding.fingerprint,
        reason=reason.strip(),
        by=book.me,
        on=book.clock.today().isoformat(),
    )
    same = (finding.rule, place.step, place.field, place.row)
    others = tuple(row for row in iteration.acknowledged if (row.rule, row.step, row.field, row.row) != same)
    book.history.pause()
    changed = replace(iteration, acknowledged=(*others, answer))
    book.commit(replace(place, iteration=iteration.id), [changed], words=f"answered {finding.rule}")


def remedy(book: Workbook, iteration: Iteration, finding: Finding, why: str = "") -> Place:
    """Do what a finding offers; returns the place to look at then. Raises ReasonNeededError where that was agreed."""
    offered = finding.remedy
    if offered is None:
        return finding.place
    if offered.kind is not RemedyKind.OPEN:
        improvement = book.improvement(iteration.improvement)
        changed = apply(offered, improvement, iteration, book.new_id)
        book.history.pause()
        book.commit(replace(finding.place, iteration=iteration.id), list(changed), why=why, words=offered.label)
        book.history.pause()
    return offered.place
