"""`cimodel-tui portfolio` and `cimodel-tui site`: every improvement of several workbooks, in one table or as pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cimodel_tui import reports
from cimodel_tui.cli import output
from cimodel_tui.cli.files import given_files
from cimodel_tui.cli.progress import Progress, each_of
from cimodel_tui.cli.report import BOM
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain
from cimodel_tui.model.saving import StoreError
from cimodel_tui.reports import portfolio
from cimodel_tui.reports.site import folders_of, portfolio_page, workbook_pages
from cimodel_tui.storage.recent import saved_workbooks
from cimodel_tui.views.overview import GROUPINGS, overview

if TYPE_CHECKING:
    from cimodel_tui.reports.site import WorkbookPages
    from cimodel_tui.views.overview import Overview
    from cimodel_tui.workbook import Workbook

FORMATS = ("md", "html", "csv", "json", "xlsx")
"""What a portfolio can be written as."""


def run_portfolio(shell: Shell, values: Values) -> int:
    """Write one row an improvement, grouped and added up."""
    formats = output.formats_of("portfolio", values.format, values.out, FORMATS)
    if len(formats) > 1 and values.out in output.STDOUT:
        raise WrongUseError("portfolio: several formats need a name for their files: -o OUT")
    by = _grouping("portfolio", values.by)
    books = _books(shell, values)
    found = overview(books, by=by, owner=values.owner)
    bom = "" if values.no_bom or values.out in output.STDOUT else BOM
    for each in formats:
        output.send("portfolio", values.out, each, _data(shell, found, each, bom), stem=len(formats) > 1)
    return 0


def _grouping(command: str, given: str) -> str:

    by = given.strip().lower() or "workbook"
    if by not in GROUPINGS:
        raise WrongUseError(f"{command}: --by {given}: it is {output.listed(tuple(GROUPINGS))} that can be grouped by")
    return by


def _books(shell: Shell, values: Values) -> "list[Workbook]":
    """Open the workbooks that were given, else the saved ones; of those, what cannot be opened is named."""
    if values.files:
        return [shell.look(path) for path in each_of(given_files(values, "portfolio"), "workbooks")]

    found = []
    for each in each_of(saved_workbooks(shell.places), "workbooks"):
        try:
            found.append(shell.look(each.path))
        except StoreError as problem:
            complain(problem)
    return found


def _data(shell: Shell, found: "Overview", chosen: str, bom: str) -> bytes:

    if chosen == "xlsx":
        return reports.xlsx.report_xlsx(portfolio.TITLE, shell.clock.today(), found.rows, ())
    written = {"md": portfolio.markdown, "html": portfolio.page, "csv": portfolio.table_csv, "json": portfolio.as_json}
    text = written[chosen](found)
    return f"{bom if chosen == 'csv' else ''}{text}".encode("utf-8", "replace")


def run_site(shell: Shell, values: Values) -> int:
    """Write the pages of the site that changed; say how many there are and how many were written."""
    if values.out in output.STDOUT:
        raise WrongUseError("site: name the folder of the site: -o OUT")
    by = _grouping("site", values.by)
    paths = given_files(values, "site")
    tasks = [
        (shell, path, folder) for path, folder in zip(paths, folders_of([each.name for each in paths]), strict=True)
    ]
    out = Path(values.out).expanduser()
    count = changed = 0
    found = []
    progress = Progress("workbooks", len(tasks))
    for each in _made(tasks):
        found.append(each)
        progress(len(found))
        count += len(each.pages)
        changed += sum(_put(out / name, page) for name, page in each.pages)
    progress.end()
    name, page = portfolio_page(found, shell.clock.today().isoformat(), by=by)
    changed += _put(out / name, page)
    shell.say(f"{out}: {count + 1} pages, {changed} written")
    return 0


_Task: TypeAlias = "tuple[Shell, Path, str]"

_WORTH_A_PROCESS = 16
"""From so many workbooks on their pages are made by several processes: starting one takes as long as two workbooks."""


def _made(tasks: list[_Task]) -> "Iterator[WorkbookPages]":
    """Yield the pages of every workbook, in their order."""
    if len(tasks) < _WORTH_A_PROCESS:
        yield from map(_pages_of, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - few sites are large

    with ProcessPoolExecutor() as pool:
        for found in pool.map(_pages_or_problem, tasks, chunksize=4):
            if isinstance(found, str):
                raise StoreError(found)
            yield found


def _pages_or_problem(task: _Task) -> "WorkbookPages | str":
    """Return the pages, or why there are none in a sentence: an exception with a path does not cross processes."""
    try:
        return _pages_of(task)
    except StoreError as problem:
        return str(problem)


def _pages_of(task: _Task) -> "WorkbookPages":

    shell, path, folder = task
    return workbook_pages(folder, shell.look(path))


def _put(path: Path, page: str) -> bool:
    """Write a page where it is another one than what stands there; tells whether it was written."""
    data = page.encode("utf-8", "replace")
    if path.is_file() and path.read_bytes() == data:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as problem:
        words = (problem.strerror or str(problem)).lower()
        raise WrongUseError(f"site: {path} cannot be written: {words}") from None
    return True
