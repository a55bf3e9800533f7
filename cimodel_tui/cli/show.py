"""The commands that look without changing anything: the saved workbooks, a register, an improvement, the folders."""

from datetime import datetime
from typing import TYPE_CHECKING

from cimodel_tui.cli import show_json, show_text
from cimodel_tui.cli.files import files_and_ref
from cimodel_tui.cli.maintenance import conflict_words
from cimodel_tui.cli.progress import each_of
from cimodel_tui.cli.shell import Shell, Values, improvement_of
from cimodel_tui.model.clock import moment
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.user_state import saved_workbooks
from cimodel_tui.views.due import due_in

if TYPE_CHECKING:
    from cimodel_tui.storage.user_state import Recent
    from cimodel_tui.workbook import Workbook


def run_list(shell: Shell, values: Values) -> int:
    """Print the saved workbooks, the one opened last on top."""
    found = [_saved(shell, each) for each in saved_workbooks(shell.places)]
    if values.json:
        shell.say_json(found)
        return 0
    for each in found:
        figures = [f"{each['improvements']} improvements" if each["improvements"] is not None else "cannot be opened"]
        figures += [f"{each['overdue']} overdue"] if each["overdue"] else []
        shell.say(f"{each['path']}  {each['title'] or ''}  ({', '.join(figures)})")
    if not found:
        shell.say("no saved workbook yet: cimodel-tui new FILE makes one, cimodel-tui demo shows the sample")
    return 0


def _saved(shell: Shell, known: "Recent") -> dict[str, object]:
    """Return one saved workbook with its figures of today; one that cannot be opened keeps those it had."""
    figures: dict[str, object] = {name: known.figures.get(name) for name in ("improvements", "overdue")}
    title = known.title
    try:
        book = shell.open_to_read(known.path)
    except StoreError:
        pass
    else:
        title = book.title
        figures = {"improvements": len(book.improvements()), "overdue": sum(each.days < 0 for each in due_in(book))}
    opened: datetime | None = known.last_opened
    last = moment(opened) if opened else None
    return {"path": str(known.path), "title": title or None, **figures, "last_opened": last}


def run_show(shell: Shell, values: Values) -> int:
    """Print the register, or one improvement with everything in it."""
    files, ref = files_and_ref(values, "show")
    if ref:
        book = shell.open_to_read(files[0])
        improvement = improvement_of(book, ref)
        if values.json:
            shell.say_json(show_json.improvement(book, improvement))
        else:
            _say_all(shell, show_text.improvement(book, improvement))
        _name_conflicts(shell, book, told=not values.json)
        return 0
    books = [(path, shell.open_to_read(path)) for path in each_of(files, "workbooks")]
    if values.json:
        found = [show_json.register(book) | {"workbook": str(path)} for path, book in books]
        shell.say_json(found if len(books) > 1 else show_json.register(books[0][1]))
        return 0
    for path, book in books:
        if len(books) > 1:
            shell.say(f"== {path}")
        _say_all(shell, show_text.register(book))
        _name_conflicts(shell, book, told=True)
    return 0


def _say_all(shell: Shell, lines: list[str]) -> None:
    for line in lines:
        shell.say(line)


def _name_conflicts(shell: Shell, book: "Workbook", *, told: bool) -> None:
    """Name every answer that was changed on both sides, until one side is chosen."""
    for each in book.store.conflicts() if told else ():
        shell.say(f"! {conflict_words(book, each)}")


def run_where(shell: Shell, values: Values) -> int:
    """Print the folders that are used."""
    import platformdirs  # noqa: PLC0415 - 5 ms that no other command of this module needs

    del values
    places = shell.places
    logs = platformdirs.user_log_path("cimodel-tui", appauthor=False)
    for name, path in (("config", places.config), ("data", places.data), ("state", places.state), ("logs", logs)):
        shell.say(f"{name:6} {path}")
    return 0
