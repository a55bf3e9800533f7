"""A static site: the portfolio, a page a workbook, and a report an improvement. No script; same input, same bytes."""

import re
from collections.abc import Sequence

from cimodel_tui.record import dataclass
from cimodel_tui.reports import html, portfolio, prepare
from cimodel_tui.views.improvement_row import ImprovementRow, improvement_row
from cimodel_tui.views.overview import overview_of
from cimodel_tui.workbook.workbook import Workbook

START = "index.html"
"""The page to begin with."""

_LEFT_OUT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class WorkbookPages:
    """The pages of one workbook, and the rows that the portfolio shows of it."""

    folder: str
    """The folder of its pages, below that of the site."""
    rows: tuple[ImprovementRow, ...]
    """Its improvements."""
    pages: tuple[tuple[str, str], ...]
    """Each page with its path below the folder of the site."""


def workbook_pages(folder: str, book: Workbook) -> WorkbookPages:
    """Return the page of a workbook and a report for each of its improvements.

    Row and report of an improvement are made one after the other, so that what was measured is worked out once.
    """
    top = (f"../{START}", portfolio.TITLE)
    rows, pages = [], []
    for each in book.improvements():
        rows.append(improvement_row(book, each))
        report = html.one_page(prepare.one_page(book, each), above=(top, (START, book.title)))
        pages.append((f"{folder}/{_page_name(each.ref)}", report))
    listed = overview_of(rows, book.clock.today().isoformat())
    start = portfolio.page(listed, link=lambda row: _page_name(row.ref), above=(top,))
    return WorkbookPages(folder, tuple(rows), ((f"{folder}/{START}", start), *pages))


def portfolio_page(found: Sequence[WorkbookPages], as_of: str, *, by: str = "workbook") -> tuple[str, str]:
    """Return the page to begin with, which leads to the reports of all workbooks."""
    folders = {row.file: each.folder for each in found for row in each.rows}
    rows = [row for each in found for row in each.rows]
    listed = overview_of(rows, as_of, by=by)
    return START, portfolio.page(listed, link=lambda row: f"{folders[row.file]}/{_page_name(row.ref)}")


def _page_name(ref: str) -> str:
    return f"{_slug(ref)}.html"


def folders_of(names: Sequence[str]) -> list[str]:
    """Return a folder for each workbook, made of its file's name and different from the others."""
    found: list[str] = []
    for name in names:
        wanted = _slug(name.removesuffix(".json").removesuffix(".cimodel"))
        number, folder = 2, wanted
        while folder in found:
            folder, number = f"{wanted}-{number}", number + 1
        found.append(folder)
    return found


def _slug(name: str) -> str:
    """Return a name with what an address takes anywhere: small letters, digits and hyphens."""
    return _LEFT_OUT.sub("-", name.casefold()).strip("-") or "workbook"
