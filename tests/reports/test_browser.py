"""The pages in a real browser: nothing is fetched, nothing complains, and an improvement prints on one page of A4."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.reports import html, portfolio
from cimodel_tui.reports.portfolio import workbook_pages
from cimodel_tui.reports.prepare import one_page, register
from cimodel_tui.views.overview import overview
from tests.reports.conftest import entry

if TYPE_CHECKING:
    from cimodel_tui.workbook import Workbook

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

OWN = (".google.com", ".googleapis.com", ".gvt1.com")
"""Where the browser itself asks for its updates."""

pytestmark = pytest.mark.browser

A4 = (595, 842)
"""Width and height in points."""


def browse(page: Path, *options: str) -> str:
    """Open a page without a screen and return what the browser said on standard error."""
    return opened(page, *options).stderr


def dumped(page: Path, *options: str) -> str:
    """Open a page without a screen and return what the browser wrote on standard output."""
    return opened(page, *options).stdout


def opened(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("there is no Chromium here")
    fixed = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        f"--user-data-dir={page.parent / 'profile'}",
    ]
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
    ]
    command = [program, *fixed, *quiet, *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def written(folder: Path, text: str) -> Path:
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    return path


def sheets(path: Path) -> list[tuple[int, int]]:
    """Return width and height of every sheet of a PDF, in whole points."""
    data = path.read_bytes()
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", data)
    count = len(re.findall(rb"/Type\s*/Page\b", data))
    assert len(boxes) in (1, count)
    return [(round(float(width)), round(float(height))) for width, height in boxes] * (count if len(boxes) == 1 else 1)


@pytest.mark.parametrize("ref", ["CI-0001", "CI-0002", "CI-0003"])
def test_an_improvement_prints_on_one_page_of_a4(stories: Workbook, tmp_path: Path, ref: str) -> None:
    page = written(tmp_path, html.one_page(one_page(stories, entry(stories, ref))))
    browse(page, f"--print-to-pdf={tmp_path / 'page.pdf'}")
    (sheet,) = sheets(tmp_path / "page.pdf")
    assert all(abs(one - other) <= 1 for one, other in zip(sheet, A4, strict=True))


def test_nothing_is_fetched_and_nothing_complains(stories: Workbook, tmp_path: Path) -> None:
    for text in (html.one_page(one_page(stories, entry(stories, "CI-0002"))), html.register(register(stories))):
        page = written(tmp_path, text)
        log = tmp_path / "net.json"
        said = browse(page, "--enable-logging=stderr", "--v=0", f"--log-net-log={log}", "--dump-dom")
        assert "CONSOLE" not in said
        asked = re.findall(r'"url":"(?:https?|wss?|ftp)://([^/"]+)', log.read_text(encoding="utf-8"))
        assert [host for host in asked if not host.endswith(OWN)] == []


def test_the_register_with_its_changes_prints(stories: Workbook, tmp_path: Path) -> None:
    page = written(tmp_path, html.register(register(stories, date(2026, 10, 15))))
    browse(page, f"--print-to-pdf={tmp_path / 'page.pdf'}")
    assert 1 <= len(sheets(tmp_path / "page.pdf")) <= 2


def violations(page: Path, text: str) -> list[str]:
    """Return what axe-core objects to in a page: rule, and where; the script goes into a copy of the page alone."""
    package = importlib.util.find_spec("axe_core_python")
    assert package is not None
    assert package.submodule_search_locations
    script = (Path(package.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")
    run = (
        "axe.run().then(found => { document.body.dataset.found = "
        "JSON.stringify(found.violations.map(each => [each.id, each.nodes.map(node => node.target.join(' '))])) })"
    )
    open_page = re.sub(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", text)
    page.write_text(open_page.replace("</body>", f"<script>{script}</script><script>{run}</script></body>"), "utf-8")
    shown = dumped(page, "--virtual-time-budget=20000", "--dump-dom")
    found = re.search(r'data-found="([^"]*)"', shown)
    assert found, "axe-core did not come to an end"
    return [f"{rule}: {places}" for rule, places in json.loads(unescape(found[1]))]


@pytest.mark.parametrize("by", ["workbook", "owner"])
def test_portfolio_is_without_a_violation_for_axe(stories: Workbook, tmp_path: Path, by: str) -> None:
    assert violations(tmp_path / "page.html", portfolio.page(overview([stories], by=by))) == []


@pytest.mark.parametrize("ref", ["CI-0001", "CI-0002", "CI-0003"])
def test_report_is_without_a_violation_for_axe(stories: Workbook, tmp_path: Path, ref: str) -> None:
    assert violations(tmp_path / "page.html", html.one_page(one_page(stories, entry(stories, ref)))) == []


def test_pages_of_a_site_are_without_a_violation_for_axe(stories: Workbook, tmp_path: Path) -> None:
    for name, text in workbook_pages("desk", stories).pages[:3]:
        assert violations(tmp_path / "page.html", text) == [], name


def test_portfolio_prints_on_sheets_of_a4_with_numbers(stories: Workbook, tmp_path: Path) -> None:
    page = written(tmp_path, portfolio.page(overview([stories] * 6)))
    browse(page, f"--print-to-pdf={tmp_path / 'page.pdf'}")
    assert len(sheets(tmp_path / "page.pdf")) > 1
