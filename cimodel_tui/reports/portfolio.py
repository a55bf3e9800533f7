"""The portfolio: every improvement of several workbooks in one row each, as Markdown, HTML, CSV and JSON.

As a static site it leads to a page for each workbook and a report for each improvement. There is no script in it, and
the same input gives the same bytes.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict

from cimodel_tui.charts.sparkline import sparkline_svg
from cimodel_tui.escaping import json_text
from cimodel_tui.model.seal import digest
from cimodel_tui.record import dataclass
from cimodel_tui.reports import html, html_parts, prepare
from cimodel_tui.reports.csv_format import escape_formula
from cimodel_tui.reports.markdown import text as markdown_text
from cimodel_tui.reports.summary import readable_days
from cimodel_tui.views.improvement_row import CURRENT, DONE, ImprovementRow, improvement_row
from cimodel_tui.views.measurements import bound_words
from cimodel_tui.views.overview import Group, Overview, overview_of
from cimodel_tui.views.panels import precise_word
from cimodel_tui.workbook.workbook import Workbook

TITLE = "Improvement portfolio"
"""The heading of every portfolio."""

_DOTS = {DONE: "✓", CURRENT: "●"}

Link = Callable[[ImprovementRow], str]
"""Gives the address of an improvement's report, empty where it has none."""


def progress(row: ImprovementRow) -> str:
    """Return the seven steps as seven signs: done, current, open."""
    return "".join(_DOTS.get(each, "·") for each in row.progress)


def verdict_words(row: ImprovementRow) -> str:
    """Return the verdict of the last verified check, with its iteration if a later one is in progress."""
    word = precise_word(row.verdict)
    return f"{word} (iteration {row.verified})" if word and row.verified != row.iteration else word


def next_words(row: ImprovementRow) -> str:
    """Return the next useful thing, and how many things are overdue."""
    return f"{row.next} · {row.late} overdue" if row.late else row.next


_MET = {True: ": met", False: ": not met", None: ""}


def _target(row: ImprovementRow) -> str:
    return f"target {bound_words(row.target, row.better)}{_MET[row.met]}" if row.target else ""


def _money(row: ImprovementRow) -> str:
    parts = (f"spent {row.spent}" if row.spent else "", f"gained {row.gained}" if row.gained else "")
    return ", ".join(part for part in parts if part)


_NAMES = ("Ref", "Improvement", "Steps", "From, now, target", "Verdict", "Next", "Owner", "Money")
_HEAD = f"| {' | '.join(_NAMES)} |\n|{'---|' * len(_NAMES)}"


def markdown(found: Overview) -> str:
    """Return the portfolio as Markdown, a table a group."""
    blocks = [f"# {TITLE}", f"As of {readable_days(found.as_of)}. {markdown_text(found.totals.words)}"]
    for group in found.groups:
        rows = "\n".join(map(_markdown_row, group.rows))
        blocks += [f"## {markdown_text(group.name)}", markdown_text(group.totals.words), f"{_HEAD}\n{rows}"]
    return "\n\n".join(blocks) + "\n"


def _markdown_row(row: ImprovementRow) -> str:
    cells = (
        row.ref,
        f"{row.title} ({row.status})",
        progress(row),
        row.change_words,
        verdict_words(row),
        readable_days(next_words(row)),
        row.owner,
        _money(row),
    )
    return f"| {' | '.join(markdown_text(each) or ' ' for each in cells)} |"


def page(found: Overview, link: Link = lambda _row: "", above: Sequence[tuple[str, str]] = ()) -> str:
    """Return the portfolio as HTML that stands alone, or as part of a site with links down and back."""
    header = html_parts.tag(
        "header",
        html_parts.tag("p", html_parts.text(readable_days(f"As of {found.as_of}")), kind="top"),
        html_parts.tag("h1", TITLE),
        html_parts.tag("p", html_parts.text(found.totals.words), kind="lead"),
    )
    groups = [_section(group, link) for group in found.groups]
    footer = html_parts.tag("footer", html_parts.text(readable_days(f"{TITLE} · as of {found.as_of}")))
    return html_parts.page(TITLE, html_parts.trail(above), header, *groups, footer, broad=True)


def _section(group: Group, link: Link) -> str:
    head = ("Ref", "Improvement", "Readings", "Baseline → now", "Verdict", "Next", "Money")
    rows = [_row(row, link(row)) for row in group.rows]
    totals = html_parts.tag("p", html_parts.text(group.totals.words), kind="small")
    return html_parts.section(group.name, totals, html_parts.table(head, rows, f"Improvements: {group.name}"))


