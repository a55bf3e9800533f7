"""`cimodel-tui coach`: what the coach finds in the latest iteration, and what was answered to it."""

from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.cli.files import files_and_ref
from cimodel_tui.cli.progress import each_of
from cimodel_tui.cli.shell import Shell, Values, improvement_of
from cimodel_tui.reports.escaping import one_line
from cimodel_tui.workbook.advice import all_findings, answer_to

if TYPE_CHECKING:
    from cimodel_tui.coach.finding import Finding
    from cimodel_tui.model.improvement import Improvement
    from cimodel_tui.model.iteration import Acknowledgement, Iteration
    from cimodel_tui.workbook import Workbook


_Found = tuple["Improvement", "Iteration", "Finding", "Acknowledgement | None"]


def run_coach(shell: Shell, values: Values) -> int:
    """Print the findings of one improvement, or of all of them."""
    files, ref = files_and_ref(values, "coach")
    several = len(files) > 1
    found: list[tuple[Path, _Found]] = []
    for path in each_of(files, "workbooks"):
        book = shell.open_to_read(path)
        entries = (improvement_of(book, ref),) if ref else book.improvements()
        found += [(path, each) for entry in entries for each in _found(book, entry)]
    if values.json:
        shell.say_json([_plain(*each) | ({"workbook": str(path)} if several else {}) for path, each in found])
        return 0
    for path, each in found:
        shell.say(_words(*each) + (f"  ({path})" if several else ""))
    if not found:
        shell.say("the coach finds nothing")
    return 0


def _found(book: "Workbook", entry: "Improvement") -> list[_Found]:
    latest = book.latest(entry.id)
    return [(entry, latest, each, answer_to(book, latest, each)) for each in all_findings(book, entry, latest)]


def _plain(
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


def _words(entry: "Improvement", iteration: "Iteration", finding: "Finding", answer: "Acknowledgement | None") -> str:
    said = f"  (answered by {answer.by or 'somebody'} on {answer.on}: {answer.reason})" if answer else ""
    where = f"iteration {iteration.number}, {finding.place.words}"
    return one_line(f"{entry.ref}  {finding.rule}  {where}: {finding.message}{said}")
