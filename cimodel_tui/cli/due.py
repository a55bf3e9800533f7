"""`cimodel-tui due`: what is overdue and what is due soon, for cron, a prompt or a message of the day."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.cli.files import given_files
from cimodel_tui.cli.progress import each_of
from cimodel_tui.cli.shell import Shell, Values, complain
from cimodel_tui.model.number import count
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.user_state import saved_workbooks
from cimodel_tui.views.due import due_in

if TYPE_CHECKING:
    from cimodel_tui.views.due import Due
    from cimodel_tui.workbook import Workbook


def run_due(shell: Shell, values: Values) -> int:
    """Print what is due; exit 1 where anything is overdue."""
    given = each_of(given_files(values, "due"), "workbooks") if values.files else ()
    books = [shell.open_to_read(each) for each in given] if values.files else list(_saved(shell))
    found = [(book, each) for book in books for each in due_in(book) if _belongs_to(book, each, values.owner)]
    found.sort(key=lambda pair: pair[1].days)
    several = len(books) > 1
    overdue = sum(each.days < 0 for _, each in found)
    if values.short:
        shell.say(f"{overdue} late" if overdue else "")
    elif values.json:
        shell.say_json([_plain(book, each, several=several) for book, each in found])
    else:
        for book, each in found:
            shell.say(_words(each) + (f"  ({book.store.path})" if several else ""))
    return 1 if overdue else 0


def _saved(shell: Shell) -> "Iterator[Workbook]":
    """Yield the saved workbooks that can be opened; the others are named."""
    for each in each_of(saved_workbooks(shell.places), "workbooks"):
        try:
            yield shell.open_to_read(each.path)
        except StoreError as problem:
            complain(problem)


def _belongs_to(book: "Workbook", due: "Due", owner: str) -> bool:
    """Tell whether this is one owner's to do: the improvement is theirs; everything is where no owner was named."""
    wanted = owner.strip().casefold()
    owners = {each.ref: each.owner.strip().casefold() for each in book.improvements()} if wanted else {}
    return not wanted or owners.get(due.improvement) == wanted


def _plain(book: "Workbook", due: "Due", *, several: bool) -> dict[str, object]:
    where = {"workbook": str(Path(book.store.path))} if several else {}
    return {**asdict(due), "what": due.what or None, **where}


def _words(due: "Due") -> str:
    late = -due.days
    when = "today" if not late else f"{count(late, 'day')} late" if late > 0 else f"in {-late} days"
    return (
        f"{'!' if late > 0 else ' '} {due.due}  {when:>12}  {due.improvement}  {due.kind}: {' '.join(due.what.split())}"
    )