def _row(row: ImprovementRow, address: str) -> tuple[str, ...]:
    title = html_parts.text(row.title)
    linked = html_parts.tag("a", title, href=address) if address else html_parts.tag("strong", title)
    steps = html_parts.tag("span", progress(row), kind="day", **{"aria-label": f"step {row.step}", "role": "img"})
    late = html_parts.tag("span", html_parts.text(f"{row.late} overdue"), kind="mark bad") if row.late else ""
    return (
        html_parts.tag("span", html_parts.text(row.ref), kind="day"),
        linked + html_parts.small(f"{row.owner} · {row.status}" if row.owner.strip() else row.status) + steps,
        sparkline_svg(row.series.values, row.series.baseline, f"{len(row.series.values)} readings of {row.metric}"),
        html_parts.tag("span", html_parts.text(row.change), kind="day")
        + html_parts.small(_target(row))
        + html_parts.small(row.metric),
        html_parts.verdict_mark(row.verdict, verdict_words(row)),
        html_parts.text(readable_days(row.next)) + (f" {late}" if late else ""),
        html_parts.text(_money(row)),
    )


COLUMNS = (
    "Workbook",
    "Ref",
    "Improvement",
    "Owner",
    "Service",
    "Status",
    "Step",
    "Iteration",
    "Metric",
    "Baseline",
    "Now",
    "Target",
    "Target met",
    "Verdict",
    "Outcome",
    "Next",
    "Next due",
    "Overdue",
    "Spent",
    "Gained",
)
"""The headers of the CSV, in their order."""

_YES_NO = {True: "yes", False: "no", None: ""}


def table_csv(found: Overview) -> str:
    """Return the portfolio as CSV, one row an improvement; cells that a spreadsheet would evaluate are escaped."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in found.rows:
        writer.writerow([escape_formula(cell) for cell in _csv_cells(row)])
    return written.getvalue()


def _csv_cells(row: ImprovementRow) -> tuple[str, ...]:
    return (
        row.workbook,
        row.ref,
        row.title,
        row.owner,
        row.service,
        row.status,
        row.step,
        str(row.iteration),
        row.metric,
        row.baseline,
        row.now,
        row.target,
        _YES_NO[row.met],
        row.verdict.replace("-", " "),
        row.closes_as,
        row.next,
        row.due[0].due if row.due else "",
        str(row.late),
        row.spent,
        row.gained,
    )


def as_json(found: Overview) -> str:
    """Return the portfolio as JSON: groups with their rows and totals; nothing is null."""
    return json_text(
        {
            "as_of": found.as_of or None,
            "by": found.by,
            "totals": found.totals.words,
            "groups": [
                {"name": group.name, "totals": group.totals.words, "improvements": [_plain(row) for row in group.rows]}
                for group in found.groups
            ],
        }
    )


def _plain(row: ImprovementRow) -> dict[str, object]:
    plain = {name: None if value == "" else value for name, value in asdict(row).items()}
    return plain | {"late": row.late}


INDEX = "index.html"
"""The page to begin with."""

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")

_LONGEST_SLUG, _SLUG_BEGINNING = 100, 80
"""Characters of a name in an address, and those that are left of a longer one before a digest of the whole."""


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

    Row and report of an improvement are made one after the other, so that the measurement is computed once.
    """
    top = (f"../{INDEX}", TITLE)
    rows, pages = [], []
    for each in book.improvements():
        rows.append(improvement_row(book, each))
        report = html.one_page(prepare.one_page(book, each), above=(top, (INDEX, book.title)))
        pages.append((f"{folder}/{_page_name(each.ref)}", report))
    overview = overview_of(rows, book.clock.today().isoformat())
    start = page(overview, link=lambda row: _page_name(row.ref), above=(top,))
    return WorkbookPages(folder, tuple(rows), ((f"{folder}/{INDEX}", start), *pages))


def portfolio_page(found: Sequence[WorkbookPages], as_of: str, *, by: str = "workbook") -> tuple[str, str]:
    """Return the page to begin with, which leads to the reports of all workbooks."""
    folders = {row.file: each.folder for each in found for row in each.rows}
    rows = [row for each in found for row in each.rows]
    overview = overview_of(rows, as_of, by=by)
    return INDEX, page(overview, link=lambda row: f"{folders[row.file]}/{_page_name(row.ref)}")


def _page_name(ref: str) -> str:
    return f"{_slug(ref)}.html"


def folders_of(names: Sequence[str]) -> list[str]:
    """Return a folder for each workbook, made of its file's name and different from the others."""
    found: list[str] = []
    for name in names:
        slug = _slug(name.removesuffix(".json").removesuffix(".cimodel"))
        number, folder = 2, slug
        while folder in found:
            folder, number = f"{slug}-{number}", number + 1
        found.append(folder)
    return found


def _slug(name: str) -> str:
    """Return a name with what an address takes anywhere: small letters, digits, hyphens, not too many."""
    slug = _NOT_IN_SLUGS.sub("-", name.casefold()).strip("-") or "workbook"
    if len(slug) <= _LONGEST_SLUG:
        return slug
    return f"{slug[:_SLUG_BEGINNING]}-{digest(name.encode('utf-8', 'surrogatepass'))[:12]}"
