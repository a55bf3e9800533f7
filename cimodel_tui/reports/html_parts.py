"""The parts of HTML reports: elements, tables, the frame of a page, and its style.

The style is one sheet inside the page, light and dark, with a print that fits one A4 page.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from cimodel_tui.charts import Dumbbell, RunChart, Staircase, svg
from cimodel_tui.escaping import lines_of, one_line
from cimodel_tui.reports.summary import (
    LabelledText,
    Since,
    readable_days,
)
from cimodel_tui.views.panels import precise_word
from cimodel_tui.views.tone import Tone, tone_of_verdict

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ink": "#18222f",
    "soft": "#515c6b",
    "line": "#d5dbe3",
    "wash": "#f3f5f8",
    "accent": "#1d4f8f",
    "good": "#075e3a",
    "good-wash": "#ddf2e6",
    "warn": "#7a4300",
    "warn-wash": "#fcebd0",
    "bad": "#97201c",
    "bad-wash": "#fce3e1",
    "plain": "#33404f",
    "plain-wash": "#e6eaf0",
}
"""The colours on white paper, by what they are for."""

DARK: Mapping[str, str] = {
    "paper": "#12171e",
    "ink": "#e6ebf2",
    "soft": "#a6b1bf",
    "line": "#343e4b",
    "wash": "#1a212b",
    "accent": "#8fbcf2",
    "good": "#8fdcb4",
    "good-wash": "#12382a",
    "warn": "#f2c583",
    "warn-wash": "#402b0c",
    "bad": "#f5aaa5",
    "bad-wash": "#471d1b",
    "plain": "#c9d2dd",
    "plain-wash": "#2a3340",
}
"""The same where the reader's system is dark."""

CHARTS: Mapping[str, tuple[str, str]] = {
    "target": ("#6438a8", "#c7aaf2"),
    "achieved": ("#1d64b4", "#74b0f0"),
    "flag": ("#94560a", "#e0b15e"),
    "flag-better": ("#07794d", "#4fc492"),
    "flag-worse": ("#b4234f", "#f38ba8"),
    "change": ("#962a6c", "#eaa0c8"),
    "worse": ("#b4234f", "#f38ba8"),
}
"""The roles of the charts, on white and on dark."""

