"""Which acts a step offers just now, and what stands there of those that were done."""

from cimodel_tui.model.agreement import SEALED_STEPS, sealed_part
from cimodel_tui.model.check import GO_ON, REVISIT
from cimodel_tui.model.day import as_day
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.step import STEPS
from cimodel_tui.views.register import relapsed
from cimodel_tui.workbook.workbook import Workbook


def possible_acts(book: Workbook, iteration: Iteration, step: str) -> frozenset[str]:
    """Return the names of the acts that a step can do now: agree, verify, revisit, sustain, record, next, turn."""
    found = set() if step == STEPS[-1].key else {"turn"}
    if book.store.read_only:
        return frozenset(found)
    is_last = book.latest(iteration.improvement).id == iteration.id
    check = iteration.check
    if step in SEALED_STEPS and is_last and sealed_part(iteration, step).seal is None:
        found.add("agree")
    if step == "check" and is_last:
        found |= {"verify"} if not check.verified else {"revisit"} if check.decision == REVISIT else set()
    if step == "momentum" and check.verified:
        found |= _of_momentum(book, iteration, is_last=is_last)
    return frozenset(found)


def _of_momentum(book: Workbook, iteration: Iteration, *, is_last: bool) -> set[str]:
    rows, today = iteration.momentum.sustain_checks, book.clock.today()
    found = set() if rows else {"sustain"}
    if any(row.open and (day := as_day(row.due)) and day <= today for row in rows):
        found.add("record")
    if is_last and relapsed(book, book.improvement(iteration.improvement)):
        found.add("reopen")
    return found | {"next"} if is_last and iteration.check.decision == GO_ON else found


def sealed_words(iteration: Iteration, step: str) -> str:
    """Return who agreed or verified, when, and the fingerprint; empty where nobody has."""
    if step == "check" and iteration.check.verified:
        return f"◆ verified by {iteration.check.verified_by} on {iteration.check.verified_on}; the result is on record"
    if step not in SEALED_STEPS:
        return ""
    part = sealed_part(iteration, step)
    if part.seal is None:
        return ""
    changed = len(part.amendments)
    later = f" · amended {changed} time{'s' if changed > 1 else ''} since" if changed else " · as agreed"
    return f"◆ agreed by {part.seal.by} on {part.seal.on} · seal {part.seal.sha256[:12]}{later}"
