"""`cimodel-tui portfolio` and `cimodel-tui site`: every improvement of several workbooks, in one table or as pages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cimodel_tui import reports
from cimodel_tui.cli import output
from cimodel_tui.cli.arguments import given_files
from cimodel_tui.cli.output import Progress, each_of
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain
from cimodel_tui.model.saving import StoreError
from cimodel_tui.reports import portfolio
from cimodel_tui.reports.portfolio import folders_of, portfolio_page, workbook_pages
from cimodel_tui.storage.user_state import saved_workbooks
from cimodel_tui.views.overview import GROUPINGS, overview

if TYPE_CHECKING:
    from cimodel_tui.reports.portfolio import WorkbookPages
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
    bom = "" if values.no_bom or values.out in output.STDOUT else output.BOM
    for each in formats:
        output.write_format(
            "portfolio", values.out, each, _format_portfolio(shell, found, each, bom), stem=len(formats) > 1
        )
    return 0


def _grouping(command: str, given: str) -> str:
    by = given.strip().lower() or "workbook"
    if by not in GROUPINGS:
        raise WrongUseError(
            f"{command}: --by {given}: it is {output.join_words(tuple(GROUPINGS))} that can be grouped by"
        )
    return by


def _books(shell: Shell, values: Values) -> "list[Workbook]":
    """Open the workbooks that were given, else the saved ones; saved ones that cannot be opened are reported."""
    if values.files:
        return [shell.open_to_read(path) for path in each_of(given_files(values, "portfolio"), "workbooks")]

    found = []
    for each in each_of(saved_workbooks(shell.places), "workbooks"):
        try:
            found.append(shell.open_to_read(each.path))
        except StoreError as problem:
            complain(problem)
    return found


def _format_portfolio(shell: Shell, found: "Overview", chosen: str, bom: str) -> bytes:
    if chosen == "xlsx":
        return reports.xlsx.report_xlsx(portfolio.TITLE, shell.clock.today(), found.rows, ())
    written = {"md": portfolio.markdown, "html": portfolio.page, "csv": portfolio.table_csv, "json": portfolio.as_json}
    text = written[chosen](found)
    return f"{bom if chosen == 'csv' else ''}{text}".encode("utf-8", "replace")


def run_site(shell: Shell, values: Values) -> int:
    """Write the pages of the site that changed; print how many there are and how many were written."""
    if values.out in output.STDOUT:
        raise WrongUseError("site: name the folder of the site: -o OUT")
    by = _grouping("site", values.by)
    paths, out = given_files(values, "site"), Path(values.out).expanduser()
    folders = folders_of([each.name for each in paths])
    tasks = [(shell, path, folder, out) for path, folder in zip(paths, folders, strict=True)]
    progress = Progress("workbooks", len(tasks))
    found = []
    for each in _write_all(tasks):
        found.append(each)
        progress(len(found))
    progress.end()
    name, page = portfolio_page([each.pages for each in found], shell.clock.today().isoformat(), by=by)
    count = 1 + sum(each.every for each in found)
    written = sum(each.written for each in found) + _write_if_changed(out / name, page)
    shell.print(f"{out}: {count} pages, {written} written")
    return 0


_Task: TypeAlias = "tuple[Shell, Path, str, Path]"

_MIN_FOR_PROCESSES = 16
"""From so many workbooks on their pages are made by several processes: starting one takes as long as two workbooks."""


class _SiteResult(NamedTuple):
    """What was written of one workbook."""

    pages: "WorkbookPages"
    """Its rows; the pages themselves stay where they were made."""
    every: int
    """How many pages it has."""
    written: int
    """How many of them are other ones than before."""


def _write_all(tasks: list[_Task]) -> Iterator[_SiteResult]:
    """Write the pages of every workbook; yields what was written, in their order."""
    if len(tasks) < _MIN_FOR_PROCESSES:
        yield from map(_write_pages, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - few sites are large

    with ProcessPoolExecutor() as pool:
        for found in pool.map(_write_or_explain, tasks, chunksize=4):
            if isinstance(found, str):
                raise WrongUseError(found)
            yield found


def _write_or_explain(task: _Task) -> _SiteResult | str:
    """Write the pages, or return the error as text: an exception with a path cannot be pickled."""
    try:
        return _write_pages(task)
    except (StoreError, WrongUseError) as problem:
        return str(problem)


def _write_pages(task: _Task) -> _SiteResult:
    shell, path, folder, out = task
    generated = workbook_pages(folder, shell.open_to_read(path))
    written = sum(_write_if_changed(out / name, page) for name, page in generated.pages)
    return _SiteResult(replace(generated, pages=()), len(generated.pages), written)


def _write_if_changed(path: Path, page: str) -> bool:
    """Write a page if it differs from the file; return whether it was written."""
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
