"""Pieces of an HTML page: every text is escaped on the way in, so that what was typed is never markup."""

from collections.abc import Iterable, Sequence
from html import escape

from cimodel_tui.charts import Dumbbell, RunChart, Staircase, svg
from cimodel_tui.reports.escaping import lines_of, one_line
from cimodel_tui.reports.html_style import sheet
from cimodel_tui.reports.summary import Said, Since

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may load: nothing."""


def text(typed: str) -> str:
    """Return what was typed on one line, escaped."""
    return escape(one_line(typed))


def lines(typed: str) -> str:
    """Return what was typed with its line breaks, escaped."""
    return "<br>".join(escape(line) for line in lines_of(typed))


def tag(name: str, *content: str, kind: str = "", **attributes: str) -> str:
    """Return an element; its content is markup already."""
    given = {"class": kind, **attributes} if kind else attributes
    written = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
    return f"<{name}{written}>{''.join(content)}</{name}>"


def section(heading: str, *content: str) -> str:
    """Return a section, nothing where it is empty."""
    inner = "\n".join(each for each in content if each)
    return tag("section", tag("h2", text(heading)), "\n", inner) + "\n" if inner else ""


def said(rows: Sequence[Said]) -> str:
    """Return texts with what each of them is."""
    return tag("dl", *(tag("div", _pair(each)) for each in rows), kind="said") if rows else ""


def facts(rows: Sequence[Said]) -> str:
    """Return short texts beside what each of them is."""
    return tag("dl", *(_pair(each) for each in rows)) if rows else ""


def _pair(row: Said) -> str:
    return tag("dt", text(row.what)) + " " + tag("dd", lines(row.text)) + "\n"


def bullets(rows: Iterable[str]) -> str:
    """Return texts as a list, nothing where there is none."""
    found = [tag("li", text(each)) for each in rows]
    return tag("ul", *found, kind="plain") if found else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return a table without the columns in which nothing stands.

    The first cell of a row heads it, and all cells are markup already.
    """
    found = list(rows)
    if not found:
        return ""
    kept = [at for at in range(1, len(head)) if any(row[at] for row in found)]
    heads = "".join(tag("th", text(head[at]), scope="col") for at in (0, *kept))
    cells = [tag("th", row[0], scope="row") + "".join(tag("td", row[at]) for at in kept) for row in found]
    body = "\n".join(tag("tr", each) for each in cells)
    inner = tag("thead", tag("tr", heads)) + "\n" + tag("tbody", body)
    named = {"role": "region", "aria-label": caption, "tabindex": "0"}
    return tag("div", tag("table", inner, **{"aria-label": caption}), kind="scroll", **named)


def small(typed: str) -> str:
    """Return a quiet line under a figure, nothing where it is empty."""
    return tag("span", text(typed), kind="small") if typed.strip() else ""


def picture(chart: RunChart | Staircase | Dumbbell, width: int, height: int) -> str:
    """Return a chart as part of the page; its name and its description in words are in it."""
    drawn = svg(chart, width, height)
    return tag("figure", drawn)


def since_section(since: Since | None) -> str:
    """Return what changed since a day."""
    if since is None:
        return ""
    parts = [tag("div", tag("h3", text(kind)), bullets(rows)) for kind, rows in since.parts]
    return section(
        f"Since {since.day}", tag("div", *parts, kind="flow loose") if parts else tag("p", "Nothing changed.")
    )


def flow(*parts: str) -> str:
    """Return parts that run in two columns where there is room."""
    there = [each for each in parts if each]
    return tag("div", *there, kind="flow") + "\n" if there else ""


def page(title: str, *content: str) -> str:
    """Return a whole page that stands alone: no script, and no address outside."""
    head = (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{tag('title', text(title))}\n<style>\n{sheet()}</style>\n"
    )
    body = tag("body", "\n", tag("main", "\n", *content), "\n")
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}</head>\n{body}\n</html>\n'
