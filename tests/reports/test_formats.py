"""Markdown, HTML, CSV and JSON: the same bytes every time, and whatever was typed stays text."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.escaping import escaped, lines_of, one_line
from cimodel_tui.model.number import read_number
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.reports import csv_format, html, markdown, summary
from cimodel_tui.reports.html_parts import CHARTS, DARK, LIGHT
from cimodel_tui.reports.prepare import one_page, register
from tests.reports.conftest import HOSTILE, change, entry, filled

if TYPE_CHECKING:
    from cimodel_tui.workbook import Workbook

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Reads a page, and fails where its elements do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.elements]


def pages(book: Workbook) -> list[str]:
    """Return every HTML report of a workbook."""
    ones = [html.one_page(one_page(book, each, date(2026, 1, 1))) for each in book.improvements()]
    return [*ones, html.register(register(book, date(2026, 1, 1)))]


def everything(book: Workbook) -> list[str]:
    """Return every report of a workbook in every format."""
    ones = [one_page(book, each, date(2026, 1, 1)) for each in book.improvements()]
    whole = register(book, date(2026, 1, 1))
    found = [write(page) for page in ones for write in (markdown.one_page, html.one_page, summary.report_json)]
    return [
        *found,
        markdown.register(whole),
        html.register(whole),
        summary.report_json(whole),
        csv_format.register_csv(book),
    ]


def test_the_same_workbook_gives_the_same_bytes(stories: Workbook) -> None:
    assert everything(stories) == everything(stories)


def test_iterations_are_told_in_a_table_of_plain_words(stories: Workbook) -> None:
    text = markdown.one_page(one_page(stories, entry(stories, "CI-0002")))
    assert "| Iteration | Result | From, to, target | Decision |" in text


def test_a_page_stands_alone(stories: Workbook) -> None:
    for text in pages(stories):
        page = Page(text)
        assert not {"script", "link", "img", "iframe", "object", "a", "form", "base"} & set(page.names)
        named = {name for _, given in page.elements for name in given}
        assert not {name for name in named if name.startswith("on") or name in ("src", "href", "style")}
        addresses = re.findall(r"(?:https?:)?//[\w.]+|url\(|@import", text)
        assert set(addresses) <= {"http://www.w3.org"}
        assert any(given.get("content", "").startswith("default-src 'none'") for _, given in page.elements)


def test_a_page_has_one_first_heading_and_no_level_is_skipped(stories: Workbook) -> None:
    for text in pages(stories):
        levels = [int(name[1]) for name in Page(text).names if re.fullmatch("h[1-6]", name)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_says_its_language_title_and_landmark(stories: Workbook) -> None:
    for text in pages(stories):
        page = Page(text)
        assert ("html", {"lang": "en"}) in page.elements
        assert page.names.count("main") == 1
        assert text.index("<title>") < text.index("<style>")


def test_every_picture_is_said_in_words(stories: Workbook) -> None:
    text = html.one_page(one_page(stories, entry(stories, "CI-0003")))
    pictures = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(pictures) == 2
    for each in pictures:
        assert 'role="img"' in each
        assert re.search(r"<title>.+</title>", each)
        assert len(re.findall(r"<desc>(.+)</desc>", each)[0]) > 40


def test_every_table_names_itself_its_columns_and_its_rows(stories: Workbook) -> None:
    for text in pages(stories):
        for name, given in Page(text).elements:
            assert name != "table" or given["aria-label"]
            assert name != "th" or given["scope"] in ("col", "row")


def test_markdown_holds_the_chart_as_text(stories: Workbook) -> None:
    text = markdown.one_page(one_page(stories, entry(stories, "CI-0001")))
    assert "```text\nP2 time to restore, h · lower is better" in text
    assert "▲ action finished" in text
    assert "| P2 time to restore, h (outcome) | 6.9 h (12 readings, 5 Jan to 23 Mar 2026) |" in text


def test_a_column_in_which_nothing_stands_is_left_out(small: Workbook) -> None:
    improvement = filled(small, "Refunds")
    first = small.latest(improvement.id)
    bare = replace(first, plan=Plan(actions=(Action(id="a", what="Ask", due="2026-04-01"),)))
    change(small, bare)
    page = one_page(small, small.improvement(improvement.id))
    assert "| Action | Due | Status |\n" in markdown.one_page(page)
    acts = html.one_page(page).partition("<h2>Actions</h2>")[2].partition("</table>")[0]
    assert [each for each in ("Action", "Owner", "Due", "Status") if f">{each}</th>" in acts] == [
        "Action",
        "Due",
        "Status",
    ]


def test_json_gives_numbers_as_numbers_and_nothing_as_null(stories: Workbook) -> None:
    found = json.loads(summary.report_json(one_page(stories, entry(stories, "CI-0001"))))
    assert found["metrics"][0]["gap_closed"] == pytest.approx(1.16, abs=0.01)
    assert found["since"] is None
    assert found["chart"].startswith("Run chart of P2 time to restore")


@pytest.mark.parametrize(
    "text", [HOSTILE, "x" * 10_000, "```\n# no heading\n- no list\n1. no number", "a\u2028b\u2029c"]
)
def test_hostile_text_is_harmless_in_every_format(small: Workbook, text: str) -> None:
    filled(small, text)
    for written in everything(small):
        assert not OBEYED.search(written.replace("\r\n", "\n"))
    for written in (markdown.one_page(one_page(small, entry(small))), markdown.register(register(small))):
        assert "<script" not in re.sub(r"(`{3,})text\n.*?\n\1\n", "", written, flags=re.DOTALL)
    for page in pages(small):
        assert "script" not in Page(page).names
        assert "a" not in Page(page).names


def test_hostile_text_stays_readable(small: Workbook) -> None:
    filled(small, HOSTILE)
    (page, _) = pages(small)
    assert one_line(HOSTILE) in "".join(Page(page).words)
    assert "alert(1)" in markdown.one_page(one_page(small, entry(small)))
    title = json.loads(summary.report_json(one_page(small, entry(small))))["title"]
    assert title == HOSTILE


def test_markdown_reads_typed_marks_as_text() -> None:
    assert markdown.text("*a* _b_ [c](d) |e| `f` <g> &amp;") == r"\*a\* \_b\_ \[c\](d) \|e\| \`f\` &lt;g&gt; &amp;amp;"
    assert [markdown.text(each) for each in ("# a", "- a", "1. a", "--- a", "12 %")] == [
        "\\# a",
        "\\- a",
        "1\\. a",
        "\\--- a",
        "12 %",
    ]


def test_a_fence_in_a_name_does_not_end_the_chart(small: Workbook) -> None:
    filled(small, "```")
    text = markdown.one_page(one_page(small, entry(small)))
    fence = re.findall(r"^(`{3,})text$", text, re.MULTILINE)[0]
    assert len(fence) == 4
    assert text.count(f"\n{fence}\n") == 1


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-x", "@sum", "\t=1", " =1", "\n=1", "'=1"])
def test_a_cell_that_would_be_reckoned_is_defused(cell: str) -> None:
    assert not csv_format.escape_formula(cell).lstrip().startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("cell", ["-5", "+3.5", "-.5", "1e3", "12"])
def test_numbers_stay_numbers_in_a_spreadsheet(cell: str) -> None:
    assert read_number(csv_format.escape_formula(cell)) == read_number(cell)


def test_csv_is_read_back_row_for_row(small: Workbook) -> None:
    filled(small, 'a "quoted", text\nwith two lines')
    rows = list(csv.reader(io.StringIO(csv_format.register_csv(small))))
    assert rows[0] == list(csv_format.COLUMNS)
    assert [len(row) for row in rows] == [11, 11]


def test_text_is_made_harmless_by_drawing() -> None:
    assert escaped("a\x1bb\x7fc\x9bd\u202ee\ud800") == "a␛b␡c�d�e�"
    assert lines_of("a\r\n\n  b\tc  \n") == ("a", "b c")


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(theme: dict[str, str]) -> None:
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "wash")]
    pairs += [(each, f"{each}-wash") for each in ("good", "warn", "bad", "plain")]
    low = {pair: _contrast(theme[pair[0]], theme[pair[1]]) for pair in pairs}
    assert {pair: value for pair, value in low.items() if value < 4.5} == {}


def test_every_line_of_a_chart_stands_out_from_the_paper() -> None:
    for light, dark in CHARTS.values():
        assert _contrast(light, LIGHT["paper"]) >= 3
        assert _contrast(dark, DARK["paper"]) >= 3
