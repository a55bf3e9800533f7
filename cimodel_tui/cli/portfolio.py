"""`cimodel-tui portfolio` and `cimodel-tui site`: every improvement of several workbooks, in one table or as pages."""

from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.cli import output
from cimodel_tui.cli.files import given_files
from cimodel_tui.cli.report import BOM
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain
from cimodel_tui.model.saving import StoreError

if TYPE_CHECKING:
    from cimodel_tui.views.overview import Overview
    from cimodel_tui.workbook import Workbook

FORMATS = ("md", "html", "csv", "json", "xlsx")
"""What a portfolio can be written as."""


def run_portfolio(shell: Shell, values: Values) -> int:
    """Write one row an improvement, grouped and added up."""
    from cimodel_tui.views.overview import overview  # noqa: PLC0415 - loaded with the command

    formats = output.formats_of("portfolio", values.format, values.out, FORMATS)
    if len(formats) > 1 and values.out in output.STDOUT:
        raise WrongUseError("portfolio: several formats need a name for their files: -o OUT")
    by = _grouping("portfolio", values.by)
    books = [book for _, book in _books(shell, values, "portfolio")]
    found = overview(books, by=by, owner=values.owner)
    bom = "" if values.no_bom or values.out in output.STDOUT else BOM
    for each in formats:
        output.send("portfolio", values.out, each, _data(shell, found, each, bom), stem=len(formats) > 1)
    return 0


def _grouping(command: str, given: str) -> str:
    from cimodel_tui.views.overview import GROUPINGS  # noqa: PLC0415 - the same

    by = given.strip().lower() or "workbook"
    if by not in GROUPINGS:
        raise WrongUseError(f"{command}: --by {given}: it is {output.listed(tuple(GROUPINGS))} that can be grouped by")
    return by


def _books(shell: Shell, values: Values, command: str) -> "list[tuple[Path, Workbook]]":
    """Open the workbooks that were given, else the saved ones; of those, what cannot be opened is named."""
    if values.files:
        return [(path, shell.look(path)) for path in given_files(values, command)]
    from cimodel_tui.storage.recent import saved_workbooks  # noqa: PLC0415 - the same

    found = []
    for each in saved_workbooks(shell.places):
        try:
            found.append((each.path, shell.look(each.path)))
        except StoreError as problem:
            complain(problem)
    return found


def _data(shell: Shell, found: "Overview", chosen: str, bom: str) -> bytes:
    from cimodel_tui.reports import portfolio  # noqa: PLC0415 - the same

    if chosen == "xlsx":
        from cimodel_tui.reports.xlsx import report_xlsx  # noqa: PLC0415 - loads xlsxwriter

        return report_xlsx(portfolio.TITLE, shell.clock.today(), found.rows, ())
    written = {"md": portfolio.markdown, "html": portfolio.page, "csv": portfolio.table_csv, "json": portfolio.as_json}
    text = written[chosen](found)
    return f"{bom if chosen == 'csv' else ''}{text}".encode("utf-8", "replace")


def run_site(shell: Shell, values: Values) -> int:
    """Write the pages of the site that changed; say how many there are and how many were written."""
    from cimodel_tui.reports.site import site_pages  # noqa: PLC0415 - loaded with the command

    if values.out in output.STDOUT:
        raise WrongUseError("site: name the folder of the site: -o OUT")
    by = _grouping("site", values.by)
    books = [(path.name, book) for path, book in _books(shell, values, "site")]
    folder = Path(values.out).expanduser()
    count = changed = 0
    for name, page in site_pages(books, by=by):
        count += 1
        changed += _put(folder / name, page.encode("utf-8", "replace"))
    shell.say(f"{folder}: {count} pages, {changed} written")
    return 0


def _put(path: Path, data: bytes) -> bool:
    """Write a page where it is another one than what stands there; tells whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    output.write("site", path, data)
    return True