_STYLE = """
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);
--ci-font:-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;
font:15px/1.45 var(--ci-font)}
main{max-width:62rem;margin:0 auto;padding:2.2rem 1.6rem 3rem;overflow-wrap:anywhere}
main.broad{max-width:84rem}
table{overflow-wrap:break-word}
tbody th,.any{overflow-wrap:anywhere}
tbody th{min-width:5.2rem}
p{margin:0 0 .5rem}
h1{font-size:1.9rem;line-height:1.15;margin:.15rem 0 .5rem;letter-spacing:-.01em}
h2{font-size:.78rem;letter-spacing:.07em;text-transform:uppercase;color:var(--accent);margin:1.5rem 0 .45rem;
padding-top:.55rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:.6rem 0 .2rem}
.top{color:var(--soft);font-size:.87rem;margin:0}
.marks{display:flex;flex-wrap:wrap;gap:.4rem;margin:0 0 .7rem;padding:0;list-style:none}
.mark{padding:.12rem .65rem;border-radius:1rem;font-size:.85rem;font-weight:600;
background:var(--plain-wash);color:var(--plain)}
.good{background:var(--good-wash);color:var(--good)}
.warn{background:var(--warn-wash);color:var(--warn)}
.bad{background:var(--bad-wash);color:var(--bad)}
.lead{font-size:1.12rem;line-height:1.4;font-weight:600;margin:0 0 .6rem;padding:.6rem .9rem;
border-left:4px solid var(--accent);background:var(--wash)}
.lead::first-letter{text-transform:uppercase}
.vision{font-size:1.02rem;font-style:italic;margin:0 0 .5rem}
dl{margin:0;display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem}
dt{color:var(--soft);max-width:16rem}
dd{margin:0}
dl.said{display:block}
dl.said div{margin:0 0 .3rem;break-inside:avoid}
dl.said dt{display:inline;font-weight:600;color:var(--ink);margin-right:.45em}
dl.said dd{display:inline}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem;align-items:start}
.wide{display:grid;grid-template-columns:3fr 2fr;gap:0 2rem;align-items:start}
.two>*,.wide>*{min-width:0}
.beside{display:grid;grid-template-columns:2fr 1fr;gap:0 1.6rem;align-items:start}
.beside>*{min-width:0}
.acts{margin-bottom:1.3rem}
.flow{columns:2;column-gap:2rem}
.flow>*{break-inside:avoid}
.flow.loose>*{break-inside:auto}
.flow h2{margin-top:0}
.flow h3{break-after:avoid;margin-top:0}
.flow section{margin:0 0 1.1rem}
ol.way{margin:0;padding:0;list-style:none}
ol.way li{margin:0 0 .55rem}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th{text-align:left;font-weight:600;color:var(--soft);font-size:.8rem;padding:.2rem .7rem .25rem 0;vertical-align:bottom}
td,tbody th{padding:.35rem .7rem .4rem 0;border-top:1px solid var(--line);vertical-align:top}
tbody th{color:var(--ink);font-size:.93rem}
tbody tr:first-child>*{border-top:1px solid var(--soft)}
.figure{font-size:1.3rem;font-weight:650;font-variant-numeric:tabular-nums;white-space:nowrap}
.figure.any{white-space:normal}
.small{display:block;color:var(--soft);font-size:.82rem;font-weight:400}
.stands{display:block}
.day,.mark{white-space:nowrap}
.day{;font-variant-numeric:tabular-nums}
figure{margin:.2rem 0 .4rem}
figure svg{display:block;width:100%;height:auto}
ul.plain{margin:0 0 .4rem;padding-left:1.1rem}
ul.plain li{margin:.1rem 0}
a{color:var(--accent)}
.spark{display:block}
.spark path{fill:none;stroke:var(--accent);stroke-width:1.6}
.spark .spark-base{stroke:var(--soft)}
.spark .spark-dot{fill:var(--accent)}
footer{margin-top:1.4rem;color:var(--soft);font-size:.8rem;border-top:1px solid var(--line);padding-top:.5rem}
@media (max-width:46rem){.two,.wide,.beside{grid-template-columns:1fr}.flow{columns:1}main{padding:1.2rem 1rem}
.scroll{overflow-x:auto}.scroll table{min-width:38rem}}
@page{size:A4;margin:8mm 11mm 10mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:7pt}}
@media print{body{font-size:7.3pt;line-height:1.25}main{padding:0;max-width:none}
h1{font-size:13.8pt;margin:0 0 1.9pt}h2{margin:3.4pt 0 1.3pt;padding-top:1.9pt;font-size:7pt}
.lead{font-size:8.5pt;padding:2.7pt 5.7pt;margin-bottom:1.9pt}.vision{font-size:8pt;margin-bottom:1.9pt}
.figure{font-size:10pt}.small{font-size:7pt;line-height:1.2}.mark{font-size:7pt;padding:.5pt 4.8pt}
.marks{margin-bottom:2.8pt}table{font-size:7.5pt}p .small,.acts .small,.way .small{display:inline;margin-left:2.8pt}
.top{font-size:7pt}
td,tbody th{padding:1.3pt 4.8pt 1.5pt 0}tbody th{font-size:7.5pt}th{font-size:7pt;padding:0 4.8pt .6pt 0}
p{margin-bottom:1.5pt}dl.said div{margin-bottom:1pt}h3{font-size:7.6pt;margin:1.4pt 0 .6pt}
footer{margin-top:3pt;padding-top:1.9pt;font-size:7pt}
.two,.wide{gap:0 13pt}figure{margin:1pt 0}
.wide{grid-template-columns:3fr 2fr}.beside{grid-template-columns:5fr 2fr}
.two{grid-template-columns:1fr 1fr}.flow{columns:3;column-gap:10pt}
.flow>*{break-inside:auto}.flow h2{break-after:avoid}.flow section{margin-bottom:2.8pt}
.acts{margin-bottom:3.8pt}ol.way li{margin-bottom:1.5pt}dl{gap:.6pt 7.6pt}
.mark,.lead{-webkit-print-color-adjust:exact;print-color-adjust:exact}tr,figure,li,dd{break-inside:avoid}}
"""


def style_sheet() -> str:
    """Return the style sheet."""
    light = _variables(LIGHT, {name: pair[0] for name, pair in CHARTS.items()})
    dark = _variables(DARK, {name: pair[1] for name, pair in CHARTS.items()})
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{_STYLE}"


