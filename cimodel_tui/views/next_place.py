"""Where the next useful thing of an improvement is done: the place that `n` in the register leads to."""

from cimodel_tui.model.check import GO_ON, REVISIT, STOP
from cimodel_tui.model.completeness import current_step, missing
from cimodel_tui.model.day import SOON, as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.status import is_closed, is_stale
from cimodel_tui.workbook.workbook import Workbook


def next_place(book: Workbook, improvement: Improvement) -> Place:
    """Return the field to fill in next; a place without a field where a page as a whole is meant."""
    *earlier, latest = book.iterations(improvement.id)
    entry = _in_the_entry(book, improvement, latest)
    if entry:
        return Place(improvement.id, step=REGISTER, field=entry)
    here = Place(improvement.id, latest.id)
    if is_closed(improvement, latest, earlier):
        return here
    if latest.check.verified:
        return _after_the_check(book, improvement, latest)
    step = current_step(improvement, latest)
    asked = missing(improvement, latest, step)
    return asked[0].place if asked else Place(improvement.id, latest.id, step)


def _in_the_entry(book: Workbook, improvement: Improvement, latest: Iteration) -> str:
    """Return the field of the register entry that comes first; empty where none does."""
    if improvement.standing:
        return "standing"
    today, by = book.clock.today(), as_day(improvement.decision_by)
    if improvement.decision_what.strip() and not (by and by - today > SOON) and not latest.check.verified:
        return "decision_what"
    return "review_on" if is_stale(improvement, latest, today) else ""


def _after_the_check(book: Workbook, improvement: Improvement, latest: Iteration) -> Place:
    """Return where it goes on: the decision, what step 7 still needs, else its sustain checks or next iteration."""
    check = latest.check
    if check.decision in ("", REVISIT):
        return Place(improvement.id, latest.id, "check", "decision")
    if check.decision not in (GO_ON, STOP):
        return Place(improvement.id, latest.id, "check")
    asked = missing(improvement, latest, "momentum")
    if asked:
        return asked[0].place
    today = book.clock.today()
    due = any(row.open and (day := as_day(row.due)) and day <= today for row in latest.momentum.sustain_checks)
    return Place(improvement.id, latest.id, "momentum", "sustain_checks" if due else "next")
