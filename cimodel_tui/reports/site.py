"""A static site: the portfolio, a page a workbook, and a report an improvement. No script; same input, same bytes."""

import re
from collections.abc import Iterator, Sequence

from cimodel_tui.reports import html, portfolio, prepare
from cimodel_tui.views.improvement_row import ImprovementRow
from cimodel_tui.views.overview import overview
from cimodel_tui.workbook.workbook import Workbook

START = "index.html"
"""The page to begin with."""

_LEFT_OUT = re.compile(r"[^a-z0-9]+")


def site_pages(books: Sequence[tuple[str, Workbook]], *, by: str = "workbook") -> Iterator[tuple[str, str]]:
    """Yield the pages of the site by their paths below its folder; a workbook comes with the name of its file."""
    folders = dict(zip((str(book.store.path) for _, book in books), _folders([name for name, _ in books]), strict=True))

    def address(row: ImprovementRow) -> str:
        return f"{folders[row.file]}/{_page_name(row.ref)}"

    yield START, portfolio.page(overview([book for _, book in books], by=by), link=address)
    for folder, (_, book) in zip(folders.values(), books, strict=True):
        top = (f"../{START}", portfolio.TITLE)
        yield f"{folder}/{START}", portfolio.page(overview([book]), link=lambda row: _page_name(row.ref), above=(top,))
        for each in book.improvements():
            page = html.one_page(prepare.one_page(book, each), above=(top, (START, book.title)))
            yield f"{folder}/{_page_name(each.ref)}", page


def _page_name(ref: str) -> str:
    return f"{_slug(ref)}.html"


def _folders(names: Sequence[str]) -> list[str]:
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