def _variables(colours: Mapping[str, str], charts: Mapping[str, str]) -> str:
    own = [f"--{name}:{value}" for name, value in colours.items()]
    return ";".join([*own, *(f"--ci-{name}:{value}" for name, value in charts.items())])


POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may load: nothing."""


def text(typed: str) -> str:
    """Return typed text on one line, escaped."""
    return escape(one_line(typed))


def lines(typed: str) -> str:
    """Return typed text with its line breaks, escaped."""
    return "<br>".join(escape(line) for line in lines_of(typed))


def tag(name: str, *content: str, kind: str = "", **attributes: str) -> str:
    """Return an element; its content is markup already."""
    all_attributes = {"class": kind, **attributes} if kind else attributes
    written = "".join(f' {key}="{escape(value)}"' for key, value in all_attributes.items())
    return f"<{name}{written}>{''.join(content)}</{name}>"


def section(heading: str, *content: str) -> str:
    """Return a section, nothing where it is empty."""
    inner = "\n".join(each for each in content if each)
    return tag("section", tag("h2", text(heading)), "\n", inner) + "\n" if inner else ""


def labelled_texts(rows: Sequence[LabelledText]) -> str:
    """Return texts with what each of them is."""
    return tag("dl", *(tag("div", _term_and_text(each)) for each in rows), kind="said") if rows else ""


def readable_texts(rows: Sequence[LabelledText], *, only: str = "") -> tuple[LabelledText, ...]:
    """Return rows whose texts are computed with readable days; with `only` just the rows of that name."""
    return tuple(
        LabelledText(what=each.what, text=readable_days(each.text) if only in ("", each.what) else each.text)
        for each in rows
    )


def facts(rows: Sequence[LabelledText]) -> str:
    """Return short texts beside what each of them is."""
    return tag("dl", *(_term_and_text(each) for each in rows)) if rows else ""


def _term_and_text(row: LabelledText) -> str:
    return tag("dt", text(readable_days(row.what))) + " " + tag("dd", lines(row.text)) + "\n"


def bullets(rows: Iterable[str]) -> str:
    """Return texts as a list, nothing where there is none."""
    found = [tag("li", text(each)) for each in rows]
    return tag("ul", *found, kind="plain") if found else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return a table without its empty columns.

    The first cell of a row heads it, and all cells are markup already.
    """
    found = list(rows)
    if not found:
        return ""
    columns = [at for at in range(1, len(head)) if any(row[at] for row in found)]
    heads = "".join(tag("th", text(head[at]), scope="col") for at in (0, *columns))
    cells = [tag("th", row[0], scope="row") + "".join(tag("td", row[at]) for at in columns) for row in found]
    body = "\n".join(tag("tr", each) for each in cells)
    inner = tag("thead", tag("tr", heads)) + "\n" + tag("tbody", body)
    region = {"role": "region", "aria-label": caption, "tabindex": "0"}
    return tag("div", tag("table", inner, **{"aria-label": caption}), kind="scroll", **region)


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
        readable_days(f"Since {since.day}"),
        tag("div", *parts, kind="flow loose") if parts else tag("p", "Nothing changed."),
    )


def flow(*parts: str) -> str:
    """Return parts that run in two columns where there is room."""
    there = [each for each in parts if each]
    return tag("div", *there, kind="flow") + "\n" if there else ""


def page(title: str, *content: str, broad: bool = False) -> str:
    """Return a whole page that stands alone: no script, no address outside; broad for a table of many columns."""
    head = (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{tag('title', text(title))}\n<style>\n{style_sheet()}</style>\n"
    )
    body = tag("body", "\n", tag("main", "\n", *content, kind="broad" if broad else ""), "\n")
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}</head>\n{body}\n</html>\n'


def trail(above: Sequence[tuple[str, str]]) -> str:
    """Return the way back to the pages above, each an address and its title; empty for a page of its own."""
    links = " › ".join(tag("a", text(title), href=address) for address, title in above)
    return tag("nav", links, kind="top", **{"aria-label": "pages above"}) if above else ""


_CLASSES = {Tone.GOOD: "good", Tone.WARNING: "warn", Tone.BAD: "bad"}


def verdict_mark(word: str, label: str = "", name: str = "span") -> str:
    """Return a verdict as a coloured mark, in other words where they are given; nothing where there is none."""
    kind = f"mark {_CLASSES.get(tone_of_verdict(word), '')}".rstrip()
    return tag(name, text(label or precise_word(word)), kind=kind) if word else ""
