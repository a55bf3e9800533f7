"""The commands that report findings and change nothing: `due`, `coach` and `judge`.

`due` lists what is overdue and due soon, for cron, a prompt or a message of the day. `coach` lists what the coach finds
in the latest iteration and how that was answered. `judge` reads measurements as JSON and needs no workbook.
"""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui import storage, views, workbook
from cimodel_tui.cli.arguments import files_and_ref, given_files
from cimodel_tui.cli.output import during, each_of
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain, improvement_of
from cimodel_tui.escaping import one_line
from cimodel_tui.measurement.json_io import JudgeInputError, judge_bytes
from cimodel_tui.model.number import count
from cimodel_tui.model.saving import StoreError

if TYPE_CHECKING:
    from cimodel_tui.coach.finding import Finding
    from cimodel_tui.model.improvement import Improvement
    from cimodel_tui.model.iteration import Acknowledgement, Iteration
    from cimodel_tui.views.due import Due
    from cimodel_tui.workbook import Workbook


def run_due(shell: Shell, values: Values) -> int:
    """Print what is due; exit 1 where anything is overdue."""
    given = each_of(given_files(values, "due"), "workbooks") if values.files else ()
    books = [shell.open_to_read(each) for each in given] if values.files else list(_readable_workbooks(shell))
    matching = [
        (book, each) for book in books for each in views.due.due_in(book) if _belongs_to(book, each, values.owner)
    ]
    matching.sort(key=lambda pair: pair[1].days)
    several = len(books) > 1
    overdue = sum(each.days < 0 for _, each in matching)
    if values.short:
        shell.print(f"{overdue} late" if overdue else "")
    elif values.json:
        shell.print_json([_due_document(book, each, several=several) for book, each in matching])
    else:
        for book, each in matching:
            shell.print(_due_line(each) + (f"  ({book.store.path})" if several else ""))
    return 1 if overdue else 0


def _readable_workbooks(shell: Shell) -> "Iterator[Workbook]":
    """Yield the saved workbooks that can be opened; report the others on standard error."""
    for each in each_of(storage.saved_workbooks(shell.places), "workbooks"):
        try:
            yield shell.open_to_read(each.path)
        except StoreError as problem:
            complain(problem)


def _belongs_to(book: "Workbook", due: "Due", owner: str) -> bool:
    """Tell whether something due belongs to this owner's improvement; true for all without an owner."""
    owner_key = owner.strip().casefold()
    owners = {each.ref: each.owner.strip().casefold() for each in book.improvements()} if owner_key else {}
    return not owner_key or owners.get(due.improvement) == owner_key


def _due_document(book: "Workbook", due: "Due", *, several: bool) -> dict[str, object]:
    where = {"workbook": str(Path(book.store.path))} if several else {}
    return {**asdict(due), "what": due.what or None, **where}


def _due_line(due: "Due") -> str:
    late = -due.days
    when = "today" if not late else f"{count(late, 'day')} late" if late > 0 else f"in {-late} days"
    return (
        f"{'!' if late > 0 else ' '} {due.due}  {when:>12}  {due.improvement}  {due.kind}: {' '.join(due.what.split())}"
    )


_AnsweredFinding = tuple["Improvement", "Iteration", "Finding", "Acknowledgement | None"]


def run_coach(shell: Shell, values: Values) -> int:
    """Print the findings of one improvement, or of all of them."""
    files, ref = files_and_ref(values, "coach")
    several = len(files) > 1
    found: list[tuple[Path, _AnsweredFinding]] = []
    for path in each_of(files, "workbooks"):
        book = shell.open_to_read(path)
        entries = (improvement_of(book, ref),) if ref else book.improvements()
        found += [(path, each) for entry in entries for each in _findings_of(book, entry)]
    if values.json:
        shell.print_json(
            [_finding_document(*each) | ({"workbook": str(path)} if several else {}) for path, each in found]
        )
        return 0
    for path, each in found:
        shell.print(_finding_line(*each) + (f"  ({path})" if several else ""))
    if not found:
        shell.print("the coach finds nothing")
    return 0


def _findings_of(book: "Workbook", entry: "Improvement") -> list[_AnsweredFinding]:
    latest = book.latest(entry.id)
    return [
        (entry, latest, each, workbook.advice.answer_to(book, latest, each))
        for each in workbook.advice.all_findings(book, entry, latest)
    ]


def _finding_document(
    entry: "Improvement", iteration: "Iteration", finding: "Finding", answer: "Acknowledgement | None"
) -> dict[str, object]:
    return {
        "id": finding.rule,
        "improvement": entry.ref,
        "iteration": iteration.number,
        "step": finding.place.step or None,
        "field": finding.place.field or None,
        "row": finding.place.row or None,
        "message": finding.message,
        "acknowledged": answer and {"reason": answer.reason, "by": answer.by or None, "on": answer.on or None},
    }


def _finding_line(
    entry: "Improvement", iteration: "Iteration", finding: "Finding", answer: "Acknowledgement | None"
) -> str:
    answered = f"  (answered by {answer.by or 'somebody'} on {answer.on}: {answer.reason})" if answer else ""
    where = f"iteration {iteration.number}, {finding.place.words}"
    return one_line(f"{entry.ref}  {finding.rule}  {where}: {finding.message}{answered}")


def run_judge(shell: Shell, _values: Values) -> int:
    """Judge the readings on standard input and print one JSON object; raises WrongUseError that names the row."""
    data = sys.stdin.buffer.read()
    try:
        with during("judging"):
            answer = judge_bytes(data)
    except JudgeInputError as problem:
        raise WrongUseError(f"judge: {problem}") from None
    shell.print(answer)
    return 0
